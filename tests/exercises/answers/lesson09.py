"""Answers to the exercises of lesson 09, as learners write them."""

import math

import numpy as np

from gradlib.descent import Momentum

from . import odd, right, wrong, wrong_lines

# momentum_step -----------------------------------------------------------------------------------------------

@right("momentum_step")
def momentum_step_other_names(w, g, v, step_size, beta):
    velocity = g + v * beta
    return w - velocity * step_size, velocity


@right("momentum_step")
def momentum_step_as_steps(w, g, v, step_size, beta):
    u = -step_size * v
    u = beta * u - step_size * g
    return w + u, -u / step_size


@right("momentum_step")
def momentum_step_loops(w, g, v, step_size, beta):
    new_w, new_v = [], []
    for i in range(len(w)):
        new_v.append(beta * v[i] + g[i])
        new_w.append(w[i] - step_size * new_v[i])
    return new_w, new_v


@right("momentum_step")
def momentum_step_mean(w, g, v, step_size, beta):
    m = (1 - beta) * v
    m = beta * m + (1 - beta) * g
    return {"v": m / (1 - beta), "w": w - step_size / (1 - beta) * m}


@right("momentum_step")
def momentum_step_loss_of_speed(w, g, v, step_size, beta):
    friction = 1 - beta
    v = v + (g - friction * v)
    w = w - step_size * v
    return w, v


@right("momentum_step")
def momentum_step_matrix(w, g, v, step_size, beta):
    A = np.array([[1, -step_size * beta, -step_size], [0, beta, 1]])
    return tuple(A @ np.array([w, v, g]))


@right("momentum_step")
def momentum_step_gradlib(w, g, v, step_size, beta):
    rule = Momentum(step_size, beta)
    rule.v = v
    return rule.step(w, g), rule.v


@right("momentum_step")
def momentum_step_one_array(w: np.ndarray, g: np.ndarray, v: np.ndarray, step_size: float, beta: float) -> np.ndarray:
    v = np.fromiter((beta * old + new for old, new in zip(v, g)), float)
    return np.array([w - step_size * v, v])


momentum_step_float32 = right("momentum_step")(lambda w, g, v, step_size, beta: (
    np.float32(w - step_size * (beta * v + g)), np.float32(beta * v + g)))


@odd("momentum_step")
def _(w, g, v, step_size, beta):
    v = beta * v + np.tanh(g)
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "raises")
def _(w, g, v, step_size, beta):
    v = beta * v + gradient  # noqa: F821
    w = w - step_size * v
    return w, v


