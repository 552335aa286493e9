"""Predictions for descent, made before the run. For linear regression they are exact.

    step_limit, best_step, predicted_losses, ...                 all examples in every step (lesson 02)
    covariance_factor, gradient_covariance, noise_scale, ...     what a batch says about the gradient (lesson 08)
    expected_excess, noise_floor, mean_square_limit, ...         where steps along batches lead, on average (lesson 08)
    local_floor, drift, digits_per_step                          the same with several workers (lesson 11)
    steepest_curvature, safe_step, ...                           the same asked of any loss, at one place (lesson 12)
"""

from .batch_size import best_step_for_batch, critical_batch_size, gaussian_limit, noise_scale, simple_noise_scale
from .fresh import expected_excess, mean_square_limit, noise_floor, small_step_floor, stationary_covariance
from .full_batch import excess_loss, predicted_losses, predicted_weights
from .local import digits_per_step, drift, local_floor
from .nearby import gradient_noise, safe_step, steepest_curvature, total_curvature
from .one_batch import covariance_factor, expected_loss_after_step, gradient_covariance
from .shuffled import shuffled_covariance, shuffled_floor
from .step_size import best_rate, best_step, condition_number, eigenvalues, growth, steepest_axis, step_limit

__all__ = ["best_rate", "best_step", "best_step_for_batch", "condition_number", "covariance_factor",
           "critical_batch_size", "digits_per_step", "drift", "eigenvalues", "excess_loss", "expected_excess",
           "expected_loss_after_step", "gaussian_limit", "gradient_covariance", "gradient_noise", "growth",
           "local_floor", "mean_square_limit", "noise_floor", "noise_scale", "predicted_losses", "predicted_weights",
           "safe_step", "shuffled_covariance", "shuffled_floor", "simple_noise_scale", "small_step_floor",
           "stationary_covariance", "steepest_axis", "steepest_curvature", "step_limit", "total_curvature"]
