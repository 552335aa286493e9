"""The predictions of lesson 08."""

from . import Prediction
from .said import numbers


def share_of_four(said):
    """Variance divided by s, for batches of four."""
    return numbers(r"B = 4: .* variance / s = ([\d.]+)", said)[0][0]


def floor_ratio(said):
    """The floor with batches of 32, divided by that with batches of 8, at a step size of 0.2."""
    floors = dict(numbers(r"step 0\.2, batch +(\d+): floor ([\d.]+)", said))
    return floors[32] / floors[8]


def width_ratio(said):
    """How many times as wide the cloud is with batches of 1 as with batches of 18: the root of the floors' ratio."""
    floors = {size: floor for floor, size in numbers(r", floor ([\d.]+) kg².*Fresh batches of (\d+),", said)}
    return (floors[1] / floors[18]) ** 0.5


def shuffled_to_fresh(said):
    """For each step size, how high shuffled epochs settle within an epoch, in floors of fresh batches."""
    return [highest / fresh for fresh, highest in numbers(r"fresh ([\d.]+); shuffled: highest ([\d.]+)", said)]


all_four = Prediction(
    "Four examples, batches of four: how much of the scatter is left?",
    right=("none of it: 0", lambda said: share_of_four(said) == 0),
    wrong={
        "independent_draws": ("a quarter of it: 0.25", lambda said: share_of_four(said) == 0.25, (
            "s / B holds for independent draws, where one example can come twice. Here none does. "
            "Four different examples out of four are always the same four, so nothing is left to chance.")),
        "scatter_of_examples": ("all of it: 1", lambda said: share_of_four(said) == 1, (
            "The four examples still differ as much as before. But the question is how much the mean differs from one "
            "batch to another, and there is only one batch of all four.")),
    },
)

larger_batch = Prediction(
    "What becomes of the noise floor with batches of 32 in place of 8?",
    right=("about a quarter", lambda said: 0.2 < floor_ratio(said) < 0.3),
    wrong={
        "error_as_loss": ("about a half", lambda said: 0.4 < floor_ratio(said) < 0.6, (
            "Four times as many examples halve the error of a mean. The floor is a loss, and a loss is made of "
            "squared errors.")),
        "batch_counts_twice": ("about a sixteenth", lambda said: 0.04 < floor_ratio(said) < 0.09, (
            "A factor counts twice in a variance: that is true of a factor in front of the slopes. The batch size "
            "stands in the variance itself, as about 1/B, and counts once.")),
        "step_sets_the_floor": ("no change", lambda said: 0.9 < floor_ratio(said) < 1.1, (
            "The step size is one factor of the floor. The other is how much the gradients of batches scatter, and "
            "that is what the batch size changes.")),
    },
)

cloud = Prediction(
    "How wide is the cloud with batches of 1, compared with batches of 18?",
    right=("about five times", lambda said: 4 < width_ratio(said) < 6),
    wrong={
        "variance_as_width": ("about eighteen times", lambda said: 14 < width_ratio(said) < 22, (
            "18 times as many examples leave about an eighteenth of the variance. The width of a cloud is a distance, "
            "the root of that.")),
        "same_goal_same_cloud": ("about twice", lambda said: 1.5 < width_ratio(said) < 2.5, (
            "All runs walk to the same weights, so the clouds should not differ much. But what keeps them apart is the "
            "scatter of the gradients, and a single bird scatters more than four times as much as a mean of 18.")),
    },
    at=({"batch_size": 1}, {"batch_size": 18}),
)

shuffled = Prediction(
    "Do shuffled epochs with short steps settle higher or lower than fresh batches?",
    right=("lower", lambda said: max(shuffled_to_fresh(said)) < 0.9),
    wrong={
        "order_is_nothing": ("at the same floor", lambda said: all(0.9 < r < 1.1 for r in shuffled_to_fresh(said)), (
            "The batches have the same size, and each is as wrong as a fresh one. But within an epoch they share the "
            "examples among them, so what one did wrong, the others undo.")),
        "dependence_hurts": ("higher", lambda said: min(shuffled_to_fresh(said)) > 1.1, (
            "Batches that depend on each other sound worse than independent draws. Here the dependence helps: every "
            "example has its turn once in an epoch, and the deviations add up to zero.")),
    },
)
