"""The exercises of lessons 03 to 05: what these promise besides what every exercise does."""

import inspect
import re

import numpy as np
import pytest

from gradlib import autodiff
from gradlib.autodiff import graph, layered
from gradlib.exercises.lesson03 import chain, fan_out, slopes
from gradlib.exercises.lesson04 import product_rules, tanh_rule, walk_back
from gradlib.exercises.lesson05 import count, finite_differences, forward
from gradlib.numeric import central_difference

from .answers import RIGHT
from .conftest import SEEDS, changed, inputs
from .mutants import survivors

# The solutions are right

def test_the_reference_of_the_walks_agrees_with_gradlib():
    for operands, local, out in inputs(walk_back):
        nodes = {}

        def node(name):
            if name not in nodes:
                terms = [node(operand) * local[name, operand] for operand in operands[name]]
                nodes[name] = sum(terms[1:], terms[0]) if terms else graph.Var(np.float64(1.0))
            return nodes[name]
        autodiff.backward(node(out))
        slope = walk_back.reference(operands, local, out)
        assert list(slope) == list(operands)
        assert all(np.isclose(slope[name], nodes[name].grad) for name in operands)


def test_the_references_agree_with_a_nudge():
    for x, in inputs(chain):
        assert np.isclose(chain.reference(x), central_difference(lambda x: (3 * x + 2) ** 2, x))
    for x, y in inputs(fan_out):
        nudged = central_difference(lambda v: v[0] * v[1] * v[0] + v[0] * v[1], np.array([x, y]))
        assert np.allclose(fan_out.reference(x, y), nudged)
    for g, z, x in inputs(tanh_rule):
        nudged = central_difference(lambda x: (g * np.tanh(x)).sum(), x)
        assert np.allclose(tanh_rule.reference(g, z, x), nudged)
    for g, x, y in inputs(product_rules):
        dx, dy = product_rules.reference(g, x, y)
        assert np.allclose(dx, central_difference(lambda x: (g * x.dot(y)).sum(), x))
        assert np.allclose(dy, central_difference(lambda y: (g * x.dot(y)).sum(), y))
    for x, dx, y, dy in inputs(forward):
        nudged = central_difference(lambda t: (x + t * dx) * (y + t * dy), 0.0)
        assert np.allclose(forward.reference(x, dx, y, dy), [nudged, np.cos(x) * dx])


def test_paths_and_edges_are_those_of_gradlib():
    for widths, in inputs(count):
        assert count.reference(widths) == layered(widths)
        assert all(type(width) is int for width in widths)
    assert count.reference([100] * 10) == (10 ** 20, 90000)


# The inputs fit

def test_edges_and_nodes_of_the_walks_are_in_order():
    for edges, nodes in inputs(slopes):
        results = [result for result, _, _ in edges]
        assert results == sorted(results, reverse=True) and type(edges) is list
        assert all(operand < result for result, operand, _ in edges)
        assert {operand for _, operand, _ in edges} == set(range(nodes - 1))
    for operands, local, out in inputs(walk_back):
        used = {operand for group in operands.values() for operand in group}
        assert used == set(operands) - {out}
        assert set(local) == {(name, operand) for name in operands for operand in operands[name]}


def test_the_given_functions_are_right_where_every_node_is_used_once():
    kinds = set()
    for edges, nodes in inputs(slopes):
        once = len(edges) == len({operand for _, operand, _ in edges})
        assert np.allclose(slopes.as_given(edges, nodes), slopes.reference(edges, nodes)) == once
        kinds.add(once)
    assert kinds == {True, False}
    for seed in SEEDS:
        diamond, tree, *others = walk_back.trials(np.random.default_rng(seed))
        assert walk_back.as_given(*tree) == walk_back.reference(*tree)
        assert all(walk_back.as_given(*args) != walk_back.reference(*args) for args in [diamond, *others])


def test_nudges_leave_no_trace():
    for _, w, h in inputs(finite_differences):
        assert np.array_equal((w + h) - h, w) and np.array_equal((w + h) - 2 * h + h, w)


def test_the_given_loop_gives_nearly_the_running_sum():
    for f, w, h in inputs(finite_differences):
        right, given = finite_differences.reference(f, w, h), finite_differences.as_given(f, w.copy(), h)
        assert np.allclose(given, np.cumsum(right), atol=1.5) and np.isclose(given[0], right[0])


# What is said

@pytest.mark.parametrize("exercise", [slopes, walk_back, finite_differences], ids=lambda exercise: exercise.name)
def test_a_repair_untouched_or_rewritten_without_a_repair(exercise):
    given = changed(exercise.stub, ('"""The', '"""Mine. The'))
    assert exercise.check(given).code == exercise.check(exercise.as_given).code == "as_given"
    code = exercise.check(lambda *args: exercise.as_given(*args)).code
    assert code == {"slopes": "overwritten", "walk_back": "handed_on_again", "finite_differences": "not_restored"}[
        exercise.name]


