"""Harder exercises: each has a judge of its own, and after a right answer stands what comes next and no more."""

import functools
import itertools
import math
import subprocess
import sys

import numpy as np
import pytest

from gradlib.calculus import linear_loss
from gradlib.exercises import lesson06, lesson09, lesson10, onward, writing
from gradlib.exercises.harder import Harder
from gradlib.memory import place_of
from gradlib.numeric import central_difference

from ..notebooks.lesson import lesson_paths, read_lesson
from .answers import EXERCISES, RIGHT, WRONG
from .conftest import inputs

HARDER = [exercise for exercise in EXERCISES if isinstance(exercise, Harder)]
FIRST = [exercise for exercise in EXERCISES if not isinstance(exercise, Harder)]
with_harder = pytest.mark.parametrize("exercise", HARDER, ids=lambda exercise: exercise.name)


# ------------------------------------------------------------------------------- a judge for each

def slopes_of(loss, value):
    """What central differences say of a loss, the same shape as the value."""
    value = np.array(value, float)
    flat = value.ravel()
    return central_difference(lambda w: loss(w.reshape(value.shape)), flat, 1e-6).reshape(value.shape)


def bends_of(loss, d, h=0.5):
    """The curvatures of a loss of d weights that is made of squares, from its values."""
    sides = h * np.eye(d)
    return np.array([[(loss(a + b) - loss(a) - loss(b) + loss(0 * a)) / h ** 2 for a in sides] for b in sides])


def one_by_one(X, w, b=0.0):
    """Predictions of a straight line, without a product of arrays."""
    return [sum(float(x) * float(a) for x, a in zip(row, w)) + b for row in X]


def judge_error_with_bias(w, b, x, y):
    return b + sum([x] * 1000) / 1000 * w - y


def judge_weighted_slope(w, x, y, c):
    copies = [(a, b) for a, b, count in zip(x, y, c) for _ in range(round(10 * count))]   # counts have one decimal
    return slopes_of(lambda w: np.mean([(w * a - b) ** 2 for a, b in copies]) / 2, w)


def judge_ridge_gradient(X, y, w, b, strength):
    def loss(w, b):
        errors = [p - t for p, t in zip(one_by_one(X, w, b), y)]
        return sum(e * e for e in errors) / len(errors) / 2 + strength * sum(a * a for a in w) / 2
    return slopes_of(lambda w: loss(w, b), w), slopes_of(lambda b: loss(w, float(b)), b)


def judge_weighted_half_mse(X, y, w, c):
    rows = zip(one_by_one(X, w), y[:, 0].tolist(), c[:, 0].tolist())
    squares = [(p - t) ** 2 for p, t, count in rows for _ in range(round(10 * count))]
    return sum(squares) / len(squares) / 2


def judge_clipped_step(w, gradient, step_size, longest):
    wanted = (w - step_size * gradient).tolist()
    return [min(max(end, start - longest), start + longest) for start, end in zip(w.tolist(), wanted)]


def judge_ridge_limit(X, strength):
    def loss(w):
        return np.mean(np.square(one_by_one(X, w))) / 2 + strength * np.sum(w ** 2) / 2
    return 2 / max(np.roots(np.poly(bends_of(loss, X.shape[1]))).real)


def judge_descend_decaying(X, y, w, step_size, steps):
    for t in range(steps):
        w = w - slopes_of(lambda w: linear_loss(X, y, w), w) * step_size / (1 + t)
    return w


def judge_chain_of_any_length(factors, offsets, x):
    def loss(x):
        return functools.reduce(lambda value, link: link[0] * value + link[1], zip(factors, offsets), x) ** 2
    return loss(x + 1e-20j).imag / 1e-20


def judge_fan_out_twice(x, y, z):
    def loss(x, y, z):
        return x * x * y * y + x * y * z + x
    return [loss(*(value + 1e-20j * (i == j) for j, value in enumerate((x, y, z)))).imag / 1e-20 for i in range(3)]


def values_of(edges, count, nudged):
    """The nodes as numbers, if each is its operands times their local slopes, and one of them is nudged by 1."""
    values = [0.0] * count
    for node in range(count):
        values[node] += (node == nudged) + sum(local * values[operand] for result, operand, local in edges
                                               if result == node)
    return values


def judge_slopes_of_several(edges, count, wanted):
    return [sum(weight * values_of(edges, count, nudged)[node] for node, weight in wanted) for nudged in range(count)]


