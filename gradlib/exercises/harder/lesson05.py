"""A step further than lesson 05: paths that leave out a layer, nudges through a quotient, and curvatures by nudging."""

import numpy as np

from .. import lesson05
from ..engine import Mistake, numbers
from ..messages import number
from ..shared import of_both_signs
from . import Harder


def _skips_measured(args, said, right):
    return (f"Layers of the widths {number(args[0])} have {number(right[0])} paths and {number(right[1])} edges; your "
            f"function says {number(said[0])} and {number(said[1])}.")


count_with_skips = Harder(
    first=lesson05.count, idea="a path may leave out a layer, but never two in a row", parts=("paths", "edges"),
    changing=True,
    head='''\
def count_with_skips(widths):
    """How many paths lead through layers of these widths; how many edges.

    widths: a list of whole numbers.  Each node has an edge to each node of
    the next layer, and of the one behind that.  A path leads from the first
    layer to the last.
    """
''',
    right='''\
before, paths = 0, widths[0]
for width in widths[1:]:
    before, paths = paths, width * (paths + before)
neighbours = sum(m * n for m, n in zip(widths, widths[1:]))
skips = sum(m * n for m, n in zip(widths, widths[2:]))
return paths, neighbours + skips
''',
    trials=lesson05.count.trials, measure=_skips_measured,
    meaning="Each further layer adds edges, and multiplies the paths. To count them you walked along the layers once, "
            "and along no single path. So does backprop.",
    hints=(
        "Three layers of one node each. How many edges are there, and how many ways from the first to the last?",
        "How many paths end in a node of some layer, if you know how many end in the two layers before it?",
        "Go along the layers, and keep two numbers: the paths that end in this layer, and those that end in the last.",
    ),
    mistakes=(
        Mistake("paths_as_before", "Your paths never leave out a layer.",
                "Each node can be reached from two layers, and both bring their paths.",
                "For three layers of one node each, how many ways lead to the last?",
                ("paths = 1\nfor width in widths:\n    paths *= width\nreturn paths, neighbours + skips",
                 "for width in widths[1:]:\n    before, paths = paths, width * paths")),
        Mistake("edges_as_before", "Your edges lead to the next layer only.",
                "There are those to the layer behind that as well.",
                "For three layers of one node each, how many edges are there?", "return paths, neighbours"),
        Mistake("skips_alone", "Your edges are those that leave out a layer, and no others.",
                "Each node still has its edges to the next layer.",
                "For two layers, how many edges are there?", "return paths, skips"),
    ),
)


forward_quotient = Harder(
    first=lesson05.forward, idea="there is a quotient, and its nudge goes on into the second node", noun="nudges",
    parts=("da", "db"),
    head='''\
def forward_quotient(x, dx, y, dy):
    """Push the nudges dx and dy forward: a = x / y and b = a * sin(x).

    All are numbers; returns the nudges (da, db).
    """
''',
    right='''\
a = x / y
da = (dx - a * dy) / y
db = da * np.sin(x) + a * np.cos(x) * dx
return da, db
''',
    trials=lambda rng: of_both_signs(
        lambda: [tuple(map(float, numbers(rng, 4))) for _ in range(5)],
        *(lambda *four, i=i: (*four, *forward_quotient.reference(*four))[i] for i in range(6))),
    meaning="The second node took the nudge of the first as it came, and did not ask how it was made. So each kind "
            "of node needs one rule, however long the program is.",
    hints=(
        "y times a is x. Push that product forward, with the rule of a product. Which of the three nudges is missing?",
        "b is a product of two values that both move. How fast does each of them?",
        "Does a grow or shrink when y alone grows? Is that what your first line says?",
    ),
    mistakes=(
        Mistake("plus_in_quotient", "In your quotient, both nudges pull the same way.",
                "More in the denominator makes a quotient smaller.", "If only y grows, does 6 / y grow or shrink?",
                "da = (dx + a * dy) / y"),
        Mistake("product_rule", "Your quotient is pushed forward as a product.",
                "It has a rule of its own.", "How fast does 6 / y move when y does?", "da = dx * y + x * dy"),
        Mistake("quotient_of_nudges", "Your nudge of a quotient is the quotient of nudges.",
                "If y stands still, a moves by a share of dx, and nothing is divided by 0.",
                "What does your function say for dy = 0?", "da = dx / dy"),
        Mistake("denominator_stands_still", "In your quotient, only x moves.",
                "y is nudged as well.", "If dx were 0, would a stand still?", "da = dx / y"),
        Mistake("a_stands_still", "In your second node, a stands still.",
                "a has a nudge: it is what your first line has worked out.",
                "If x moves, which two factors of b move?", "db = a * np.cos(x) * dx"),
        Mistake("sine_stands_still", "In your second node, the sine stands still.",
                "x moves, and its sine with it.", "If x moves, which two factors of b move?", "db = da * np.sin(x)"),
    ),
)


