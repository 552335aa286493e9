"""The random programs on PyTorch, in a process of its own: python -m tests.autodiff.torch_road FIRST LAST.

Prints the worst relative errors of gradients and Hessian-vector products, each with the number of its program.
"""

import sys

import numpy as np
import torch

from gradlib.autodiff import hessian_vector_product, value_and_grad

from .programs import common_program, relative_error


def tensor(x):
    """The tensor of anything a program works with."""
    return x.value if isinstance(x, Tensor) else torch.as_tensor(np.asarray(x, float))


class Tensor:
    """A torch tensor with the operators and methods of a NumPy array."""

    __array_ufunc__ = None    # NumPy leaves array + Tensor to us

    def __init__(self, value):
        self.value = value

    ndim = property(lambda self: self.value.ndim)
    T = property(lambda self: Tensor(self.value.permute(tuple(range(self.ndim))[::-1])))

    def _axes(self, axis):
        return tuple(range(self.ndim)) if axis is None else axis

    def reshape(self, *shape):
        return Tensor(self.value.reshape(*shape))

    def transpose(self):
        return self.T

    def sum(self, axis=None, keepdims=False):
        return Tensor(torch.sum(self.value, self._axes(axis), keepdims)) if self.ndim else self

    def mean(self, axis=None, keepdims=False):
        return Tensor(torch.mean(self.value, self._axes(axis), keepdims)) if self.ndim else self

    def max(self, axis=None, keepdims=False):
        return Tensor(torch.amax(self.value, self._axes(axis), keepdims)) if self.ndim else self

    def dot(self, other):
        return dot(self, other)

    def __abs__(self):
        return Tensor(torch.abs(self.value))

    def __neg__(self):
        return Tensor(-self.value)

    def __getitem__(self, key):
        """Torch has no negative steps: number the elements, index the numbers, and gather."""
        places = np.arange(self.value.numel()).reshape(tuple(self.value.shape))[key]
        return Tensor(self.value.reshape(-1)[torch.as_tensor(np.array(places))])


def lifted(function):
    return lambda *args, **kwargs: Tensor(function(*[tensor(x) for x in args], **kwargs))


def dot(x, y):
    x, y = tensor(x), tensor(y)
    return Tensor(x @ y if x.ndim and y.ndim else x * y)


def concatenate(arrays, axis=0):
    return Tensor(torch.cat([tensor(x) for x in arrays], axis))


for _name, _function in {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "truediv": torch.div, "pow": torch.pow,
                         "gt": torch.gt, "ge": torch.ge, "lt": torch.lt, "le": torch.le}.items():
    setattr(Tensor, f"__{_name}__", lifted(_function))
    setattr(Tensor, f"__r{_name}__", lambda y, x, function=_function: lifted(function)(x, y))
Tensor.__matmul__, Tensor.__rmatmul__ = dot, lambda y, x: dot(x, y)


class NumPy:
    """The functions of NumPy that random programs use."""

    newaxis = None
    dot = matmul = staticmethod(dot)
    concatenate = staticmethod(concatenate)
    sum, mean, max = (staticmethod(lambda x, name=name, **kwargs: getattr(Tensor(tensor(x)), name)(**kwargs))
                      for name in ("sum", "mean", "max"))
    amax = max
    transpose = staticmethod(lambda x: Tensor(tensor(x)).T)
    power = staticmethod(lifted(torch.pow))
    reshape = staticmethod(lambda x, shape: Tensor(tensor(x).reshape(shape)))
    broadcast_to = staticmethod(lambda x, shape: Tensor(tensor(x).broadcast_to(shape)))

    def __getattr__(self, name):
        return lifted(getattr(torch, name))


def logsumexp(x, axis=None, keepdims=False):
    x = tensor(x)
    return Tensor(torch.logsumexp(x, tuple(range(x.ndim)) if axis is None else axis, keepdims)) if x.ndim else Tensor(x)


WORDS = {
    "np": NumPy(), "relu": lifted(torch.relu), "sigmoid": lifted(torch.sigmoid), "dot": dot, "concatenate": concatenate,
    "softmax": lambda x, axis=-1: Tensor(torch.softmax(tensor(x), axis)), "logsumexp": logsumexp,
    "cross_entropy": lambda x, y: Tensor((torch.logsumexp(tensor(x), -1) - (tensor(x) * tensor(y)).sum(-1)).mean()),
}


def slopes(made, v):
    """Gradient and Hessian-vector product by torch, an array for each leaf."""
    leaves = [torch.tensor(np.array(leaf), requires_grad=True) for leaf in made.leaves]
    out = tensor(made.function(WORDS)(*[Tensor(leaf) for leaf in leaves]))
    gradient = torch.autograd.grad(out, leaves, create_graph=True, materialize_grads=True)
    along = sum((slope * torch.as_tensor(d)).sum() for slope, d in zip(gradient, v))
    second = (torch.autograd.grad(along, leaves, materialize_grads=True) if along.requires_grad
              else [torch.zeros_like(leaf) for leaf in leaves])
    return [slope.numpy(force=True) for slope in gradient], [slope.numpy(force=True) for slope in second]


def errors(made):
    """Relative errors of our gradient and of our Hessian-vector product."""
    v = made.direction()
    gradient, second = slopes(made, v)
    ours = value_and_grad(made.f, tuple(range(len(v))))(*made.leaves)[1]
    steepest = max(np.abs(slope).max(initial=0) for slope in gradient)
    curved = hessian_vector_product(made.packed(), made.pack(made.leaves), made.pack(v))
    return relative_error(ours, gradient), relative_error([curved], [made.pack(second)], max(steepest, 1e-3))


def comparable(made):
    """PyTorch 2.14 takes a power for flat in the base, also in the mixed derivative, where the exponent is 0."""
    return all(np.all(leaf != 0) for leaf in made.leaves)


if __name__ == "__main__":
    programs = {seed: common_program(seed) for seed in range(*map(int, sys.argv[1:]))}
    found = {seed: errors(made) for seed, made in programs.items() if comparable(made)}
    for which in (0, 1):
        worst = max(found, key=lambda seed: found[seed][which])
        print(worst, found[worst][which])
