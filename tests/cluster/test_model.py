"""The model of two numbers: what it says follows from them, and they are measured where the work is done."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradlib import cluster

from . import rows

positive = st.floats(1e-9, 1e3)


@given(positive, positive, st.integers(2, 200))
def test_at_the_crossing_many_workers_are_as_fast_as_one(seconds_per_row, talk, workers):
    model = cluster.PerStep(seconds_per_row, talk)
    rows = model.crossing(workers)
    assert model.time(rows, workers) == pytest.approx(model.time(rows, 1))
    assert model.time(2 * rows, workers) < model.time(2 * rows, 1)
    assert model.time(rows / 2, workers) > model.time(rows / 2, 1)


def test_a_digit_takes_as_many_steps_as_it_takes():
    assert cluster.PerStep(1e-8, 0.025).digit(0.5, 10**7, 4) == pytest.approx(2 * (0.1 / 4 + 0.025))


@pytest.mark.parametrize("ask", [lambda model: model.crossing(1), lambda model: model.digit(0, 10, 2)])
def test_what_the_model_cannot_answer(ask):
    with pytest.raises(ValueError, match="must be"):
        ask(cluster.PerStep(1e-8, 0.025))


@pytest.mark.parametrize("where", ["serial", "threads"])
def test_the_times_of_a_step_add_up_and_belong_to_the_busiest_worker(where):
    def part(w, X, y):   # one worker is busy with two of these at least
        time.sleep(0.01)
        return cluster.linear(w, X, y)
    with cluster.open(rows.sources((5, 5, 5, 5)), where, workers=2) as data:
        times = data.step_time(part, np.ones(5))
    assert times.total == pytest.approx(times.computing + times.talking)
    assert times.computing >= (0.04 if where == "serial" else 0.02) and times.talking >= 0


def test_measured_is_the_largest_shard_per_row_and_a_row_of_each():
    asked = []

    def part(w, X, y):
        asked.append(len(y))
        return cluster.linear(w, X, y)
    with cluster.open(rows.sources(), "serial") as data:
        model = cluster.measure(data, part, np.ones(5))
    assert model.seconds_per_row > 0 and model.talk > 0
    assert set(asked) == {max(rows.SIZES), 1}
