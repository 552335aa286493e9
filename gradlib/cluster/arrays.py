"""The shards as Dask arrays, and the graph that a line of NumPy becomes on them. Dask is imported when it is used."""

import re
from operator import itemgetter

import numpy as np

HASH = re.compile(r"-[0-9a-f]{32}$|-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


def dask_arrays(blocks, shapes):
    """X (n, d) and y (n,) with one block for each of these shards."""
    rows, dtype = tuple(shape.rows for shape in shapes), np.result_type(*(shape.dtype for shape in shapes))
    return _array("X", blocks, (rows, (shapes[0].columns,)), dtype), _array("y", blocks, (rows,), float)


def _array(name, blocks, chunks, dtype):
    """A Dask array whose block i is the field `name` of shard i."""
    from uuid import uuid4

    from dask.array import Array
    from dask.highlevelgraph import HighLevelGraph
    key, field, rest = f"{name}-{uuid4()}", itemgetter("Xy".index(name)), (0,) * (len(chunks) - 1)
    graph = {(key, i, *rest): (field, block) for i, block in enumerate(blocks)}
    return Array(HighLevelGraph.from_collections(key, graph), key, chunks, dtype)


def layers(array):
    """What a Dask array will be made of: (what, how many tasks) for each layer of its graph, in their order."""
    graph = array.dask
    return [(HASH.sub("", name), len(graph.layers[name])) for name in graph._toposort_layers()]
