"""The exercises of lesson 11: what a shard sends, what becomes of it, and a mean that forgets how long shards are."""

import numpy as np

from ..calculus import linear_gradient, linear_loss
from .engine import Exercise, Mistake, Slip, numbers
from .evidence import nudged, rate, worst
from .messages import number
from .shared import each, missing_part, told, wrong_errors

# Exercise A: what a shard sends

SHARDS = ((4, 2), (3, 3), (1, 2), (0, 2), (5, 1), (2, 4))   # rows and columns; one shard is empty


def _sums_trials(rng):
    return [(numbers(rng, n, d), numbers(rng, n), numbers(rng, d)) for n, d in SHARDS]


def _half_squares(X, y, w):
    """The loss of a shard as a sum: half the squared error of every row."""
    return len(y) * linear_loss(X, y, w) if len(y) else 0.0


def _sums_measured(args, said, right):
    part, place, _ = worst(said, right, ("w", "count"))
    if part == 1:
        return f"The shard has {len(args[1])} rows; your function says {number(said[1])}."
    return nudged(f"w[{place[0]}]", rate(_half_squares, args, 2, place), said[0][place],
                  "what the rows of the shard say together")


def _sums_noticed(X, y, w):
    halves = [shard_sums.reference(X[rows], y[rows], w)[0] for rows in (slice(2), slice(2, None))]
    whole = shard_sums.reference(X, y, w)[0]
    return (f"I cut this shard in two. Its halves send {number(halves[0])} and {number(halves[1])}. That adds up to "
            f"{number(whole)}, what it sends uncut. So it does not matter where one cuts. And a shard without a row "
            "sends zeros, and nothing has to be asked.")


def _slopes_times(constant):
    """The slip of a constant in the slopes; the count stays."""
    def slipped(f):
        def sent(*args):
            slopes, count = f(*args)
            return constant * slopes, count
        return sent
    return slipped


