"""Rows in several places, and what can be asked of all of them together."""

import os
from itertools import islice
from typing import NamedTuple

import numpy as np

from .._checks import as_floats, positive_number, whole_number
from ..descent import fresh_batches
from .arrays import dask_arrays
from .engines import Serial, missing, threads
from .model import best_of
from .parts import answer, given, products, tree, weighted
from .sources import ShardError, is_pair, load, name_of, reason, shape_of


def open(sources, where="threads", workers=None):
    """The rows of several sources as one data set: `Shards`. Use it in a `with`, or call close() in the end.

    sources: a list; each a function without arguments that returns (X, y), a file or URL (.npz with X and y; .csv or
    .csv.gz with a head line and y in the last column), or, on this machine's threads only, the pair (X, y) itself.
    where: "threads" of this process, "serial", "processes" (Dask workers on this machine), or the address of a Dask
    scheduler, such as "tcp://10.0.0.5:8786"; then `workers` is what it has.
    workers: how many; as many as there are processors if None, and never more than shards. A process computes with one
    thread. Beside threads, NumPy's BLAS may start some of its own for the same processors; OPENBLAS_NUM_THREADS=1, set
    before NumPy is imported, keeps it from that.
    Shards of float32 stay so; what several shards say is added in float64.

    Loading begins at once, where the rows will be worked on; what fails is said by the first question, and tried again
    by the next. Raises ImportError without Dask, ConnectionError if no scheduler answers.
    """
    sources = [_source(source, i) for i, source in enumerate(_listed(sources))]
    workers = whole_number("workers", os.cpu_count() or 1 if workers is None else workers, least=1)
    engine = _engine(where, min(workers, len(sources)))
    try:
        return Shards(engine, sources)
    except BaseException:
        engine.close()
        raise


class Gram(NamedTuple):
    """All that linear regression needs to know of its rows: H = X'X/n (d, d), pull = X'y/n (d,), and their number."""

    H: np.ndarray
    pull: np.ndarray
    n: int

    def gradient(self, w):
        """H w - pull: the gradient of the mean over all rows, without asking anybody again."""
        return self.H.dot(w) - self.pull


