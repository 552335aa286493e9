"""The rule that sums and products in the text come out with the digits that are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import rule
from .text import without_code

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
OPERATORS = "-+*/^"
EQUATION = re.compile(
    rf"(?<![\w.^)}}])(?P<left>[-(]*{NUMBER}(?:[)]|\s*[{re.escape(OPERATORS)}]\s*[-(]*{NUMBER})+)"
    rf"\s*=\s*(?P<right>-?{NUMBER})(?!\w|\s*[{re.escape(OPERATORS)}])"
)
AS_TYPED = [
    (r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1)/(\2))"), (r"\\cdot|\\times|[·×]", "*"), (r"\\[,;!]|\$", ""),
    ("−", "-"), ("²", "^2"), ("³", "^3"),
]  # fmt: skip


def as_typed(markdown: str) -> str:
    """The text with its formulas in the signs of a keyboard."""
    text = without_code(markdown)
    for sign, typed in AS_TYPED:
        text = re.sub(sign, typed, text)
    return text


def equations(markdown: str) -> Iterator[tuple[str, str, float]]:
    """(left side, right side, what the left side is) wherever only numbers stand to the left of a number."""
    text = as_typed(markdown)
    for found in EQUATION.finditer(text):
        left = found["left"]
        left = left[max(left.count("(") - left.count(")"), 0):]  # a bracket of the sentence
        begins = not re.search(rf"[{re.escape(OPERATORS)}]\s*$", text[:found.start()])  # and not: x + 2 * 3 = 7
        if begins and left.count("(") == left.count(")"):
            yield left, found["right"], eval(left.replace(",", "").replace("^", "**"))  # digits and signs only


@rule
def arithmetic(lesson):
    """A reader works it out on paper: what stands to the left of = must be, rounded, what is printed to the right."""
    for cell in lesson.markdown:
        for left, right, value in equations(cell.source):
            if abs(value - float(right.replace(",", ""))) > 0.5000001 * 10.0 ** -len(right.partition(".")[2]):
                yield cell.index, f"{left} is {value:.6g}, and {right} is printed"