def judge_scaled_tanh_rule(g, z, x, s):
    def loss(x, s):
        return np.sum(g * (1 - 2 / (np.exp(2 * s * x) + 1)))
    return slopes_of(lambda x: loss(x, s), x), slopes_of(lambda s: loss(x, s), s)


def judge_affine_rules(g, x, y, b):
    def loss(x, y, b):
        return sum(a * (row @ column + c) for row, slopes in zip(x, g) for column, c, a in zip(y.T, b, slopes))
    return (slopes_of(lambda x: loss(x, y, b), x), slopes_of(lambda y: loss(x, y, b), y),
            slopes_of(lambda b: loss(x, y, b), b))


def judge_walk_forward(operands, local, start):
    """All nodes at once, again and again, until nothing changes any more."""
    rates = dict.fromkeys(operands, 0.0)
    for _ in operands:
        rates = {name: float(name == start) + sum(rates[operand] * local[name, operand] for operand in group)
                 for name, group in operands.items()}
    return rates


def judge_count_with_skips(widths):
    """The layers that a path goes through are drawn one by one; all edges as well."""
    layers = range(len(widths))
    kept = [chosen for k in layers for chosen in itertools.combinations(layers, k + 1)
            if chosen[0] == 0 and chosen[-1] == layers[-1] and all(b - a < 3 for a, b in itertools.pairwise(chosen))]
    return (sum(math.prod(widths[i] for i in chosen) for chosen in kept),
            sum(widths[i] * widths[j] for i in layers for j in layers if j - i in (1, 2)))


def judge_forward_quotient(x, dx, y, dy):
    def program(t):
        a = (x + t * dx) / (y + t * dy)
        return a, a * np.sin(x + t * dx)
    return [value.imag / 1e-20 for value in program(1e-20j)]


def judge_second_differences(f, w, h):
    """The parabola through three places."""
    return [np.polyfit([-h, 0, h], [f(w + t * side) for t in (-h, 0, h)], 2)[0] * 2 for side in np.eye(len(w))]


def judge_whose_else():
    """The one loss each whose slope is what the formula says, at three points."""
    X, y, w = lesson06.POINTS
    def sigmoid(w):
        return 1 / (1 + np.exp(-(X @ w)))
    formulas = ((sigmoid, lambda p: X.T @ (p - y) / 3), (lambda w: X @ w, lambda p: 2 * X.T @ (p - y) / 3),
                (sigmoid, lambda p: X.T @ ((p - y) * p * (1 - p))))
    squares = {"half_mse": lambda p: np.mean((p - y) ** 2) / 2, "mse": lambda p: np.mean((p - y) ** 2),
               "half_sse": lambda p: np.sum((p - y) ** 2) / 2, "sse": lambda p: np.sum((p - y) ** 2)}
    entropies = {"cross_entropy": lambda p: -np.mean(np.log(np.where(y == 1, p, 1 - p))),
                 "sum_cross_entropy": lambda p: -np.sum(np.log(np.where(y == 1, p, 1 - p)))}
    for prediction, formula in formulas:
        losses = squares | (entropies if prediction is sigmoid else {})
        name, = [name for name, loss in losses.items() if np.allclose(
            slopes_of(lambda w, loss=loss, prediction=prediction: loss(prediction(w)), w), formula(prediction(w)))]
        yield name


def judge_rare_entropy_gradient(X, y, w, rare):
    rows = [i for i, target in enumerate(y) for _ in range(int(rare) if target else 1)]
    def loss(w):
        p = 1 / (1 + np.exp(-(X[rows] @ w)))
        return -np.sum(np.log(np.where(y[rows] == 1, p, 1 - p))) / len(y)
    return slopes_of(loss, w)


def judge_tanh_loss_gradient(X, y, w):
    return slopes_of(lambda w: sum((math.tanh(z) - t) ** 2 for z, t in zip(one_by_one(X, w), y)) / len(y) / 2, w)


def judge_two_heads_delta(delta_a, A, delta_b, B, h):
    def loss(z):
        values = 1 / (1 + np.exp(-z))
        return np.sum(delta_a * (values @ A)) + np.sum(delta_b * (values @ B))
    return slopes_of(loss, np.log(h / (1 - h)))