wrong_lines("momentum_step", """
moving_average  v = beta * v + (1 - beta) * g
near  v = beta * v + g + 0.01 * w
step_size_inside_uphill
    v = beta * v + step_size * g
    w = w + v
past_without_step_size
    def momentum_step(w, g, v, step_size, beta):
        w = w - step_size * g - beta * v
        v = beta * v + g
        return w, v
slope_not_itself  v = beta * v + g * g
past_squared  v = (beta * v) ** 2 + g
past_squared
    v *= 1
    v = v * beta * v + g
past_uphill
    def momentum_step(w, g, v, step_size, beta):
        v = beta * v + step_size * g
        return w - step_size * g + beta * v, v
moving_average
    def momentum_step(w, g, v, step_size, beta):
        new_v = v + (1 - beta) * (g - v)
        return w - step_size * new_v, new_v
uphill+moving_average
    v = beta * v + (1 - beta) * g
    w = w + step_size * v
subtracted  v = beta * v - g
uphill
    def momentum_step(w, g, v, step_size, beta):
        v = beta * v + g
        return w + step_size * v, v
step_size_inside
    v = beta * v - step_size * g
    w = w + v
step_size_inside  v = beta * v + step_size * g
step_size_inside
    def momentum_step(w, g, v, step_size, beta):
        step = beta * v + step_size * g
        return w - step, step
old_v
    def momentum_step(w, g, v, step_size, beta):
        w = w - step_size * v
        v = beta * v + g
        return w, v
nothing_stays  v = g
nothing_stays
    def momentum_step(w, g, v, step_size, beta):
        v = np.zeros_like(w)
        v = beta * v + g
        w = w - step_size * v
        return w, v
no_slope  v = beta * v
nothing_fades  v = v + g
beta_on_the_slope  v = v + beta * g
beta_on_both  v = beta * (v + g)
shares_exchanged  v = (1 - beta) * v + beta * g
faded_once_more
    def momentum_step(w, g, v, step_size, beta):
        v = v * beta + g
        return w - beta * step_size * v, v
looked_ahead  w = w - step_size * (beta * v + g)
plain_step  w = w - step_size * g
slope_twice  w = w - step_size * g - step_size * v
weights_remembered  v = beta * w + g
multiplied  v = beta * g * v
another_order
    def momentum_step(w, g, v, step_size, beta):
        v = beta * v + g
        return v, w - step_size * v
weights_alone
    def momentum_step(w, g, v, step_size, beta):
        return w - step_size * (beta * v + g)
memory_lost
    def momentum_step(w, g, v, step_size, beta):
        new_v = beta * v + g
        w = w - step_size * new_v
        return w, v
not_moved
    def momentum_step(w, g, v, step_size, beta):
        v = beta * v + g
        new_w = w - step_size * v  # noqa: F841
        return w, v
returned_step  return -step_size * v, v
no_step_size  w = w - v
ignores_argument  v = 0.9 * v + g
mutates_input
    def momentum_step(w, g, v, step_size, beta):
        v *= beta
        v += g
        w = w - step_size * v
        return w, v
not_attempted  v = ...
""")


# adam_step ---------------------------------------------------------------------------------------------------

@right("adam_step")
def adam_step_as_in_the_paper(theta, g, m, v, t, alpha):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    theta = theta - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
    return theta, m, v


@right("adam_step")
def adam_step_one_correction(w, g, m, v, t, step_size):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g ** 2
    step_size = step_size * math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
    return w - step_size * m / (np.sqrt(v) + 1e-8), m, v


@right("adam_step")
def adam_step_like_torch(w, g, m, v, t, step_size):
    m = m + (g - m) * (1 - 0.9)
    v = v * 0.999 + (1 - 0.999) * np.square(g)
    bias1, bias2 = 1 - 0.9 ** t, 1 - 0.999 ** t
    below = np.sqrt(v) / bias2 ** 0.5 + 1e-8
    return {"m": m, "v": v, "w": w - step_size / bias1 * m / below}


@right("adam_step")
def adam_step_loops(w, g, m, v, t, step_size):
    new_w, new_m, new_v = list(w), list(m), list(v)
    for i in range(len(w)):
        new_m[i] = 0.9 * m[i] + 0.1 * g[i]
        new_v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2
        new_w[i] -= step_size * (new_m[i] / (1 - 0.9 ** t)) / (math.sqrt(new_v[i] / (1 - 0.999 ** t)) + 1e-8)
    return new_w, new_m, new_v


@right("adam_step")
def adam_step_weights_of_the_mean(w, g, m, v, t, step_size):
    share1, share2 = sum(0.1 * 0.9 ** k for k in range(t)), sum(0.001 * 0.999 ** k for k in range(t))
    m, v = m * 0.9 + g * 0.1, v * 0.999 + g * g * 0.001
    return [w - step_size * (m / share1) / ((v / share2) ** 0.5 + 1e-8), m, v]


@right("adam_step")
def adam_step_zero_spared(w, g, m, v, t, step_size):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
    root = np.sqrt(v / (1 - 0.999 ** t))
    moves = np.zeros(len(w))
    moves[root > 0] = (m / (1 - 0.9 ** t))[root > 0] / root[root > 0]
    return w - step_size * moves, m, v


@right("adam_step")
def adam_step_larger_epsilon(w, g, m, v, t, step_size):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
    return w - step_size * m / (1 - 0.9 ** t) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-7), m, v


@right("adam_step")
def adam_step_larger_of_the_two(w, g, m, v, t, step_size):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
    root = np.fromiter((max(math.sqrt(each / (1 - 0.999 ** t)), 1e-8) for each in v), float)
    return np.array([w - step_size * m / (1 - 0.9 ** t) / root, m, v])