class Shards:
    """Rows in several places. What is asked of them is a mean over all rows, exact for shards of any sizes."""

    def __init__(self, engine, sources):
        self._engine, self._sources, self._names = engine, sources, list(map(name_of, sources))
        self._held, self._asked, self._shapes = ([None] * len(sources) for _ in range(3))
        if not engine.local:
            for i in filter(lambda i: is_pair(sources[i]), range(len(sources))):
                raise TypeError(f"source {i} is a pair of arrays, which would have to travel through this process. "
                                "Give a function that returns (X, y), a file or a URL: each worker loads its own.")
        self._load()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Let the rows go, and whoever worked on them."""
        self._held = []
        self._engine.close()

    def __len__(self):
        return int(self.sizes.sum())

    @property
    def sizes(self):
        """Rows of each shard, an array; zeros are allowed."""
        return np.array([shape.rows for shape in self._known()])

    @property
    def columns(self):
        """Columns of X, the same in all shards."""
        return self._known()[0].columns

    def gradient(self, part):
        """The mean's gradient as `descent.descend` takes it: a function of w, or of (w, batch).

        part(w, X, y) -> (mean loss over these rows, its slope, of the shape of w): `cluster.linear`,
        `cluster.logistic`, `cluster.network(sizes)` or `autodiff.value_and_grad(loss)` of your own loss(w, X, y).
        batch: numbers of rows, counted through all shards in their order, as in `fresh_batches(len(data), 8, rng)`.
        A part that raises, or gives another shape, is a `ShardError`; NaN is a result.
        """
        both = self.value_and_grad(part)
        return lambda w, batch=None: both(w, batch)[1]

    def value_and_grad(self, part):
        """A function of w, or of (w, batch), that gives (mean loss, slopes); as `gradient` otherwise."""
        def both(w, batch=None):
            w = self._shared(w)
            (loss, slope), n, _ = self._ask(weighted, {i: (part, w, rows) for i, rows in self._rows(batch).items()})
            return loss / n, slope / n
        return both

    def gram(self):
        """The `Gram` of linear regression: d^2 numbers travel once, and no step has to ask again."""
        (H, pull), n, _ = self._ask(products, dict.fromkeys(self._rows(), ()))
        return Gram(H / n, pull / n, n)

    def local_steps(self, part, w, step_size, steps, batch_size, seed):
        """One round of local steps: from w each shard takes `steps` SGD steps on fresh batches of its own rows; the
        mean of where they end, with weights n_i / n, comes back. Shards without rows do not count.

        seed: a whole number; give another in every round.
        """
        w, seed = self._shared(w), whole_number("seed", seed)
        how = positive_number("step_size", step_size), whole_number("steps", steps), batch_size
        (ends,), n, _ = self._ask(walked, {i: (part, w, *how, [seed, i]) for i in self._rows()})
        return ends / n

    def step_time(self, part, w, batch=None):
        """`Times` of one gradient of all rows, or of a batch, in seconds: the best of a few, for whatever else this
        machine does only adds to it. computing: as long as the busiest worker was busy; talking: the rest."""
        rows = self._rows(batch).items()
        return best_of(lambda: self._ask(weighted, {i: (part, self._shared(w), own) for i, own in rows}).busy)

    def dask_arrays(self):
        """X (n, d) and y (n,) as Dask arrays of one block per shard, for lines such as X.T.dot(error) / X.shape[0].

        On a cluster each block is where the shard is, and `.compute()` works there. Raises ImportError without Dask.
        """
        needs_dask()
        shapes = self._known()
        return dask_arrays([self._engine.block(held) for held in self._held], shapes)

    def lose_a_worker(self):
        """Kill one worker process, to see that the result is the same. True if there was one that we may kill."""
        return self._engine.lose_a_worker()

    def _shared(self, w):
        return self._engine.share(as_floats("w", w))

    def _load(self):
        """Begin to load what is not loaded, and to ask for its shape."""
        for i, held in enumerate(self._held):
            if held is None or self._engine.lost(held) or self._engine.lost(self._asked[i]):
                self._begin(i)

    def _begin(self, i):
        """Begin to load a shard, and to ask for its shape, which this gives."""
        self._held[i] = self._engine.submit(load, self._sources[i], i, self._names[i])
        self._asked[i], self._shapes[i] = self._engine.submit(shape_of, self._held[i]), None
        return self._asked[i]

    def _known(self):
        """The shapes of all shards, which have the same columns."""
        if not self._held:
            raise ValueError("these shards are closed; open them again.")
        self._load()
        try:
            self._shapes = [shape or asked.result() for shape, asked in zip(self._shapes, self._asked)]
        except Exception as problem:
            raise self._blamed(problem) from None
        for i, shape in enumerate(self._shapes):
            if trouble := unlike(shape, self._shapes[0]):
                self._held[i] = None   # the next question reads it again
                raise ShardError(i, self._names[i], trouble)
        return self._shapes

    def _rows(self, batch=None):
        """{number of a shard: its rows in the batch}, None for all; without the shards that have none."""
        sizes = self.sizes
        if not sizes.any():
            raise ValueError("no shard has a row; a mean needs one.")
        if batch is None:
            return {int(i): None for i in np.flatnonzero(sizes)}
        ends = sizes.cumsum()
        rows = rows_of(batch, ends[-1])
        parts = np.split(rows, np.searchsorted(rows, ends[:-1]))
        return {i: all_or(part - end + size, size) for i, (part, end, size) in enumerate(zip(parts, ends, sizes))
                if len(part)}

    def _ask(self, ask, shards):
        """The `Answer` of these shards to ask(X, y, *args), {number: args}, added by a tree."""
        tasks = []

        def submit(*task):
            tasks.append(self._engine.submit(*task))
            return tasks[-1]

        def begin(i):
            return submit(answer, self._held[i], i, self._names[i], rows[i], ask, *shards[i])
        rows = [shape.rows for shape in self._shapes]
        try:
            return tree(submit, [begin(i) for i in shards]).result()
        except BaseException as problem:
            blamed = self._blamed(problem, [(i, task, begin) for i, task in zip(shards, tasks)])
            for task in tasks:
                task.cancel()   # an interrupt, too, leaves nothing behind
            raise blamed from None

    def _blamed(self, problem, answers=()):
        """`problem`, or in its place the `ShardError` of a load or of one of the answers, (number, future, how to begin
        it again), that failed in another way: its worker died, or could not read what it was sent."""
        if not isinstance(problem, Exception) or isinstance(problem, ShardError):
            return problem
        loads = [(i, task, self._begin) for tasks in (self._held, self._asked) for i, task in enumerate(tasks)]
        lost = [one for one in [*loads, *answers] if self._engine.lost(one[1])]
        for i, task, _ in lost:
            if not self._engine.is_suspect(task):
                return ShardError(i, self._names[i], why(task))
        return self._tried_alone(lost, [task for _, task, _ in [*loads, *answers]]) if lost else problem

    def _tried_alone(self, suspects, tasks):
        """The `ShardError` of the suspect that no worker survives even when all tasks have ended and nothing else is
        done; where there is none, an error that blames nobody."""
        try:
            self._engine.settle(tasks)
            for i, begin in dict.fromkeys((i, begin) for i, _, begin in suspects):
                again = begin(i)
                self._engine.settle([again])
                if self._engine.lost(again):
                    return ShardError(i, self._names[i], why(again))
        except ConnectionError as problem:
            return problem
        numbers = ", ".join(map(str, sorted({i for i, *_ in suspects})))
        return RuntimeError(f"workers died that had work on these shards: {numbers}. Each of them alone is survived: "
                            "perhaps several together need more memory than a worker has. Ask again, or open smaller "
                            "shards, or start more workers.")


def why(task):
    """For which reason a task has no result."""
    try:
        task.result()
    except ShardError as problem:
        return problem.args[-1]
    except Exception as problem:
        return reason(problem.__cause__ or problem)   # a name that means nothing there, for instance


def walked(X, y, part, w, step_size, steps, batch_size, seed):
    """Where SGD on these rows alone ends, as many times as there are rows."""
    for batch in islice(fresh_batches(len(y), batch_size, np.random.default_rng(seed)), steps):
        w = w - step_size * given(part, w, X[batch], y[batch])[1]
    return (len(y) * w,), len(y)


def rows_of(batch, n):
    """The numbers of a batch's rows in ascending order. A batch is a list of them, or a slice."""
    if isinstance(batch, slice):
        return np.arange(n)[batch]
    rows = np.sort(np.asarray(batch))
    if rows.ndim != 1 or rows.dtype.kind not in "iu" or not len(rows):
        raise ValueError(f"batch must hold the numbers of rows, got {rows.dtype} of shape {rows.shape}.")
    for outside in rows[(rows < 0) | (rows >= n)]:
        raise IndexError(f"batch must hold numbers of rows from 0 to {n - 1}, got {outside}.")
    return rows


