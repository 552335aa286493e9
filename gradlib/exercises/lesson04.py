"""The exercises of lesson 04: the rule of tanh, the two rules of a product of matrices, and the order of the walk."""

from graphlib import TopologicalSorter

import numpy as np

from .calls import close
from .engine import Exercise, Mistake, Slip, numbers, times
from .evidence import nudged, rate, worst
from .lesson03 import LINKS_MULTIPLY, TWO_USES, wrong_walks
from .messages import listed, number
from .shared import each, missing_part
from .writing import built, rewritten

# Exercise A: the rule of tanh

def _tanh_trial(rng, *shape):
    x = numbers(rng, *shape)
    return numbers(rng, *shape), np.tanh(x), x


def _tanh_measured(args, said, right):
    g, _, x = args
    _, place, name = worst(said, right, "x")
    return (f"{nudged(name, rate(lambda x: np.sum(g * np.tanh(x)), (x,), 0, place), said[0][place])} The slope that "
            f"arrives there is {number(g[place])}.")


def _tanh_noticed(g, z, x):
    flat = np.argmax(abs(z))
    return (f"Where x is {number(x[flat])}, z is {number(z[flat])} and the local slope is "
            f"{number(rate(np.tanh, (x[flat],), 0))}. The closer z comes to 1 or to −1, the less of the slope goes "
            "through. And `z` alone tells it: what the way forward has worked out, the way back uses again.")


