"""The exercises of lesson 02: one step, the limit of the step size, and a run that walks uphill."""

import numpy as np

from ..calculus import linear_gradient, linear_hessian, linear_loss
from ..descent import gradient_descent
from ..theory import step_limit
from .engine import Exercise, Mistake, Slip, missing_brackets, numbers, times
from .lesson01 import wrong_means
from .messages import number
from .shared import each, loss_slips, resized, slip, told, wrong_errors

ON_FLAT_GROUND = "If the gradient is zero, where should the weights be after the step?"

# Exercise A: one step

def _step_measured(args, said, right):
    w, gradient, step_size = args
    i = np.argmax(abs(said[0] - right[0]))
    return (f"Take w[{i}] = {number(w[i])} where the slope is {number(gradient[i])}, and step_size = "
            f"{number(step_size)}. One step downhill lands on {number(right[0][i])}; your function says "
            f"{number(said[0][i])}.")


def _step_noticed(w, gradient, step_size):
    side = "falls" if gradient[0] > 0 else "rises"
    return (f"Where the slope is {number(gradient[0])}, w[0] {side} from {number(w[0])} to "
            f"{number(w[0] - step_size * gradient[0])}. Where the slope is small, the move is small: on the "
            "way to the bottom the steps get shorter by themselves.")


