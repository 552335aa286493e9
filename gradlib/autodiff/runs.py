"""One run of a function that is to be differentiated: its leaves, the graph that it makes, and what it borrows.

Runs may lie inside each other: a function that is being differentiated may ask for slopes itself. The graph of a run
begins where its leaves end; whatever is older belongs to the runs around it. If a result needs any of that, values
and slopes stay `Var`s, and the run around goes on with them.
"""

from .graph import Var, births, now, reached


class Run:
    """out = f(*args, **named), and the graph between the leaves and `out`.

    results   what f made and `out` needs, the youngest first
    nested    whether the results need a `Var` of a graph around
    derives   whether f asked for slopes itself
    """

    def __init__(self, f, args, named, leaves, frozen=False):
        self.leaves, self.since, self.frozen, self.taken, self.derives = leaves, next(births), frozen, [], False
        around = now.runs
        for run in around:
            run.derives = True
        around.append(self)
        try:
            self.out = f(*args, **named)
        finally:
            around.pop()
            for leaf in leaves:
                leaf.settled = True
        self.results, ends = reached(self.out, self.since, leaves) if type(self.out) is Var else ([], ())
        borrowed = [var for var in ends if var.born < self.since]
        self.nested = bool(borrowed or [leaf for leaf in leaves if leaf.op])
        if borrowed and all(map(_settled, borrowed)):
            raise TypeError("the function uses a Var of an earlier run, which is over. Keep its number: w.value.")

    def uses(self, leaf, outs):
        """Whether one of the results `outs` was made from the leaf."""
        return any(type(out) is Var and leaf in reached(out, self.since)[1] for out in outs)


def _settled(var):
    """Whether nobody asks for a slope of anything that `var` was made from."""
    return all(root.settled for root in reached(var)[1])
