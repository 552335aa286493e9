"""Answers to the open exercises of lesson 12, as learners write them: each with the code that it should get."""

import math

import numpy as np

from gradlib import autodiff, data, descent, network, numeric

READERS, PAIRS, JUDGES = [], [], []     # (code, function) for read_digits, settings and judge
WEAK = {}                               # judges that let some pass: name -> what all that pass have in common


def answer(table, code):
    """Keep an answer that should get this code."""
    def keep(function):
        table.append((code, function))
        return function
    return keep


# read_digits: answers that are right ------------------------------------------------------------------------------

@answer(READERS, "correct")
def relu_and_adam(X, y, new):
    def loss(W1, b1, W2, b2, X, Y):
        h = autodiff.relu(X @ W1 + b1)
        return autodiff.cross_entropy(h @ W2 + b2, Y)

    layers = network.initial((64, 48, 10), np.random.default_rng(3), "he")
    ends = np.cumsum([a.size for a in layers])[:-1]
    w, rule = np.concatenate([a.ravel() for a in layers]), descent.Adam(0.005)
    step = autodiff.compiled(loss, (0, 1, 2, 3))

    def apart(w):
        return [piece.reshape(a.shape) for piece, a in zip(np.split(w, ends), layers)]

    batches = descent.shuffled_epochs(len(X), 64, np.random.default_rng(1))
    for _, batch in zip(range(500), batches):
        slopes = step(*apart(w), X[batch], np.eye(10)[y[batch]])[1]
        w = rule.step(w, np.concatenate([g.ravel() for g in slopes]))
    W1, b1, W2, b2 = apart(w)
    return [int(digit) for digit in np.argmax(np.maximum(new @ W1 + b1, 0) @ W2 + b2, axis=1)]


@answer(READERS, "correct")
def nearest_neighbour(X, y, new):
    distances = (new ** 2).sum(axis=1)[:, None] - 2 * new @ X.T + (X ** 2).sum(axis=1)
    return y[distances.argmin(axis=1)].reshape(-1, 1)


@answer(READERS, "correct")
def random_features(X, y, new):
    rng = np.random.default_rng(0)
    W = rng.normal(size=(65, 500)) / 3

    def features(X):
        return np.tanh(np.column_stack([X, np.ones(len(X))]) @ W)

    A = features(X)
    V = np.linalg.solve(A.T @ A + np.eye(500), A.T @ np.eye(10)[y])
    return (features(new) @ V).argmax(axis=1).astype(float)


def trained(X, y, new, epochs=30, step_size=0.3, seed=0):
    """A network of one hidden layer; what it says of new pictures, as scores."""
    rng = np.random.default_rng(seed)
    W1, W2, b1, b2 = rng.normal(size=(64, 40)) / 8, rng.normal(size=(40, 10)) / 6, np.zeros(40), np.zeros(10)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), 40):
            rows = order[i:i + 40]
            h = np.tanh(X[rows] @ W1 + b1)
            z = h @ W2 + b2
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
            d = (p - np.eye(10)[y[rows]]) / len(rows)
            back = d @ W2.T * (1 - h ** 2)
            W2, b2 = W2 - step_size * h.T @ d, b2 - step_size * d.sum(axis=0)
            W1, b1 = W1 - step_size * X[rows].T @ back, b1 - step_size * back.sum(axis=0)
    return np.tanh(new @ W1 + b1) @ W2 + b2


@answer(READERS, "correct")
def by_hand(X, y, new):
    return trained(X, y, new).argmax(axis=1)


@answer(READERS, "correct")
def three_that_vote(X, y, new):
    votes = sum(np.eye(10)[trained(X, y, new, epochs=15, seed=seed).argmax(axis=1)] for seed in range(3))
    return votes.argmax(axis=1)


# and that are wrong

@answer(READERS, "not_learned")
def stopped_too_early(X, y, new):
    return trained(X, y, new, epochs=1).argmax(axis=1)


