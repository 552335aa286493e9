"""Stochastic gradient descent beside its peers: linear regression, a network that reads digits, exact shortcuts.

Contenders take the same steps from the same start along the same batches, and must end at the same weights where they
compute the same thing. (scikit-learn's SGDRegressor takes a step for every example, whatever it is given, and its
MLPClassifier starts from weights of its own.) Two processes, as in benchmarks.autodiff: one with NumPy alone, one with
all peers. Peers that are not installed are left out: torch, scikit-learn, autograd (HIPS).
"""

import itertools
import statistics
import warnings
from functools import partial

import numpy as np

from gradlib import data, descent, network
from gradlib import peers as others
from gradlib.autodiff import compiled, cross_entropy, dot, relu, value_and_grad

from . import harness

PEERS = {"torch": "torch", "sklearn": "scikit-learn", "autograd": "HIPS autograd"}
LOOP, ROWS, BLOCKS, LATER = "NumPy loop", "NumPy loop over rows", "exact blocks", "exact blocks, later epochs"
HAND, EAGER, COMPILED = "by hand", "eager", "compiled"
FORMULA, OPTIM, SKLEARN, HIPS = "torch, formula", "torch, autograd + optim", "scikit-learn", "HIPS autograd"
LESSON = "digits as in lesson 12"
LINE, BLOCKED, READ = "the blog's line", "blocked", "reading X once"

SIZES = (1, 8, 64, 1024)
ASKED = [("SGD, B = 1, one epoch", LOOP, BLOCKS, 5), ("SGD, B = 1, one epoch", SKLEARN, LATER, 1),
         *[(f"SGD, B = {B}", OPTIM, EAGER, 5) for B in SIZES if B <= 64],
         *[(f"digits to 97 %, {kind}", peer, COMPILED, bound)
           for kind in ("f64", "f32") for peer, bound in (("torch", 2.3), (SKLEARN, 3))],
         ("gradient, 1,000,000 x 64 f64", LINE, BLOCKED, 1.5), ("gradient, 400,000 x 128 f64", LINE, BLOCKED, 1.5)]

OTHERS_WIN = [*[(f"SGD, B = {B}", ours, peer) for B in (1, 1024) for ours, peer in ((EAGER, LOOP), (EAGER, FORMULA))],
              ("SGD, B = 1, one epoch", BLOCKS, SKLEARN),
              *[(f"digits to 97 %, {kind}", COMPILED, HAND) for kind in ("f64", "f32")], (LESSON, COMPILED, HAND)]


def main():
    """Measure in two processes, and print what was asked and what was reached, and where others are faster."""
    light = harness.in_child("benchmarks.descent.measure(False)")
    heavy = harness.in_child("benchmarks.descent.measure(True)")
    print(f"{light['machine']}\nPeers: {', '.join(heavy['peers']) or 'none installed'}")
    print("\nAll contenders in one process; the unit is a microsecond per step or a millisecond:\n")
    print_medians(heavy["medians"])
    print("\nThe same, only NumPy in the process, as in a notebook:\n")
    print_medians(light["medians"])
    print("\nAsked and reached; the ratios in the process with all contenders, and with only NumPy:\n")
    print(harness.markdown(["workload", "quantity", "asked", "reached", "NumPy only", ""], verdicts(light, heavy)))
    print("\nWhere others are faster, or as fast:\n")
    print(harness.markdown(["workload", "quantity", "with all contenders", "NumPy only"],
                           [[task, f"{ours} ÷ {peer}", *ratios_of(task, ours, peer, heavy, light)]
                            for task, ours, peer in OTHERS_WIN]))


def ratios_of(task, above, below, *processes):
    """The ratio in each process, or None where one of the two is not installed."""
    return [found["ratios"].get(f"{task}: {above} ÷ {below}") for found in processes]


def print_medians(medians):
    """A table for each kind of task: steps along batches, one epoch of single steps, digits, large data."""
    for _, tasks in itertools.groupby(medians, key=lambda task: task[:6] + task[-5:] * ("epoch" in task)):
        tasks = list(tasks)
        names = medians[tasks[0]]
        print(harness.markdown(["", *names], [[task, *map(medians[task].get, names)] for task in tasks]), end="\n\n")


