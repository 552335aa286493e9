"""The verdict on one answer: what it did on the trials, and which known mistake does the same.

Nothing is said that does not follow. Where nothing explains an answer, the facts are shown: the inputs as code to
paste, and the number that is wrong there.
"""

import inspect
import re
from dataclasses import replace
from itertools import product

import numpy as np

from . import session
from .calls import agree, alike, call, close, does_nothing, met, moves_of, names_left_open, own_line
from .chance import AGAIN, meets_chance, shared_generators
from .factors import decimals_of, factor_between, law_between, numbers_in
from .general import GENERAL
from .messages import Result, a, as_code, described, forms, kind_of, listed, number, shapes, shortened
from .mistakes import Mistake, together
from .second_opinion import second_opinion
from .suspects import first_like, like_in_part

PRODUCT = re.compile(r"core dimension.*gufunc signature.*\(size (\d+) is different from (\d+)\)")

MOVES = (1.5, 0.123), (-1.7, -0.29)   # of an argument: no short decimal stays what it is, and no sign
EXCHANGES = {"swapped", "another_order"}   # codes of mistakes that exchange parts: never told of one part alone


class Diagnosis:
    """What `exercise` says of `answer` on its `trials`. `verdict()` gives the `Result`."""

    def __init__(self, exercise, answer, trials, known):
        self.exercise, self.answer, self.trials, self.known = exercise, answer, trials, known
        self.runs, self.by_chance = [], False

    def verdict(self):
        """The first that fits speaks, and the most specific comes first.  (A Result is always true.)"""
        if not callable(self.answer):
            return self._say("not_a_function", came=kind_of(self.answer))
        if not self._fits():
            return self._say("signature")
        try:
            return self._first_that_fits()
        except KeyboardInterrupt as stop:
            return self._say("interrupted", line=own_line(stop, self.answer))

    def accepts(self):
        """Whether the answer is right in all runs and changes nothing; the first wrong run ends the question."""
        if not callable(self.answer) or not self._fits():
            return False
        for trial in self.trials:
            self.runs.append(call(self.answer, trial))
            if not self.runs[-1].is_right or self.runs[-1].changed:
                return False
        return not self._rounded()

    def shown(self):
        """What the answer displayed, in one of its runs."""
        return self.runs[0].shown if self.runs else ()

    def _first_that_fits(self):
        self.runs = self._run_all()
        steps = (self._asking, self._unfinished, self._correct, self._silent, self._changing, self._catalogue,
                 self._outer, self._slipped, self._in_parts, self._not_a_number, self._zeros, self._whole,
                 self._rounded, self._ignoring, self._raising, self._another_order, self._misshapen,
                 self._changing_its_mind, self._relatives, self._relatives_in_parts, self._shuffled, self._scaled,
                 self._added, self._scaled_mistakes, self._now_and_then, self._direction, self._near, self._examined,
                 self._some_in_parts, self._unknown)
        return next(filter(None, (step() for step in steps)))

    def _fits(self):
        try:
            return bool(inspect.signature(self.answer).bind(*self.exercise.arguments))
        except (TypeError, ValueError):
            return False

    def _run_all(self):
        """One run for each trial; no more of them once the answer asks for a number with input()."""
        runs, before = [], shared_generators()
        for trial in self.trials:
            runs.append(call(self.answer, trial))
            if isinstance(runs[-1].raised, session.Asked):
                break
        self.by_chance = meets_chance(self.answer, before)
        return runs

    # ------------------------------------------------------------------------- not yet an answer

    def _asking(self):
        return self._say("asks_input") if isinstance(self.runs[-1].raised, session.Asked) else None

    def _unfinished(self):
        if self.exercise.is_untouched(self.answer):
            return self._say("as_given")
        if any(map(self._left_open, self.runs)) or self.runs[0].value is None and does_nothing(self.answer):
            return self._say("not_attempted", **self._what_is_open())

    def _left_open(self, run):
        """Whether dots still stand where something is to be written."""
        values = run.value if isinstance(run.value, (tuple, list)) else [run.value]
        return (any(value is ... for value in values) or "ellipsis" in _text_of(run.raised).lower()
                or type(run.raised) is NotImplementedError)

    def _what_is_open(self):
        names = names_left_open(self.answer)
        if "..." not in self.exercise.given:
            return {"what": "Your function hands nothing back yet."}
        where = f" There are still dots where {listed(names)} should be made." if names else ""
        return {"what": f"Replace the dots, run the cell, then run this one again.{where}"}

    # ------------------------------------------------------------------------- right, or nearly

    def _correct(self):
        if self._right() and not any(run.changed for run in self.runs):
            return self._rounded() or self.by_chance and self._changing_its_mind(AGAIN) or self._praised()

    def _praised(self):
        noticed = self.exercise.noticed(*self.runs[0].args)
        return Result("correct", "correct", f"{noticed} {self._variant()}".strip())

    def _variant(self):
        """Which of the accepted variants came, where the trials tell it from the others; or nothing."""
        fits = [all(run.agrees(right) for run, right in zip(self.runs, rights))
                for rights in zip(*(run.trial.rights for run in self.runs))]
        first = fits.index(True) if True in fits else 0
        return ["", *self.exercise.accepted][max(0, first - len(fits) + len(self.exercise.accepted) + 1)]

    def _right(self, i=None):
        """Whether the answer, or its part i, is right in all runs."""
        return all(run.agrees(run.right, slice(i, None if i is None else i + 1)) for run in self.runs)

    def _silent(self):
        silent = next((run for run in self.runs if run.value is None and not run.raised), None)
        if silent:
            printed = (f" It printed {shortened(silent.printed)} Printing shows a number and hands nothing on."
                       if silent.printed else "")
            when = " for some inputs" if any(run.parts for run in self.runs) else ""
            return self._say("returned_none", f"{self._called(silent)}, it hands back None.{printed}", when=when)

    def _changing(self):
        changed = [self.exercise.arguments[i] for run in self.runs for i in run.changed]
        if changed:
            your = "The numbers are right, but your" if self._right() else "Your"
            told = self._catalogue() if self.exercise.changing and not self._right() else None
            return told or self._say("mutates_input", your=your, argument=changed[0])

    # ------------------------------------------------------------------------- a mistake that is known

    def _catalogue(self):
        return self._like(self.known.catalogue)

    def _slipped(self):
        return self._like(self.known.slips) or self._named(first_like(
            self.known.on_top(self.runs, range(len(self.runs[0].parts))), self.runs))

    def _relatives(self):
        return self._like(self.known.relatives)

    def _like(self, lineup):
        return self._named(lineup.like(self.runs) if any(run.parts for run in self.runs) else None)

    def _named(self, mistake):
        return self._report(mistake) if mistake else None

    def _in_parts(self):
        return self._told_in_parts(self.known.catalogue, self.known.slips)

    def _relatives_in_parts(self):
        return self._told_in_parts(self.known.catalogue, self.known.slips, self.known.relatives)

    def _some_in_parts(self):
        """What is known of some wrong parts, where nothing explains the others."""
        return self._told_in_parts(self.known.catalogue, self.known.slips, self.known.relatives, enough=any)

    def _told_in_parts(self, *lineups, enough=all):
        """A mistake for each part that is wrong, if every one of them has one."""
        parts = self.exercise.parts
        if parts and all(len(run.parts) == len(parts) for run in self.runs):
            known = {name: self._in_part(i, lineups) for i, name in enumerate(parts) if not self._right(i)}
            unknown = [name for name, mistakes in known.items() if not mistakes]
            if enough(known.values()):
                mistake = together(*self._told({name: known[name] for name in known if known[name]}))
                if unknown:
                    mistake = replace(mistake, code=f"{mistake.code}+unrecognised", why=(
                        f"{mistake.why} What is wrong in {listed(unknown)} is not a slip I know."))
                return self._report(mistake, self._right_parts())

    def _in_part(self, i, lineups):
        """All mistakes that explain part i, as {code: mistake}."""
        others = [f"`{other}`" for other in self.exercise.parts if other != self.exercise.parts[i]]
        known = [mistake for lineup in lineups for mistake in lineup.in_part(self.runs, i)]
        known += like_in_part(self.known.on_top(self.runs, range(i, i + 1)), self.runs, i)
        return {mistake.code: mistake for mistake in known if not any(other in mistake.title for other in others)
                and not EXCHANGES & {*mistake.code.split("+")}}

    def _told(self, known):
        """One mistake for each part: not two slips where one will do, and one that other parts share if it can be."""
        told = {}
        for part, mistakes in known.items():
            code = max(mistakes, key=lambda code: (-code.count("+"), sum(code in others for others in known.values())))
            told.setdefault(code, (mistakes[code], []))[1].append(part)
        nouns = f"{self.exercise.name}|{self.exercise.noun}|answer"
        return [mistake.in_parts(parts, nouns) for mistake, parts in told.values()]

    def _right_parts(self):
        """Which parts are right, and what follows from that."""
        names = self.exercise.parts
        right = [name for i, name in enumerate(names)
                 if all(len(run.parts) == len(names) for run in self.runs) and self._right(i)]
        wrong = [name for name in names if name not in right]
        said = f"{listed(right)} {'are' if right[1:] else 'is'} right." if right else ""
        return f"{said} {self.exercise.concluded(right, wrong)}".strip() if wrong else ""

    # ------------------------------------------------------------------------- facts without a known mistake

    def _outer(self):
        n = met(self.answer, self.trials[0].args)
        return self._say("outer_broadcast", self._evidence(), n=n) if n else None

    def _not_a_number(self):
        """A nan or an infinity, if none of the families explains it."""
        strange = next((run for run in self.runs if run.parts and not all(np.isfinite(part).all() for part in run.parts)
                        and all(np.isfinite(part).all() for part in run.right)), None)
        finite = any(np.isfinite(part).any() for run in self.runs for part in run.parts)
        known = strange and finite and (
            self._relatives() or self._relatives_in_parts() or self._scaled_mistakes())
        if strange and not known and isinstance(strange.value, dict) and all(map(np.isfinite, strange.value.values())):
            return self._say("left_out", f"{self._called(strange)}.", came=listed(strange.value) or "nothing")
        if strange and not known:
            nan = any(np.isnan(part).any() for part in strange.parts)
            return self._say("not_a_number", f"{self._called(strange)}.", what="nan" if nan else "inf",
                             meaning="not a number" if nan else "infinity")
        return known

    def _raising(self):
        run = next((run for run in self.runs if run.raised), None)
        if run:
            names = {"error": _sentence(run.raised), "line": own_line(run.raised, self.answer)}
            return self._say(self._raised(run.raised), self._stops(run), **names)

    def _raised(self, error):
        """The key of an exception in GENERAL: wx, from somebody who means w times x, has one of its own."""
        if not isinstance(error, NameError):
            return "raises:power" if re.search(r"bitwise_xor|for \^", _text_of(error)) else "raises"
        letters = set(error.name or "")
        return "raises:glued" if len(letters) > 1 and letters <= set(self.exercise.arguments) else "raises:name"

    def _stops(self, run):
        fine = [other for other in self.runs if not other.raised]
        return f"{self._called(run)}." + (f" {self._called(fine[0])}, it runs." if fine else "")

    def _misshapen(self):
        run = next((run for run in self.runs if shapes(run.parts) != shapes(run.right)), None)
        if run is None:
            return None
        if not run.parts:
            expected = self.exercise.wanted or forms(run.parts, run.right, self.exercise.parts)[1]
            said = self._say("not_numbers", self._called_if(run), type=a(run.kind), expected=expected)
            return replace(said, look_at=self.exercise.question or said.look_at)
        came, expected = forms(run.parts, run.right, self.exercise.parts)
        return self._say("shape", f"{self._called(run)}.", came=came, expected=expected)

    def _zeros(self):
        if all(any(map(np.size, run.parts)) and not any(map(np.any, run.parts)) for run in self.runs):
            return self._say("zeros", self._evidence(), parts=self._right_parts())

    def _whole(self):
        """Fractions cut off: by an array of whole numbers, by // or by int()."""
        wrong = [slice(i, i + 1) for i in range(len(self.runs[0].right)) if not self._right(i)]
        for cut, rights in product((np.trunc, np.floor, np.round), zip(*(run.trial.rights for run in self.runs))):
            if wrong and all(run.agrees(tuple(map(cut, right)), part)
                             for run, right in zip(self.runs, rights) for part in wrong):
                return self._say("whole_numbers", self._evidence(), parts=self._right_parts())

    def _rounded(self):
        """Numbers that end after a few decimals, where those of the right answer go on, and no part is wrong else."""
        if any(shapes(run.parts) != shapes(run.right) for run in self.runs):
            return None
        pairs = [[np.concatenate([np.ravel(parts[i]) for parts in both])
                  for both in zip(*((run.parts, run.right) for run in self.runs))]
                 for i in range(len(self.runs[0].right))]
        ends = [decimals_of(*pair) for pair in pairs]
        if any(ends) and all(end or self._right(i) for i, end in enumerate(ends)):
            end = min(filter(None, ends))
            names = [name for name, other in zip(self.exercise.parts, ends) if other == end]
            came, right = max(zip(*pairs[ends.index(end)]), key=lambda pair: abs(pair[0] - pair[1]))
            return self._say("rounded", f"One of them is {came:.12g}, and should be {right:.12g}.".replace("-", "−"),
                             whose=f"The numbers of {listed(names)}" if names else "Your numbers",
                             ends=f"{end} decimal{'s' * (end > 1)}")

    def _another_order(self):
        """Right parts in other places."""
        count = len(self.exercise.parts)
        if count < 2 or any(len(run.parts) != count for run in self.runs):
            return None
        places = [[j for j in range(count) if all(close(run.parts[i], run.right[j]) for run in self.runs)]
                  for i in range(count)]
        if sorted(sum((place[:1] for place in places), [])) == list(range(count)):
            return self._say("another_order", expected=listed(self.exercise.parts))

    def _shuffled(self):
        """The right numbers, at other places of their array."""
        wrong = [i for i in range(len(self.runs[0].right)) if not self._right(i)]
        if all(len(run.parts) == len(run.right) and close(*(np.sort(parts[i], axis=None)
               for parts in (run.parts, run.right))) for run in self.runs for i in wrong):
            what = listed([self.exercise.parts[i] for i in wrong if self.exercise.parts])
            return self._say("another_order:numbers", self._evidence(), what=what or f"your {self.exercise.noun}",
                             parts=self._right_parts())

    def _ignoring(self):
        """An argument that every right answer depends on, and this one does not."""
        finite = all(np.isfinite(part).all() for run in self.runs for part in run.parts)
        for i, name in enumerate(self.exercise.arguments if finite else ()):
            moved = [(run, (*run.args[:i], _moved(run.args[i], *by), *run.args[i + 1:])) for by in MOVES
                     for run in self.runs]
            if all(self._stays(*pair) for pair in moved) and any(self._matters(*pair) for pair in moved):
                return self._say("ignores_argument", argument=name)

    def _stays(self, run, args):
        """Whether the answer is the same with these arguments."""
        return agree(call(self.answer, replace(run.trial, args=args)).parts, run.parts)

    def _matters(self, run, args):
        """Whether all right answers change with the arguments."""
        rights = self.exercise.trial(args).rights
        return all(after and not agree(after, before) for after, before in zip(rights, run.trial.rights))

    def _scaled(self):
        """A factor in every number of a part, on all trials: said as a fact, part by part."""
        laws = self._laws([run.right for run in self.runs])
        if laws:
            parts = {text: [i for i in laws if str(laws[i]) == text] for text in map(str, laws.values())}
            told = ", and ".join(self._scaled_parts(places, text) for text, places in parts.items())
            first, *others = laws.values()
            same = first.typed and not any(law.typed != first.typed for law in others)
            return self._say("typed_number" if same else "factor", self._evidence(), told=told[0].upper() + told[1:],
                             parts=self._right_parts(), named=first.named, typed=first.typed)

    def _scaled_parts(self, places, law):
        """"`dW1` and `db1` are 2 times what they should be"."""
        names = listed([self.exercise.parts[i] for i in places if self.exercise.parts]) or f"your {self.exercise.noun}"
        it, s, be = ("they", "", "are") if places[1:] else ("it", "s", "is")
        return (f"{names} move{s} {law} times as far as {it} should" if self.exercise.state else
                f"{names} {be} {law} times what {it} should be")

    def _direction(self):
        """Every array that is wrong points along the right one, with another factor on every trial."""
        found = [[factor_between(run.moves[i], moves_of(run.right, run.trial.start)[i]) for run in self.runs
                  if run.moves[i:] and run.moves[i].size > 1]
                 for i in range(len(self.runs[0].right)) if not self._right(i)]
        if all(len(factors) > 1 and None not in factors for factors in found):
            parts = [name for i, name in enumerate(self.exercise.parts) if not self._right(i)]
            return self._say("direction", self._evidence(), parts=self._right_parts(), least=number(min(found[0])),
                             most=number(max(found[0])), what=listed(parts) or f"your {self.exercise.noun}")

    def _laws(self, others):
        """{part: the law of its factor} between an answer and others, parts that should be those of each run; None
        where a part that differs has no such law."""
        if any(len(run.parts) != len(other) for run, other in zip(self.runs, others)):
            return None
        moves = [moves_of(other, run.trial.start) for run, other in zip(self.runs, others)]
        laws = {i: self._law([(run.moves[i], move[i]) for run, move in zip(self.runs, moves)])
                for i in range(len(others[0]))
                if not all(run.agrees(other, slice(i, i + 1)) for run, other in zip(self.runs, others))}
        return laws if all(laws.values()) else None

    def _law(self, pairs):
        return law_between(pairs, [numbers_in(self.exercise.arguments, run.args) for run in self.runs])

    def _added(self):
        """Something that is there on top of what should be, as long as one of the arguments, or times that."""
        parts = self.exercise.parts or (f"your {self.exercise.noun}",)
        if any(shapes(run.parts) != shapes(run.right) for run in self.runs):
            return None
        extras = {f"`{part}`" if self.exercise.parts else part: self._extra(i)
                  for i, part in enumerate(parts) if not self._right(i)}
        if all(extras.values()):
            told = " And ".join(f"{part} is what it should be, and {extra} on top." for part, extra in extras.items())
            return self._say("added", self._evidence(), told=told[0].upper() + told[1:], parts=self._right_parts())

    def _extra(self, i):
        """What is on top in part i, in words: so many times an argument; or nothing."""
        over = [run.moves[i] - moves_of(run.right, run.trial.start)[i] for run in self.runs]
        constant = self._law([(extra, np.ones_like(extra)) for extra in over])
        if constant:
            return str(constant)
        for j, name in enumerate(self.exercise.arguments):
            pairs = [(extra, run.args[j]) for extra, run in zip(over, self.runs)]
            alike = all(isinstance(arg, (float, np.ndarray)) and
                        np.squeeze(arg).shape == np.squeeze(extra).shape for extra, arg in pairs)
            law = self._law(pairs) if alike else None
            if law:
                return f"{law} times `{name}`".removeprefix("1 times ")
        return ""


    def _scaled_mistakes(self):
        """A known mistake, and one and the same factor on top of it."""
        for mistake in self.known.up_to_a_factor(self.runs):
            known = [run.trial.ask(mistake.way) for run in self.runs]
            laws = self._laws([run.parts for run in known])
            if laws and len(laws) == len(known[0].parts) and len({*map(str, laws.values())}) == 1 and laws[0].is_simple:
                noun = self.exercise.noun if not self.exercise.state else "step"
                factor = Mistake("factor", f"On top of that, your {noun} is {laws[0]} times what that would make it.",
                                 "That holds on all inputs that I tried.", "", None)
                return self._report(together(mistake, factor))
        return None

    def _changing_its_mind(self, times=1):
        changed = next((run for run in self.runs * times if not alike(call(self.answer, run.trial), run)), None)
        if changed:
            return self._say("random", f"{self._called(changed)}.")

    def _now_and_then(self):
        right = [run for run in self.runs if run.is_right]
        if right:
            wrong = next(run for run in self.runs if not run.is_right)
            return self._say("now_and_then", self._evidence(), case=self._case(), count=len(right),
                             of=len(self.runs), right=self._called(right[0]), wrong=self._called(wrong),
                             parts=self._right_parts())

    def _near(self):
        errors = [_relative_error(run) for run in self.runs]
        if max(errors) <= 0.1:
            return self._say("near", self._evidence(), case=self._case(), percent=number(100 * max(errors)),
                             parts=self._right_parts())

    def _examined(self):
        """Where the answer is a gradient, the doctor may know more than the catalogue."""
        found = second_opinion(self.exercise, [run for run in self.runs if run.parts and not run.is_right], self.answer)
        return self._say("examined", self._evidence(), case=self._case(), found=" ".join(found),
                         parts=self._right_parts()) if found else None

    def _unknown(self):
        return self._say("unrecognised", self._evidence(), case=self._case(), parts=self._right_parts())

    # ------------------------------------------------------------------------- how it is told

    def _say(self, code, evidence="", case="", **names):
        names |= {"name": self.exercise.name, "arguments": ", ".join(self.exercise.arguments)}
        status, *texts = GENERAL[code]
        title, why, look_at = (" ".join(text.format(**names).split()) for text in texts)
        return Result(status, code.partition(":")[0], title, why, evidence, look_at, case)

    def _report(self, mistake, rest=""):
        rest = rest or (self._right_parts() if self.exercise.parts else "")
        sizes = _sizes(self.runs)
        title, why, look_at = (_filled(text, sizes) for text in (mistake.title, mistake.why, mistake.look_at))
        return Result("wrong", mistake.code, title, f"{why} {rest}".strip(), self._evidence(), look_at)

    def _called(self, run):
        return f"Called with {described(self.exercise.arguments, run.args)}"

    def _called_if(self, run):
        return f"{self._called(run)}." if run.args else ""

    def _case(self):
        """The smallest inputs on which the answer is wrong, as code to paste, and what it printed there."""
        wrong = {as_code(self.exercise.arguments, run.args): run
                 for run in self.runs if run.parts and not run.is_right}
        code = min(wrong, key=len, default="")
        if not code:
            return ""
        call = f"{code}\n{self.exercise.name}({', '.join(self.exercise.arguments)})"
        return f"{call}\n# printed: {shortened(wrong[code].printed)}" if wrong[code].printed else call

    @np.errstate(all="ignore")
    def _evidence(self):
        """The first exception, if any; then a wrong shape or, where all shapes are right, a measurement."""
        raised = [f"{self._called(run)}, it stops: {_sentence(run.raised)}." for run in self.runs if run.raised]
        other = [(f"{self._called(run)}, it runs, and" if raised else "Your function")
                 + " hands back {}. Expected: {}.".format(*forms(run.parts, run.right, self.exercise.parts))
                 for run in self.runs if run.parts and shapes(run.parts) != shapes(run.right)]
        run = next((run for run in self.runs if run.parts and not run.is_right), None)
        if other or run is None:
            return " ".join(raised[:1] + other[:1])
        said = [part.reshape(right.shape) for part, right in zip(run.parts, run.right)]
        runs_here = [f"{self._called(run)}, it runs."] if raised else []
        return " ".join(raised[:1] + runs_here + [self.exercise.measure(run.args, said, run.right)])


