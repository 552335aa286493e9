"""Gradients inside gradients: any mode inside any mode, through closures, to third order; and nothing left behind."""

import copy
import gc
import itertools
import threading

import numpy as np
import pytest

from gradlib.autodiff import Var, backward, compiled, hessian_vector_product, jvp, program, relu, value_and_grad

W = np.array([0.7, -1.3, 2.1])
# How to get f' of a function of one number, in every mode.
MODES = {
    "walk": lambda f: lambda x: value_and_grad(f)(x)[1],
    "program": lambda f: lambda x: compiled(f)(x)[1],
    "push": lambda f: lambda x: jvp(f, x, 1.0)[1],
}


def f(x):
    return np.sin(x) * x**3


def derivatives(x):
    """f' and its next two, by hand."""
    s, c = np.sin(x), np.cos(x)
    return (x**3 * c + 3 * x**2 * s, 6 * x**2 * c + (6 * x - x**3) * s,
            (18 * x - x**3) * c + (6 - 9 * x**2) * s)


@pytest.mark.parametrize("modes", [*itertools.product(MODES, MODES, MODES)], ids="-".join)
def test_any_mode_inside_any_mode(modes):
    first = MODES[modes[0]](f)
    second = MODES[modes[1]](first)
    third = MODES[modes[2]](second)
    assert (first(0.9), second(0.9), third(0.9)) == pytest.approx(derivatives(0.9), rel=1e-13)


@pytest.mark.parametrize("mode", MODES)
def test_second_derivatives_inside_and_outside(mode):
    derive = MODES[mode]
    third = derivatives(0.9)[2]
    assert derive(lambda x: hessian_vector_product(f, x, 1.0))(0.9) == pytest.approx(third, rel=1e-13)
    assert hessian_vector_product(derive(f), 0.9, 1.0) == pytest.approx(third, rel=1e-13)


@pytest.mark.parametrize("inner", MODES)
@pytest.mark.parametrize("outer", MODES)
def test_what_a_closure_brings_along_is_not_confused(outer, inner):
    """d/dx of x d/dy (x y) is 2x, and d/dx of x d/dy (x + y) is 1."""
    for start in (1.0, 2.0):
        assert MODES[outer](lambda x: x * MODES[inner](lambda y: x * y)(2.0))(start) == 2 * start
        assert MODES[outer](lambda x: x * MODES[inner](lambda y: x + y)(start))(start) == 1


def test_an_inner_gradient_that_is_only_looked_at_changes_nothing():
    def loss(w):
        value_and_grad(lambda x: (w * x).sum())(np.ones(3))
        return (w * w).sum()
    np.testing.assert_array_equal(value_and_grad(loss)(W)[1], 2 * W)


def test_a_step_size_is_learned_through_three_steps():
    X, y = np.arange(6.0).reshape(3, 2) / 3, np.array([1.0, -1, 0.5])
    inner = lambda w: ((X @ w - y) ** 2).mean()   # noqa: E731

    def after(step_size):
        w = np.zeros(2)
        for _ in range(3):
            w = w - step_size * value_and_grad(inner)(w)[1]
        return inner(w)
    expected = (after(0.1 + 1e-6) - after(0.1 - 1e-6)) / 2e-6
    for derive in (value_and_grad, compiled):
        assert derive(after)(0.1)[1] == pytest.approx(expected, rel=1e-7)


def test_a_penalty_on_the_gradient():
    """Of two layers, against differences."""
    X, V = np.arange(6.0).reshape(3, 2) / 3 - 0.8, np.array([0.3, -0.8])

    def loss(W, X):
        return (np.tanh(X @ W) @ V).sum()

    def penalised(W):
        return loss(W, X) + (value_and_grad(loss, 1)(W, X)[1] ** 2).sum()
    weights = np.array([[0.4, -0.2], [0.9, 0.5]])
    found = value_and_grad(penalised)(weights)[1]
    for place in np.ndindex(2, 2):
        nudge = np.zeros((2, 2))
        nudge[place] = 1e-6
        assert found[place] == pytest.approx((penalised(weights + nudge) - penalised(weights - nudge)) / 2e-6, rel=1e-7)


@pytest.mark.parametrize("outer", MODES)
@pytest.mark.parametrize("inner", MODES)
def test_a_slope_that_is_the_same_all_around_has_the_slope_zero(outer, inner):
    """Of a bend: the second derivative of relu, abs and max is zero on both sides, and the third of their squares."""
    for bent in (relu, abs, lambda x: np.maximum(x, 0.0), lambda x: np.where(x > 0, 3 * x, x)):
        assert MODES[outer](MODES[inner](bent))(0.9) == 0
        squared = lambda x, f=bent: f(x) ** 2   # noqa: E731
        assert MODES[outer](lambda x, f=squared: hessian_vector_product(f, x, 1.0))(0.9) == 0