tanh_rule = Exercise(
    name="tanh_rule",
    head='''\
def tanh_rule(g, z, x):
    """Pull g, the slope of the loss at z = tanh(x), back to x.

    g, z and x are arrays of one shape; returns an array of that shape.
    """
''',
    given="return ...",
    right='''
local = 1 - z ** 2
return g * local
''',
    also=("local = 1 - np.tanh(x) ** 2\nreturn g * local",
          "up, down = np.exp(x), np.exp(-x)\nt = (up - down) / (up + down)\nreturn g * (1 - t ** 2)"),
    trials=lambda rng: [_tanh_trial(rng, *shape) for shape in ((3,), (2, 3), (1,), (4, 2), (5,))],
    measure=_tanh_measured,
    noticed=_tanh_noticed,
    hints=(
        "Every line of the table is what arrives, times a local slope. Which of the three arguments arrives?",
        "The local slope of tanh is 1 at the middle, where x is 0, and nearly 0 far out. And z is 0 at the middle, "
        "and nearly 1 or −1 far out. What could you do to z, so that its sign does not matter?",
        "At z = 0.6 the local slope is 0.64, and at z = −0.6 it is 0.64 too. How do you get 0.64 out of 0.6?",
    ),
    slips=(
        Slip("forgot_g", "Your rule forgets the slope that arrives.",
             "It hands on its own local slope. That would be right if z were the loss itself.",
             "Which of the three arguments have you not used?", lambda f: lambda g, z, x: f(np.ones_like(g), z, x)),
        Slip("sign_flipped", "Your rule turns the sign.",
             "tanh rises everywhere. When x grows z grows, so the slope keeps its sign on the way through.",
             "Which of the two stands first in your difference?", times(lambda *args: -1)),
        Slip("factor_half", "Your slope is half as large as it should be.",
             "A half has come in. There is none in this rule.", "Where do you divide by 2, and what for?",
             times(lambda *args: 0.5)),
        Slip("factor_two", "Your slope is twice as large as it should be.",
             "A 2 has come in. There is none in this rule.", "Where does a 2 come in?", times(lambda *args: 2)),
    ),
    mistakes=(
        Mistake("at_x", "Your rule uses `x` where the result of tanh belongs.",
                "The local slope is written with what came out of tanh. With a large x, yours turns its sign.",
                "Which of x and z always lies between −1 and 1?", "local = 1 - x ** 2"),
        Mistake("sigmoid_rule", "That is the rule of the sigmoid.",
                "The curves look alike. But the sigmoid runs from 0 to 1, tanh from −1 to 1, and is steeper.",
                "At x = 0, tanh is 0 and as steep as it gets. What does your rule say there?",
                each("local = {} * (1 - {})", "z", "sigmoid(x)", "sigmoid(z)")),
        Mistake("no_square", "A square is missing in your local slope.",
                "tanh is as steep left as right, and where z is small, its slope is hardly less than 1.",
                "At z = −0.6 the slope is 0.64. What does yours say?", each("local = 1 - {}", "z", "abs(z)", "z * 2")),
        Mistake("squared_outside", "Your square takes in too much.",
                "It is only z whose sign must not matter. The 1 does not belong under the square.",
                "What does your local slope say at z = 0.5, and what at z = −0.5?", "local = (1 - z) ** 2"),
        Mistake("tanh_of_z", "Your local slope is that of another place: it starts from `z`, not from `x`.",
                "z has been through tanh already. Your formula is written for what goes in.",
                "Which of x and z is what tanh gets, and which is what it gives?",
                each("local = {}", "1 - np.tanh(z) ** 2", "1 - np.tanh(z)", "1 / np.cosh(z)")),
        Mistake("plus", "Your local slope grows where the curve gets flat.",
                "It adds where it should take away. Far out, tanh hardly moves any more.",
                "At z = 0.99, is the curve steep or flat? And what does your local slope say?", "local = 1 + z ** 2"),
        Mistake("missing_brackets", "Your local slope is taken apart: only a part of it meets `g`.",
                "Python multiplies before it takes away.", "Where do brackets belong, so that all of it meets `g`?",
                ("return g - z ** 2", "return 1 - z ** 2 * g")),
        Mistake("added", "Your rule adds the local slope to what arrives.", *LINKS_MULTIPLY, "return g + local"),
        Mistake("divided", "Your rule divides by the local slope.",
                "Then most would come through where the curve is flat.",
                "Where the curve is flat, how much should get through?",
                each("return g / {}", "local", "(1 - x ** 2)")),
        Mistake("one_cosh", "Your local slope is the square root of the right one.",
                "So it lets too much through where the curve gets flat. A square is missing, or a root is too many.",
                "Which power is in your line, and which in the formula that you know?", "local = 1 / np.cosh(x)"),
        Mistake("other_function", "That is the rule of another function.",
                "tan, arctan, sin and tanh share letters, and no slopes.",
                "For which function have you learned the formula in your line?",
                each("local = {}", "1 / np.cos(x) ** 2", "1 / np.cos(z) ** 2", "np.cos(x)", "1 / (1 + x ** 2)")),
        Mistake("relu_rule", "That is the rule of ReLU.",
                "ReLU lets a slope through, or nothing. tanh lets a part through, and never nothing.",
                "What should your rule say where x is below zero?", ("local = x > 0", "local = x * (x > 0)")),
        Mistake("value_not_slope", "Your rule multiplies by a value, not by a local slope.",
                "The value of z says where the node is. The local slope says how fast it moves with x.",
                "Which of your factors is nearly 0 where the curve is flat?", each("local = {}", "z", "x", "z ** 2")),
        Mistake("second_derivative", "You have differentiated once too often.",
                "The slope of z with respect to x is asked for, not the slope of that slope.",
                "How often did you differentiate?", each("local = {}", "-2 * z", "2 * z", "-2 * z * (1 - z ** 2)")),
        Mistake("squared_g", "The slope that arrives is squared.",
                "It is handed on once. Only the value of the node comes in as a square.",
                "Look at the brackets: what does your square take in?",
                each("return {}", "g ** 2 * local", "1 - (g * z) ** 2", "g * (1 - (g * z) ** 2)")),
        Mistake("only_g", "Your rule hands on what it got.",
                "That would be right for a node that moves exactly as fast as its operand.",
                "Where does the curve of tanh enter your line?", "return g"),
        Mistake("summed", "Your rule adds up the slopes of all places.",
                "tanh works on each number alone. So each number gets its own slope back.",
                "How many numbers has `x`, and how many your result?", each("return np.{}(g * local)", "sum", "mean")),
        Mistake("value_too", "A value stands in your product beside the local slope.",
                "Where the node stands is in the local slope already.",
                "What is each of your factors: a slope or a value?", each("return g * {} * local", "x", "z")),
        Mistake("matrix_product", "Your rule takes a product of matrices, which adds up.",
                "tanh works on each number alone. So each slope that arrives meets one local slope, its own.",
                "How many numbers of `x` move one number of `z`?",
                each("return {}", "g.dot(local)", "g.dot(local.T)", "g.T.dot(local)", "local.dot(g.T)")),
        Mistake("stretched", "Your curve is not tanh but wider, or narrower.",
                "Written with exponentials, tanh has a 2 in each exponent, or none in a sum and a difference.",
                "At x = 1, what do your curve and np.tanh say?",
                each("local = 1 - np.tanh({}) ** 2", "x / 2", "2 * x")),
    ),
)