step = Exercise(
    name="step", state=("w",),
    head='''\
def step(w, gradient, step_size):
    """The weights after one step of gradient descent.

    w and gradient (d,), step_size a number; returns the new weights (d,).
    """
''',
    given='''
new_w = ...
return new_w
''',
    right='''
new_w = w - step_size * gradient
return new_w
''',
    trials=lambda rng: [(numbers(rng, d), numbers(rng, d, decimals=decimals), round(rng.uniform(0.05, 0.45), 2))
                        for d, decimals in ((3, 2), (2, 2), (4, 2), (1, 2), (3, 6))],
    measure=_step_measured,
    noticed=_step_noticed,
    hints=(
        "On paper: a weight is 2, its slope 3, the step size 0.1. Which way is downhill, and where do you land?",
        "A slope above zero says: uphill is to the right. So the weight must move to the left, and for a slope below "
        "zero to the right. Which operation does that for both?",
        "How far to move is decided by two numbers together: a steeper slope moves further, and so does a larger step "
        "size. Arrays of the same shape work place by place, so one line does all weights.",
    ),
    slips=(
        Slip("uphill", "Your step goes uphill.",
             "The gradient points to where the loss grows fastest. You went along with it.",
             "If the slope is above zero, should the weight grow or shrink?",
             lambda f: lambda w, gradient, step_size: f(w, -gradient, step_size)),
        Slip("doubled", "Your step is twice as long as it should be.",
             "Any 2 from a square is already inside the gradient that you were handed.", "Where does a 2 come in?",
             resized(2, lambda step_size, *args: 2 * step_size)),
    ),
    mistakes=(
        told("returned_gradient", "return gradient", "return -gradient"),
        told("returned_step", "new_w = step_size * gradient", "new_w = -step_size * gradient"),
        told("not_moved", "new_w = w"),
        told("no_step_size", "new_w = w - gradient"),
        Mistake("no_gradient", "Your step leaves out the gradient.",
                "It moves all weights to the left by the same amount, wherever the valley is.",
                "Which of the three arguments have you not used?", "new_w = w - step_size"),
        told("divided_by_step_size", "new_w = w - gradient / step_size"),
        Mistake("divided_by_gradient", "Your step divides by the gradient.",
                "Then the step would be longest where the ground is flat.",
                "What should the step do when the slope comes close to zero?", "new_w = w - step_size / gradient"),
        Mistake("averaged", "Your step mixes the weights with the gradient.",
                "Part of the old weights gets lost, as in a moving average. A step keeps them and adds a move.",
                ON_FLAT_GROUND,
                each("new_w = {}", "(1 - step_size) * w + step_size * gradient",
                     "(1 - step_size) * w - step_size * gradient", "step_size * w + (1 - step_size) * gradient")),
        Mistake("scaled_all", "Your step size shrinks the weights as well.",
                "Only the move is scaled. The place where the step starts is not.",
                "Look at your brackets: what does the step size multiply?",
                ("new_w = step_size * (w - gradient)", "new_w = step_size * w - gradient")),
        Mistake("multiplied", "Your function multiplies where it should move.",
                "A step adds or takes away. Multiplying keeps a weight of zero at zero for ever.",
                "If a weight is zero and its slope is 3, should it move?",
                each("new_w = w * {}", "step_size * gradient", "gradient", "(1 - step_size * gradient)")),
        Mistake("along_w", "Your step goes along the weights, not along the gradient.",
                "It makes every weight a little smaller and never asks for the slope.",
                "What decides the direction of a step?", "new_w = w - step_size * w"),
        Mistake("sign_only", "Your step uses only the sign of each slope.",
                "Then all weights move by the same amount, close to the bottom as well as far from it.",
                "Where does your code use how steep it is?", "new_w = w - step_size * np.sign(gradient)"),
        Mistake("normalised", "Your step has the same length everywhere.",
                "The gradient was divided by its length. Then the steps do not get shorter near the bottom.",
                "Where is the steepness in your step?", "new_w = w - step_size * gradient / np.linalg.norm(gradient)"),
        Mistake("absolute", "Your step has lost the sign of the slope.",
                "Every weight goes to the left, wherever downhill is for it.",
                "Which part of your line makes every slope positive?", "new_w = w - step_size * abs(gradient)"),
        Mistake("added_step_size", "Your step adds what it should multiply.",
                "Step size and gradient are two different things, as a length and a slope are. Their sum says nothing.",
                ON_FLAT_GROUND, ("new_w = w - (step_size + gradient)", "new_w = w - step_size + gradient")),
        Mistake("whole_line_multiplied", "The multiplication takes in the weights as well.",
                "What stands in brackets comes first: the weights are changed, then multiplied by the gradient.",
                "Which two quantities should be multiplied, and with which brackets?",
                ("new_w = (w - step_size) * gradient", "new_w = (w + step_size) * gradient")),
        Mistake("one_slope_for_all", "Your step moves all weights by the same amount.",
                "Each weight has its own slope. Yours share one: melted together, or picked by an index.",
                "How many numbers are in `gradient`, and how many are left in your move?",
                each("new_w = w - step_size * {}", "gradient.mean()", "gradient.sum()", "np.linalg.norm(gradient)",
                     "gradient[0]", "gradient[-1]")),
        Mistake("one_weight_only", "Your step reaches one weight only.",
                "A return ends a loop in its first round. Or each round writes over the last. Or an index picks one.",
                "How many weights has your code moved when it returns, and where is each of them kept?",
                (*each("new_w = w[{}] - step_size * gradient[{}]", 0, -1),
                 *each("new_w = np.append(w[0] - step_size * gradient[0], {})", "w[1:]", "0 * w[1:]", "0 * w[1:] + 1"),
                 "new_w = np.append(w[:-1], w[-1] - step_size * gradient[-1])")),
        Mistake("step_per_weight", "Your step is taken as often as there are weights.",
                "One line moves all weights at once, place by place. A loop around it moves them again.",
                "Which weights does one round of your loop move?", "new_w = w - len(w) * step_size * gradient"),
        Mistake("divided_by_d", "Your step divides by the number of weights.",
                "A mean over the examples is already inside the gradient. The number of weights has no say.",
                "How often does your code divide, and what for?", "new_w = w - step_size * gradient / len(w)"),
        Mistake("start_and_goal_swapped", "Your difference is the wrong way round.",
                "It begins with the move and takes the weights away, so the weights change their sign.", ON_FLAT_GROUND,
                ("new_w = step_size * gradient - w", "new_w = gradient - step_size * w")),
    ),
)


# Exercise B: the limit of the step size