def all_or(rows, size):
    """Row numbers within a shard of this size; None if they are all of its rows, each once."""
    return None if len(rows) == size and np.array_equal(rows, np.arange(size)) else rows


def unlike(shape, first):
    """What is different about the columns of a shard: their number, or their names; nothing if they are the same."""
    if shape.columns != first.columns:
        return f"it has {shape.columns} columns, and shard 0 has {first.columns}"
    if shape.names and first.names and shape.names != first.names:
        return f"its columns are {', '.join(shape.names)}, and those of shard 0 {', '.join(first.names)}"


def needs_dask():
    """Nothing, or an ImportError that says what to do."""
    if missing():
        raise ImportError(missing())


def _listed(sources):
    if not isinstance(sources, (list, tuple)) or not sources:
        raise TypeError(f"sources must be a list with one source per shard, got {sources!r:.60}. "
                        "For files with a pattern: cluster.files(pattern).")
    return sources


def _source(source, i):
    if callable(source) or isinstance(source, (str, os.PathLike)) or is_pair(source):
        return source
    raise TypeError(f"source {i} must be a function, a file, a URL or a pair (X, y), got {type(source).__name__}.")


def _engine(where, workers):
    if where == "serial":
        return Serial()
    if where == "threads":
        return threads(workers)
    if where != "processes" and "://" not in str(where):
        raise ValueError("where must be 'threads', 'serial', 'processes' or the address of a Dask scheduler, such as "
                         f"'tcp://10.0.0.5:8786'; got {where!r}.")
    needs_dask()
    from . import processes
    return processes.started(workers) if where == "processes" else processes.joined(where)
