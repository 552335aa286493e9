"""What course.py does: it makes the environment .venv, and opens, checks or writes the course with it.

Only the standard library is used here, for nothing else is installed when it begins.
"""
