"""Eight wrong networks such as people post, each one line away from the right one; and a network in a reader's file."""

import runpy
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..data import moons
from .writing import NAMES, built

HIDDEN, DECAY = 8, 0.01
HEAD = "def slopes(W1, b1, W2, b2):"
LINES = {
    "h": "h = np.tanh(X @ W1 + b1)",
    "p": "p = 1 / (1 + np.exp(-(h @ W2 + b2)))",
    "delta2": "delta2 = (p - Y) / len(X)",
    "delta1": "delta1 = delta2 @ W2.T * (1 - h**2)",
    "dW1": "dW1 = X.T @ delta1 + decay * W1",
    "db1": "db1 = delta1.sum(axis=0)",
    "dW2": "dW2 = h.T @ delta2 + decay * W2",
    "db2": "db2 = delta2.sum(axis=0)",
}
RETURN = "return dW1, db1, dW2, db2"


class Posted(NamedTuple):
    """A wrong line, in the place of the line of `LINES` that makes the same name."""

    place: str
    line: str

    @property
    def slopes(self):
        """The backward pass with this line in it: slopes(W1, b1, W2, b2)."""
        return _backward(LINES | {self.place: self.line})


def examples():
    """Both moons, standardised, and which of the two each point belongs to: X (200, 2), Y (200, 1)."""
    X, y = moons()
    return (X - X.mean(axis=0)) / X.std(axis=0), y[:, None].astype(float)


@np.errstate(all="ignore")   # a run that flies apart is a result, and its loss is nan
def loss(W1, b1, W2, b2):
    """Mean cross-entropy of the network 2-8-1 on `examples`, tanh then sigmoid, with weight decay:

    mean(log(1 + exp(z)) - Y z) + decay / 2 (|W1|^2 + |W2|^2),  z = tanh(X W1 + b1) W2 + b2.
    """
    X, Y = examples()
    z = np.tanh(X @ W1 + b1) @ W2 + b2
    return (np.logaddexp(0, z) - Y * z).mean() + DECAY / 2 * ((W1**2).sum() + (W2**2).sum())


def start(seed=0):
    """W1 (2, 8), b1 (8,), W2 (8, 1), b2 (1,): normal numbers over the root of the inputs, and zeros."""
    rng = np.random.default_rng(seed)
    return [rng.standard_normal((2, HIDDEN)) / 2**0.5, np.zeros(HIDDEN),
            rng.standard_normal((HIDDEN, 1)) / HIDDEN**0.5, np.zeros(1)]


@np.errstate(all="ignore")
def trained(slopes, step_size=0.5, steps=500):
    """The parameters after so many steps from `start` along what slopes(W1, b1, W2, b2) gives."""
    layers = start()
    for _ in range(steps):
        layers = [array - step_size * slope for array, slope in zip(layers, slopes(*layers))]
    return layers


def _backward(lines):
    X, Y = examples()
    body = "\n".join(f"    {line}" for line in (*lines.values(), RETURN))
    return built(f"{HEAD}\n{body}\n", NAMES | {"X": X, "Y": Y, "decay": DECAY})


right = _backward(LINES)

NETWORKS = (
    Posted("delta1", "delta1 = delta2 @ W2.T"),
    Posted("delta1", "delta1 = delta2 @ W2.T * (1 - (X @ W1 + b1)**2)"),
    Posted("delta1", "delta1 = delta2 @ (W2 - 0.5 * (h.T @ delta2 + decay * W2)).T * (1 - h**2)"),
    Posted("delta2", "delta2 = (p - Y) / len(X) * p * (1 - p)"),
    Posted("delta2", "delta2 = 2 * (p - Y) / len(X)"),
    Posted("dW2", "dW2 = h.T @ delta2"),
    Posted("db1", "db1 = delta1.mean(axis=0)"),
    Posted("db2", "db2 = (p - Y).sum(axis=0)"),
)

# A network as many keep it in a file: columns are examples, and each line says its shapes.
EXAMPLE = '''\
import numpy as np

rng = np.random.default_rng(1)
X = rng.standard_normal((3, 50))                        # 50 examples, as columns
Y = np.sin(X[:1]) + 0.5 * X[1:2] * X[2:]                # (1, 50)
parameters = [rng.standard_normal((6, 3)) / 2, np.zeros((6, 1)),
              rng.standard_normal((1, 6)) / 2, np.zeros((1, 1))]

def forward(W1, b1, W2, b2):
    A1 = np.tanh(W1 @ X + b1)
    return A1, W2 @ A1 + b2

def loss(W1, b1, W2, b2):
    A1, A2 = forward(W1, b1, W2, b2)
    return np.sum((A2 - Y)**2) / (2 * X.shape[1])

def gradient(W1, b1, W2, b2):
    A1, A2 = forward(W1, b1, W2, b2)
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = W2.T @ dZ2 * (1 - A1**2)
    return [dZ1 @ X.T, np.sum(dZ1, axis=1, keepdims=True) / m,
            dZ2 @ A1.T / m, np.sum(dZ2, axis=1, keepdims=True) / m]
'''
WANTED = ("loss", "gradient", "parameters")


def own(file):
    """The names that a Python file of the reader's defines; where it is not there, those of `EXAMPLE`.

    It must define the functions loss and gradient, and parameters, a list. ValueError where it does not, or is no
    Python; what it raises while it runs comes through.
    """
    path = Path(file)
    names = _run(path) if path.is_file() else _of_the_example()
    missing = [name for name in WANTED if name not in names]
    wrong = [name for name in WANTED if name in names and not _fits(name, names[name])]
    if missing or wrong:
        told = f"does not define {', '.join(missing)}" if missing else (
            f"defines {wrong[0]} as something of the type {type(names[wrong[0]]).__name__}")
        raise ValueError(f"{file} {told}. Expected: loss(*parameters), a number; gradient(*parameters), one array for "
                         "each; and the list `parameters`.")
    return names


def _run(path):
    """The names of a file, run as Python runs a module."""
    try:
        return runpy.run_path(str(path), run_name=path.stem)
    except SyntaxError as problem:
        if problem.filename not in (str(path), None):    # a module that it imports
            raise
        line = f", line {problem.lineno}" if problem.lineno else ""
        raise ValueError(f"{path} is no Python: {problem.msg}{line}. Run it by itself first.") from None


def _of_the_example():
    names = {"__name__": "example"}
    exec(EXAMPLE, names)
    return names


def _fits(name, value):
    return isinstance(value, (list, tuple)) if name == "parameters" else callable(value)
