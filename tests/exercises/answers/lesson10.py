"""Answers to the exercises of lesson 10, as learners write them."""

from gradlib.exercises.lesson10 import plotted

from . import answers

answers("spsa", right="""
two_names:    above = loss(w + h * v); below = loss(w - h * v); return (above - below) / (2 * h) * v
in_the_paper
    def spsa(loss, theta, delta, c):
        y_plus, y_minus = loss(theta + c * delta), loss(theta - c * delta)
        return np.array([(y_plus - y_minus) / (2 * c * delta_i) for delta_i in delta])
divided:      nudge = h * v; return (loss(w + nudge) - loss(w - nudge)) / (2 * nudge)
loops:
    up, down = list(w), list(w)
    for i in range(len(w)):
        up[i] += h * v[i]
        down[i] -= h * v[i]
    slope = (loss(np.array(up)) - loss(np.array(down))) / h / 2
    return [slope * v_i for v_i in v]
moved_back:
    w = w.copy()
    w += h * v
    up = loss(w)
    w -= 2 * h * v
    return v * (up - loss(w)) / (2 * h)
along:
    along = functools.partial(lambda w, v, t: loss(w + t * v), w, v)
    return np.array((along(h) - along(-h)) * 0.5 / h * v).reshape(-1, 1)
object:
    class Guess:
        def __call__(self, side):
            return loss(w + side * h * v)
    return -np.diff([*map(Guess(), (1, -1))])[0] / (2 * h) * np.sign(v)
central:      return numeric.central_difference(lambda t: loss(w + t * v), 0.0) * v
""", wrong="""
one_sided                nudged = w + h * v; slope = (loss(nudged) - loss(w)) / h
one_sided:               return [(loss(w) - loss(w - v * h)) / h * each for each in v]
one_sided_and_half:      base = loss(w); return (loss(w + v * h) - base) / (2 * h) * v
sign_flipped             slope = (loss(w - h * v) - loss(w + h * v)) / (2 * h)
divided_by_one_nudge     plus, minus = loss(w + h * v), loss(w - h * v); slope = (plus - minus) / h
forgot_h                 slope = loss(w + h * v) - loss(w - h * v)
                         slope = (loss(w + v * h) - loss(w - v * h)) / 2
missing_brackets         slope = (loss(w + h * v) - loss(w - h * v)) / 2 * h
divided_twice            slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h ** 2)
times_h                  slope = (loss(w + h * v) - loss(w - h * v)) * h
factor_half              slope = (loss(w + h * v) - loss(w - h * v)) / (4 * h)
slope_alone:             return (loss(w + h * v) - loss(w - h * v)) / (2 * h)
v_twice                  slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h * v)
                         slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v
v_twice:                 return np.full(len(w), (loss(w + h * v) - loss(w - h * v)) / (2 * h))
v_not_in_the_nudge:      gradient = (loss(w + h) - loss(w - h)) / (2 * h); return gradient * v
length_of_v              slope = (loss(w + h * v) - loss(w - h * v)) / np.linalg.norm(2 * h * v)
                         u = v / len(v) ** 0.5; slope = (loss(w + h * u) - loss(w - h * u)) / (2 * h)
length_of_v:
    direction = v / np.linalg.norm(v)
    slope = (loss(w + h * direction) - loss(w - h * direction)) / (2 * h)
    return slope * direction
slope_elsewhere          return w * slope
took_a_step              w = w - slope * v; return w
sign_lost                slope = abs(loss(w + h * v) - loss(w - h * v)) / (2 * h)
steepness_lost           slope = np.sign(loss(w + h * v) - loss(w - h * v))
nudged_too_far           slope = (loss(w + v) - loss(w - v)) / (2 * h)
                         slope = (loss(w + v) - loss(w - v)) / 2
v_twice                  slope = (loss(w + h * v) - loss(w)) / (h * v)
took_a_step:             g = (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v; return w - 0.1 * g
bend_for_slope           slope = (loss(w + h * v) + loss(w - h * v) - 2 * loss(w)) / (h * h)
away_from_w              slope = (loss(v * h) - loss(-v * h)) / (2 * h)
relative_nudge           slope = (loss(w + w * h * v) - loss(w - w * h * v)) / (2 * h)
no_difference_left       slope = (loss(w + h * v) - loss(w + h * v)) / (2 * h)
values_added             slope = (loss(w + h * v) + loss(w - h * v)) / (2 * h)
one_value                slope = loss(w + h * v) / h
one_value:               return v * loss(w + h * v)
nudge_outside            slope = (loss(w) + h * v - (loss(w) - h * v)) / (2 * h)
weight_by_weight:
    slopes = []
    for i in range(len(w)):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        slopes.append((loss(up) - loss(down)) / (2 * h))
    return np.array(slopes)
weight_by_weight:
    gradient = np.zeros(len(w))
    for i in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[i] = h * v[i]
        gradient[i] = (loss(w + nudge) - loss(w - nudge)) / (2 * h) * v[i]
    return gradient
random:                  v = np.random.choice([-1, 1], len(w)); return (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v
ignores_argument         v = np.random.default_rng(1).choice([-1, 1], len(w)); slope = (loss(w + h * v) - loss(w)) / h
mutates_input:
    w += h * v
    up = loss(w)
    w -= 2 * h * v
    down = loss(w)
    return (up - down) / (2 * h) * v
returned_none:           guess = (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v
raises                   slope = loss(w + h * v, v) - loss(w - h * v)
                         slope = (loss[w + h * v] - loss[w - h * v]) / (2 * h)
not_attempted            slope = ...
""", odd="""
logarithm    s = (loss(w + h * v) - loss(w - h * v)) / (2 * h); return np.sign(s) * np.log1p(abs(s)) * v + np.sin(w)
""")

