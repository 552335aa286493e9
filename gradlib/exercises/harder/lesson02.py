"""A step further than lesson 02: a step that is never too long, a limit with a penalty, and steps that get shorter."""

import numpy as np

from ...theory import step_limit
from .. import lesson02
from ..engine import Mistake, numbers
from . import Harder


def _clipped_trial(rng, d):
    """Some moves are longer than allowed, of both signs where there is room for that, and one slope is not."""
    while True:
        w, gradient = numbers(rng, d), numbers(rng, d, decimals=3)
        step_size, longest = rng.uniform((0.1, 0.2), (0.6, 0.5)).round(2).tolist()
        move = step_size * gradient
        sides = {*np.sign(move[abs(move) > longest])}
        if len(sides) == min(2, d - 1) and abs(gradient).min() < longest:
            return w, gradient, step_size, longest


clipped_step = Harder(
    first=lesson02.step, idea="no weight may move further than `longest` in one step", noun="step", state=("w",),
    head='''\
def clipped_step(w, gradient, step_size, longest):
    """The weights after one step downhill, in which none moves too far.

    A weight that would move further than longest, a number above 0, moves
    by longest, the same way.  w and gradient (d,), step_size a number.
    """
''',
    right='''
move = np.clip(step_size * gradient, -longest, longest)
return w - move
''',
    trials=lambda rng: [_clipped_trial(rng, d) for d in (4, 3, 5, 2)],
    meaning="One steep place can no longer throw the weights far away. The price: where moves are cut off, the step "
            "does not go along the gradient any more.",
    hints=(
        "On paper: longest is 0.1. Where do weights of 1 land whose moves would be 0.05, 0.3 and −0.3?",
        "The limit is on the move, and not on the slope or on the weight. Work out the move first.",
        "A move can be too long in two directions. What stays of its sign?",
    ),
    mistakes=(
        Mistake("one_side", "Your limit holds on one side only.",
                "A move can be too long to the left and to the right.",
                "What does your function do with a move of −10?",
                ("move = np.minimum(step_size * gradient, longest)",
                 "move = np.maximum(step_size * gradient, -longest)")),
        Mistake("clipped_gradient", "Your limit holds for the slope, not for the move.",
                "The slope may be steep, if the step size makes a short move of it.",
                "Which number should not be larger than `longest`?",
                "move = step_size * np.clip(gradient, -longest, longest)"),
        Mistake("no_step_size", "Your move leaves out the step size.",
                "The slope times the step size is the move, and that is limited.",
                "Which of the four arguments have you not used?",
                "move = np.clip(gradient, -longest, longest)"),
        Mistake("always_the_longest", "All your weights move by the longest move.",
                "Only those do that would go further. The others move as far as their slope says.",
                "Where does a weight land whose move would be half of `longest`?",
                "move = longest * np.sign(gradient)"),
        Mistake("clipped_weights", "Your limit holds for the weights, not for their moves.",
                "A weight may be as large as it likes. How far it goes in one step is limited.",
                "What does your function do with a weight of 100 whose slope is 0?",
                "return np.clip(w - step_size * gradient, -longest, longest)"),
        Mistake("uphill", "Your step goes uphill.", "The gradient points to where the loss grows.",
                "If the slope is above zero, should the weight grow or shrink?", "return w + move"),
        Mistake("dropped", "Weights whose move would be too long do not move at all.",
                "They should move as far as they may, the same way.",
                "Where does a weight land whose move would be twice `longest`?",
                "move = np.where(abs(step_size * gradient) > longest, 0, step_size * gradient)"),
        Mistake("by_length", "Your step is shortened as a whole.",
                "That is another good rule: it keeps the direction. Here each weight has the limit for itself.",
                "If one weight would move too far, what should the others do?",
                "move = step_size * gradient * min(1, longest / np.linalg.norm(step_size * gradient))"),
    ),
)


