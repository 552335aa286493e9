"""Answers to the exercises of lesson 10, as learners write them."""

from functools import partial

import numpy as np

from gradlib.autodiff import jvp, value_and_grad
from gradlib.exercises.lesson10 import plotted

from . import odd, right, wrong, wrong_lines

# spsa --------------------------------------------------------------------------------------------------------


@right("spsa")
def spsa_two_names(loss, w, v, h):
    above = loss(w + h * v)
    below = loss(w - h * v)
    return (above - below) / (2 * h) * v


@right("spsa")
def spsa_as_in_the_paper(loss, theta, delta, c):
    y_plus, y_minus = loss(theta + c * delta), loss(theta - c * delta)
    return np.array([(y_plus - y_minus) / (2 * c * delta_i) for delta_i in delta])


@right("spsa")
def spsa_divided(loss, w, v, h):
    nudge = h * v
    return (loss(w + nudge) - loss(w - nudge)) / (2 * nudge)


@right("spsa")
def spsa_loops(loss, w, v, h):
    up, down = list(w), list(w)
    for i in range(len(w)):
        up[i] += h * v[i]
        down[i] -= h * v[i]
    slope = (loss(np.array(up)) - loss(np.array(down))) / h / 2
    return [slope * v_i for v_i in v]


@right("spsa")
def spsa_moved_and_moved_back(loss, w, v, h):
    w = w.copy()
    w += h * v
    up = loss(w)
    w -= 2 * h * v
    down = loss(w)
    return v * (up - down) / (2 * h)


@right("spsa")
def spsa_line(loss, w, v, h):
    along = partial(lambda t: loss(w + t * v))
    return np.array((along(h) - along(-h)) * 0.5 / h * v).reshape(-1, 1)


class Spsa:
    """A function by another road: an object that can be called."""

    __name__ = "spsa_object"

    def __call__(self, loss, w, v, h):
        self.values = [loss(w + sign * h * v) for sign in (1, -1)]
        return -np.diff(self.values)[0] / (2 * h) * np.sign(v)


right("spsa")(Spsa())


@odd("spsa")
def _(loss, w, v, h):
    slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)
    return np.sign(slope) * np.log1p(abs(slope)) * v


