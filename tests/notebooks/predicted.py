"""Rules about predictions: what belongs to one, and that nothing of its answer is in sight before it is made."""

from __future__ import annotations

from .findings import rule
from .frame import FOLDED, after
from .lesson import Cell, Lesson

HELPERS = 2   # code cells between the buttons and the result, which show nothing


def asked(lesson: Lesson) -> dict[str, Cell]:
    return lesson.named("prediction")


def result_of(lesson: Lesson, name: str, ask: Cell) -> Cell | None:
    """The result of a prediction: right after its buttons, but for a few cells of code that show nothing."""
    following = [after(lesson, ask, steps) for steps in range(1, HELPERS + 2)]
    found = next((cell for cell in following if cell and name in cell.names("result")), None)
    between = following[:following.index(found)] if found else []
    return found if all(cell.kind == "code" and not cell.outputs for cell in between) else None


@rule
def prediction_cells(lesson):
    """Question, buttons, result, discussion: always together, in this order.  Where an explorer is the result, the rule
    explorer-think speaks of the place of its discussion."""
    for cell in lesson.tagged("predict"):
        ask = after(lesson, cell)
        if not ask or not ask.names("prediction"):
            yield cell.index, "no cell prediction:NAME right after the question"
    for name, ask in asked(lesson).items():
        if ask.source != f"predictions.{name}.ask()":
            yield ask.index, f"expected `predictions.{name}.ask()`, and nothing else"
        result = result_of(lesson, name, ask)
        if not result or f"predictions.{name}." not in result.source:
            yield ask.index, (f"no cell result:{name} after it that holds predictions.{name}.result() or .explorer(…); "
                              f"at most {HELPERS} cells of code that show nothing may stand between")
        elif "explorer" not in result.tags and name not in after(lesson, result).names("discussion"):
            yield result.index, f"no cell discussion:{name} right after the result"


@rule
def prediction_known(lesson):
    """Every prediction of gradlib is asked in its lesson, once, and no other."""
    known = {name for name, kept in vars(lesson.predictions).items() if hasattr(type(kept), "ask")}
    for name in sorted(known ^ asked(lesson).keys()):
        yield None, f"{name} is {'asked in no cell' if name in known else 'no prediction in gradlib.predictions'}"


@rule
def prediction_folded(lesson):
    """What betrays an answer is folded: all that the result shows, and the whole discussion.  What does not betray it
    stands in a cell of its own, unfolded."""
    for cell in lesson.cells:
        if cell.names("discussion") and not FOLDED.fullmatch(cell.source.strip()):
            yield cell.index, "a discussion is one <details> with a <summary>, and nothing around it"
        shown = [output.get("data", {}).get("text/html", "") for output in cell.outputs if cell.names("result")]
        if not all(html.startswith("<details><summary>") for html in shown):
            yield cell.index, "shows something beside its fold; what shows belongs into `with … .result():`"
