"""Is everything here that the lessons need? `ready()` says so, or says what repairs it."""

import os
import sys
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement


def ready():
    """ "Ready.", or one line per package that is missing, of the wrong version or hidden by another, with the repair.

    On Google Colab ipywidgets may be older: it belongs to Colab's page, and the lessons work with it.
    """
    needs = map(Requirement, requires("one-gradient"))
    if "COLAB_RELEASE_TAG" in os.environ:
        needs = [need for need in needs if need.name != "ipywidgets"]
    problems = [problem for need in needs if (problem := _problem(need))]
    return "\n".join(problems) or "Ready."


def _problem(need):
    """What is wrong with one package, and what repairs it; None if nothing is."""
    place = _place(need.name)
    found = version(need.name) if place else None
    in_front = place and _in_front(place)
    fits = found is not None and need.specifier.contains(found, prereleases=True)
    if fits and (not in_front or distribution(need.name).locate_file("").samefile(_folder(place))):
        return None
    if in_front:   # pip would install into another folder, where nobody looks
        return (f"Not ready: {need.name} is loaded from {place}, in front of the package that belongs to this Python, "
                f"and the course needs {need.specifier}. {in_front}")
    state = "is missing" if found is None else f"is version {found}, and the course needs {need.specifier}"
    return (f'Not ready: {need.name} {state}. Run this in a terminal, then restart the kernel:\n'
            f'    {_python()} -m pip install "{need}"')


def _place(name):
    """The file that `import` would load; None where there is nothing, or no more than a description of it."""
    try:
        version(name)
        spec = find_spec(name)
    except (PackageNotFoundError, ValueError):
        return None
    return Path(spec.origin) if spec and spec.origin else None


def _folder(place):
    """The folder in which `import` found the file: that of a module, or the one above that of a package."""
    return place.parent.parent if place.stem == "__init__" else place.parent


def _in_front(place):
    """What to do about a file that is found before the packages of this Python; "" for one of these."""
    folder, named = _folder(place), filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    if folder == Path.cwd():
        return f"Give {place if place.stem != '__init__' else place.parent} another name, then restart the kernel."
    if folder in map(Path, named):
        return "The variable PYTHONPATH names that folder. Unset it, then open the course again."
    return ""


def _python():
    """This Python, as it is typed in a terminal: PowerShell, which JupyterLab opens on Windows, runs a path in
    quotes only after an &."""
    if " " not in sys.executable:
        return sys.executable
    return ("& " if os.name == "nt" else "") + f'"{sys.executable}"'