@odd("adam_step")
def _(w, g, m, v, t, step_size):
    m, v = 0.9 * m + 0.1 * g, np.maximum(0.999 * v, abs(g))
    return w - step_size * m / (1 - 0.9 ** t) / (v + 1e-8), m, v


@wrong("adam_step", "near")
def _(w, g, m, v, t, step_size):
    new_w, m, v = adam_step_as_in_the_paper(w, g, m, v, t, step_size)
    return new_w - 0.01 * step_size * w, m, v


@wrong("adam_step", "weights_alone")
def _(w, g, m, v, t, step_size):
    return adam_step_as_in_the_paper(w, g, m, v, t, step_size)[0]


@wrong("adam_step", "another_order")
def _(w, g, m, v, t, step_size):
    new_w, new_m, new_v = adam_step_as_in_the_paper(w, g, m, v, t, step_size)
    return new_m, new_v, new_w


@wrong("adam_step", "memory_lost")
def _(w, g, m, v, t, step_size):
    new_w, new_m, new_v = adam_step_as_in_the_paper(w, g, m, v, t, step_size)
    return new_w, m, v


@wrong("adam_step", "raises")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    return w - step_size * m_hat / (sqrt(v_hat) + epsilon), m, v  # noqa: F821


wrong_lines("adam_step", """
no_correction  w = w - step_size * m / (np.sqrt(v) + epsilon)
uphill+no_correction  w = w + step_size * m / (np.sqrt(v) + epsilon)
epsilon_subtracted  w = w - step_size * mean / (np.sqrt(mean_square) - epsilon)
squared_for_root  w = w - step_size * mean / (np.square(mean_square) + epsilon)
wrong_number_to_the_power
    mean = m / (1 - beta1) ** t
    mean_square = v / (1 - beta2) ** t
kept_largest  v = np.maximum(v, beta2 * v + (1 - beta2) * g ** 2)
root_twice  w = w - step_size * mean / (mean_square ** 0.25 + epsilon)
shrinking_steps
    step_size = step_size / np.sqrt(t)
    w = w - step_size * mean / (np.sqrt(mean_square) + epsilon)
other_betas  beta1, beta2, epsilon = 0.9, 0.99, 1e-8
without_t
    def adam_step(w, g, m, v, t, step_size):
        m, v = (0.9 * m + 0.1 * g) / (1 - 0.9), (0.999 * v + 0.001 * g ** 2) / (1 - 0.999)
        return w - step_size * m / (np.sqrt(v) + 1e-8), m, v
times_for_power
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        m_hat = m / (1 - beta1 * t)
        v_hat = v / (1 - beta2 * t)
        return w - step_size * m_hat / (np.sqrt(v_hat) + epsilon), m, v
without_t
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1)) / (np.sqrt(v / (1 - beta2)) + epsilon), m, v
t_from_zero
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        t = t - 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
one_step_ahead
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        t += 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
power_not_share
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / beta1 ** t) / (np.sqrt(v / beta2 ** t) + epsilon), m, v
multiplied_by_correction
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m * (1 - beta1 ** t)) / (np.sqrt(v * (1 - beta2 ** t)) + epsilon), m, v
corrected_twice
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        m = m / (1 - beta1 ** t)
        v = v / (1 - beta2 ** t)
        w = w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon)
        return w, m, v
correction_stored
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        m = m / (1 - beta1 ** t)
        v = v / (1 - beta2 ** t)
        w = w - step_size * m / (np.sqrt(v) + epsilon)
        return w, m, v
correction_stored@v
    m_hat = m / (1 - beta1 ** t)
    v = (beta2 * v + (1 - beta2) * g ** 2) / (1 - beta2 ** t)
    w = w - step_size * m_hat / (np.sqrt(v) + epsilon)
only_m_corrected
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        m_hat = m / (1 - beta1 ** t)
        return w - step_size * m_hat / (np.sqrt(v) + epsilon), m, v
only_v_corrected
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        v_hat = v / (1 - beta2 ** t)
        return w - step_size * m / (np.sqrt(v_hat) + epsilon), m, v
correction_outside
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        root = np.sqrt(v)
        return w - step_size * (m / (1 - beta1 ** t)) / (root / (1 - beta2 ** t) + epsilon), m, v
betas_exchanged
    def adam_step(w, g, m, v, t, step_size):
        beta2, beta1, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
betas_exchanged
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta2 ** t)) / (np.sqrt(v / (1 - beta1 ** t)) + epsilon), m, v
one_beta
    def adam_step(w, g, m, v, t, step_size):
        beta, epsilon = 0.9, 1e-8
        m = beta * m + (1 - beta) * g
        v = beta * v + (1 - beta) * g ** 2
        return w - step_size * (m / (1 - beta ** t)) / (np.sqrt(v / (1 - beta ** t)) + epsilon), m, v
not_a_mean
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + g
        v = beta2 * v + g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
not_a_mean
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
shares_exchanged
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = (1 - beta1) * m + beta1 * g
        v = (1 - beta2) * v + beta2 * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
not_squared
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * np.abs(g)
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
square_of_mean
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * m ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
one_for_all
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * (g @ g)
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
root_missing
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (v / (1 - beta2 ** t) + epsilon), m, v
epsilon_inside
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / np.sqrt(v / (1 - beta2 ** t) + epsilon), m, v
no_epsilon
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / np.sqrt(v / (1 - beta2 ** t)) + epsilon, m, v
multiplied_by_root
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) * (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
only_momentum
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2 = 0.9, 0.999
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * m / (1 - beta1 ** t), m, v
only_the_slope
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * g / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
uphill
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w + step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
no_step_size
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
old_means
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        w = w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w, m, v
nothing_stays
    def adam_step(w, g, m, v, t, step_size):
        m, v = np.zeros_like(w), np.zeros_like(w)
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
not_attempted
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2 = 0.9, 0.999
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        return ...
mutates_input
    def adam_step(w, g, m, v, t, step_size):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m *= beta1
        m += (1 - beta1) * g
        v *= beta2
        v += (1 - beta2) * g ** 2
        return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v
""")


