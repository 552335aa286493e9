"""One Dask cluster for all tests that need no more than one: starting it takes seconds."""

import pytest

from gradlib import cluster

from . import rows


@pytest.fixture(scope="module")
def dask_data():
    """The shards of `rows` on two worker processes."""
    dask = pytest.importorskip("dask")
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}):   # not three: each death takes seconds
        data = cluster.open(rows.sources(), "processes", workers=2)
    with data:
        yield data


@pytest.fixture(scope="module")
def address(dask_data):
    """The address of the same cluster's scheduler, for other shards."""
    from distributed import default_client
    return default_client().scheduler.address
