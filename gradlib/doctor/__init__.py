"""Is my gradient right, and if not, what is it?  `diagnose` judges any loss and gradient written with NumPy."""

import contextlib
import re
from functools import cached_property

import numpy as np

from .._checks import as_rng, positive_number, whole_number
from .backwards import Backwards
from .bar import Bar
from .disturbances import disturbances
from .models import rebuilt
from .moved import moved_finding, pass_finding
from .paste import code_to_paste
from .places import DIRECTIONS, PLACES, Measured, facts, judged
from .problem import OutOfBudget, Problem, Stopped, listed, quiet
from .report import Diagnosis, Finding, Verdict
from .shapes import shape_findings
from .simple import Clues, permuted
from .sits import sits
from .whole import Seen, whole
from .words import Sizes

__all__ = ["diagnose"]

PLURALS = {"is": "are each", "has": "have each", "adds": "add, each,", "lacks": "lack, each,", "holds": "hold, each,"}


def diagnose(loss, gradient, *params, budget=None, names=None, tolerance=1e-6, rng=None, **data):
    """Judge whether gradient(*params) is the gradient of loss(*params), and say what it is where it is not.

    loss gives one number. gradient gives one array per parameter, each in the unit of the loss over that of the
    parameter: a list, a tuple, a dictionary by name, or the array itself where there is one parameter. params: numbers
    or arrays of any shape; or one dictionary, or list, of arrays, which both functions then get. data: arrays that both
    see, by name (X=X, y=y); with them sizes get their names, and simple models are rebuilt. A function with arguments
    of these names, or with **kwargs, is given them.

    budget: most calls of the loss; without, 20,000, and fewer for more than 10,000 numbers. names: of the parameters.
    tolerance: the relative error |claimed - true| / |true| up to which a slope is right. rng, a
    `numpy.random.default_rng(seed)`, draws places and directions; without, always the same.

    Returns a `Diagnosis`. Raises TypeError for functions that are none, parameters that are no real numbers, a budget
    that is not whole, an rng that is no generator, a tolerance that is no number; ValueError for parameters that are
    empty or not finite, names that do not fit, a budget below 100, a tolerance that is not positive.
    """
    rng = np.random.default_rng(0) if rng is None else as_rng(rng)
    tolerance = positive_number("tolerance", tolerance)
    budget = budget if budget is None else whole_number("budget", budget, least=100)
    problem = Problem(loss, gradient, params, names, data, budget)
    bar = Bar(len(problem) * PLACES * DIRECTIONS * 10)
    problem.tick = bar.tick
    try:
        with quiet():
            return _Doctor(problem, rng, tolerance).examined()
    finally:
        bar.wipe()


