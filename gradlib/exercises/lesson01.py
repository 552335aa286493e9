"""The exercises of lesson 01: the slope for one weight, the gradient, and a column that is not a row."""

import numpy as np

from ..calculus import linear_loss
from .engine import Exercise, Mistake, Slip, missing_brackets, numbers, times
from .evidence import nudged, rate, worst
from .messages import number
from .shared import each, missing_part, of_both_signs, slip, told, wrong_errors


def count(*args):
    """The number of examples, the length of the second argument in every exercise of this lesson."""
    return len(args[1])


def sign(noun, why, look_at):
    """A minus too many, or the error taken the other way round."""
    return Slip("sign_flipped", f"Your {noun} points the other way.",
                f"Every size is right and every sign is wrong: it says downhill where the loss goes uphill. {why}",
                look_at, times(lambda *args: -1))


def constants(noun):
    """The constants that slip in and out of the slope of a mean of half squares."""
    return (
        slip("forgot_mean", times(count), subject=f"Your {noun} is"),
        Slip("factor_two", f"Your {noun} is twice as large as it should be.",
             "A 2 comes down from the square. It would stay if the loss had no half; this loss has one.",
             "Where did the half of the loss go?", times(lambda *args: 2)),
        Slip("factor_half", f"Your {noun} is half as large as it should be.",
             "The half of the loss is still there. But a 2 came down from the square as well.",
             "What is left when the half and that 2 meet?", times(lambda *args: 0.5)),
        slip("divided_twice", times(lambda *args: 1 / count(*args)), subject=f"Your {noun} is"),
        missing_brackets(f"Your {noun} multiplies by a number where it should divide.",
                         times(lambda *args: count(*args) ** 2 / 2), times(lambda *args: count(*args) ** 2)),
    )


def averaged_too_early(way, feature):
    """The mean of the errors where each error has something to meet."""
    return Mistake("averaged_too_early", "Your mean comes too early.",
                   f"It melts the errors into one number. But each of them must meet its own {feature} first.",
                   "In which order do your multiplication and your mean happen?", way)


def wrong_means(line):
    """What may stand in the place of the means, one for each weight, {} in this line."""
    return (
        told("transposed", *each(line, "X.dot(error) / len(y)",
                                 "np.array([np.mean(error * X[j]) for j in range(len(w))])")),
        Mistake("wrong_axis", "Your mean runs along the wrong axis.",
                "It mixes the features of one example. Each weight needs a mean over examples, for its own feature.",
                "Which axis runs down the examples, and which should disappear?",
                each(line, "np.mean(X * error[:, None], axis=1)")),
        Mistake("averaged_over_weights", "Your mean swallows the weights as well.",
                "Without an axis, the whole table becomes one number. Each weight needs its own.",
                "How many numbers should be left, for d weights?",
                each(line, "np.mean(X * error[:, None])", "np.sum(X * error[:, None]) / len(y)")),
        told("product_of_means", *each(line, "X.mean(axis=0) * error.mean()"), noun="gradient"),
        averaged_too_early(each(line, "X * error.mean()", "X.T * error.mean()"), "features"),
    )


def left_over(*lines):
    """One example where each in turn belongs: {} in these lines is its index."""
    return Mistake("index_left_over", "Numbers of one example stand in for those of all.",
                   "An index stands still, or was left over from a loop. So numbers of other examples are never asked.",
                   "Which of your indices changes from example to example?",
                   tuple(way for line in lines for way in each(line, 0, -1)))


# Exercise A: the slope for one weight

def _nudged_slope(w, x, y):
    return rate(lambda w: linear_loss(x[:, None], y, [w]), (w,), 0)


def _slope_noticed(w, x, y):
    slope = _nudged_slope(w, x, y)
    grows, better = ("rises", "smaller") if slope > 0 else ("falls", "larger")
    return (f"For x = {number(x)} and y = {number(y)} the slope at w = {number(w)} is {number(slope)}, and a "
            f"nudge of `w` measures the same. So the loss {grows} when w grows: a {better} w is better. That "
            "is all the slope says, and it is enough to take a step.")


