"""A step further than lesson 04: a tanh with a scale, a product with a bias, and rates that walk forward."""

import numpy as np

from .. import lesson04
from ..calls import close
from ..engine import Mistake, numbers
from ..messages import number
from . import Harder


def _scaled_trial(rng, *shape):
    x, s = numbers(rng, *shape), round(rng.uniform(0.3, 0.9), 2)
    return numbers(rng, *shape), np.tanh(s * x), x, s


scaled_tanh_rule = Harder(
    first=lesson04.tanh_rule, idea="a scale `s`, one number for all places, stands in front of x", noun="slopes",
    parts=("dx", "ds"), before=False,
    head='''\
def scaled_tanh_rule(g, z, x, s):
    """Pull g, the slope of the loss at z = tanh(s*x), back to x and to s.

    g, z and x are arrays of one shape, s is a number.
    Returns dx, an array of that shape, and ds, a number.
    """
''',
    right='''
arriving = g * (1 - z ** 2)
dx = arriving * s
ds = np.sum(arriving * x)
return dx, ds
''',
    trials=lambda rng: [_scaled_trial(rng, *shape) for shape in ((3,), (2, 3), (4,), (4, 2))],
    loss=lambda g, z, x, s: np.sum(g * np.tanh(s * x)), of=("x", "s"),
    meaning="One number that is used at many places gets a slope from each of them, and adds them up. A bias does the "
            "same, and so does a weight that several rows share.",
    hints=(
        "There are two nodes: a product, and its tanh. What arrives at the product?",
        "A product hands back to each factor what arrives times the other factor. Which shape has that for `s`?",
        "`s` is used at every place. What becomes of slopes that arrive along several ways?",
    ),
    mistakes=(
        Mistake("not_added_up", "Your `ds` has a number for every place.",
                "s is one number, used at all places. It has one slope.",
                "What happens to slopes that arrive at one value along several ways?",
                ("ds = arriving * x",)),
        Mistake("averaged", "Your `ds` is a mean over the places.",
                "A loss that wants a mean has it in its own line. Ways that meet are added up.",
                "If two uses move the loss by 2 and by 4, how far does it move?", "ds = np.mean(arriving * x)"),
        Mistake("forgot_scale", "The scale is missing in `dx`.", "x reaches tanh through a product.",
                "With a scale of 0, should the loss move when x does?", "dx = arriving"),
        Mistake("own_factor", "Each factor got its own value, and not the other's.",
                "A product moves by the other factor times the nudge.",
                "Take 3 times 5 and nudge the 3. By how much does the product move?",
                "dx = arriving * x\nds = np.sum(arriving * s)"),
        Mistake("forgot_tanh", "The slope of tanh is missing.", "Where tanh is flat, little gets through.",
                "What does your function hand back where z is nearly 1?", "arriving = g"),
    ),
)


affine_rules = Harder(
    first=lesson04.product_rules, idea="every row gets a bias on top", noun="slopes", parts=("dx", "dy", "db"),
    before=False,
    head='''\
def affine_rules(g, x, y, b):
    """Pull g, the slope of the loss at z = x.dot(y) + b, back to all three.

    x (m, k), y (k, n), g (m, n), and b (n,), which is added to every row.
    Returns dx (m, k), dy (k, n) and db (n,).
    """
''',
    right='''
dx = g.dot(y.T)
dy = x.T.dot(g)
db = g.sum(axis=0)
return dx, dy, db
''',
    trials=lambda rng: [
        (numbers(rng, m, n, decimals=decimals), numbers(rng, m, k), numbers(rng, k, n), numbers(rng, n))
        for m, k, n, decimals in ((2, 3, 4, 2), (3, 3, 3, 2), (4, 2, 3, 6), (2, 3, 2, 2))],
    loss=lambda g, x, y, b: np.sum(g * (x.dot(y) + b)), of=("x", "y", "b"),
    meaning="That is one layer of a network, before its curve. The shape tells what to do for the bias: it came into "
            "all m rows, so what arrives from m rows is added up.",
    hints=(
        "Two of the three you have written before. Does the bias change anything for them?",
        "In a sum a nudge goes through as it is. What arrives at the bias from one row?",
        "The bias is used in every row. Which axis of the slope that arrives must disappear?",
    ),
    mistakes=(
        Mistake("averaged", "Your `db` is a mean over the rows.",
                "The bias is used in every row. Ways that meet are added up.",
                "If two rows move the loss by 2 and by 4, how far does it move?", "db = g.mean(axis=0)"),
        Mistake("wrong_axis", "Your `db` adds up along the wrong axis.",
                "The bias has a number for each column, and is used in every row.",
                "Which of the two axes of `g` does the bias not have?", "db = g.sum(axis=1)"),
        Mistake("not_added_up", "Your `db` still has a row for each row of `x`.",
                "The bias has one row, used again and again. Ways that meet are added up.",
                "Which shape has the bias?", "db = g"),
        Mistake("one_row_of_many", "Your `db` takes one row of those that arrive.",
                "Every row uses the bias, so every row has something to say.",
                "How many rows does `g` have, and how many have you used?", ("db = g[0]", "db = g[-1]")),
        Mistake("times_b", "Your `db` is multiplied by the bias.", "A sum hands a slope through as it is.",
                "If the bias were 0, should its slope be 0?", "db = g.sum(axis=0) * b"),
    ),
)


