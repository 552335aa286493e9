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


TO_PASTE = "To see it yourself, paste this into a cell of your own:"
LONGEST = 300    # letters of a learner's own output that are shown


@dataclass(frozen=True)
class Result:
    """What `check` found. `status` is a key of LOOKS, `code` is stable, for tests; the rest is to be read."""

    status: str
    code: str
    title: str
    why: str = ""
    evidence: str = ""
    look_at: str = ""
    case: str = ""    # code to paste: the inputs on which the answer is wrong
    onward: tuple = ()    # after a right answer, what comes next

    def _paragraphs(self):
        return [text for text in (self.why, self.evidence, self.look_at, *self.onward) if text]

    def __repr__(self):
        sign, word, _ = LOOKS[self.status]
        case = [TO_PASTE, textwrap.indent(self.case, "    ")] if self.case else []
        return "\n".join([_wrapped(f"{sign} {word} {self.title}", ""), *map(_wrapped, self._paragraphs()),
                          *([_wrapped(case[0]), case[1]] if case else [])])

    def _repr_html_(self):
        sign, word, colour = LOOKS[self.status]
        style = f"border: 1px solid {colour}; border-left: 6px solid {colour}; padding: 0 12px"
        head = f"<strong>{sign} {word}</strong> {markup(self.title)}"
        body = "".join(f'<p style="margin: 8px 0">{text}</p>'  # as much above the first line as below the last
                       for text in (head, *map(markup, self._paragraphs())))
        case = f"<p>{TO_PASTE}</p><pre><code>{html.escape(self.case)}</code></pre>" if self.case else ""
        return f'<div role="status" style="{style}">{body}{case}</div>'


@dataclass(frozen=True, repr=False)
class Note:
    """A text, and the page that a notebook shows instead."""

    text: str
    page: str

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        return self.page


def folded(hints, name):
    """All hints, closed: a notebook that is run from top to bottom gives nothing away."""
    details = [f"<details><summary>Hint {i} of {len(hints)}</summary><p>{markup(hint)}</p></details>"
               for i, hint in enumerate(hints, 1)]
    answer = markup(f"Run `exercises.{name}.solution()` in a cell of your own.")
    last = f"<details><summary>After three tries: an answer</summary><p>{answer}</p></details>"
    return Note(f"{len(hints)} hints and the way to an answer, folded.", "".join([*details, last]))


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


def number(value, digits=4):
    """Few digits, so that no machine's rounding shows, and a true minus; arrays in square brackets."""
    if np.ndim(value):
        return "[" + ", ".join(map(number, value)) + "]"
    return re.sub("^-", "−", f"{float(f'{float(value):.{digits}g}') + 0.0:.{max(digits, 6)}g}")


def apart(a, b):
    """Two numbers, with as many digits as it takes to tell them apart, if a few will do."""
    pairs = [(number(a, digits), number(b, digits)) for digits in (4, 5, 6, 7)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def a(noun):
    """A noun behind its article."""
    return f"a{'n' * noun.startswith(tuple('aeiou'))} {noun}"


def described(names, args):
    """What a function was called with: the shapes of arrays, the lengths of tables, the values of numbers."""
    return ", ".join(map(_described, names, args)) or "nothing"


def _described(name, arg):
    if isinstance(arg, (list, tuple)) and all(isinstance(item, int) for item in arg):
        return f"{name} = {number(arg)}"
    if isinstance(arg, (list, tuple, dict)):
        return f"{name} of length {len(arg)}"
    if isinstance(arg, str):
        return f'{name} = "{arg}"'
    if callable(arg):
        return name
    return f"{name} {arg.shape}" if np.ndim(arg) else f"{name} = {number(arg)}"


def as_code(names, args):
    """Lines that make these arguments, to be pasted; "" where one of them cannot be written down."""
    lines = [f"{name} = {_literal(arg)}" for name, arg in zip(names, args)]
    return "" if any(line.endswith("= ") for line in lines) else "\n".join(lines)


def _literal(arg):
    if isinstance(arg, np.ndarray):
        return f"np.array({arg.tolist()})" if arg.size else f"np.zeros({arg.shape})"
    if isinstance(arg, (list, tuple)):
        items = ", ".join(map(_literal, arg))
        return f"[{items}]" if isinstance(arg, list) else f"({items}{',' * (len(arg) == 1)})"
    return "" if callable(arg) else repr(arg.item() if isinstance(arg, np.generic) else arg)


def shortened(text):
    """A learner's own output, cut where it is long, and said so."""
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} … (cut here, of {len(text):,} letters)"
    return text if text.endswith((".", "!", "?", ")")) else f"{text}."


def kind_of(value):
    """What something is, in words, for somebody who took it for a function."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return "nothing" if value is None else a(type(value).__name__)


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
