"""The exercises of lesson 03: a chain, a value used twice, and a walk back that forgets what has arrived."""

from .calls import close, in_order
from .engine import Exercise, Mistake, Slip, numbers, times
from .evidence import nudged, rate, worst
from .messages import number
from .shared import each, missing_part, of_both_signs

# What is said of several slips: why, and where to look.
LINKS_MULTIPLY = (
    "A nudge is stretched at one node, and what comes out is stretched again at the next.",
    "If one link had the slope 0, how much of a nudge could come through?")
VALUES = (
    "On the way forward each node has a value. On the way back each has a slope.",
    "Does your result say how large something is, or how fast it changes?")
TWO_USES = "If one use moves the loss by 2 and the other by 4, how far does it move?"


# Exercise A: a chain

def _chain_loss(x):
    return (3 * x + 2) ** 2


def _chain_noticed(x):
    return (f"At x = {number(x)} the three local slopes are {number(2 * (3 * x + 2))}, 1 and 3. Your function says "
            f"{number(rate(_chain_loss, (x,), 0))}, and a nudge of `x` measures the same. Each node asked for its own "
            "slope only. None of them had to know the whole formula.")


chain = Exercise(
    name="chain",
    head='''\
def chain(x):
    """The slope dL/dx for a = 3*x, b = a + 2, L = b**2.  x is a number."""
''',
    given='''
a = 3 * x
b = a + 2
dL_db = 2 * b
db_da = 1
da_dx = ...
return ...
''',
    right='''
a = 3 * x
b = a + 2
dL_db = 2 * b
db_da = 1
da_dx = 3
return dL_db * db_da * da_dx
''',
    trials=lambda rng: of_both_signs(   # the last number has so many decimals that rounding shows
        lambda: [(float(x),) for x in [*numbers(rng, 4), 0, 0.203719]], lambda x: x, lambda x: 3 * x + 2),
    measure=lambda args, said, right: nudged("x", rate(_chain_loss, args, 0), said[0], "L", f"At x = {number(*args)}"),
    noticed=_chain_noticed,
    hints=(
        "First the missing local slope. Nudge x by 0.01 and leave everything else alone. By how much does a move? "
        "How many times the nudge is that?",
        "Walk along the chain on paper, with x = 1 and a nudge of 0.01. How far does a move, then b, then L?",
        "Each node passes on the nudge that reaches it, made larger or smaller by its own slope. What does a second "
        "node do to a nudge that the first has stretched?",
    ),
    slips=(
        Slip("forgot_two", "Your slope is half as large as it should be.",
             "The local slope of the square has lost its 2. That line was given, and it is right.",
             "What is the slope of a square at 5: is it 5 or 10?", times(lambda x: 0.5)),
        Slip("factor_two", "Your slope is twice as large as it should be.",
             "The square's 2 is in the given line already. And the 2 that is added stretches nothing.",
             "How often does a 2 come into your product, and should it?", times(lambda x: 2)),
    ),
    mistakes=(
        Mistake("added", "Your slope adds up where a chain multiplies.", *LINKS_MULTIPLY,
                each("return {}", "dL_db + db_da + da_dx", "dL_db + da_dx", "dL_db * (db_da + da_dx)",
                     "(dL_db + db_da) * da_dx")),
        Mistake("forgot_link", "Your slope leaves out the link from `x` to `a`.",
                "It is the slope with respect to `b`, and also to `a`. But x moves a by more than it moves itself.",
                "If x moves by 0.01, how far does `a` move?", "da_dx = 1"),
        Mistake("only_first_link", "Your slope stops at `a`.",
                "It says how fast a moves with x. L comes two links later, and each of them has its say.",
                "Which of the three local slopes are in your result?", "return da_dx"),
        Mistake("returned_value", "That is a value, not a slope.", *VALUES, each("return {}", "b ** 2", "x", "b", "a")),
        Mistake("square_at_a", "Your slope of the square is taken at `a`.",
                "What is squared is b, not a. Squared term by term, the sum loses a term as well.",
                "At which value does the square stand when its slope is asked for?", "dL_db = 2 * a"),
        Mistake("square_at_x", "Your slope of the square is taken at the wrong place.",
                "The square gets b, and only b. So its slope depends on b.",
                "Which number goes into the square when x is 1?", ("dL_db = 2 * x", "return 2 * x")),
        Mistake("other_factor", "Your slope of `a` is the wrong factor.",
                "You took the factor that moves. What counts is the one that stays: it stretches the nudge.",
                "Nudge x by 0.01 where x is 10. Does `a` move by 0.1 or by 0.03?", "da_dx = x"),
        Mistake("value_not_slope", "A value stands where a slope belongs.",
                "The value of a node says where it is. Its local slope says how fast it moves.",
                "Which factor says where a node is?", ("da_dx = a", "da_dx = b", "db_da = a", "dL_db = b ** 2")),
        Mistake("still_squared", "Your slope still holds a square.",
                "The slope of a square holds the thing itself, once. The given line has it already.",
                "Which power of b stands in your result?", "dL_db = 2 * b ** 2"),
        Mistake("kept_constant", "The 2 that is added has come into your slope.",
                "Adding 2 moves every value up by the same amount. It does not make anything move faster.",
                "If x moves by 0.01, how far does 3 times x, plus 2, move?",
                ("da_dx = 3 + 2", *each("return dL_db * {} * da_dx + 2", "db_da", "2"))),
        Mistake("divided", "Your slope divides by a link.",
                "A nudge is stretched by each local slope on its way. Nothing shrinks it here.",
                "If x moves by 0.01, does `a` move more or less?", ("return dL_db / da_dx", "return da_dx / dL_db")),
        Mistake("not_multiplied", "Your function hands back the local slopes one by one.",
                "All three are right. L has one slope with respect to x, and it takes all of them.",
                "What happens to a nudge that goes through three nodes, one after the other?",
                ("return dL_db, db_da, da_dx", "return da_dx, db_da, dL_db")),
        Mistake("nudged_by_one", "Your slope comes from a nudge that is far too large.",
                "Over a whole step of x the square bends. The rise over the step is not the slope at its start.",
                "What happens to your result when the nudge gets smaller?",
                each("return {}", "(3 * (x + 1) + 2) ** 2 - b ** 2", "b ** 2 - (3 * (x - 1) + 2) ** 2")),
        Mistake("half_a_mixed_term", "The square of your sum has lost half of a term.",
                "In the square of a sum, the product of the two stands twice. A chain has nothing to multiply out.",
                "What is the square of 3 + 2: 25, or 19?", "return 18 * x + 6"),
    ),
)


