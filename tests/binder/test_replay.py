"""Binder's build, replayed with pip in a clean environment that starts from Binder's own packages.

Not replayed: Docker, and conda, which brings the same packages to Binder that pip brings here.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from courseware.troubles import Unreachable, explained

from ..patience import HANGING
from .test_binder import REPOSITORY, build_pack, lines

# The part of Binder's image that lessons can notice.
BASE = ["jupyterlab", "notebook", "ipywidgets", "jupyterlab_widgets", "widgetsnbextension", "ipykernel",
        "jupyter_server", "jupyter_client"]

pytestmark = [pytest.mark.binder, pytest.mark.slow, pytest.mark.network]


def base_pins():
    """name -> version, from the lock file that repo2docker builds the image of our Python from."""
    conda = pytest.importorskip("repo2docker.buildpacks.conda")
    version = lines("runtime.txt")[0].replace("python-", "")
    lock = (Path(conda.HERE) / f"environment.py-{version}-linux-64.lock").read_text()
    return {name: re.search(rf"/{name}-([\d.]+)-[^/]*\.conda", lock).group(1) for name in BASE}


def place(folder):
    """A new environment and a copy of the course, beside each other in a folder."""
    environment, copy = folder / "environment", folder / "course"
    shutil.copytree(REPOSITORY, copy, ignore=shutil.ignore_patterns(".*", "*.egg-info", "build", "dist", "site"))
    python = getattr(sys, "_base_executable", sys.executable)
    subprocess.run([python, "-m", "venv", str(environment)], check=True)
    return environment, copy


def run(command, environment, folder):
    """Run a command in the environment as Binder does: with its programs first on the path."""
    variables = dict(os.environ, KERNEL_PYTHON_PREFIX=str(environment), VIRTUAL_ENV=str(environment),
                     PATH=f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}",
                     PIP_COMPILE="0")  # Python compiles what is imported, and pip would compile the rest as well
    variables.pop("PIP_CONSTRAINT", None)  # such as the oldest packages: not Binder's
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=variables, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode and isinstance(explained(done.stdout), Unreachable):
        pytest.skip("pip cannot reach a package index")
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}"
    return done.stdout


def versions(environment, folder):
    frozen = run("python -m pip list --format freeze", environment, folder)
    return dict(line.split("==") for line in frozen.splitlines() if "==" in line)


@pytest.mark.skipif(sys.platform == "win32", reason="Binder is Linux: its steps are bash")
def test_binder_can_run_the_first_lesson(tmp_path, monkeypatch):
    pack = build_pack(monkeypatch)
    (environment, copy), pins = place(tmp_path), base_pins()
    run("pip install " + " ".join(f"{name}=={version}" for name, version in pins.items()), environment, copy)
    steps = [script for _, script in pack.get_preassemble_scripts() + pack.get_assemble_scripts()]
    steps = [script for script in steps if "pip install" in script]
    assert steps, "repo2docker would not install binder/requirements.txt"
    for step in steps + pack.get_post_build_scripts():
        run(step, environment, copy)

    run("pip check", environment, copy)
    installed = {name.lower().replace("-", "_"): v for name, v in versions(environment, copy).items()}
    assert {name: installed[name] for name in pins} == pins, "the course replaces packages of Binder's image"
    assert (environment / "share/jupyter/lab/settings/overrides.json").is_file()
    assert (environment / "etc/ipython/ipython_kernel_config.py").is_file()
    assert (environment / "share/jupyter/labextensions/one-gradient/lessons.js").is_file()
    run(f"jupyter execute --timeout={HANGING} notebooks/00_start_here.ipynb", environment, copy)
