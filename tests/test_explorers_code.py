"""The code that an explorer shows below its picture: it runs by itself, and gives the numbers of the sentence."""

from __future__ import annotations

import contextlib
import io
import random
import re
from typing import NamedTuple

import numpy as np
import pytest

from gradlib import explorers
from pages.moves import moves_of

SETTINGS, MORE = 6, 30   # at which it is run, and at which its lines are counted
LINES, WIDE = range(5, 11), 92
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBER = re.compile(r"(?<![\w.])(?:10(?P<ten>[⁻⁰¹²³⁴-⁹]+)|(?P<sign>[−-]?)(?P<whole>\d[\d,]*)(?P<rest>\.\d+)?"
                    r"(?: × 10(?P<power>[⁻⁰¹²³⁴-⁹]+)|e(?P<exponent>[+-]?\d+))?)")
UNITS = {"ms": 1e-3, "µs": 1e-6, "million": 1e6, "billion": 1e9}


class Number(NamedTuple):
    """A number of a text, half a unit of its last digit, and what its unit makes of it."""

    value: float
    half: float
    unit: float

    def is_among(self, values):
        """Whether one of them rounds to it."""
        return any(abs(value - self.value) <= 1.001 * self.half or
                   abs(value - self.value * self.unit) <= 1.001 * self.half * self.unit for value in values)


def numbers(text):
    """All numbers of a text. Zeros at the end of a large one may stand for other digits, but two digits count."""
    found = []
    for match in NUMBER.finditer(text):
        if match["ten"]:
            power = int(match["ten"].translate(RAISED))
            found.append(Number(10.0**power, 0.5 * 10.0**power, 1))
            continue
        whole, rest = match["whole"].rstrip(",").replace(",", ""), match["rest"] or "."
        scale = 10.0 ** int((match["power"] or match["exponent"] or "0").translate(RAISED))
        sign = -1 if match["sign"] else 1
        zeros = min(len(whole) - len(whole.rstrip("0")), max(len(whole) - 2, 0)) if rest == "." else 1 - len(rest)
        word = re.match(r"\s(\w+)", text[match.end():])
        found.append(Number(sign * float(whole + rest) * scale, 0.5 * 10.0**zeros * scale,
                            UNITS.get(word and word[1], 1)))
    return found


def at_random(moves, rng):
    """{control: the number of one of its stops}; moves as `pages.moves.moves_of` gives them."""
    stops = {}
    for name, move in moves.items():
        count = move.count(stops)
        stops[name] = rng.randrange(count) if count else move.at
    return stops


def settings(explorer, name, count):
    """The values with which an explorer opens, and some at random."""
    moves, rng = moves_of(explorer, {}), random.Random(name)
    return [explorer.values(), *({name: moves[name].values[stop] for name, stop in at_random(moves, rng).items()}
                                 for _ in range(count))]


@pytest.mark.parametrize("name", explorers.__all__)
def test_the_code_is_five_to_ten_short_lines(name):
    explorer = getattr(explorers, name)()
    for values in settings(explorer, name, MORE):
        lines = list(filter(None, explorer.code(**values).splitlines()))
        assert len(lines) in LINES and max(map(len, lines)) <= WIDE, "\n".join(lines)


@pytest.mark.parametrize("name", explorers.__all__)
def test_the_code_gives_the_numbers_of_the_sentence(name):
    explorer = getattr(explorers, name)()
    for values in settings(explorer, name, SETTINGS):
        check_numbers(explorer.frame(**values))


def test_it_does_so_for_step_sizes_and_batches_of_the_readers_own_data():
    rng = np.random.default_rng(1)
    x, noise = rng.standard_normal((2, 40))
    own = {"X": x.tolist(), "y": (30 * (x + noise) + 1000).tolist()}
    explorer = explorers.step_and_batch(**own)
    for values in settings(explorer, "own", SETTINGS):
        check_numbers(explorer.frame(**values), **own)


def check_numbers(frame, **given):
    printed = run(frame.code, **given)
    there = [number.value for text in (printed, frame.code) for number in numbers(text)]
    missing = [number.value for number in numbers(frame.sentence) if not number.is_among(there)]
    assert missing == [], f"{frame.sentence}\n\n{frame.code}\n\n{printed}"


def run(code, **given):
    """What it prints, in a namespace of its own."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, given)
    return printed.getvalue()


@pytest.mark.parametrize("text, values", [
    ("3.2 × 10⁻⁸ of 12,000, −0.5", [3.2e-8, 12000, -0.5]), ("1.5e-07 and 10²⁰", [1.5e-7, 1e20]),
    ("w² of np.float64(2.5), W1", [2.5]), ("After 40 steps: 97.5 %.", [40, 97.5])])
def test_numbers_of_a_text(text, values):
    assert [number.value for number in numbers(text)] == pytest.approx(values)


def test_numbers_agree_to_the_digits_that_are_said():
    said, rounded, million = numbers("0.0028, 12,000 and 1.5 million")
    assert said.is_among([0.002752]) and not said.is_among([0.0029])
    assert rounded.is_among([12345]) and not rounded.is_among([12600])
    assert million.is_among([1_520_000]) and not million.is_among([1_600_000])
