"""The exercises of lesson 05: paths and edges counted, nudges pushed forward, and a nudge that is never taken back."""

from itertools import product

import numpy as np

from ..numeric import central_difference
from .calls import close
from .engine import Exercise, Mistake, Slip, numbers, times
from .evidence import NUDGE
from .messages import number
from .shared import each, missing_part, of_both_signs, told

# Exercise A: paths and edges

EDGES = "edges = sum({} for m, n in zip(widths, widths[1:]))"


def _count_trials(rng):
    return [*((rng.choice(range(2, 8), k, replace=False).tolist(),) for k in (4, 3, 2, 5, 1)), ([100] * 10,)]


def _count_measured(args, said, right):
    widths, = args
    mine = f"your function says {number(said[0])} and {number(said[1])}"
    if sum(widths) > 100:
        return f"{len(widths)} layers of {widths[0]} have {number(right[0])} paths, {number(right[1])} edges; {mine}."
    paths, edges = (len(list(drawn)) for drawn in _drawn(widths))
    return f"For the widths {number(widths)} I counted {paths} paths and {edges} edges, one by one; {mine}."


def _drawn(widths):
    """Every single path and every single edge of small layers."""
    layers = [[(i, j) for j in range(width)] for i, width in enumerate(widths)]
    return product(*layers), (pair for left, right in zip(layers, layers[1:]) for pair in product(left, right))


def _count_noticed(widths):
    return ("You also have the numbers for ten layers of 100, before the output. There are "
            "100,000,000,000,000,000,000 paths. A billion of them a second, and you wait three thousand years. And "
            "there are 90,000 edges. The chain rule written out goes along every path. Walking back goes along every "
            "edge, once.")