def _table_trials(rng):
    """Five tables. Two features: the longer one first, and then last, for eigenvalues that are not sorted."""
    tables = [numbers(rng, n, d) for n, d in ((6, 2), (7, 3), (5, 1), (9, 3), (4, 2))]
    by_length = [np.argsort((X ** 2).sum(axis=0)) for X in tables]
    tables[0], tables[-1] = tables[0][:, by_length[0][::-1]], tables[-1][:, by_length[-1]]
    return [(X,) for X in tables]


def _distance(X, step_size):
    """How many times further from the best weights, here 0, a run is after 200 steps than it was before."""
    H = linear_hessian(X)
    start = np.linalg.eigh(H)[1].sum(axis=1)    # as far along each direction
    return np.linalg.norm(gradient_descent(H.dot, start, step_size, 200).weights[-1]) / np.linalg.norm(start)


def _limit_measured(args, said, right):
    mine, limit = float(said[0]), float(right[0])
    shown = f"For a table of {len(args[0])} examples your function says {number(mine)}."
    if not 0 < mine < np.inf:
        return f"{shown} No run can take such a step."
    if mine > limit:
        return f"{shown} A run with that step leaves: {_after(_distance(args[0], mine))}."
    between = (mine + limit) / 2
    return (f"{shown} But a run with the longer step {number(between)} still comes home: "
            f"{_after(_distance(args[0], between))}.")


def _after(times):
    share = ("more than a million times" if times > 1e6 else "less than a millionth of" if times < 1e-6
             else f"{number(times)} times")
    return f"after 200 steps its distance from the best weights is {share} what it was"


def _limit_noticed(X):
    limit = step_limit(X)
    return (f"For a table of {len(X)} examples your limit is {number(limit)}. A run with a step 1 % "
            f"shorter comes home: {_after(_distance(X, 0.99 * limit))}. With a step 1 % longer it leaves: "
            f"{_after(_distance(X, 1.01 * limit))}. The steepest direction alone sets the limit, and the "
            "flat ones have to live with it.")


