"""From gradient to step. The gradient may come by any road; what is done with it is decided here.

    gradient_descent(gradient, start, 0.1, 100)                    all examples in every step (lesson 02)
    descend(gradient, start, Adam(0.01), 100, batches)             any rule, schedule and batches (lessons 08, 09)
    many_runs(X, y, start, 0.1, 8, 60, 40, rng)                    many runs on linear regression at once (lesson 08)
    gram_gradient, blocked_gradient, one_by_one                    the same weights in a fraction of the time
"""

from .batches import all_batches, fresh_batches, shuffled_epochs
from .exact import blocked_gradient, gram_gradient, one_by_one
from .many_runs import many_runs
from .rules import SGD, Adam, Momentum, Nesterov, RMSProp
from .schedules import constant, cosine, inverse_time, step_decay, warm_up
from .walk import Run, descend, gradient_descent

__all__ = ["SGD", "Adam", "Momentum", "Nesterov", "RMSProp", "Run", "all_batches", "blocked_gradient", "constant",
           "cosine", "descend", "fresh_batches", "gradient_descent", "gram_gradient", "inverse_time", "many_runs",
           "one_by_one", "shuffled_epochs", "step_decay", "warm_up"]
