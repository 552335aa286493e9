"""Harder exercises: each is the idea of one of the lessons', a step further, and nobody has to solve it.

`exercises.gradient.harder` shows its cell, with a check and hints as every exercise has. The file lessonNN here is
loaded when somebody has solved an exercise of lesson NN, or asks for a harder one.
"""

import html
from collections.abc import Callable
from dataclasses import dataclass

from ..engine import Exercise
from ..evidence import nudged, rate, worst
from ..messages import described, number
from ..mistakes import Mistake


@dataclass(repr=False, kw_only=True)
class Harder(Exercise):
    """An exercise, as `Exercise` says, a step further than its `first`. Fewer fields have to be filled in:

    first      the exercise of the lesson
    idea       what is new, as it stands in "A step further, if you like: …."
    meaning    what follows from a right answer, in a sentence or two; or `noticed`, as ever
    loss, of   a function of the same arguments, and the arguments whose slopes the answer's parts are: then a nudge
               is the evidence. Without them, and without `measure`, it is the right number.
    before     whether the first exercise's answer can be taken for this one's, so that it is a mistake with a name;
               where its arguments are missing here it cannot
    """

    first: Exercise
    idea: str
    meaning: str = ""
    loss: Callable = None
    of: tuple = ()
    before: bool = True
    name: str = ""
    given: str = "..."
    noun: str = ""
    mistakes: tuple = ()
    slips: tuple = ()
    measure: Callable = None
    noticed: Callable = None

    def __post_init__(self):
        self.name = self.head.removeprefix("def ").partition("(")[0]
        self.noun = self.noun or self.first.noun
        self.measure = self.measure or self._measured
        self.noticed = self.noticed or (lambda *args: self.meaning)
        super().__post_init__()
        if self.before and {*self.first.arguments} <= {*self.arguments}:
            self.mistakes, self.before = [self._first_again(), *self.mistakes], False

    @property
    def path(self):
        """How it is called behind `exercises.`"""
        return f"{self.first.name}.harder"

    def __repr__(self):
        return (f"A step further: {self.idea}. To be copied into a cell of your own:\n\n{self.stub}\n"
                f"# three hints: exercises.{self.path}.hint()\nexercises.{self.path}.check({self.name})\n")

    def _repr_html_(self):
        said, _, code = repr(self).partition("\n\n")
        return f"<p>{html.escape(said)}</p><pre><code>{html.escape(code)}</code></pre>"

    def _first_again(self):
        def as_before(*args):
            given = dict(zip(self.arguments, args))
            return self.first.reference(*(given[name] for name in self.first.arguments))
        return Mistake("as_before", f"That is what `{self.first.name}` handed back.",
                       f"Here something is new: {self.idea}.", "Where does what is new enter your lines?", (as_before,))

    def _measured(self, args, said, right):
        part, place, name = worst(said, right, self.of or self.parts or self.state or [f"the {self.noun}"])
        if self.loss:
            slope = rate(self.loss, args, self.arguments.index(self.of[part]), place)
            return nudged(name, slope, said[part][place])
        name = name.replace("[", " at [") if name.startswith("the ") else f"`{name}`"
        return (f"With {described(self.arguments, args)}, {name} should be {number(right[part][place])}; "
                f"your function says {number(said[part][place])}.")
