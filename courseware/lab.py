"""How JupyterLab is started."""

import sys

from . import places
from .lessons import folder_to_open
from .machine import is_root


def command(options):
    """What follows the name of Python: JupyterLab over the whole course, on the first lesson."""
    return ["-I", str(places.FOLDER / "courseware" / "jupyter.py")] + ours() + asked_for(options) + here()


def ours():
    return [
        # Started on a notebook, JupyterLab would take the notebook's folder for the top of everything.
        f"--ServerApp.root_dir={places.FOLDER}",
        f"--LabApp.default_url=/lab/tree/{folder_to_open().name}/00_start_here.ipynb",
        # Extensions that the reader keeps elsewhere may want another JupyterLab, or a server that is not here.
        f"--LabApp.labextensions_path={places.ENVIRONMENT / 'share/jupyter/labextensions'}",
        # The address and what goes wrong are printed, not the fifty lines of a healthy start.
        "--ServerApp.log_level=ERROR", "--LabApp.log_level=ERROR",
        # One Ctrl-C stops it.
        "--ServerApp.answer_yes=True",
    ]


def asked_for(options):
    """What the learner typed."""
    chosen = []
    if options.port:
        chosen += [f"--ServerApp.port={options.port}", "--ServerApp.port_retries=0"]
    if options.ip:
        chosen += [f"--ServerApp.ip={options.ip}"]
    if not options.browser:
        chosen += ["--no-browser"]
    return chosen


def here():
    """What this computer needs."""
    needed = []
    if sys.platform == "linux":
        # Browsers from Snap or Flatpak, and Windows' own seen from WSL, cannot read the hidden file
        # through which Jupyter would otherwise hand them the address.
        needed += ["--ServerApp.use_redirect_file=False"]
    if is_root():
        needed += ["--allow-root"]  # containers and WSL, where there is nobody else
    return needed
