"""Where a shard comes from: a function, a file, a URL; and how it is read, on whichever machine works on it."""

import glob
import gzip
import io
import os
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

import numpy as np

from .._checks import as_features, as_floats, as_targets, whole_number

PATIENCE = 60   # seconds that a web server may be silent


class ShardError(Exception):
    """One shard could not be loaded or worked on: "shard 3 (part-3.csv): ValueError: ...". `number` counts from 0."""

    def __init__(self, number, name, reason):
        super().__init__(number, name, reason)
        self.number = number

    def __str__(self):
        return "shard {} ({}): {}".format(*self.args)


class Shard(NamedTuple):
    """The rows of one shard: X (n, d), y (n,); and the names of the columns of X, where a file has them."""

    X: np.ndarray
    y: np.ndarray
    names: tuple = None


def split(X, y, shards):
    """X (n, d), y (n,) as a list of `shards` pairs (X_i, y_i), in order and as equal as possible: views, no copies.

    For trying things out on one machine. Raises ValueError for more shards than rows.
    """
    X, shards = as_features(X), whole_number("shards", shards, least=1)
    y = as_targets(y, len(X))
    if shards > len(X):
        raise ValueError(f"shards must be at most {len(X)}, the number of rows, got {shards}.")
    return list(zip(np.array_split(X, shards), np.array_split(y, shards)))


def files(pattern):
    """The files that a pattern such as "parts/part-*.csv" names, sorted. Raises FileNotFoundError if it names none."""
    found = sorted(glob.glob(os.path.expanduser(pattern)))
    if not found:
        raise FileNotFoundError(f"no file is called {pattern!r} in {os.getcwd()}.")
    return found


def numbered(pattern, shards):
    """Names with numbers from 0 on: numbered("https://example.org/part-{}.csv", 8) gives eight, the last with 7."""
    if "{" not in pattern:
        raise ValueError(f"pattern must hold {{}} where the number belongs, such as 'part-{{}}.csv'; got {pattern!r}.")
    return [pattern.format(i) for i in range(whole_number("shards", shards, least=1))]


def name_of(source):
    """What a message calls a source: the last part of its address, or the name of the function."""
    if isinstance(source, (str, os.PathLike)):
        return os.fspath(source).rstrip("/").rpartition("/")[2]
    source = getattr(source, "func", source)   # what a functools.partial calls
    return getattr(source, "__name__", "arrays" if is_pair(source) else type(source).__name__)


def is_pair(source):
    """Is it (X, y), the rows themselves?"""
    return isinstance(source, (tuple, list)) and len(source) == 2


def load(source, number, name):
    """The `Shard` that a source gives. Whatever goes wrong becomes a `ShardError` with its number and name."""
    try:
        return checked(*read(source))
    except Exception as problem:
        raise ShardError(number, name, reason(problem)) from None


def reason(problem):
    """The kind of an exception and the first line of what it says."""
    return f"{type(problem).__name__}: {str(problem).strip()}".splitlines()[0]


def read(source):
    """(X, y) or (X, y, names of the columns), as the source has them."""
    if callable(source):
        return source()
    if is_pair(source):
        return source
    source = os.fspath(source)
    return read_arrays(source) if source.endswith(".npz") else read_table(source)


def read_arrays(name):
    """X and y of an .npz file, as numpy.savez(name, X=X, y=y) writes it."""
    with np.load(io.BytesIO(content(name)) if is_url(name) else name, allow_pickle=False) as arrays:
        missing = [key for key in "Xy" if key not in arrays]
        if missing:
            raise KeyError(f"no array called {' or '.join(missing)} in it, only {', '.join(arrays) or 'nothing'}")
        return arrays["X"], arrays["y"]


def read_table(name):
    """A .csv or .csv.gz file: one line with the names of the columns, then numbers; the last column is y."""
    lines = gunzipped(content(name)).decode("utf-8-sig").splitlines()
    if not lines:
        raise ValueError("the file is empty; expected a line with the names of the columns, then one line per row")
    names = tuple(name.strip(' "') for name in lines[0].split(","))
    rows = [line for line in lines[1:] if line.strip()]
    table = np.loadtxt(rows, delimiter=",", ndmin=2, comments=None) if rows else np.empty((0, len(names)))
    return table[:, :-1], table[:, -1], names[:-1]


def is_url(name):
    """Is it an address in the web?"""
    return name.startswith(("http://", "https://"))


def content(name):
    """The bytes of a file or URL."""
    try:
        with urlopen(name, timeout=PATIENCE) if is_url(name) else open(os.path.expanduser(name), "rb") as file:
            return file.read()
    except HTTPError as answer:
        answer.close()
        raise


def gunzipped(data):
    """What was compressed, as it was before; other bytes as they are."""
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def checked(X, y, names=None):
    """A `Shard` of finite numbers whose rows match. It may have no rows, not no columns. float32 stays float32."""
    X = as_floats("X", X)
    X = X if X.ndim == 2 and X.shape[1] and not len(X) else as_features(X)
    return Shard(X, as_targets(y, len(X)), names)


class Shape(NamedTuple):
    """What is known of a shard everywhere: rows, columns of X, their names or None, and the type of its numbers."""

    rows: int
    columns: int
    names: tuple
    dtype: np.dtype


def shape_of(shard):
    """The `Shape` of a shard."""
    return Shape(*shard.X.shape, shard.names, shard.X.dtype)