def _bend_measured(args, said, right):
    f, w, h = args
    j = int(np.argmax(abs(said[0] - right[0])))
    above, here, below = (f(w + k * h * (np.arange(len(w)) == j)) for k in (1, 0, -1))
    return (f"With `w[{j}]` moved by {number(h)} to either side, f is {number(below)}, {number(here)} and "
            f"{number(above)}. The bend there is {number(right[0][j])}; your function says {number(said[0][j])}.")


second_differences = Harder(
    first=lesson05.finite_differences, idea="not how steep f is along each weight, but how much it bends",
    noun="curvatures", wanted="an array with one number for each weight",
    head='''\
def second_differences(f, w, h):
    """How fast the slope of f along each weight changes, by nudging.

    Each weight is moved by h to either side, one after the other.  The
    slope above w minus the slope below w, divided by h.
    f takes an array like w and returns a number; w (d,); h is a number.
    """
''',
    right='''\
curvature = np.zeros(len(w))
for j in range(len(w)):
    nudge = np.zeros(len(w))
    nudge[j] = h
    curvature[j] = (f(w + nudge) - 2 * f(w) + f(w - nudge)) / h ** 2
return curvature
''',
    trials=lesson05.finite_differences.trials, measure=_bend_measured,
    meaning="For the loss of lesson 02 these are the numbers on the diagonal of its matrix H. All of H has d times d "
            "of them, and that is why nobody nudges for it where d is a million.",
    hints=(
        "Along one weight there are three places: below, here, above. Between which of them do you know a slope?",
        "Two slopes, one on either side. How far apart are the places that they belong to?",
        "For f = w squared the answer is 2 everywhere. Try h = 1 at w = 0 on paper: what do your lines say?",
    ),
    mistakes=(
        Mistake("divided_once", "Your curvature divides by `h` once.",
                "Each slope has been divided by h, and their difference is divided by it again.",
                "For w squared, does your number stay the same for another `h`?",
                "curvature[j] = (f(w + nudge) - 2 * f(w) + f(w - nudge)) / h"),
        Mistake("wider_apart", "Your two slopes are taken to be twice as far apart.",
                "Between the middles of the two sides lies one h, not two.",
                "Where is the slope between w and w + h best at home?",
                ("curvature[j] = (f(w + nudge) - 2 * f(w) + f(w - nudge)) / (2 * h ** 2)",
                 "curvature[j] = (f(w + nudge) - 2 * f(w) + f(w - nudge)) / (2 * h) ** 2")),
        Mistake("middle_once", "The middle comes in once, and should come in twice.",
                "Both slopes use the value at w: the one as its end, the other as its start.",
                "On a flat f, is your curvature 0?", "curvature[j] = (f(w + nudge) - f(w) + f(w - nudge)) / h ** 2"),
        Mistake("one_side", "Your three places lie on one side.",
                "The curvature there belongs to the middle one, and not to w.",
                "Where is the middle of your three places?",
                "curvature[j] = (f(w + 2 * nudge) - 2 * f(w + nudge) + f(w)) / h ** 2"),
        Mistake("slope_not_bend", "That is a slope, and not how fast it changes.",
                "Two values make a slope. A bend needs two slopes.", "How many values of f do you use for one weight?",
                "curvature[j] = (f(w + nudge) - f(w - nudge)) / (2 * h)"),
    ),
)
