"""The variables that programs started from here find: what would lead them astray does not reach them."""

import contextlib
import os
import re
from pathlib import Path

from . import places
from .ownership import can_be_written

# What is set for another Python, another Jupyter or another Matplotlib. PYTHONPATH brings in foreign packages,
# PYTHONSTARTUP foreign code, JUPYTER_TOKEN an open door, MPLBACKEND windows of its own.
FOREIGN = re.compile(r"PYTHON[A-Z0-9]+|__PYVENV_LAUNCHER__|IPYTHONDIR|(JUPYTER|JPY_|MPL|MATPLOTLIBRC).*")
# Of these, what says how Python writes letters and keeps files, and where a reader's own Jupyter has its data.
HARMLESS = {
    "PYTHONIOENCODING", "PYTHONLEGACYWINDOWSSTDIO", "PYTHONUNBUFFERED", "PYTHONHASHSEED", "PYTHONFAULTHANDLER",
    "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
    "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_PLATFORM_DIRS", "JUPYTER_ALLOW_INSECURE_WRITES"}


def set_aside():
    """Drop foreign variables from this process, and so from all that it starts; say where the course keeps its own."""
    look = settings_of_reader()
    for name in foreign(os.environ):
        del os.environ[name]
    os.environ.update(own(look))


def foreign(names):
    """Those of the names that are about another Python, Jupyter or Matplotlib."""
    return [name for name in names if FOREIGN.fullmatch(name) and name not in HARMLESS]


def own(look):
    """Where Jupyter, IPython and Matplotlib look for settings and keep what they write; `look` is a folder."""
    folder = own_folder()
    variables = {
        "JUPYTER_PREFER_ENV_PATH": "1",  # the kernel "python3" is that of .venv
        "JUPYTER_CONFIG_DIR": places.ENVIRONMENT / "etc/jupyter",
        # The tabs that a reader's other projects left open belong to them; theme, font and keys are the reader's.
        "JUPYTERLAB_WORKSPACES_DIR": folder / "workspaces",
        "JUPYTERLAB_SETTINGS_DIR": look if can_be_written(look) else folder / "user-settings",
        "IPYTHONDIR": folder / "ipython",
        "MPLCONFIGDIR": folder / "matplotlib",
    }
    if not can_be_written(home()):
        variables["JUPYTER_DATA_DIR"] = folder / "jupyter"
    return {name: str(value) for name, value in variables.items()}


def own_folder():
    """A folder for what the course's programs write: .venv, or the reader's own where that belongs to another."""
    if can_be_written(places.ENVIRONMENT):
        return places.ENVIRONMENT / "own"
    folder = home() / ".cache" / "one-gradient"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)  # IPython warns where it cannot make its folder in it
    return folder


def settings_of_reader():
    """The folder in which the reader's own JupyterLab keeps theme, font and keys."""
    folder = os.environ.get("JUPYTERLAB_SETTINGS_DIR")
    return Path(folder) if folder else Path(
        os.environ.get("JUPYTER_CONFIG_DIR") or home() / ".jupyter", "lab", "user-settings")


def home():
    return Path(os.path.expanduser("~"))