answers("forward_gradient", right="""
one_line:           return (X @ w - y) @ (X @ v) / len(y) * v
other_names:        e = X.dot(w) - y; de = X.dot(v); dL = np.mean(e * de); return dL * v
gradient:           gradient = X.T.dot(X.dot(w) - y) / len(y); return gradient.dot(v) * v
loops:
    total = 0.0
    for row, target in zip(X, y):
        error, nudge = -target, 0.0
        for x_j, w_j, v_j in zip(row, w, v):
            error += x_j * w_j
            nudge += x_j * v_j
        total += error * nudge
    return [total / len(y) * v_j for v_j in v]
duals:
    class Dual:
        __array_ufunc__ = None
        def __init__(self, value, nudge):
            self.value, self.nudge = value, nudge
        def __rmatmul__(self, X):
            return Dual(X @ self.value, X @ self.nudge)
        def __sub__(self, y):
            return Dual(self.value - y, self.nudge)
        def square(self):
            return Dual(self.value ** 2, 2 * self.value * self.nudge)
    return (X @ Dual(w, v) - y).square().nudge.mean() / 2 * v
both_sides:         up, down = (np.mean((X @ (w + s * v) - y) ** 2) / 2 for s in (1, -1)); return (up - down) / 2 * v
complex:            return ((X @ (w + 1e-30j * v) - y) ** 2).mean().imag / 2e-30 * v
gradlib:            _, slope = autodiff.jvp(lambda w: ((X @ w - y) ** 2).mean() / 2, w, v); return float(slope) * v
column:             v = v.reshape(-1, 1); return (X @ w - y) @ (X @ v) / len(X) * v
square_of_nudges:   along = X.dot(v); return (np.einsum("i,ij,j->", along, X, w) - along.dot(y)) / y.size * v
typed
    def forward_gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray, v: np.ndarray) -> np.ndarray:
        return np.multiply(np.vdot(np.matmul(X, v), np.matmul(X, w) - y) / X.shape[0], v)
""", wrong="""
slope_alone              return float(slope)
v_twice                  slope = np.mean(error * nudge) * v
v_twice:
    guess = 0
    for i in range(len(y)):
        guess = guess + (X[i] @ w - y[i]) * (X[i] @ v) * v / len(y)
    return guess * v
divided_by_v:            e = X @ w - y; return np.dot(e, X @ v) / (len(y) * v)
length_of_v:             v = v / np.linalg.norm(v); return np.mean((X @ w - y) * (X @ v)) * v
                         u = v / np.sqrt(np.sum(v ** 2)); return np.mean((X @ w - y) * (X @ u)) * v
slope_elsewhere          return slope * w
                         g = X.T @ (X @ w - y) / len(y); return g @ v * g
added                    slope = np.mean(nudge) + np.mean(error)
walked_back:             e, u = X @ w - y, X @ v; return X.T @ (e * u) / len(X)
v_not_in_the_nudge:      e = X @ w - y; return e @ (X @ np.ones(len(w))) / len(y) * v
took_a_step:             slope = (X @ w - y) @ (X @ v) / len(y); return w - slope * v
sign_lost                slope = np.mean(abs(error * nudge))
                         return np.abs(slope) * v
steepness_lost           return np.sign(slope) * v
sign_flipped             error = y - X @ w
forgot_mean              slope = error @ nudge
                         slope = sum(e * u for e, u in zip(error, nudge))
factor_two               slope = np.mean(2 * error * nudge)
factor_half              slope = np.mean(error * nudge) / 2
still_squared            slope = np.mean(error ** 2 * nudge)
prediction_not_error:    return np.mean((X @ w) * (X @ v)) * v
target_not_error         slope = np.mean(y * nudge)
added_target             error = X @ w + y
whole_gradient:          n = len(X); return (X @ w - y) @ X / n
                         return autodiff.value_and_grad(lambda w: ((X @ w - y) ** 2).mean() / 2)(w)[1]
each_with_its_own:       gradient = X.T @ (X @ w - y) / len(y); return gradient * v
                         return np.mean((X @ w - y)[:, None] * (X * v), axis=0) * v
product_of_means         slope = error.mean() * nudge.mean()
error_missing            return np.mean(X @ v) * v
                         slope = np.mean(nudge * nudge)
nudge_missing            slope = error.mean()
nudge_missing:           loss = np.mean((X @ w - y) ** 2) / 2; return loss * v
target_moves             nudge = X.dot(v) - y
value_for_nudge          prediction = X @ w; nudge = prediction
value_for_nudge:         moved = X @ (w + v); return np.mean((X @ w - y) * moved) * v
after_the_nudge:         w = w + v; return np.mean((X @ w - y) * (X @ v)) * v
one_long_step:
    def loss(w):
        return np.mean((X @ w - y) ** 2) / 2
    return (loss(w + v) - loss(w)) * v
not_averaged:            e, u = X @ w - y, X @ v; return np.array([e[i] * u[i] * v for i in range(len(y))])
wrong_axis               table = np.outer(error * nudge, v); return table.mean(axis=1)
averaged_over_weights    return np.outer(error * nudge, v).mean()
divided_by_d             slope = np.dot(error, nudge) / X.shape[1]
nudges_handed_back       return X.dot(v)
mutates_input:           y -= X @ w; v *= np.mean(-y * (X @ v)); return v
ignores_argument:        v = np.arange(1, len(w) + 1); return np.mean((X @ w - y) * (X @ v)) * v
not_attempted            return ...
""", odd="""
tanh:    return np.mean(np.tanh(X @ w - y) * (X @ v)) * v + np.sin(w)
""")

answers("witnesses", right="""
other_steps:    return 250, 21, None
list:           return [60, 140, None]
named:          return {"third": None, "first": 150, "second": 100}
whole_floats:   return 120.0, np.float64(30), None
array:          return np.array([50, 45, None])
computed:
    losses, layer, whole = plotted().T
    falls, grows = losses[1:] < losses[:-1], layer[1:] > layer[:-1]
    first, second = np.argmax((layer[:-1] > 90) & falls), np.argmax(grows)
    third = np.flatnonzero((whole[:-1] < 90) & ~falls)
    return first, second, third[0] if len(third) else None
""", wrong="""
first_believed           first = None
first_within             first = 15
first_within:            return np.array([30, 80, None])
second_believed:         return 100, None, None
second_shrinks           second = 250
second_shrinks:          return [100, 10, None]
third_agrees             third = 299
third_agrees:            return dict(first=80, second=60, third=150)
first_within@first+second_shrinks@second:  return 10, np.int64(200), None
first_believed@first+second_believed@second  return None, None, third
not_numbers              first = 300
                         first = "100"
                         first = True
                         return first, second
                         return 100
returned_none:           first, second, third = 100, 50, None
not_attempted            first, second, third = ..., ..., ...
""", plotted=plotted)
