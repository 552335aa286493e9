"""What the exercises of lesson 03 promise besides what every exercise does."""

import re

import numpy as np

from gradlib.exercises.lesson03 import chain, fan_out, slopes
from gradlib.numeric import central_difference

from .conftest import inputs


def test_the_solutions_agree_with_a_nudge():
    for x, in inputs(chain):
        assert np.isclose(chain.reference(x), central_difference(lambda x: (3 * x + 2) ** 2, x))
    for x, y in inputs(fan_out):
        nudged = central_difference(lambda v: v[0] * v[1] * v[0] + v[0] * v[1], np.array([x, y]))
        assert np.allclose(fan_out.reference(x, y), nudged)


def test_edges_are_in_order_and_the_given_function_is_right_where_every_node_is_used_once():
    kinds = set()
    for edges, nodes in inputs(slopes):
        results, operands = [result for result, _, _ in edges], [operand for _, operand, _ in edges]
        assert results == sorted(results, reverse=True) and type(edges) is list
        assert all(operand < result for result, operand, _ in edges) and set(operands) == set(range(nodes - 1))
        once = len(edges) == len(set(operands))
        assert np.allclose(slopes.as_given(edges, nodes), slopes.reference(edges, nodes)) == once
        kinds.add(once)
    assert kinds == {True, False}


def test_the_evidence_names_the_node_where_it_begins():
    result = slopes.check(lambda *args: slopes.as_given(*args))
    assert re.search(r"Nudging node 1 .* Node 1 is used by 3 and 2\.$", result.evidence)