slope = Exercise(
    name="slope",
    noun="slope",
    examples=("x", "y"),
    head='''\
def slope(w, x, y):
    """The slope at w of the loss sum((w*x - y)**2) / (2n).

    w is a number, x and y (n,); returns a number.
    """
''',
    given='''
error = w * x - y
return ...
''',
    right='''
error = w * x - y
return np.mean(error * x)
''',
    also=('''
slope = 0
for i in range(len(x)):
    error = w * x[i] - y[i]
    slope += error * x[i]
slope /= len(x)
return slope
''', "return w * np.mean(x ** 2) - np.mean(x * y)"),
    trials=lambda rng: of_both_signs(
        lambda: [(float(numbers(rng)), numbers(rng, n), numbers(rng, n)) for n in (4, 3, 5, 1, 2)],
        lambda w, x, y: w, lambda w, x, y: np.mean((w * x - y) * x), lambda w, x, y: w * np.mean((w * x - y) * x)),
    measure=lambda args, said, right: nudged(
        "w", _nudged_slope(*args), said[0], where="At w = {}, for x = {} and y = {}".format(*map(number, args))),
    noticed=_slope_noticed,
    hints=(
        "Begin with one example and forget the rest. Its loss is half of its error squared. Nudge the weight by h: by "
        "how much does the error move? By how much does half of its square move?",
        "The error moves by h times something, because only the weight was nudged. Half of a square moves by the "
        "error, times the move of the error. That gives one slope per example.",
        "Now all n examples. To get the loss, their losses are added up and divided by n. Slopes go the same way: "
        "what becomes of your n slopes, so that one number is left?",
    ),
    slips=(
        sign("slope", "The errors were given as prediction minus target, and with them the formula needs no minus.",
             "Is there a minus in your code that the formula does not have?"),
        *constants("slope"),
    ),
    mistakes=(
        *wrong_errors("slope", "w * x"),
        Mistake("no_inner_derivative", "Your slope leaves out how the error moves with `w`.",
                "It stops at the bracket of the square. Inside it, w moves the error more where x is larger.",
                "Nudge w by 0.01 where x is 10. By how much does that error move?", "return np.mean(error)"),
        told("product_of_means", "return np.mean(error) * np.mean(x)", noun="slope"),
        averaged_too_early("return np.mean(error) * x", "x"),
        Mistake("returned_errors", "Those are the errors, one for each example.",
                "They are needed on the way. The slope is one number: how fast the loss moves when w moves.",
                "Nudge w by 0.01 where x is 10. By how much does that error move?", "return error"),
        Mistake("returned_loss", "That is the loss itself, not its slope.",
                "The loss says how bad this w is. The slope says how fast that changes when w moves.",
                "At the best w, what should a slope be? Is yours zero there?",
                ("return np.mean(error ** 2) / 2", "return np.mean(error ** 2)")),
        Mistake("not_averaged", "Your function hands back one number for each example.",
                "These are the contributions of the single examples. The loss is one number, and so is its slope.",
                "How does the loss make one number of n?", ("return error * x", "return error * x / len(x)")),
        Mistake("times_w", "Your slope multiplies by `w` where another number belongs.",
                "We move w and keep the data. So ask what w is multiplied with: that is how fast the error moves.",
                "In w times x, which of the two is nudged, and which stretches the nudge?",
                "return np.mean(error * w)"),
        Mistake("times_y", "Your slope multiplies by the target.",
                "The target does not move when w moves. It only shifts the error.",
                "Which number decides how fast the error moves when w moves?", "return np.mean(error * y)"),
        Mistake("x_squared", "One x too many stands in your slope.",
                "Nudging w moves an error by x times the nudge, and by no more than that.",
                "How often did you multiply by x, and what for each time?", "return np.mean(error * x * x)"),
        Mistake("divided_by_x", "Your slope divides where the error is multiplied.",
                "Where x is large, a nudge of w moves the error more, not less.",
                "What happens to your slope when an x comes close to zero?", "return np.mean(error / x)"),
        Mistake("not_reset", "Your error is never set back.",
                "It grows from example to example, so each x meets all the errors so far and not its own.",
                "What stands in your error when the second example begins?",
                ("error = np.cumsum(w * x - y)", "error = np.cumsum((w * x - y) ** 2)")),
        left_over("error = w * x - y[{}]", "error = w * x[{}] - y", "return np.mean(error) * x[{}]",
                  "return error[{}] * np.mean(x)"),
        Mistake("took_a_step", "That is w after a step, not the slope.",
                "The slope only says where uphill is. What to do with it is the business of lesson 02.",
                "Is a direction asked for, or a better w?", each("return w - {} * np.mean(error * x)", 1, 0.1, 0.01)),
    ),
)


