"""Predictions that are made: `from gradlib.predictions import lesson02 as predictions`, then

    predictions.kept.ask()                buttons: an answer, and how sure; two presses commit
    with predictions.kept.result():       what is printed and shown in here stays folded until then
        print(...)
    predictions.twice.explorer(step_size())   the same for an explorer

Nobody is locked out: a fold opens by hand. `lessonNN` holds what is asked, and which belief stands behind each wrong
answer. To write one, read CONTRIBUTING, "A prediction".
"""

import contextlib
import hashlib
from collections import namedtuple
from functools import cached_property

from IPython.display import display

from ..memory import READER, place_of
from .buttons import SURENESS, Buttons
from .folds import Result, Still, captured, folded, listed

RIGHT = "right"   # the code of the right answer; a wrong one has the code of its belief
Option = namedtuple("Option", "words holds belief", defaults=("",))


class Prediction:
    """A question that is answered before its result is seen.

    question   in short: it is quoted where the notebook is not in sight
    right      (answer, holds)
    wrong      {code of the belief: (answer, holds, belief)}
    at         for an explorer: the settings, as tables of its controls, whose sentences belong to the result

    `holds` is what the result would hold if the answer were true: a text that stands in it, or a function of its text.
    The tests ask it of the stored result: true for the right answer, false for each wrong one. `belief` says, in a
    sentence or two, what somebody thinks who chooses this answer, and why it is not so.
    """

    def __init__(self, question, right, wrong, at=()):
        self.question, self.at = question, at
        self.options = {RIGHT: Option(*right), **{code: Option(*told) for code, told in wrong.items()}}
        self._asked, self._looked, self._result, self.shown = [], False, None, None

    @cached_property
    def place(self):
        """Lesson and name: "02/kept"."""
        return place_of(self)

    @property
    def name(self):
        """What the module of the lesson calls it: "kept"."""
        return self.place[3:]

    @property
    def order(self):
        """The codes in the order in which they are offered: one that stays, and tells nothing."""
        return sorted(self.options, key=lambda code: hashlib.sha256(self.options[code].words.encode()).digest())

    @property
    def choice(self):
        """What this reader has chosen, as an entry of the memory with `code` and `sure`; None before that."""
        return self.first(READER.entries("prediction", self.place))

    def first(self, entries):
        """The first of these entries that is a choice made here, and can still be understood; or None."""
        return next((entry for entry in entries if entry["kind"] == "prediction" and entry["place"] == self.place
                     and entry["code"] in self.options and entry.get("sure") in SURENESS), None)

    @property
    def is_open(self):
        """Whether the result is in sight."""
        return self._looked or self.choice is not None

    def ask(self):
        """The question's buttons."""
        self._asked.append(Buttons(self))
        return self._asked[-1]

    def commit(self, code, sure):
        """Choose an answer by its code, a key of `options`, and say how sure: one of SURENESS. The first one counts."""
        if code not in self.options or sure not in SURENESS:
            raise ValueError(f"expected one of {', '.join(self.options)} and one of {', '.join(SURENESS)}, "
                             f"got {code!r} and {sure!r}.")
        if self.choice is None:
            READER.add("prediction", self.place, code=code, sure=sure)
        self._open()

    def look(self):
        """Show the result to somebody who does not want to choose; nothing is remembered."""
        self._looked = True
        self._open()

    def told(self):
        """What the reader said, and the belief behind it, in plain words; "" where nothing was said."""
        if self.choice is None:
            return ""
        option = self.options[self.choice["code"]]
        verdict = "Right." if self.choice["code"] == RIGHT else f"Not so. {option.belief}"
        return f"You said: {option.words} ({self.choice['sure']}). {verdict}"

    @contextlib.contextmanager
    def result(self):
        """What is printed and displayed in here is the result."""
        with captured() as outputs:
            yield
        if outputs:
            self._show(Result(outputs))

    def explorer(self, explorer):
        """Show an explorer as the result: a still picture in the fold, and the explorer itself once that is open."""
        self.shown = explorer
        self._show(Still(explorer))

    def page(self):
        """The question where no kernel is: its answers, and in a fold what stands behind each."""
        return listed([self.options[code] for code in self.order])

    def _show(self, result):
        self._result = result
        self._handle = display(self._bundle(), raw=True, display_id=True)

    def _open(self):
        for buttons in self._asked:
            buttons.show()
        if self._result is not None:
            self._handle.update(self._bundle(), raw=True)

    def _bundle(self):
        said = self.choice and f"{self.options[self.choice['code']].words} ({self.choice['sure']})"
        return folded(self._result.bundle(self.is_open), self.is_open, said)
