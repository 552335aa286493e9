"""Is everything here that the lessons need? `ready()` says so, or says which command repairs it."""

import os
import sys
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement


def ready():
    """ "Ready.", or one line per package that is missing or of the wrong version, with the repairing command.

    On Google Colab ipywidgets may be older: it belongs to Colab's page, and the lessons work with it.
    """
    needs = map(Requirement, requires("one-gradient"))
    if "COLAB_RELEASE_TAG" in os.environ:
        needs = [need for need in needs if need.name != "ipywidgets"]
    problems = [problem for need in needs if (problem := _problem(need))]
    return "\n".join(problems) or "Ready."


def _problem(need):
    try:
        found = version(need.name)
    except PackageNotFoundError:
        found = None
    if found is not None and need.specifier.contains(found, prereleases=True):
        return None
    state = "is missing" if found is None else f"is version {found}, and the course needs {need.specifier}"
    return (f'Not ready: {need.name} {state}. Run this in a terminal, then restart the kernel:\n'
            f'    {_python()} -m pip install "{need}"')


def _python():
    """This Python, as it is typed in a terminal: PowerShell, which JupyterLab opens on Windows, runs a path in
    quotes only after an &."""
    if " " not in sys.executable:
        return sys.executable
    return ("& " if os.name == "nt" else "") + f'"{sys.executable}"'
