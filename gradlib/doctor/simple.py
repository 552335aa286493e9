"""What a wrong slope is, found without knowing the model: only its numbers along some directions are compared.

A hypothesis reads the claimed slopes in another way (turned, or those of another parameter), and asks whether, along
all directions and at all places, they are one constant times the measured slopes; or that and a multiple of the
parameter itself. One number is solved for, or two, from nine equations or more: what fits to six digits is no chance.
"""

from typing import NamedTuple

import numpy as np

from ..wording import said
from .report import Finding
from .words import Factor, factor_named, listed

NOTHING = 1e-10     # of the true slope's size: less is rounding
DIGITS = 1e-6       # to which an explanation must hold
PART = 1e-5         # of a slope: less is no weight decay
COARSEST = 1e-4     # where nudges tell less than this, nothing is explained
ROUGHEST = 1e-2     # but a simple constant is, and how well it is known is said


class Fit(NamedTuple):
    """claimed = factor x true + decay x parameter, along all directions; and how sure both are, relatively."""

    factor: float
    decay: float
    error: float


class Equations:
    """For one parameter and one reading of the claimed slopes: what they give along each direction, what nudges
    measure, the parameter itself along it, and how far each may be off; all with their place."""

    def __init__(self, measured, k, read=lambda claimed, k: claimed[k]):
        rows = []
        for i, place in enumerate(measured.places):
            array = read(place.claimed, k)
            for probe in place.probes[k]:
                if np.isfinite(probe.error):
                    rows.append((i, *_along(array, place.at[k], probe)))
        self.place, self.claimed, self.true, self.own, self.error = (
            np.array(column) for column in (zip(*rows) if rows else [[]] * 5))
        self.usable = len(rows) > 4 and len(set(self.place)) > 1 and bool(np.isfinite(self.claimed).all())

    def fit(self, *columns, fixed=0.0, coarsest=COARSEST):
        """The multiples of some columns, next to one that is fixed, that give what is claimed; None if none do."""
        if not self.usable:
            return None
        A, size = np.array(columns).T, np.abs(self.claimed).max()
        error = 5 * self.error.max() if len(self.error) else np.inf
        if not size or error > coarsest * size or not np.abs(A).max(axis=0).all():
            return None
        x = np.linalg.lstsq(A / np.abs(A).max(axis=0), self.claimed - fixed, rcond=None)[0] / np.abs(A).max(axis=0)
        off = np.abs(self.claimed - fixed - A @ x).max()
        allowed = max(DIGITS * size, error * max(1.0, np.abs(x[0]) if len(columns) == 1 else 1.0))
        return x if off <= allowed <= max(DIGITS, coarsest) * size else None

    @property
    def relative_error(self):
        """Of a constant that is solved for."""
        return float(self.error.max() / max(np.abs(self.true).max(), np.finfo(float).tiny))


def _along(array, own, probe):
    shaped = array.reshape(own.shape) if array is not None and array.size == own.size else None
    claimed = float((shaped * probe.v).sum()) if shaped is not None else np.nan
    return claimed, probe.measured, float((own * probe.v).sum()), probe.error