# Exercise B: the gradient, from a blank page

SHAPES = ((5, 3), (4, 2), (3, 3), (1, 2), (4, 1))
BOUNDS = (-99, 99), (-2.9, -0.1), (0.1, 99), (-99, -3.1), (-99, 99)   # of the mean error, so that cutting it off shows


def _gradient_trial(rng, n, d, least, most):
    """Draw until the mean error lies between the two bounds."""
    X, y, w, b = numbers(rng, n, d), numbers(rng, n), numbers(rng, d), float(numbers(rng))
    inside = least < np.mean(X.dot(w) + b - y) < most
    return (X, y, w, b) if inside else _gradient_trial(rng, n, d, least, most)


def _gradient_measured(args, said, right):
    part, place, name = worst(said, right, "wb")
    return nudged(name, rate(linear_loss, args, 2 + part, place), said[part][place])


def _gradient_noticed(X, y, w, b):
    slope_of_b = rate(linear_loss, (X, y, w, b), 3)
    high = "high" if slope_of_b > 0 else "low"
    return (f"A nudge of each of the {len(w)} weights and of `b` measures what your function says. Notice `db`: here "
            f"it is {number(slope_of_b)}, the mean error, so on the whole the predictions are too {high}. And each "
            "number in `dw` is a mean of errors too, with one feature deciding how much each example counts.")