def network_loss(X, y, *layers):
    for W, b in layers:
        X = 1 / (1 + np.exp(-(X @ W + b)))
    return -np.sum(np.log(np.where(y == 1, X, 1 - X))) / len(y)


def judge_backward_deep(X, y, weights):
    return slopes_of(lambda weights: network_loss(X, y, *((W, 0) for W in weights)), weights)


def judge_train_step_decayed(X, y, W1, b1, W2, b2, step_size, strength):
    layers = [W1, b1, W2, b2]
    def loss(*layers):
        W1, b1, W2, b2 = layers
        return network_loss(X, y, (W1, b1), (W2, b2)) + strength * (np.sum(W1 ** 2) + np.sum(W2 ** 2)) / 2
    return [array - step_size * slopes_of(lambda moved, i=i: loss(*layers[:i], moved, *layers[i + 1:]), array)
            for i, array in enumerate(layers)]


def judge_batch_noise(gradients, batch_size):
    far = [np.linalg.norm(np.mean(batch, axis=0) - gradients.mean(axis=0)) ** 2
           for batch in itertools.combinations(gradients, batch_size)]
    return sum(far) / len(far)


def judge_sgd_step_outputs(X, Y, W, b, batch, step_size):
    def loss(W, b):
        return np.mean([np.sum(np.square(X[i] @ W + b - Y[i])) / 2 for i in batch])
    return (W - step_size * slopes_of(lambda W: loss(W, b), W), b - step_size * slopes_of(lambda b: loss(W, b), b))


def judge_averaged_epoch(X, y, w, batches, step_size):
    places = [w]
    for rows in batches:
        slopes = slopes_of(lambda w, rows=rows: linear_loss(X[rows], y[rows], w), places[-1])
        places.append(places[-1] - step_size * slopes)
    return sum(places[1:]) / len(batches)


def judge_nesterov_step(w, g, v, step_size, beta):
    """Of the place ahead, to which the momentum will carry from w, plain momentum is the rule."""
    here = w + step_size * beta * v
    new = beta * v + g
    return here - step_size * new - step_size * beta * new, new


def judge_adamw_step(w, g, m, v, t, step_size, decay):
    after, m, v = lesson09.adam_step.reference(np.zeros(len(w)), g, m, v, t, step_size)
    return [weight + move - weight * step_size * decay for weight, move in zip(w, after)], m, v


def judge_centred_rmsprop_step(w, g, s, m, step_size):
    """The spread of the slopes as they were, with their shares, around their mean."""
    squares, means = [0.9 * a + 0.1 * b * b for a, b in zip(s, g)], [0.9 * a + 0.1 * b for a, b in zip(m, g)]
    spreads = [math.sqrt(0.9 * (a - c * c) + 0.9 * 0.1 * (b - c) ** 2) for a, b, c in zip(s, g, m)]
    return [a - step_size * b / (spread + 0.01) for a, b, spread in zip(w, g, spreads)], squares, means


def judge_spsa_mean(loss, w, V, h):
    return sum(v * central_difference(lambda t, v=v: loss(w + t * v), 0.0, h) for v in V) / len(V)


def judge_forward_gradient_bias(X, y, w, b, v, u):
    slope = float(central_difference(lambda t: linear_loss(X, y, w + t * v, b + t * u), 0.0, 1e-6))
    return [slope * nudge for nudge in v], slope * u


def judge_other_witnesses():
    """Steps that a reader of the plot might name, looked up one by one."""
    losses, layer, whole = (curve.tolist() for curve in lesson10.plotted().T)
    assert all(a > b for a, b in itertools.pairwise(losses))
    assert layer[141] > layer[140] and whole[141] < whole[140] and layer[0] > 90
    assert all(a > b for a, b in zip(layer, whole))
    return 140, 0, None


def judge_shard_sums_with_loss(X, y, w):
    def loss(w):
        return sum((p - t) ** 2 / 2 for p, t in zip(one_by_one(X, w), y))
    return slopes_of(loss, w), loss(w), X.shape[0]


def judge_combine_means(parts):
    """As if every row had sent its shard's mean."""
    rows = [slopes for slopes, count in parts for _ in range(count)]
    return np.mean(rows, axis=0)


def judge_local_rounds(shards, w, step_size, steps, rounds):
    rows = sum(len(y) for X, y in shards)
    for _ in range(rounds):
        mean = 0
        for X, y in shards:
            place = w
            for _ in range(steps):
                place = place - step_size * slopes_of(lambda w, X=X, y=y: linear_loss(X, y, w), place)
            mean = mean + place * len(y) / rows
        w = mean
    return w