def test_the_evidence_names_the_node_where_it_begins():
    result = slopes.check(lambda *args: slopes.as_given(*args))
    assert re.search(r"Nudging node 1 .* Node 1 is used by 3 and 2\.$", result.evidence)
    result = walk_back.check(lambda *args: walk_back.as_given(*args))
    assert result.evidence.startswith("In the graph a(x), b(a), L(a, b), nudging `x` by 0.00001 changes `L` at a")
    assert result.evidence.endswith(" `a` is used by `b` and `L`.")
    result = finite_differences.check(lambda *args: finite_differences.as_given(*args))
    assert result.evidence.startswith("With `w[1]` alone moved by 0.01562, f goes from")


def test_a_missing_slope_is_told():
    def without_the_loss(*args):
        return {name: slope for name, slope in walk_back.reference(*args).items() if name != args[-1]}
    result = walk_back.check(without_the_loss)
    assert result.evidence.endswith("of 1; your function has no slope for it.") and "nan" not in repr(result)


def test_another_kind_of_answer_is_told():
    for value, kind in (([1.0], "list"), (3.5, "float"), ("text", "str"), (np.ones(4), "ndarray"), ({"x"}, "set")):
        title = walk_back.check(lambda operands, local, out: value).title
        assert title == (f"Your function hands back a {kind}, which cannot be read as a dictionary with a slope for "
                         "each node.")
    assert walk_back.check(lambda operands, local, out: print(operands)).code == "returned_none"
    assert walk_back.check(lambda operands, local, out: ...).code == "not_attempted"


def test_arguments_that_are_no_numbers_are_described():
    def fails(*args):
        raise ValueError("here")
    assert slopes.check(lambda edges, count: fails()).evidence == "Called with edges of length 4, count = 4."
    assert walk_back.check(lambda operands, local, out: fails()).evidence == (
        'Called with operands of length 4, local of length 4, out = "L".')
    assert finite_differences.check(lambda f, w, h: fails()).evidence == "Called with f, w (3,), h = 0.01562."
    assert re.fullmatch(r"Called with widths = \[\d, \d, \d, \d\]\.", count.check(lambda widths: fails()).evidence)


@pytest.mark.parametrize("answer, argument", [
    (lambda edges, count: [0.5] * count, "edges"), ])
def test_slopes_that_ignore_the_edges(answer, argument):
    assert slopes.check(answer).title == f"The answer of your function does not depend on `{argument}`."


@pytest.mark.parametrize("answer, argument", [
    (lambda f, w, h: 3 * w * h, "f"), (lambda f, w, h: np.full(len(w), f(np.ones(len(w)))), "w"),
    (lambda f, w, h: (f(w + 0.25) - f(w)) * w, "h")])
def test_differences_that_ignore_an_argument(answer, argument):
    assert finite_differences.check(answer).title == (
        f"The answer of your function does not depend on `{argument}`.")


def test_a_changed_dictionary_or_list_is_noticed():
    def empties(operands, local, out):
        slope = walk_back.reference(operands, local, out)
        local.clear()
        return slope
    assert walk_back.check(empties).title.startswith("The numbers are right, but your function changes `local`")


# The checker is tested as tests are

EQUIVALENT = {
    "chain": ["return dL_db * db_da * da_dx  [dL_db * db_da -> dL_db / db_da]",
              "return dL_db * db_da * da_dx  [dL_db * db_da -> dL_db]"],
    "finite_differences": ["gradient = np.zeros(len(w))  [np.zeros -> np.ones]"],
    "backward_every_path": ["slope = dict.fromkeys(operands, 0.0)  [dict -> local]",
                            "slope = dict.fromkeys(operands, 0.0)  [dict -> operands]"],
}
OWN = (chain, fan_out, slopes, tanh_rule, product_rules, walk_back, count, forward, finite_differences)
SOURCES = [(exercise, exercise.name, exercise.source) for exercise in OWN if exercise is not walk_back] + [
    (walk_back, answer.__name__, inspect.getsource(answer)) for answer in RIGHT["walk_back"]
    if answer.__name__ in ("backward_depth_first", "backward_every_path", "backward_graphlib")]  # they always end


@pytest.mark.parametrize("exercise, name, source", SOURCES, ids=[name for _, name, _ in SOURCES])
def test_every_small_change_of_a_right_answer_is_caught(exercise, name, source):
    alive, count = survivors(exercise, source)
    assert alive == sorted(EQUIVALENT.get(name, [])) and count > 8
