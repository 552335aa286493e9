"""Beyond one machine: the gradient is a sum over examples, so it splits. Lesson 11.

    shards = cluster.split(X, y, 8)                                   eight parts of one data set, to try things out
    with cluster.open(shards) as data:                                threads of this process; nothing to install
        gradient = data.gradient(cluster.linear)                      the same number as on one machine, to rounding
        descent.descend(gradient, start, Adam(0.01), 100)             any rule, schedule and batches of `descent`

    cluster.open(cluster.files("parts/part-*.csv"), "processes")      a Dask cluster of processes on this machine
    cluster.open(sources, "tcp://10.0.0.5:8786")                      any Dask cluster: the address is all that changes

Shard i answers (n_i loss_i, n_i slope_i, n_i), a tree of sums adds, and one division by n = sum of n_i makes the mean:
exact weights, however unequal the shards are. A shard is loaded where it is worked on, and stays there.
"""

from .arrays import layers
from .engines import installed, missing
from .model import ONE_MACHINE, PerStep, Times, measure
from .parts import linear, logistic, network
from .shards import Gram, Shards, open
from .sources import ShardError, files, numbered, split

__all__ = ["Gram", "ONE_MACHINE", "PerStep", "ShardError", "Shards", "Times", "files", "installed", "layers", "linear",
           "logistic", "measure", "missing", "network", "numbered", "open", "split"]