count = Exercise(
    name="count", parts=("paths", "edges"), changing=True,
    head='''\
def count(widths):
    """How many paths lead through layers of these widths; how many edges.

    widths: a list of whole numbers.  Each node has an edge to each node of
    the next layer.  A path takes one node of each layer.
    """
''',
    given='''\
paths = ...
edges = ...
return paths, edges
''',
    right='''\
paths = 1
for width in widths:
    paths *= width
edges = sum(m * n for m, n in zip(widths, widths[1:]))
return paths, edges
''',
    trials=_count_trials, measure=_count_measured, noticed=_count_noticed,
    hints=(
        "Draw three layers of 2, 3 and 2 nodes, with all the lines between them. How many lines are there? Then put "
        "a finger on a node of the first layer: how many ways lead to the last?",
        "A path chooses a node in each layer. After 2 choices in the first layer, each of them has 3 to go on. How "
        "many is that? And with 2 more choices behind each?",
        "Lines run between neighbours only. Between two layers, each node on the left has one line to each on the "
        "right. Between the next two layers there are more lines: do they stretch the old number, or come on top?",
    ),
    slips=(
        Slip("swapped", "The two counts have changed places.", "The exercise asks for the paths first.",
             "What does your last line hand back first?", lambda f: lambda widths: tuple(f(widths))[::-1]),
        Slip("first_layer_left_out", "The first layer is missing.",
             "The inputs are nodes like all others. A path begins at one of them.",
             "With which index does your code begin?", lambda f: lambda widths: f(widths[1:])),
        Slip("last_layer_left_out", "The last layer is missing.",
             "The end of a range is never reached, and so the last layer gets lost.",
             "For three layers, which of them does your code look at?", lambda f: lambda widths: f(widths[:-1])),
    ),
    mistakes=(
        Mistake("overflow", "Your number of paths is too large for NumPy.",
                "NumPy keeps a whole number in 64 bits. Ten layers of 100 have more paths than fit in, and NumPy goes "
                "round to the other end, without a word. For small layers all is well.",
                "Which whole numbers have no largest one, NumPy's or Python's?", "return np.prod(widths), edges"),
        Mistake("paths_added", "Your number of paths adds up the widths.",
                "That is the number of nodes. But behind every node of one layer, all nodes of the next are open.",
                "Two layers of 3: how many ways to take one of each?", ("paths = 0\npaths += width", "paths += width")),
        Mistake("starts_at_zero", "Your number of paths is zero.",
                "A product that begins with 0 stays 0, whatever it is multiplied with.",
                "With which number does a product begin, so that it changes nothing?", "paths = 0"),
        Mistake("same_width", "Your number of paths takes all layers to be of one width.",
                "A power multiplies one number with itself. Here each layer has its own.",
                "Which widths does your code look at?", each("paths *= {}", "widths[0]", "max(widths)", "widths[-1]")),
        Mistake("two_layers", "Your number of paths knows two layers only.",
                "A path takes one node of each layer, so every width has its say.",
                "For five layers, which of the widths does your code look at?",
                each("return {}, edges", "widths[0] * widths[-1]", "widths[0] * widths[1]")),
        Mistake("other_widths", "Each layer of your paths has one node more, or one less, than there is.",
                "A path chooses among the nodes of a layer, and these are as many as its width says.",
                "In a layer of 3, how many nodes can a path take?", each("paths *= {}", "width + 1", "width - 1")),
        Mistake("paths_from_edges", "Your number of paths multiplies edges.",
                "Every inner layer then counts twice, once on each side.",
                "A path chooses a node in each layer. How often does it choose in the second?",
                "return math.prod(m * n for m, n in zip(widths, widths[1:])), edges"),
        Mistake("nodes_not_edges", "You counted nodes where edges are asked for.",
                "An edge joins two nodes. There are many more of them.",
                "How many lines run between a layer of 3 and a layer of 4?", "edges = sum(widths)"),
        Mistake("edges_multiplied", "Your number of edges multiplies from layer to layer.",
                "Choices in a row multiply. Edges are not chosen: those between other layers come on top.",
                "Draw 2, 3 and 2 nodes with their lines. How many lines do you see?",
                each("edges = math.prod({})", "m * n for m, n in zip(widths, widths[1:])", "widths")),
        Mistake("neighbours_added", "Between two layers, your number of edges adds.",
                "Each node on the left has a line to each node on the right.",
                "How many lines run between a layer of 3 and a layer of 4?", each(EDGES, "m + n")),
        Mistake("all_pairs", "Your edges run between all layers.",
                "Lines join a layer to the next one only. Yours jump over layers as well.",
                "Draw three layers. Is there a line from the first to the third?",
                ("edges = sum(m * n for i, m in enumerate(widths) for n in widths[i + 1:])",
                 "edges = sum(widths) ** 2")),
        Mistake("own_layer", "Your edges stay inside their layer.",
                "A width is multiplied with itself. Lines run from one layer to the next.",
                "Which two widths belong to one bundle of lines?",
                each("edges = sum(m * m for m in {})", "widths", "widths[:-1]", "widths[1:]")),
        Mistake("wrapped", "Your last layer is joined to the first.",
                "In Python the index −1 is the last one. So a loop that looks one back from 0 closes a ring.",
                "How many gaps are there between three layers?",
                "edges = sum(m * n for m, n in zip(widths, widths[1:] + widths[:1]))"),
        Mistake("one_gap", "Your number of edges knows one gap only.",
                "A loop that writes into the same name forgets what stood there. Or it returned in its first round.",
                "How many gaps are there between three layers, and which is in your result?",
                (*each("edges = {} if widths[1:] else 0", "widths[0] * widths[1]", "widths[-2] * widths[-1]"),
                 *each("edges = {}", "widths[0] * widths[1]", "widths[-2] * widths[-1]"))),
        Mistake("edges_of_all_paths", "You counted an edge once for every path that takes it.",
                "That is the work of walking along every path. An edge is there once, however many paths share it.",
                "Two paths share their first edge. How many different edges does that make?",
                each("edges = paths * {}", "(len(widths) - 1)", "len(widths)")),
        Mistake("counted_biases", "You counted the biases as well.",
                "That is the number of parameters of a network. A bias is no line between two layers.",
                "What do you add to the product of two widths?",
                (*each(EDGES, "m * n + n", "m * n + m", "(m + 1) * (n + 1)"),
                 *each(f"{EDGES} + sum(widths)", "m * n"))),
        *missing_part("paths", "edges"),
        Mistake("one_node_left_out", "One node of a layer gets no edges in your count.",
                "Perhaps it stands for a bias. But here each node has an edge to each node of the next layer.",
                "Between layers of 3 and 4 nodes, how many lines do you draw?",
                (*each(EDGES, "m * (n - 1)", "(m - 1) * n", "(m - 1) * (n - 1)"),
                 *each(f"{EDGES} + sum(widths[-2:-1])", "m * (n - 1)"))),
        Mistake("both_ways", "Your number of edges is twice as large as it should be.",
                "An edge joins two nodes. Counted from the left and from the right, it is there twice.",
                "Between a layer of 1 and a layer of 1, how many lines do you draw?", "return paths, 2 * edges"),
        Mistake("first_to_last", "Your edges join the first layer to the last.",
                "Lines run between neighbours. The layers between are not in your number.",
                "Draw three layers. Is there a line from the first to the third?", "edges = widths[0] * widths[-1]"),
    ),
)


