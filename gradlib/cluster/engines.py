"""Who does the work: this thread, threads, or a Dask cluster. An engine begins tasks (submit) and gives futures for
them, which among the arguments of other tasks stand for their results. It knows how many `workers` there are, and
whether rows may come from this process (`local`).
"""

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec

MISSING = ("Dask is not installed, which the work of several processes needs: run `pip install -r "
           "requirements-cluster.txt` in the course's folder, or stay with \"threads\".")
IN_THE_BROWSER = ("In the browser there are neither processes nor Dask: stay with \"threads\", which work there one "
                  "after another.")


def installed():
    """Is Dask here, so that `open` can work with "processes" and with addresses?"""
    return all(map(find_spec, ("dask", "distributed")))


def missing():
    """What Dask's absence means here, and what to do; "" where it is installed."""
    if installed():
        return ""
    return IN_THE_BROWSER if sys.platform == "emscripten" else MISSING


class Serial:
    """One task after the other, in this thread."""

    workers, local = 1, True

    def submit(self, task, *args):
        """Do it now."""
        future = Future()
        try:
            future.set_result(task(*map(result_of, args)))
        except Exception as problem:
            future.set_exception(problem)
        return future

    def share(self, w):
        """Weights that all shards need, in the form in which they are given to tasks."""
        return w

    def lost(self, future):
        """Is there no result, and will there be none?"""
        return future.done() and future.exception() is not None

    def is_suspect(self, future):
        """Was it there when a worker died, and perhaps no more than that?"""
        return False

    def block(self, future):
        """What stands for a shard in a graph of Dask."""
        return future.result()

    def lose_a_worker(self):
        """There is none to lose."""
        return False

    def close(self):
        """Nothing is open."""


class Threads(Serial):
    """Threads of this process. NumPy lets go of Python's lock in products of matrices, so several compute at once.

    A task that waits for others came after them, and tasks begin in their order: so none waits for ever.
    """

    def __init__(self, workers):
        self.workers, self._pool = workers, ThreadPoolExecutor(workers, "shard")
        self._pool.submit(int).result()   # where no thread can start, this says so

    def submit(self, task, *args):
        """Put it at the end of the queue."""
        return self._pool.submit(lambda: task(*map(result_of, args)))

    def close(self):
        """Forget what has not begun, wait for what has."""
        self._pool.shutdown(cancel_futures=True)


def threads(workers):
    """Threads, or this one alone where no other can start, as in the browser."""
    try:
        return Threads(workers)
    except RuntimeError:
        return Serial()


def result_of(argument):
    """The result of a future; anything else as it is."""
    return argument.result() if isinstance(argument, Future) else argument