# Exercise B: two values that are used more than once

def _fan_loss(x, y):
    return x * y * x + x * y


def _fan_measured(args, said, right):
    part, _, name = worst(said, right, "xy")
    where = "At x = {} and y = {}".format(*map(number, args))
    return nudged(name, rate(_fan_loss, args, part), said[part], "L", where)


def _fan_noticed(x, y):
    through_a = number(x * y)
    return (f"At x = {number(x)} and y = {number(y)}, three ways lead from x to L. Along them arrive {through_a}, "
            f"{through_a} and {number(y)}, and dL/dx is all of that together: "
            f"{number(rate(_fan_loss, (x, y), 0))}. You needed no product rule: it is what two ways through one "
            "product add up to.")


fan_out = Exercise(
    name="fan_out",
    head='''\
def fan_out(x, y):
    """The slopes (dL/dx, dL/dy) for a = x*y and L = a*x + a.

    x and y are numbers.
    """
''',
    given="...",
    right='''
a = x * y
dL_da = x + 1
dL_dx = a + dL_da * y
dL_dy = dL_da * x
return dL_dx, dL_dy
''',
    trials=lambda rng: of_both_signs(
        lambda: [tuple(map(float, numbers(rng, 2, decimals=decimals))) for decimals in (2, 2, 2, 2, 6)],
        lambda x, y: x, lambda x, y: y, lambda x, y: (2 * x + 1) * y, lambda x, y: x * (x + 1)),
    measure=_fan_measured,
    noticed=_fan_noticed,
    parts=("dL_dx", "dL_dy"),
    hints=(
        "Draw the graph, with a pencil. What goes into L? How many ways lead from L back to x? And back to y?",
        "Begin at a. It goes into L twice, so two slopes arrive. How large is each, and what becomes of them?",
        "Now a hands on all that it got, to x and to y. And x gets something from somewhere else as well. Where is "
        "x used that is not inside a?",
    ),
    slips=(
        Slip("swapped", "The two slopes have changed places.",
             "The exercise asks for the slope with respect to x first.", "What does your last line hand back first?",
             lambda f: lambda x, y: tuple(f(x, y))[::-1]),
    ),
    mistakes=(
        Mistake("forgot_direct", "One way from `x` to L is missing: the one that does not lead through `a`.",
                "x is used twice. Once it makes a. Once it stretches a, on its own, and that moves L too.",
                "In how many places of the two formulas do you see an x?", "dL_dx = dL_da * y"),
        Mistake("only_direct", "Your slope for `x` takes the direct way only.",
                "It holds a still. But a moves when x moves, and L moves with it.",
                "What happens to `a` when x is nudged?", ("dL_dx = a", "dL_dx = a\ndL_dy = 0")),
        Mistake("forgot_plus_a", "The second use of `a` is missing.",
                "L takes a twice: once stretched by x, and once as it is. Each use sends a slope back.",
                "In how many places does `a` stand in the formula of L?", "dL_da = x"),
        Mistake("only_plus_a", "The slope of `a` has lost what came from the product.",
                "Two slopes arrive at a. The second has been written over the first.",
                "What stood at `a` before its second slope arrived?", "dL_da = 1"),
        Mistake("overwritten", "Where two slopes arrive, your function keeps one.",
                "a and x are used twice each, and every use moves L. A slope written over another forgets a move.",
                "How many ways lead to L, and how many do you take?", each("dL_da = {}\ndL_dx = dL_da * y", "1", "x")),
        Mistake("product_rule", "Your slope of a product is the product of slopes.",
                "When two factors move, each move is stretched by the other factor. So the factors must be in it.",
                "Take 3 times 5 and nudge both by 0.01. How far does the product move?",
                ("dL_dx = y + y", *each("dL_dx = y + y\ndL_dy = {}", "x + x", "x"))),
        Mistake("ways_multiplied", "Where two ways meet, your function multiplies.",
                "Links of one way multiply. Two ways do not stretch each other: each moves L by its own amount.",
                "If one way moves L by 2 and another by 3, how far does L move?",
                ("return a * a * y, x * x * x", "dL_dx = a * dL_da * y", "dL_da = x * 1\ndL_dx = a * dL_da * y")),
        Mistake("averaged", "Where two ways meet, your function takes the mean.",
                "Each way moves L by its own amount, and L makes all of these moves.",
                "If one way moves L by 2 and another by 4, how far does L move?",
                (*each("return dL_dx / {}, dL_dy / 2", "3", "2"), "dL_dx = (a + dL_da * y) / 2",
                 "dL_da = (x + 1) / 2\ndL_dx = (a + dL_da * y) / 2")),
        Mistake("added_links", "Along a way, your function adds up.", *LINKS_MULTIPLY,
                "dL_dx = a + dL_da + y\ndL_dy = dL_da + x"),
        Mistake("own_factor", "Your local slopes of `a` are exchanged.",
                "In x times y, nudging x moves the product by y times the nudge. The other factor decides.",
                "Take 3 times 5 and nudge the 3 by 0.01. How far does the product move?",
                "dL_dx = a + dL_da * x\ndL_dy = dL_da * y"),
        Mistake("slope_for_a", "That is the slope with respect to `a`.",
                "It is needed on the way. From a it goes on to x and to y.", "What do x and y do to `a`?",
                ("return dL_da, dL_da", "return dL_da")),
        Mistake("returned_values", "Those are values, not slopes.", *VALUES,
                ("return a, a * x + a", "return a * x + a")),
        *missing_part("dL_dx", "dL_dy"),
        Mistake("summed", "Your function adds the slopes of `x` and `y`.",
                "Ways to the same number add up. x and y are two numbers, so each keeps its own slope.",
                "How many things should your last line hand back?", "return dL_dx + dL_dy"),
        Mistake("counted_twice", "A way counts twice in your slopes.",
                "A slope was not set back to 0, or a node had its turn twice: what was handed on is handed on again.",
                "Give each way from L a number: how often is each of them in your result?",
                ("return 2 * dL_dx, 2 * dL_dy", *each("dL_da = x + {} + 1", "x", "1"), "dL_dx = a + a + dL_da * y")),
    ),
)