@answer(READERS, "one_class")
def flown_apart(X, y, new):
    return trained(X, y, new, step_size=1e308, epochs=2).argmax(axis=1)


@answer(READERS, "one_class")
def the_commonest(X, y, new):
    return np.full(len(new), np.bincount(y).argmax())


@answer(READERS, "guessing")
def answers_shuffled(X, y, new):
    return trained(X, np.random.default_rng(0).permutation(y), new, epochs=3).argmax(axis=1)


@answer(READERS, "guessing")
def dice(X, y, new):
    return np.random.default_rng(0).integers(0, 10, len(new))


@answer(READERS, "not_general")
def knows_few(X, y, new):
    return nearest_neighbour(X[:250], y[:250], new)


@answer(READERS, "learned_elsewhere")
def all_digits_there_are(X, y, new):
    return nearest_neighbour(*data.digits(), new)


@answer(READERS, "learned_elsewhere")
def trained_on_all(X, y, new):
    return trained(*data.digits(), new, epochs=10).argmax(axis=1)


@answer(READERS, "renamed")
def other_way_round(X, y, new):
    return 9 - trained(X, y, new).argmax(axis=1)


@answer(READERS, "renamed")
def counted_from_one(X, y, new):
    return (trained(X, y, new).argmax(axis=1) + 1) % 10


@answer(READERS, "unreadable")
def scores(X, y, new):
    return trained(X, y, new, epochs=1)


@answer(READERS, "unreadable")
def one_picture(X, y, new):
    return nearest_neighbour(X, y, new)[0]


@answer(READERS, "unreadable")
def nan_as_a_digit(X, y, new):
    return trained(X, y, new, step_size=1e308, epochs=2).max(axis=1)


@answer(READERS, "unreadable")
def a_straight_line(X, y, new):
    return new @ np.linalg.lstsq(X, y, rcond=None)[0]


@answer(READERS, "unreadable")
def from_one_to_ten(X, y, new):
    return nearest_neighbour(X, y, new) + 1


@answer(READERS, "unreadable")
def in_words(X, y, new):
    return ["three"] * len(new)


@answer(READERS, "unreadable")
def the_reader_itself(X, y, new):
    return nearest_neighbour


@answer(READERS, "mutates_input")
def standardised_in_place(X, y, new):
    X -= X.mean()
    new -= new.mean()
    return nearest_neighbour(X, y, new)


@answer(READERS, "returned_none")
def only_printed(X, y, new):
    print("accuracy", 0.99)


@answer(READERS, "raises")
def transposed(X, y, new):
    return (new @ X @ y).round()


# settings ---------------------------------------------------------------------------------------------------------

for code, *pairs in (
    ("correct", (0.1, 8), [0.02, 1], np.array([0.3, 32]), (0.5, np.int64(64)), {"step_size": 0.2, "batch_size": 16}),
    ("leaving", (0.7, 1), (3, 20), (1.3, 342), (np.float32(1), 2)),
    ("too_high", (0.5, 1), (0.4, 8), (1.0, 16)),
    ("on_the_way", (0.01, 8), (1.0, 342), (0.001, 1), (0.3, 100)),
    ("unreadable", 0.1, "0.1, 8", (0.1, 8, 1000), (0.1,), (8, 0.1), (0.1, 8.5), (0, 8), (-0.1, 8), (math.nan, 8),
     (0.1, 343), (0.1, 0), (math.inf, 8), {"eta": 0.1}, (0.1, None), ([0.1], [8]), np.ones((2, 2))),
    ("returned_none", None),
    ("not_attempted", (0.1, ...)),
):
    PAIRS += [(code, lambda pair=pair: pair) for pair in pairs]


# judge: right ones ------------------------------------------------------------------------------------------------

def measured(loss, w, h=1e-5):
    return numeric.central_difference(loss, w, h)


