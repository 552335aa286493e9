"""A gradient of all rows on one process, on threads and on two processes: rows per second, and from when on it pays.

One process is NumPy with one thread on the same formula. The rows are made where they are worked on, in shards of one
size, two for each worker. Contenders take turns, and the time is that of the clock on the wall, for waiting is what
this is about: of each contender the best of many turns counts, which is nearest to a quiet machine. Both processors
share memory and caches, and may get in each other's way: the fraction of ideal scaling says how much. scikit-learn's
SGDRegressor takes a step for every row; dask-ml fits on the same shards, where it is installed.
"""

import os
import random
import time
from functools import partial

import numpy as np

from gradlib import cluster

from . import harness

COLUMNS = 20
ROWS = (10_000, 100_000, 400_000, 1_200_000, 2_500_000, 5_000_000, 12_000_000)   # the last are 2 GB
WORKERS, SHARDS = 2, 4
TURNS = 15
ASKED = 1.5                     # the predicted crossing is the measured one within this factor
ONE, THREADS, PROCESSES = "one process", "2 threads", "2 processes"


def main():
    """Measure in a process of its own, and print the tables."""
    found = harness.in_child("benchmarks.cluster.measure()")
    print(f"{found['machine']}\n\nA gradient of all rows, millions of rows per second:\n")
    print(harness.markdown(["rows", ONE, THREADS, PROCESSES, "scikit-learn, partial_fit", "dask-ml",
                            "threads, of ideal", "processes, of ideal"], found["rates"]))
    print("\nSeconds of a step, and what the model of two numbers says:\n")
    print(harness.markdown(["rows", ONE, "model", PROCESSES, "model", "computing", "talking"], found["steps"]))
    print("\nFrom how many rows on two processes pay:\n")
    print(harness.markdown(["model", "seconds per row", "talk, s", "predicted rows", "measured rows",
                            "predicted ÷ measured", f"within {ASKED}"], found["crossings"]))


def rows_of(seed, n):
    """A shard that its worker makes: X (n, 20), y (n,)."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, COLUMNS))
    return X, X.sum(axis=1) + rng.standard_normal(n)


def measure():
    """Runs in a process of its own; what it returns can be written as JSON."""
    measured = [sizes(n) for n in ROWS]
    model = cluster.PerStep(*measured[-1]["model"][:1], measured[0]["model"][1])
    return {"machine": f"{harness.machine()}, {os.cpu_count()} processors",
            "rates": [rates(n, found) for n, found in zip(ROWS, measured)],
            "steps": [[f"{n:,}", found[ONE], model.time(n, 1), found[PROCESSES], model.time(n, WORKERS),
                       *found["times"][1:]] for n, found in zip(ROWS, measured)],
            "crossings": [crossing("two numbers", model, model.crossing(WORKERS), measured),
                          crossing("a third: how they share", model, shared_crossing(model, measured), measured)]}


def sizes(n):
    """Seconds of a step over n rows for every contender, and the two numbers of the model."""
    sources = [partial(rows_of, seed, n // SHARDS) for seed in range(SHARDS)]
    w = np.zeros(COLUMNS)
    with cluster.open(sources, "processes", workers=WORKERS) as data:
        steps = {PROCESSES: partial(data.gradient(cluster.linear), w)}
        times, model = data.step_time(cluster.linear, w), cluster.measure(data, cluster.linear, w)
        shards = [make() for make in sources]
        with cluster.open(shards, "serial") as one, cluster.open(shards, "threads", workers=WORKERS) as threads:
            steps[ONE] = partial(one.gradient(cluster.linear), w)
            steps[THREADS] = partial(threads.gradient(cluster.linear), w)
            found = in_turns(steps)
        return found | {"times": times, "model": model, **peers(shards, data)}


def in_turns(steps):
    """{name: seconds of the best turn}; the contenders take turns in random order, and must agree."""
    first = next(iter(steps.values()))()
    for name, step in steps.items():
        if not np.allclose(step(), first, rtol=1e-12, atol=1e-12):
            raise SystemExit(f"{name} is wrong")
    times, shuffle = {name: [] for name in steps}, random.Random(0)
    for _ in range(TURNS):
        for name in shuffle.sample(list(steps), len(steps)):
            times[name].append(seconds(steps[name]))
    return {name: min(found) for name, found in times.items()}


def peers(shards, data):
    """Seconds of one pass over the same rows by others, where they are installed and the rows are not too many."""
    found = {}
    if len(data) <= 1_000_000 and harness.installed("sklearn"):
        from sklearn.linear_model import SGDRegressor
        model = SGDRegressor()
        found["scikit-learn"] = seconds(lambda: [model.partial_fit(X, y) for X, y in shards])
        if harness.installed("dask_ml"):
            from dask_ml.wrappers import Incremental
            found["dask-ml"] = seconds(lambda: Incremental(SGDRegressor(), assume_equal_chunks=True,
                                                           shuffle_blocks=False).fit(*data.dask_arrays()))
    return found


def seconds(run):
    """How long it takes, once."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def rates(n, found):
    """The row of a table: millions of rows per second, and fractions of ideal scaling."""
    names = (ONE, THREADS, PROCESSES, "scikit-learn", "dask-ml")
    return [f"{n:,}", *[n / found[name] / 1e6 if name in found else None for name in names],
            *[found[ONE] / found[name] / WORKERS for name in (THREADS, PROCESSES)]]


def crossing(name, model, predicted, measured):
    """The row that compares a predicted crossing with where the measured times cross."""
    real = where_they_cross(ROWS, measured)
    ratio = predicted / real if real else None
    return [name, model.seconds_per_row, model.talk, predicted, real, ratio,
            "not reached" if real is None else "yes" if 1 / ASKED <= ratio <= ASKED else "**no**"]


def shared_crossing(model, measured):
    """The crossing if a row costs a worker more while the other one computes, too, as the largest size says it does:
    talk / (seconds_per_row - seconds of a row in company / workers)."""
    in_company = measured[-1]["times"].computing * WORKERS / ROWS[-1]
    saved = model.seconds_per_row - in_company / WORKERS
    return model.talk / saved if saved > 0 else np.inf


def where_they_cross(rows, measured):
    """From how many rows on the processes win, between the sizes that were measured; None if they never do."""
    ahead = [np.log(found[ONE] / found[PROCESSES]) for found in measured]
    for (n, before), (more, after) in zip(zip(rows, ahead), zip(rows[1:], ahead[1:])):
        if before < 0 <= after:
            return n * (more / n) ** (before / (before - after))
