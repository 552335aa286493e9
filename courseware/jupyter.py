"""JupyterLab as the course starts it. This is run by the Python of .venv, which has the packages.

The settings of this computer and of the reader's other projects are not read: they may listen to the whole network,
ask for a password, or name a package that is not here. What stands in .venv/etc/jupyter is read.
"""

import os
import sys
from pathlib import Path

import json5
import zmq
from jupyter_client import KernelManager
from jupyter_core import paths
from jupyterlab.labapp import main


def private_talk():
    """Let server and kernel encrypt what they say, where they can; else ipykernel warns a reader that they do not."""
    able = "transport_encryption" in KernelManager.class_trait_names() and zmq.has("curve")
    return ["--KernelManager.transport_encryption=auto"] if able else []


def is_readable(file):
    """Whether JupyterLab can read this file of settings; if one of them is not, it shows an empty page."""
    try:
        json5.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return True


def own_look():
    """Do without the reader's theme, font and keys if they are written down in a file that cannot be read."""
    look = Path(os.environ["JUPYTERLAB_SETTINGS_DIR"])
    spoilt = [file for file in look.rglob("*.jupyterlab-settings") if not is_readable(file)]
    if not spoilt:
        return []
    print(f"JupyterLab cannot read your settings in {spoilt[0]}; the course does without them. "
          "Mend or delete that file to have them back.", flush=True)
    return [f"--LabApp.user_settings_dir={Path(sys.prefix, 'own', 'user-settings')}"]


paths.SYSTEM_CONFIG_PATH.clear()
sys.exit(main(sys.argv[1:] + private_talk() + own_look()))
