"""Learning without backprop: what is sent back instead, what it costs, and its angle to the true gradient (lesson 10).

    evolution_strategies, spsa, forward_gradient       guesses at the gradient from losses or slopes along directions
    hill_climbing                                      no gradient at all: try, and keep what is lower
    feedback_alignment, direct_feedback_alignment      the error through fixed random matrices
    target_propagation                                 targets through the inverse of each (linear) layer
    forward_forward                                    a loss for each layer, nothing is sent
    coordinate_descent, normal_equations               linear regression, one weight at a time or all in one go
    relative_length, mean_cosine, mean_shrinkage, climbing_rate      laws, known before the run
    learn, layer_angles, ways                          to measure angles and count operations
"""

from .climbing import Climb, hill_climbing
from .forward_forward import classify, forward_forward, goodness, with_label
from .guesses import difference_along, evolution_strategies, forward_gradient, gradient_from_slopes, spsa
from .laws import climbing_rate, mean_cosine, mean_shrinkage, relative_length
from .layers import direct_feedback_alignment, feedback_alignment, linear_values, random_feedback, target_propagation
from .regression import coordinate_descent, normal_equations
from .ways import Learning, layer_angles, learn, ways

__all__ = ["Climb", "Learning", "classify", "climbing_rate", "coordinate_descent", "difference_along",
           "direct_feedback_alignment", "evolution_strategies", "feedback_alignment", "forward_forward",
           "forward_gradient", "goodness", "gradient_from_slopes", "hill_climbing", "layer_angles", "learn",
           "linear_values", "mean_cosine", "mean_shrinkage", "normal_equations", "random_feedback",
           "relative_length", "spsa", "target_propagation", "ways", "with_label"]
