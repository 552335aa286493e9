"""Where everything is, and what is installed for which command."""

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]
ENVIRONMENT = FOLDER / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STATE = ENVIRONMENT / "course-state.txt"
LOCK = FOLDER / ".venv.lock"
COMMAND = ("py" if os.name == "nt" else Path(sys.executable).name) + " course.py"

LESSONS = FOLDER / "notebooks"
MY = FOLDER / "my"  # the reader's own copies of the lessons

SETTINGS = "binder/overrides.json"  # no question about news, no advice to update, room for the lessons' names
KERNEL_SETTINGS = "binder/ipython_kernel_config.py"  # a cell that is run too early says so
EXTENSION = tuple(f"labextension/{name}" for name in ("pyproject.toml", "package.json", "lessons.js"))
LEARN = ("requirements.txt", "pyproject.toml", SETTINGS, KERNEL_SETTINGS) + EXTENSION
TEST = ("requirements-dev.txt", "requirements-cluster.txt") + LEARN
SITE = ("requirements-site.txt",) + LEARN
MEGABYTES = {LEARN: 420, TEST: 750, SITE: 500}