largest_step = Exercise(
    name="largest_step",
    examples=("X",),
    head='''\
def largest_step(X):
    """The limit of the step size for the half mean squared error.

    Below it gradient descent comes home.  X (n, d); returns a number.
    """
''',
    given="...",
    right='''
H = X.T.dot(X) / len(X)
curvatures = np.linalg.eigvalsh(H)
return 2 / curvatures.max()
''',
    trials=_table_trials,
    measure=_limit_measured,
    noticed=_limit_noticed,
    hints=(
        "Two steps: first the matrix of second derivatives of the loss, then its curvatures. The lesson calls the "
        "matrix H. Which shape must it have, for d weights?",
        "The curvatures are the eigenvalues of H. H is symmetric, so `np.linalg.eigvalsh` gives them, smallest first. "
        "One of them makes trouble before the others do: which?",
        "Along a direction of curvature c, one step multiplies the distance by 1 minus step size times c. The run "
        "leaves when that factor passes −1. At which step size is that?",
    ),
    slips=(
        Slip("half_the_limit", "Your step is exactly half of the limit.",
             "Perhaps it lands in the steepest direction at once. Or the curvature is for a loss without the half.",
             "By what may one step multiply the distance, at worst, so that it still shrinks?", times(lambda X: 1 / 2)),
        Slip("forgot_mean", "Your step is {n} times too short.",
             "The curvature adds up what all {n} examples say. The loss here is a mean, and so is its curvature.",
             "Which line of your code knows how many examples there are?", times(lambda X: 1 / len(X))),
        Slip("twice_the_limit", "Your step is twice the limit.",
             "Your curvature is half of what it is. The half in the loss has already met the 2 from the square.",
             "What is the second derivative of half a square?", times(lambda X: 2)),
        Slip("divided_twice", "Your step is {n} times too long.",
             "The curvature was divided by the number of examples twice.",
             "How often does your code divide by the number of examples?", times(len)),
        missing_brackets("In your step, a number is on the wrong side of a division.",
                         times(lambda X: 1 / len(X) ** 2), times(lambda X: 2 / len(X) ** 2)),
    ),
    mistakes=(
        Mistake("smallest_curvature", "Your step fits the flattest direction.",
                "There it would be safe. The steeper directions throw the run out long before.",
                "Eigenvalues come sorted, smallest first: which one did you pick?", "return 2 / curvatures[0]"),
        Mistake("second_curvature", "Your step takes the second curvature.",
                "With two weights that is the largest one. There may be one weight, or nine.",
                "Which curvature makes trouble first, however many there are?", "return 2 / curvatures[1]"),
        Mistake("unsorted", "Your step picks a curvature from a list that is not sorted.",
                "A place in the list then says nothing: it may hold the largest in one table, the smallest in another.",
                "What does your function promise about the order?", each("return 2 / np.linalg.eigvals(H)[{}]", -1, 0)),
        Mistake("best_step", "That is the best step, not the limit.",
                "It balances the steepest and the flattest direction. One can go longer, only not faster.",
                "Which direction decides when a run leaves?", "return 2 / (curvatures[0] + curvatures[-1])"),
        *(Mistake(code, f"Your step uses the {what} of all curvatures.",
                  "Along each direction a run shrinks or grows on its own. It leaves as soon as one is too steep.",
                  "Along which direction does a run leave first?", f"return 2 / {curvature}")
          for code, what, curvature in (("sum_of_curvatures", "sum", "curvatures.sum()"),
                                        ("mean_curvature", "mean", "curvatures.mean()"),
                                        ("determinant", "product", "np.linalg.det(H)"),
                                        ("length_of_matrix", "norm", "np.linalg.norm(H)"))),
        Mistake("not_squared", "A square is missing in your curvature.",
                "A curvature is made of products: a feature twice as large bends the loss four times as much.",
                "If you double every number in X, what should happen to the limit?",
                each("return 2 / {}", "np.linalg.norm(X, 2)", "np.linalg.norm(X, 2) * len(X)",
                     "np.sqrt(curvatures.max())")),
        Mistake("squared_twice", "Your curvature is squared once too often.",
                "The eigenvalues of H are curvatures already. Only the singular values of X itself need a square.",
                "If you double every number in X, what should happen to the limit?",
                "return 2 / curvatures.max() ** 2"),
        Mistake("centred", "Your curvature forgets where the features lie.",
                "A covariance takes the mean off each column. But features far from zero make the loss steeper.",
                "Does the prediction take a mean off the features?",
                (*each("H = np.{}", "cov(X.T)", "cov(X.T, ddof=0)", "cov(X)", "corrcoef(X.T)"),
                 *each("X = X - X.mean(axis=0)\nH = X.T.dot(X) / {}", "len(X)", "(len(X) - 1)"))),
        Mistake("curvature_itself", "That is the curvature, not the step.",
                "The steeper the valley, the shorter its steps must be. Yours grow with the curvature.",
                "If you double every number in X, should the limit grow or shrink?",
                ("return curvatures.max()", "return curvatures.max() / 2")),
        Mistake("diagonal", "Your step looks along the weights' own axes only.",
                "The steepest direction usually lies between the axes, where features act together.",
                "Which entries of H does your code use, and what do the others say?", "return 2 / np.diag(H).max()"),
        Mistake("quarter_of_the_limit", "Your step is a quarter of the limit.",
                "Perhaps it lands in the steepest direction at once, for the loss without its half. One may overshoot.",
                "Which 2 in your code has already met the half of the loss?", "return 1 / (2 * curvatures.max())"),
        Mistake("all_directions", "Your function hands back one limit for each direction.",
                "Each is right for its own direction. One run takes the same step size for all of them.",
                "Which of these must a run respect?", ("return 2 / curvatures", "return 2 / curvatures[::-1]")),
        Mistake("largest_example", "Your step fits the longest example alone.",
                "It would be the limit for that one example. The others make the mean flatter.",
                "Where do the other rows of X enter?", "return 2 / (X ** 2).sum(axis=1).max()"),
        Mistake("condition_number", "Your step uses the condition number.",
                "It says how slow a run will be, and not how steep anything is.",
                "If you double every number in X, what should happen to the limit?",
                ("return 2 / np.linalg.cond(H)", "return np.linalg.cond(H)")),
        told("divided_by_d", *each("H = X.T.dot(X) / {}", "X.shape[1]", "X.size"), noun="curvature"),
    ),
)


