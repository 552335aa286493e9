"""Shards in programs of their own: a script, a program with a running event loop as a notebook has one, a cluster that
was started by Dask's commands, no Dask at all; and what remains of any of them, which is nothing."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from gradlib import calculus, cluster
from gradlib.cluster import engines

from ..patience import HANGING
from . import rows
from .test_sums import near

ROOT = Path(__file__).parents[2]
HEAD = """
import asyncio, json, os, sys, time
import numpy as np
from gradlib import calculus, cluster, descent
from gradlib.autodiff import value_and_grad

def source(i):
    return lambda: (np.arange(2.0 * i, 2 * i + 6).reshape(3, 2) % 7, np.arange(3.0) - i)

def loss(w, X, y):
    return ((X @ w - y) ** 2).mean() / 2

def say(**what):
    print(json.dumps(what), flush=True)

def workers():
    from distributed import default_client
    return list(default_client().run(os.getpid).values())
"""
READER = HEAD + """
async def cell():
    with cluster.open([source(i) for i in range(4)], "processes", workers=2) as data:
        say(pids=workers(), gradient=data.gradient(value_and_grad(loss))(np.ones(2)).tolist())

if __name__ == "__main__":
    asyncio.run(cell())
"""
ENDLESS = HEAD + """
def part(w, X, y):
    time.sleep(0.3)
    return cluster.linear(w, X, y)

if __name__ == "__main__":
    with cluster.open([source(i) for i in range(4)], "processes", workers=2) as data:
        data.gradient(cluster.linear)(np.ones(2))
        say(pids=workers())
        while True:
            data.gradient(part)(np.ones(2))
"""
UNGUARDED = """
from gradlib import cluster
print("begun", flush=True)
cluster.open([lambda: None], "processes")
"""
WITHOUT = """
import sys
from importlib.machinery import PathFinder

class Without:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return None if name.split(".")[0] in ("dask", "distributed") else PathFinder.find_spec(name, path, target)

if sys.argv[1:] == ["blocked"]:
    sys.meta_path[:] = [Without if finder is PathFinder else finder for finder in sys.meta_path]
""" + HEAD + """
with cluster.open([source(i) for i in range(4)]) as data:
    said = {"gradient": data.gradient(value_and_grad(loss))(np.ones(2)).tolist(), "lost": data.lose_a_worker()}
    for name, ask in {"arrays": data.dask_arrays, "open": lambda: cluster.open([source(0)], "tcp://127.0.0.1:1")}.items():
        try:
            said[name] = sys.argv[1:] and str(ask())
        except ImportError as problem:
            said[name] = str(problem)
say(**said, installed=cluster.installed(), loaded=[name for name in ("dask", "distributed") if name in sys.modules])
"""


def start(folder, text, *arguments):
    """The script as a process that has begun."""
    path = folder / "script.py"
    path.write_text(text)
    command = [sys.executable, "-W", "error", path, *arguments]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            start_new_session=True)


def all_gone(pids):
    """Do these processes end?"""
    return not psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], HANGING)[1]


def expected():
    """The gradient of the script's rows at (1, 1)."""
    X, y = (np.concatenate([np.arange(2.0 * i, 2 * i + 6).reshape(3, 2) % 7 for i in range(4)]),
            np.concatenate([np.arange(3.0) - i for i in range(4)]))
    return calculus.linear_gradient(X, y, np.ones(2))


def test_a_script_with_a_running_loop_and_functions_of_its_own(tmp_path):
    pytest.importorskip("distributed")
    script = start(tmp_path, READER)
    out, err = script.communicate(timeout=HANGING)
    assert (script.returncode, err) == (0, "")
    said = json.loads(out)
    near(said["gradient"], expected())
    assert all_gone(said["pids"])


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("ending", ["SIGINT", "SIGKILL"])
def test_nothing_stays_behind(tmp_path, ending):
    """Ctrl-C in a terminal reaches all processes of the group in the middle of a step; a kill only the first."""
    pytest.importorskip("distributed")
    script = start(tmp_path, ENDLESS)
    pids = json.loads(script.stdout.readline())["pids"]
    time.sleep(0.5)   # into a step
    children = [child.pid for child in psutil.Process(script.pid).children(recursive=True)]
    assert set(pids) <= set(children)
    if ending == "SIGINT":
        os.killpg(script.pid, signal.SIGINT)
    else:
        script.kill()
    _, err = script.communicate(timeout=HANGING)
    assert script.returncode != 0 and all_gone(children)
    if ending == "SIGINT":
        assert err.rstrip().endswith("KeyboardInterrupt") and err.count("Traceback") == 1


