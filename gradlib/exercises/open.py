"""Open exercises: so many answers are right that none is compared. What an answer does is measured, and told."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

from . import onward, session
from .calls import Trial, call, does_nothing, quiet
from .diagnosis import Diagnosis
from .engine import Exercise
from .messages import Result
from .writing import NAMES, built, cell


@dataclass(repr=False)
class OpenExercise:
    """One open exercise.

    name, head, given, right, hints, names     as in `Exercise`
    trials()                  what an answer is called with: tuples, the same every time
    read(value, *args)        an answer as a tuple of arrays; or what came instead, in a sentence
    wanted, question          what is to be handed back, and what to ask somebody whose answer cannot be read
    measured(runs, answer)    the `Result` on an answer that has run on all trials
    """

    name: str
    head: str
    given: str
    right: str
    hints: tuple
    trials: Callable
    read: Callable
    wanted: str
    question: str
    measured: Callable
    names: dict = field(default_factory=dict)

    def __post_init__(self):
        self.stub, self.source = cell(self.head, self.given), cell(self.head, self.right)
        self.as_given, self.reference = (built(text, NAMES | self.names) for text in (self.stub, self.source))
        self.arguments = list(inspect.signature(self.reference).parameters)

    __repr__, path, hint, solution, is_untouched, or_reference = (
        Exercise.__repr__, Exercise.path, Exercise.hint, Exercise.solution, Exercise.is_untouched,
        Exercise.or_reference)

    def check(self, answer=None):
        """What `answer`, a function, does when it is run.  Returns a `Result`."""
        diagnosis = OpenDiagnosis(self, answer)
        with session.watched(self.name) as watch, quiet():
            result = watch.told(diagnosis.verdict())
        for output in diagnosis.shown():
            output.display()
        return session.remembered(self, onward.told(self, result))

    def accepts(self, answer):
        """Whether an answer does what is asked for."""
        return OpenDiagnosis(self, answer).verdict().code == "correct"


class OpenDiagnosis(Diagnosis):
    """The verdict on an answer to an open exercise: what keeps it from being measured, or else what was measured."""

    def __init__(self, exercise, answer):
        self.exercise, self.answer, self.runs = exercise, answer, []
        self.written = callable(answer) and not does_nothing(answer)
        self.trials = list(exercise.trials()) if self.written else []

    def _first_that_fits(self):
        if not self.written:
            return self._say("not_attempted", **self._what_is_open())
        self.runs = self._run_all()
        steps = (self._asking, self._unfinished, self._silent, self._raising, self._unreadable, self._measured)
        return next(filter(None, (step() for step in steps)))

    def _run_all(self):
        """One run for each trial, up to the first that cannot be measured."""
        runs = []
        for args in self.trials:
            runs.append(call(self.answer, Trial(args, self.exercise.read)))
            if not runs[-1].parts:
                break
        return runs

    def _unreadable(self):
        kind = self.runs[-1].kind
        return Result("wrong", "unreadable", kind, self.exercise.wanted, "", self.exercise.question) if kind else None

    def _measured(self):
        result = self.exercise.measured(self.runs, self.answer)
        changed = [self.exercise.arguments[i] for run in self.runs for i in run.changed]
        your = "What comes out is as it should be, but your" if result.code == "correct" else "Your"
        return self._say("mutates_input", your=your, argument=changed[0]) if changed else result


@dataclass(frozen=True, repr=False)
class Listing(Result):
    """A `Result` with a list: `lines`, one below the other, before the question."""

    lines: tuple = ()

    def _paragraphs(self):
        return [*(text for text in (self.why, self.evidence) if text), *self.lines, self.look_at, *self.onward]
