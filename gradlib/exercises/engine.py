"""An exercise knows one right answer and many wrong ones, and says which of them a function behaves like.

A mistake is a function. It runs on the learner's inputs and is recognised by what it does; evidence is a
measurement on these inputs. No message holds a line of the solution: that is what `solution()` is for.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product

import numpy as np

from . import messages
from .calls import agree, alike, bare_call, call, close, met, own_line, quiet, same_code, unfinished
from .general import GENERAL
from .messages import Result, described, forms, listed, shapes


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation `fn`, or a tuple of ways to write it, and what to say to somebody who wrote it.

    The texts may name {n} and {d}, the rows and columns of the first array at hand.
    """

    code: str
    title: str
    why: str
    look_at: str
    fn: Callable


class Slip(Mistake):
    """A mistake that can be made on top of any other: fn(f) is the function f with the slip in it."""


@dataclass
class Trial:
    """Inputs to compare on, with the right answer, and what the catalogue answered so far: {function: call}."""

    args: tuple
    right: tuple
    known: dict = field(default_factory=dict)

    def ask(self, function, names):
        """What a function of the catalogue does here. It does the same every time, so it is called once."""
        if function not in self.known:
            self.known[function] = bare_call(function, self.args, names)
        return self.known[function]


def times(constant):
    """The slip of a constant: whatever f returns, multiplied by constant(*args)."""
    def slip(f):
        def off(*args):
            value, c = f(*args), constant(*args)
            return tuple(c * part for part in value) if isinstance(value, (tuple, list)) else c * value
        return off
    return slip


def missing_brackets(title, *slips):
    """1/2*n where 1/(2*n) is meant: what it multiplies by depends on the exercise."""
    return Slip("missing_brackets", title,
                "Python goes through / and * from left to right. So a / takes in the next number alone, and not "
                "what follows behind it.",
                "Are brackets missing after a /?", slips)


def numbers(rng, *shape):
    """Inputs for a trial: short decimals of both signs, none of them close to zero."""
    return (rng.choice([-1, 1], shape) * rng.uniform(0.3, 2.5, shape)).round(2)


