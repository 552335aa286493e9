"""The engine of many processes or machines: Dask. Imported only when it is used.

Shards and partial sums are futures that stay on the workers. When a worker dies, Dask loads its shards again from
their sources and repeats what was lost.
"""

import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from uuid import uuid4

import dask
from distributed import Client, KilledWorker, LocalCluster, WorkerPlugin, wait

PATIENCE = 5            # seconds that a scheduler may take to answer
UNTIL_THERE_ARE = 20    # seconds that it may be without workers
UNTIL_REPLACED = 60     # the same after a death: another starts in a few seconds, on a busy machine in many
LOOPBACK = "127.0.0.1"
# A shard stays with the worker that loaded it, for moving it costs more than a step; and nothing is served to browsers.
QUIET = {"distributed.scheduler.work-stealing": False, "distributed.scheduler.http.routes": [],
         "distributed.worker.http.routes": []}
LARGE = 1 << 17   # bytes; below it is quicker to send weights along with each task
WITHOUT_WARNING = {"distributed.admin.large-graph-warning-threshold": "1 TiB"}
SILENT = 60   # above logging.CRITICAL: what matters comes back as an exception


class Processes:
    """The workers of a Dask scheduler."""

    local = False

    def __init__(self, client, cluster=None):
        self.client, self._cluster = client, cluster
        self.workers = len(client.nthreads())

    def submit(self, task, *args):
        """Hand a task to the scheduler. What loads goes to the worker with the least to do, what has futures among its
        arguments to one that holds them. (Each has a group of its own: in a group that is large beside what it needs
        Dask looks for idle workers instead, and shards would move.)"""
        return self.client.submit(task, *args, key=(f"{task.__name__}-{uuid4()}", 0), pure=False)

    def share(self, w):
        """Weights that all shards need: the large ones travel to the workers once, as a task that can be repeated."""
        if w.nbytes < LARGE:
            return w
        with dask.config.set(WITHOUT_WARNING):
            return self.submit(itself, w)

    def lost(self, future):
        """Is there no result, and will there be none?  (What Dask calls lost, it is about to make again.)"""
        return future.status in ("error", "cancelled")

    def is_suspect(self, future):
        """Was it there when a worker died, and perhaps no more than that?  Dask blames the death on all that the worker
        had to do: what waited there, what ran beside it, and what had ended an instant before."""
        return future.status == "error" and isinstance(future.exception(), KilledWorker)

    def settle(self, futures):
        """Wait until these have ended. Raises ConnectionError where no worker is left for them."""
        ended = False
        while not ended:
            needs_a_worker(self.client, UNTIL_REPLACED)
            with suppress(TimeoutError):
                ended = wait(futures, timeout=UNTIL_REPLACED)

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


def itself(w):
    """A task that only hands on."""
    return w


class Joining(Client):
    """A client that ends where it cannot begin."""

    def start(self, **how):
        """Connect, or close."""
        try:
            super().start(**how)
        except BaseException:
            self.close()
            raise


class Deaf(WorkerPlugin):
    """Ctrl-C, and the button that interrupts a notebook, reach all processes of a group: they mean the first."""

    def setup(self, worker):
        """Let the worker live on."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def started(workers):
    """A cluster of processes on this machine: other machines cannot reach it, no dashboard, one thread each."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        sys.exit(1)   # a worker imports a script that would open a cluster again; who began the worker says so
    try:
        with dask.config.set(QUIET):
            cluster = LocalCluster(n_workers=workers, threads_per_worker=1, host=LOOPBACK, silence_logs=SILENT,
                                   dashboard_address=f"{LOOPBACK}:0", scheduler_kwargs={"dashboard": False})
    except RuntimeError as problem:
        raise RuntimeError(f"the worker processes could not start ({problem}) In a script they begin by importing it, "
                           'so what opens the shards must stand under `if __name__ == "__main__":`.') from None
    client = Joining(cluster)
    client.register_plugin(Deaf())
    return Processes(client, cluster)


def joined(address):
    """The cluster of a scheduler that runs already. Raises ConnectionError if it does not answer or has no workers."""
    try:
        client = Joining(address, timeout=PATIENCE)
    except Exception as problem:   # whatever it is that answers there
        raise ConnectionError(f"no Dask scheduler answers at {address} ({problem}). Is one running there, and may this "
                              "machine reach it? `dask scheduler` starts one and says its address.") from None
    try:
        needs_a_worker(client)
    except ConnectionError:
        client.close()
        raise
    return Processes(client)


def needs_a_worker(client, patience=UNTIL_THERE_ARE):
    """Nothing, or a ConnectionError that says what to do."""
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        address = client.scheduler.address
        raise ConnectionError(f"the Dask scheduler at {address} has no workers. Start one: dask worker {address}"
                              ) from None
