"""A real Dask cluster of processes on this machine: the same numbers, whatever happens to its workers."""

import os
from functools import partial

import numpy as np
import psutil
import pytest

from gradlib import calculus, cluster, descent
from gradlib.autodiff import value_and_grad

from ..patience import HANGING
from . import rows
from .test_sums import near

pytest.importorskip("distributed")


def pids(client):
    return set(client.run(os.getpid).values())


@pytest.fixture
def client(dask_data):
    from distributed import default_client
    return default_client()


@pytest.mark.parametrize("shards", [1, 2, 8])
def test_a_run_is_the_run_of_one_machine(address, shards):
    X, y = rows.data()
    sizes = {1: (103,), 2: (100, 3), 8: rows.SIZES}[shards]
    start = np.zeros(5)

    def run(gradient):
        batches = descent.fresh_batches(len(y), 8, np.random.default_rng(1))
        return descent.descend(gradient, start, descent.Adam(0.01), 8, batches)
    with cluster.open(rows.sources(sizes), address) as data:
        assert (len(data), data.columns, data.sizes.tolist()) == (103, 5, list(sizes))
        near(run(data.gradient(cluster.linear)).weights,
             run(lambda w, batch: calculus.linear_gradient(X[batch], y[batch], w)).weights)


def test_what_a_reader_writes_reaches_the_workers(dask_data):
    X, y = rows.data()
    w, target = np.ones(5), 2.0
    for part in (value_and_grad(lambda w, X, y: ((X @ w - target * y) ** 2).mean() / 2),
                 lambda w, X, y: cluster.linear(w, X, target * y)):
        near(dask_data.gradient(part)(w), calculus.linear_gradient(X, target * y, w))


def test_gram_and_local_steps_are_those_of_threads(dask_data):
    X, _ = rows.data()
    with cluster.open(rows.sources(), "serial") as data:
        near(dask_data.gram().H, calculus.linear_hessian(X))
        near(*(shards.local_steps(cluster.linear, np.ones(5), 0.1, 3, 1, seed=4) for shards in (dask_data, data)))


def test_many_weights_travel_once_and_are_the_same(dask_data):
    w = np.random.default_rng(5).standard_normal(1_500_000)   # 12 MB, of which Dask would warn
    near(dask_data.gradient(lambda w, X, y: (0.0, 2 * w))(w), 2 * w)


def test_the_line_of_numpy_runs_unchanged_where_the_shards_are(dask_data):
    X_one, y_one = rows.data()
    w = np.ones(5)
    X, y = dask_data.dask_arrays()
    error = X.dot(w) - y
    gradient = X.T.dot(error) / X.shape[0]
    near(gradient.compute(), calculus.linear_gradient(X_one, y_one, w))
    layers = cluster.layers(gradient)
    assert dict(layers)["X"] == len(rows.SIZES) and layers[-1][1] == 1
    assert len(list(gradient.dask)) == sum(tasks for _, tasks in layers)


@pytest.mark.parametrize("sizes", [(20, 20), (30, 30, 3, 30), rows.SIZES, (3,) * 20], ids=len)
def test_shards_stay_where_they_were_loaded(address, sizes):
    from distributed import default_client
    with cluster.open(rows.sources(sizes), address) as data:
        for batch in (None, [0], None, None, range(sum(sizes) - 2)):
            data.gradient(cluster.linear)(np.ones(5), batch)
        client = default_client()
        homes = [home for future, home in client.who_has().items() if future in client.futures and "load" in future[0]]
        assert len(homes) == len(sizes) and {len(home) for home in homes} == {1}
        counts = [homes.count(home) for home in homes]
        assert max(counts) <= 0.75 * len(sizes)


def test_only_this_machine_can_reach_it_and_there_is_no_dashboard(dask_data, client):
    from urllib.error import HTTPError
    from urllib.request import urlopen
    listening = [connection.laddr for pid in [os.getpid(), *pids(client)]
                 for connection in psutil.Process(pid).net_connections("inet") if connection.status == "LISTEN"]
    assert len(listening) >= 3 and {place.ip for place in listening} <= {"127.0.0.1", "::1"}
    port = client.scheduler_info()["services"]["dashboard"]
    for page in ("status", "info/main/workers.html", ""):
        with pytest.raises(HTTPError, match="404") as found:
            urlopen(f"http://127.0.0.1:{port}/{page}", timeout=HANGING)
        found.value.close()


def test_workers_use_one_thread_each(client):
    pytest.importorskip("threadpoolctl")

    def threads():
        import numpy  # noqa: F401  whose threads are counted
        from threadpoolctl import threadpool_info
        return [pool["num_threads"] for pool in threadpool_info()]
    assert set(client.nthreads().values()) == {1}
    assert all(set(found) == {1} for found in client.run(threads).values())


# ------------------------------------------------------------------------------- trouble

