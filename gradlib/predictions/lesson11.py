"""The predictions of lesson 11."""

import re

from . import Prediction
from .said import numbers

# What the picture of the tasks shows where Dask is installed. It is kept here, as the lesson's code would betray it.
TASKS = ("With Dask: the tasks of the line, layer by layer. Wherever rows are at work there are 8, one for each shard. "
         "Then come 2 that add up four results each, 1 that adds these two, and 1 that divides.")


def mean_of_means(said):
    """The mean of the three machines' means."""
    return numbers(r"mean of the means: (-?[\d.]+)", said)[0][0]


def apart(said):
    """How far the printed gradients of 1, 2 and 8 shards lie apart, number by number."""
    rows = numbers(r"gradient \[(-?[\d.]+) (-?[\d.]+)\]", said)
    return max(max(column) - min(column) for column in zip(*rows))


def end(said):
    """How many weights the run has seen, and how far they lie from those of one machine."""
    return numbers(r"(\d+) weights, off one machine by ([\d.]+)", said)[0]


def tasks_of(said):
    """How many tasks work on rows in a layer, and how many divide."""
    return numbers(r"rows are at work there are (\d+)", said)[0] + numbers(r"(\d+) that divides", said)[0]


def rows_at_crossing(said):
    """From how many rows on two workers pay, as measured on one machine."""
    return float(re.search(r"Two pay from ([\d,]+) rows", said)[1].replace(",", ""))


def sent_once(said):
    """How many numbers a shard sends, for H and for the pull."""
    return sum(numbers(r"(\d+) \+ (\d+) numbers", said)[0])


def rises(said):
    """Whether 32 local steps raise the floor: where shards are alike, and by species."""
    rows = numbers(r"floor ([\d.]+) where alike, ([\d.]+) by species", said)
    return tuple(last > 1.1 * first for first, last in zip(rows[0], rows[-1]))


def digits_of_a_hundred(said):
    """The digits that a hundred batches of 21 gain together."""
    return numbers(r"2,100: ([\d.]+) digits", said)[0][0]


def times_as_fast(said):
    """How many times as fast as 8 workers 64 are."""
    seconds = dict(numbers(r"(\d+) workers take (\d+) ms", said))
    return seconds[8] / seconds[64]


three_means = Prediction(
    "The means of three machines are 3, 5 and −1, that of all their rows is 3. What is the mean of the three means?",
    right=("less than 3", lambda said: mean_of_means(said) < 3),
    wrong={
        "mean_of_means": ("exactly 3", lambda said: mean_of_means(said) == 3, (
            "So it is where all machines hold equally many rows. Here one holds three rows, and another a single one, "
            "which has as much say in the mean of the means as those three.")),
        "most_lie_above": ("more than 3", lambda said: mean_of_means(said) > 3, (
            "No mean but one lies below 3. But the third machine's −1 lies far below, and counts a third here. "
            "Among the six rows it counts a sixth.")),
    },
)

digit = Prediction(
    "In which of six digits do the gradients from 1, 2 and 8 shards differ?",
    right=("in none of the six", lambda said: apart(said) == 0),
    wrong={
        "rounding_piles_up": ("in the sixth", lambda said: 0 < apart(said) < 1e-5, (
            "Rounding does differ, as the order of adding does. But it begins in the sixteenth digit or so, and a few "
            "hundred rows do not carry it to the sixth.")),
        "splitting_estimates": ("in the first", lambda said: apart(said) > 0.1, (
            "One shard's gradient alone is a guess, like that of a batch. But here all shards are heard. Each row is "
            "in one of them, and a sum does not care in which groups it is added up.")),
    },
)

killed = Prediction(
    "A process dies, with half of the shards in its memory. What becomes of the run?",
    right=("it ends at the same weights", lambda said: end(said) == [31, 0]),
    wrong={
        "one_down_all_down": ("it ends at step ten", lambda said: end(said)[0] < 31, (
            "A program stops where something is missing that nobody can make again. Here the shards are made again "
            "from their recipes, and the weights are kept by whoever takes the steps.")),
        "gone_is_gone": ("it ends at other weights", lambda said: end(said)[1] > 0, (
            "With half of the rows each step would be another one. But no step is made from half of them: the lost "
            "shards are loaded again, and the step is repeated.")),
    },
)

