"""Sources of shards that workers import: this file asks for nothing but NumPy."""

import os
import time
from functools import partial

import numpy as np

SIZES = (10, 0, 40, 1, 29, 1, 19, 3)   # rows of each shard: unequal, one of them empty
PERMITTED = "permitted"                # a file of this name beside a source says that it may answer


def data(n=103, d=5):
    """X (n, d), and y (n,) between 0 and 1 so that it suits every loss."""
    rng = np.random.default_rng(0)
    return rng.standard_normal((n, d)), rng.random(n)


def shard(number, sizes=SIZES):
    """The rows of one of the shards into which `data` is cut."""
    X, y = data(sum(sizes))
    end = sum(sizes[:number + 1])
    return X[end - sizes[number]:end], y[end - sizes[number]:end]


def sources(sizes=SIZES):
    """One function for each shard."""
    return [partial(shard, i, sizes) for i in range(len(sizes))]


def permitted(folder, number):
    """A shard that can be loaded only while its file says so."""
    if not os.path.exists(os.path.join(folder, PERMITTED)):
        raise OSError("the disk is away")
    with open(os.path.join(folder, f"loaded-{number}"), "a") as file:
        file.write(".")
    return shard(number)


def slow(number, seconds):
    """A shard that takes its time."""
    time.sleep(seconds)
    return shard(number)


def deadly(deaths):
    """A shard that takes its worker along, and leaves a mark in the file `deaths`."""
    with open(deaths, "a") as file:
        file.write(".")
    os.kill(os.getpid(), 9)


def dead(deaths):
    """How many workers have died so."""
    return os.path.getsize(deaths) if os.path.exists(deaths) else 0


def beside(deaths, number):
    """A shard that is not loaded before a worker has died."""
    while not dead(deaths):
        time.sleep(0.01)
    return shard(number)


def deadly_once(deaths):
    """Shard 0, which takes the first worker along."""
    if not dead(deaths):
        deadly(deaths)
    return shard(0)