# Exercise C: repair a walk back that forgets

def wrong_walks(arrives, local, loss, ones, signs=("+=",)):
    """What can go wrong where a slope that arrives is handed on, times a local slope, and where a walk starts."""
    return (
        Mistake("forgot_local", "Your function forgets the local slopes.",
                "It hands on what arrives, and so it counts ways. How far each edge stretches a nudge is lost.",
                "Where do the local slopes enter your code?", each(f"slope[operand] {{}} {arrives}", *signs)),
        Mistake("local_only", "Your function forgets the slope that arrives.",
                "It hands on the local slope alone. Then every node acts as if its result were the loss.",
                "What should the local slope be multiplied with?", each(f"slope[operand] {{}} {local}", *signs)),
        Mistake("added_along", "Along an edge, your function adds.", *LINKS_MULTIPLY,
                f"slope[operand] += {arrives} + {local}"),
        Mistake("divided", "Along an edge, your function divides.",
                "The local slope says how far the result moves when the operand does. A large one lets more through.",
                "If a local slope were 10, should the operand matter more or less?",
                f"slope[operand] += {arrives} / {local}"),
        Mistake("starts_at_one", "All your slopes start at 1.",
                "Only the loss moves as fast as itself. The others have received nothing yet.",
                "Which slope is known before the first edge?", f"slope = {ones}"),
        Mistake("no_seed", "All your slopes are zero.",
                "Every slope is handed on from the loss. There it has to start with something that is not 0.",
                "How fast does the loss move with itself?", f"slope[{loss}] = 0.0"),
    )


