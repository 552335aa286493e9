"""What the exercises of lesson 04 promise besides what every exercise does."""

import numpy as np

from gradlib import autodiff
from gradlib.autodiff import graph
from gradlib.exercises.lesson04 import product_rules, tanh_rule, walk_back
from gradlib.numeric import central_difference

from .conftest import SEEDS, inputs


def test_the_rules_agree_with_a_nudge():
    for g, z, x in inputs(tanh_rule):
        nudged = central_difference(lambda x: (g * np.tanh(x)).sum(), x)
        assert np.allclose(tanh_rule.reference(g, z, x), nudged)
    for g, x, y in inputs(product_rules):
        dx, dy = product_rules.reference(g, x, y)
        assert np.allclose(dx, central_difference(lambda x: (g * x.dot(y)).sum(), x))
        assert np.allclose(dy, central_difference(lambda y: (g * x.dot(y)).sum(), y))


def test_the_walk_agrees_with_gradlib_and_its_graphs_are_whole():
    for operands, local, out in inputs(walk_back):
        assert {operand for group in operands.values() for operand in group} == set(operands) - {out}
        assert set(local) == {(name, operand) for name in operands for operand in operands[name]}
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


def test_the_given_walk_is_right_where_every_node_is_used_once():
    for seed in SEEDS:
        diamond, tree, *others = walk_back.trials(np.random.default_rng(seed))
        assert walk_back.as_given(*tree) == walk_back.reference(*tree)
        assert all(walk_back.as_given(*args) != walk_back.reference(*args) for args in [diamond, *others])


def test_the_evidence_names_the_node_where_it_begins():
    evidence = walk_back.check(lambda *args: walk_back.as_given(*args)).evidence
    assert evidence.startswith("In the graph a(x), b(a), L(a, b), nudging `x` by 0.00001 changes `L` at a")
    assert evidence.endswith(" `a` is used by `b` and `L`.")


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


def test_a_changed_dictionary_is_noticed():
    def empties(operands, local, out):
        slope = walk_back.reference(operands, local, out)
        local.clear()
        return slope
    assert walk_back.check(empties).title.startswith("The numbers are right, but your function changes `local`")
