"""Backpropagation: the chain rule as a program. Lessons 03 and 04 build it, lesson 05 asks what it costs.

    loss, slopes = value_and_grad(f)(w)      reverse mode: all slopes of one number in one walk back
    loss, slope = jvp(f, w, v)               forward mode: the slope along one direction v
    hessian_vector_product(f, w, v)          second derivatives, by differentiating the walk back
    print(program(f, w, X, y))               the loss and its slopes as straight-line NumPy; compiled(f) runs it
    cost(f, w)                               operations and memory, counted

f is written with ordinary operators and NumPy functions; relu, sigmoid, softmax, logsumexp, log_sigmoid and
cross_entropy are here. Any of these may stand inside a function that another one differentiates.

Where f has a kink, one slope is agreed on. relu and abs are flat at 0, a length and a standard deviation where they are
0. Of two equal numbers np.maximum and np.minimum give the first all of the slope, so np.clip gives all to x; max and
min share it among all that are equal. (Between two, PyTorch and JAX halve.)
"""

from . import operators  # noqa: F401  gives Var its operators
from .cost import cost, edges, layered, operations, paths
from .forward import jvp
from .graph import Var
from .program import compiled, program
from .reverse import backward, hessian_vector_product, value_and_grad
from .rules import relu, sigmoid
from .words import concatenate, cross_entropy, dot, log_sigmoid, logsumexp, softmax

__all__ = ["Var", "backward", "compiled", "concatenate", "cost", "cross_entropy", "dot", "edges",
           "hessian_vector_product", "jvp", "layered", "log_sigmoid", "logsumexp", "operations", "paths", "program",
           "relu", "sigmoid", "softmax", "value_and_grad"]