@answer(JUDGES, "correct")
def one_sided(loss, gradient, w):
    here, g = loss(w), gradient(w)
    for i in range(len(w)):
        moved = w.copy()
        moved[i] += 1e-7
        if abs((loss(moved) - here) / 1e-7 - g[i]) > 1e-3 * np.linalg.norm(g):
            return False
    return True


@answer(JUDGES, "correct")
def imaginary(loss, gradient, w):
    slopes = [np.imag(loss(w + 1e-20j * e)) / 1e-20 for e in np.eye(len(w))]
    return np.allclose(slopes, gradient(w), rtol=1e-5, atol=0)


@answer(JUDGES, "correct")
def tool_of_the_course(loss, gradient, w):
    return numeric.check_gradient(loss, gradient, w).agrees


@answer(JUDGES, "correct")
def random_directions(loss, gradient, w):
    rng = np.random.default_rng(7)
    for _ in range(5):
        v = rng.standard_normal(w.shape)
        slope = (loss(w + 1e-5 * v) - loss(w - 1e-5 * v)) / 2e-5
        if not math.isclose(slope, gradient(w) @ v, rel_tol=1e-4):
            return False
    return True


@answer(JUDGES, "correct")
def one_random_direction(loss, gradient, w):    # by chance alone it is never fooled
    v = np.random.default_rng(3).standard_normal(len(w))
    slope = (loss(w + 1e-5 * v) - loss(w - 1e-5 * v)) / 2e-5
    return abs(slope - gradient(w) @ v) <= 1e-4 * abs(slope)


@answer(JUDGES, "correct")
def plain_lists(loss, gradient, w):
    w, claimed, measured = list(w), list(gradient(w)), []
    for i in range(len(w)):
        up, down = w[:], w[:]
        up[i], down[i] = w[i] + 1e-4, w[i] - 1e-4
        measured.append((loss(up) - loss(down)) / 2e-4)
    largest = max(map(abs, measured))
    return all(abs(a - b) < 1e-4 * largest for a, b in zip(claimed, measured))


@answer(JUDGES, "correct")
def angle_and_length(loss, gradient, w):
    g, m = gradient(w), measured(loss, w)
    same_way = numeric.angle(g, m) < 0.01
    return same_way and 0.9999 < np.linalg.norm(g) / np.linalg.norm(m) < 1.0001


@answer(JUDGES, "correct")
def in_an_array(loss, gradient, w):
    g, m = gradient(w), measured(loss, w)
    return np.asarray((abs(g - m) <= 1e-5 * abs(m).max()).all())


# and weak ones

def weak(shared):
    """Keep a judge that lets some pass, and what all of those have in common."""
    def keep(function):
        WEAK[function.__name__] = shared
        return answer(JUDGES, "lets_pass")(function)
    return keep


def cosine(claim):
    return claim.slopes @ claim.true / np.linalg.norm(claim.slopes) / np.linalg.norm(claim.true)


def tiny(claim):
    return abs(claim.true).max() < 1e-6


@weak(lambda claim: cosine(claim) > 0)
def loss_falls(loss, gradient, w):
    return loss(w - 0.001 * gradient(w)) < loss(w)


@weak(lambda claim: cosine(claim) > 0.99)
def same_direction(loss, gradient, w):
    g, m = gradient(w), measured(loss, w)
    return g @ m > 0.99 * np.linalg.norm(g) * np.linalg.norm(m)


@weak(lambda claim: (np.sign(claim.slopes) == np.sign(claim.true)).all())
def same_signs(loss, gradient, w):
    return (np.sign(gradient(w)) == np.sign(measured(loss, w))).all()


@weak(lambda claim: 0.998 < np.linalg.norm(claim.slopes) / np.linalg.norm(claim.true) < 1.002)
def same_length(loss, gradient, w):
    return math.isclose(np.linalg.norm(gradient(w)), np.linalg.norm(measured(loss, w)), rel_tol=1e-3)


