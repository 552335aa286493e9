"""The exercise of lesson 00, the error of one prediction: the smallest one, to see how they are written."""

from .engine import Exercise, Mistake, Slip, times
from .messages import number
from .shared import each

# The signs of w, flipper, mass and error, how large the error is, and the decimals of w: six penguins, longer and
# shorter than average, guessed too low and too high. Two guesses are far off, and two have a weight below zero, one of
# them with many decimals, so that rounding and a lost sign show.
KINDS = ((1, 1, 1, -1, 0.2, 0.9, 1), (1, 1, 1, 1, 0.2, 0.9, 2), (1, -1, -1, 1, 0.2, 0.9, 2),
         (1, -1, -1, -1, 0.2, 0.9, 2), (1, 1, -1, 1, 1.55, 1.95, 2), (1, -1, 1, -1, 1.05, 1.45, 2),
         (-1, 1, -1, 1, 0.2, 0.9, 2), (-1, -1, -1, 1, 0.2, 0.9, 6))


def _penguin(rng, guess, flipper, mass, side, least, most, decimals):
    """Draw until the numbers differ, none is 1, and the error is as it should be."""
    w = x = y = 0.0
    while not (least <= side * (w * x - y) <= most and len({1.0, abs(w), abs(x), abs(y)}) == 4):
        w = guess * round(rng.uniform(0.2, 0.9), decimals)
        x, y = flipper * round(rng.uniform(0.5, 3), 1), mass * round(rng.uniform(0.2, 1.5), 1)
    return w, x, y


def _at_hand(w, x, y):
    side = "low" if w * x < y else "high"
    return (f"With w = {number(w)}, x = {number(x)}, y = {number(y)} the prediction is {number(w * x)}, "
            f"which is {number(abs(w * x - y))} too {side}")


error = Exercise(
    name="error",
    noun="error",
    head='''\
def error(w, x, y):
    """The error of one prediction: prediction minus target.

    w, x and y are numbers; returns a number.
    """
''',
    given="...",
    right="return w * x - y",
    trials=lambda rng: [_penguin(rng, *kind) for kind in KINDS],
    measure=lambda args, said, right: f"{_at_hand(*args)}. Your function says {number(said[0])}.",
    noticed=lambda w, x, y: (
        f"{_at_hand(w, x, y)}, and your error is {number(w * x - y)}. Its sign says on which side of the target you "
        "are. The slope of the loss will need it."),
    hints=(
        "Take one penguin on paper. The guess is w = 0.5. The flipper is x = 2, in cm above average, and the target "
        "y = 0.6, in kg above average. What is the prediction? How far is it from the target, and on which side?",
        "Two things happen to the numbers, one after the other. First comes the prediction of the straight line, from "
        "`w` and `x` alone. Then comes the comparison with `y`.",
        "A prediction too high must give a number above zero. Which of the two stands first in the difference?",
    ),
    slips=(
        Slip("sign_flipped", "Your error has the other sign.",
             "Many books take target minus prediction. In this course, a prediction too high has an error above zero.",
             "Which of the two comes first in your difference?", times(lambda *args: -1)),
        Slip("doubled", "Your error is twice as large as it is.",
             "A 2 belongs to the slope of a square. Nothing has been squared here yet.", "Where does a 2 come in?",
             times(lambda *args: 2)),
    ),
    mistakes=(
        Mistake("absolute", "Your error has lost its sign.",
                "It still says how far off the guess is, and no longer on which side. The slope will need the side.",
                "Which part of your line makes every number positive?", "return abs(w * x - y)"),
        Mistake("squared", "That is the error squared.",
                "Errors are squared one step later, in the loss. The error itself keeps its unit and its sign.",
                "What does your last operation do to a negative number?", "return (w * x - y) ** 2"),
        Mistake("half_squared", "That is already the loss of this penguin.",
                "The loss takes the error, squares it and halves it. Here we stop one step earlier.",
                "Which number did you have in hand before you squared?", "return (w * x - y) ** 2 / 2"),
        Mistake("prediction", "That is the prediction.",
                "A prediction alone cannot be wrong. An error compares it with what the scales say.",
                "Which of the three arguments have you not used?", "return w * x"),
        Mistake("forgot_weight", "Your function leaves out the guess `w`.",
                "It compares a length with a mass, the flipper with the target. The guess turns one into the other.",
                "How many kilograms does the guess w predict for a flipper x?", "return x - y"),
        Mistake("forgot_x", "Your function leaves out the flipper `x`.",
                "It compares w itself with the target, so every penguin would get the same prediction.",
                "How should a longer flipper change the prediction?", "return w - y"),
        Mistake("added_target", "Your function adds the target to the prediction.",
                "An error is a distance with a sign, so it must be zero when the two are equal. A sum is not.",
                "What should come out when prediction and target are the same?", "return w * x + y"),
        Mistake("added_weight", "Your function adds the guess to the flipper.",
                "w says how many kilograms each centimetre brings. Twice the centimetres must bring twice as many.",
                "What should it predict for an average flipper, x = 0? And what does it?", "return w + x - y"),
        Mistake("weight_on_target", "Your multiplication takes in the target too.",
                "Only the flipper is turned into a prediction. The target is measured, and stays as it is.",
                "Look at your brackets: are they needed?", ("return w * (x - y)", "return x * (w - y)")),
        Mistake("swapped", "Flipper and target have changed places.",
                "It multiplies the guess with the target. The order of the arguments is w, x, y.",
                "Which argument is the measured flipper, and which the target?", "return w * y - x"),
        Mistake("relative", "That is the error as a share of the target.",
                "A share is a good thing to know. The error here stays in the unit of the target.",
                "Which of your operations changes the unit?", each("return {} * (w * x - y) / y", 1, 100)),
        Mistake("ratio", "Your function takes a ratio of prediction and target.",
                "A ratio of 1 means no error. We want 0 to mean no error, and the sign to say which side.",
                "What should come out when prediction and target are the same?",
                ("return w * x / y", "return y / (w * x)")),
        Mistake("divided", "Your function divides where the model multiplies.",
                "The guess w is a mass per centimetre of flipper. More centimetres must mean more mass.",
                "For w = 0.5 kilograms per centimetre and x = 2 centimetres, what is the prediction?",
                ("return x / w - y", "return w / x - y")),
        Mistake("rounded", "Your error is rounded.",
                "The digits behind the point are part of the error. A slope made of rounded errors is rounded too.",
                "Which part of your line cuts digits off?",
                each("return {}", "round(w * x - y)", "int(w * x - y)", "round(w * x - y, 1)", "round(w * x - y, 2)")),
        Mistake("side_alone", "Your function says on which side the guess is, and no longer how far off.",
                "Two guesses that are too high are then the same, whether by a gram or by a kilogram.",
                "Which part of your line makes one number of all that are above zero?",
                ("return np.sign(w * x - y)", "return w * x > y")),
        Mistake("times_x", "Your function multiplies the error by the flipper.",
                "That product will come: it is part of the slope in lesson 01. Here the error itself is asked for.",
                "Which of your factors goes one step too far?", "return (w * x - y) * x"),
    ),
)
