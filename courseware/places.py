"""Where everything is, and what is installed for which command."""

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]
ENVIRONMENT = FOLDER / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STATE = ENVIRONMENT / "course-state.txt"
COMMAND = ("py" if os.name == "nt" else Path(sys.executable).name) + " course.py"

SETTINGS = "binder/overrides.json"  # no question about news in the first lesson, no advice to update
LEARN = ("requirements.txt", "pyproject.toml", SETTINGS)
TEST = ("requirements-dev.txt",) + LEARN
SITE = ("requirements-site.txt",) + LEARN
MEGABYTES = {LEARN: 420, TEST: 720, SITE: 500}