def test_several_arguments_and_one_that_is_not_used():
    both = value_and_grad(lambda a, b, c: (a * b).sum(), (0, 1, 2))
    found = value_and_grad(lambda x: sum(slope.sum() for slope in both(x, x * x, W)[1]))(W)[1]
    np.testing.assert_allclose(found, 2 * W + 1)


def test_a_var_made_by_hand_goes_through():
    w = Var(W)
    value, slope = value_and_grad(lambda x: (w * x).sum())(np.ones(3))
    backward((slope * slope).sum() + value)
    np.testing.assert_allclose(w.grad, 2 * W + 1)


# ------------------------------------------------------------------------------- what is kept or taken out

def test_a_var_of_an_earlier_run_is_refused():
    kept = []
    loss = lambda w: kept.append(w) or (w * kept[0]).sum()   # noqa: E731
    np.testing.assert_array_equal(value_and_grad(loss)(W)[1], 2 * W)
    with pytest.raises(TypeError, match=r"earlier run.*w\.value"):
        value_and_grad(loss)(W)


def test_a_value_taken_out_is_a_constant_and_never_a_silent_zero():
    np.testing.assert_array_equal(value_and_grad(lambda w: (w * w.value).sum())(W)[1], W)
    for loss in (lambda w: (w.value**2).sum(), lambda w: float((w * 2).value @ W)):
        with pytest.raises(TypeError, match="taken out"):
            value_and_grad(loss)(W)
        with pytest.raises(TypeError, match="freeze"):
            compiled(loss)(W)
    seen = []   # to look at a value on the way is allowed, and an argument that is not used keeps its zeros
    value, (_, unused) = value_and_grad(lambda w, b: seen.append(w.value) or (w * w).sum(), (0, 1))(W, 1.0)
    assert unused == 0


def test_slopes_by_hand_inside_a_loss_are_plain_numbers_and_never_a_silent_zero():
    def penalty(w):
        backward((w * w).sum())
        return (w.grad**2).sum()
    with pytest.raises(TypeError, match="taken out"):
        value_and_grad(penalty)(W)
    with pytest.raises(TypeError, match="freeze"):
        compiled(penalty)(W)
    np.testing.assert_array_equal(value_and_grad(lambda w: penalty(w) + w.sum())(W)[1], np.ones(3))


def test_a_copy_of_a_var_is_the_var():
    for copied in (copy.copy, copy.deepcopy):
        np.testing.assert_array_equal(value_and_grad(lambda w, c=copied: (c(w) ** 2).sum())(W)[1], 2 * W)


def test_what_is_drawn_at_random_is_not_frozen_into_a_program():
    rng = np.random.default_rng(0)
    loss = lambda w: (w * rng.random(3)).sum()   # noqa: E731
    for derive in (lambda: compiled(loss)(W), lambda: program(loss, W)):
        with pytest.raises(TypeError, match="random"):
            derive()
    value_and_grad(loss)(W)


def test_an_array_from_outside_is_frozen_in_value_and_slope():
    C = np.ones(3)
    run = compiled(lambda w: (w * w * C).sum())
    before = run(W)
    C *= 10
    np.testing.assert_equal(run(W), before)


def test_threads_do_not_see_each_other():
    """One writes programs, which refuse a decision by value, while another decides by values."""
    trouble, stop = [], threading.Event()

    def decide():
        while not stop.is_set():
            try:
                value_and_grad(lambda w: w.sum() if w.sum() > 0 else -w.sum())(W)
            except Exception as error:
                trouble.append(error)

    other = threading.Thread(target=decide)
    other.start()
    for _ in range(30):
        compiled(lambda w: np.tanh(w * w).sum())(W)
    stop.set()
    other.join()
    assert trouble == []


def test_no_graph_is_kept_alive():
    gc.collect()
    gc.disable()
    try:
        loss = lambda w: (value_and_grad(lambda x: np.tanh(x * w).sum())(w)[1] ** 2).sum()   # noqa: E731
        before = None
        for _ in range(20):
            value_and_grad(loss)(W)
            hessian_vector_product(loss, W, W)
            jvp(loss, W, W)
            alive = sum(type(x) is Var for x in gc.get_objects())
            assert before is None or alive <= before
            before = alive
    finally:
        gc.enable()