def _edges_trials(rng):
    return [_edges(rng, graph) for graph in (
        [(), (0,), (1,), (1, 2)], [(), (0,), (1,), (2,)], [(), (0, 0), (1, 0), (2, 1), (3, 3)],
        [(), (), (1, 0), (2, 0), (3, 2), (2, 4, 1)], _graph(rng, 9, 2))]


def _graph(rng, count, leaves):
    """The operands of each node of a random graph; what nobody else uses, the last node does."""
    operands = [()] * leaves
    for i in range(leaves, count - 1):
        operands.append(tuple(map(int, rng.integers(0, i, rng.integers(1, 3)))))
    used = {operand for group in operands for operand in group}
    return [*operands, (*sorted(set(range(count - 1)) - used), 0)]


def _edges(rng, operands):
    """(edges, count) of a graph with random local slopes."""
    count = len(operands)
    return [(i, operand, float(numbers(rng))) for i in reversed(range(count)) for operand in operands[i]], count


def _edges_measured(args, said, right):
    edges, count = args
    i = max(i for i in range(count) if not close(said[0][i], right[0][i]))
    users = [number(result) for result, operand, _ in edges if operand == i]
    used = f" Node {i} is used by {' and '.join(users)}." if users[1:] else ""
    return (f"Nudging node {i} by 0.00001 changes the loss at a rate of {number(right[0][i])}; your function says "
            f"{number(said[0][i])}.{used}")


def _edges_noticed(edges, count):
    slope = slopes.reference(edges, count)
    arrived = [number(slope[result] * local) for result, operand, local in edges if operand == 1]
    return (f"Here node 1 is used twice. Along its two ways arrive {' and '.join(arrived)}, and its slope "
            f"is {number(slope[1])}. The function as it was given kept what came last. On a chain it was right, "
            "because there every node is used once. That is why such a mistake can live long.")


