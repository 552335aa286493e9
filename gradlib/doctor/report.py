"""What the doctor says: findings with stable codes, a verdict on each parameter, and all of it as plain text."""

import html
import textwrap
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from ..wording import said

WIDTH = 96
MARKS = {True: "✓", False: "✗", None: "?"}
RIGHT = {True: "right", False: "wrong", None: "cannot be told"}
HEADS = {True: "The gradient is right.", False: "The gradient is wrong.",
         None: "Whether the gradient is right cannot be told."}
TO_PASTE = "The number with the largest error, as code to paste:"


class Finding(NamedTuple):
    """One thing that was found.

    code         stable, for programs
    parameters   the names of those it is about
    text         the same in plain sentences
    details      numbers, such as {"factor": 4.0, "named": ("rows of X",)}
    kind         "explains", "disturbs", "place", or "asks" where the input is of no use
    """

    code: str
    parameters: tuple
    text: str
    details: dict
    kind: str = "explains"


class Verdict(NamedTuple):
    """What is known of one parameter's slope.

    right    True, False, or None where it cannot be told
    error    |claimed - true| / |true|, as far as it could be measured; the angle between them is in degrees, and
             `length` is |claimed| / |true|
    judged   how, in words; calls: of the loss
    limit    the smallest relative error that could be seen
    codes    of the findings about it
    """

    name: str
    right: bool | None
    error: float
    angle: float
    length: float
    judged: str
    calls: int
    limit: float
    codes: tuple = ()

    def __str__(self):
        below = f" below {said(self.limit, 2)}" * bool(self.right is None and max(self.error, 1e-6) <= self.limit < 1)
        return f"{MARKS[self.right]} {self.name}: {RIGHT[self.right]}{below}{self._measured()}"

    def _measured(self):
        """What was measured; of a right slope only a bound, for the rest is rounding, which differs from machine to
        machine."""
        if not np.isfinite(self.error):
            return ""
        if self.right:
            return f", to {digits(self.error)} digits"
        told = f", relative error {said(self.error, 2)}"
        if self.right is False and np.isfinite(self.angle):
            told += f", angle {said(self.angle, 3) if self.angle > 0.01 else 0}°"
            told += f", {said(self.length, 3)} times as long"
        return told


def digits(error):
    """To how many digits a slope with this relative error is right for sure; above nine, rounding begins."""
    return int(max(min(9, np.floor(-np.log10(max(error, 1e-300))) - 1), 1))


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """What `diagnose` found. right: True, False or None (cannot be told); parameters: {name: `Verdict`}."""

    right: bool | None
    parameters: dict
    findings: tuple
    calls: int
    code_to_paste: str = ""
    model: str = field(default="")

    @property
    def codes(self):
        """The codes of all findings, each once."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))

    def __bool__(self):
        return self.right is True

    def _head(self):
        judged = next((f", {verdict.judged}" for verdict in self.parameters.values()), "")
        return f"{MARKS[self.right]} {HEADS[self.right]} (Judged with {self.calls} calls of the loss{judged}.)"

    def _paragraphs(self):
        model = (f"Near these parameters the loss is that of {self.model}: rebuilt from your data, it gives the same "
                 "numbers.")
        return [model] * bool(self.model) + list(dict.fromkeys(finding.text for finding in self.findings))

    def __repr__(self):
        lines = [self._head(), *(f"  {verdict}" for verdict in self.parameters.values())]
        lines += [textwrap.fill(text, WIDTH, initial_indent="  ",
                                subsequent_indent="  ") for text in self._paragraphs()]
        code = [f"  {TO_PASTE}", textwrap.indent(self.code_to_paste, "    ")] if self.code_to_paste else []
        return "\n".join(lines + code)

    def _repr_html_(self):
        rows = "".join(f"<li>{html.escape(str(verdict))}</li>" for verdict in self.parameters.values())
        texts = "".join(f"<p>{html.escape(text)}</p>" for text in self._paragraphs())
        code = f"<p>{TO_PASTE}</p><pre><code>{html.escape(self.code_to_paste)}</code></pre>" * bool(self.code_to_paste)
        return f'<div role="status"><p><strong>{self._head()}</strong></p><ul>{rows}</ul>{texts}{code}</div>'