# ------------------------------------------------------------------------------- what all of them promise

@with_harder
def test_another_way_comes_to_the_same(exercise):
    judge = globals()[f"judge_{exercise.name}"]
    for args in inputs(exercise)[:8]:
        right, said = exercise.reference(*args), judge(*args)
        if isinstance(right, dict):
            right, said = ([value[name] for name in right] for value in (right, said))
        for part, other in zip(right, said, strict=True) if exercise.parts else [(right, said)]:
            if isinstance(part, str) or part is None:
                assert part == other
                continue
            part, other = (np.squeeze(np.array(value, float)) for value in (part, other))
            np.testing.assert_allclose(part, other, rtol=1e-5, atol=1e-5)


def test_every_exercise_has_a_harder_one():
    assert [exercise.name for exercise in FIRST if exercise.harder is None] == []
    assert {exercise.harder.name for exercise in FIRST} == {exercise.name for exercise in HARDER}


@with_harder
def test_the_cell_can_be_copied_as_it_is(exercise):
    text, lesson = repr(exercise), sys.modules[f"gradlib.exercises.lesson{place_of(exercise.first)[:2]}"]
    *lines, check = text[text.index("\ndef "):].strip().splitlines()
    called = {"exercises": lesson, exercise.name: writing.built("\n".join(lines))}
    assert exercise.stub in text and exercise.idea in text
    assert eval(check, called).status == "not_attempted"
    assert f"\n# three hints: {check[:check.rindex('.')]}.hint()\n" in text
    assert f"<pre><code>def {exercise.name}(" in exercise._repr_html_()


@with_harder
def test_it_says_what_is_new_in_a_clause(exercise):
    assert exercise.idea[-1] not in ".!?" and exercise.idea[0].islower() and len(exercise.idea.split()) <= 20
    assert exercise.name not in exercise.first.arguments and place_of(exercise) != place_of(exercise.first)


# ------------------------------------------------------------------------------- what comes next

def test_the_titles_and_the_order_are_those_of_the_lessons():
    for path, title in zip(lesson_paths(), onward.LESSONS, strict=True):
        lesson = read_lesson(path)
        number = path.stem[:2]
        heading = lesson.cells[0].source.splitlines()[0]
        assert heading.removeprefix("# ").removeprefix(f"{number} ") == title
        assert onward.exercises_of(number) == list(lesson.named("exercise"))


@pytest.mark.parametrize("exercise", FIRST, ids=lambda exercise: exercise.name)
def test_a_right_answer_is_told_what_comes_next_and_a_wrong_one_is_not(exercise):
    right, wrong = exercise.check(RIGHT[exercise.name][0]), exercise.check(WRONG[exercise.name][0][1])
    following, *offer = right.onward
    lesson, _, name = place_of(exercise).partition("/")
    names = onward.exercises_of(lesson)
    if name == names[-1]:
        assert f"lesson {int(lesson) + 1:02}," in following
    else:
        assert f"Exercise {chr(ord('A') + names.index(name) + 1)}, `{names[names.index(name) + 1]}`" in following
    assert f"`exercises.{name}.harder`" in offer[0] and exercise.harder.idea in offer[0] and not offer[1:]
    assert not wrong.onward and all(line in " ".join(repr(right).split()) for line in right.onward)


@with_harder
def test_after_a_harder_one_comes_what_would_have_come_without_it(exercise):
    assert exercise.harder is None
    assert exercise.check(RIGHT[exercise.name][0]).onward == exercise.first.check(
        RIGHT[exercise.first.name][0]).onward[:1]


def test_the_last_exercise_of_the_course_says_so():
    from gradlib.exercises import lesson13
    assert "course" in onward.told(lesson13.mend, lesson13.mend.check(lesson13.mend.reference)).onward[0]


def test_the_harder_ones_are_loaded_when_they_are_asked_for():
    code = ("import sys\nfrom gradlib.exercises import lesson01 as exercises\n"
            "def loaded(): return any('harder' in name for name in sys.modules)\n"
            "exercises.slope.check(lambda w, x, y: w)\nprint(loaded())\n"
            "exercises.slope.check(exercises.slope.reference)\nprint(loaded())")
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["False", "True"]