slopes = Exercise(
    name="slopes",
    changing=True,
    read=lambda value, edges, count: in_order(value, range(count)),
    head='''\
def slopes(edges, count):
    """The slopes of the last node, the loss, with respect to all nodes.

    The nodes are numbered from 0 to count - 1.  An edge is a tuple (result,
    operand, local slope); the edges of the youngest result come first.
    """
''',
    given='''
slope = [0.0] * count
slope[-1] = 1.0
for result, operand, local in edges:
    slope[operand] = slope[result] * local
return slope
''',
    right='''
slope = [0.0] * count
slope[-1] = 1.0
for result, operand, local in edges:
    slope[operand] += slope[result] * local
return slope
''',
    trials=_edges_trials,
    measure=_edges_measured,
    noticed=_edges_noticed,
    wanted="a list with one slope for each node",
    hints=(
        "Take four nodes: 1 is made from 0, 2 is made from 1, and the loss 3 from 1 and 2. Let all local slopes be "
        "1. How many ways lead from 3 back to 1? So what should its slope be?",
        "Now let the function walk over the same edges: (3, 1), (3, 2), (2, 1), (1, 0). Write down all four slopes "
        "after each edge. When does something get lost?",
        "The function is right as long as every node is used once. When a second slope arrives at a node, "
        "what stands there already? And what does the given line do with it?",
    ),
    slips=(
        Slip("backwards", "Your list is the wrong way round.",
             "The slope of node 0 comes first, and the loss is the last node.",
             "At which end of your list does the 1 of the loss stand?", lambda f: lambda *args: f(*args)[::-1]),
    ),
    mistakes=(
        Mistake("overwritten", "Where two slopes arrive, your function keeps the last.",
                "A node that is used twice gets a slope from each use. Yours forgets one way to the loss.",
                "What is left of the first slope?", "arrived = slope[result] * local\nslope[operand] = arrived"),
        Mistake("forward", "Those are the slopes of all nodes with respect to node 0.",
                "Your walk goes forward, from node 0 on. It tells how fast each node moves when that one does.",
                "At which node does the 1 stand when your walk begins?", """\
def slopes(edges, count):
    slope = [1.0] + [0.0] * (count - 1)
    for result, operand, local in edges[::-1]:
        slope[result] += slope[operand] * local
    return slope
"""),
        Mistake("kept_first", "Where two slopes arrive, your function keeps the first.",
                "A node that is used twice gets a slope from each use. The later ones count as well.",
                "What happens to the second slope?", "slope[operand] = slope[operand] or slope[result] * local"),
        Mistake("kept_largest", "Where two slopes arrive, your function keeps the largest.",
                "Both uses of the node move the loss at the same time. The smaller move is no less real.", TWO_USES,
                each("slope[operand] = max(slope[operand], slope[result] * local{})", "", ", key=abs")),
        Mistake("averaged", "Where two slopes arrive, your function takes the mean.",
                "Both uses of the node move the loss, and the loss makes both moves.", TWO_USES,
                ("slope[operand] += slope[result] * local / [edge[1] for edge in edges].count(operand)",
                 "slope[operand] = (slope[operand] + slope[result] * local) / 2",
                 "old, new = slope[operand], slope[result] * local\nslope[operand] = (old + new) / 2 if old else new")),
        Mistake("multiplied", "Where two slopes arrive, your function multiplies them.",
                "Along one way slopes are multiplied, edge by edge. Two ways do not stretch each other.", TWO_USES,
                "slope = [1.0] * count\nslope[operand] *= slope[result] * local"),
        Mistake("subtracted", "Where slopes arrive, your function takes them away.",
                "Every edge turns the sign, so a node two edges away has the wrong one twice.",
                "With which sign should the first slope arrive at a node?", "slope[operand] -= slope[result] * local"),
        Mistake("counted_twice", "What has arrived before counts twice.",
                "It is added to itself each time something new comes in.", "How often is the old slope in your sum?",
                "slope[operand] += slope[operand] + slope[result] * local"),
        *wrong_walks("slope[result]", "local", "-1", "[1.0] * count", ("+=", "=")),
        Mistake("only_loss", "Only the loss has a slope in your list.",
                "It is multiplied into a zero that stands there. Or it is handed to the result, not to the operand.",
                "After the first edge, which numbers should not be 0?", "slope[operand] *= slope[result] * local"),
        Mistake("seed_first", "Your walk starts at node 0.",
                "The walk back begins at the loss, which is the last node. Node 0 is where it ends.",
                "Which node knows its slope before the walk begins?", "slope[0] = 1.0"),
        Mistake("oldest_first", "Your walk goes through the edges from the wrong end.",
                "A node then hands on its slope before it has got one.",
                "When a node hands on, which edges must be done already?", "edges = edges[::-1]\nslope[-1] = 1.0"),
        Mistake("one_total", "Your sum runs over all nodes.",
                "What arrives at one node has been kept in the same name as what arrives at the others.",
                "How many sums do you need, and where does each live?",
                "total = 0.0\nslope[-1] = 1.0\nslope[operand] = total = total + slope[result] * local"),
        Mistake("per_edge", "Your function hands back one number for each edge.",
                "They are what is sent. A node that gets several of them has one slope.",
                "How many numbers should there be?", "return [slope[result] * local for result, _, local in edges]"),
        Mistake("one_node", "Your function hands back the slope of one node.",
                "The walk has found all of them, and all are asked for.", "Which name holds all the slopes?",
                ("return slope[0]", "return slope[-1]")),
        Mistake("leaf_left_out", "Your list is one slope short.",
                "Every node has a slope, the loss too: it moves exactly as fast as itself.",
                "How long should your list be?", ("return slope[:-1]", "return slope[1:]")),
        Mistake("emptied", "Each node gives its slope away, and keeps nothing.",
                "Then nothing is left for its second edge. And the slope of an inner node is asked for as well.",
                "What is left at a node after it has handed on?",
                "slope[operand], slope[result] = slope[operand] + slope[result] * local, 0.0"),
        Mistake("one_edge_each", "Each node hands on along one edge only.",
                "A node that is made from two others has two edges, and its slope goes along both.",
                "How many edges begin at the loss, and along how many of them does your walk go?",
                each("edges = [*{edge[0]: edge for edge in edges{}}.values()]{}\nslope[-1] = 1.0", "", "[::-1]")),
        Mistake("walked_twice", "Your walk goes over the edges twice.",
                "On the second walk every node hands on what the first has left there, and adds to it.",
                "What stands in your list when the second walk begins, and what should?",
                each("edges = {}\nslope[-1] = 1.0", "edges + edges", "[edge for edge in edges for _ in range(2)]")),
    ),
)