# Exercise B: the two rules of a product of matrices

def _product_measured(args, said, right):
    part, place, name = worst(said, right, "xy")
    return nudged(name, rate(lambda g, x, y: np.sum(g * x.dot(y)), args, 1 + part, place), said[part][place])


def _product_noticed(g, x, y):
    (m, k), n = x.shape, y.shape[1]
    return (f"x is {m} by {k}, and so is its slope. y is {k} by {n}, and so is its slope. From {m} by {n}, {m} by "
            f"{k} and {k} by {n} there is one way to build each of them, so the shapes alone could have told you. "
            "They cannot where m, k and n are equal: there the wrong way runs as well.")


def _either(*pairs):
    """Both lines of a pair are wrong, or one of them: where one stops, the parts cannot be told one by one."""
    return tuple(way for dx, dy in pairs for way in (f"dx = {dx}\ndy = {dy}", f"dx = {dx}", f"dy = {dy}"))


product_rules = Exercise(
    name="product_rules",
    head='''\
def product_rules(g, x, y):
    """Pull g, the slope of the loss at z = x.dot(y), back to x and to y.

    x (m, k), y (k, n), g (m, n); returns dx (m, k) and dy (k, n).
    """
''',
    given="...",
    right='''
dx = g.dot(y.T)
dy = x.T.dot(g)
return dx, dy
''',
    trials=lambda rng: [
        (numbers(rng, m, n, decimals=decimals), numbers(rng, m, k), numbers(rng, k, n))
        for m, k, n, decimals in ((2, 3, 4, 2), (3, 3, 3, 2), (4, 2, 3, 2), (3, 4, 2, 6), (2, 4, 2, 2))],
    measure=_product_measured,
    noticed=_product_noticed,
    parts=("dx", "dy"),
    hints=(
        "Begin with numbers: for z = x times y, what arrives goes to x stretched by y, and to y stretched by x. So "
        "which two arrays make `dx`, and which two make `dy`?",
        "Write the shapes on paper: g is (m, n), y is (k, n), and `dx` must be (m, k). In a product of matrices the "
        "two inner numbers must be equal, and vanish. Which of g and y must stand first, and which must lie down?",
        "Now the same for `dy`: from (m, n) and (m, k) to (k, n). Here it is m that must vanish. And check on a "
        "case where m, k and n are all different.",
    ),
    slips=(
        Slip("divided_by_m", "Your slopes are divided by the number of rows.",
             "A mean over the examples belongs to the loss. If the loss takes one, it is inside `g` already.",
             "Where does the product itself divide by anything?", times(lambda g, x, y: 1 / len(g))),
        Slip("sign_flipped", "Your slopes point the other way.",
             "Every size is right and every sign is wrong. A product has no minus in it.",
             "Where does a minus come in?", times(lambda *args: -1)),
        Slip("factor_two", "Your slopes are twice as large as they should be.",
             "A 2 belongs to a square. There is none in this product.", "Where does a 2 come in?",
             times(lambda *args: 2)),
    ),
    mistakes=(
        Mistake("not_transposed", "A matrix lies the wrong way round.",
                "The order is right. Only where m, k and n are equal do the shapes fit, and even then it is wrong.",
                "Write the shapes under your product. Which two must be equal?", _either(("g.dot(y)", "x.dot(g)"))),
        Mistake("wrong_side", "The slope that arrives stands on the wrong side of your product.",
                "Numbers may change places in a product, matrices may not: not even where all shapes fit.",
                "Which number of the shapes should vanish? Does it stand on the inside of your product, both times?",
                _either(("y.T.dot(g)", "g.dot(x.T)"), ("y.dot(g)", "g.dot(x)"))),
        Mistake("g_transposed", "The slope that arrives is laid on its side.",
                "Of the two matrices in each product, one has to be transposed. You took the other, or both.",
                "Write the shapes under your product: which two must be equal, and which should remain?",
                _either(("g.T.dot(y)", "x.dot(g.T)"), ("g.T.dot(y.T)", "x.T.dot(g.T)"))),
        Mistake("overwritten", "Of each sum, only the last product is left.",
                "A number of x meets a whole row of y. An = forgets what the rounds before have left; a += does not.",
                "In the second round of your innermost loop, what is left of the first?",
                "dx = np.outer(g[:, -1], y[:, -1])\ndy = np.outer(x[-1], g[-1])"),
        Mistake("transposed_result", "Your slopes lie on their side.",
                "The numbers are right. But a slope has the shape of the thing that it belongs to.",
                "Which shapes have x and y, and which have your two results?", "return dx.T, dy.T"),
        Mistake("swapped", "The two slopes have changed places.",
                "Both are there. The slope for `x` comes first, and it has the shape of x.",
                "Which shape has your first result?", ("return dy, dx", "return dy.T, dx.T")),
        Mistake("place_by_place", "Your function multiplies place by place.",
                "That is the rule for z = x * y. Here a number of x meets a whole row of y, and gets a sum back.",
                "How many numbers of z does one of x move?", _either(("g * y", "x * g"), ("g * y.T", "x.T * g"))),
        Mistake("value_too", "A value stands in your product beside what it needs.",
                "The slope of x is made from what arrives and from y. The values of x itself have no place in it.",
                "If x were doubled, should its slope change?", _either(("g.dot(y.T) * x", "x.T.dot(g) * y"))),
        Mistake("forgot_g", "Your function forgets the slope that arrives.",
                "What it hands back is made from x and y alone. But how much z matters to the loss is in `g`.",
                "Which of the three arguments have you not used?",
                ("return y, x", "return y.T, x.T", "g = np.ones_like(g)\ndx = g.dot(y.T)")),
        Mistake("z_not_g", "Your function sends back the value of z.",
                "Values travel forward. What travels back is the slope that arrives, `g`.",
                "Where does `g` enter your lines?", "g = x.dot(y)\ndx = g.dot(y.T)"),
        Mistake("own_factor", "Each slope is made from its own matrix.",
                "To know how much x matters, ask what it is multiplied with. That is the other matrix.",
                "If x were twice as large, should the slope with respect to x change?",
                _either(("g.dot(x)", "y.dot(g)"), ("g.dot(x.T)", "y.T.dot(g)"))),
        Mistake("outer_sums", "Your function adds up before it multiplies.",
                "A product of matrices first multiplies number by number, in a row and a column, and then adds.",
                "What does one number of `dx` need: a sum, or a sum of products?",
                "return np.outer(g.sum(axis=1), y.sum(axis=1)), np.outer(x.sum(axis=0), g.sum(axis=0))"),
        *missing_part("dx", "dy"),
        Mistake("returned_z", "That is the product itself.",
                "It belongs to the way forward. On the way back, each of x and y gets a slope.",
                "How many things should your last line hand back, and of which shapes?", "return x.dot(y)"),
        Mistake("summed", "Your function adds up numbers that should stay apart.",
                "Each number of x and of y has a slope of its own.", "Which shapes do `dx` and `dy` need?",
                each("return dx.sum({}), dy.sum({})", "", "axis=0", "axis=1")),
    ),
)


