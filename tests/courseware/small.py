"""A course in small, and course.py typed in it as a learner types it.

Its environments are real (venv, pip); only the packages are stand-ins, so that nothing is downloaded.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile

from courseware import places

# A stand-in says where it runs, with which arguments, and which variables reach it.
ECHO = "import json, os, sys; print(json.dumps([os.getcwd(), sys.argv[1:], dict(os.environ)]))"
LAB = """
import json, os
def main(arguments):
    print(json.dumps([os.getcwd(), arguments, dict(os.environ)]))
"""
STAND_INS = {
    "jupyterlab": {
        "jupyterlab/__init__.py": "", "jupyterlab/labapp.py": LAB,
        "jupyter_core/__init__.py": "", "jupyter_core/paths.py": "SYSTEM_CONFIG_PATH = []",
        "jupyter_client/__init__.py": "class KernelManager:\n    def class_trait_names(): return []",
        "zmq/__init__.py": "", "json5/__init__.py": "from json import loads"},
    "pytest": {"pytest/__main__.py": ECHO + "; sys.exit(3)"},
    "matplotlib": {"matplotlib/__init__.py": "", "matplotlib/pyplot.py": ""},
    "gradlib": {"gradlib/__init__.py": ""},
}


def write_wheel(folder, name, files):
    info = f"{name}-1.0.dist-info"
    files = {**files,
             f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
             f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in files)
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)


def write_course(folder):
    """A course in small: it installs in two seconds and reaches no network."""
    (folder / "wheels").mkdir(parents=True)
    shutil.copy(places.FOLDER / "course.py", folder)
    shutil.copytree(places.FOLDER / "courseware", folder / "courseware", ignore=shutil.ignore_patterns("__pycache__"))
    for name in places.LEARN:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("# stands in for the real one\n")
    shutil.copy(places.FOLDER / places.SETTINGS, folder / places.SETTINGS)
    (folder / "requirements.txt").write_text("--no-index\n--find-links wheels\njupyterlab\nmatplotlib\ngradlib\n")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\npytest\n")
    (folder / "requirements-cluster.txt").write_text("")
    (folder / "requirements-site.txt").write_text("-r requirements.txt\npytest  # in the place of jupyterlite\n")
    (folder / "pages").mkdir()
    (folder / "pages/__main__.py").write_text(ECHO + "; sys.exit(4)")
    for name, files in STAND_INS.items():
        write_wheel(folder / "wheels", name, files)
    return folder


def environ(**changes):
    """The variables of this process, without a learner's own settings of pip."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    return {**kept, "PIP_CONFIG_FILE": os.devnull, **changes}


def run(folder, *arguments, python=(sys.executable,), **changes):
    done = subprocess.run([*python, "course.py", *arguments], cwd=folder, env=environ(**changes), text=True,
                          stdin=subprocess.DEVNULL, capture_output=True)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


def fails(folder, *arguments, code=1, **changes):
    """Run what must fail; the one sentence that it says."""
    done = run(folder, *arguments, **changes)
    assert done.returncode == code, done
    assert done.stderr.startswith("\n") and done.stderr.count("\n") == 2, done.stderr
    return done.stderr.strip()


def arguments_of(done):
    """The folder in which JupyterLab or pytest was started and what followed, by the stand-in's account."""
    folder, arguments, _ = json.loads(done.stdout.splitlines()[-1])
    return [folder, *arguments]


def variables_of(done):
    """The variables that reached JupyterLab or pytest."""
    return json.loads(done.stdout.splitlines()[-1])[2]