# Exercise C: repair a run that walks uphill

def _run_trial(rng, n, d, steps):
    """Steps far enough below the limit that no run has arrived yet: one more step must show."""
    X = numbers(rng, n, d)
    step_size = rng.uniform(0.1, 0.35) * step_limit(X)
    return X, numbers(rng, n), numbers(rng, d), round(float(step_size), 2), steps


def _run_measured(args, said, right):
    X, y, w, _, steps = args
    places = w, right[0], np.nan_to_num(said[0])
    before, after, mine = (float(f"{linear_loss(X, y, place):.4g}") for place in places)
    i = np.argmax(abs(said[0] - right[0]))
    walk = "one step" if steps == 1 else f"{steps} steps"
    if mine > after:    # a wrong step may lower the loss by more
        return (f"The loss starts at {number(before)}. After {walk} downhill it is {number(after)}; with your weights "
                f"it is {number(mine)}.")
    return f"After {walk} `w[{i}]` should be {number(right[0][i])}; in your weights it is {number(said[0][i])}."


def _run_noticed(*args):
    losses = [number(linear_loss(*args[:2], weights)) for weights in _path(*args)]
    return (f"In {args[-1]} steps the loss goes {', '.join(losses)}. Each step asks for the gradient again, at "
            "the place where the last step ended. A loss that grows from the first step on is the mark of a "
            "wrong sign.")


def _path(X, y, w, step_size, steps):
    """The weights after 0, 1, ..., steps steps."""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - step_size * linear_gradient(X, y, path[-1]))
    return np.array(path)


def _walked(change):
    """A run with another number of steps: change(steps)."""
    return lambda *args: _path(*args[:-1], change(args[-1]))[-1]


def _steps_times(factor):
    """The slip of steps that are too long or too short: by factor(n), for n examples."""
    return resized(3, lambda step_size, X, y, *rest: step_size * factor(len(y)))