def _moved(arg, times, plus):
    """An argument with other numbers in it, if it has some.  A tuple keeps its whole numbers: they count nodes."""
    if isinstance(arg, dict):
        return {key: _moved(value, times, plus) for key, value in arg.items()}
    if isinstance(arg, list):
        return [_moved(item, times, plus) for item in arg]
    if isinstance(arg, tuple):
        return tuple(item if isinstance(item, int) else _moved(item, times, plus) for item in arg)
    if isinstance(arg, (int, np.integer)):
        return arg + 1
    if isinstance(arg, np.ndarray) and arg.dtype.kind in "iu":   # numbers of rows, the last of which may be among them
        return arg + int(np.sign(plus))
    if isinstance(arg, (float, np.ndarray)):
        return times * arg + plus
    return (lambda *given: times * arg(*given) + plus) if callable(arg) else arg


def _relative_error(run):
    """How far a run is from the right one, of the size of that; where it is a step, of the length of that."""
    said, right = (np.concatenate([np.ravel(part) for part in parts])
                   for parts in (run.moves, moves_of(run.right, run.trial.start)))
    size = np.linalg.norm(right)
    return np.linalg.norm(said - right) / size if size and said.shape == right.shape else np.inf


def _sizes(runs):
    shape = next((arg.shape for arg in runs[0].args if isinstance(arg, np.ndarray) and arg.ndim), ())
    return dict(zip("nd", shape))


def _filled(text, sizes):
    for name, size in sizes.items():
        text = text.replace(f"{{{name}}}", str(size))
    return text


def _text_of(error):
    """What an exception says; a learner's own exception may fail to say anything."""
    try:
        return str(error)
    except Exception:
        return ""


def _sentence(error):
    text = shortened(_in_words(_text_of(error)))
    return f"{type(error).__name__}: {text}".rstrip(".: ")


def _in_words(text):
    """NumPy's message on a product whose sizes do not meet, without its signature."""
    found = PRODUCT.search(text)
    return f"the two sizes that must be equal in this product are {found[2]} and {found[1]}" if found else text