class Clues:
    """All that is asked of one wrong parameter. Each question gives a `Finding`, or None."""

    def __init__(self, measured, problem, k, sizes):
        self.measured, self.problem, self.k, self.sizes = measured, problem, k, sizes
        self.name, self.shape = problem.names[k], problem.start[k].shape
        self.plain = Equations(measured, k)

    def first(self):
        """The findings of the first question that has an answer."""
        x = self.plain.fit(self.plain.true)
        if x is not None and abs(x[0] - 1) < PART:
            return []     # no constant, and no other order
        for question in (self.zeros, self.constant, self.itself, self.decay, self.turned, self.of_another,
                         self.reversed, lambda: length_findings(self), self.unsummed):
            findings = question()
            if findings:
                return findings if isinstance(findings, list) else [findings]
        return []

    def zeros(self):
        """Nothing but zeros."""
        nothing = NOTHING * max(np.abs(self.plain.true), default=0.0) / self.measured.size(self.k)
        everywhere = self._everywhere()
        if all(np.abs(claimed).max() <= nothing for claimed in everywhere):
            return self._say("zeros", f"The slope of {self.name} is zero at {len(everywhere)} places, where it should "
                             "not be. Is a product cut off by a // or a mask, or is the array that was made with zeros "
                             "never filled?")

    def frozen(self):
        """The same at all places."""
        first, *others = self._everywhere()
        same = all(np.array_equal(first, other) for other in others)
        # only a sign is the same, too
        if not (others and same and np.isfinite(first).all() and np.ptp(np.abs(first)) > DIGITS * np.abs(first).max()):
            return []
        return [self._say("ignores_parameters", f"The slope of {self.name} is the same at {len(others) + 1} places, "
                          "and the true one is not. As where it is computed from other parameters than those that come "
                          "in, or from signs alone, such as those of an absolute error.", {"or": ("other_loss",)})]

    def _everywhere(self):
        """What is claimed at all places, those further off, too."""
        places = [place.claimed for place in self.measured.places] + [claimed for _, claimed in self.measured.further]
        return [claimed[self.k] for claimed in places]

    def constant(self):
        """A constant times the true one."""
        x = self.plain.fit(self.plain.true, coarsest=ROUGHEST)
        if x is None:
            return None
        constant, error = factor_named(x[0], self.sizes, self.plain.relative_error), 5 * self.plain.relative_error
        if error > COARSEST and not constant.plain:
            return None
        finding = constant_finding(self.name, constant, self.sizes)
        limit = f" The loss is rounded so much that this is known to {said(error, 1)} of it only." * (error > COARSEST)
        return finding._replace(text=finding.text + limit)

    def itself(self):
        """The parameter in the place of its slope."""
        x, name, k = self.plain.fit(self.plain.own), self.name, self.k
        further = self.measured.further    # another multiple may be all of a weight decay
        if x is not None and abs(x[0] - 1) < PART and all(np.allclose(claimed[k], at[k]) for at, claimed in further):
            return self._say("itself", f"What is returned for {name} is {name} itself.")

    def decay(self):
        """The true one and a multiple of the parameter."""
        e = self.plain
        x = e.fit(e.own, fixed=e.true) if e.usable else None
        if x is not None and self._apart() and abs(x[0]) * np.abs(e.own).max() > PART * np.abs(e.claimed).max():
            return decay_finding(self.name, float(x[0]))

    def constant_and_decay(self):
        """Both at once, in a list."""
        e = self.plain
        x = e.fit(e.true, e.own) if e.usable and len(e.true) > 5 else None
        if x is None or abs(x[1]) * np.abs(e.own).max() < 1e-5 * np.abs(e.claimed).max():
            return None
        if x[0] < 0 and np.isclose(x[1], 1, rtol=max(PART, 5 * e.relative_error)):
            return [self._say("stepped", f"What is returned for {self.name} is {self.name} after a step of size "
                              f"{said(-x[0], 6)} down its slope, and not the slope.", {"step_size": float(-x[0])})]
        constant = factor_named(x[0], self.sizes, e.relative_error)
        if not constant.known or abs(x[0] - 1) < PART or not self._apart():
            return None
        return [constant_finding(self.name, constant, self.sizes, "Apart from a multiple of the parameter, "),
                decay_beside(self.name, float(x[1]), float(x[0]))]

    def _apart(self):
        """Whether the parameter itself and the true slope can be told apart at all: they are two directions."""
        e = self.plain
        cosine = e.own @ e.true / max(np.linalg.norm(e.own) * np.linalg.norm(e.true), np.finfo(float).tiny)
        return abs(cosine) < 0.9999

    def turned(self):
        """Transposed."""
        if len(self.shape) != 2 or min(self.shape) < 2:
            return None
        e = Equations(self.measured, self.k, lambda claimed, k: claimed[k].T if claimed[k].ndim == 2 else None)
        x = e.fit(e.true)
        if x is not None:
            square = "" if self.shape[0] != self.shape[1] else " NumPy cannot notice, for it is square."
            return self._with_constant("transposed", x[0], e, f"The slope of {self.name} is transposed: rows where "
                                       f"columns belong.{square}")

    def reversed(self):
        """The numbers of a parameter in another order."""
        readings = {"from back to front": lambda claimed, k: np.flip(claimed[k]),
                    "moved by one": lambda claimed, k: np.roll(claimed[k], -1),
                    "moved back by one": lambda claimed, k: np.roll(claimed[k], 1),
                    "column by column where rows are read": lambda claimed, k: claimed[k].T.reshape(claimed[k].shape)}
        for how, read in readings.items():
            e = Equations(self.measured, self.k, read)
            x = e.fit(e.true)
            if x is not None and self.problem.start[self.k].size > 1:
                return self._with_constant("another_order", x[0], e, f"The slope of {self.name} has "
                                           f"the right numbers, in another order: {how}.")

    def of_another(self):
        """The slope of another parameter."""
        found = []
        for j, other in enumerate(self.problem.names):
            e = Equations(self.measured, j, lambda claimed, _: claimed[self.k])
            x = e.fit(e.true) if j != self.k else None
            if x is not None and np.isclose(abs(x[0]), 1, rtol=max(DIGITS, 5 * e.relative_error)):
                text = f"What is returned for {self.name} is the slope of {other}."
                found.append(self._say("other_parameter", text, {"of": other, "factor": float(x[0])}))
        return found[:1] if len(found) == 1 else joined(found)

    def unsummed(self):
        """A slope with one more axis, over which nothing was summed; or one number for many."""
        arrays = [place.claimed[self.k] for place in self.measured.places]
        own = self.problem.start[self.k]
        for axis in range(arrays[0].ndim):
            if arrays[0].size // arrays[0].shape[axis] == own.size < arrays[0].size:
                e = Equations(self.measured, self.k, lambda claimed, k, axis=axis: claimed[k].sum(axis=axis))
                x = e.fit(e.true)
                if x is not None:
                    return self._with_constant("not_summed", x[0], e, f"The slope of {self.name} has shape "
                                               f"{arrays[0].shape}, {self.name} has {own.shape}: it is not summed over "
                                               f"axis {axis}.", "Summed, it")

    def _with_constant(self, code, c, e, text, subject="Read so, it"):
        constant = factor_named(c, self.sizes, e.relative_error)
        if np.isclose(c, 1, rtol=max(DIGITS, 5 * e.relative_error)):
            return self._say(code, text)
        return [self._say(code, text), constant_finding(self.name, constant, self.sizes,
                                                        f"{subject} is not yet right. ")]

    def _say(self, code, text, details=None):
        return Finding(code, (self.name,), text, details or {})


