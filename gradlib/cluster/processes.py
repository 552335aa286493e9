"""The engine of many processes or machines: Dask. Imported only when it is used.

Shards and partial sums are futures that stay on the workers. When a worker dies, Dask loads its shards again from
their sources and repeats what was lost.
"""

import os
import signal

import dask
from distributed import Client, LocalCluster

PATIENCE = 8   # seconds that a scheduler may take to answer
LOOPBACK = "127.0.0.1"
# A shard stays with the worker that loaded it, for moving it costs more than a step; and nothing is served to browsers.
QUIET = {"distributed.scheduler.work-stealing": False, "distributed.scheduler.http.routes": [],
         "distributed.worker.http.routes": []}
SILENT = 60   # above logging.CRITICAL: what matters comes back as an exception


class Processes:
    """The workers of a Dask scheduler."""

    local = False

    def __init__(self, client, cluster=None):
        self.client, self._cluster = client, cluster
        self._places = sorted(client.nthreads())
        self.workers = len(self._places)

    def submit(self, task, *args, place=None):
        """Hand a task to the scheduler. `place`, a fraction of 1, asks for the worker at that place of the list, as
        long as it lives; a task without goes where the largest of its arguments is."""
        wish = {} if place is None else {"workers": self._places[int(place * self.workers)],
                                         "allow_other_workers": True}
        return self.client.submit(task, *args, pure=False, **wish)

    def lost(self, future):
        """Is there no result, and will there be none?"""
        return future.status in ("error", "cancelled", "lost")

    def block(self, future):
        """What stands for a shard in a graph of Dask."""
        return future

    def lose_a_worker(self):
        """Kill one worker process that was started here. True if there was one."""
        if self._cluster is None:
            return False
        nanny = next(iter(self._cluster.workers.values()))
        os.kill(nanny.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        return True

    def close(self):
        """Let go of the scheduler, and end the processes that were started here."""
        self.client.close()
        if self._cluster is not None:
            self._cluster.close()


def started(workers):
    """A cluster of processes on this machine: nobody else can reach it, no dashboard, one thread each."""
    with dask.config.set(QUIET):
        cluster = LocalCluster(n_workers=workers, threads_per_worker=1, host=LOOPBACK, silence_logs=SILENT,
                               dashboard_address=f"{LOOPBACK}:0", scheduler_kwargs={"dashboard": False})
    return Processes(Client(cluster), cluster)


def joined(address):
    """The cluster of a scheduler that runs already. Raises ConnectionError if it does not answer or has no workers."""
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as problem:
        raise ConnectionError(f"no Dask scheduler answers at {address}. Is it running, and may this machine reach it? "
                              f"(`dask scheduler` starts one and says its address.)") from problem
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        client.close()
        raise ConnectionError(f"the Dask scheduler at {address} has no workers. Start one: dask worker {address}"
                              ) from None
    return Processes(client)
