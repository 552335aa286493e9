"""What a shard is asked, part(w, X, y) -> (mean loss, its slope), and how the answers of all shards are added.

`autodiff.value_and_grad(loss)` of a loss(w, X, y) that is a mean over examples is such a part as it is.
"""

import os
import platform
import threading
import time
from typing import NamedTuple

import numpy as np

from .. import network as networks
from .._checks import as_fractions, as_slope, describe
from ..calculus import sigmoid
from .sources import ShardError, reason

WAYS = 4   # answers that one task adds: fewer make the tree taller, more make a task wait for more


def linear(w, X, y):
    """Linear regression (half_mse):  sum(e^2) / 2n  and  X'e / n,  with e = Xw - y.  w (d,), X (n, d), y (n,)."""
    error = X.dot(w) - y
    return error.dot(error) / (2 * len(y)), X.T.dot(error) / len(y)


def logistic(w, X, y):
    """Logistic regression (cross_entropy):  mean((1 - y) z + log(1 + exp(-z)))  and  X'(p - y) / n,  with z = Xw and
    p = sigmoid(z).  w (d,), X (n, d), y (n,) from 0 to 1."""
    y, z = as_fractions(y, len(X)), X.dot(w)
    return networks.cross_entropy(z, y), X.T.dot(sigmoid(z) - y) / len(y)


def network(sizes, activation="tanh"):
    """The part of a network of lesson 07: w holds all weights, as `network.flat` lays them out.

    sizes such as (2, 16, 16, 1), the last 1; y (n,) from 0 to 1. The slopes are those of the four equations by hand.
    """
    def part(w, X, y):
        loss, slopes = networks.gradient(networks.split(w, sizes), X, y, activation)
        return loss, networks.flat(slopes)
    return part


class Answer(NamedTuple):
    """What one shard says, or several together: sums over their rows, how many rows these are, and how many seconds
    each worker was busy with them."""

    sums: tuple
    rows: int
    busy: dict


def answer(shard, number, name, expected, ask, *args):
    """The `Answer` of a shard to ask(X, y, *args), which gives (sums, rows); its trouble as a `ShardError`.

    expected: how many rows it had when it was loaded first. Row numbers of other shards begin where they end.
    """
    begun = time.perf_counter()
    try:
        if len(shard.y) != expected:
            raise ValueError(f"loaded again after a loss it has {len(shard.y)} rows, and had {expected}. "
                             "Mend the source, and open all shards anew")
        with np.errstate(all="ignore"):   # flying apart is a result
            sums, rows = ask(shard.X, shard.y, *args)
    except Exception as problem:
        raise ShardError(number, name, reason(problem)) from None
    return Answer(sums, rows, {worker(): time.perf_counter() - begun})


def add(*answers):
    """Several answers as one."""
    busy = {}
    for one in answers:
        for who, seconds in one.busy.items():
            busy[who] = busy.get(who, 0) + seconds
    return Answer(tuple(map(sum, zip(*(one.sums for one in answers)))), sum(one.rows for one in answers), busy)


def tree(submit, answers):
    """The sum of all answers, always in the same order: tasks that add `WAYS` each, until one is left."""
    while len(answers) > 1:
        groups = [answers[first:first + WAYS] for first in range(0, len(answers), WAYS)]
        answers = [submit(add, *group) if len(group) > 1 else group[0] for group in groups]
    return answers[0]


def worker():
    """Who is working here: machine, process and thread."""
    return platform.node(), os.getpid(), threading.get_ident()


def weighted(X, y, part, w, rows):
    """n times the mean loss and its slope, in float64 so that sums of many shards lose nothing; of some rows, or
    (None) of all."""
    if rows is not None:
        X, y = X[rows], y[rows]
    loss, slope = given(part, w, X, y)
    if np.ndim(loss):
        raise ValueError(f"part gave a loss of shape {np.shape(loss)}; expected one number, the mean over the rows")
    return (len(y) * float(loss), len(y) * slope), len(y)


def given(part, w, X, y):
    """What a part gives, if it is the pair of a loss and a slope of the shape of w; the slope as float64."""
    both = part(w, X, y)
    if not (isinstance(both, (tuple, list)) and len(both) == 2):
        raise TypeError(f"part gave {describe(both)}; expected the pair (mean loss, its slope)")
    return both[0], as_slope("the slope of part", both[1], w.shape).astype(float)


def products(X, y):
    """X'X and X'y, of which linear regression is made."""
    return (X.T.dot(X).astype(float), X.T.dot(y).astype(float)), len(y)