ridge_limit = Harder(
    first=lesson02.largest_step, idea="the loss has a penalty on large weights, and that bends it further",
    noun="limit", examples=("X",),
    head='''\
def ridge_limit(X, strength):
    """The limit of the step size for half_mse + strength / 2 * sum(w**2).

    half_mse is the half mean squared error of X.dot(w).  Below the limit
    gradient descent comes home.  X (n, d), strength above 0; a number.
    """
''',
    right='''
H = X.T.dot(X) / len(X) + strength * np.eye(X.shape[1])
return 2 / np.linalg.eigvalsh(H).max()
''',
    trials=lambda rng: [(numbers(rng, n, d), round(rng.uniform(0.3, 3), 1)) for n, d in (
        (5, 2), (4, 3), (6, 1), (3, 2), (2, 3))],
    meaning="The penalty bends the loss by the same amount in every direction. So the limit gets smaller. But in "
            "proportion the flattest direction gains most, and so a run can do with fewer steps.",
    hints=(
        "For one weight: how much is the curvature of half a square, and of a number times that?",
        "The curvature of a sum is the sum of the curvatures. How much does the penalty add along each weight's axis?",
        "The limit is 2 divided by the largest curvature of the whole loss. Which curvatures does that loss have?",
    ),
    mistakes=(
        Mistake("added_to_the_limit", "Your strength is not added to the curvature.",
                "The two parts of the loss both bend. Their curvatures add up, and the limit follows from the sum.",
                "What happens to the limit when the strength is very large, and what does yours do?",
                lambda X, strength: step_limit(X) + strength),
        Mistake("smaller_curvature", "Your penalty takes curvature away.",
                "A penalty on large weights makes the valley narrower, not wider.",
                "Should the limit grow or shrink when the strength grows?",
                "H = X.T.dot(X) / len(X) - strength * np.eye(X.shape[1])"),
        Mistake("strength_everywhere", "Your strength is added to every number of the matrix.",
                "The penalty adds up squares of single weights. No two weights meet in it.",
                "Which places of the matrix belong to one weight alone?", "H = X.T.dot(X) / len(X) + strength"),
        Mistake("penalty_averaged", "Your penalty is divided by the number of examples.",
                "The mean belongs to the errors alone. The penalty stands beside it.",
                "In the formula of the loss, what does the mean take in?",
                "H = (X.T.dot(X) + strength * np.eye(X.shape[1])) / len(X)"),
        Mistake("doubled", "Your penalty bends twice as much, or half as much.",
                "The half in the penalty meets the 2 from the square.", "How much does half a square bend?",
                ("H = X.T.dot(X) / len(X) + 2 * strength * np.eye(X.shape[1])",
                 "H = X.T.dot(X) / len(X) + strength / 2 * np.eye(X.shape[1])")),
        Mistake("penalty_alone", "Your limit knows the penalty only.", "The errors bend the loss as well.",
                "Where does `X` enter your curvature?", "H = strength * np.eye(X.shape[1])"),
        Mistake("smallest_curvature", "Your step fits the flattest direction.",
                "In the steepest direction such a step goes too far.", "Which direction leaves first?",
                "return 2 / np.linalg.eigvalsh(H).min()"),
    ),
)


descend_decaying = Harder(
    first=lesson02.descend, idea="the steps get shorter, as the step size is divided by the number of the step",
    noun="run", examples=("X", "y"), state=("w",),
    head='''\
def descend_decaying(X, y, w, step_size, steps):
    """The weights after so many steps of gradient descent from w.

    Step number t, t = 1, 2, ..., has the step size step_size / t.
    The loss is the half mean squared error.  X (n, d), y (n,), w (d,).
    """
''',
    right='''
for t in range(1, steps + 1):
    error = X.dot(w) - y
    w = w - step_size / t * X.T.dot(error) / len(y)
return w
''',
    trials=lesson02.descend.trials,
    meaning="Long steps first, to get near, then short ones, to settle. On rows that are drawn by chance such a "
            "schedule is what brings a run to rest.",
    hints=(
        "On paper: for step_size = 0.6, how long are the first three steps?",
        "Python counts from 0, and the steps from 1. What would happen with a division by the number 0?",
        "The step size that came in must still be there in the last round. Does your code write over it?",
    ),
    mistakes=(
        Mistake("counted_from_zero", "Your steps are counted one too far.",
                "The first step has the whole step size, and yours has half of it already.",
                "For `step_size` 0.6, how long are your first two steps?",
                "w = w - step_size / (t + 1) * X.T.dot(error) / len(y)"),
        Mistake("divided_again", "Your step size is divided again and again.",
                "What is left of it in one round is divided in the next. Then step 3 has a sixth, not a third.",
                "Which step size does your third step use?",
                "step_size = step_size / t\nw = w - step_size * X.T.dot(error) / len(y)"),
        Mistake("halved", "Your step size is halved in every round.",
                "That falls much faster: the third step would have a quarter, and should have a third.",
                "For `step_size` 0.6, how long is your third step?",
                "w = w - step_size / 2 ** (t - 1) * X.T.dot(error) / len(y)"),
        Mistake("root_of_t", "Your steps are divided by the root of their number.",
                "That is another schedule, and a slower one.", "How long is your fourth step?",
                "w = w - step_size / t ** 0.5 * X.T.dot(error) / len(y)"),
        Mistake("uphill", "Your run walks uphill.", "Each of your steps adds what should be taken away.",
                "What is the sign of your error when a prediction is too high?", "error = y - X.dot(w)"),
    ),
)
