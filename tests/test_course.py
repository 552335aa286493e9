"""course.py as a learner meets it: typed in a folder whose name has a space, and with everything going wrong.

Its environments are real (venv, pip); only the packages are stand-ins, so that nothing is downloaded.
"""

import ast
import contextlib
import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import course

SOURCE = Path(course.__file__)
ECHO = "import json, os, sys; print(json.dumps([os.getcwd()] + sys.argv[1:]))"
STAND_INS = {
    "jupyterlab": {"jupyterlab/__main__.py": ECHO},
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
    (folder / "binder").mkdir()
    shutil.copy(SOURCE, folder)
    shutil.copy(SOURCE.parent / course.SETTINGS, folder / "binder")
    (folder / "pyproject.toml").write_text("# stands in for the real one\n")
    (folder / "requirements.txt").write_text("--no-index\n--find-links wheels\njupyterlab\nmatplotlib\ngradlib\n")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\npytest\n")
    (folder / "requirements-site.txt").write_text("-r requirements.txt\npytest  # in the place of jupyterlite\n")
    (folder / "pages").mkdir()
    (folder / "pages/__main__.py").write_text(ECHO + "; sys.exit(4)")
    for name, files in STAND_INS.items():
        write_wheel(folder / "wheels", name, files)
    return folder


@pytest.fixture
def folder(tmp_path):
    return write_course(tmp_path / "a folder")


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    folder = write_course(tmp_path_factory.mktemp("first") / "a folder")
    return folder, run(folder, "--no-browser")


@pytest.fixture
def installed(first_start, tmp_path):
    """A copy of a folder in which the course has been started; quicker than to start it once more."""
    folder = shutil.copytree(first_start[0], tmp_path / "a folder", symlinks=True)
    state = folder / ".venv/course-state.txt"
    state.write_text(state.read_text().replace(str(first_start[0].resolve()), str(folder.resolve())))
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
    """What JupyterLab or pytest was started with, by the stand-in's account."""
    return json.loads(done.stdout.splitlines()[-1])


# ------------------------------------------------------------------------------- all is well

def test_first_start(first_start):
    folder, done = first_start
    assert done.returncode == 0, done
    assert done.stdout.startswith("Installing about 420 MB of packages into the folder .venv; this happens once")
    top, *arguments = arguments_of(done)
    assert os.path.samefile(top, folder)
    assert f"--ServerApp.root_dir={folder.resolve()}" in arguments
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in arguments
    assert "--no-browser" in arguments
    assert not [argument for argument in arguments if ".port" in argument]
    settings = json.loads((folder / ".venv/share/jupyter/lab/settings/overrides.json").read_text())
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_second_start_installs_nothing(installed):
    done = run(installed, "--port", "23456")
    assert done.stdout.count("\n") == 2 and done.stdout.startswith("Opening the course in your browser.")
    assert {"--ServerApp.port=23456", "--ServerApp.port_retries=0"} <= set(arguments_of(done))


def test_tests_are_run_with_what_they_need(installed):
    done = run(installed, "test", "-q", "--port", "tests/a b.py", "-m", "not slow")
    assert done.returncode == 3, "the exit code of pytest"
    assert done.stdout.startswith("Bringing the packages in the folder .venv up to date")
    assert arguments_of(done)[1:] == [
        "--nbval", "--nbval-sanitize-with", "tests/nbval.cfg", "--nbval-cell-timeout", "60",
        "-n", "2", "--dist", "loadscope", "-q", "--port", "tests/a b.py", "-m", "not slow"]
    for arguments in [["test"], []]:
        assert "Bringing" not in run(installed, *arguments).stdout


def test_site_is_written_with_what_it_needs(installed):
    done = run(installed, "site")
    assert done.returncode == 4, "the exit code of the builder"
    assert done.stdout.startswith("Bringing the packages in the folder .venv up to date")
    assert os.path.samefile(arguments_of(done)[0], installed) and arguments_of(done)[1:] == []
    assert list((installed / ".venv").glob("**/site-packages/pytest"))
    assert "Bringing" not in run(installed, "site").stdout


def test_tests_and_site_do_not_forget_each_other(installed):
    for command in ("test", "site"):
        assert "Bringing" in run(installed, command).stdout
    for command in ("test", "site", "test"):
        assert "Bringing" not in run(installed, command).stdout


def test_changed_requirement_is_installed(installed):
    with open(installed / "requirements.txt", "a") as file:
        file.write("pytest\n")
    assert "Bringing" in run(installed).stdout
    assert list((installed / ".venv").glob("**/site-packages/pytest"))
    assert "Bringing" not in run(installed).stdout


def test_help_says_it_all(folder):
    text = run(folder, "--help").stdout
    for words in ["course.py test", "course.py site", "--port", "--no-browser", ".venv", "pytest", "Windows",
                  "exit code"]:
        assert words in text


def test_what_is_installed_is_remembered_by_all_that_decides_it(folder, monkeypatch):
    monkeypatch.setattr(course, "FOLDER", folder)
    (folder / "old.txt").write_text("numpy==1.26.0")
    monkeypatch.setenv("PIP_CONSTRAINT", "old.txt")
    seen = {course.fingerprint(course.LEARN), course.fingerprint(course.TEST)}
    assert len(seen) == 2
    for name in [*course.TEST, "old.txt"]:
        (folder / name).write_text((folder / name).read_text() + " ")
        seen.add(course.fingerprint(course.TEST))
    monkeypatch.delenv("PIP_CONSTRAINT")
    seen.add(course.fingerprint(course.TEST))
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    seen.add(course.fingerprint(course.TEST))
    assert len(seen) == 2 + 5 + 2


def test_a_requirement_of_the_tests_does_not_disturb_learners(folder, monkeypatch):
    monkeypatch.setattr(course, "FOLDER", folder)
    before = course.fingerprint(course.LEARN)
    (folder / "requirements-dev.txt").write_text("nothing")
    assert course.fingerprint(course.LEARN) == before


# ------------------------------------------------------------------------------- .venv is not as it should be

@pytest.fixture
def environment(installed, monkeypatch):
    """This process' course.py, made to look at an installed folder."""
    for name in ["FOLDER", "ENVIRONMENT", "PYTHON", "STATE"]:
        here = getattr(course, name).relative_to(SOURCE.parent)
        monkeypatch.setattr(course, name, installed.resolve() / here)
    assert course.fault() == ""
    return course.ENVIRONMENT


def test_fault_half_made(environment):
    shutil.rmtree(course.PYTHON.parent)
    assert course.fault() == "its Python does not run"


def test_fault_no_pip(environment):
    """Such as one that `uv venv` has made, or one whose making was interrupted."""
    for pip in environment.glob("**/site-packages/pip"):
        shutil.rmtree(pip)
    assert course.fault() == "its Python does not run"


def test_fault_another_python(environment, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert course.fault() == "it was made by another Python"


def test_fault_moved(environment, monkeypatch, tmp_path):
    monkeypatch.setattr(course, "FOLDER", tmp_path / "another")
    assert course.fault() == "this folder has moved"


def test_environment_made_by_hand_is_used(environment):
    course.STATE.unlink()
    assert course.fault() == ""


def test_removal_that_is_interrupted_leaves_nothing_that_looks_whole(environment, monkeypatch):
    monkeypatch.setattr(course.shutil, "rmtree", lambda path: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        course.remove_environment()
    assert course.fault() == "its Python does not run"


@pytest.mark.skipif(sys.platform == "win32", reason="one process cannot send Ctrl-C to one other on Windows")
def test_ctrl_c_while_installing_and_the_repair(installed):
    old = (installed / "requirements.txt").read_text()
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as silent_index:
        address = f"http://127.0.0.1:{silent_index.getsockname()[1]}/"
        (installed / "requirements.txt").write_text(f"--index-url {address}\nnumpy\n")
        process = subprocess.Popen([sys.executable, "course.py"], cwd=installed, env=environ(), text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        silent_index.settimeout(60)
        with contextlib.closing(silent_index.accept()[0]):  # pip has asked and now waits
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "\nStopped.\n")

    (installed / "requirements.txt").write_text(old)
    done = run(installed)
    assert done.returncode == 0
    assert done.stdout.startswith(
        "Making the folder .venv anew, because its last installation was interrupted.\nInstalling about 420 MB")
    assert run(installed).stdout.startswith("Opening")


def test_two_at_once(folder):
    with open(folder / ".venv.lock", "w") as file:
        course.lock(file)
        assert "Another window is installing the course" in fails(folder)
    assert not (folder / ".venv").exists()


# ------------------------------------------------------------------------------- this computer is not as it should be

def test_reads_with_the_grammar_of_old_pythons():
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_only_the_standard_library():
    imports = [node for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8")))
               if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize("newer, repair", [
    ("python3.12", "This computer has a newer one: run `python3.12 course.py`."),
    (None, "Install a newer one from https://www.python.org/downloads/ and run course.py with it."),
])
def test_python_too_old(newer, repair, monkeypatch):
    monkeypatch.setattr(course, "newer_python", lambda: newer)
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    with pytest.raises(course.Trouble) as trouble:
        course.main([])
    assert str(trouble.value) == f"The course needs Python 3.10 or newer, and this is Python 3.9. {repair}"


def test_old_python_itself(folder):
    names = [f"python3.{minor}" for minor in range(6, 10)]
    old = [name for name in names
           if shutil.which(name) and not subprocess.run([name, "-c", ""], capture_output=True).returncode]
    if not old:
        pytest.skip("this computer has no old Python")
    for name in old:
        assert "The course needs Python 3.10 or newer" in fails(folder, python=[name])


def test_newer_python_is_one_that_runs(tmp_path, monkeypatch):
    if os.name != "posix":
        pytest.skip("py.exe finds the newest Python by itself")
    for name, code in [("python3.14", 1), ("python3.11", 0), ("python3.9", 0)]:
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert course.newer_python() == "python3.11"


def test_python_without_venv(folder, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None\n")
    said = fails(folder, PYTHONPATH=str(tmp_path))
    assert "lacks the module that makes environments" in said
    assert not (folder / ".venv").exists()


def test_python_without_venv_on_debian(monkeypatch):
    monkeypatch.setattr(course.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(course.Path, "is_file", lambda path: str(path) == os.path.normpath("/etc/debian_version"))
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    with pytest.raises(course.Trouble, match=rf"apt install python3\.{sys.version_info.minor}-venv`, then"):
        course.check_venv_module()


def test_no_network(installed):
    """Nothing changes: what is installed goes on working once the old requirements are back."""
    old = (installed / "requirements.txt").read_text()
    (installed / "requirements.txt").write_text("one-gradient-from-the-network")
    said = fails(installed, PIP_INDEX_URL="http://127.0.0.1:9/", PIP_RETRIES="1")
    assert said.startswith("pip cannot reach the package index, so nothing was installed.")
    (installed / "requirements.txt").write_text(old)
    assert run(installed).stdout.startswith("Opening the course")


def test_no_network_is_noticed_at_the_first_package(installed):
    """The others may lie in pip's own places, and pip would ask the network for newer ones, one by one."""
    (installed / "requirements.txt").write_text("--find-links wheels\npytest\none-gradient-from-the-network")
    said = fails(installed, PIP_INDEX_URL="http://127.0.0.1:9/", PIP_RETRIES="1")
    assert said.startswith("pip cannot reach the package index")
    assert not list((installed / ".venv").glob("**/site-packages/pytest"))


def test_package_that_cannot_be_had(installed):
    (installed / "requirements.txt").write_text("--no-index\n./no/such/folder\n")
    done = run(installed)
    assert done.returncode == 1
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("This failed, with these last words: ERROR:")
    assert second.startswith("Delete the folder .venv and run")


def test_packages_that_do_not_work(installed):
    for package in (installed / ".venv").glob("**/site-packages/gradlib"):
        (package / "__init__.py").write_text("raise ImportError('no such library')")
    (installed / "requirements.txt").write_text("# as good as before, they say")
    done = subprocess.run([sys.executable, "course.py"], cwd=installed, env=environ(), text=True,
                          capture_output=True)
    assert done.returncode == 1
    assert "This failed, with these last words: ImportError: no such library" in done.stderr


def test_disk_full_before_it_begins(folder, monkeypatch):
    monkeypatch.setattr(course.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 0, 99 * 10**6))
    with pytest.raises(course.Trouble, match="The disk has 99 MB left, and the course needs about 420 MB"):
        course.check_space(420)


# Each line is what pip, venv or Python print, here or on Windows; the words say which sentence must come.
@pytest.mark.parametrize("printed, words", [
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
    (str(OSError(errno.ENOSPC, "kein Platz", "x")), "The disk is full"),
    ("OSError: [WinError 112] Es steht nicht genug Speicherplatz auf dem Datentr\u00e4ger", "The disk is full"),
    (str(PermissionError(errno.EACCES, "verboten", "/opt/course/.venv")), "does not let you write"),
    ("[Errno 30] Read-only file system: '/mnt/course/.venv.lock'", "does not let you write"),
    ("PermissionError: [WinError 5] Zugriff verweigert: 'C:\\\\Programme\\\\course'", "does not let you write"),
    ("[WinError 5] Access is denied: 'C:\\\\course\\\\.venv\\\\Scripts\\\\python.exe'", "in .venv or site is in use"),
    ("[WinError 32] The process cannot access the file because it is being used", "in .venv or site is in use"),
    ("HINT: This error might have occurred since this system does not have Windows Long Path support enabled",
     "too long"),
    ("[Errno 36] File name too long: '/a/b'", "too long"),
    ("WARNING: Retrying (Retry(total=4)) after connection broken by 'ReadTimeoutError('\n"
     "ERROR: Failed building wheel for numpy", "last words: ERROR: Failed building wheel for numpy\n"),
    ("WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('\n"
     "ERROR: No matching distribution found for numpy", "cannot reach the package index"),
    ("WARNING: Retrying (Retry(total=4)) after connection broken by 'ReadTimeoutError('\n"
     "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
    ("ERROR: HTTPSConnectionPool(host='x', port=443): Max retries exceeded with url: /numpy", "cannot reach"),
    ("ERROR: Could not find a version that satisfies the requirement numpy (from versions: none)", "cannot reach"),
    ("Could not fetch URL https://x/: There was a problem confirming the ssl certificate", "cannot reach"),
    ("a\nERROR: this first\nERROR: that second\nnote: b\n", "last words: ERROR: that second\n"),
    ("", "last words: nothing"),
])
def test_explained(printed, words):
    assert words in str(course.explained(printed))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written(folder):
    folder.chmod(0o555)
    try:
        assert "does not let you write" in fails(folder)
    finally:
        folder.chmod(0o755)


# ------------------------------------------------------------------------------- the command line

def test_busy_port(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = fails(folder, "--port", str(port))
    assert said.startswith(f"Port {port} is busy: another program uses it")
    free = int(said.split("--port ")[1].split("`")[0])
    assert free != port and course.is_free(free)
    assert not (folder / ".venv").exists(), "said at once, not after a minute's installation"


def test_port_on_a_computer_without_ipv6(monkeypatch):
    known = [(socket.AF_INET6, socket.SOCK_STREAM, 0, "", ("2001:db8::1", 23457, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *host, **type: known)
    assert course.is_free(23457)


@pytest.mark.parametrize("arguments, words", [
    (["tset"], "There is no command 'tset', only"),
    (["site", "elsewhere"], "Nothing follows `site`, and here comes `elsewhere`"),
    (["--prot"], "Unrecognized arguments: --prot"),
    (["--port"], "Expected one argument"),
    (["--port", "zero"], "A port is a whole number from 1024 to 65535, not 'zero'"),
    (["--port", "80"], "A port is a whole number from 1024 to 65535, not '80'"),
])
def test_what_is_not_understood(folder, arguments, words):
    said = fails(folder, *arguments)
    assert words in said and said.endswith("course.py --help` shows what can be typed.")


@pytest.mark.parametrize("arguments", [["--port", "23456", "test"], ["--no-browser", "site"]])
def test_options_of_jupyterlab_before_another_command(folder, arguments):
    assert "--port and --no-browser are about JupyterLab" in fails(folder, *arguments)


def test_options_for_jupyter(monkeypatch):
    options = course.command_line().parse_args(["--no-browser"])
    monkeypatch.setattr(course, "is_root", lambda: False)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert course.lab_options(options) == ["--no-browser"]
    monkeypatch.setattr(course, "is_root", lambda: True)
    monkeypatch.setattr(sys, "platform", "linux")
    assert course.lab_options(options) == [
        "--no-browser", "--ServerApp.use_redirect_file=False", "--allow-root"]


def test_sentences_are_ascii():
    """A terminal may know no more, and a sentence that fails to print repairs nothing."""
    assert SOURCE.read_text(encoding="utf-8").isascii()