def test_a_shard_that_raises_says_its_number_and_nothing_else_is_lost(tmp_path, address):
    sources = [partial(rows.permitted, str(tmp_path), i) if i in (2, 4) else source
               for i, source in enumerate(rows.sources())]
    X, y = rows.data()
    with cluster.open([*sources[:4], partial(rows.permitted, str(tmp_path / "never"), 4), *sources[5:]],
                      address) as data:
        for _ in range(2):
            with pytest.raises(cluster.ShardError, match="OSError: the disk is away") as found:
                len(data)
            assert found.value.number == 2
        (tmp_path / rows.PERMITTED).touch()
        with pytest.raises(cluster.ShardError) as found:
            len(data)
        assert found.value.number == 4
    with cluster.open(sources, address) as data:
        near(data.gradient(cluster.linear)(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))

        def part(w, X, y):
            if len(y) == 29:
                raise RuntimeError("that is enough\nof it")
            return cluster.linear(w, X, y)
        with pytest.raises(cluster.ShardError, match=r"shard 4 \(permitted\): RuntimeError: that is enough$") as found:
            data.gradient(part)(np.ones(5))
        assert found.value.number == 4
        near(data.gradient(cluster.linear)(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))
    assert (tmp_path / "loaded-2").read_text() == ".."   # once for each `open`, not for a part's trouble


def test_arrays_are_not_sent(address):
    with pytest.raises(TypeError, match="source 1"):
        cluster.open([rows.sources()[0], rows.data()], address)


def test_a_late_answer_is_waited_for(address):
    X, y = rows.data()
    sources = [partial(rows.slow, i, 0.4) if i == 6 else source for i, source in enumerate(rows.sources())]

    def part(w, X, y):
        import time
        time.sleep(0.3 * (len(y) == 40))
        return cluster.linear(w, X, y)
    with cluster.open(sources, address) as data:
        near(data.gradient(part)(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))


def test_a_worker_dies_in_the_middle_of_a_run_and_the_result_is_the_same(dask_data, client):
    X, y = rows.data()
    before, start = pids(client), np.zeros(5)

    def kill(t, w, g):
        if t == 3:
            assert dask_data.lose_a_worker()
    found = descent.descend(dask_data.gradient(cluster.logistic), start, descent.Adam(0.1), 8, callback=kill)
    expected = descent.descend(lambda w: calculus.logistic_gradient(X, y, w), start, descent.Adam(0.1), 8)
    near(found.weights, expected.weights)
    client.wait_for_workers(2, timeout=HANGING)   # another has taken its place
    assert len(pids(client) - before) == 1


def test_shards_of_somebody_elses_cluster_cannot_lose_its_workers(address):
    with cluster.open(rows.sources(), address) as data:
        assert data.lose_a_worker() is False


@pytest.fixture
def shared(monkeypatch):
    """The address of one worker for all shards at once, whose death is blamed on all that it had to do.  (For each test
    another: one that dies before its nanny knows it to be there is not started again.)"""
    import dask
    from distributed import LocalCluster

    from gradlib.cluster import processes
    monkeypatch.setattr(processes, "UNTIL_REPLACED", HANGING)   # on a machine that is very busy
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), LocalCluster(
            n_workers=1, threads_per_worker=4, host=processes.LOOPBACK, silence_logs=processes.SILENT,
            dashboard_address=None) as one:
        yield one.scheduler_address


def test_a_shard_that_no_worker_survives_is_named(tmp_path, shared):
    deaths = str(tmp_path / "deaths")
    sources = [partial(rows.beside, deaths, 0), partial(rows.beside, deaths, 1), partial(rows.deadly, deaths)]
    with cluster.open(sources, shared) as data:
        with pytest.raises(cluster.ShardError, match="KilledWorker") as found:
            len(data)
    assert found.value.number == 2 and rows.dead(deaths) == 2   # once beside the others, once alone


def test_a_shard_whose_work_no_worker_survives_is_named(tmp_path, shared):
    deaths, sizes = str(tmp_path / "deaths"), (3, 5, 4)

    def part(w, X, y):
        (rows.deadly if len(y) == sizes[1] else partial(rows.beside, number=0))(deaths)
        return cluster.linear(w, X, y)
    with cluster.open(rows.sources(sizes), shared) as data:
        with pytest.raises(cluster.ShardError, match="KilledWorker") as found:
            data.gradient(part)(np.ones(5))
    assert found.value.number == 1 and rows.dead(deaths) == 2


def test_where_shards_are_survived_alone_none_of_them_is_blamed(tmp_path, shared):
    deaths = str(tmp_path / "deaths")
    with cluster.open([partial(rows.deadly_once, deaths), partial(rows.beside, deaths, 1)], shared) as data:
        with pytest.raises(RuntimeError, match="these shards: 0, 1. Each of them alone is survived"):
            len(data)
        assert len(data) == sum(rows.SIZES[:2])
