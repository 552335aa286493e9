"""A step further than lesson 11: a shard that sends its loss as well, means that are brought together, and rounds."""

from .. import lesson11
from ..engine import Mistake
from ..evidence import nudged, rate, worst
from ..messages import number
from . import Harder


def _half_squares(X, y, w):
    return sum((row @ w - target) ** 2 for row, target in zip(X, y)) / 2 if len(y) else 0.0


def _sums_measured(args, said, right):
    part, place, _ = worst(said, right, ("w", "loss", "count"))
    if part:
        name = ("losses of its rows add up to", "rows are")[part - 1]
        return f"The shard's {name} {number(right[part])}; your function says {number(said[part])}."
    return nudged(f"w[{place[0]}]", rate(_half_squares, args, 2, place), said[0][place], "the sum of the losses")


shard_sums_with_loss = Harder(
    first=lesson11.shard_sums, idea="the shard sends its loss as well, so that nobody has to ask twice", noun="sum",
    parts=("slopes", "loss", "count"), examples=("X", "y"), before=False,
    head='''\
def shard_sums_with_loss(X, y, w):
    """What a shard sends: sums over its rows of slopes and losses, and n.

    The loss of a row is half its squared error.
    X (n, d), y (n,), w (d,); n may be 0. Returns an array (d,), the sum of
    the losses and n.
    """
''',
    right='''\
error = X @ w - y
slopes = X.T @ error
loss = np.sum(error ** 2) / 2
return slopes, loss, len(y)
''',
    trials=lesson11.shard_sums.trials, measure=_sums_measured,
    meaning="The errors were there anyway, so the loss costs one line and one number on the way. Sums over rows can "
            "be added up over shards, whatever they are sums of; means cannot.",
    hints=(
        "Which of the three have you written before?",
        "The loss of one row is half its squared error. What do the rows of the shard say together?",
        "Another shard has another number of rows. Which of the two can be added to its answer as it is: a sum, or a "
        "mean?",
    ),
    mistakes=(
        Mistake("mean_loss", "Your loss is a mean, and your slopes are a sum.",
                "A mean can not be added to that of a longer shard. And a shard without a row has none.",
                "How many rows does each number speak for that you send?", "loss = np.mean(error ** 2) / 2"),
        Mistake("forgot_half", "The half is missing in your loss.",
                "The loss of a row is half its squared error. Your slopes have it: it has met the 2 of the square.",
                "For one row with an error of 2, what is its loss?", "loss = np.sum(error ** 2)"),
        Mistake("square_of_sum", "Your loss squares the sum of the errors.",
                "Errors of both signs cancel in a sum. Each is squared for itself.",
                "For two rows with the errors 1 and −1, what is the loss?", "loss = np.sum(error) ** 2 / 2"),
        Mistake("mean_slopes", "Your slopes are a mean, and your loss is a sum.",
                "All that is sent should be sums, so that it can be added up.",
                "How many rows does each number speak for that you send?",
                "slopes = X.T @ error / max(len(y), 1)"),
        Mistake("swapped", "The loss and the number of rows have changed places.",
                "The exercise asks for slopes, loss and count, in this order.", "What does your last line hand back?",
                "return slopes, len(y), loss"),
    ),
)