# Exercise C: repair the order of a walk back

def _walk_trials(rng):
    letters = list("pqrstuvw")
    rng.shuffle(letters)
    return [_named(rng, "xabL", [(), (0,), (1,), (1, 2)]),
            _named(rng, "xyabcL", [(), (), (0,), (1,), (2, 3), (4,)]),
            _named(rng, "xdcbL", [(), (0,), (1, 1), (2, 2), (3, 1)], shuffled=True),
            _named(rng, "xbaL", [(), (0,), (1,), (2, 1)], shuffled=True),
            _named(rng, "exbfacd", [(), (0,), (1, 0), (2, 1), (3, 2), (4, 1), (5, 3)], shuffled=True),
            _named(rng, letters, [(), (), (1, 0), (2, 0), (2, 3), (4, 2, 1), (5, 4), (3, 6)], shuffled=True)]


def _named(rng, names, graph, shuffled=False):
    """A graph of names with random local slopes; the last is the loss.  Shuffled, the dictionary has no good order."""
    places = list(range(len(graph)))
    order = places[::2][::-1] + places[1::2][::-1] if shuffled else places
    operands = {names[i]: tuple(names[j] for j in graph[i]) for i in order}
    local = {(name, operand): float(numbers(rng)) for name, group in operands.items() for operand in group}
    return operands, local, names[-1]