shard_sums = Exercise(
    name="shard_sums", noun="sum", parts=("slopes", "count"), examples=("X", "y"),
    head='''\
def shard_sums(X, y, w):
    """What a shard sends: the sum of its rows' slopes, and how many rows.

    The loss of a row is half its squared error.
    X (n, d), y (n,), w (d,); n may be 0. Returns an array (d,) and n.
    """
''',
    given='''\
error = X @ w - y
slopes = ...  # one number for each weight, from all rows together
count = len(y)
return slopes, count
''',
    right='''\
error = X @ w - y
slopes = X.T @ error
count = len(y)
return slopes, count
''',
    also=("error = X @ w - y\nslopes = (X * error[:, None]).sum(axis=0)\nreturn slopes, len(y)",),
    trials=_sums_trials, measure=_sums_measured, noticed=_sums_noticed,
    hints=(
        "Take one row, one weight: the error is 3, the feature 2. Nudge the weight, and half the square moves at a "
        "rate of 6. Where do you find 3 and 2 in your arrays?",
        "Lesson 01 had the mean of such numbers over the rows. What did it do with the table of features, and what "
        "with the errors?",
        "A sum is wanted here, not a mean. If the shard has no row, what should come out, and does your line divide "
        "by anything then?",
    ),
    slips=(
        Slip("factor_two", "Your slopes are twice as large as they should be.",
             "The slope of a square brings a 2. The half in the loss of a row uses it up.",
             "Where does a 2 come in, and where does the half go?", _slopes_times(2)),
        Slip("factor_half", "Your slopes are half as large as they should be.",
             "The half in the loss has already met the 2 that comes from the square.",
             "Where do you divide by 2, and what for?", _slopes_times(1 / 2)),
    ),
    mistakes=(
        Mistake("mean_sent", "Your slopes are a mean, and a shard sends a sum.",
                "A mean no longer says how many rows are behind it. Whoever adds up divides once, by the rows of all "
                "shards. And an empty shard has no mean.",
                "Which of your lines divides, and by what?",
                each("slopes = X.T @ error / {}", "len(y)", "max(len(y), 1)")),
        Mistake("divided_by_weights", "Your slopes are divided by the number of weights.",
                "A shard divides by nothing. And the number of weights has no part in the loss.",
                "Which entry of a shape counts the rows, and which the columns?",
                "slopes = X.T @ error / len(w)"),
        Mistake("not_added", "Your slopes still have a number for each row.",
                "All these numbers would travel. A sum over the rows is as short for a million rows as for one.",
                "Which of your lines adds up over the rows?",
                each("slopes = {}", "X.T * error", "X * error[:, None]")),
        Mistake("one_number", "Your slopes have melted into one number.",
                "Each weight needs a slope of its own. A sum, or a mean, without an axis takes in the weights as well.",
                "How many numbers should be left for three weights?",
                each("slopes = {}", "np.sum(X.T @ error)", "np.mean(X.T @ error)", "np.mean(X * error[:, None])")),
        Mistake("no_features", "The features are missing in your slopes.",
                "Yours is the slope of a bias. How far an error moves when a weight does, depends on the feature.",
                "In w times x, what decides how far the product moves when w does?",
                each("slopes = {}", "error.sum()", "np.full(len(w), error.sum())", "error.mean()", "error",
                     "error.sum() * w")),
        Mistake("loss_sent", "That is the loss of the shard, or a part of it, and not its slopes.",
                "A sum of squares says how wrong the weights are. Which way to go is another question.",
                "How many numbers should a shard send for three weights?",
                each("slopes = {}", "error @ error", "error @ error / 2", "np.mean(error ** 2)")),
        Mistake("sums_apart", "Your function adds up features and errors apart from each other.",
                "Each row's error belongs to that row's features. A product of sums pairs every error with every row.",
                "What should come first for each row, the product or the sum?",
                each("slopes = X.sum(axis=0) * error.{}()", "sum", "mean")),
        Mistake("took_a_step", "Those are weights, not slopes.",
                "A shard takes no step: it does not know what the others say.",
                "Where do your slopes meet `w`, and should they?",
                each("slopes = w - {}X.T @ error", "", "0.1 * ", "0.01 * ")),
        Mistake("columns_counted", "Your count is that of something else than rows.",
                "Whoever adds up needs to know how many rows are behind the slopes.",
                "For a table of 4 rows and 2 columns, what should your function count?",
                each("count = {}", "len(w)", "X.size", "1", "X.ndim")),
        Mistake("count_too_small", "Your count is one too small.",
                "To take one off is right where the rest of a population must be guessed. Here rows are counted.",
                "For a shard of one row, what should your function count?", "count = len(y) - 1"),
        *wrong_errors("sum", "X @ w"),
        *missing_part("slopes", "count"),
    ),
)


# Exercise B: what becomes of it

COUNTS = ((4, 1, 0, 2), (3, 2, 1), (5, 0), (6,), (1, 0, 8, 0), (2, 3))   # rows in each shard


def _combine_trials(rng):
    return [(_sent(rng, counts, d),) for counts, d in zip(COUNTS, (2, 3, 2, 1, 4, 2))]


def _sent(rng, counts, d):
    return [(numbers(rng, count, d).sum(axis=0).round(2), count) for count in counts]


def _counted(counts):
    """3 rows, 1 row and no row: in words."""
    *others, last = [f"{count or 'no'} row{'s' * (count > 1)}" for count in counts]
    return f"{', '.join(others)} and {last}" if others else last


def _combine_measured(args, said, right):
    (parts,), j = args, np.argmax(abs(said[0] - right[0]))
    slopes, counts = zip(*parts)
    sent = number(np.array(slopes)[:, j])
    return (f"For weight {j} the shards sent {sent}, from {_counted(counts)}. The mean over all {sum(counts)} rows is "
            f"{number(right[0][j])}; your function says {number(said[0][j])}.")


def _combine_noticed(parts):
    slopes, counts = np.array([slopes for slopes, _ in parts]), [count for _, count in parts]
    means = [own / count for own, count in zip(slopes, counts) if count]
    return (f"From {_counted(counts)} comes {number(combine.reference(parts))}. The mean of the shards' means would be "
            f"{number(np.mean(means, axis=0))}: there a row in a short shard has more say than one in a long shard. "
            "In yours every row has the same say, wherever it lies. And no number travelled that grows with the rows.")


BY = "total = sum(slopes for slopes, count in parts)\nreturn total / {}"
FILLED = "sum(1 for slopes, count in parts if count)"
OWN_MEANS = "sum(slopes / max(count, 1) for slopes, count in parts)"