def verdicts(light, heavy):
    """Rows of the table that says whether we are where we want to be."""
    for task, above, below, bound in ASKED:
        reached, alone = ratios_of(task, above, below, heavy, light)
        verdict = "not measured" if reached is None else "yes" if reached >= bound else "**no**"
        yield [task, f"{above} ÷ {below}", f"≥ {bound}", reached, alone, verdict]
    reached, alone = heavy["exponent"], light["exponent"]
    yield ["step by the Gram matrix", "exponent of n, 1,000 to 1,000,000", "≤ 0.05", reached, alone,
           "yes" if reached <= 0.05 else "**no**"]


# ------------------------------------------------------------------------------- in the child

def measure(with_peers):
    """Runs in a process of its own; what it returns can be written as JSON."""
    harness.stay_on_one_core()
    peers = harness.installed(*PEERS) if with_peers else []
    for peer in peers:
        __import__(peer)     # all at once, before anything is timed
    times = {f"SGD, B = {B}": harness.take_turns(steps_of_size(B, peers), 41) for B in SIZES}
    times["SGD, B = 1, one epoch"] = measure_epoch(peers)
    for kind in ("f64", "f32"):
        times[f"digits to 97 %, {kind}"] = harness.take_turns(digits_contenders(kind, peers), 15)
    times[LESSON] = harness.take_turns(lesson_contenders(peers), 9)
    for n, d in ((1_000_000, 64), (400_000, 128)):
        times[f"gradient, {n:,} x {d} f64"] = harness.take_turns(gradient_contenders(n, d), 9)
    units = {task: 1e6 if task.startswith("SGD") else 1e3 for task in times}
    return {"machine": harness.machine(), "peers": [f"{PEERS[peer]} {__import__(peer).__version__}"
                                                    if hasattr(__import__(peer), "__version__") else PEERS[peer]
                                                    for peer in peers],
            "medians": {task: {name: units[task] * statistics.median(found) for name, found in contenders.items()}
                        for task, contenders in times.items()},
            "ratios": {f"{task}: {above} ÷ {below}": harness.ratio(times[task], above, below)
                       for task, above, below, *_ in [*ASKED, *OTHERS_WIN]},
            "exponent": growth_with_n()}


def agree(task, ends, tolerance=1e-9):
    """All contenders end at the same weights."""
    first, *others = ends.items()
    for name, end in others:
        error = np.abs(np.asarray(end) - first[1]).max() / np.abs(first[1]).max()
        if not error <= tolerance:
            raise SystemExit(f"{name} is wrong about {task}: relative error {error:.1e}")


# ------------------------------------------------------------------------------- linear regression, step by step

STEP_SIZE = 0.005