def _users(operands, name):
    return [user for user in operands for operand in operands[user] if operand == name]


def _walk_measured(args, said, right):
    operands, local, out = args
    names = list(operands)
    wrong = [i for i in range(len(names)) if not close(said[0][i], right[0][i])]
    i = max(wrong, key=lambda i: len(_below(operands, names[i])))
    claim = "has no slope for it" if np.isinf(said[0][i]) else f"says {number(said[0][i])}"
    above = [name for name in names if names[i] in _below(operands, name) and len(_users(operands, name)) > 1]
    shared = "".join(f" `{name}` is used by {listed(_users(operands, name))}." for name in above[:1])
    made = ", ".join(f"{name}({', '.join(operands[name])})" for name in names if operands[name])
    return (f"In the graph {made}, nudging `{names[i]}` by 0.00001 changes `{out}` at a rate of "
            f"{number(right[0][i])}; your function {claim}.{shared}")


def _below(operands, name):
    """The names of all nodes that a node is made from, and they in turn."""
    return set(operands[name]).union(*(_below(operands, operand) for operand in operands[name]))


def _walk_noticed(operands, local, out):
    slope = walk_back.reference(operands, local, out)
    shared = next(name for name in operands if operands[name] and len(_users(operands, name)) > 1)
    below = operands[shared][0]
    return (f"Here `{shared}` is used by {listed(_users(operands, shared))}. All that they hand in is its slope, "
            f"{number(slope[shared])}, and `{below}` gets {number(slope[below])}. The function as it was given is "
            "right on every tree and wrong here. An order with each node after all its users is called topological.")


# The walks of the catalogue: in which order the edges have their turn

def _down(once=True, at_once=False, step=1):
    """Down from each node when it is first reached, or each time: as soon as an edge is done, or when all are."""
    def edges(operands, out):
        done = set()

        def visit(name):
            if once and name in done:
                return
            done.add(name)
            for operand in operands[name][::step]:
                yield name, operand
                yield from visit(operand) if at_once else ()
            for operand in () if at_once else operands[name][::step]:
                yield from visit(operand)
        return visit(out)
    return edges


