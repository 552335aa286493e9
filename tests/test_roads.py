"""Five roads to one gradient: they meet, an independent nudge agrees, and the counts are those of the roads."""

import numpy as np
import pytest

from gradlib import autodiff, numeric, roads

MODELS = roads.models()


@pytest.mark.parametrize("name", MODELS)
def test_five_roads_meet(name):
    found = roads.roads(MODELS[name])
    exact = found["formula"][0]
    for road, (gradient, _) in found.items():
        bound = 1e-5 if road == "finite differences" else 1e-12
        np.testing.assert_allclose(gradient, exact, rtol=bound, atol=bound * np.abs(exact).max(), err_msg=road)


@pytest.mark.parametrize("name", MODELS)
def test_formula_and_backprop_pass_the_check_along_random_directions(name):
    loss, formula, w = MODELS[name]
    backprop = autodiff.value_and_grad(loss)
    for seed in range(10):
        rng = np.random.default_rng(seed)
        point = rng.standard_normal(w.shape)
        assert numeric.check_gradient(loss, formula, point, rng=rng).agrees
        assert numeric.check_gradient(loss, lambda w: backprop(w)[1], point, rng=rng).agrees
        assert not numeric.check_gradient(loss, 1.001 * formula(point), point, rng=rng).agrees


@pytest.mark.parametrize("name", MODELS)
def test_only_the_roads_that_go_once_per_weight_grow_with_the_weights(name):
    small, large = (roads.models(d=d)[name] for d in (4, 40))
    growth = large.w.size / small.w.size
    for road in roads.roads(small):
        before, after = (roads.roads(model)[road][1] / autodiff.cost(model.loss, model.w).forward
                         for model in (small, large))
        once = road in ("formula", "reverse mode")
        assert after < 1.5 * before if once else after > 0.7 * growth * before, road
