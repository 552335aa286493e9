"""Random models with gradients by hand, and wrong gradients made from them: each knows what is true of it.

Nothing here is shared with the doctor. A way back is written with a hook at each step; a mutation takes one hook, or
changes the slopes afterwards. What the doctor says of a mutant is compared with all mutations at a place it never saw.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


OF = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": lambda z: z * (z > 0), "identity": lambda z: z}
SLOPE = {"tanh": lambda z: np.cosh(z) ** -2.0, "sigmoid": lambda z: sigmoid(z) * sigmoid(-z),
         "relu": lambda z: (z > 0) + 0.0,
         "identity": lambda z: 1.0 + 0 * z}
BY_VALUE = {"tanh": lambda h: 1 - h ** 2, "sigmoid": lambda h: h * (1 - h), "relu": lambda h: (h > 0) + 0.0}


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1)[:, None]


@dataclass
class Net:
    """sizes (d, ..., k); hidden and output activations; "squared" or "entropy"; a constant before the sum over all,
    and one
    rate of weight decay; biases or none; columns: examples are columns, and weights (to, from)."""

    sizes: tuple
    hidden: str
    output: str
    kind: str
    constant: float
    decay: float
    biases: bool
    columns: bool
    X: np.ndarray
    Y: np.ndarray

    @property
    def data(self):
        return {"X": self.X.T, "y": self.Y.T} if self.columns else {"X": self.X, "y": self.Y}

    def start(self, rng):
        found = []
        for a, b in zip(self.sizes, self.sizes[1:]):
            found.append(rng.standard_normal((b, a) if self.columns else (a, b)))
            if self.biases:
                found.append(rng.standard_normal((b, 1) if self.columns else b) * 0.5)
        return found

    def layers(self, P):
        step = 2 if self.biases else 1
        for i in range(0, len(P), step):
            W = P[i].T if self.columns else P[i]
            yield W, (P[i + 1].reshape(1, -1) if self.biases else 0.0)

    def forward(self, P):
        zs, hs = [], [self.X]
        for W, b in self.layers(P):
            zs.append(hs[-1] @ W + b)
            hs.append(OF[self.hidden](zs[-1]))
        p = softmax(zs[-1]) if self.output == "softmax" else OF[self.output](zs[-1])
        return zs, hs[:-1], p

    def loss(self, *P):
        p = self.forward(P)[2]
        if self.kind == "squared":
            each = (p - self.Y) ** 2
        elif self.output == "softmax":
            each = -self.Y * np.log(p)
        else:
            each = -self.Y * np.log(p) - (1 - self.Y) * np.log(1 - p)
        return self.constant * each.sum() + self.decay * sum((W ** 2).sum() for W, _ in self.layers(P))

    def error(self, z, p):
        """The slope of the sum with respect to z."""
        if self.kind == "entropy":
            return p - self.Y
        if self.output == "softmax":
            return np.array([2 * (np.diag(q) - np.outer(q, q)) @ (q - y) for q, y in zip(p, self.Y)])
        return 2 * (p - self.Y) * SLOPE[self.output](z)

    def gradient(self, P, hooks=None):
        hooks = hooks or {}
        zs, hs, p = self.forward(P)
        error = hooks["error"](self, zs[-1], p) if "error" in hooks else self.error(zs[-1], p)
        delta, slopes, Ws = self.constant * error, [], [W for W, _ in self.layers(P)]
        for i in range(len(zs) - 1, -1, -1):
            h = hooks["input", i](self, zs, hs, i) if ("input", i) in hooks else hs[i]
            dW, db = h.T @ delta, delta.sum(axis=0)
            dW = dW + 2 * self.decay * Ws[i]
            slopes = [self._shaped(dW)] + ([db[:, None] if self.columns else db] if self.biases else []) + slopes
            if i:
                W = Ws[i] - hooks.get("step", 0.0) * dW
                slope = hooks["slope", i](self, zs, hs, i) if ("slope", i) in hooks else SLOPE[self.hidden](zs[i - 1])
                delta = delta @ W.T * slope
        return slopes

    def _shaped(self, dW):
        return dW.T if self.columns else dW


def random_net(rng):
    """A small one of any kind."""
    depth, kind = int(rng.integers(0, 4)), rng.choice(["squared", "entropy"])
    k = int(rng.integers(1, 4))
    output = ("softmax" if k > 1 and rng.random() < 0.5 else "sigmoid") if kind == "entropy" else rng.choice(
        ["identity", "identity", "sigmoid", "tanh"] + ["softmax"] * (k > 1))
    sizes = (int(rng.integers(1, 5)), *(int(rng.integers(2, 5)) for _ in range(depth)), k)
    n = int(rng.integers(3, 13))
    X, Y = rng.standard_normal((n, sizes[0])), rng.standard_normal((n, k))
    if output in ("sigmoid", "softmax"):
        Y = np.eye(k)[rng.integers(0, k, n)] if output == "softmax" else (rng.random((n, k)) < 0.5) * 1.0
    constant = float(rng.choice([1 / n, 1.0, 0.5, 1 / (2 * n), 1 / (n * k)]))
    return Net(sizes, str(rng.choice(["tanh", "sigmoid", "relu"])), str(output), str(kind), constant,
               float(rng.choice([0.0, 0.0, 0.0, 0.05])), bool(rng.random() < 0.8), bool(rng.random() < 0.3), X, Y)


# ------------------------------------------------------------------------------- mutations of the way back

def structural(net):
    """(code, key, hooks): every slip that this net can have on its way back."""
    through = SLOPE.get(net.output, lambda z: 1.0)
    if net.output in ("sigmoid", "tanh"):
        dp = {"squared": lambda p, Y: 2 * (p - Y), "entropy": lambda p, Y: (p - Y) / (p * (1 - p))}[net.kind]
        yield "slope_missing", "output", {"error": lambda m, z, p: dp(p, m.Y)}
        yield "slope_twice", "output", {"error": lambda m, z, p: dp(p, m.Y) * SLOPE[m.output](z) ** 2}
        yield "slope_argument", "output", {"error": lambda m, z, p: dp(p, m.Y) * SLOPE[m.output](p)}
        yield "slope_argument", "output", {"error": lambda m, z, p: dp(p, m.Y) * BY_VALUE[m.output](z)}
        for other in ("tanh", "sigmoid", "relu"):
            if other != net.output:
                yield "slope_other", "output", {"error": lambda m, z, p, other=other: dp(p, m.Y) * SLOPE[other](z)}
                yield "slope_other", "output", {"error": lambda m, z, p, other=other: dp(p, m.Y) * BY_VALUE[other](p)}
        yield "slope_twice", "output", {"error": lambda m, z, p: m.error(z, p) * p * (1 - p)}
    if net.output == "softmax":
        dp = (lambda p, Y: -Y / p) if net.kind == "entropy" else (lambda p, Y: 2 * (p - Y))
        yield "slope_missing", "output", {"error": lambda m, z, p: dp(p, m.Y)}
        yield "slope_other", "output", {"error": lambda m, z, p: dp(p, m.Y) * p * (1 - p)}
        yield "slope_twice", "output", {"error": lambda m, z, p: m.error(z, p) * p * (1 - p)}
    if net.kind == "squared" or net.output == "softmax":
        for output in ("sigmoid", "softmax"):
            if net.Y.min() >= 0 and net.Y.max() <= 1 and (output == "sigmoid" or net.sizes[-1] > 1):
                yield "other_loss", output, {"error": lambda m, z, p, output=output: OF_OUTPUT[output](z) - m.Y}
    for output in ("identity", "sigmoid", "tanh"):
        if (net.output, net.kind) != (output, "squared"):
            yield "other_loss", f"squared {output}", {
                "error": lambda m, z, p, output=output: 2 * (OF[output](z) - m.Y) * SLOPE[output](z) if output != "tanh"
                else 2 * (np.tanh(z) - m.Y) * SLOPE["tanh"](z)}
    yield "other_loss", "absolute", {"error": lambda m, z, p: np.sign(z - m.Y)}
    errors = {"squared": lambda m, p: (p - m.Y) ** 2, "p": lambda m, p: p, "y": lambda m, p: m.Y, "abs": lambda m,
              p: np.abs(p - m.Y)}
    for name, error in errors.items():
        yield "error_other", name, {"error": lambda m, z, p, error=error: error(m, p)}
        yield "error_other", name, {"error": lambda m, z, p, error=error: error(m, p) * through(z)}
    yield "error_other", "z", {"error": lambda m, z, p: z - m.Y}
    n = len(net.X)
    for rows in [[i] for i in range(n)] + [range(m) for m in range(2, n)] + [range(m, n) for m in range(1, n - 1)]:
        yield ("one_example" if len(rows) == 1 else "some_examples"), tuple(rows), {
            "error": lambda m, z, p, rows=rows: m.error(z, p) * np.isin(np.arange(len(z)), list(rows))[:, None]}
    for j in range(net.sizes[-1] if net.sizes[-1] > 1 else 0):
        yield "one_output", j, {"error": lambda m, z, p, j=j: m.error(z, p) * (np.arange(z.shape[1]) == j)}
    hidden = range(1, len(net.sizes) - 1)
    for chosen in [(i,) for i in hidden] + [tuple(hidden)] * (len(hidden) > 1):
        for code, slope in _slopes(net):
            yield code, chosen, {("slope", i): slope for i in chosen}
    for i in hidden:
        for j in range(len(net.sizes) - 1):
            if j != i - 1 and net.sizes[j + 1] in (net.sizes[i], 1):
                yield "slope_layer", (i, j), {("slope", i): lambda m, zs, hs, i, j=j: SLOPE[m.hidden](zs[j])}
        yield "other_input", i, {("input", i): lambda m, zs, hs, i: zs[i - 1]}
    for i, j in product(range(len(net.sizes) - 1), repeat=2):
        if i != j and net.sizes[i] == net.sizes[j]:
            yield "other_input", (i, j), {("input", i): lambda m, zs, hs, i, j=j: hs[j]}
    yield "other_input", "ones", {("input", 0): lambda m, zs, hs, i: np.ones_like(hs[i])}
    if len(net.sizes) > 2:
        yield "moved", 0.1, {"step": 0.1}


OF_OUTPUT = {"sigmoid": sigmoid, "softmax": softmax}


def _slopes(net):
    yield "slope_missing", lambda m, zs, hs, i: 1.0
    yield "slope_twice", lambda m, zs, hs, i: SLOPE[m.hidden](zs[i - 1]) ** 2
    yield "slope_argument", lambda m, zs, hs, i: SLOPE[m.hidden](hs[i])
    yield "slope_argument", lambda m, zs, hs, i: BY_VALUE[m.hidden](zs[i - 1])
    for other in ("tanh", "sigmoid", "relu"):
        if other != net.hidden:
            yield "slope_other", lambda m, zs, hs, i, other=other: SLOPE[other](zs[i - 1])
            yield "slope_other", lambda m, zs, hs, i, other=other: BY_VALUE[other](hs[i])


# ------------------------------------------------------------------------------- mutations of the slopes

def afterwards(net, rng, P):
    """(code, parameters, function of the place and the right slopes): changes of some finished slopes."""
    ks = [k for k in range(len(P)) if rng.random() < 0.5] or [int(rng.integers(len(P)))]
    n, c = len(net.X), float(rng.choice([2.0, 0.5, 3.0, 1.37, 0.1]))

    def on(change):
        return lambda P, G: [change(P[i], g) if i in ks else g for i, g in enumerate(G)]
    yield "sign", ks, on(lambda p, g: -g)
    yield "factor", ks, on(lambda p, g: c * g)
    yield "factor", ks, on(lambda p, g: -c * g)
    yield "sum_for_mean", ks, on(lambda p, g: n * g)
    yield "mean_for_sum", ks, on(lambda p, g: g / n)
    yield "zeros", ks, on(lambda p, g: 0 * g)
    yield "decay", ks, on(lambda p, g: g + 0.03 * p)
    yield "decay", ks, on(lambda p, g: g - 0.07 * p)
    yield "normalised", ks, on(lambda p, g: g / np.linalg.norm(g))
    yield "normalised", ks, on(lambda p, g: np.sign(g))
    bound = 0.5 * max(np.abs(g).max() for i, g in enumerate(net.gradient(P)) if i in ks)
    yield "clipped", ks, on(lambda p, g: np.clip(g, -bound, bound))
    yield "rounded", ks, on(lambda p, g: np.round(g, 2))
    yield "rounded", ks, on(lambda p, g: np.trunc(g))
    yield "averaged", ks, on(lambda p, g: g.mean() + 0 * g)
    yield "summed", ks, on(lambda p, g: g.sum() + 0 * g)
    yield "another_order", ks, on(lambda p, g: np.flip(g).copy())
    yield "transposed", ks, on(lambda p, g: g.T if g.ndim == 2 else g)
    yield "unknown", ks, on(lambda p, g: g + 1e-4 * np.abs(g).max() * np.cos(np.arange(g.size)).reshape(g.shape))
    yield "unknown", ks, on(lambda p, g: g * (1 + 0.3 * np.cos(np.arange(g.size)).reshape(g.shape)) + 0.1 * p ** 2)
    yield "in_part", ks, on(lambda p, g: g * (np.arange(g.size) < (g.size + 1) // 2).reshape(g.shape))
    pairs = [(i, j) for i in range(len(P)) for j in range(i) if P[i].size == P[j].size]
    if pairs:
        i, j = pairs[int(rng.integers(len(pairs)))]
        yield "exchanged", [i, j], lambda P, G: [
            G[j].reshape(P[i].shape) if a == i else G[i].reshape(P[j].shape) if a == j else g for a, g in enumerate(G)]
        yield "other_parameter", [i], lambda P, G: [G[j].reshape(P[i].shape) if a == i else g for a, g in enumerate(G)]