def _spread(i):
    """Nodes wait once each, and the last of them is next (i = -1), or the first (i = 0)."""
    def edges(operands, out):
        waiting, seen = [out], {out}
        while waiting:
            name = waiting.pop(i)
            yield from ((name, operand) for operand in operands[name])
            waiting += [operand for operand in dict.fromkeys(operands[name]) if operand not in seen]
            seen.update(operands[name])
    return edges


def _in_order(order):
    """Node by node, in the order that order(operands) gives."""
    return lambda operands, out: ((name, operand) for name in order(operands) for operand in operands[name])


def _along(edges, line="return slope"):
    """A walk along edges in some order, with another line in it."""
    return built(rewritten(WALK, line), {"edges": edges})


WALK = """
def walk_back(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name, operand in edges(operands, out):
        slope[operand] += slope[name] * local[name, operand]
    return slope
"""
LAST = "slope[operand] = slope[name] * local[name, operand]"
FIRST = "slope[operand] = slope[operand] or slope[name] * local[name, operand]"
READY = _in_order(lambda operands: [*TopologicalSorter(operands).static_order()][::-1])
EARLY = _spread(-1), _down(), _down(step=-1), _down(at_once=True)


def _either_end(order):
    """Walks node by node in this order, and in the opposite one."""
    return tuple(_along(_in_order(lambda operands, step=step: order(operands)[::step])) for step in (1, -1))


def _by_name(value, operands, local, out):
    """A dictionary of slopes as a list in the order of the nodes; infinity for one that is not in it."""
    if isinstance(value, dict):
        return [value.get(name, np.inf) for name in operands]
    return value if value is None or value is ... else type(value).__name__



