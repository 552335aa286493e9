"""The checker is tested as tests are: every small change of a right answer must be caught."""

import pytest

from .answers import EXERCISES, NAMED, RIGHT
from .mutants import survivors

STYLES = {  # which answers are changed, besides the solutions
    "gradient": "mean_axis loops augmented target_first normal",
    "descend": "plus copy loops path matrix",
    "walk_back": "depth_first every_path graphlib",
    "entropy_gradient": "chain loops",
    "loss_gradient": "exponential",
    "hidden_delta": "loops outers",
    "backward": "four_equations one_example_at_a_time",
    "train_step": "saved first_layer_first",
    "batch_variance": "every_batch plain_python",
    "sgd_step": "loops ones",
    "epoch": "loops matrices",
    "momentum_step": "loops",
    "adam_step": "one_correction",
    "rmsprop_step": "loops",
}
# Changes that change nothing, as `mutants` words them: X is as long as y and delta_out as wide as W2, a square has no
# sign, 1 / v is v where v is 1 or −1, a symmetric matrix is its own transpose, an array serves as well as a list, and a
# list may be longer than it need be.
EQUIVALENT = {
    "half_mse": ["error = X.dot(w) - y.ravel()  [X.dot(w) - y.ravel() -> y.ravel() - X.dot(w)]"],
    "gradient": ["dw = X.T.dot(error) / len(y)  [y -> X]"],
    "gradient augmented": ["A = np.column_stack([X, np.ones(len(X))])  [X -> y]",
                           "g = A.T.dot(A.dot(theta) - y) / len(y)  [y -> X]"],
    "gradient target_first": [
        "residual = y - (X.dot(w) + b); return -X.T.dot(residual) / len(y), -residual.mean()  [y -> X]"],
    "gradient normal": ["n = len(y)  [y -> X]",
                        "dw = H @ w + m * b - X.T @ y / n  [H @ w -> w @ H]",
                        "db = m @ w + b - y.mean()  [m @ w -> w @ m]"],
    "descend": ["w = w - step_size * X.T.dot(error) / len(y)  [y -> X]"],
    "descend plus": ["w = w + step_size * X.T.dot(error) / len(y)  [y -> X]"],
    "descend copy": ["w -= step_size * X.T.dot(X.dot(w) - y) / len(y)  [y -> X]"],
    "descend loops": ["w = list(w)  [w = list(w) -> pass]"],
    "descend matrix": ["H, c = X.T @ X / len(y), X.T @ y / len(y)  [y -> X]",
                       "H, c = X.T @ X / len(y), X.T @ y / len(y)  [y -> X]",
                       "w = w - step_size * (H @ w - c)  [H @ w -> w @ H]"],
    "chain": ["return dL_db * db_da * da_dx  [dL_db * db_da -> dL_db / db_da]",
              "return dL_db * db_da * da_dx  [dL_db * db_da -> dL_db]"],
    "finite_differences": ["gradient = np.zeros(len(w))  [np.zeros -> np.ones]"],
    "walk_back every_path": ["slope = dict.fromkeys(operands, 0.0)  [dict -> local]",
                             "slope = dict.fromkeys(operands, 0.0)  [dict -> operands]"],
    "entropy_gradient": ["return X.T @ error / len(y)  [y -> X]"],
    "entropy_gradient chain": [
        "return np.mean(dL_dp[:, None] * dp_dz[:, None] * dz_dw, axis=0)  [dz_dw -> X]"],
    "entropy_gradient loops": ["gradient = [0] * d  [d -> w]"],
    "loss_gradient": ["return X.T @ pull / len(y)  [y -> X]"],
    "loss_gradient exponential": ["return ((p - y) * slope) @ X / len(X)  [X -> y]"],
    "hidden_delta loops": ["for o in range(W2.shape[1]):  [W2 -> delta_out]"],
    "hidden_delta outers": ["for o in range(W2.shape[1]):  [W2 -> delta_out]"],
    "backward": ["delta2 = (p - y) / len(X)  [X -> y]"],
    "backward four_equations": ["n = X.shape[0]  [X -> y]"],
    "backward one_example_at_a_time": ["dW1, db1, dW2, db2 = 0, 0, 0, 0  [(0, 0, 0, 0) -> (0, 0, 0, 0)]",
                                       "out = (p - t) / len(X)  [X -> y]"],
    "train_step": ["delta2 = (p - y) / len(X)  [X -> y]"],
    "train_step saved": ["delta = (p - y) / len(X)  [X -> y]"],
    "train_step first_layer_first": ["delta = step_size * (p - y) / len(X)  [X -> y]"],
    "batch_variance plain_python": ["variance = sum((s - mean) ** 2 for s in slopes) / n  [s - mean -> mean - s]"],
    "sgd_step loops": ["dw, db = [0.0] * len(w), 0.0  [w -> X]",
                       "dw, db = [0.0] * len(w), 0.0  [w -> y]"],
    "epoch loops": ["w = list(w)  [w = list(w) -> pass]",
                    "gradient = [0] * len(w)  [w -> X]",
                    "gradient = [0] * len(w)  [w -> y]",
                    "gradient[j] += e * X[i, j] / rows.shape[0]  [0 -> -1]"],
    "epoch matrices": ["M, c = M - step_size * H @ M, c - step_size * (H @ c - h)  [H @ c -> c @ H]"],
    "momentum_step loops": ["new_w, new_v = [], []  [([], []) -> ([], [])]",
                            "for i in range(len(w)):  [w -> g]",
                            "for i in range(len(w)):  [w -> v]"],
    "rmsprop_step loops": ["new_w, new_s = [], []  [([], []) -> ([], [])]"],
    "spsa": ["return slope * v  [slope * v -> slope / v]",
             "slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)  [h * v -> h / v]",
             "slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)  [h * v -> h / v]"],
    "ridge_gradient": ["dw = X.T.dot(error) / len(y) + strength * w  [y -> X]"],
    "weighted_half_mse": ["error = X.dot(w) - y.ravel()  [X.dot(w) - y.ravel() -> y.ravel() - X.dot(w)]"],
    "descend_decaying": ["w = w - step_size / t * X.T.dot(error) / len(y)  [y -> X]"],
    "slopes_of_several": ["slope[node] += weight  [slope[node] += weight -> slope[node] = weight]"],
    "walk_forward": ["if name not in rate:  [rate -> start]"],
    "second_differences": ["curvature = np.zeros(len(w))  [np.zeros -> np.ones]"],
    "rare_entropy_gradient": ["return X.T @ pull / len(y)  [y -> X]"],
    "tanh_loss_gradient": ["return X.T @ pull / len(y)  [y -> X]"],
    "backward_deep": ["delta = (values[-1] - y) / len(X)  [X -> y]",
                      "slopes = np.zeros(weights.shape)  [np.zeros -> np.ones]"],
    "train_step_decayed": ["delta2 = (p - y) / len(X)  [X -> y]"],
    "spsa_mean": ["guesses.append(slope * v)  [slope * v -> slope / v]",
                  "slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)  [h * v -> h / v]",
                  "slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)  [h * v -> h / v]"],
    "shard_sums_with_loss": ["return slopes, loss, len(y)  [y -> X]"],
    "shard_sums": ["count = len(y)  [y -> X]"],
}
# A change of the first may go on for ever, and of the others be right as well.
MANY = {"walk_back", "witnesses", "other_witnesses"}
CHANGED = {exercise.name: (exercise, exercise.reference) for exercise in EXERCISES if exercise.name not in MANY} | {
    f"{name} {answer.__name__}": (NAMED[name], answer)
    for name, styles in STYLES.items() for answer in RIGHT[name] if answer.__name__ in styles.split()}


@pytest.mark.parametrize("name", CHANGED)
def test_every_small_change_of_a_right_answer_is_caught(name):
    alive, count = survivors(*CHANGED[name])
    assert alive == sorted(EQUIVALENT.get(name, [])) and count > 4


def test_all_that_is_listed_is_there():
    assert set(EQUIVALENT) <= set(CHANGED) and len(CHANGED) == len(EXERCISES) - len(MANY) + sum(
        len(styles.split()) for styles in STYLES.values())
