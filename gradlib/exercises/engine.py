"""An exercise knows one right answer and many wrong ones, and says which of them a function behaves like.

A mistake is the line that a learner wrote in the place of a right one. It becomes a function, runs on the learner's
inputs and is recognised by what it does; evidence is a measurement on these inputs. No message holds a line of the
solution: that is what `solution()` is for. `diagnosis` compares, `families` has the slips that all exercises share.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from . import families, messages, onward, session
from .calls import Trial, alike, bare_call, call, quiet, reader, same_code
from .diagnosis import Diagnosis
from .mistakes import Mistake, Slip, both, missing_brackets, times
from .suspects import Suspects
from .writing import NAMES, built, cell, rewritten

__all__ = ["Exercise", "Mistake", "Slip", "missing_brackets", "numbers", "times"]


def numbers(rng, *shape, decimals=2):
    """Inputs for a trial: short decimals of both signs, none of them close to zero, nor 1, which is its own square.
    Where an answer is a product of few of them, one trial needs more decimals, or nobody sees that it is rounded."""
    signs, sizes = rng.choice([-1, 1], shape), rng.uniform(0.3, 2.5, shape).round(decimals)
    return signs * (sizes + 0.01 * (sizes == 1))


@dataclass(repr=False)
class Exercise:
    """One exercise.

    head      the def line and the docstring of the notebook's cell
    given     the lines below it as given, "..." where nothing is
    right     the lines as they might end; a mistake's lines take the place of some of them
    also      other right answers, as lines or functions, also those whose numbers differ from the first one's
    accepted  those that are published in another form: {a sentence that says which it is: its lines, as for a mistake}

    trials(rng)                 the inputs to compare on, a list of tuples; the first is generic
    measure(args, said, right)  evidence on a wrong answer, in a sentence
    noticed(*args)              what a right answer means on these inputs, in a sentence or three
    mistakes, slips, hints      what to look for, what can come on top of it, and what to think about
    parts                       the names of the answer's parts, if it has several
    noun                        what the answer is called in a sentence: your gradient, your slopes
    examples                    the arguments that have a row, or a number, for each example
    state                       the arguments that the answer replaces, where it is a step or a run; those that have
                                the name of a part, if nothing else is said

    read(value, *args)          an answer in another form, to be compared; or a text: what came instead
    wanted, question            what is to be handed back, and what to ask somebody whose answer cannot be read
    concluded(right, wrong)     what follows from which parts are right: a sentence, or ""
    changing                    whether changing an argument is a mistake among others, and not one by itself
    names                       what the lines may use besides np, math and sigmoid
    """

    name: str
    head: str
    given: str
    right: str
    trials: Callable
    mistakes: tuple
    slips: tuple
    hints: tuple
    measure: Callable
    noticed: Callable
    parts: tuple = ()
    also: tuple = ()
    accepted: dict = field(default_factory=dict)
    noun: str = "answer"
    examples: tuple = ()
    state: tuple = ()
    read: Callable = None
    wanted: str = ""
    question: str = ""
    concluded: Callable = lambda right, wrong: ""
    changing: bool = False
    names: dict = field(default_factory=dict)

    def __post_init__(self):
        self.names = {**NAMES, **self.names}
        self.stub, self.source = cell(self.head, self.given), cell(self.head, self.right)
        self.as_given, self.reference = (built(text, self.names) for text in (self.stub, self.source))
        self.arguments = list(inspect.signature(self.reference).parameters)
        self.rights = (self.reference, *(built(cell(self.head, other), self.names) if isinstance(other, str) else other
                                         for other in self.also), *map(self.way, self.accepted.values()))
        self.mistakes = [one for mistake in self.mistakes for one in mistake.one_by_one(self.way)]
        self.slips = [one for slip in self.slips for one in slip.one_by_one(self.way)]
        self.state = self.state or tuple(name for name in self.parts if name in self.arguments)
        self._seed, self._trials, self._suspects = None, [], None

    def __repr__(self):
        return f"Exercise {self.name}: check({self.name}), hint(), solution()"

    # what a learner calls

    @property
    def harder(self):
        """The same idea a step further, an exercise of its own; None where there is none."""
        return onward.harder_than(self)

    def check(self, answer=None, seed=0):
        """Whether `answer`, a function, is right, and if not, what it does instead.  Returns a `Result`."""
        with session.watched(self.name) as watch, quiet():
            diagnosis = self._diagnosis(answer, seed)
            result = watch.told(diagnosis.verdict())
        for output in diagnosis.shown():
            output.display()
        return session.remembered(self, onward.told(self, result))

    def hint(self, i=None):
        """All hints, folded; or the i-th, to be read."""
        return messages.folded(self.hints, self.path) if i is None else messages.unfolded(self.hints, i)

    def solution(self):
        """One right answer, to be read."""
        return messages.listing(self.source)

    def or_reference(self, answer):
        """`answer` if it is right and the reference if not, so that later cells do not depend on it."""
        with quiet():
            return answer if self.accepts(answer) else self.reference

    # what an author and the tests call

    @property
    def path(self):
        """How the exercise is called behind `exercises.`"""
        return self.name

    def way(self, lines):
        """A function from lines that take the place of some of the solution's; a function stays what it is."""
        return lines if callable(lines) else built(rewritten(self.source, lines), self.names)

    def accepts(self, answer, seed=0):
        """Whether an answer is right, without a word on what it is if not."""
        return self._diagnosis(answer, seed).accepts()

    def diagnosed(self, answer, seed=0):
        """The `Result` on an answer, without the watch on time and cells."""
        return self._diagnosis(answer, seed).verdict()

    def trials_of(self, seed):
        """The trials that a seed makes, with all right answers. The last seed's are kept."""
        if seed != self._seed:
            inputs = self.trials(np.random.default_rng(seed))
            self._trials, self._seed = [self.trial(args) for args in inputs], seed
            self._suspects = Suspects(self, self._trials)
        return self._trials

    def _diagnosis(self, answer, seed):
        return Diagnosis(self, answer, self.trials_of(seed), self._suspects)

    def trial(self, args):
        """One `Trial` on these arguments."""
        given = dict(zip(self.arguments, args))
        trial = Trial(args, self._read, tuple(np.asarray(given[name], float) for name in self.state))
        trial.rights = tuple(bare_call(right, trial).parts for right in self.rights)
        return trial

    @quiet()
    def self_test(self, seed=0):
        """What is wrong with the exercise itself, as a list of sentences; an empty list is good."""
        known = [*self.mistakes, *self.slipped[:len(self.slips)]]
        runs = [self._run(mistake.way, seed) for mistake in known]
        endless = [mistake.code for mistake, run in zip(known, runs) if type(run[-1].raised) is TimeoutError]
        if endless:
            return [f"{code} does not come to an end." for code in endless]
        told = [(m.code, self.diagnosed(m.way, seed).code) for m in known]
        told += [("correct", self.diagnosed(right, seed).code) for right in self.rights]
        told += [("not_attempted", self.diagnosed(self.as_given, seed).status)]
        pairs = combinations(zip(known, runs), 2)
        twins = [(a.code, b.code) for (a, of_a), (b, of_b) in pairs if all(map(alike, of_a, of_b))]
        return ([f"{code} is taken for {other}." for code, other in told if code != other]
                + [f"{code} and {other} do the same." for code, other in twins])

    def _run(self, way, seed):
        """What a way does on the trials; those after one that takes too long are left out."""
        runs = []
        for trial in self.trials_of(seed):
            with session.at_most(session.PATIENCE):
                runs.append(call(way, trial))
            if type(runs[-1].raised) is TimeoutError:
                break
        return runs

    @cached_property
    def slipped(self):
        """Every slip on the right answer, and every two of them."""
        once = [replace(slip, ways=(slip.way(self.reference),)) for slip in self.slips]
        return once + [both(a, b, a.way(b.way(self.reference))) for a, b in combinations(self.slips, 2)]

    @cached_property
    def relatives(self):
        """The families of slips that every exercise shares, as mistakes of this one; its own codes come first."""
        own = {mistake.code for mistake in (*self.mistakes, *self.slips)}
        return [mistake for mistake in families.of(self) if mistake.code not in own]

    def is_untouched(self, answer):
        """Whether an answer is the cell as it was given, where that is a whole function."""
        return "..." not in self.given and same_code(answer, self.as_given)

    def _read(self, value, *args):
        if self.read:
            value = self.read(value, *args)
        return value if isinstance(value, str) and self.read else reader(self.parts)(value, *args)
