"""What the cases are built from: a network whose backward pass can be bent at any one place, a line, and slopes.

`network` has the right backward pass. A case names the place and says what somebody wrote there instead, as a function
of `s`, the state of the pass (X, Y, k, n, W, b, z, a, dW, db, delta), and of the layer `i`. Layers count from 0;
`s.a[0]` is X, `s.z[i]` and `s.a[i + 1]` are what layer i makes of `s.a[i]`. The loss is k Σ (A − Y)², or k times the
cross-entropy.
"""

from types import SimpleNamespace

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


ACTIVATIONS = {
    "identity": (lambda z: z, lambda z: np.ones_like(z)),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "leaky": (lambda z: np.where(z > 0, z, 0.3 * z), lambda z: np.where(z > 0, 1.0, 0.3)),
    "elu": (lambda z: np.where(z > 0, z, np.exp(np.minimum(z, 0)) - 1),
            lambda z: np.where(z > 0, 1.0, np.exp(np.minimum(z, 0)))),
    "softmax": (softmax, None),
}


def slope_of(name, z):
    return ACTIVATIONS[name][1](z)


def cross_entropy(A, Y, output):
    return -np.sum(Y * np.log(A)) if output == "softmax" else -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))


def targets(rng, n, K, output):
    if output == "softmax":
        return np.eye(K)[(np.arange(n) + rng.integers(K)) % K]
    return (rng.random((n, K)) < 0.5) * 1.0 if output == "sigmoid" else rng.normal(size=(n, K))


RIGHT = {
    "error": lambda s, i: 2 * s.k * (s.a[-1] - s.Y),
    "first": lambda s, i: s.k * (s.a[-1] - s.Y) if s.cross else s.out(s.error),
    "weight": lambda s, i: s.a[i].T @ s.delta,
    "bias": lambda s, i: s.delta.sum(axis=0).reshape(s.b[i].shape),
    "carry": lambda s, i: s.delta @ s.W[i].T,
    "slope": lambda s, i: slope_of(s.acts[i], s.z[i]),
    "back": lambda s, i: s.carried * s.slope,
    "penalty": lambda s, i: s.decay * s.W[i],
    "finish": lambda s, gradients: gradients,
}


def _output_delta(s):
    """dLoss/dz at the output from dLoss/da: by the slope, for softmax by its Jacobian."""
    if s.acts[-1] == "softmax":
        return lambda g: s.a[-1] * (g - np.sum(s.a[-1] * g, axis=1, keepdims=True))
    return lambda g: g * slope_of(s.acts[-1], s.z[-1])


def _forward(s, params):
    s.W, s.b = (list(params[::2]), list(params[1::2])) if s.biased else (list(params), [0.0] * len(params))
    s.z, s.a = [], [s.X]
    for W, b, name in zip(s.W, s.b, s.acts):
        s.z.append(s.a[-1] @ W + b)
        s.a.append(ACTIVATIONS[name][0](s.z[-1]) * (s.mask if s.mask is not None and len(s.a) == 1 else 1))
    return s


def _backward(s, rule):
    """The gradients in the order of the parameters, each step by its rule."""
    s.out, s.dW, s.db = _output_delta(s), {}, {}
    s.error = rule["error"](s, len(s.acts) - 1)
    s.delta = rule["first"](s, len(s.acts) - 1)
    for i in reversed(range(len(s.acts))):
        s.dW[i] = rule["weight"](s, i) + rule["penalty"](s, i)
        if s.biased:
            s.db[i] = rule["bias"](s, i)
        if i:
            s.carried, s.slope = rule["carry"](s, i), rule["slope"](s, i - 1)
            s.delta = rule["back"](s, i - 1) * (s.mask if s.mask is not None and i == 1 else 1)
    pairs = [(s.dW[i], s.db[i]) if s.biased else (s.dW[i],) for i in range(len(s.acts))]
    return rule["finish"](s, [g for pair in pairs for g in pair])


def network(rng, sizes, acts, k, cross=False, n=7, biased=True, flat=False, decay=0.0, mask=None, scale=0.8, **wrong):
    """(loss, gradient, params, data) of a network; `k` is a number or a function of (n, K), `flat` biases are (K,)."""
    K, rule = sizes[-1], RIGHT | wrong
    X, Y = rng.normal(size=(n, sizes[0])), targets(rng, n, sizes[-1], acts[-1])
    params = []
    for a, b in zip(sizes, sizes[1:]):
        params.append(scale * rng.normal(size=(a, b)))
        params += [0.3 * rng.normal(size=b if flat else (1, b))] * biased
    fixed = {"X": X, "Y": Y, "n": n, "acts": acts, "cross": cross, "biased": biased, "decay": decay,
             "k": k(n, K) if callable(k) else k, "mask": mask(rng, n, sizes[1]) if mask else None}

    def loss(*params):
        s = _forward(SimpleNamespace(**fixed), params)
        data = cross_entropy(s.a[-1], Y, acts[-1]) if cross else np.sum((s.a[-1] - Y) ** 2)
        return s.k * data + decay / 2 * sum(np.sum(W ** 2) for W in s.W)

    def gradient(*params):
        return _backward(_forward(SimpleNamespace(**fixed), params), rule)
    return loss, gradient, params, {"X": X, "y": Y}


def columns(case):
    """The same with examples as columns, as in Ng's courses: every array lies on its side."""
    loss, gradient, params, data = case

    def lie(arrays):
        return [array.T for array in arrays]
    return (lambda *p: loss(*lie(p)), lambda *p: lie(gradient(*lie(p))), [p.T.copy() for p in params],
            {name: array.T.copy() for name, array in data.items()})


def as_float32(case):
    """The same in single precision."""
    loss, gradient, params, data = case

    def single(arrays):
        return [np.asarray(array, np.float32) for array in arrays]
    return (lambda *p: np.float32(loss(*single(p))), lambda *p: single(gradient(*p)), single(params),
            {name: array.astype(np.float32) for name, array in data.items()})


def moved(s, i, step=0.1):
    """The error carried back through weights that have already stepped."""
    return s.delta @ (s.W[i] - step * s.dW[i]).T


def table(rng, n=9, d=3, classes=False):
    """(X, y, w) for a line: X (n, d), y (n,), w (d,)."""
    X, w = rng.normal(size=(n, d)), rng.normal(size=d)
    y = (rng.random(n) < 0.5) * 1.0 if classes else X @ rng.normal(size=d) + rng.normal(size=n)
    return X, y, w


def half_mean(n, K):
    return 0.5 / n


def per_example(n, K):
    return 1 / n


def per_entry(n, K):
    return 1 / (n * K)
