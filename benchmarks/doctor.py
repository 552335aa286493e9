"""Is this gradient right? gradlib.diagnose beside what others have to say: time, and the answer of each.

Every judge gets the same loss and the same claimed slopes, written in NumPy. gradcheck (PyTorch) and check_grads (JAX,
HIPS autograd) judge functions with a backward pass of their own, so the pair is handed to each as one, with the slopes
that are claimed for that pass. Peers that are not installed are left out: torch, jax, autograd (HIPS).
"""

import time
from functools import partial

import numpy as np

import gradlib
from gradlib import calculus, network

from . import harness

OURS, TORCH, JAX, HIPS = "gradlib.diagnose", "torch gradcheck", "jax check_grads", "HIPS check_grads"
PACKAGES = {"torch": TORCH, "jax": JAX, "autograd": HIPS}
ROUNDS, SLOW = 5, 2.0     # what takes longer than so many seconds is timed once


def main():
    """Measure in one process, and print a table of times and one of answers."""
    found = harness.in_child("benchmarks.doctor.measure()")
    names = [OURS, *found["peers"]]
    print(f"{found['machine']}\nPeers: {', '.join(found['peers']) or 'none installed'}\n")
    print("Seconds of CPU for one answer; the median of rounds:\n")
    print(harness.markdown(["gradient", "numbers", *names], [
        [case["name"], case["numbers"], *(case["seconds"].get(name) for name in names)] for case in found["cases"]]))
    print("\nWhat each says:\n")
    print(harness.markdown(["gradient", *names], [
        [case["name"], *(case["says"].get(name) for name in names)] for case in found["cases"]]))
    print("\nAsked and reached:\n")
    print(harness.markdown(["gradient", "quantity", "asked", "reached", ""], verdicts(found["cases"])))


def verdicts(cases):
    """Rows: the seconds that were asked for the two large networks, and those that were reached."""
    for name, bound in (("100,000 numbers, right", 3.0), ("784-30-10, slope left out", 10.0)):
        reached = next(case for case in cases if case["name"] == name)["seconds"][OURS]
        yield [name, "s", bound, reached, "yes" if reached <= bound else "no"]


def measure():
    """Times and answers of all judges on all gradients."""
    harness.stay_on_one_core()
    judges = {OURS: ours} | {PACKAGES[name]: PEERS[name] for name in harness.installed(*PACKAGES)}
    return {"machine": harness.machine(), "peers": [name for name in judges if name != OURS],
            "cases": [asked(name, judges) for name in CASES]}


def asked(name, judges):
    """One gradient: how long each judge takes, and what it says."""
    loss, gradient, params, data = CASES[name]()
    seconds, says = {}, {}
    for judge, judged in judges.items():
        says[judge] = judged(loss, gradient, params, data)     # and everything is loaded
        times = [_timed(judged, loss, gradient, params, data)]
        while len(times) < ROUNDS and times[0] < SLOW:
            times.append(_timed(judged, loss, gradient, params, data))
        seconds[judge] = sorted(times)[len(times) // 2]
    return {"name": name, "numbers": sum(p.size for p in params), "seconds": seconds, "says": says}


LARGEST = 2000    # numbers; beyond, gradcheck is asked along random directions, its fast mode


def _timed(judged, *case):
    start = time.process_time()
    judged(*case)
    return time.process_time() - start


# ------------------------------------------------------------------------------- gradients

def linear(slopes):
    """Linear regression with the half mean of squares, and slopes(dw, db) claimed."""
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((50, 5)), rng.standard_normal(50)
    return (partial(_linear, X, y), lambda w, b: slopes(*calculus.linear_gradient(X, y, w, b)),
            [rng.standard_normal(5), np.zeros(())], {"X": X, "y": y})


def _linear(X, y, w, b):
    return calculus.linear_loss(X, y, w, b)


def net(sizes, n, slip=False):
    """A network of tanh with cross-entropy, and its backprop, with the slope of the activation or without."""
    rng = np.random.default_rng(0)
    X, labels = rng.random((n, sizes[0])), rng.integers(0, sizes[-1], n)
    layers = network.initial(sizes, rng)
    return (lambda *P: _forward(P, X, labels)[0], lambda *P: _backward(P, X, labels, slip), layers,
            {"X": X, "y": labels})


def _forward(P, X, labels):
    hs = [X]
    for W, b in zip(P[:-2:2], P[1:-2:2]):
        hs.append(np.tanh(hs[-1] @ W + b))
    z = hs[-1] @ P[-2] + P[-1]
    z = z - z.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(X)), labels])), hs, p


