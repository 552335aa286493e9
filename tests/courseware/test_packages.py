"""pip fails, and each time the sentence says what helps."""

import errno
import subprocess
import sys

import pytest

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
    ("a\nERROR: this first\nERROR: that second\nnote: b\n", "last words: ERROR: that second\n"),
    ("", "last words: nothing"),
])
def test_explained(printed, words):
    assert words in str(explained(printed))