# Exercise B: forward mode for two rules

def _forward_trials(rng):
    return of_both_signs(lambda: _four_numbers(rng), *(lambda *four, i=i: four[i] for i in range(4)))


def _four_numbers(rng):
    x, y = map(float, numbers(rng, 2))
    first, *others = numbers(rng, 4, 4)
    generic = [tuple(map(float, four)) for four in (abs(first), *others)]
    return [*generic, (x, 1.0, y, 0.0), (x, 0.0, y, 1.0)]


def _forward_rates(x, dx, y, dy):
    return (float(central_difference(lambda t: (x + t * dx) * (y + t * dy), 0.0, NUDGE)),
            float(central_difference(lambda t: np.sin(x + t * dx), 0.0, NUDGE)))


def _forward_measured(args, said, right):
    x, dx, y, dy = args
    i = 1 if close(said[0], right[0]) else 0
    return (f"At x = {number(x)} and y = {number(y)}, let x move by {number(dx)} h and y by {number(dy)} h, with h = "
            f"0.00001. Then `{'ab'[i]}` moves by {number(_forward_rates(*args)[i])} h; for `{'d' + 'ab'[i]}` your "
            f"function says {number(said[i])}.")


def _forward_noticed(x, dx, y, dy):
    da, db = map(number, _forward_rates(x, dx, y, dy))
    return (f"With dx = {number(dx)} and dy = {number(dy)}, a moves at a rate of {da} and b at a rate of {db}; a small "
            "nudge measures the same. Nothing had to be stored, and no graph was walked back. But one pass answers for "
            "one direction only. For a million weights you would need a million passes.")


