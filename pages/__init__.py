"""The web site of the course, written by `python course.py site`: every lesson to read, and every lesson to run.

`reading` writes plain HTML pages that ask nobody else for anything. `running` builds JupyterLite: the same
notebooks, unmodified, on a Python that runs in the reader's browser.
"""