def joined(findings):
    """Several explanations of one thing: one finding, which names them all."""
    if not findings:
        return []
    codes = tuple(dict.fromkeys(finding.code for finding in findings))
    text = " Or: ".join(finding.text for finding in findings)
    first = findings[0]
    return [first._replace(text=text, details=first.details | {"or": codes[1:], "all": tuple(
        (finding.code, finding.details) for finding in findings)})]


def constant_finding(name, constant, sizes, before=""):
    """A slope that is a constant times the true one, with the name of the constant."""
    c = constant.value
    code, said = _constant_in_words(name, constant, sizes)
    said = said if before.endswith(", ") else said[0].upper() + said[1:]
    return Finding(code, (name,), before + said, constant.details | ({} if c > 0 else {"sign": -1}))


def _constant_in_words(name, constant, sizes):
    c, its = constant.value, f"the slope of {name}"
    if np.isclose(c, -1, rtol=1e-5) or c < 0 and constant.plain == "1":
        return "sign", f"{its} has the other sign, and the right numbers. Is there a minus too many, or too few?"
    turned = " and has the other sign" if c < 0 else ""
    told = f"{its} is {Factor(abs(c), constant.plain, constant.named)} times the true one{turned}."
    if constant.named == (sizes.examples,):
        return "sum_for_mean", f"{told} So it adds up over the examples where the loss takes their mean."
    if constant.named == (f"1 / {sizes.examples}",):
        return "mean_for_sum", f"{told} So it divides by their number where the loss does not, or once more than that."
    return "factor", told