forward = Exercise(
    name="forward", parts=("da", "db"),
    head='''\
def forward(x, dx, y, dy):
    """Push the nudges dx and dy forward through a = x*y and b = sin(x).

    All are numbers; returns the nudges (da, db).
    """
''',
    given="...",
    right='''\
da = dx * y + x * dy
db = np.cos(x) * dx
return da, db
''',
    trials=_forward_trials, measure=_forward_measured, noticed=_forward_noticed,
    hints=(
        "Begin with the product, and nudge one thing at a time. x = 3, y = 5: move x alone by 0.01, how far does the "
        "product move? Then y alone. And when both move?",
        "A node that receives nudges stretches each of them by its own local slope, and adds up what it has. How many "
        "nudges does `a` receive, and how many does `b`?",
        "The local slope of the sine is its derivative, taken at the value of x and not at the nudge. Which of the "
        "four arguments does `b` not need at all?",
    ),
    slips=(
        Slip("swapped", "The two nudges have changed places.", "The exercise asks for the nudge of a first.",
             "What does your last line hand back first?", lambda f: lambda *args: tuple(f(*args))[::-1]),
    ),
    mistakes=(
        Mistake("sign_flipped", "Your nudges point the other way.", "Every size is right and every sign is wrong.",
                "Where does a minus come in?", "return -da, -db"),
        Mistake("product_of_nudges", "Your nudge of the product is the product of nudges.",
                "Two small nudges multiplied are smaller than either of them. What counts is a nudge times a value.",
                "Take 3 times 5 and nudge both by 0.01. How far does the product move?", "da = dx * dy"),
        Mistake("only_dx", "The nudge of `y` is missing in the product.",
                "Both factors move, and each makes the product move.", "If dx were 0, would `a` stand still?",
                "da = dx * y"),
        Mistake("only_dy", "The nudge of `x` is missing in the product.",
                "Both factors move, and each makes the product move.", "If dy were 0, would `a` stand still?",
                "da = x * dy"),
        Mistake("own_value", "In the product, each nudge is stretched by its own value.",
                "In x times y, nudging x moves the product by y times the nudge. The other factor decides.",
                "Take 3 times 5 and nudge the 3 by 0.01. How far does the product move?", "da = x * dx + y * dy"),
        Mistake("nudges_added", "In the product, the nudges are not stretched.",
                "That is the rule of a sum. A product moves by more when its other factor is large.",
                "Take 3 times 5 and nudge the 3 by 0.01. How far does the product move?", "da = dx + dy"),
        Mistake("minus", "In the product, one nudge works against the other.",
                "A minus stands in the rule of a quotient. In a product, both factors pull the same way.",
                "If 3 and 5 both grow, can their product shrink?",
                each("da = {}", "dx * y - x * dy", "x * dy - dx * y", "(dx * y - x * dy) / y ** 2")),
        Mistake("all_multiplied", "In the product, the two moves stretch each other.",
                "One move comes from x, and one from y. Moves that come from different sides add up.",
                "If one nudge moves the product by 2 and the other by 3, how far does it move?",
                each("da = {}", "dx * y * x * dy", "(x + dx) * (y + dy)")),
        Mistake("no_product_nudge", "In the product, a nudge is missing.",
                "A local slope alone says how far a would move if the nudge were 1.",
                "Where do dx and dy enter your line for `a`?", each("da = {}", "x + y", "dx * y + x", "y + x * dy")),
        Mistake("whole_change", "Your function takes whole steps, not nudges.",
                "It moves x and y all the way. A curve bends on the way, so this is not the slope at the start.",
                "If all nudges were half as large, would your results be exactly half as large?",
                "da = (x + dx) * (y + dy) - x * y\ndb = np.sin(x + dx) - np.sin(x)"),
        Mistake("no_cosine", "The sine lets its nudge through as it is.",
                "Only where the sine is steepest, at x = 0, would that be right.",
                "Far from 0, on top of a wave, how far does the sine move when x does?", "db = dx"),
        Mistake("no_sine_nudge", "In the sine, the nudge is missing.",
                "You have its local slope. How far b moves also depends on how far x does.",
                "If x does not move at all, how far does `b` move?", each("db = np.cos(x){}", "", " * x")),
        Mistake("function_of_nudge", "The nudge has gone through the function itself.",
                "How steep the sine is depends on where x stands, not on how far it is pushed.",
                "Which of the four arguments stands in the brackets of your sine or cosine?",
                each("db = {}", "np.sin(dx)", "np.cos(dx)", "np.cos(dx) * dx", "np.cos(dx) * x", "np.cos(x * dx)",
                     "np.cos(x + dx)", "np.cos(x + dx) * dx", "np.sin(x + dx)")),
        Mistake("sine_not_differentiated", "The sine is still there.",
                "The sine says where b is. Its slope is another function.",
                "On top of a wave, is the sine steep or flat?", each("db = np.sin(x) * dx{}", "", " + np.cos(x)")),
        Mistake("minus_cosine", "The slope of your sine has the wrong sign.",
                "The minus belongs to the cosine: it falls when one goes on from 0. The sine rises there.",
                "Right of 0, does the sine go up or down?", each("db = -np.{}(x) * dx", "cos", "sin")),
        Mistake("other_nudge", "The sine gets a nudge that is not its own.",
                "b is made from x alone. What y or a do is nothing to it.", "Which names stand in the formula of `b`?",
                each("db = {}", "np.cos(x) * dy", "np.cos(y) * dy", "np.cos(x) * (dx + dy)", "np.cos(x) * da",
                     "np.cos(x * y) * da")),
        Mistake("degrees", "Your cosine takes x for degrees.",
                "In NumPy and in calculus angles are in radians. Only then is the slope of the sine at 0 equal to 1.",
                "What does your code do to x before the cosine gets it?", "db = np.cos(np.radians(x)) * dx"),
        Mistake("returned_values", "Those are values, not nudges.",
                "They say where a and b are. The question is how far they move.",
                "Where do dx and dy enter your result?",
                each("return {}", "x * y, np.sin(x)", "(x + dx) * (y + dy), np.sin(x + dx)",
                     "x * y + da, np.sin(x) + db")),
        *missing_part("da", "db"),
        Mistake("every_pair", "In the product, each value stretches both nudges.",
                "A nudge of x is stretched by y alone, neither by x itself nor by a product of the two.",
                "Take 3 times 5 and nudge the 3 by 0.01. How far does the product move?",
                each("da = {}", "(x + y) * (dx + dy)", "x * y * (dx + dy)")),
        Mistake("averaged", "Where two nudges meet, your function takes their mean.",
                "Each nudge moves the product, and the product makes both moves.",
                "If one nudge moves it by 2 and the other by 4, how far does it move?", "da = (dx * y + x * dy) / 2"),
    ),
)