combine = Exercise(
    name="combine", noun="gradient",
    head='''\
def combine(parts):
    """The gradient of the mean loss over all rows of all shards.

    parts: a list of pairs (slopes, count), what each shard sent: the sum
    over its rows, an array (d,), and their number. An empty shard sent
    zeros and 0. Returns an array (d,).
    """
''',
    given="...",
    right='''\
total = sum(slopes for slopes, count in parts)
n = sum(count for slopes, count in parts)
return total / n
''',
    also=("""\
total, n = 0, 0
for slopes, count in parts:
    total += slopes
    n += count
return total / n
""", """\
total, n = np.zeros(len(parts[0][0])), 0
for slopes, count in parts:
    total += slopes
    n += count
return total / n
"""),
    trials=_combine_trials, measure=_combine_measured, noticed=_combine_noticed,
    hints=(
        "On paper: one shard sends the sum 6 from 3 rows, another the sum 10 from 1 row. What is the mean over all 4 "
        "rows?",
        "Two things are added up over the shards. Which two? And how often do you divide in the end?",
        "An empty shard sends zeros and the count 0. Does any line of yours divide by the count of a single shard?",
    ),
    slips=(),
    mistakes=(
        Mistake("mean_of_means", "Your function takes the mean of the shards' own means.",
                "Then a row in a short shard has more say than one in a long shard. Every row should have the same.",
                "One shard has 99 rows, another has 1. How much say has that one row in your result?",
                (*each(f"return {OWN_MEANS} / {{}}", "len(parts)", FILLED),
                 f"return {OWN_MEANS} / len(parts)".replace("max(count, 1)", "count"))),
        Mistake("divided_twice", "Your function divides twice.",
                "Once by the rows of each shard, or by those of all, and then by those of all again.",
                "If every row had the slope 1, what would your function hand back?",
                ("return total / n ** 2", f"return {OWN_MEANS} / n")),
        Mistake("by_shards_too", "Your function divides by the number of shards as well.",
                "A mean over all rows divides once. Into how many shards they were cut has no part in it.",
                "How often does your code divide, and what for?", "return total / n / len(parts)"),
        Mistake("last_shard_only", "Your function hears the last shard only.",
                "An = in a loop forgets what stood in the name. So what was added up before is gone.",
                "In the second round of your loop, what is left of the first?",
                "return parts[-1][0] / parts[-1][1]"),
        Mistake("largest_shard_only", "Your function hears the largest shard only.",
                "Its mean is a good guess. But the rows of the others are there, and each has the same say.",
                "How many rows are there in all, and how many have you heard?",
                "total, n = max(parts, key=lambda part: part[1])"),
        Mistake("single_rows_left_out", "Your function leaves out shards of one row.",
                "Only an empty shard has nothing to say, and it changes nothing if it is added.",
                "Which shards does your condition let through?",
                "parts = [(slopes, count) for slopes, count in parts if count > 1]\n"
                "total = sum(slopes for slopes, count in parts)\nn = sum(count for slopes, count in parts)"),
        Mistake("divided_on_the_way", "Your function divides in every round of the loop.",
                "So what the first shards sent is divided again and again. A sum comes first, and one division last.",
                "How far is your division indented?",
                "total, n = 0, 0\nfor slopes, count in parts:\n    total = total + slopes\n    n = n + count\n"
                "    total = total / n\nreturn total"),
        Mistake("shard_left_out", "One shard is missing in your sum, and its rows are counted.",
                "A range that ends before its last number, or starts at 1, leaves one out.",
                "For three shards, which of them does your sum meet, and which does your count?",
                each("total = sum(slopes for slopes, count in parts[{}])", ":-1", "1:")),
        Mistake("running_mean", "Your function takes a mean of a mean and the next one, again and again.",
                "The shard that came last has half the say then, the one before a quarter. And what comes out depends "
                "on their order.",
                "If the shards came in another order, would your result be the same?",
                each("mean = 0\nfor slopes, count in parts:\n    if count{}:\n"
                     "        mean = (mean + slopes / max(count, 1)) / 2\nreturn mean", "", " >= 0")),
        Mistake("means_added", "Your function adds up means.",
                "Each shard is divided by its own rows, and then they are added. That is as many times too much as "
                "there are shards, and short shards have more say.",
                "If all rows were alike, what should your function hand back?",
                (f"return {OWN_MEANS}", "return sum(slopes / count for slopes, count in parts)")),
        Mistake("by_shards", "Your function divides by the number of shards.",
                "What the shards sent are sums over rows. So rows are what must be counted.",
                "If every row had the slope 1, what would your function hand back?",
                each(BY, "len(parts)", FILLED)),
        Mistake("summed", "Your function adds up, and divides by nothing.",
                "That is the gradient of the sum of all losses. The mean is asked for.",
                "Which of your lines knows how many rows there are in all?", each(BY, 1)),
        Mistake("weighted_twice", "Your function weighs sums by their counts.",
                "A sum over many rows is long already. Multiplied by the count, long shards have too much say. Such "
                "weights belong to means.",
                "What is in `slopes`: a sum over the rows of the shard, or their mean?",
                ("total = sum(count * slopes for slopes, count in parts)",
                 "return sum(count * slopes for slopes, count in parts)")),
        Mistake("by_one_count", "Your function divides by the count of a single shard.",
                "The sum runs over the rows of all shards.",
                "How many numbers are in your sum in all, and by how many do you divide?",
                each(BY, "parts[0][1]", "parts[-1][1]", "max(count for slopes, count in parts)")),
        Mistake("by_weights", "Your function divides by the number of weights.",
                "How many weights there are has no part in a mean over rows.",
                "What does each `count` count?", each(BY, "len(total)")),
        Mistake("empty_counted", "An empty shard counts as a row in your function.",
                "It has none, so it should change nothing: neither the sum nor the number.",
                "If one more empty shard came, would your result change?",
                "n = sum(max(count, 1) for slopes, count in parts)"),
        Mistake("one_less", "Your function divides by one less than the number of rows.",
                "That is right where the rest of a population must be guessed. A mean divides by as many as come in.",
                "For one row alone, by what does your function divide?", "return total / (n - 1)"),
        Mistake("one_more", "Your function divides by one more than the number of rows.",
                "A counter that starts at 1 has counted one before the first shard.",
                "For one row alone, by what does your function divide?", "return total / (n + 1)"),
        Mistake("stopped_at_empty", "Your function stops at the first empty shard.",
                "Behind it there are others. A break ends the whole loop; to leave out one round is another word.",
                "Which shards does your loop meet if the second one is empty?", """\
total, n = 0, 0
for slopes, count in parts:
    if count == 0:
        break
    total = total + slopes
    n = n + count
return total / n"""),
        Mistake("one_number", "Your gradient has melted into one number.",
                "A sum, or a mean, without an axis takes in the weights as well. Each needs a number of its own.",
                "How many numbers should come back for three weights?",
                ("return np.sum([slopes for slopes, count in parts]) / n", "return np.mean(total) / n",
                 "return np.mean([slopes for slopes, count in parts])")),
    ),
)