def test_a_script_that_its_workers_would_repeat_ends_with_one_sentence(tmp_path):
    pytest.importorskip("distributed")
    script = start(tmp_path, UNGUARDED)
    out, err = script.communicate(timeout=HANGING)
    assert script.returncode == 1 and out.count("begun") <= 1 + (os.cpu_count() or 1)
    assert err.count("Traceback") == 1 and '__name__ == "__main__"' in err.splitlines()[-1]


@pytest.mark.parametrize("blocked", [[], ["blocked"]])
def test_threads_need_no_dask_and_load_none(tmp_path, blocked):
    out, err = start(tmp_path, WITHOUT, *blocked).communicate(timeout=HANGING)
    assert err == ""
    said = json.loads(out)
    near(said["gradient"], expected())
    assert said["loaded"] == [] and said["lost"] is False
    if blocked:
        assert not said["installed"]
        assert all("requirements-cluster.txt" in said[ask] for ask in ("arrays", "open"))


@pytest.mark.parametrize(("platform", "advised"), [("linux", True), ("win32", True), ("emscripten", False)])
def test_advice_is_for_the_place_where_it_is_given(monkeypatch, platform, advised):
    """In the browser there is no terminal, and no process to be won by one."""
    monkeypatch.setattr(engines, "installed", lambda: False)
    monkeypatch.setattr(engines, "sys", SimpleNamespace(platform=platform))
    assert ("pip install" in cluster.missing()) == advised and '"threads"' in cluster.missing()


# ------------------------------------------------------------------------------- somebody else's cluster

@pytest.fixture
def dask_command(tmp_path):
    """Start `dask scheduler` or `dask worker` as anybody would, and end them with the test."""
    pytest.importorskip("distributed")
    begun = []

    def run(*words):
        log = open(tmp_path / f"{len(begun)}.log", "w+")
        begun.append((subprocess.Popen([sys.executable, "-m", "dask", *words], cwd=tmp_path, stdout=log, stderr=log,
                                       env=os.environ | {"OPENBLAS_NUM_THREADS": "1",
                                                          "PYTHONPATH": os.fspath(ROOT)}), log))
        return begun[-1]
    yield run
    for process, log in begun:
        process.terminate()
        process.wait(HANGING)
        log.close()


def scheduler(run):
    """Its process and address, when it has said it."""
    process, log = run("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address",
                       "127.0.0.1:0")
    until = time.monotonic() + HANGING
    while time.monotonic() < until:
        log.seek(0)
        if found := re.search(r"Scheduler at: +(tcp://\S+)", log.read()):
            return process, found[1]
        time.sleep(0.1)
    raise TimeoutError(log.name)


def test_a_cluster_of_dasks_own_commands(dask_command, monkeypatch):
    from gradlib.cluster import processes
    X, y = rows.data()
    process, address = scheduler(dask_command)
    with monkeypatch.context() as patched:
        patched.setattr(processes, "UNTIL_THERE_ARE", 0.2)
        with pytest.raises(ConnectionError, match="no workers"):
            cluster.open(rows.sources(), address)
    worker = ("worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
    dask_command(*worker)   # while the shards are opened: it comes late
    with cluster.open(rows.sources(), address) as data:
        gradient = data.gradient(cluster.linear)
        near(gradient(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))
        first = dask_command(*worker)[0]   # and another
        from distributed import default_client
        default_client().wait_for_workers(2, timeout=HANGING)
        near(gradient(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))
        assert data.lose_a_worker() is False and first.poll() is None


def test_a_scheduler_that_is_away_is_said_in_seconds():
    """Its own patience ends it, long before that of Dask, which is half a minute."""
    pytest.importorskip("distributed")
    from gradlib.cluster import processes
    assert processes.PATIENCE <= 5
    for address in ("tcp://127.0.0.1:1", "tcp://127.0.0.1", "nonsense://x:1"):
        with pytest.raises(ConnectionError, match=address):
            cluster.open(rows.sources(), address)