@dataclass(repr=False)
class Exercise:
    """One exercise. `stub` and `source`: the notebook's cell as given and as it might end, a function `name`.

    trials(rng)                 the inputs to compare on, a list of tuples; the first is generic
    measure(args, said, right)  evidence on a wrong answer, in a sentence
    noticed(*args)              what a right answer means on these inputs, in a sentence or three
    parts                       the names of the answer's parts, if it has several
    """

    name: str
    stub: str
    source: str
    trials: Callable
    mistakes: tuple
    slips: tuple
    hints: tuple
    measure: Callable
    noticed: Callable
    parts: tuple = ()

    def __post_init__(self):
        self.given, self.reference = _function(self.stub, self.name), _function(self.source, self.name)
        self.arguments = list(inspect.signature(self.reference).parameters)
        self.mistakes = [way for mistake in self.mistakes for way in _ways(mistake)]
        self.slips = [way for slip in self.slips for way in _ways(slip)]
        self._seed, self._trials = None, []

    def __repr__(self):
        return f"Exercise {self.name}: check({self.name}), hint(), solution()"

    def check(self, answer=None, seed=0):
        """Whether `answer`, a function, is right, and if not, what it does instead.  Returns a `Result`."""
        if not callable(answer):
            return self._say("not_a_function")
        if not self._fits(answer):
            return self._say("signature")
        runs = self._runs(answer, seed)
        with quiet():
            return self._verdict(answer, runs)

    def hint(self, i=None):
        """All hints, folded; or the i-th, to be read."""
        return messages.folded(self.hints) if i is None else messages.unfolded(self.hints, i)

    def solution(self):
        """One right answer, to be read."""
        return messages.listing(self.source)

    def solution_source(self):
        """One right answer, as the text of the notebook's cell."""
        return self.source

    def or_reference(self, answer):
        """`answer` if it is right and the reference if not, so that later cells do not depend on it."""
        return answer if self.check(answer).status == "correct" else self.reference

    def self_test(self, seed=0):
        """What is wrong with the exercise itself, as a list of sentences; an empty list is good."""
        known = [*self.mistakes, *self._slipped[:len(self.slips)]]
        runs = [self._runs(mistake.fn, seed) for mistake in known]
        told = [(m.code, self.check(m.fn, seed).code) for m in known]
        told += [("correct", self.check(self.reference, seed).code)]
        told += [("not_attempted", self.check(self.given, seed).status)]
        pairs = combinations(zip(known, runs), 2)
        twins = [(a.code, b.code) for (a, of_a), (b, of_b) in pairs if all(map(alike, of_a, of_b))]
        return ([f"{code} is taken for {other}." for code, other in told if code != other]
                + [f"{code} and {other} do the same." for code, other in twins])

    def _fits(self, answer):
        try:
            return bool(inspect.signature(answer).bind(*self.arguments))
        except (TypeError, ValueError):
            return False

    def _runs(self, answer, seed):
        if seed != self._seed:
            inputs = self.trials(np.random.default_rng(seed))
            self._trials = [Trial(args, call(self.reference, args, self.parts).parts) for args in inputs]
            self._seed = seed
        runs = [call(answer, trial.args, self.parts) for trial in self._trials]
        for run, trial in zip(runs, self._trials):
            run.trial, run.right = trial, trial.right
        return runs

    def _verdict(self, answer, runs):
        """The first that fits speaks, and the most specific comes first.  (A Result is always true.)"""
        return (self._unfinished(answer, runs) or self._correct(runs)
                or self._silent(runs) or self._changing(runs)
                or self._like(self.mistakes, runs) or self._outer(answer, runs)
                or self._like(self._slipped, runs) or self._like_in_parts(runs)
                or self._ignoring(answer, runs) or self._raising(answer, runs)
                or self._misshapen(runs) or self._unknown(runs))

    def _unfinished(self, answer, runs):
        if "..." not in self.stub and same_code(answer, self.given):
            return self._say("as_given")
        if any(unfinished(answer, run) for run in runs):
            return self._say("not_attempted")

    def _correct(self, runs):
        if _right(runs) and not any(run.changed for run in runs):
            return Result("correct", "correct", self.noticed(*runs[0].args))

    def _silent(self, runs):
        silent = next((run for run in runs if run.value is None and not run.raised), None)
        if silent:
            printed = f"It printed {silent.printed}. Printing shows a number and hands nothing on."
            return self._say("returned_none", printed if silent.printed else "")

    def _changing(self, runs):
        changed = [self.arguments[i] for run in runs for i in run.changed]
        if changed:
            your = "The numbers are right, but your" if _right(runs) else "Your"
            return self._say("mutates_input", your=your, argument=changed[0])

    def _like(self, mistakes, runs):
        for mistake in mistakes if any(run.parts for run in runs) else ():
            if all(map(alike, self._again(mistake, runs), runs)):
                return self._report(mistake, runs)

    def _again(self, mistake, runs):
        return (run.trial.ask(mistake.fn, self.parts) for run in runs)

    def _outer(self, answer, runs):
        n = met(answer, runs[0].args)
        return self._say("outer_broadcast", self._evidence(runs), n=n) if n else None

    @cached_property
    def _slipped(self):
        """Every slip on the right answer, every two of them, and every slip on top of a mistake."""
        right = [replace(slip, fn=slip.fn(self.reference)) for slip in self.slips]
        pairs = [*combinations(self.slips, 2), *product(self.slips, self.mistakes)]
        bases = [b.fn(self.reference) if isinstance(b, Slip) else b.fn for _, b in pairs]
        return right + [_both(a, b, fn=a.fn(base)) for (a, b), base in zip(pairs, bases)]

    def _like_in_parts(self, runs):
        """A mistake for each part that is wrong, if every one of them has one."""
        if self.parts and all(len(run.parts) == len(self.parts) for run in runs):
            known = {name: self._in_part(i, runs) for i, name in enumerate(self.parts) if not _right(runs, i)}
            if all(known.values()):
                return self._report(_together(*self._told(known)), runs, self._right_parts(runs))

    def _right_parts(self, runs):
        return " ".join(f"`{name}` is right." for i, name in enumerate(self.parts) if _right(runs, i))

    def _in_part(self, i, runs):
        """All mistakes that explain part i, as {code: mistake}."""
        others = [f"`{other}`" for other in self.parts if other != self.parts[i]]
        return {mistake.code: mistake for mistake in (*self.mistakes, *self._slipped)
                if all(again.parts[i:] and close(again.parts[i], run.parts[i])
                       for again, run in zip(self._again(mistake, runs), runs))
                and not any(other in mistake.title for other in others)}

    def _told(self, known):
        """One mistake for each part: not two slips where one will do, and one that other parts share if it can be."""
        told = {}
        for part, mistakes in known.items():
            code = max(mistakes, key=lambda code: (-code.count("+"), sum(code in others for others in known.values())))
            told.setdefault(code, (mistakes[code], []))[1].append(part)
        return [self._told_of(parts, mistake) for mistake, parts in told.values()]

    def _told_of(self, parts, mistake):
        """A mistake, told as one that is in some parts alone: not "your gradient is …" but "`db` is …"."""
        title, names = mistake.title, listed(parts)
        title = title if parts[1:] else re.sub(f"[Yy]our {self.name}", names, title)
        title = title if names in title else f"In {names}: {_low(title)}"
        return replace(mistake, code=f"{mistake.code}@{','.join(parts)}", title=title)

    def _ignoring(self, answer, runs):
        for i, name in enumerate(self.arguments):
            moved = (call(answer, _with_moved(run.args, i), self.parts) for run in runs)
            if all(agree(again.parts, run.parts) for again, run in zip(moved, runs)):
                return self._say("ignores_argument", argument=name)

    def _raising(self, answer, runs):
        run = next((run for run in runs if run.raised), None)
        if run:
            names = {"error": _sentence(run.raised), "line": own_line(run.raised, answer)}
            return self._say(self._raised(run.raised), f"{self._called(run)}.", **names)

    def _raised(self, error):
        """The key of an exception in GENERAL: wx, from somebody who means w times x, has one of its own."""
        if not isinstance(error, NameError):
            return "raises"
        letters = set(error.name or "")
        return "raises:glued" if len(letters) > 1 and letters <= set(self.arguments) else "raises:name"

    def _misshapen(self, runs):
        run = next((run for run in runs if shapes(run.parts) != shapes(run.right)), None)
        if run:
            came, expected = forms(run.parts, run.right, self.parts)
            names = {"came": came, "expected": expected, "type": type(run.value).__name__}
            return self._say("shape" if run.parts else "not_numbers", f"{self._called(run)}.", **names)

    def _unknown(self, runs):
        return self._say("unrecognised", self._evidence(runs), parts=self._right_parts(runs))

    def _say(self, code, evidence="", **names):
        names |= {"name": self.name, "arguments": ", ".join(self.arguments)}
        status, *texts = GENERAL[code]
        title, why, look_at = (text.format(**names).strip() for text in texts)
        return Result(status, code.partition(":")[0], title, why, evidence, look_at)

    def _report(self, mistake, runs, rest=""):
        texts = (mistake.title, f"{mistake.why} {rest}".strip(), mistake.look_at)
        title, why, look_at = (text.format(**_sizes(runs)) for text in texts)
        return Result("wrong", mistake.code, title, why, self._evidence(runs), look_at)

    def _called(self, run):
        return f"Called with {described(self.arguments, run.args)}"

    @np.errstate(all="ignore")
    def _evidence(self, runs):
        """The first exception, if any; then a wrong shape or, where all shapes are right, a measurement."""
        raised = [f"{self._called(run)}, it stops: {_sentence(run.raised)}." for run in runs if run.raised]
        other = [(f"{self._called(run)}, it runs, and" if raised else "Your function")
                 + " hands back {}. Expected: {}.".format(*forms(run.parts, run.right, self.parts))
                 for run in runs if run.parts and shapes(run.parts) != shapes(run.right)]
        run = next((run for run in runs if run.parts and not agree(run.parts, run.right)), None)
        if other or run is None:
            return " ".join(raised[:1] + other[:1])
        said = [part.reshape(right.shape) for part, right in zip(run.parts, run.right)]
        runs_here = [f"{self._called(run)}, it runs."] if raised else []
        return " ".join(raised[:1] + runs_here + [self.measure(run.args, said, run.right)])