def decay_finding(name, rate, before=""):
    """A slope that is off by a multiple of the parameter itself."""
    sign, size = "too much" if rate > 0 else "missing", said(abs(rate), 6)
    start = f"{before}, the" if before else "The"
    verb = "adds" if rate > 0 else "lacks"
    text = (f"{start} slope of {name} {verb} {size} times {name} itself. That is the slope of "
            f"{said(abs(rate) / 2, 6)} times the sum of its squares: weight decay that is {sign}, all of it or a part"
            f"{', or has the other sign' * (rate < 0)}{', or a step already taken' * (abs(rate - 1) < PART)}.")
    return Finding("decay", (name,), text, {"rate": rate, "is": sign})


def decay_beside(name, rate, constant):
    """A multiple of the parameter beside a constant: weight decay that is wrong; or right, where the constant stands
    before the rest alone: constant x (rest + own) + rate = constant x rest + own gives own = rate / (1 - constant)."""
    finding, own = decay_finding(name, rate, "Next to that"), rate / (1 - constant)
    if own <= 0:
        return finding
    text = (f"{finding.text[:-1]}; or, if {said(own, 6)} times {name} itself is the slope of the loss's own weight "
            "decay, that is right, and the constant stands before all else alone.")
    return finding._replace(text=text, details=finding.details | {"or": ("factor",), "own": own})


def length_findings(clues):
    """What a parameter's slope is whose direction is right everywhere, and whose length is another one."""
    e, k, places = clues.plain, clues.k, clues.measured.places
    if not e.usable or e.error.max() * 5 > COARSEST * np.abs(e.claimed).max():
        return []
    factors = []
    for i in sorted(set(e.place)):
        claimed, true = e.claimed[e.place == i], e.true[e.place == i]
        c = claimed @ true / max(true @ true, np.finfo(float).tiny)
        if len(true) < 2 or np.abs(claimed - c * true).max() > max(DIGITS * np.abs(claimed).max(), 5 * e.error.max()):
            return []
        factors.append(c)
    if clues.problem.start[k].size < 2:
        return []
    first, *others = (place.claimed[k] for place in places)
    if all(np.allclose(first, other, rtol=1e-6) for other in others):
        return []     # one arrow everywhere: of that, no length can be told from a constant
    return _by_length(clues, np.array(factors), places)


def _by_length(clues, factors, places):
    k, all_of = clues.k, "all parameters together"
    claims = [place.claimed for place in places] + [claimed for _, claimed in clues.measured.further]
    lengths = {f"length of the slope of {clues.name}": [np.linalg.norm(claimed[k]) for claimed in claims],
               "largest number in it": [np.abs(claimed[k]).max() for claimed in claims],
               f"length of the slopes of {all_of}": [_norm(claimed) for claimed in claims]}
    for what, found in lengths.items():
        if np.ptp(found) <= 1e-9 * max(found) and (factors > 0).all():
            to, shorter = float(found[0]), bool((factors < 1).all())
            code = "normalised" if np.isclose(to, 1) or not shorter else "clipped"
            return [clues._say(code, f"The slope of {clues.name} has the right direction, and at each of {len(claims)} "
                               f"places the {what} is {said(to, 6)}: it is "
                               f"{'scaled to that' if code == 'normalised' else 'cut down to that, or scaled to it'}.",
                               {"to": to, "what": what})]
    return []


def _norm(arrays):
    return float(np.sqrt(sum((array.astype(float) ** 2).sum() for array in arrays)))


def permuted(findings, names):
    """Slopes of other parameters, told together: two that are exchanged, or more in another order."""
    of = {f.parameters[0]: f.details["of"] for f in findings
          if f.code == "other_parameter" and abs(f.details["factor"] - 1) < 1e-4}
    if len(of) < 2 or set(of) != set(of.values()):
        return findings
    two = len(of) == 2
    text = (f"The slopes of {listed(list(of))} are exchanged." if two else
            f"The slopes are right and stand in another order. For {listed(list(of))} come those of "
            f"{listed(list(of.values()))}.")
    rest = [f for f in findings if not (f.code == "other_parameter" and f.parameters[0] in of)]
    return [Finding("exchanged" if two else "another_order", tuple(of), text, {"of": of}), *rest]