gradient = Exercise(
    name="gradient",
    noun="gradient",
    examples=("X", "y"),
    head='''\
def gradient(X, y, w, b):
    """The gradient of the half mean squared error of X.dot(w) + b.

    X (n, d), y (n,), w (d,), b a number; returns dw (d,) and db, a number.
    """
''',
    given="...",
    right='''
error = X.dot(w) + b - y
dw = X.T.dot(error) / len(y)
db = np.mean(error)
return dw, db
''',
    also=('''
dw, db = np.zeros(len(w)), 0
for i in range(len(y)):
    error = X[i].dot(w) + b - y[i]
    dw += error * X[i]
    db += error
dw, db = dw / len(y), db / len(y)
return dw, db
''',),
    trials=lambda rng: of_both_signs(
        lambda: [_gradient_trial(rng, *shape, *bounds) for shape, bounds in zip(SHAPES, BOUNDS)],
        lambda X, y, w, b: b, lambda X, y, w, b: np.abs(X.T.dot(X.dot(w) + b - y)).min() / len(y) - 1),
    measure=_gradient_measured,
    noticed=_gradient_noticed,
    parts=("dw", "db"),
    hints=(
        "Three lines and a return are enough. First the predictions and the errors of all n examples at once: what "
        "shape has each of them? Remember the bias.",
        "For one weight, each example gives its error times what that weight is multiplied with. That is one column "
        "of `X`. You want such a mean for each of the d columns: which way must `X` lie, so that n meets n?",
        "The bias is a weight whose feature is 1 for every example. So its slope is the same mean, with ones in place "
        "of a column. What does that leave?",
    ),
    slips=(
        sign("gradient", "The error is prediction minus target here. Taken the other way round, it shrinks when the "
             "prediction grows.", "If a prediction grows a little, does your error grow with it?"),
        *constants("gradient"),
    ),
    mistakes=(
        *wrong_errors("gradient", "X.dot(w) + b"),
        *wrong_means("dw = {}"),
        told("divided_by_d", "dw = X.T.dot(error) / X.shape[1]",
             *each("return X.T.dot(error) / {}, error.sum() / {}", "X.shape[1]", "X.size"), noun="gradient"),
        Mistake("no_inner_derivative", "In your gradient, all weights have the same slope.",
                "It stops at the bracket of the square. Inside, a feature decides how far its weight moves the error.",
                "What in your code differs from weight to weight?",
                each("dw = {}", "np.mean(error)", "0 * w + np.mean(error)")),
        Mistake("forgot_bias", "The bias is missing in your predictions.",
                "It moves every prediction by the same amount, so it moves every error too.",
                "Where does `b` enter your code?", "error = X.dot(w) - y"),
        Mistake("minus_bias", "Your predictions take the bias away.",
                "The model adds it. A larger bias must make every prediction larger.",
                "What does your prediction do when `b` grows by 1?", "error = X.dot(w) - b - y"),
        Mistake("not_averaged", "Your gradient still has numbers for every single example.",
                "The loss is one number: each weight has one slope. (A * works place by place, and adds nothing up.)",
                "What does the loss do with the numbers of all examples?",
                ("return X * error[:, None], error", "return X * error[:, None] / len(y), error / len(y)",
                 "return X.T * error, error", "return X.T * error / len(y), error / len(y)")),
        *missing_part("dw", "db"),
        Mistake("one_vector", "You hand back one array, with the bias at an end of it.",
                "The numbers are right. The exercise asks for two things: `dw` with d numbers, and `db`.",
                "Where in your array does the bias begin?", each("return np.append({})", "dw, db", "db, dw")),
        Mistake("ones_elsewhere", "The column of ones does not stand where the bias does.",
                "A bias can be the weight of a column of ones. Then both stand in the same place: in front, or behind.",
                "Which place in your longer array of weights belongs to the ones, and which do you take for `db`?",
                ("both = np.append(db, dw)\nreturn both[:-1], both[-1]",
                 "both = np.append(dw, db)\nreturn both[1:], both[0]",
                 "error = np.c_[np.ones(len(X)), X].dot(np.append(w, b)) - y",
                 "error = np.c_[X, np.ones(len(X))].dot(np.append(b, w)) - y")),
        Mistake("bias_times_b", "In `db` you multiply by the bias.",
                "The weights are multiplied by features. The bias is added as it is: no number stretches its nudge.",
                "In the prediction, what is `b` multiplied with?", "db = np.mean(error * b)"),
        Mistake("weights_times_w", "In `dw` you multiply by the weights.",
                "The weights move, the data stay. What a weight is multiplied with says how fast the error moves.",
                "In the prediction, what is `w[0]` multiplied with?",
                each("dw = {} * w", "np.mean(error)", "X.T.dot(error) / len(y)")),
        Mistake("bias_zero", "Your `db` is always zero.",
                "A constant drops out when you differentiate by something else. Here the bias itself moves.",
                "If `b` grows by 1, what happens to each prediction?", "db = 0"),
        Mistake("bias_cut_off", "Your `db` is set to zero on one side of a bound.",
                "A slope may have either sign, and any size. Where it is cut off, the bias stays where it is.",
                "Which line changes `db` after it was right?",
                ("db = max(np.mean(error), 0)", "db = min(np.mean(error), 0)",
                 "db = 0 if np.mean(error) > -3 else np.mean(error)")),
        Mistake("bias_one", "Your `db` is always one.",
                "One is how fast each error moves with the bias. The loss also asks how large the errors are.",
                "If the predictions were already perfect, what should `db` be?", "db = 1"),
        Mistake("bias_itself", "Your `db` is the bias itself.",
                "The bias is where we stand. Its slope says how fast the loss changes when it moves.",
                "If the predictions were already perfect, what should `db` be?", "db = b"),
        Mistake("bias_from_dw", "Your `db` is made from `dw`.",
                "The bias has no feature, so nothing in `dw` knows its slope. It depends on the errors alone.",
                "Which of your lines could give `db` without `X`?",
                each("db = {}", "np.mean(dw)", "np.sum(dw)", "dw", "dw[0]", "dw[-1]")),
        told("returned_loss", "return np.mean(error ** 2) / 2", "return np.mean(error ** 2)", noun="gradient"),
        Mistake("returned_errors", "Those are the errors, one for each example.",
                "They are needed on the way. The gradient has one number for each weight, and one for the bias.",
                "How do n errors become one number for each weight?", "return error"),
        left_over("error = X.dot(w) + b - y[{}]", "error = X[{}].dot(w) + b - y", "dw = X[{}] * np.mean(error)"),
        told("took_a_step", *each("return w - {} * dw, b - {} * db", 1, 0.1, 0.01), noun="gradient"),
    ),
)


