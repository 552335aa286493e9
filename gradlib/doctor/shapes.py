"""Slopes that have another shape than their parameter."""

import numpy as np

from .report import Finding


def shape_findings(names, claimed, start):
    """{k: `Finding`} for slopes of another shape. details["grows"]: whether an update would make something larger."""
    found = {}
    for k, (name, slope, own) in enumerate(zip(names, claimed, start)):
        if slope.shape != own.shape and not (slope.size == own.size == 1):
            found[k] = Finding("shape", (name,), f"The slope of {name} has shape {slope.shape}; {name} has "
                               f"{own.shape}. {_consequence(name, slope.shape, own.shape)}",
                               {"came": slope.shape, "expected": own.shape, "grows": _grows(slope, own)},
                               "asks" if _grows(slope, own) else "disturbs")
    return found


def _grows(slope, own):
    try:
        return int(np.prod(np.broadcast_shapes(slope.shape, own.shape))) != own.size
    except ValueError:
        return True


def _consequence(name, came, own):
    try:
        becomes = np.broadcast_shapes(came, own)
        return f"NumPy subtracts the one from the other all the same, and {name} becomes {becomes}."
    except ValueError:
        return "NumPy cannot subtract the one from the other."