tasks = Prediction(
    "Eight shards: how many tasks has the layer of a product, and how many has the last layer?",
    right=("eight, then one", lambda said: tasks_of(said) == [8, 1]),
    wrong={
        "each_shard_divides": ("eight, then eight", lambda said: tasks_of(said) == [8, 8], (
            "Each shard could divide, too. But the line divides what the product gives, and that is one sum over all "
            "rows: once it is there, a single division is left.")),
        "one_line_one_task": ("one, then one", lambda said: tasks_of(said) == [1, 1], (
            "The product is one word in the line. But nowhere is there a whole X to be multiplied: every block gets a "
            "product of its own.")),
    },
)

crossing = Prediction(
    "20 columns, two processes of one machine: from how many rows on do two pay?",
    right=("millions", lambda said: 1e6 <= rows_at_crossing(said) < 1e7),
    wrong={
        "talk_is_free": ("a thousand", lambda said: 300 < rows_at_crossing(said) < 3000, (
            "Nothing leaves the machine, so talk seems to be free. But to ask two processes and hear their answers "
            "takes milliseconds, and a thousand rows are computed in 14 microseconds.")),
        "rows_are_heavy": ("a hundred thousand", lambda said: 3e4 < rows_at_crossing(said) < 3e5, (
            "That many rows are much work for a loop in Python. NumPy is through with them in little more than a "
            "millisecond. Half of that is all that a second worker can save.")),
    },
)

talk_once = Prediction(
    "Two columns, eight shards: how many numbers does each send, once, and is never asked again?",
    right=("six", lambda said: sent_once(said) == 6),
    wrong={
        "slopes_last": ("two", lambda said: sent_once(said) == 2, (
            "Two slopes are what a shard sends in every step. They hold for one w only: after the next step, others "
            "are needed.")),
        "all_rows_needed": ("about 130", lambda said: 100 < sent_once(said) < 150, (
            "All its rows would do: 43, or 42, with three numbers each. But the gradient asks no more of them than two "
            "sums, and these are as short for any number of rows.")),
    },
)

local = Prediction(
    "Do 32 local steps raise the noise floor where shards are alike, or by species?",
    right=("only by species", lambda said: rises(said) == (False, True)),
    wrong={
        "silence_is_noise": ("in both cases", lambda said: rises(said) == (True, True), (
            "Workers that do not talk for 32 steps should lose each other. Where their shards are alike, all walk "
            "towards nearly the same place, and the mean of them is as good as steps with batches of 24.")),
        "mean_mends_all": ("in neither case", lambda said: rises(said) == (False, False), (
            "A mean of three does away with much of what batches scatter. But by species each worker walks towards a "
            "place of its own, and the mean of these is not the best place for all.")),
    },
)

hundred_batches = Prediction(
    "A batch of 21 gains 0.30 digits a step. How many do a hundred such batches gain together?",
    right=("about 2", lambda said: 1.8 < digits_of_a_hundred(said) < 2.2),
    wrong={
        "digits_add_up": ("about 30", lambda said: 25 < digits_of_a_hundred(said) < 35, (
            "Far below the critical size that is nearly so: twice the rows, twice the digits. But 21 is the critical "
            "size itself. From there on, twice the rows add 0.3 of a digit or less.")),
        "root_of_rows": ("about 3", lambda said: 2.7 < digits_of_a_hundred(said) < 3.3, (
            "A mean of a hundred times as many rows is ten times as exact. But digits are a logarithm: to be ten times "
            "as exact adds some, and does not multiply them.")),
    },
)

more_workers = Prediction(
    "10 million rows in a step: how many times as fast as 8 workers are 64?",
    right=("about 1.5 times", lambda said: 1.3 < times_as_fast(said) < 1.7),
    wrong={
        "all_is_shared": ("about 8 times", lambda said: 7 < times_as_fast(said) < 9, (
            "Eight times the workers share the computing eight times as finely. But nobody shares the talk, and with 8 "
            "workers it is more than half of the step already.")),
        "half_is_lost": ("about 4 times", lambda said: 3 < times_as_fast(said) < 5, (
            "Something is lost on the way, so take half of it? What is lost is no share: computing falls from 17 to "
            "2 ms, and 25 ms of talk stay.")),
    },
    at=({"workers": 8}, {"workers": 64}),
)