class _Doctor:
    """One examination, step by step."""

    def __init__(self, problem, rng, tolerance):
        self.problem, self.rng, self.tolerance = problem, rng, tolerance
        self.sizes = Sizes(problem.data, problem.names, problem.start)
        self.model, self.found, self.verdicts = None, [], []

    def examined(self):
        try:
            self.problem.look_over()
            self.measured = Measured(self.problem, self.rng, self.tolerance)
            self.measured.measure()
        except OutOfBudget:
            return self._out_of_budget()
        except Stopped as stopped:
            finding = stopped.finding
            wrong = finding.kind == "asks" and finding.code in ("count", "missing", "names", "not_numbers")
            return Diagnosis(False if wrong else None, {}, (*self.problem.findings, finding), self.problem.calls)
        if not self.measured.places:
            return self._out_of_budget()
        self.verdicts = [self._judged(k) for k in range(len(self.problem))]
        with contextlib.suppress(OutOfBudget, Stopped):    # what was found before is told
            self._notice()
            self._explain()
        return self._diagnosis()

    def _wrong_numbers(self):
        """Those whose numbers are wrong, and not only their shape."""
        return [k for k, verdict in enumerate(self.verdicts)
                if verdict.right is False and judged(self.measured, k).right is False]

    def _out_of_budget(self):
        finding = Finding("noise", (), f"The budget of {self.problem.budget} calls of the loss was spent before all "
                          "parameters were seen at one place. Set a larger budget.", {}, "disturbs")
        return Diagnosis(None, {}, (*self.problem.findings, finding), self.problem.calls)

    def _judged(self, k):
        """The verdict; a slope that grows the parameter is wrong whatever its numbers, and a right one is not called so
        where the budget did not last for all places."""
        verdict, shape = judged(self.measured, k), self.shapes.get(k)
        if self.measured.spent and verdict.right:
            verdict = verdict._replace(right=None)
        return verdict._replace(right=False) if shape and shape.details["grows"] else verdict

    @cached_property
    def shapes(self):
        return shape_findings(self.problem.names, self.measured.places[0].claimed, self.problem.start)

    def _notice(self):
        """What is wrong beside the numbers: shapes, and numbers that are none."""
        given = self.problem.as_given(self.problem.gradient_at(self.problem.start))
        self.found += [*self.shapes.values(), *([given] if given else [])]
        for k, name in enumerate(self.problem.names):
            if not all(np.isfinite(place.claimed[k]).all() for place in self.measured.places):
                self.found.append(Finding("not_finite", (name,), f"The slope of {name} holds NaN or infinity where the "
                                          "loss is a number.", {}, "disturbs"))

    # ------------------------------------------------------------------------- explaining

    def _explain(self):
        """Ask first what needs no model; then the model; then what is dear."""
        self.problem.sparing = True
        for k in reversed(self._wrong_numbers()):    # from the loss on, as backprop goes
            clues = Clues(self.measured, self.problem, k, self.sizes)
            asked = (clues.first, self._backwards(k), clues.constant_and_decay, lambda k=k: self._in_full(k),
                     clues.frozen, lambda k=k: self._moved(k))
            if all(np.isfinite(place.claimed[k]).all() for place in self.measured.places):
                findings = next(filter(None, (ask() for ask in asked)), [])
                self.found += findings or ([] if k in self.shapes else [self._unexplained(k)])
        self.found.sort(key=lambda finding: self.problem.names.index(finding.parameters[0]))
        self.found = merged(permuted(self.found, self.problem.names))
        if self.model:
            self.found += self._about_the_model()

    def _backwards(self, k):
        """What the model says of parameter k; it is rebuilt when it is first needed."""
        return lambda: self.backwards.explain(k) if self.backwards else []

    @cached_property
    def backwards(self):
        self.model = self._trusted(rebuilt(self.problem, self.measured))
        return Backwards(self.model, self.measured, self.problem, self.sizes) if self.model else None

    def _about_the_model(self):
        """A loss of all pairs, and where the mistake sits."""
        if "all pairs" in self.model.head_name:
            n = len(self.model.wiring.Y)
            text = (f"The loss compares every prediction with every target: a column of {n} numbers met an array of "
                    f"{n}, and became a table of {n} by {n}. It is the loss that needs mending.")
            yield Finding("broadcast", (), text, {"n": n}, "disturbs")
        place = sits(self.model, self.problem.names, [verdict.right for verdict in self.verdicts], self.found)
        if place:
            yield place

    def _trusted(self, model):
        """The model, if its slopes are those that nudges measure."""
        for place in self.measured.places if model else ():
            for slope, probes in zip(model.gradient(place.at), place.probes):
                for probe in probes:
                    off = abs(float((slope * probe.v).sum()) - probe.measured)
                    if np.isfinite(probe.error) and off > 20 * probe.error + 1e-6 * abs(probe.measured):
                        return None
        return model

    def _in_full(self, k):
        found = whole(self.measured, self.problem, k, self.model)
        return Seen(found, self.problem.names[k], self.sizes).first() if found else []

    def _moved(self, k):
        finding = moved_finding(self.measured, self.problem, k)
        if finding is None and self.model:
            finding = pass_finding(self.measured, self.problem, k, self.model)
        return [finding] if finding else []

    def _unexplained(self, k):
        name = self.problem.names[k]
        return Finding("unexplained", (name,), f"The slope of {name} is explained by nothing that I know.", {})

    # ------------------------------------------------------------------------- telling

    def _diagnosis(self):
        rights = [self._held(k, verdict.right) for k, verdict in enumerate(self.verdicts)]
        right = False if False in rights else None if None in rights else True
        findings = (*self.problem.findings, *disturbances(self.problem, self.measured, self.verdicts), *self.found)
        codes = {name: tuple(dict.fromkeys(f.code for f in findings if name in f.parameters))
                 for name in self.problem.names}
        places = len(self.measured.places)
        judged_how = f"along {DIRECTIONS * places} directions at {places} place{'s' * (places > 1)}"
        verdicts = {name: Verdict(name, rights[k], *self._facts(k, v), judged_how, calls, v.limit, codes[name])
                    for k, (name, v, calls) in enumerate(zip(self.problem.names, self.verdicts, self.measured.calls))}
        code = self._code()
        return Diagnosis(right, verdicts, findings, self.problem.calls, code, self._model_in_words())

    def _model_in_words(self):
        decayed = dict.fromkeys(self.problem.names[k] for k, _, _ in self.model.rates) if self.model else ()
        return str(self.model or "") + (f", with weight decay on {listed(list(decayed))}" if decayed else "")

    def _held(self, k, right):
        """A verdict; where the loss is random, what nothing explains may come from another draw, and is held back."""
        names = [name for finding in self.found if finding.code == "unexplained" for name in finding.parameters]
        return None if self.problem.seeded and right is False and self.problem.names[k] in names else right

    def _facts(self, k, verdict):
        """Error, angle and length at the first place where the slopes are known in full; else as the directions
        tell."""
        place = self.measured.places[0]
        if verdict.right is not False or self.model is None or place.claimed[k].size != place.at[k].size:
            return verdict.error, verdict.angle, verdict.length
        return facts(place.claimed[k].ravel(), self.model.gradient(place.at)[k].ravel())

    def _code(self):
        """The largest error among the parameters that nothing explains, as code."""
        self.problem.sparing = False
        names = [name for finding in self.found if finding.code == "unexplained" for name in finding.parameters]
        suspects = [k for k, name in enumerate(self.problem.names) if name in names]
        return code_to_paste(self.measured, self.problem, self.model, suspects) if suspects else ""


def merged(findings):
    """Findings that say the same of several parameters, as one."""
    groups = {}
    for finding in findings:
        factor = finding.details.get("factor", finding.details.get("rate", finding.details.get("step_size", 0.0)))
        words = finding.text
        for name in finding.parameters:
            words = words.replace(f"slope of {name} ", "slope of * ").replace(f"times {name} itself", "times * itself")
        groups.setdefault((finding.code, float(f"{factor:.5g}"), words), []).append(finding)
    return [_together(group) for group in groups.values()]


def _together(group):
    names = tuple(dict.fromkeys(name for finding in group for name in finding.parameters))
    first = group[0]
    if len(group) == 1 or len(names) == 1:
        return first
    text = re.sub(rf"([Tt])he slope of {re.escape(first.parameters[0])} (is|has|adds|lacks|holds) ",
                  lambda found: f"{found[1]}he slopes of {listed(names)} {PLURALS[found[2]]} ", first.text)
    return first._replace(parameters=names,
                          text=text.replace(f"times {first.parameters[0]} itself", "times the parameter itself"))