walk_back = Exercise(
    name="walk_back",
    changing=True,
    head='''\
def walk_back(operands, local, out):
    """The slope of out, the loss, at every node, as {name: slope}.

    operands[name]: a tuple of names, those that the node is made from;
    local[name, operand]: a local slope.  The nodes come in any order.
    """
''',
    given='''
slope = dict.fromkeys(operands, 0.0)
slope[out] = 1.0
waiting = [out]
while waiting:
    name = waiting.pop()
    for operand in operands[name]:
        slope[operand] += slope[name] * local[name, operand]
        waiting.append(operand)
return slope
''',
    right='''
uses = dict.fromkeys(operands, 0)
for name in operands:
    for operand in operands[name]:
        uses[operand] += 1
slope = dict.fromkeys(operands, 0.0)
slope[out] = 1.0
waiting = [out]
while waiting:
    name = waiting.pop()
    for operand in operands[name]:
        slope[operand] += slope[name] * local[name, operand]
        uses[operand] -= 1
        if uses[operand] == 0:
            waiting.append(operand)
return slope
''',
    trials=_walk_trials,
    measure=_walk_measured,
    noticed=_walk_noticed,
    also=("""
order = []

def visit(name):
    if name not in order:
        for operand in operands[name]:
            visit(operand)
        order.append(name)

visit(out)
slope = dict.fromkeys(operands, 0.0)
slope[out] = 1.0
for name in order[::-1]:
    for operand in operands[name]:
        slope[operand] += slope[name] * local[name, operand]
return slope
""",),
    read=_by_name,
    wanted="a dictionary with a slope for each node",
    hints=(
        "Take four nodes: a is made from x, b from a, and L from a and b. Let all local slopes be 1. Go through the "
        "function with a pencil, and write down each name that is popped. Which name comes twice?",
        "Each time a name is popped, the node hands on all that it has by then. What does it hand on the first time, "
        "and what is in that the second time?",
        "A node should hand on once, after all its users have handed in. You can count how many are still to come. Or "
        "you can find an order first, with every node behind all its users. Which do you prefer?",
    ),
    slips=(),
    mistakes=(
        Mistake("handed_on_again", "Some nodes hand on their slope more than once.",
                "A node reached twice hands on its old part again, with the new. On a tree no node is reached twice.",
                "Which node is reached twice, and what does it hand on each time?",
                ("uses[operand] = 0", "uses[operand] = 0\nname = waiting.pop(0)", "uses[operand] = operand in waiting",
                 _along(_down(once=False, at_once=True)))),
        Mistake("handed_on_too_early", "Some nodes hand on their slope before all of it has arrived.",
                "Each has its turn once, when it is first reached. What arrives afterwards goes no further.",
                "When a node has its turn, have all its users had theirs?", tuple(map(_along, EARLY))),
        Mistake("breadth_first", "Going level by level, some nodes have their turn too early.",
                "The level of a node is its shortest way from the loss. What comes along a longer way is too late.",
                "A node has a short and a long way from the loss: when is its last user done?", _along(_spread(0))),
        Mistake("sorted_by_name", "Your order comes from the names.",
                "A name says nothing about who is made from whom. Where it fits, it fits by luck.",
                "What would your function do if somebody renamed a node?", _either_end(sorted)),
        Mistake("order_of_the_dictionary", "Your order is the one in which the nodes happen to be stored.",
                "They come in any order here. Where it fits, it fits by luck.",
                "What would your function do if the same graph were stored in another order?", _either_end(list)),
        Mistake("not_reversed", "Your walk begins at the wrong end.",
                "The order is a good one, seen from the leaves. On the way back the loss comes first.",
                "Which node should have its turn first?",
                _along(_in_order(lambda operands: TopologicalSorter(operands).static_order()))),
        Mistake("overwritten", "Where two slopes arrive, your function keeps the last.",
                "Each use of a node sends it a slope, and they add up. The order was wrong, not the sum.",
                "What stands at a node when its second slope arrives, and what stands there afterwards?",
                (_along(READY, LAST), _along(_down(once=False, at_once=True), LAST))),
        Mistake("kept_first", "Where two slopes arrive, your function keeps the first.",
                "Each use of a node sends it a slope. To visit a node once is good, to receive once is not.",
                "What does your code do with a slope that arrives at a node it has seen before?",
                tuple(_along(edges, FIRST) for edges in (READY, *EARLY, _spread(0)))),
        *wrong_walks("slope[name]", "local[name, operand]", "out", "dict.fromkeys(operands, 1.0)"),
        Mistake("only_loss", "Your walk never leaves the loss.",
                "Everything below has the slope 0, as if nothing had been handed on.",
                "Which nodes wait after the first turn, and which of them get theirs?", "waiting = []"),
        Mistake("used_twice_counts_once", "A node that is used twice by the same user counts once.",
                "A set and a dictionary keep a name once. But the loss moves twice as far for a + a as for a.",
                "What happens in your code to the tuple (a, a)?",
                "slope[operand] += slope[name] * local[name, operand] / operands[name].count(operand)"),
        Mistake("emptied", "Your inner nodes have given away all their slope.",
                "So nothing is handed on twice, and the leaves are right. But every slope is asked for.",
                "What is left at a node after it has handed on?",
                "return {name: 0.0 if operands[name] else slope[name] for name in operands}"),
        *(Mistake(code, f"Your dictionary has no slope for {missing}.",
                  "All others are right. Every node has a slope: a leaf hands nothing on, the loss moves with itself.",
                  "How many names are in `operands`, and how many in your dictionary?",
                  f"return {{name: slope[name] for name in operands if {kept}}}")
          for code, missing, kept in (("only_leaves", "nodes that are made from others", "not operands[name]"),
                                      ("no_leaves", "the leaves", "operands[name]"),
                                      ("loss_left_out", "the loss", "name != out"))),
        Mistake("other_names", "Your dictionary has no slope under the name of a node.",
                "Its keys are something else: pairs of names, or places, or there are none at all.",
                "What are the keys of `operands`, and what are yours?", "return {}"),
        Mistake("averaged", "Where slopes meet, your function takes their mean.",
                "Each use of a node moves the loss, and the loss makes all these moves.", TWO_USES,
                "users = sum(group.count(operand) for group in operands.values())\n"
                "slope[operand] += slope[name] * local[name, operand] / users"),
    ),
)
