"""One run of a function that is to be differentiated: its leaves, the graph that it makes, and what it borrows.

Runs may lie inside each other: a function that is being differentiated may ask for slopes itself. The graph of a run
begins where its leaves end; whatever is older belongs to the runs around it. If a result needs any of that, values
and slopes stay `Var`s, and the run around goes on with them.
"""

from .graph import Var, begin, births, end, reached


class Run:
    """out = f(*args, **named), and the graph between the leaves and `out`.

    results   what f made and `out` needs, the youngest first
    ends      where that graph ends: the leaves that `out` needs, constants, and what was borrowed
    nested    whether the results need a `Var` of a graph around
    derives   whether f asked for slopes itself
    """

    __slots__ = ("leaves", "since", "frozen", "taken", "derives", "out", "results", "ends", "nested")

    def __init__(self, f, args, named, leaves, frozen=False):
        self.leaves, self.since, self.frozen, self.taken, self.derives = leaves, next(births), frozen, [], False
        for leaf in leaves:
            leaf.settled = False
        begin(self)
        try:
            self.out = f(*args, **named)
        finally:
            end(self)
            for leaf in leaves:
                leaf.settled = True
        self.results, self.ends = reached(self.out, self.since) if type(self.out) is Var else ([], set())
        borrowed = [var for var in self.ends.difference(leaves) if var.born < self.since]
        self.nested = bool(borrowed) or any(leaf.op for leaf in leaves)
        if borrowed and all(map(_settled, borrowed)):
            raise TypeError("the function uses a Var of an earlier run, which is over. Keep its number: w.value.")

    def lost(self, leaf):
        """Whether the value of the leaf, or of something made from it, was taken out by hand."""
        return any(leaf in reached(var, self.since)[1] for var in self.taken)


def _settled(var):
    """Whether nobody asks for a slope of anything that `var` was made from."""
    return all(root.settled for root in reached(var)[1])
