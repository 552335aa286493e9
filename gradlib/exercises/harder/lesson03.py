"""A step further than lesson 03: a chain of any length, one more value used twice, and a loss of several nodes."""

from .. import lesson03
from ..calls import close, in_order
from ..engine import Mistake, numbers
from ..messages import number
from ..shared import of_both_signs
from . import Harder


def _end_of_chain(factors, offsets, x):
    for factor, offset in zip(factors, offsets):
        x = factor * x + offset
    return x ** 2


chain_of_any_length = Harder(
    first=lesson03.chain, idea="the chain has as many links as come in", noun="slope",
    head='''\
def chain_of_any_length(factors, offsets, x):
    """The slope dL/dx: x goes through a chain, and its end is squared.

    Link i makes factors[i] * value + offsets[i] of the value that arrives.
    factors and offsets (n,), n = 1 or more; x and the answer are numbers.
    """
''',
    right='''
slope, value = 1, x
for factor, offset in zip(factors, offsets):
    value = factor * value + offset
    slope = slope * factor
return 2 * value * slope
''',
    trials=lambda rng: of_both_signs(
        lambda: [(numbers(rng, n), numbers(rng, n), float(numbers(rng))) for n in (3, 2, 4, 1)],
        lambda factors, offsets, x: x, lambda *args: chain_of_any_length.reference(*args)),
    loss=_end_of_chain, of=("x",),
    meaning="Each link asks for its own slope only, however long the chain is. With many factors below 1 the product "
            "is nearly 0, and with many above 1 it is huge: deep networks know both.",
    hints=(
        "Two things travel along the chain: the value, and how fast it moves when `x` does.",
        "One link: by how much does factor times value plus offset move when the value moves by a little?",
        "The square comes last. At which value is its slope taken?",
    ),
    mistakes=(
        Mistake("square_at_x", "Your slope of the square is taken at `x`.",
                "It is not x that is squared, but what comes out of the last link.",
                "Which value does the square receive?", "return 2 * x * slope"),
        Mistake("square_left_out", "The slope of the square is missing.",
                "The end of the chain is squared, and that is a link as well.",
                "What is the slope of the last link, the square?",
                ("return slope", "return value * slope")),
        Mistake("added", "Your slopes are added up where a chain multiplies.",
                "Each link stretches what the links before have made of the nudge.",
                "Two links that both double: how far does the end move?",
                ("slope = slope + factor", "return 2 * value + sum(factors)", "return 2 * value * sum(factors)")),
        Mistake("offsets_too", "The offsets have come into your slope.",
                "An offset moves the value, and the same for all x. A nudge goes through as it is.",
                "How fast does value plus 5 move when the value does?", "slope = slope * factor + offset"),
        Mistake("returned_value", "That is the loss, not its slope.", "A slope says how fast the loss moves with `x`.",
                "What happens to the loss when `x` moves by a little?", ("return value ** 2", "return value")),
    ),
)


fan_out_twice = Harder(
    first=lesson03.fan_out, idea="a value is used twice, and one of its users is used by the other",
    noun="slopes", parts=("dL_dx", "dL_dy", "dL_dz"), before=False,
    head='''\
def fan_out_twice(x, y, z):
    """The slopes (dL/dx, dL/dy, dL/dz) for a = x*y, b = a + z, L = a*b + x.

    x, y and z are numbers.
    """
''',
    right='''
a = x * y
b = a + z
dL_db = a
dL_da = b + dL_db
dL_dx = dL_da * y + 1
dL_dy = dL_da * x
dL_dz = dL_db
return dL_dx, dL_dy, dL_dz
''',
    trials=lambda rng: of_both_signs(
        lambda: [tuple(map(float, numbers(rng, 3))) for _ in range(5)],
        *(lambda *xyz, i=i: (*xyz, *fan_out_twice.reference(*xyz))[i] for i in range(6))),
    loss=lambda x, y, z: (x * y) * (x * y + z) + x, of=("x", "y", "z"),
    meaning="The slope of a had to wait until b had its own, for b hands on a part of it. That order, users first, is "
            "all that a walk back has to keep.",
    hints=(
        "Draw the graph. Which values have two arrows that lead away from them?",
        "Begin at the loss. Whose slope can be written down at once, and whose has to wait for it?",
        "How many ways lead from the loss back to a, and what arrives along each?",
    ),
    mistakes=(
        Mistake("forgot_through_b", "One way to a is missing: the one through b.",
                "a is used in the loss, and in b. What arrives along both is added up.",
                "What moves when a moves, besides the product in the loss?", "dL_da = b"),
        Mistake("only_through_b", "One way to a is missing: the one that leads there at once.",
                "a is used in the loss, and in b. What arrives along both is added up.",
                "Where does a stand in the loss itself?", "dL_da = dL_db"),
        Mistake("forgot_direct", "One way to `x` is missing: the one that does not lead through a.",
                "x is used in a, and in the loss itself.", "Where does x stand in the loss?", "dL_dx = dL_da * y"),
        Mistake("swapped", "Two of the slopes have changed places.", "The exercise asks for x, y and z, in this order.",
                "Which slope does your last line hand back first?",
                ("return dL_dy, dL_dx, dL_dz", "return dL_dz, dL_dy, dL_dx", "return dL_dx, dL_dz, dL_dy")),
    ),
)


