"""Numbers in the prose of lesson 05 that no cell prints: each is counted here."""

import numpy as np
import pytest

from gradlib import autodiff, numeric, roads
from gradlib.explorers import lesson05


@pytest.fixture
def counts():
    return {name: autodiff.cost(model.loss, model.w) for name, model in roads.models().items()}


def test_reverse_mode_takes_about_two_losses_for_6_weights_and_for_35(counts):
    sizes = [model.w.size for model in roads.models().values()]
    assert sizes == [6, 6, 35] and all(1.8 < count.ratio < 2.2 for count in counts.values())


def test_forward_mode_by_whole_passes_and_with_the_values_kept(counts):
    passes = {name: 1 + count.nudge / count.forward for name, count in counts.items()}
    assert f"{passes['linear regression']:.2f} {passes['network']:.2f}" == "2.00 2.14"
    whole = [model.w.size * passes[name] for name, model in roads.models().items()]
    kept = [1 + model.w.size * (passes[name] - 1) for name, model in roads.models().items()]
    assert [f"{losses:.2f}" for losses in whole] == ["12.00", "12.35", "74.93"]
    assert [f"{losses:.2f}" for losses in kept] == ["7.00", "7.35", "40.93"]
    weights, cost = lesson05.counts(100, 10)
    assert 2 < cost["forward mode"] / cost["loss alone"] / weights < 3


class Counted(float):
    """A number that counts the multiplications in which it takes part."""

    multiplications = 0

    def __mul__(self, other):
        Counted.multiplications += 1
        return Counted(float(self) * other)


def from_scratch(own, onward):
    """The slope of each weight on a chain: its own local slope, times that of every layer that follows."""
    slopes = []
    for layer, slope in enumerate(own):
        for factor in onward[layer + 1:]:
            slope = slope * factor
        slopes.append(slope)
    return slopes


def with_one_product(own, onward):
    """The same slopes from the loss back, with a product that grows."""
    slopes, product = [own[-1]], onward[-1]
    for layer in reversed(range(len(own) - 1)):
        slopes.insert(0, product * own[layer])
        if layer:
            product = product * onward[layer]
    return slopes


@pytest.mark.parametrize("layers, counted", [(5, [10, 7]), (100, [4950, 197])])
def test_sharing_saves_on_a_chain(layers, counted):
    own, onward = ([Counted(slope) for slope in row] for row in np.random.default_rng(0).uniform(0.9, 1.1, (2, layers)))
    slopes, totals = [], []
    for road in (from_scratch, with_one_product):
        Counted.multiplications = 0
        slopes.append(road(own, onward))
        totals.append(Counted.multiplications)
    assert np.allclose(*slopes) and totals == counted


def test_the_complex_step_is_exact_on_a_square_and_off_by_h_squared_on_a_cube():
    h, w = 1e-3, 0.7
    assert numeric.complex_step(lambda w: w**2, w, h) == pytest.approx(2 * w, rel=1e-15)
    assert numeric.complex_step(lambda w: w**3, w, h) - 3 * w**2 == pytest.approx(-h**2)
    with pytest.raises(TypeError, match="abs"):   # abs does not know complex numbers
        numeric.complex_step(abs, w)


def test_the_best_nudges():
    """Rounding adds 1e-16/h, the bend h or h²: the sum is smallest near the h where both are equal."""
    h = 10 ** np.linspace(-12, -2, 1001)
    one_sided, central = 1e-16 / h + h, 1e-16 / h + h**2
    assert h[one_sided.argmin()] == pytest.approx(1e-8, rel=0.05) and 1e-16 / 1e-8 == pytest.approx(1e-8)
    assert 3e-6 < h[central.argmin()] < 6e-6 and f"{1e-16 ** (1 / 3):.0e}" == "5e-06"
    assert f"{1e-16 / 5e-6:.0e}" == "2e-11" and 1e-11 < central.min() < 1e-10


def test_paths_edges_and_weights_of_the_picture():
    paths, edges = autodiff.layered([100] * 10 + [1])
    assert (paths, edges) == (10**20, 90_100) and paths / edges > 1e15
    weights, cost = lesson05.counts(100, 10)
    assert weights == edges + 900 == 91_000
    assert f"{cost['reverse mode'] / cost['loss alone']:.1f}" == "2.9"
    assert cost["finite differences"] == 91_001 * cost["loss alone"]


def test_a_further_layer_adds_10_000_edges_and_multiplies_the_paths_by_100():
    (three, few), (four, more) = (autodiff.layered([100] * depth + [1]) for depth in (3, 4))
    assert (three, four // three, more - few) == (10**6, 100, 10_000)


def test_at_depth_1_reverse_mode_takes_two_losses():
    _, cost = lesson05.counts(100, 1)
    assert f"{cost['reverse mode'] / cost['loss alone']:.1f}" == "2.0"


def test_however_wide_reverse_mode_and_the_formula_by_hand_stay_near_three_losses_and_no_other_road_does():
    for width in (46, 100, 220, 460):
        weights, cost = lesson05.counts(width, 10)
        loss, reverse, *others = cost.values()
        assert 2.8 < lesson05.formula(width, 10) / loss <= reverse / loss < 3 < weights <= min(others) / loss


def test_the_operations_with_costly_slopes_take_5_losses():
    assert autodiff.cost(lambda x: (x**x).sum(), np.full(1000, 1.5)).ratio == pytest.approx(5, abs=0.01)


def test_two_squares_have_four_paths():
    x = autodiff.Var(1.5)
    a = x * x
    z = a * a
    autodiff.backward(z)
    assert autodiff.paths(z, x) == 4 and x.grad == pytest.approx(4 * 1.5**3)


def test_checkpointing_keeps_20_of_100_layers_for_one_more_forward_pass():
    computed, kept, most = 100, set(range(0, 100, 10)), 0   # the first pass keeps what begins each stretch
    for start in range(90, -1, -10):
        stretch = {("again", layer) for layer in range(start, start + 10)}
        computed += len(stretch)
        most = max(most, len(kept | stretch))
        kept.discard(start)
    assert (most, computed) == (20, 200)
    assert min(range(1, 101), key=lambda s: 100 / s + s) == 10