def _forward_trials(rng):
    for operands, local, _ in lesson04.walk_back.trials(rng):
        yield operands, local, next(name for name in operands if not operands[name])


def _rate_measured(args, said, right):
    operands, local, start = args
    i = next(i for i in range(len(operands)) if not close(said[0][i], right[0][i]))
    claim = "has no rate for it" if np.isinf(said[0][i]) else f"says {number(said[0][i])}"
    made = ", ".join(f"{name}({', '.join(operands[name])})" for name in operands if operands[name])
    return (f"In the graph {made}, nudging `{start}` by 0.00001 changes `{list(operands)[i]}` at a rate of "
            f"{number(right[0][i])}; your function {claim}.")


walk_forward = Harder(
    first=lesson04.walk_back, idea="the walk goes forward, from one value to everything that is made of it",
    noun="rates", read=lesson04.walk_back.read, wanted="a dictionary with a rate for each node", before=False,
    head='''\
def walk_forward(operands, local, start):
    """How fast each node changes when start does, as {name: rate}.

    start is a name, and is made from nothing; its own rate is 1.
    operands[name]: a tuple of names, those that the node is made from;
    local[name, operand]: a local slope.  The nodes come in any order.
    """
''',
    right='''
rate = {start: 1.0}

def visit(name):
    if name not in rate:
        rate[name] = sum(visit(operand) * local[name, operand]
                         for operand in operands[name])
    return rate[name]

for name in operands:
    visit(name)
return rate
''',
    trials=lambda rng: list(_forward_trials(rng)), measure=_rate_measured,
    meaning="Walking back, a node waits for its users; walking forward, for its operands. One walk forward tells what "
            "one value does to all. One walk back tells what all values do to one, and a loss is one.",
    hints=(
        "Take a node that is made from two others. When can its rate be worked out, and from what?",
        "The nodes come in any order, so a node may come before those that it is made from. What could your function "
        "do first, when it meets such a node?",
        "A node that is used twice should be worked out once. Where could you look whether that has happened already?",
    ),
    mistakes=(
        Mistake("order_of_the_dictionary", "Your order is the one in which the nodes happen to be stored.",
                "They come in any order. A node that comes before its operands finds nothing there yet.",
                "What does your function know of an operand that comes later?", """\
def walk_forward(operands, local, start):
    rate = dict.fromkeys(operands, 0.0)
    rate[start] = 1.0
    for name in operands:
        for operand in operands[name]:
            rate[name] += rate[operand] * local[name, operand]
    return rate
"""),
        Mistake("overwritten", "Where two rates arrive, your function keeps the last.",
                "A node that is made from two others moves with both.",
                "What stands at a node when its second operand has its turn?",
                "rate[name] = [0, *(visit(operand) * local[name, operand] for operand in operands[name])][-1]"),
        Mistake("without_local", "Your function leaves out the local slopes.",
                "They say how much of a nudge a node hands on.", "Where does `local` enter your lines?",
                "rate[name] = sum(visit(operand) for operand in operands[name])"),
        Mistake("all_start", "All nodes that are made from nothing start with 1.",
                "Only one of them is nudged. The others stand still.",
                "How fast does another leaf move when `start` does?",
                """\
def walk_forward(operands, local, start):
    rate = {}

    def visit(name):
        if name not in rate:
            ways = [visit(operand) * local[name, operand] for operand in operands[name]]
            rate[name] = sum(ways) if ways else 1.0
        return rate[name]

    return {name: visit(name) for name in operands}
"""),
    ),
)
