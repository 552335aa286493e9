"""Every lesson in a real JupyterLab in a real browser, by keyboard, with the ears of a screen reader."""