# Exercise C: repair a loop that never takes its nudge back

def _loop_trials(rng):
    return [_loop_trial(rng, d, h) for d, h in ((3, 1 / 64), (2, 1 / 32), (4, 1 / 64), (1, 1 / 128))]


def _loop_trial(rng, d, h):
    """A loss that bends.  w and h are whole multiples of 1/128: adding h and taking it away leaves no trace."""
    X, y = numbers(rng, 5, d), numbers(rng, 5)
    w = rng.choice([-1, 1], d) * rng.integers(20, 120, d) / 64
    return (lambda w: np.mean((X.dot(w) - y) ** 2) / 2 + np.cos(w).sum()), w, h


def _loop_measured(args, said, right):
    f, w, h = args
    rights = [right(f, w, h) for right in finite_differences.rights]
    wrong = [j for j in range(len(w)) if not any(close(said[0][j], slopes[j]) for slopes in rights)]
    j = wrong[0] if wrong else int(np.argmax(abs(said[0] - right[0])))
    moved = f(w + h * (np.arange(len(w)) == j))
    return (f"With `w[{j}]` alone moved by {number(h)}, f goes from {number(f(w))} to {number(moved)}, so it changes "
            f"at a rate of {number((moved - f(w)) / h)}; for `w[{j}]` your function says {number(said[0][j])}.")


def _loop_noticed(f, w, h):
    right, sums = finite_differences.reference(f, w, h), number(finite_differences.as_given(f, w.copy(), h))
    return (f"Your gradient is {number(right)}. The function as it was given said {sums}: each number is nearly the "
            f"sum of all slopes so far, {number(np.cumsum(right))}. The first one was right, so a test with one "
            f"weight would have passed. And notice the price: {len(w)} weights, {len(w) + 1} or more calls of f.")


