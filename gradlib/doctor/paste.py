"""The number with the largest error, as code to paste."""

from ..wording import said
from .whole import largest_error

NUDGE = 1e-5


def code_to_paste(measured, problem, model, suspects):
    """Lines that nudge one number and print the two slopes, with what they printed here; "" where none can be named."""
    found = largest_error(measured, problem, model, suspects)
    if found is None:
        return ""
    k, index, claimed, true = found
    name = problem.names[k]
    inside = f"[{', '.join(map(str, index))}]" if index else ""
    place = "these parameters" if measured.places[0].at is problem.start else "a place close to these parameters"
    told = f"# {name}{inside} at {place}: nudging measures {said(true, 6)}, the gradient claims {said(claimed, 6)}"
    return "\n".join([*_lines(problem, k, name, inside), told])


def _lines(problem, k, name, inside):
    variable = name if name.isidentifier() else f"p{k + 1}"
    names = [n if n.isidentifier() else f"p{i + 1}" for i, n in enumerate(problem.names)]
    slope = _slope(problem, k, names)
    if not inside:
        moved = [f"up, down = {variable} + {NUDGE:g}, {variable} - {NUDGE:g}"]
    else:
        moved = [f"up, down = {variable}.astype(float), {variable}.astype(float)",
                 f"up{inside} += {NUDGE:g}", f"down{inside} -= {NUDGE:g}"]
    data = _data(problem, problem.loss)
    return [*moved, f"print((loss({_call(problem, names, k, 'up')}{data}) - "
            f"loss({_call(problem, names, k, 'down')}{data})) / {2 * NUDGE:g})", f"print({slope}{inside})"]


def _data(problem, function):
    """The data that a function takes, as further arguments."""
    return "".join(f", {name}={name}" for name in problem.extra[function])


def _call(problem, names, k=None, other=None):
    if isinstance(problem.container, dict):
        return "params" if k is None else f"params | {{{problem.names[k]!r}: {other}}}"
    listed = ", ".join(other if i == k else name for i, name in enumerate(names))
    return listed if problem.container is None else f"[{listed}]"


def _slope(problem, k, names):
    asked = f"gradient({_call(problem, names)}{_data(problem, problem.gradient)})"
    return asked if len(problem) == 1 else f"{asked}[{problem.names[k]!r}]" if problem.by_name else f"{asked}[{k}]"
