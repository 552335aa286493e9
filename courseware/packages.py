"""Installing packages into the environment."""

import os
import shutil

from . import places
from .programs import run_quietly
from .terminal import show_on_same_line
from .troubles import explained


def pip_install(requirements):
    """Install what the file asks for."""
    os.environ["PIP_USER"] = "0"  # where it is set for all, it would fail in an environment
    run_quietly([places.PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
                 "--progress-bar", "off", "-r", requirements], on_line=watch)


def check_imports():
    """Import the heavy packages once: it shows that they work, and builds Matplotlib's list of fonts,
    which would otherwise interrupt the first lesson."""
    run_quietly([places.PYTHON, "-c", "import gradlib, matplotlib.pyplot"])


def copy_settings():
    """Set what JupyterLab does unless the learner says otherwise."""
    folder = places.ENVIRONMENT / "share/jupyter/lab/settings"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(places.FOLDER / places.SETTINGS, folder)


def watch(line):
    """Show what pip does, on one line that is written over; nothing where the output is kept."""
    if "Retry(total=0" in line:
        raise explained(line)  # pip would go on to try in vain for every single package
    if line.strip().startswith(("Collecting", "Downloading", "Installing")):
        show_on_same_line(line.strip())
