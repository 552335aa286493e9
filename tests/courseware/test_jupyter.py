"""The course's real JupyterLab, on a computer whose own settings would break it or open it to everybody."""

import asyncio
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import psutil
import pytest
from tornado.websocket import websocket_connect

from courseware import places

from ..patience import HANGING

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps these files elsewhere")

START = """
import sys
from pathlib import Path
from courseware import lab, places, programs, variables
from courseware.command_line import command_line
places.PYTHON, places.ENVIRONMENT = Path(sys.executable), Path(sys.prefix)
variables.set_aside()
programs.hand_over(lab.command(command_line().parse_args(["--no-browser"])))
"""
OPEN_TO_ALL = """
c.ServerApp.ip = "0.0.0.0"
c.IdentityProvider.token = ""
c.PasswordIdentityProvider.hashed_password = "argon2:foreign"
"""
THEMES = "lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
FOREIGN_FILES = {
    ".jupyter/jupyter_config.py": "raise SystemExit('foreign')",
    ".jupyter/jupyter_lab_config.py": "raise SystemExit('foreign')",
    ".jupyter/jupyter_server_config.py": OPEN_TO_ALL,
    ".jupyter/jupyter_server_config.json": '{"ServerApp": {"kernel_spec_manager_class": "nb_conda_kernels.Manager"}}',
    ".jupyter/labconfig/page_config.json": '{"disabledExtensions": {"foreign": true}}',
    f".jupyter/{THEMES}": '{"theme": "JupyterLab Dark"}',
    ".ipython/profile_default/ipython_config.py": "c.InteractiveShellApp.exec_lines = ['foreign = 1']",
    ".ipython/profile_default/startup/00.py": "foreign = 1",
    ".config/matplotlib/matplotlibrc": "text.usetex: True",
    ".local/share/jupyter/kernels/python3/kernel.json": '{"argv": ["false"], "display_name": "foreign"}',
    ".local/share/jupyter/labextensions/foreign/package.json":
        '{"name": "foreign", "version": "1", "jupyterlab": {"_build": {"load": "foreign.js"}}}',
    "foreign/random.py": "raise SystemExit('foreign')",
}
FOREIGN_VARIABLES = {
    "JUPYTER_TOKEN": "", "JUPYTER_PREFER_ENV_PATH": "0", "MPLBACKEND": "Qt4Agg", "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error"}
ASKED = """
import json, os, random, sys
import matplotlib, matplotlib.pyplot
print(json.dumps([sys.executable, "foreign" in globals(), sys.flags.optimize, matplotlib.get_backend(),
                  matplotlib.rcParams["text.usetex"]]))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A JupyterLab in a hostile home: the process, the address with {} for what is asked, and what it printed."""
    home = tmp_path_factory.mktemp("home")
    for name, text in FOREIGN_FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    variables = {"HOME": home, "PYTHONPATH": home / "foreign", "JUPYTER_CONFIG_PATH": home / ".jupyter",
                 "PYTHONSTARTUP": home / "foreign/random.py", **FOREIGN_VARIABLES}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON", "MPL"))}
    with started(kept | {name: str(value) for name, value in variables.items()}, home / "printed.txt") as process:
        yield process, address_of(process, home / "printed.txt"), home / "printed.txt"


@contextmanager
def started(variables, printed):
    with open(printed, "w") as file, subprocess.Popen(
            [sys.executable, "-E", "-c", START], cwd=places.FOLDER, env=variables, stdout=file, stderr=file) as process:
        try:
            yield process
        finally:
            process.terminate()


def address_of(process, printed):
    """The address that it prints, with the token in it, and with {} in the place of what is asked."""
    for _ in range(600):
        found = re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*token=(\w+)", printed.read_text())
        if found:
            return f"{found[1]}/{{}}?token={found[2]}"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.1)
    pytest.fail(printed.read_text())


def read(address, data=None):
    with build_opener(ProxyHandler({})).open(Request(address, data), timeout=HANGING) as answer:
        return answer.read().decode()


def ask(address, data=None):
    return json.loads(read(address, data))


async def outcome(address, code):
    """What a kernel of the server prints when it runs the code."""
    kernel = ask(address.format("api/kernels"), b'{"name": "python3"}')["id"]
    socket = await websocket_connect(address.format(f"api/kernels/{kernel}/channels").replace("http", "ws"))
    header = {"msg_id": "1", "msg_type": "execute_request", "session": "1", "username": "", "version": "5.3"}
    await socket.write_message(json.dumps({
        "channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "buffers": [],
        "content": {"code": code, "silent": False}}))
    printed = ""
    while True:
        message = json.loads(await socket.read_message())
        if message["msg_type"] == "stream":
            printed += message["content"]["text"]
        if message["msg_type"] == "execute_reply":
            break
    socket.close()
    # The connection has ended where there is nothing more to read.
    while await socket.read_message() is not None:
        pass
    return printed


def test_it_listens_on_this_computer_only_and_wants_the_token(server):
    process, address, _ = server
    links = psutil.Process(process.pid).net_connections("tcp")
    assert {link.laddr.ip for link in links if link.status == psutil.CONN_LISTEN} <= {"127.0.0.1", "::1"}
    with pytest.raises(HTTPError, match="403") as refused:
        read(address.format("api/contents").split("?")[0])
    refused.value.close()
    assert ask(address.format("api/contents"))["type"] == "directory"


def test_kernels_are_those_of_the_course(server):
    _, address, printed = server
    python, foreign, optimize, backend, usetex = json.loads(asyncio.run(outcome(address, ASKED)))
    assert (os.path.samefile(python, sys.executable), foreign, optimize, usetex) == (True, False, 0, False)
    assert "inline" in backend
    assert "encryption" not in printed.read_text() and "foreign" not in printed.read_text()


def test_the_environment_brings_its_terminals_and_extensions_and_no_others(server):
    _, address, _ = server
    page = read(address.format("lab"))
    settings = json.loads(re.search(r'<script id="jupyter-config-data".*?>(.*?)</script>', page, re.DOTALL)[1])
    assert settings["terminalsAvailable"]
    names = {extension["name"] for extension in settings["federated_extensions"]}
    assert "@jupyter-widgets/jupyterlab-manager" in names and "foreign" not in names
    assert "foreign" not in settings["disabledExtensions"]


def test_the_look_is_the_reader_s(server):
    _, address, _ = server
    themes = ask(address.format("lab/api/settings/@jupyterlab/apputils-extension:themes"))
    assert json.loads(themes["raw"])["theme"] == "JupyterLab Dark"