@wrong("spsa", "random")
def _(loss, w, v, h):
    v = np.random.default_rng().choice([-1, 1], len(w))
    return (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v


@wrong("spsa", "ignores_argument")
def _(loss, w, v, h):
    v = np.random.default_rng(1).choice([-1, 1], len(w))
    return (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v


@wrong("spsa", "v_not_in_the_nudge")
def _(loss, w, v, h):
    gradient = (loss(w + h) - loss(w - h)) / (2 * h)
    return gradient * v


@wrong("spsa", "weight_by_weight")
def _(loss, w, v, h):
    gradient = np.zeros(len(w))
    for i in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[i] = h * v[i]
        gradient[i] = (loss(w + nudge) - loss(w - nudge)) / (2 * h) * v[i]
    return gradient


wrong_lines("spsa", """
one_sided
    nudged = w + h * v
    slope = (loss(nudged) - loss(w)) / h
one_sided
    def spsa(loss, w, v, h):
        return [(loss(w) - loss(w - v * h)) / h * each for each in v]
one_sided_and_half
    def spsa(loss, w, v, h):
        base = loss(w)
        return (loss(w + v * h) - base) / (2 * h) * v
sign_flipped  slope = (loss(w - h * v) - loss(w + h * v)) / (2 * h)
divided_by_one_nudge
    plus, minus = loss(w + h * v), loss(w - h * v)
    slope = (plus - minus) / h
forgot_h  slope = loss(w + h * v) - loss(w - h * v)
forgot_h  slope = (loss(w + v * h) - loss(w - v * h)) / 2
missing_brackets  slope = (loss(w + h * v) - loss(w - h * v)) / 2 * h
divided_twice  slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h ** 2)
times_h  slope = (loss(w + h * v) - loss(w - h * v)) * h
factor_half  slope = (loss(w + h * v) - loss(w - h * v)) / (4 * h)
slope_alone
    def spsa(loss, w, v, h):
        return (loss(w + h * v) - loss(w - h * v)) / (2 * h)
v_twice  slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h * v)
v_twice  slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v
v_twice
    def spsa(loss, w, v, h):
        slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)
        return np.full(len(w), slope)
length_of_v
    def spsa(loss, w, v, h):
        direction = v / np.linalg.norm(v)
        slope = (loss(w + h * direction) - loss(w - h * direction)) / (2 * h)
        return slope * direction
length_of_v  slope = (loss(w + h * v) - loss(w - h * v)) / np.linalg.norm(2 * h * v)
length_of_v
    unit = v / np.sqrt(len(v))
    slope = (loss(w + h * unit) - loss(w - h * unit)) / (2 * h)
slope_elsewhere
    def spsa(loss, w, v, h):
        slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)
        return slope * w
took_a_step
    def spsa(loss, w, v, h):
        slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)
        w = w - slope * v
        return w
sign_lost  slope = abs(loss(w + h * v) - loss(w - h * v)) / (2 * h)
steepness_lost  slope = np.sign(loss(w + h * v) - loss(w - h * v))
nudged_too_far  slope = (loss(w + v) - loss(w - v)) / (2 * h)
nudged_too_far  slope = (loss(w + v) - loss(w - v)) / 2
away_from_w  slope = (loss(v * h) - loss(-v * h)) / (2 * h)
relative_nudge  slope = (loss(w + w * h * v) - loss(w - w * h * v)) / (2 * h)
no_difference_left  slope = (loss(w + h * v) - loss(w + h * v)) / (2 * h)
values_added  slope = (loss(w + h * v) + loss(w - h * v)) / (2 * h)
one_value  slope = loss(w + h * v) / h
one_value
    def spsa(loss, w, v, h):
        slope = loss(w + h * v)
        return v * slope
nudge_outside  slope = (loss(w) + h * v - (loss(w) - h * v)) / (2 * h)
weight_by_weight
    def spsa(loss, w, v, h):
        slopes = []
        for i in range(len(w)):
            up, down = w.copy(), w.copy()
            up[i] += h
            down[i] -= h
            slopes.append((loss(up) - loss(down)) / (2 * h))
        return np.array(slopes)
mutates_input
    def spsa(loss, w, v, h):
        w += h * v
        up = loss(w)
        w -= 2 * h * v
        down = loss(w)
        return (up - down) / (2 * h) * v
returned_none
    def spsa(loss, w, v, h):
        guess = (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v
raises  slope = loss(w + h * v, v) - loss(w - h * v)
not_attempted  slope = ...
""")


# forward_gradient --------------------------------------------------------------------------------------------

@right("forward_gradient")
def forward_gradient_one_line(X, y, w, v):
    return (X @ w - y) @ (X @ v) / len(y) * v


@right("forward_gradient")
def forward_gradient_through_the_gradient(X, y, w, v):
    gradient = X.T.dot(X.dot(w) - y) / len(y)
    return gradient.dot(v) * v


@right("forward_gradient")
def forward_gradient_loops(X, y, w, v):
    total = 0.0
    for row, target in zip(X, y):
        error, nudge = -target, 0.0
        for x_j, w_j, v_j in zip(row, w, v):
            error += x_j * w_j
            nudge += x_j * v_j
        total += error * nudge
    return [total / len(y) * v_j for v_j in v]


class Dual:
    """A value and its nudge."""

    def __init__(self, value, nudge):
        self.value, self.nudge = value, nudge

    def __rmatmul__(self, X):
        return Dual(X @ self.value, X @ self.nudge)

    __array_ufunc__ = None

    def __sub__(self, y):
        return Dual(self.value - y, self.nudge)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.value * other.nudge + self.nudge * other.value)


@right("forward_gradient")
def forward_gradient_duals(X, y, w, v):
    error = X @ Dual(w, v) - y
    square = error * error
    return square.nudge.mean() / 2 * v


@right("forward_gradient")
def forward_gradient_both_sides(X, y, w, v):
    up, down = (np.mean((X @ (w + s * v) - y) ** 2) / 2 for s in (1, -1))
    return np.array((up - down) / 2 * v)


@right("forward_gradient")
def forward_gradient_complex(X, y, w, v):
    loss = ((X @ (w + 1e-30j * v) - y) ** 2).mean() / 2
    return loss.imag / 1e-30 * v


@right("forward_gradient")
def forward_gradient_gradlib(X, y, w, v):
    _, slope = jvp(lambda w: ((X @ w - y) ** 2).mean() / 2, w, v)
    return float(slope) * v


@right("forward_gradient")
def forward_gradient_column(X, y, w, v):
    y, w, v = y.reshape(-1, 1), w.reshape(-1, 1), v.reshape(-1, 1)
    return ((X @ w - y).T @ (X @ v)) / len(X) * v


class Guess:
    """A function by another road: an object that can be called."""

    __name__ = "forward_gradient_object"

    def __call__(self, X, y, w, v):
        along = X.dot(v)
        return (np.einsum("i,ij,j->", along, X, w) - along.dot(y)) / y.size * v


right("forward_gradient")(Guess())


@odd("forward_gradient")
def _(X, y, w, v):
    return np.mean(np.tanh(X @ w - y) * (X @ v)) * v


@wrong("forward_gradient", "whole_gradient")
def _(X, y, w, v):
    return value_and_grad(lambda w: ((X @ w - y) ** 2).mean() / 2)(w)[1]


wrong_lines("forward_gradient", """
slope_alone  return float(slope)
v_twice  slope = np.mean(error * nudge) * v
v_twice
    def forward_gradient(X, y, w, v):
        guess = 0
        for i in range(len(y)):
            guess = guess + (X[i] @ w - y[i]) * (X[i] @ v) * v / len(y)
        return guess * v
divided_by_v
    def forward_gradient(X, y, w, v):
        e = X @ w - y
        return np.dot(e, X @ v) / (len(y) * v)
length_of_v
    def forward_gradient(X, y, w, v):
        v = v / np.linalg.norm(v)
        return np.mean((X @ w - y) * (X @ v)) * v
length_of_v
    def forward_gradient(X, y, w, v):
        u = v / np.sqrt(np.sum(v ** 2))
        return np.mean((X @ w - y) * (X @ u)) * v
slope_elsewhere  return slope * w
took_a_step
    def forward_gradient(X, y, w, v):
        slope = (X @ w - y) @ (X @ v) / len(y)
        return w - slope * v
sign_lost  slope = np.mean(abs(error * nudge))
sign_lost  return np.abs(slope) * v
steepness_lost  return np.sign(slope) * v
sign_flipped  error = y - X @ w
forgot_mean  slope = error @ nudge
forgot_mean  slope = sum(e * u for e, u in zip(error, nudge))
factor_two  slope = np.mean(2 * error * nudge)
factor_half  slope = np.mean(error * nudge) / 2
still_squared  slope = np.mean(error ** 2 * nudge)
prediction_not_error
    def forward_gradient(X, y, w, v):
        return np.mean((X @ w) * (X @ v)) * v
target_not_error  slope = np.mean(y * nudge)
added_target  error = X @ w + y
whole_gradient
    def forward_gradient(X, y, w, v):
        n = len(X)
        return (X @ w - y) @ X / n
each_with_its_own
    def forward_gradient(X, y, w, v):
        gradient = X.T @ (X @ w - y) / len(y)
        return gradient * v
each_with_its_own
    def forward_gradient(X, y, w, v):
        nudge = X * v
        slope = np.mean((X @ w - y)[:, None] * nudge, axis=0)
        return slope * v
product_of_means  slope = error.mean() * nudge.mean()
error_missing  return np.mean(X @ v) * v
error_missing  slope = np.mean(nudge * nudge)
nudge_missing  slope = error.mean()
nudge_missing
    def forward_gradient(X, y, w, v):
        loss = np.mean((X @ w - y) ** 2) / 2
        return loss * v
target_moves  nudge = X.dot(v) - y
value_for_nudge
    prediction = X @ w
    nudge = prediction
value_for_nudge
    def forward_gradient(X, y, w, v):
        moved = X @ (w + v)
        return np.mean((X @ w - y) * moved) * v
after_the_nudge
    def forward_gradient(X, y, w, v):
        w = w + v
        return np.mean((X @ w - y) * (X @ v)) * v
one_long_step
    def forward_gradient(X, y, w, v):
        def loss(w):
            return np.mean((X @ w - y) ** 2) / 2
        return (loss(w + v) - loss(w)) * v
not_averaged
    def forward_gradient(X, y, w, v):
        e, u = X @ w - y, X @ v
        return np.array([e[i] * u[i] * v for i in range(len(y))])
wrong_axis
    table = np.outer(error * nudge, v)
    return table.mean(axis=1)
averaged_over_weights  return np.outer(error * nudge, v).mean()
divided_by_d  slope = np.dot(error, nudge) / X.shape[1]
nudges_handed_back  return X.dot(v)
mutates_input
    def forward_gradient(X, y, w, v):
        y -= X @ w
        v *= np.mean(-y * (X @ v))
        return v
ignores_argument
    def forward_gradient(X, y, w, v):
        v = np.arange(1, len(w) + 1)
        return np.mean((X @ w - y) * (X @ v)) * v
not_attempted  return ...
""")


# witnesses ---------------------------------------------------------------------------------------------------

witnesses_other_steps = right("witnesses")(lambda: (250, 21, None))


@right("witnesses")
def witnesses_list():
    return [60, 140, None]


@right("witnesses")
def witnesses_named():
    return {"third": None, "first": 150, "second": 100}


@right("witnesses")
def witnesses_whole_floats():
    return 120.0, np.float64(30), None


@right("witnesses")
def witnesses_array():
    return np.array([50, 45, None])


@right("witnesses")
def witnesses_computed():
    losses, layer, _ = plotted().T
    falls, grows = losses[1:] < losses[:-1], layer[1:] > layer[:-1]
    first, second = np.argmax((layer[:-1] > 90) & falls), np.argmax(grows)
    return first, second, None


@wrong("witnesses", "first_within@first+second_shrinks@second")
def _():
    return 10, np.int64(200), None


wrong_lines("witnesses", """
first_believed  first = None
first_within  first = 15
first_within
    def witnesses():
        return np.array([30, 80, None])
second_believed
    def witnesses():
        return 100, None, None
second_shrinks  second = 250
second_shrinks
    def witnesses():
        return [100, 10, None]
third_agrees  third = 299
third_agrees
    def witnesses():
        return dict(first=80, second=60, third=150)
not_numbers  first = 300
not_numbers  first = "100"
not_numbers  first = True
not_numbers  return first, second
not_numbers  return 100
returned_none
    def witnesses():
        first, second, third = 100, 50, None
not_attempted  first, second, third = ..., ..., ...
""")