@weak(lambda claim: abs(claim.slopes[0] / claim.true[0] - 1) < 1e-3)
def first_number(loss, gradient, w):
    nudge = np.zeros(len(w))
    nudge[0] = 1e-5
    return math.isclose(gradient(w)[0], (loss(w + nudge) - loss(w - nudge)) / 2e-5, rel_tol=1e-4)


@weak(lambda claim: claim.error < 0.11)
def loose(loss, gradient, w):
    g = gradient(w)
    m = np.array([(loss(w + 1e-6 * e) - loss(w)) / 1e-6 for e in np.eye(len(w))])
    return np.linalg.norm(g - m) < 0.1 * np.linalg.norm(m)


@weak(tiny)
def allclose_as_it_is(loss, gradient, w):
    return np.allclose(gradient(w), measured(loss, w))


@weak(tiny)
def a_fixed_number(loss, gradient, w):
    return max(abs(gradient(w) - measured(loss, w))) < 1e-6


@answer(JUDGES, "accuses")
def twelve_digits(loss, gradient, w):
    slopes = [np.imag(loss(w + 1e-20j * e)) / 1e-20 for e in np.eye(len(w))]
    return np.allclose(slopes, gradient(w), rtol=1e-12, atol=0)


@answer(JUDGES, "unjust")
def along_itself(loss, gradient, w):
    g = gradient(w)
    slope = (loss(w + 1e-5 * g) - loss(w - 1e-5 * g)) / 2e-5
    return math.isclose(slope, g @ g, rel_tol=1e-4)


@answer(JUDGES, "always_true")
def lenient(loss, gradient, w):
    return True


@answer(JUDGES, "always_false")
def bitwise(loss, gradient, w):
    return bool((gradient(w) == measured(loss, w)).all())


@answer(JUDGES, "upside_down")
def differs(loss, gradient, w):
    return not tool_of_the_course(loss, gradient, w)


# and what is no verdict

@answer(JUDGES, "returned_none")
def prints_its_verdict(loss, gradient, w):
    for _ in range(10_000):
        print("gradient is fine")


@answer(JUDGES, "returned_none")
def silent_on_wrong_ones(loss, gradient, w):
    if tool_of_the_course(loss, gradient, w):
        return True


@answer(JUDGES, "unreadable")
def one_for_each(loss, gradient, w):
    return abs(gradient(w) - measured(loss, w)) < 1e-6


@answer(JUDGES, "unreadable")
def how_far_off(loss, gradient, w):
    return np.linalg.norm(gradient(w) - measured(loss, w))


@answer(JUDGES, "unreadable")
def one_or_zero(loss, gradient, w):
    return 1


@answer(JUDGES, "unreadable")
def true_in_words(loss, gradient, w):
    return "True"


@answer(JUDGES, "unreadable")
def all_of_the_check(loss, gradient, w):
    return numeric.check_gradient(loss, gradient, w)


@answer(JUDGES, "mutates_input")
def not_put_back(loss, gradient, w):
    g, slopes = gradient(w), []
    for i in range(len(w)):
        before = loss(w)
        w[i] += 1e-7
        slopes.append((loss(w) - before) / 1e-7)
    return np.linalg.norm(slopes - g) < 1e-3 * np.linalg.norm(g)


@answer(JUDGES, "raises")
def one_weight_at_a_time(loss, gradient, w):
    return all(loss(w[i] + 1e-6) > loss(w[i]) for i in range(len(w)))


@answer(JUDGES, "raises")
def asserts(loss, gradient, w):
    assert tool_of_the_course(loss, gradient, w)
    return True


@answer(JUDGES, "asks_input")
def asks(loss, gradient, w):
    return input("is it right? ") == "yes"


@answer(JUDGES, "signature")
def two_arguments(loss, w):
    return True


@answer(JUDGES, "interrupted")
def without_end(loss, gradient, w):
    raise KeyboardInterrupt    # what the button of a reader does who has waited long enough