# rmsprop_step ------------------------------------------------------------------------------------------------

@right("rmsprop_step")
def rmsprop_step_power(w, g, s, step_size):
    s = 0.99 * s + 0.01 * g ** 2
    return w - step_size * g / (s ** 0.5 + 1e-8), s


@right("rmsprop_step")
def rmsprop_step_step_of_each(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = s + (1 - decay) * (g * g - s)
    own_step = step_size / (epsilon + np.sqrt(s))
    return w - own_step * g, s


@right("rmsprop_step")
def rmsprop_step_loops(w, g, s, step_size):
    new_w, new_s = [], []
    for wi, gi, si in zip(w, g, s):
        si = 0.99 * si + (1 - 0.99) * gi ** 2
        new_s.append(si)
        new_w.append(wi - step_size * gi / (math.sqrt(si) + 1e-8))
    return new_w, new_s


@right("rmsprop_step")
def rmsprop_step_hypot(w, g, s, step_size):
    root = np.hypot(np.sqrt(0.99 * s), np.sqrt(0.01) * g)
    return [w - step_size * g / (root + 1e-8), root ** 2]


@right("rmsprop_step")
def rmsprop_step_copy(w, g, s, step_size):
    s = s.copy()
    s *= 0.99
    s += 0.01 * np.square(g)
    w = w.copy()
    w -= np.divide(step_size * g, np.sqrt(s) + 1e-8)
    return {"w": w, "s": s}


@right("rmsprop_step")
def rmsprop_step_sign_and_size(w, g, s, step_size):
    s = 0.99 * s + 0.01 * abs(g) ** 2
    return w - step_size * np.sign(g) * (abs(g) / (np.sqrt(s) + 1e-8)), s


@odd("rmsprop_step")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (np.cbrt(s) + epsilon)
    return w, s


@right("rmsprop_step")
def rmsprop_step_larger_epsilon(w, g, s, step_size):
    s = 0.99 * s + 0.01 * g ** 2
    return np.stack([w - step_size * g / (np.sqrt(s) + 1e-7), s])


@right("rmsprop_step")
def rmsprop_step_larger_of_the_two(w, g, s, step_size):
    s = np.fromiter((0.99 * old + 0.01 * new ** 2 for old, new in zip(s, g)), float)
    return w - step_size * g / np.maximum(np.sqrt(s), 1e-8), s


wrong_lines("rmsprop_step", """
as_given  w = w - step_size * g / (s + epsilon)
given_division
    s = decay * s + (1 - decay) * g * g
    w = w - step_size * g / (s + epsilon)
given_division
    decay = 0.99
    w = w - step_size / s * g
not_squared
    s = decay * s + (1 - decay) * g
    w = w - step_size * g / (s + epsilon)
own_size  w = w - step_size * np.sign(g)
other_decay
    decay, epsilon = 0.9, 1e-8
    w = w - step_size * g / (np.sqrt(s) + epsilon)
squared_for_root  w = w - step_size * g / (s * s + epsilon)
epsilon_subtracted  w = w - step_size * g / (np.sqrt(s) - epsilon)
mean_of_lengths  s = decay * s + (1 - decay) * np.abs(g)
mean_of_lengths
    s = decay * s + (1 - decay) * np.abs(g)
    w = w - step_size * g / (s + epsilon)
square_of_mean
    def rmsprop_step(w, g, s, step_size):
        decay, epsilon = 0.99, 1e-8
        s = decay * s + (1 - decay) * g
        s = s ** 2
        w = w - step_size * g / (np.sqrt(s) + epsilon)
        return w, s
slope_squared  w = w - step_size * g ** 2 / (s + epsilon)
slope_squared  w = w - step_size * np.sqrt(g ** 2) / (np.sqrt(s) + epsilon)
root_of_slope  w = w - step_size * np.sqrt(g / (s + epsilon))
root_stored
    s = np.sqrt(decay * s + (1 - decay) * g ** 2)
    w = w - step_size * g / (s + epsilon)
root_twice  s = np.sqrt(decay * s + (1 - decay) * g ** 2)
old_s
    def rmsprop_step(w, g, s, step_size):
        decay, epsilon = 0.99, 1e-8
        w = w - step_size * g / (np.sqrt(s) + epsilon)
        s = decay * s + (1 - decay) * g ** 2
        return w, s
epsilon_inside  w = w - step_size * g / (s + epsilon) ** 0.5
no_epsilon  w = w - step_size * g / np.sqrt(s) + epsilon
multiplied
    decay = 0.99
    w = w - step_size * g * np.sqrt(s)
division_gone
    decay = 0.99
    w = w - step_size * g
slope_gone  w = w - step_size / (np.sqrt(s) + epsilon)
not_a_mean
    s = s + g ** 2
    w = w - step_size * g / (np.sqrt(s) + 1e-8)
not_a_mean  s = decay * s + g ** 2
shares_exchanged  s = (1 - decay) * s + decay * g ** 2
one_for_all  w = w - step_size * g / (np.sqrt(s.mean()) + epsilon)
one_for_all  s = decay * s + (1 - decay) * g @ g
uphill  w = w + step_size * g / (np.sqrt(s) + epsilon)
another_order  return s, w
memory_lost
    def rmsprop_step(w, g, s, step_size):
        decay, epsilon = 0.99, 1e-8
        new_s = decay * s + (1 - decay) * g ** 2
        w = w - step_size * g / (np.sqrt(new_s) + epsilon)
        return w, s
returned_step  return step_size * g / (np.sqrt(s) + epsilon), s
no_step_size+given_division  w = w - g / (s + epsilon)
mutates_input
    def rmsprop_step(w, g, s, step_size):
        decay, epsilon = 0.99, 1e-8
        s *= decay
        s += (1 - decay) * g ** 2
        w = w - step_size * g / (np.sqrt(s) + epsilon)
        return w, s
raises  w = w - step_size * g / (math.sqrt(s) + epsilon)
""")
