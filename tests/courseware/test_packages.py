"""pip fails, and each time the sentence says what helps."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from uv import find_uv_bin

from courseware import packages
from courseware.troubles import explained

from .small import environ, fails, run


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
    assert first.startswith("pip failed, with these last words: ERROR:")
    assert second.startswith("Run this once more: .venv is then made anew.")


def test_packages_that_do_not_work(installed):
    for package in (installed / ".venv").glob("**/site-packages/gradlib"):
        (package / "__init__.py").write_text("raise ImportError('no such library')")
    (installed / "requirements.txt").write_text("# as good as before, they say")
    done = subprocess.run([sys.executable, "course.py"], cwd=installed, env=environ(), text=True,
                          capture_output=True)
    assert done.returncode == 1
    assert "failed, with these last words: ImportError: no such library" in done.stderr


# ------------------------------------------------------------------------------- the reader's own settings

def test_settings_say_where_packages_come_from_and_not_where_they_go(installed, tmp_path):
    (installed / "requirements.txt").write_text("pytest\n")
    (tmp_path / "pip.conf").write_text(
        f"[global]\nquiet = 3\nno-index = true\nfind-links = wheels\nprefix = {tmp_path / 'there'}\n"
        f"[install]\ntarget = {tmp_path / 'there'}\nno-deps = true\nrequire-hashes = true\n")
    done = run(installed, PIP_CONFIG_FILE=str(tmp_path / "pip.conf"), PIP_TARGET=str(tmp_path / "there"),
               PIP_USER="1", PIP_DRY_RUN="1", PIP_ROOT=str(tmp_path / "there"), PIP_QUIET="3", PIP_PYTHON="none")
    assert "Opening the course" in done.stdout, done
    assert list((installed / ".venv").glob("**/site-packages/pytest")) and not (tmp_path / "there").exists()


def test_settings_of_pip(environment, monkeypatch, tmp_path):
    """A variable outweighs the part `install`, and that the part `global`; what concerns others is left out."""
    (tmp_path / "pip.conf").write_text(
        "[install]\nindex-url = https://i/\n"
        "[global]\nquiet = 2\nindex-url = https://g/\ncert = /c.pem\nproxy = p:1\ntarget = t\n"
        "[wheel]\nproxy = p:2\n")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_PROXY", "p:3")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/another.pem")
    monkeypatch.setenv("PIP_CONSTRAINT", "old.txt")
    settings = packages.pip_settings()
    assert settings == {"index-url": "https://i/", "cert": "/c.pem", "proxy": "p:3", "constraint": "old.txt"}
    variables = packages.pip_variables(settings)
    assert variables["PIP_INDEX_URL"] == "https://i/" and variables["PIP_CONFIG_FILE"] == os.devnull
    assert "REQUESTS_CA_BUNDLE" not in variables, "pip would take it in the place of PIP_CERT"
    assert "REQUESTS_CA_BUNDLE" in packages.pip_variables({})


# ------------------------------------------------------------------------------- uv

def write_uv(folder, code):
    """A uv that is not one, in a folder of its own; the PATH with which it is found."""
    folder.mkdir()
    (folder / "uv").write_text(f"#!{sys.executable}\nimport sys\n{code}\n")
    (folder / "uv").chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture
def wanting(installed):
    """An installed folder in which one package more is wanted; a function says whether it is there."""
    with open(installed / "requirements.txt", "a") as file:
        file.write("pytest\n")
    return installed, lambda: bool(list((installed / ".venv").glob("**/site-packages/pytest")))


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_uv_is_used_where_it_is_at_hand_and_pip_has_no_settings(wanting, tmp_path):
    folder, is_there = wanting
    path = write_uv(tmp_path / "bin", f"open({str(tmp_path / 'typed')!r}, 'a').write(repr(sys.argv[1:]))")
    run(folder, PATH=path, PIP_CONSTRAINT="wheels/old.txt", UV_TARGET="/elsewhere")
    typed = (tmp_path / "typed").read_text()
    assert "'pip', 'install'" in typed and ".venv" in typed and "'--constraint', 'wheels/old.txt'" in typed
    (tmp_path / "typed").unlink()
    (folder / "requirements.txt").write_text("pytest\n")
    run(folder, PATH=path, PIP_FIND_LINKS="wheels", PIP_NO_INDEX="1")
    assert is_there() and not (tmp_path / "typed").exists(), "uv does not know where pip looks"


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_uv_that_fails_leaves_it_to_pip(wanting, tmp_path):
    folder, is_there = wanting
    path = write_uv(tmp_path / "bin", "print('Prepared'); sys.exit('error: unexpected argument --python')")
    assert "Opening the course" in run(folder, PATH=path).stdout and is_there()


def test_uv_itself(wanting):
    folder, is_there = wanting
    path = f"{Path(find_uv_bin()).parent}{os.pathsep}{os.environ['PATH']}"
    variables = dict.fromkeys(("UV_SYSTEM_PYTHON", "UV_REQUIRE_HASHES", "UV_DRY_RUN"), "1")
    assert "Opening the course" in run(folder, PATH=path, **variables).stdout and is_there()
    installer, = (folder / ".venv").glob("**/site-packages/pytest-1.0.dist-info/INSTALLER")
    assert installer.read_text().strip() == "uv"


# ------------------------------------------------------------------------------- what is printed when it fails

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
    ("ERROR: Could not find a version that satisfies the requirement numpy (from versions: none)",
     "no package `numpy` where it looked"),
    ("Could not fetch URL https://x/: There was a problem confirming the ssl certificate", "PIP_CERT"),
    ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed "
     "certificate in certificate chain (_ssl.c:1000)')): /simple/numpy/", "PIP_CERT"),
    ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid", "date and time"),
    ("ERROR: Could not install packages due to an OSError: Could not find a suitable TLS CA certificate bundle, "
     "invalid path: /no/such.pem\n", "/no/such.pem"),
    ("WARNING: pip is configured with locations that require TLS/SSL, however the ssl module in Python is not "
     "available.\nERROR: No matching distribution found for numpy", "lacks the module ssl"),
    ("Could not fetch URL https://x/: connection error: Can't connect to HTTPS URL because the SSL module is not "
     "available. - skipping", "lacks the module ssl"),
    ("a\nERROR: this first\nERROR: that second\nnote: b\n", "last words: ERROR: that second\n"),
    ("", "last words: nothing"),
])
def test_explained(printed, words):
    assert words in str(explained(printed))
