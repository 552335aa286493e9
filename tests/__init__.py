"""The tests of the course.  A package, so that `python -m tests.notebooks.run` finds it."""