# Exercise C: repair a mean that forgets how long its parts are

ROUNDS = (((6, 2, 1), 2, 3), ((5, 1), 1, 2), ((2, 4), 3, 1), ((1, 7, 3), 2, 2), ((3, 8), 2, 4), ((9,), 2, 2))


def _round_trials(rng):
    found = [([(numbers(rng, n, d), numbers(rng, n)) for n in lengths], numbers(rng, d),
              round(rng.uniform(0.05, 0.15), 2), steps) for lengths, d, steps in ROUNDS]
    small = [(rng.permutation([-2, -1, 1, 2, 3])[:n, None], rng.integers(-3, 4, n)) for n in (2, 1)]
    return [*found, (small, numbers(rng, 1), 0.1, 2)]   # the last is short enough to be pasted


def _ends(shards, w, step_size, steps):
    """Where each shard arrives: steps of gradient descent on its own rows."""
    ends = []
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * linear_gradient(X, y, local)
        ends.append(local)
    return np.array(ends)


def _round_measured(args, said, right):
    shards, w, _, _ = args
    j = np.argmax(abs(said[0] - right[0]))
    here = number(_ends(*args)[:, j])
    return (f"`w[{j}]` starts at {number(w[j])}. The shards have {_counted([len(y) for _, y in shards])}, and arrive "
            f"at {here}. Their mean, with the same say for every row, is {number(right[0][j])}; your function says "
            f"{number(said[0][j])}.")