def regression():
    """n = 100,000 examples in random order with d = 20 features."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((100_000, 20))
    return X, X.dot(rng.standard_normal(20)) + rng.standard_normal(len(X))


def steps_of_size(B, peers):
    """Contenders that take the next step whenever they are called."""
    X, y = regression()
    makers = {LOOP: numpy_steps, EAGER: partial(our_steps, value_and_grad), COMPILED: partial(our_steps, compiled)}
    if "torch" in peers:
        makers |= {FORMULA: torch_formula_steps, OPTIM: torch_optim_steps}
    agree(f"SGD, B = {B}", {name: [make(X, y, B)() for _ in range(3)][-1] for name, make in makers.items()})
    if "sklearn" in peers:
        makers[SKLEARN] = sklearn_steps
    return {name: make(X, y, B) for name, make in makers.items()}


def cuts(n, B):
    """The batches of one epoch, over and over; the examples are in random order already."""
    return itertools.cycle([slice(first, first + B) for first in range(0, n - B + 1, B)])


def numpy_steps(X, y, B):
    batches, w = cuts(len(X), B), np.zeros(X.shape[1])

    def step():
        nonlocal w
        batch = next(batches)
        w = w - STEP_SIZE * X[batch].T.dot(X[batch].dot(w) - y[batch]) / B
        return w
    return step


def our_steps(derive, X, y, B):
    batches, w, rule = cuts(len(X), B), np.zeros(X.shape[1]), descent.SGD(STEP_SIZE)

    def loss(w, X, y):
        e = dot(X, w) - y
        return (e * e).mean() / 2
    both = derive(loss)

    def step():
        nonlocal w
        batch = next(batches)
        w = rule.step(w, both(w, X[batch], y[batch])[1])
        return w
    return step


def torch_formula_steps(X, y, B):
    import torch
    torch.set_num_threads(1)
    batches, X, y = cuts(len(X), B), torch.from_numpy(X), torch.from_numpy(y)
    w = torch.zeros(X.shape[1], dtype=X.dtype)

    def step():
        nonlocal w
        batch = next(batches)
        w = w - STEP_SIZE * (X[batch].T @ (X[batch] @ w - y[batch])) / B
        return w
    return step


def torch_optim_steps(X, y, B):
    import torch
    from torch.nn.functional import mse_loss
    torch.set_num_threads(1)
    batches, X, y = cuts(len(X), B), torch.from_numpy(X), torch.from_numpy(y)
    w = torch.zeros(X.shape[1], dtype=X.dtype, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=STEP_SIZE)

    def step():
        batch = next(batches)
        optimizer.zero_grad()
        (mse_loss(X[batch] @ w, y[batch]) / 2).backward()
        optimizer.step()
        return w.detach()
    return step


def sklearn_regressor():
    from sklearn.linear_model import SGDRegressor
    return SGDRegressor(penalty=None, fit_intercept=False, learning_rate="constant", eta0=STEP_SIZE, shuffle=False)


def sklearn_steps(X, y, B):
    batches, model = cuts(len(X), B), sklearn_regressor()

    def step():
        batch = next(batches)
        return model.partial_fit(X[batch], y[batch]).coef_
    return step


def measure_epoch(peers):
    """Seconds per step of batch size 1, for one epoch in one call. Blocks are timed for 1 and for 11 epochs."""
    X, y = regression()
    contenders = {LOOP: partial(numpy_epoch, X, y), ROWS: partial(rows_epoch, X, y),
                  BLOCKS: lambda: descent.one_by_one(X, y, np.zeros(20), STEP_SIZE).weights[-1]}
    if "sklearn" in peers:
        contenders[SKLEARN] = lambda: sklearn_regressor().partial_fit(X, y).coef_
    agree("SGD, B = 1, one epoch", {name: run() for name, run in contenders.items()})
    contenders["eleven"] = lambda: descent.one_by_one(X, y, np.zeros(20), STEP_SIZE, 11)
    times = harness.take_turns(contenders, 9)
    times[LATER] = [(eleven - one) / 10 for eleven, one in zip(times.pop("eleven"), times[BLOCKS])]
    return {name: [seconds / len(X) for seconds in found] for name, found in times.items()}


def numpy_epoch(X, y):
    step = numpy_steps(X, y, 1)
    for _ in range(len(X)):
        w = step()
    return w


def rows_epoch(X, y):
    w = np.zeros(X.shape[1])
    for x, target in zip(X, y):
        w = w - STEP_SIZE * (x.dot(w) - target) * x
    return w


# ------------------------------------------------------------------------------- a network that reads digits

WIDTHS, BATCH, GOAL = (64, 128, 10), 64, 0.97


def digits_contenders(kind, peers):
    """Each call trains 64-128-10 with Adam, batches of 64, for the number of epochs after which 97 % of the held-out
    digits are read: the median over 15 starts and orders. scikit-learn draws its own and is given as many epochs, since
    it needs as many: over 21 starts and three ways to hold digits out, medians of 18, 23, 20 beside our 17, 24, 19.
    """
    X, y = data.digits()
    order = np.random.default_rng(0).permutation(len(X))
    X = X[order].astype(kind.replace("f64", "f8").replace("f32", "f4"))
    (X, y), held_out = (X[:1437], y[order[:1437]]), (X[1437:], y[order[1437:]])
    Y, start = np.eye(10, dtype=X.dtype)[y], start_of(0).astype(X.dtype)
    epochs = statistics.median_low(epochs_needed(seed, X, Y, held_out) for seed in range(15))
    batches = epochs_of_batches(0, len(X), epochs)
    makers = {HAND: by_hand, EAGER: partial(ours, value_and_grad), COMPILED: partial(ours, compiled)}
    makers |= {HIPS: hips} if "autograd" in peers else {}
    contenders = {name: partial(train, make(), start, X, Y, batches) for name, make in makers.items()}
    if "torch" in peers:
        contenders["torch"] = partial(torch_train, start, X, y, batches)
    agree("digits", {name: run() for name, run in contenders.items()}, 1e-6 if kind == "f64" else 0.05)
    if "sklearn" in peers:
        contenders[SKLEARN] = partial(sklearn_train, X, y, epochs)
    return contenders


def start_of(seed):
    """Weights for layers of relu (He et al., 2015), in one flat vector; biases zero."""
    a, b, c = WIDTHS
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.standard_normal(a * b) * (2 / a)**0.5, np.zeros(b),
                           rng.standard_normal(b * c) * (2 / b)**0.5, np.zeros(c)])


def epochs_of_batches(seed, n, epochs):
    stream = descent.shuffled_epochs(n, BATCH, np.random.default_rng(seed))
    return list(itertools.islice(stream, epochs * -(-n // BATCH)))


def epochs_needed(seed, X, Y, held_out):
    """Epochs until the held-out digits are read well enough."""
    gradient, rule, w = ours(compiled), descent.Adam(0.001), start_of(seed).astype(X.dtype)
    per_epoch = -(-len(X) // BATCH)
    for step, batch in enumerate(epochs_of_batches(seed, len(X), 60), start=1):
        w = rule.step(w, gradient(w, X[batch], Y[batch]))
        if step % per_epoch == 0:
            if (our_scores(*split(w), held_out[0]).argmax(axis=1) == held_out[1]).mean() >= GOAL:
                return step // per_epoch


def train(gradient, w, X, Y, batches):
    rule = descent.Adam(0.001)
    for batch in batches:
        w = rule.step(w, gradient(w, X[batch], Y[batch]))
    return w


def split(w):
    """W, b, V, c as views into one flat vector."""
    a, b, c = WIDTHS
    return (w[:a * b].reshape(a, b), w[a * b:a * b + b], w[a * b + b:a * b + b + b * c].reshape(b, c), w[-c:])


def our_scores(W, b, V, c, X):
    return dot(relu(dot(X, W) + b), V) + c


def ours(derive):
    both = derive(lambda W, b, V, c, X, Y: cross_entropy(our_scores(W, b, V, c, X), Y), (0, 1, 2, 3))

    def gradient(w, X, Y):
        return np.concatenate([slope.ravel() for slope in both(*split(w), X, Y)[1]])
    return gradient


def by_hand():
    def gradient(w, X, Y):
        W, b, V, c = split(w)
        h = X.dot(W)
        h += b
        np.maximum(h, 0, out=h)
        scores = h.dot(V)
        scores += c
        scores -= scores.max(axis=1, keepdims=True)
        error = np.exp(scores)
        sums = error.sum(axis=1, keepdims=True)
        loss = (np.log(sums).sum() - (scores * Y).sum()) / len(X)
        error /= sums
        error -= Y
        error /= len(X)
        back = error.dot(V.T)
        back *= h > 0
        slopes = X.T.dot(back), back.sum(axis=0), h.T.dot(error), error.sum(axis=0)
        return np.concatenate([slope.ravel() for slope in slopes]) if np.isfinite(loss) else None
    return gradient


def hips():
    import autograd
    import autograd.numpy as anp
    from autograd.scipy.special import logsumexp

    def loss(weights, X, Y):
        W, b, V, c = weights
        scores = anp.dot(anp.maximum(anp.dot(X, W) + b, 0), V) + c
        return anp.mean(logsumexp(scores, axis=1) - anp.sum(scores * Y, axis=1))
    both = autograd.value_and_grad(loss)

    def gradient(w, X, Y):
        return np.concatenate([slope.ravel() for slope in both(split(w), X, Y)[1]])
    return gradient


def torch_train(start, X, y, batches):
    import torch
    from torch.nn import functional
    torch.set_num_threads(1)
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    W, b, V, c = weights = [torch.tensor(w, requires_grad=True) for w in split(start)]
    optimizer = torch.optim.Adam(weights, lr=0.001)
    for batch in batches:
        optimizer.zero_grad()
        rows = torch.from_numpy(batch)
        functional.cross_entropy(torch.relu(X[rows] @ W + b) @ V + c, y[rows]).backward()
        optimizer.step()
    return np.concatenate([w.detach().numpy().ravel() for w in weights])


def sklearn_train(X, y, epochs):
    from sklearn.neural_network import MLPClassifier
    model = MLPClassifier(WIDTHS[1:-1], batch_size=BATCH, alpha=0, max_iter=epochs, tol=0, n_iter_no_change=epochs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")     # it says that it could be trained further
        return model.fit(X, y)


# ------------------------------------------------------------------------------- the network of lesson 12

SIZES, STEP, SIXTEEN, EPOCHS = (64, 64, 10), 0.18, 16, 12


def lesson_contenders(peers):
    """Each call trains as lesson 12 does: 64-64-10 of tanh, twelve epochs of SGD, steps of 0.18, batches of 16."""
    (X, y), _ = data.digits_apart()
    Y, start = np.eye(10)[y], network.initial(SIZES, np.random.default_rng(0))
    stream = descent.shuffled_epochs(len(X), SIXTEEN, np.random.default_rng(0))
    batches = list(itertools.islice(stream, EPOCHS * -(-len(X) // SIXTEEN)))

    def loss(W, b, V, c, X, Y):
        return cross_entropy(dot(np.tanh(dot(X, W) + b), V) + c, Y)
    roads = {HAND: slopes_by_hand, **{name: partial(slopes_of, derive(loss, (0, 1, 2, 3)))
                                      for name, derive in ((EAGER, value_and_grad), (COMPILED, compiled))}}
    contenders = {name: partial(lesson_train, road, start, X, Y, batches) for name, road in roads.items()}
    if "torch" in peers:
        contenders["torch"] = partial(lesson_torch, start, X, y, batches)
    agree(LESSON, {name: run() for name, run in contenders.items()}, 1e-6)
    if "sklearn" in peers:
        contenders[SKLEARN] = lambda: others.scikit_learn(X, y, STEP, SIXTEEN, EPOCHS, [0])
    return contenders


def lesson_train(slopes, layers, X, Y, batches):
    rule, w = descent.SGD(STEP), network.flat(layers)
    for batch in batches:
        w = rule.step(w, network.flat(slopes(network.split(w, SIZES), X[batch], Y[batch])))
    return w


def slopes_of(both, layers, X, Y):
    return both(*layers, X, Y)[1]


def slopes_by_hand(layers, X, Y):
    """The four equations, without the loss."""
    W, b, V, c = layers
    h = np.tanh(X.dot(W) + b)
    powers = np.exp(h.dot(V) + c)
    error = (powers / powers.sum(axis=1, keepdims=True) - Y) / len(X)
    back = error.dot(V.T) * (1 - h * h)
    return X.T.dot(back), back.sum(axis=0), h.T.dot(error), error.sum(axis=0)


def lesson_torch(layers, X, y, batches):
    import torch
    from torch.nn.functional import cross_entropy as loss
    torch.set_num_threads(1)
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    W, b, V, c = weights = [torch.tensor(array, requires_grad=True) for array in layers]
    optimizer = torch.optim.SGD(weights, lr=STEP)
    for batch in batches:
        optimizer.zero_grad()
        rows = torch.from_numpy(batch)
        loss(torch.tanh(X[rows] @ W + b) @ V + c, y[rows]).backward()
        optimizer.step()
    return network.flat([w.detach().numpy() for w in weights])


# ------------------------------------------------------------------------------- the gradient of large data

def gradient_contenders(n, d):
    """X does not fit into any cache. The BLAS dot product of X with itself shows how fast it can be read at all."""
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((n, d)), rng.standard_normal(n), rng.standard_normal(d)
    flat = X.ravel()
    contenders = {LINE: lambda: X.T.dot(X.dot(w) - y) / n, BLOCKED: lambda: descent.blocked_gradient(X, y, w)}
    agree(f"gradient, {n} x {d}", {name: run() for name, run in contenders.items()})
    return contenders | {READ: lambda: flat.dot(flat)}


def growth_with_n():
    """p, if the time of a step by the Gram matrix goes with n^p."""
    rng, sizes = np.random.default_rng(0), (1_000, 10_000, 100_000, 1_000_000)

    def steps(n):
        gradient = descent.gram_gradient(rng.standard_normal((n, 20)), rng.standard_normal(n))
        rule, w = descent.SGD(0.01), np.ones(20)
        return lambda: rule.step(w, gradient(w))
    times = harness.take_turns({n: steps(n) for n in sizes}, 101)
    return float(np.polyfit(np.log(sizes), np.log([statistics.median(times[n]) for n in sizes]), 1)[0])