def _with_wishes(rng):
    for edges, count in lesson03.slopes.trials(rng):
        yield edges, count, [(node, float(numbers(rng))) for node in (0, count - 1, count - 3)]


def _slope_measured(args, said, right):
    i = max(i for i in range(args[1]) if not close(said[0][i], right[0][i]))
    return (f"Nudging node {i} by 0.00001 changes the loss at a rate of {number(right[0][i])}; your function says "
            f"{number(said[0][i])}.")


slopes_of_several = Harder(
    first=lesson03.slopes, idea="the loss is made of several nodes, each with a weight of its own", noun="slopes",
    head='''\
def slopes_of_several(edges, count, wanted):
    """The slopes of a loss with respect to all nodes, 0 to count - 1.

    wanted: a list of pairs (node, weight); the loss is the sum of weight
    times node. An edge is a tuple (result, operand, local slope); the edges
    of the youngest result come first.
    """
''',
    right='''
slope = [0.0] * count
for node, weight in wanted:
    slope[node] += weight
for result, operand, local in edges:
    slope[operand] += slope[result] * local
return slope
''',
    trials=lambda rng: list(_with_wishes(rng)), measure=_slope_measured,
    read=lambda value, edges, count, wanted: in_order(value, range(count)),
    wanted="a list with one slope for each node",
    meaning="A walk back starts with what the loss says of each node at once, and with nothing more. The rest of the "
            "walk does not know how many nodes that were.",
    hints=(
        "In the exercise before, one node had a slope before the walk began. How large was it, and why?",
        "Now the loss takes some nodes at once. How fast does it move when one of these moves, and nothing else?",
        "A node may be in the loss and be used by others as well. Does what arrives later write over what was there?",
    ),
    mistakes=(
        Mistake("overwritten", "Where two slopes arrive, your function keeps the last.",
                "What was there before is lost: from the loss at once, or along another edge.",
                "What stands at a node already when an edge brings more?", "slope[operand] = slope[result] * local"),
        Mistake("added_afterwards", "What the loss says at once comes too late.",
                "It is added when the walk is over. But each node has to hand it on to its operands.",
                "What does a node of the loss hand on in your walk?", """\
def slopes_of_several(edges, count, wanted):
    slope = [0.0] * count
    slope[-1] = dict(wanted)[count - 1]
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    for node, weight in wanted:
        slope[node] += weight * (node != count - 1)
    return slope
"""),
        Mistake("last_node_alone", "Your walk starts at the last node alone.",
                "The other nodes of the loss have a slope as well before the walk begins.",
                "Which nodes does `wanted` name?", """\
def slopes_of_several(edges, count, wanted):
    slope = [0.0] * count
    slope[-1] = dict(wanted)[count - 1]
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope
"""),
        Mistake("without_weights", "Your function leaves out the weights.",
                "The loss adds up weight times node. Twice the weight, twice the slope.",
                "How fast does 3 times a node move when the node does?",
                "for node, weight in wanted:\n    slope[node] += 1"),
    ),
)