def _round_noticed(shards, w, step_size, steps):
    X, y = (np.concatenate(arrays) for arrays in zip(*shards))
    whole = w - step_size * linear_gradient(X, y, w)
    mine, given = (np.abs(f(shards, w, step_size, 1) - whole).max()
                   for f in (local_round.reference, local_round.as_given))
    return (f"I tried a round of one local step. It ends within {number(max(mine, 1e-12))} of where one step with "
            f"all {len(y)} rows ends; the function as it was given was off by {number(given)}. With several local "
            "steps the two differ, and no weighing mends that: each shard has walked towards a place of its own.")


RUN = """\
def local_round(shards, w, step_size, steps):
    ends, rows, start = [], [len(y) for X, y in shards], w
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * X.T @ (X @ local - y) / len(y)
        ends.append(local)
    return {}
"""
WEIGHED = "np.average(ends, axis=0, weights={})"
TOGETHER = """\
def local_round(shards, w, step_size, steps):
    X, y = np.concatenate([X for X, y in shards]), np.concatenate([y for X, y in shards])
    for _ in range(steps):
        w = w - step_size * X.T @ (X @ w - y) / len(y)
    return w
"""

local_round = Exercise(
    name="local_round", noun="weights", state=("w",),
    head='''\
def local_round(shards, w, step_size, steps):
    """The weights after one round: local steps on each shard, then a mean.

    From w each shard takes `steps` steps of gradient descent on half the
    mean squared error of its own rows. In the mean every row has the same
    say. shards: a list of pairs X (n, d), y (n,), some longer; w (d,).
    """
''',
    given='''\
ends = []
for X, y in shards:
    local = w
    for _ in range(steps):
        local = local - step_size * X.T @ (X @ local - y) / len(y)
    ends.append(local)
return np.mean(ends, axis=0)
''',
    right='''\
ends = []
for X, y in shards:
    local = w
    for _ in range(steps):
        local = local - step_size * X.T @ (X @ local - y) / len(y)
    ends.append(local)
return np.average(ends, axis=0, weights=[len(y) for X, y in shards])
''',
    also=("""\
total, n = 0, 0
for X, y in shards:
    local = w
    for _ in range(steps):
        error = X @ local - y
        local = local - step_size * X.T @ error / len(y)
    total = total + len(y) * local
    n = n + len(y)
return total / n
""",),
    trials=_round_trials, measure=_round_measured, noticed=_round_noticed,
    hints=(
        "Take two shards, one of 99 rows and one of 1. How much say has that one row in the last line of the given "
        "function, and how much should it have?",
        "Where a shard arrives is one result, whatever its length. So in the last line something must say how many "
        "rows are behind each of them.",
        "On paper: 10 with a say of 3, and 2 with a say of 1. Multiply, add up, and divide. By what?",
    ),
    slips=(),
    mistakes=(
        Mistake("unweighted", "Your round ends like that of the function that was given: in a mean over shards.",
                "A shard of one row has as much say in it as a shard of many.",
                "Where does your code know how many rows each shard has?",
                each(RUN, "np.mean(ends, axis=0)")),
        Mistake("not_divided", "Your mean is not divided by the number of all rows.",
                "Each end is multiplied by its rows, or added as it is. A mean divides by all the say there is.",
                "If all shards arrived at the same place, would your function hand back that place?",
                each(RUN, "sum(ends)", *(f"sum(n * end for n, end in zip(rows, ends)){rest}"
                                        for rest in ("", " / len(shards)")))),
        Mistake("other_weights", "Your mean weighs the shards, and not by their rows.",
                "Every row should have the same say. So a shard of six rows has six times the say of a shard of one.",
                "For shards of 6 and 1 rows, how much say has each in your mean?",
                each(RUN, *(WEIGHED.format(weights) for weights in (
                    "1 / np.array(rows)", "np.sqrt(rows)", "np.square(rows)", "rows[::-1]")))),
        Mistake("divided_twice", "Your mean divides by the number of shards as well.",
                "The say of all shards together is the number of all rows. A mean divides by that, once.",
                "If all shards arrived at the same place, would your function hand back that place?",
                each(RUN, f"{WEIGHED.format('rows')} / len(shards)")),
        Mistake("last_count", "Your mean weighs every shard by the rows of the last one.",
                "Behind the loop, `X` and `y` are those of the last shard. Nothing asks for the others again.",
                "Which shard does `y` belong to in your last line?",
                each(RUN, "sum(len(y) * end for end in ends) / sum(rows)")),
        Mistake("every_step_counted", "Your mean takes in every local step, and not only the last.",
                "A line that should stand behind the inner loop stands inside it.",
                "How often is something added up for a shard that takes three steps?",
                tuple(RUN.replace("        ends.append(local)", "            ends.append(local)").replace("{}", last)
                      for last in (WEIGHED.format("np.repeat(rows, steps)"), "np.mean(ends, axis=0)"))),
        Mistake("gradient_once", "Your shards measure their slopes once and never again.",
                "All local steps of a shard then go the same way. After each, the slopes are other ones.",
                "At which weights are the predictions of the second local step made?",
                tuple(RUN.replace("X @ local", "X @ w").replace("{}", last)
                      for last in (WEIGHED.format("rows"), "np.mean(ends, axis=0)"))),
        Mistake("carried_on", "The second shard starts where the first has arrived.",
                "All shards start from the same weights, at the same time, each on a machine of its own.",
                "What stands in each name when the second shard begins?",
                tuple(RUN.replace("{}", last).replace("local = w\n", "local = ends[-1] if ends else w\n")
                      for last in (WEIGHED.format("rows"), "np.mean(ends, axis=0)", "ends[-1]"))),
        Mistake("all_together", "Your function takes its steps with the rows of all shards together.",
                "That is gradient descent on one machine. Here a shard does not hear of the others before the round "
                "is over.",
                "Which rows does the second local step of a shard see?", TOGETHER),
        Mistake("one_shard", "The weights of one shard alone are handed back.",
                "The others have walked as well, and their rows should be heard.",
                "Which of the ends does your last line use?",
                each(RUN, "ends[0]", "ends[-1]", "ends[int(np.argmax(rows))]")),
        Mistake("one_step_each", "Each shard takes one step only.",
                "Inside the loop, something is set back to the start. Or there is no loop.",
                "Where does the second local step begin?",
                tuple(RUN.replace("range(steps)", "range(1)").replace("{}", last)
                      for last in (WEIGHED.format("rows"), "np.mean(ends, axis=0)"))),
        Mistake("steps_summed", "Your local steps add up what the rows of a shard say.",
                "The loss of a shard is a mean. Without its division, long shards make long steps.",
                "Which line knows how many rows the shard has?",
                tuple(RUN.replace(" / len(y)\n", "\n").replace("{}", last)
                      for last in (WEIGHED.format("rows"), "np.mean(ends, axis=0)"))),
        Mistake("divided_by_all", "Your local steps are divided by the rows of all shards.",
                "A shard walks down the mean loss of its own rows. How many rows others have, it need not know: that "
                "belongs to the mean at the end.",
                "By how many rows is each local step divided, and how many rows does it see?",
                tuple(RUN.replace(" / len(y)\n", " / sum(rows)\n").replace("{}", last)
                      for last in (WEIGHED.format("rows"), "np.mean(ends, axis=0)", "sum(ends)"))),
        Mistake("more_steps", "Long shards take more steps in your function.",
                "That is an idea of its own. Here all take the same number, and the mean weighs them.",
                "How many rounds has your inner loop for a shard of six rows?",
                tuple(RUN.replace("range(steps)", "range(steps * len(y))").replace("{}", last)
                      for last in (WEIGHED.format("rows"), "np.mean(ends, axis=0)"))),
        told("returned_step", *each(RUN, f"{WEIGHED.format('rows')} - start", f"start - {WEIGHED.format('rows')}",
                                    "np.mean(ends, axis=0) - start")),
        told("not_moved", "return w"),
        Mistake("middle", "Your function takes the shard in the middle, weight by weight.",
                "A median asks only for the order. Here every row should have a say.",
                "If the first shard arrived somewhere else, would your result move?",
                each(RUN, "np.median(ends, axis=0)")),
        Mistake("ends_handed_back", "Your function hands back where each shard arrives.",
                "One set of weights is asked for: the next round starts from it.",
                "What is left to do with the list?", each(RUN, "np.array(ends)")),
    ),
)