descend = Exercise(
    name="descend",
    noun="run",
    examples=("X", "y"),
    state=("w",),
    head='''\
def descend(X, y, w, step_size, steps):
    """The weights after so many steps of gradient descent from w.

    The loss is the half mean squared error.  X (n, d), y (n,), w (d,).
    """
''',
    given='''
for _ in range(steps):
    error = y - X.dot(w)
    w = w - step_size * X.T.dot(error) / len(y)
return w
''',
    right='''
for _ in range(steps):
    error = X.dot(w) - y
    # Also right: leave the line above as given, and write w + below.
    w = w - step_size * X.T.dot(error) / len(y)
return w
''',
    trials=lambda rng: [_run_trial(rng, *sizes) for sizes in ((5, 3, 3), (4, 2, 1), (3, 3, 2), (6, 1, 4), (1, 2, 5))],
    measure=_run_measured,
    noticed=_run_noticed,
    hints=(
        "Take one weight at 0 and one example with x = 1 and target 2. Work the error out on paper, once with the "
        "prediction first and once with the target first. Which of the two is in the function?",
        "Go on with that example. The best weight is 2, so which way should the weight move? And which way does the "
        "last line of the loop move it, with each of the two errors?",
        "Two lines decide the direction together: the one that says what an error is, and the one that moves. One of "
        "them follows the course's rule, prediction first. Does the other fit it?",
    ),
    slips=(
        Slip("uphill", "Your run walks uphill.",
             "Each step moves to where the loss is larger. If you changed two signs, you are back where you started.",
             "Follow one weight for a round: is its slope above 0, and does it shrink?", _steps_times(lambda n: -1)),
        slip("forgot_mean", _steps_times(lambda n: n), subject="The gradient in your step is"),
        *loss_slips(3),
        slip("divided_twice", _steps_times(lambda n: 1 / n), subject="The gradient in your step is"),
        missing_brackets("Your step multiplies by a number where it should divide.",
                         _steps_times(lambda n: n ** 2 / 2), _steps_times(lambda n: n ** 2)),
    ),
    mistakes=(
        Mistake("one_step", "Your run stops after its first step.",
                "A return inside the loop ends the function at once. Or each round starts from the first weights.",
                "How far is your return indented? Where does the second round start?", _walked(lambda steps: 1)),
        Mistake("gradient_once", "Your run measures the gradient once and never again.",
                "Every step then goes the same way, as if the ground did not change under the walker.",
                "Which lines must be done again in every round?",
                lambda X, y, w, step_size, steps: w - steps * step_size * linear_gradient(X, y, w)),
        Mistake("one_step_too_few", "Your run is one step short.",
                "A range that starts at 1 leaves out its first round, and the end of a range is never reached.",
                "For 3 steps, which numbers does your range give?", _walked(lambda steps: steps - 1)),
        Mistake("one_step_too_many", "Your run takes one step too many.", "The last step was not asked for.",
                "For 3 steps, which numbers does your range give?", _walked(lambda steps: steps + 1)),
        told("not_moved", "w = w"),
        Mistake("returned_loss", "Your function hands back the loss.",
                "The loss says how good the weights are. The weights themselves are asked for.",
                "Which name stands in your last line?",
                each("return np.mean({})", "(X.dot(w) - y) ** 2 / 2", "(X.dot(w) - y) ** 2", "error ** 2 / 2")),
        told("returned_gradient", *each("return X.T.dot({}) / len(y)", "error", "X.dot(w) - y")),
        Mistake("returned_path", "Your function hands back the whole path.",
                "A path is good to look at. Here only its end is asked for.", "How do you take the last of a list?",
                (_path, lambda *args: _path(*args)[1:])),
        Mistake("starts_at_zero", "Your run starts at zero.",
                "The caller says where to start, with `w`. A line in your function writes over that.",
                "What happens to the `w` that comes in?", lambda X, y, w, *rest: _path(X, y, 0 * w, *rest)[-1]),
        told("no_step_size", "w = w - X.T.dot(error) / len(y)"),
        told("divided_by_step_size", "w = w - X.T.dot(error) / len(y) / step_size"),
        told("divided_by_d", *each("w = w - step_size * X.T.dot(error) / {}", "len(w)", "X.size"), noun="gradient"),
        Mistake("divided_by_steps", "Your steps get shorter when there are more of them.",
                "The number of steps says how often to step, not how far.", "Where does `steps` enter your code?",
                "w = w - step_size * X.T.dot(error) / len(y) / steps"),
        told("shrinking_steps", *each("w = w - step_size * {} * X.T.dot(error) / len(y)", "1 / (_ + 1)",
                                      "1 / (_ + 1) ** 0.5", "0.5 ** _", "0.9 ** _", "0.99 ** _")),   # in round _
        Mistake("forgot_old_weights", "Your step forgets where it starts.",
                "It hands on the move alone. A move is added to the old weights, or taken off.",
                "Where do the old weights enter your line?",
                each("w = {}step_size * X.T.dot(error) / len(y)", "", "-")),
        told("one_slope_for_all", "w = w - step_size * np.mean(error)"),
        *wrong_errors("gradient", "X.dot(w)"),
        *wrong_means("w = w - step_size * {}"),
        Mistake("typed_number", "A number stands where the number of examples belongs.",
                "It may fit one table, and fits no other. A mean divides by as many examples as come in.",
                "Which of your numbers should be counted, and not typed in?",
                each("w = w - step_size * X.T.dot(error) / {}", 10, 20, 50, 100, 1000)),
    ),
)
