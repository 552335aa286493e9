"""Backpropagation: the chain rule as a program. Lessons 03 and 04 build it, lesson 00 uses it.

    loss, gradient = value_and_grad(f)(w)

runs f once on a `Var`, which remembers every operation, and then walks the operations backwards once.
"""

from .graph import Var, backward, value_and_grad

__all__ = ["Var", "backward", "value_and_grad"]