def _backward(P, X, labels, slip):
    _, hs, p = _forward(P, X, labels)
    delta, slopes = (p - np.eye(p.shape[1])[labels]) / len(X), []
    for W, h in zip(P[-2::-2], hs[::-1]):
        slopes = [h.T @ delta, delta.sum(axis=0), *slopes]
        delta = delta @ W.T * (1.0 if slip else 1 - h * h)
    return slopes


def kinked():
    """The sum of absolute values where some are zero: the sign is one of its slopes."""
    return (lambda w: np.abs(w).sum(), lambda w: [np.sign(w)], [np.array([0.0, 1, -2])], {})


CASES = {
    "linear regression, right": partial(linear, lambda dw, db: [dw, db]),
    "linear regression, summed": partial(linear, lambda dw, db: [50 * dw, 50 * db]),
    "linear regression, sign of b": partial(linear, lambda dw, db: [dw, -db]),
    "at a kink, right": kinked,
    "4-8-3, right": partial(net, (4, 8, 3), 32),
    "4-8-3, slope left out": partial(net, (4, 8, 3), 32, True),
    "784-30-10, right": partial(net, (784, 30, 10), 128),
    "784-30-10, slope left out": partial(net, (784, 30, 10), 128, True),
    "100,000 numbers, right": partial(net, (784, 125, 10), 128),
}


# ------------------------------------------------------------------------------- judges

def ours(loss, gradient, params, data):
    """The verdict of `gradlib.diagnose`, and its codes."""
    found = gradlib.diagnose(loss, gradient, *params, **data)
    verdict = {True: "right", False: "wrong", None: "cannot be told"}[found.right]
    return ": ".join([verdict, ", ".join(found.codes)][:1 + bool(found.codes)])


def gradcheck(loss, gradient, params, data):
    """PyTorch's verdict on a function whose backward pass hands back what is claimed."""
    import torch

    class Claimed(torch.autograd.Function):
        @staticmethod
        def forward(ctx, *tensors):
            ctx.given = [tensor.detach().numpy() for tensor in tensors]
            return torch.tensor(float(loss(*ctx.given)), dtype=torch.float64)

        @staticmethod
        def backward(ctx, sent):
            return tuple(sent * torch.tensor(np.asarray(slope, float)) for slope in gradient(*ctx.given))
    inputs = tuple(torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in params)
    fast = sum(p.size for p in params) > LARGEST
    return _said(lambda: torch.autograd.gradcheck(Claimed.apply, inputs, fast_mode=fast))


def jax_check(loss, gradient, params, data):
    """JAX's verdict on a function whose reverse rule is what is claimed."""
    import jax
    from jax.test_util import check_grads
    jax.config.update("jax_enable_x64", True)
    scalar, arrays = jax.ShapeDtypeStruct((), np.float64), [jax.ShapeDtypeStruct(p.shape, np.float64) for p in params]

    @jax.custom_vjp
    def claimed(*P):
        return jax.pure_callback(lambda *P: np.float64(loss(*map(np.asarray, P))), scalar, *P)

    def back(P, sent):
        slopes = jax.pure_callback(lambda *P: [np.asarray(g, float) for g in gradient(*map(np.asarray, P))], arrays, *P)
        return tuple(sent * slope for slope in slopes)
    claimed.defvjp(lambda *P: (claimed(*P), P), back)
    return _said(lambda: check_grads(claimed, tuple(params), order=1, modes=["rev"]))


def hips(loss, gradient, params, data):
    """HIPS autograd's verdict on a function whose reverse rule is what is claimed."""
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads
    claimed = primitive(lambda *P: loss(*P))

    def rule(k):
        return lambda answer, *P: lambda sent: sent * np.asarray(gradient(*P)[k], float)
    defvjp(claimed, *map(rule, range(len(params))))
    return _said(lambda: check_grads(claimed, tuple(range(len(params))), modes=["rev"], order=1)(*params))


PEERS = {"torch": gradcheck, "jax": jax_check, "autograd": hips}


def _said(ask):
    """"right", or the first words of the complaint."""
    try:
        ask()
    except Exception as error:     # each has its own
        words = " ".join(str(error).replace("|", " ").split())
        return f"wrong: {words[:40]} …" if words else "wrong"
    return "right"