finite_differences = Exercise(
    name="finite_differences", wanted="an array with one slope for each weight", changing=True,
    head='''\
def finite_differences(f, w, h):
    """The gradient of f at w, by nudging one weight after the other by h.

    f takes an array like w and returns a number; w (d,); h is a number.
    """
''',
    given='''\
gradient = np.zeros(len(w))
start = f(w)
for j in range(len(w)):
    w[j] += h
    gradient[j] = (f(w) - start) / h
return gradient
''',
    right='''\
gradient = np.zeros(len(w))
start = f(w)
for j in range(len(w)):
    nudged = w.copy()
    nudged[j] += h
    gradient[j] = (f(nudged) - start) / h
return gradient
''',
    trials=_loop_trials, measure=_loop_measured, noticed=_loop_noticed,
    also=("""
gradient = np.zeros(len(w))
for j in range(len(w)):
    above, below = w.copy(), w.copy()
    above[j] += h
    below[j] -= h
    gradient[j] = (f(above) - f(below)) / (2 * h)
return gradient
""", """
gradient = np.zeros(len(w))
start = f(w)
for j in range(len(w)):
    below = w.copy()
    below[j] -= h
    gradient[j] = (start - f(below)) / h
return gradient
"""),
    hints=(
        "Let f be the sum of the weights, and w = [0, 0, 0]. Every slope is 1. Go through the given loop with a "
        "pencil and h = 1. What does it say for the first weight, the second, the third?",
        "When the second weight is nudged, where is the first? Which of the weights should be away from their place "
        "when a slope is measured?",
        "There are two cures. Take the nudge back before the next weight has its turn. Or nudge something that does "
        "not belong to the caller. Remember that a second name for an array is not a second array.",
    ),
    slips=(
        Slip("sign_flipped", "Your slopes point the other way.",
             "Every size is right and every sign is wrong. If f grows with the nudge, the slope is above zero.",
             "Which of the two values stands first in your difference?", times(lambda *args: -1)),
        Slip("forgot_h", "Your slopes are not divided by the nudge.",
             "They say how far f moves, and a smaller nudge would make them smaller. A slope is how far, per nudge.",
             "What happens to your result when h is half as large?", times(lambda f, w, h: h)),
        Slip("times_h", "Your slopes are multiplied by the nudge.", "A slope is how far f moves, per nudge.",
             "What happens to your result when h is half as large?", times(lambda f, w, h: h ** 2)),
        Slip("divided_twice", "Your slopes are divided by the nudge twice.",
             "A slope is how far f moves, per nudge. Divided once more, it grows when the nudge gets smaller.",
             "What happens to your result when h is half as large?", times(lambda f, w, h: 1 / h)),
        Slip("factor_half", "Your slopes are half as large as they should be.",
             "It divides by two nudges. That is right when the two places are two nudges apart. These are one apart.",
             "How far apart are the two places at which you ask for f?", times(lambda *args: 0.5)),
    ),
    mistakes=(
        Mistake("not_restored", "Your loop never takes its nudge back.",
                "When the second weight has its turn, the first is still away from its place. So each slope holds "
                "those before it as well. And a second name for an array is no copy: w moves with it.",
                "Where is the first weight while the second is nudged?",
                ("nudged = w", "w[j] += 2 * h\ngradient[j] = (f(nudged) - start) / h")),
        Mistake("start_moves", "Your loop never takes its nudge back, and the start wanders along.",
                "Each difference is taken between two neighbouring places, so the numbers look good. But the second "
                "slope is not measured at `w`, and the last is measured d nudges away.",
                "At which place is your last slope measured?",
                ("before = f(w)\nnudged = w\ngradient[j] = (f(nudged) - before) / h",
                 "w[j] -= h\nbelow = f(w)\nw[j] += 2 * h\ngradient[j] = (f(nudged) - below) / (2 * h)")),
        Mistake("restored_too_far", "Your loop takes back more than it has added.",
                "After its turn each weight stands a nudge too low, and the next slopes are measured from there.",
                "How far is a weight from its old place after its turn?",
                ("w[j] -= h\ngradient[j] = (f(nudged) - start) / h",
                 "w[j] -= h\ngradient[j] = (f(nudged) - f(w)) / (2 * h)")),
        Mistake("no_difference_left", "Your slopes are all zero.",
                "f is asked twice at the same place. Either the nudge is taken back before f sees it, or the start is "
                "measured after it. Or two names stand for one array.",
                "Where is the weight at the two moments when you ask for f?", "gradient[j] = (f(w) - start) / h"),
        Mistake("all_at_once", "Your function nudges all weights at once.",
                "That measures one slope, along the diagonal: the sum of all slopes. It says nothing of one weight.",
                "How many weights should be away from their place when a slope is measured?",
                ("gradient[j] = (f(w + h) - start) / h", "nudged = w + h", "return (f(w + h) - start) / h",
                 "return (f(w + h) - f(w - h)) / (2 * h)")),
        Mistake("one_weight", "Your function measures one weight only.",
                "A loop that writes into the same name forgets what stood there. Or a return ended its first round.",
                "How many slopes should be in your result, and how many are?",
                each("return {}", "gradient[0]", "gradient[-1]", "gradient * (np.arange(len(w)) == 0)",
                     "gradient * (np.arange(len(w)) == len(w) - 1)")),
        Mistake("nudged_by_one", "Your function nudges by 1.",
                "The loss bends over such a distance, so this is not its slope at `w`.",
                "How far is each weight moved?", ("nudged[j] += 1", "nudged[j] += 1\ngradient[j] = f(nudged) - start")),
        Mistake("two_nudges", "Two nudges lie between your places, and you divide by one.",
                "Going to both sides is a good idea. It doubles the distance, and so does a nudge that is taken twice.",
                "How far apart are the two places at which you ask for f?",
                ("gradient[j] = (f(nudged) - f(2 * w - nudged)) / h", "nudged[j] += 2 * h")),
        Mistake("forgot_start", "Your function leaves out the value at the start.",
                "A slope compares two places: with the nudge and without.", "f is 7 everywhere: what are the slopes?",
                ("gradient[j] = f(nudged) / h", "gradient[j] = f(nudged)")),
        Mistake("one_length", "Your gradient has been brought to one length.",
                "That keeps its direction, and forgets how steep f is.",
                "If f were ten times as large, should the slopes be?",
                each("return {}", "gradient / np.linalg.norm(gradient)", "np.sign(gradient)")),
        Mistake("start_written_over", "Your start is written over in each round.",
                "So the second slope compares two nudged places with each other, and neither of them is `w`.",
                "What is in your start in the second round?",
                "gradient[j], start = (f(nudged) - start) / h, f(nudged)"),
        Mistake("relative_nudge", "Your nudge depends on the weight.",
                "A large weight is pushed further than a small one, and then the division no longer fits.",
                "How far is a weight moved? What do you divide by?", each("nudged[j] += h * {}", "w[j]", "abs(w[j])")),
        Mistake("divided_by_weight", "Your slopes are divided by the weight.",
                "What matters is how far the weight was moved, not where it stands.", "By what do you divide?",
                each("gradient[j] = (f(nudged) - start) / {}", "w[j]", "nudged[j]")),
        Mistake("summed", "Your function adds up all the slopes.", "A gradient has one number for each weight.",
                "How many numbers are in `w`, and how many in your result?",
                ("return gradient.sum()", "return gradient.mean()", "gradient += (f(nudged) - start) / h")),
        told("took_a_step", *each("return w - {}gradient", "h * ", ""), noun="gradient"),
        Mistake("away_from_w", "Your function asks for f at a place far from `w`.",
                "One weight moves by h from where it stands, and all others stay where they are.",
                "For w = [3, 5] and h = 0.01, what does f get first?", ("nudged[j] = h", "nudged = np.zeros(len(w))")),
        Mistake("neighbour", "Each of your slopes stands at the place of another weight.",
                "The weight that is nudged and the place that is filled must have one and the same index.",
                "In the first round, which weight moves, and which place of your result is filled?",
                ("nudged[j - 1] += h", "nudged[j - len(w) + 1] += h", "return gradient[::-1]")),
        Mistake("divided_by_count", "Your slopes are divided by the number of weights.",
                "A mean over the examples belongs to the loss. Each weight has a slope of its own.",
                "What happens to the first slope when there are more weights?", "return gradient / len(w)"),
    ),
)