# Exercise C: repair a loss that met a column

def _half_mse_measured(args, said, right):
    X, y, w = args
    errors = [float(row.dot(w) - target[0]) for row, target in zip(X, y)]
    return (f"One example after the other, the {len(errors)} errors are {number(errors)}. From these numbers the loss "
            f"is {number(sum(error ** 2 for error in errors) / len(errors) / 2)}; your function says "
            f"{number(said[0])}.")


def _half_mse_noticed(X, y, w):
    loss, table = np.mean((X.dot(w) - y[:, 0]) ** 2) / 2, np.mean((X.dot(w) - y) ** 2) / 2
    here, elsewhere = ("small", "large") if table < loss else ("large", "small")
    return (f"Here the loss of {len(y)} examples is {number(loss)}. The function as it was given took {len(y) ** 2} "
            f"differences, each prediction against each target, and said {number(table)}. It gave no warning. That is "
            f"too {here} here, and can be too {elsewhere} elsewhere. When a loss looks odd, print shapes first.")


half_mse = Exercise(
    name="half_mse",
    noun="loss",
    examples=("X", "y"),
    head='''\
def half_mse(X, y, w):
    """The half mean squared error.

    X (n, d), w (d,), y a column (n, 1) of a table; returns a number.
    """
''',
    given="return np.mean((X.dot(w) - y) ** 2) / 2",
    right='''
error = X.dot(w) - y.ravel()
return np.mean(error ** 2) / 2
''',
    also=('''
total = 0
for i in range(len(y)):
    error = X[i].dot(w) - y[i, 0]
    total += error ** 2
total /= 2 * len(y)
return total
''',),
    trials=lambda rng: [(numbers(rng, n, d), numbers(rng, n, 1), numbers(rng, d)) for n, d in SHAPES],
    measure=_half_mse_measured,
    noticed=_half_mse_noticed,
    hints=(
        "Print the shape of `X.dot(w)`, of `y`, and of their difference. Which one surprises you?",
        "NumPy lines shapes up from the right: (n,) against (n, 1) is (1, n) against (n, 1), stretched to (n, n).",
        "Both sides must have the same shape before they meet. You can flatten the column to n numbers, or stand the "
        "predictions up as a column. `np.ravel`, `reshape` and indexing can all do it.",
    ),
    slips=(
        slip("forgot_mean", times(count), subject="Your loss is"),
        Slip("forgot_half", "Your loss is twice as large as it should be.",
             "That is the mean squared error. The loss of this course takes half of it.",
             "What was behind the bracket in the function as given?", times(lambda *args: 2)),
        slip("divided_twice", times(lambda *args: 1 / count(*args)), subject="Your loss is"),
        Slip("halved_twice", "Your loss is half as large as it should be.",
             "One half belongs to the loss. Yours has two.", "How often does your code divide by 2?",
             times(lambda *args: 0.5)),
        missing_brackets("Your loss multiplies by a number where it should divide.",
                         times(lambda *args: count(*args) ** 2), times(lambda *args: 4)),
    ),
    mistakes=(
        Mistake("outer_broadcast", "Your function still compares every prediction with every target.",
                "{n} predictions meet a column of {n} targets in a {n} by {n} table. The code runs, and means nothing.",
                "Before you take the difference, which shape has each?",
                each("error = X.dot(w) - y\nreturn {}", "np.mean(error ** 2) / 2", "np.sum(error ** 2) / 2 / len(y)",
                     "np.mean(error ** 2, axis=0) / 2", "np.mean(error ** 2, axis=1) / 2")),
        Mistake("mean_before_square", "You took the mean first and squared it then.",
                "Errors too high and too low cancel in a mean. Squared first, none of them can.",
                "What would your loss be for the errors 1 and −1?", "return np.mean(error) ** 2 / 2"),
        Mistake("not_averaged", "Your function hands back one number for each example.",
                "A loss is one number for all of them.", "Along which axis does your mean run, and what remains?",
                ("return error ** 2 / 2", "return error ** 2")),
        Mistake("not_squared", "The errors in your loss are not squared.",
                "Errors too high and too low cancel in a sum. The squares are there so that they cannot.",
                "What would your loss be for the errors 1 and −1?", "return np.mean(error) / 2"),
        Mistake("square_too_narrow", "Your square does not take in the whole error.",
                "A power takes in what stands right before it. The error comes first, and is then squared as a whole.",
                "For prediction 3 and target 1: what is the square of the error, and what do you get?",
                each("return np.mean({}) / 2", "X.dot(w) - y.ravel() ** 2", "X.dot(w) ** 2 - y.ravel()",
                     "X.dot(w) ** 2 - y.ravel() ** 2")),
        Mistake("centred", "Your loss takes the mean off the errors.",
                "A variance does that, and so does a standard deviation. Errors that are all alike then cost nothing.",
                "What would your loss be for the errors 1 and 1?",
                each("return np.{}", "var(error) / 2", "var(error)", "std(error)")),
        Mistake("absolute_error", "Your loss takes absolute values where squares belong.",
                "That is a loss too, the mean absolute error. But it is another one, with another slope.",
                "What does an error of 3 add to this loss, and what to yours?", "return np.mean(abs(error)) / 2"),
        Mistake("took_root", "Your function takes a square root.",
                "The root of the mean square is in the unit of the target. The loss here stays in its square.",
                "Which of your operations changes the unit?",
                each("return np.linalg.norm(error) / {}", 1, 2, "len(y)", "2 / len(y)", "len(y) ** 0.5",
                     "len(y) ** 0.5 / 2", "2 ** 0.5", "(2 * len(y)) ** 0.5")),
        Mistake("first_target", "All your predictions are compared with the same target.",
                "The shapes fit now, because one target is stretched over all examples. Each example has its own.",
                "How many targets are left?", each("error = X.dot(w) - y{}", "[0]", "[-1]", ".mean()", ".sum()")),
        Mistake("added_target", "Your function adds targets to predictions.",
                "The error is a difference: it is zero when the prediction is perfect.",
                "What should the loss be when prediction and target are the same?", "error = X.dot(w) + y.ravel()"),
        Mistake("forgot_target", "The targets are missing in your loss.",
                "Without them, it asks for predictions of zero.", "Where is `y` in your code?", "error = X.dot(w)"),
    ),
)
