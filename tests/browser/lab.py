"""A JupyterLab of our own over a copy of the lessons, and a Chromium to open it with."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright, sync_playwright

from courseware.machine import is_root

from ..notebooks.lesson import FOLDER
from ..patience import HANGING

REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
REPAIR = "Install your system's Chromium (and on Debian libatomic1), or type: python -m playwright install chromium"
SETTINGS = FOLDER.parent / "binder" / "overrides.json"
STOP_SECONDS = 10


@contextmanager
def chromium():
    """A Chromium for tests, which are skipped where none runs, and fail where BROWSER_TESTS=required."""
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(launch(stack.enter_context(sync_playwright())))
        except Exception as error:   # Playwright has no name for the error that it does not start itself
            reason = str(error).splitlines()[0]
            (pytest.fail if REQUIRED else pytest.skip)(f"No Chromium runs here ({reason}). {REPAIR}")
        yield browser


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, else Playwright's own."""
    options = ["--no-sandbox"] if is_root() else []
    for path in filter(None, map(shutil.which, BROWSERS)):
        with suppress(Error):
            return playwright.chromium.launch(executable_path=path, args=options)
    return playwright.chromium.launch(args=options)


def window_of(browser: Browser, **options) -> BrowserContext:
    """A window of the browser that waits as long as anything here."""
    window = browser.new_context(**options)
    window.set_default_timeout(1000 * HANGING)
    return window


@contextmanager
def jupyter_lab(folder: Path):
    """A JupyterLab over folder/course: the address of a lesson, with {} for its file name, and with a token.  The
    reader's own settings are not touched."""
    shutil.copytree(FOLDER, folder / "course" / "notebooks", ignore=shutil.ignore_patterns(".*"))
    port, token = free_port(), secrets.token_hex()
    with open(folder / "lab.log", "w") as log, subprocess.Popen(
            command(folder, port, token), env=environment(folder), stdout=log, stderr=log) as server:
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/api?token={token}", server, folder / "lab.log")
            yield f"http://127.0.0.1:{port}/lab/tree/notebooks/{{}}?reset&token={token}"
        finally:
            stop(server)


def command(folder: Path, port: int, token: str) -> list[str]:
    options = {
        "ServerApp.root_dir": folder / "course", "ServerApp.port": port, "ServerApp.port_retries": 0,
        "IdentityProvider.token": token,
        "LabApp.user_settings_dir": folder / "settings", "LabApp.workspaces_dir": folder / "workspaces",
        "LabApp.app_settings_dir": app_settings(folder), "LabApp.extra_labextensions_path": extensions(folder),
        "LabApp.expose_app_in_browser": True,   # for what a reader does by menu
        "ServerApp.jpserver_extensions": {"jupyterlab_jupytext": False},   # which is for authors: a reader has none
    }
    return [sys.executable, "-m", "jupyterlab", "--no-browser", *(["--allow-root"] if is_root() else []),
            *(f"--{name}={value}" for name, value in options.items())]


def app_settings(folder: Path) -> Path:
    """A folder with the settings that the course brings along; and no cell is left out because it is not in sight."""
    settings = json.loads(SETTINGS.read_text(encoding="utf-8"))
    settings["@jupyterlab/notebook-extension:tracker"] = {"windowingMode": "none"}
    (folder / "app").mkdir()
    (folder / "app" / "overrides.json").write_text(json.dumps(settings))
    return folder / "app"


def extensions(folder: Path) -> Path:
    """A folder with the extension as it is here, whatever pip has copied."""
    shutil.copytree(FOLDER.parent / "labextension", folder / "extensions" / "one-gradient")
    return folder / "extensions"


def environment(folder: Path) -> dict[str, str]:
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return {**os.environ, **{name: str(folder / name.lower()) for name in own}}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_until_it_answers(address: str, server: subprocess.Popen, log: Path):
    direct, end = build_opener(ProxyHandler({})), time.monotonic() + HANGING
    while time.monotonic() < end and server.poll() is None:
        try:
            return direct.open(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def stop(server: subprocess.Popen):
    """Ask it to stop, with its kernels; make it stop where it does not."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