combine_means = Harder(
    first=lesson11.combine, idea="each shard has sent the mean of its rows, and not their sum", noun="gradient",
    head='''\
def combine_means(parts):
    """The gradient of the mean loss over all rows of all shards.

    parts: a list of pairs (slopes, count), what each shard sent: the mean
    over its rows, an array (d,), and their number. An empty shard sent
    zeros and 0. Returns an array (d,).
    """
''',
    right='''\
total = sum(count * slopes for slopes, count in parts)
return total / sum(count for slopes, count in parts)
''',
    trials=lesson11.combine.trials,
    meaning="A mean and the number of its rows are as good as a sum: the one can be made from the other. Without the "
            "number nothing would help.",
    hints=(
        "One shard has a mean of 2 over 3 rows. What did its rows say together?",
        "Two shards, with means of 2 and 4, over 3 rows and 1. What is the mean over all four rows?",
        "The empty shard must not change anything. Does it, in your lines?",
    ),
    mistakes=(
        Mistake("mean_of_means", "Your gradient is the mean of the shards' means.",
                "Then a row in a short shard has more say than one in a long shard.",
                "What does a shard of 99 rows count for, and what one of 1?",
                ("return sum(slopes for slopes, count in parts) / len(parts)",
                 "return sum(slopes for slopes, count in parts) / sum(1 for slopes, count in parts if count)")),
        Mistake("not_divided", "Your gradient is a sum over all rows.",
                "The loss is a mean over them.", "What should come out if all shards were there twice?",
                "return total"),
        Mistake("divided_by_shards", "Your gradient divides by the number of shards.",
                "The sum runs over all rows of all shards.", "How many numbers have been added up?",
                "return total / len(parts)"),
    ),
)


ROUNDS = 2, 3, 2, 2, 1, 2, 3


def _round(shards, w, step_size, steps):
    return lesson11.local_round.reference(shards, w, step_size, steps)


local_rounds = Harder(
    first=lesson11.local_round, idea="there are several rounds, and each begins where the last has ended",
    noun="weights", state=("w",), before=False,
    head='''\
def local_rounds(shards, w, step_size, steps, rounds):
    """The weights after several rounds: local steps on each shard, a mean.

    In a round each shard takes `steps` steps from the same w on half the
    mean squared error of its own rows, and in the mean every row has the
    same say. shards: a list of pairs X (n, d), y (n,); w (d,).
    """
''',
    given='''\
for _ in range(rounds):
    ends = []
    for X, y in shards:
        ...
    w = ...
return w
''',
    right='''\
for _ in range(rounds):
    ends = []
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * X.T @ (X @ local - y) / len(y)
        ends.append(local)
    w = np.average(ends, axis=0, weights=[len(y) for X, y in shards])
return w
''',
    trials=lambda rng: [(*args, rounds) for args, rounds in zip(lesson11.local_round.trials(rng), ROUNDS)],
    meaning="After each round all shards stand at one place again. Between two rounds nothing has to travel, and that "
            "is the point: many steps for one exchange.",
    hints=(
        "Write one round first. What goes into it, and what comes out?",
        "From where does each shard start in the second round?",
        "Which of your names must be emptied at the beginning of a round, and which must go on?",
    ),
    mistakes=(
        Mistake("from_the_old_start", "Every round begins at the first w.",
                "Then all rounds do the same, and only the last one counts.",
                "Under which name does the mean of a round go into the next?",
                lambda shards, w, step_size, steps, rounds: _round(shards, w, step_size, steps)),
        Mistake("steps_of_all_rounds", "Your shards meet once, at the very end.",
                "They should come together after each round, and walk on from the mean.",
                "How often does your function take a mean?",
                lambda shards, w, step_size, steps, rounds: _round(shards, w, step_size, steps * rounds)),
        Mistake("unweighted", "In your means every shard has the same say.",
                "Every row should. A shard of 99 rows counts 99 times as much as one of 1.",
                "Where do the lengths of the shards enter your mean?", "w = np.mean(ends, axis=0)"),
        Mistake("one_step_each", "Your shards take one step in a round.",
                "They should take `steps` of them before they meet.", "Where does `steps` enter your lines?",
                lambda shards, w, step_size, steps, rounds: [w := _round(shards, w, step_size, 1)
                                                             for _ in range(rounds)][-1]),
        Mistake("ends_kept", "Your mean takes in the ends of earlier rounds.",
                "A round has as many ends as there are shards, and begins without any.",
                "How many arrays are in your list at the end of the second round?", """\
def local_rounds(shards, w, step_size, steps, rounds):
    ends, lengths = [], []
    for _ in range(rounds):
        for X, y in shards:
            local = w
            for _ in range(steps):
                local = local - step_size * X.T @ (X @ local - y) / len(y)
            ends.append(local)
            lengths.append(len(y))
        w = np.average(ends, axis=0, weights=lengths)
    return w
"""),
    ),
)
