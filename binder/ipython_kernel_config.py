# Every kernel of the course begins with this: a cell that is run too early says which one comes first.
c = get_config()  # noqa: F821
c.InteractiveShellApp.extensions.append("gradlib.kernel")
