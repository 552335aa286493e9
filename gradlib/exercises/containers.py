"""Exercises on lists, dictionaries, names and functions, whose answers are read as numbers before they are compared."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from .calls import agree, bare_call, call
from .engine import Exercise, Trial
from .messages import Result, described, number


@dataclass
class OpenTrial(Trial):
    """A trial whose answers are read as numbers first. `rights`: all right answers, if there are several."""

    read: Callable = None
    rights: tuple = ()

    def ask(self, function, names):
        """What a function of the catalogue does here."""
        if function not in self.known:
            self.known[function] = bare_call(self.reading(function), self.args, names)
        return self.known[function]

    def reading(self, function):
        """The function, with its answer read as numbers."""
        return lambda *args: self.read(function(*args), *self.args)


@dataclass(repr=False)
class OpenExercise(Exercise):
    """An exercise on lists, dictionaries, names or functions.  Its texts name no {n} and {d}.

    read(value, *args)   an answer as numbers, to be compared; or the name of its type, if it cannot be
    also                 functions whose answers are right as well, and other numbers than the reference's
    wanted               what is to be handed back, in words
    question             to somebody whose answer cannot be read
    """

    read: Callable = lambda value, *args: value
    also: tuple = ()
    wanted: str = ""
    question: str = ""

    def _runs(self, answer, seed):
        if seed != self._seed:
            self._trials = [self._trial(args) for args in self.trials(np.random.default_rng(seed))]
            self._seed = seed
        return [self._run(answer, trial) for trial in self._trials]

    def _trial(self, args):
        trial = OpenTrial(args, (), read=self.read)
        trial.rights = tuple(trial.ask(f, self.parts).parts for f in (self.reference, *self.also))
        trial.right = trial.rights[0]
        return trial

    def _run(self, answer, trial):
        given = deepcopy(trial.args)
        run = call(trial.reading(answer), given, self.parts)
        run.changed += [i for i, arg in enumerate(trial.args) if isinstance(arg, (list, dict)) and arg != given[i]]
        run.args, run.trial = trial.args, trial
        run.right = next((right for right in trial.rights if agree(run.parts, right)), trial.right)
        return run

    def _changing(self, runs):
        return self._like(self.mistakes, runs) or super()._changing(runs)

    def _ignoring(self, answer, runs):
        for i, name in enumerate(self.arguments):
            moved = [OpenTrial((*run.args[:i], _moved(run.args[i]), *run.args[i + 1:]), (), read=self.read)
                     for run in runs]
            if (any(repr(trial.args[i]) != repr(run.args[i]) for trial, run in zip(moved, runs))
                    and all(agree(self._run(answer, trial).parts, run.parts) for trial, run in zip(moved, runs))):
                return self._say("ignores_argument", argument=name)

    def _misshapen(self, runs):
        run = next((run for run in runs if self.wanted and not run.parts), None)
        if run:
            kind = run.value if isinstance(run.value, str) else type(run.value).__name__
            evidence = f"{self._called(run)}." if run.args else ""
            said = self._say("not_numbers", evidence, type=kind, expected=self.wanted)
            return replace(said, look_at=self.question or said.look_at)
        return super()._misshapen(runs)

    def _report(self, mistake, runs, rest=""):
        why = f"{mistake.why} {rest}".strip()
        return Result("wrong", mistake.code, mistake.title, why, self._evidence(runs), mistake.look_at)

    def _called(self, run):
        return f"Called with {', '.join(map(_shown, self.arguments, run.args)) or 'nothing'}"


def _moved(arg):
    """An argument with other numbers in it, if it has some.  A tuple keeps its whole numbers: they count nodes."""
    if isinstance(arg, (float, np.ndarray)):
        return 1.5 * arg + 0.25
    if isinstance(arg, dict):
        return {key: _moved(value) for key, value in arg.items()}
    if isinstance(arg, list):
        return [item + 1 if isinstance(item, int) else _moved(item) for item in arg]
    if isinstance(arg, tuple):
        return tuple(map(_moved, arg))
    return (lambda *given: 1.5 * arg(*given) + 0.25) if callable(arg) else arg


def _shown(name, arg):
    if isinstance(arg, list) and all(isinstance(item, int) for item in arg):
        return f"{name} = {number(arg)}"
    if isinstance(arg, (list, dict)):
        return f"{name} of length {len(arg)}"
    if isinstance(arg, str):
        return f'{name} = "{arg}"'
    return name if callable(arg) else described([name], [arg])
