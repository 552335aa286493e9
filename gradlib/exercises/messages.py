"""How an exercise speaks: plain text in a terminal, one bordered box in a notebook, the same words in both.

The box has no script and no class, so it survives in an untrusted notebook. Only its border is coloured: a
sign and a word carry the status, and the text keeps the colour of the reader's theme.
"""

import html
import re
import textwrap
from dataclasses import dataclass

import numpy as np

LOOKS = {  # status: sign, word, colour of the border
    "correct": ("✓", "Correct.", "#009E73"),
    "wrong": ("✗", "Not yet.", "#D55E00"),
    "not_attempted": ("○", "Not attempted yet.", "#0072B2"),
    "error": ("!", "Stopped.", "#D55E00"),
}


@dataclass(frozen=True)
class Result:
    """What `check` found. `status` is a key of LOOKS, `code` is stable, for tests; the rest is to be read."""

    status: str
    code: str
    title: str
    why: str = ""
    evidence: str = ""
    look_at: str = ""

    def _paragraphs(self):
        return [text for text in (self.why, self.evidence, self.look_at) if text]

    def __repr__(self):
        sign, word, _ = LOOKS[self.status]
        return "\n".join([_wrapped(f"{sign} {word} {self.title}", ""), *map(_wrapped, self._paragraphs())])

    def _repr_html_(self):
        sign, word, colour = LOOKS[self.status]
        style = f"border: 1px solid {colour}; border-left: 6px solid {colour}; padding: 0 12px"
        head = f"<strong>{sign} {word}</strong> {markup(self.title)}"
        body = "".join(f'<p style="margin: 8px 0">{text}</p>'  # as much above the first line as below the last
                       for text in (head, *map(markup, self._paragraphs())))
        return f'<div role="status" style="{style}">{body}</div>'


@dataclass(frozen=True, repr=False)
class Note:
    """A text, and the page that a notebook shows instead."""

    text: str
    page: str

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        return self.page


def folded(hints):
    """All hints, closed: a notebook that is run from top to bottom gives nothing away."""
    details = (f"<details><summary>Hint {i} of {len(hints)}</summary><p>{markup(hint)}</p></details>"
               for i, hint in enumerate(hints, 1))
    return Note(f"{len(hints)} hints, folded.", "".join(details))


def unfolded(hints, i):
    """The hint with this number, or what numbers there are."""
    text = f"Hint {i} of {len(hints)}: {hints[i - 1]}" if i in range(1, len(hints) + 1) else (
        f"There are {len(hints)} hints: ask for hint(1) to hint({len(hints)}).")
    return Note(_wrapped(text, ""), f"<p>{markup(text)}</p>")


def listing(source):
    """Source code, to be read."""
    return Note(source, f"<pre><code>{html.escape(source)}</code></pre>")


def markup(text):
    """Plain text as HTML, with `names` set as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text))


def number(value):
    """Four digits, so that no machine's rounding shows, and a true minus; arrays in square brackets."""
    if np.ndim(value):
        return "[" + ", ".join(map(number, value)) + "]"
    return re.sub("^-", "−", f"{float(f'{float(value):.4g}') + 0.0:g}")


def described(names, args):
    """What a function was called with: the shapes of arrays, the values of numbers."""
    return ", ".join(f"{name} {arg.shape}" if np.ndim(arg) else f"{name} = {number(arg)}"
                     for name, arg in zip(names, args))


def listed(names):
    """Names in a sentence, each set as code."""
    return " and ".join(", ".join(f"`{name}`" for name in names).rsplit(", ", 1))


def shapes(parts):
    """The shapes of an answer's parts, without the axes of length one."""
    return [np.squeeze(part).shape for part in parts]


def form(part):
    """What an answer, or a part of one, looks like, in words."""
    return f"an array of shape {part.shape}" if part.ndim else "one number"


def forms(came, expected, names=()):
    """What came and what was expected, in words.  Of named parts, only the first that has a wrong shape."""
    if len(came) != len(expected):
        return " and ".join(map(form, came)), listed(names) if names else form(*expected)
    i = next(i for i, (a, b) in enumerate(zip(shapes(came), shapes(expected))) if a != b)
    return form(came[i]) + (f" as `{names[i]}`" if names else ""), form(expected[i])


def _wrapped(text, indent="  "):
    return textwrap.fill(text, 96, initial_indent=indent, subsequent_indent=indent or "  ")