def _function(source, name):
    namespace = {"np": np}
    exec(source, namespace)
    return namespace[name]


def _ways(mistake):
    functions = mistake.fn if isinstance(mistake.fn, tuple) else (mistake.fn,)
    return [replace(mistake, fn=fn) for fn in functions]


def _together(first, *others, fn=None):
    """Several mistakes as one, with their codes and texts joined."""
    title = " And: ".join([first.title, *(_low(other.title) for other in others)])
    why = " ".join([first.why, *(other.why for other in others)])
    return Mistake("+".join(mistake.code for mistake in (first, *others)), title, why, first.look_at, fn)


def _both(slip, other, fn):
    """A slip on top of a mistake. What the two say may pull in two directions, so they are counted first."""
    both = _together(slip, other, fn=fn)
    return replace(both, title=f"Two slips at once: {_low(both.title)}")


def _right(runs, i=None):
    """Whether the answer, or its part i, is right in all runs."""
    part = slice(i, None if i is None else i + 1)
    return all(agree(run.parts[part], run.right[part]) for run in runs)


def _with_moved(args, i):
    moved = args[i] + 1 if isinstance(args[i], int) else 1.5 * args[i] + 0.25
    return (*args[:i], moved, *args[i + 1:])


def _sizes(runs):
    shape = next((arg.shape for arg in runs[0].args if np.ndim(arg)), ())
    return dict(zip("nd", shape))


def _sentence(error):
    return f"{type(error).__name__}: {error}".rstrip(".: ")


def _low(text):
    return text[0].lower() + text[1:]
