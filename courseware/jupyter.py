"""JupyterLab as the course starts it. This is run by the Python of .venv, which has the packages.

The settings of this computer and of the reader's other projects are not read: they may listen to the whole network,
ask for a password, or name a package that is not here. What stands in .venv/etc/jupyter is read.
"""

import sys

import zmq
from jupyter_client import KernelManager
from jupyter_core import paths
from jupyterlab.labapp import main


def private_talk():
    """Let server and kernel encrypt what they say, where they can; else ipykernel warns a reader that they do not."""
    able = "transport_encryption" in KernelManager.class_trait_names() and zmq.has("curve")
    return ["--KernelManager.transport_encryption=auto"] if able else []


paths.SYSTEM_CONFIG_PATH.clear()
sys.exit(main(sys.argv[1:] + private_talk()))
