"""One explorer per lesson: a picture with sliders and the sentence that says what it shows.

    from gradlib.explorers import two_roads
    two_roads()
"""

from .lesson00 import two_roads
from .lesson01 import line_and_landscape
from .lesson02 import step_size
from .lesson03 import backprop_stepper
from .lesson05 import costs
from .lesson06 import whose_gradient
from .lesson07 import training
from .lesson08 import step_and_batch
from .lesson09 import optimizer_race
from .lesson10 import guesses
from .lesson11 import many_machines
from .lesson12 import what_it_sees

__all__ = ["backprop_stepper", "costs", "guesses", "line_and_landscape", "many_machines", "optimizer_race",
           "step_and_batch", "step_size", "training", "two_roads", "what_it_sees", "whose_gradient"]
