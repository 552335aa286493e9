"""Slips of one place in the right code: a sign, a factor, brackets, a name, a line that stands inside a loop.

Every place of a solution is turned in every way that a hand slips, one at a time. A turn takes a node of the syntax
tree, and gives the nodes that may stand there by mistake.
"""

import ast
import copy
from collections import defaultdict

from .messages import listed
from .writing import Lines, cell

RIGHT_BUT = "Your numbers are those of the right answer with"
ORDER, TURNS = [], defaultdict(list)   # the codes, the most telling first; the turns of each type of node


def by_code(exercise, others):
    """(texts, function) for every slip in every solution of an exercise that is written in lines.

    others: for each argument those that could stand in its place.
    """
    found = []
    for source in (exercise.source, *(cell(exercise.head, also) for also in exercise.also if isinstance(also, str))):
        lines = Lines(source, exercise.names)
        if lines.whole:
            found += [(texts, lines.function(body)) for texts, body in _turned_lines(lines.body, exercise, others)]
    return sorted(found, key=lambda each: ORDER.index(each[0][0]))


def _turned_lines(body, exercise, others):
    for i, line in enumerate(body):
        for texts, other in _turned(line, exercise, others):
            yield texts, [*body[:i], other, *body[i + 1:]]
    yield from _rearranged(body)


def _turned(node, exercise, others):
    """(texts, the whole with one node of it turned) for each turn of each node in a line."""
    turned = [(texts, other) for texts, turn in TURNS[type(node)] for other in turn(node, exercise, others)]
    place = _place(node, exercise) if turned else ""
    yield from (((code, title, why + place, look_at), other) for (code, title, why, look_at), other in turned)
    for name, value in ast.iter_fields(node):
        for i, item in enumerate(value if isinstance(value, list) else [value]):
            for texts, other in _turned(item, exercise, others) if isinstance(item, ast.AST) else ():
                yield texts, _but(node, **{name: other if item is value else [*value[:i], other, *value[i + 1:]]})


def _place(node, exercise):
    """The arguments that stand at the place of a node in the right answer, in a sentence."""
    inside = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    names = [name for name in exercise.arguments if name in inside]
    return f" That place has to do with {listed(names)}." if names else ""


def turn(code, title, why, look_at, *kinds):
    """A function as the turn of some types of nodes, and how it is told."""
    def kept(function):
        ORDER.append(code)
        for kind in kinds:
            TURNS[kind].append(((code, title, why, look_at), function))
        return function
    return kept


def _new(kind, *fields):
    """A node that stands in no text: the compiler asks for a line all the same."""
    return kind(*fields, lineno=1, col_offset=0)


def _name(name):
    return _new(ast.Name, name, ast.Load())


def _attribute(node, name):
    return _new(ast.Attribute, node, name, ast.Load())


def _but(node, **fields):
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _is_sum(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))


def _calls(node, *names):
    return isinstance(node, ast.Call) and ast.unparse(node.func) in names


# ------------------------------------------------------------------------------- one place

@turn("other_sign", "One of your signs is turned round.", f"{RIGHT_BUT} one plus and minus exchanged.",
      "Take each plus and each minus in turn: what does it say?", ast.BinOp, ast.AugAssign, ast.UnaryOp)
def _other_sign(node, exercise, others):
    if isinstance(node.op, (ast.Add, ast.Sub)):
        yield _but(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
    if isinstance(node.op, ast.USub):
        yield node.operand


@turn("factor_left_out", "A factor is missing.", f"{RIGHT_BUT} one of its factors left out.",
      "Which quantity should each line be multiplied with, or divided by, and is it there?", ast.BinOp, ast.AugAssign)
def _left_out(node, exercise, others):
    if isinstance(node, ast.AugAssign):
        yield from [_new(ast.Pass)] * isinstance(node.op, (ast.Mult, ast.Div))
    elif isinstance(node.op, (ast.Mult, ast.Div, ast.MatMult)):
        yield node.left
        if not isinstance(node.op, ast.Div):
            yield node.right


@turn("term_left_out", "A term of a sum is missing.", f"{RIGHT_BUT} one of its terms left out.",
      "What is added up or taken off in each line, and is all of it there?", ast.BinOp)
def _term_left_out(node, exercise, others):
    if _is_sum(node):
        yield node.left
        yield node.right


@turn("upside_down", "Your function divides where it should multiply, or multiplies where it should divide.",
      f"{RIGHT_BUT} one factor upside down.",
      "If that factor were twice as large, should your result grow or shrink?", ast.BinOp, ast.AugAssign)
def _upside_down(node, exercise, others):
    if isinstance(node.op, (ast.Mult, ast.Div)):
        yield _but(node, op=ast.Div() if isinstance(node.op, ast.Mult) else ast.Mult())


@turn("other_way_round", "A difference or a quotient is taken the other way round.",
      f"{RIGHT_BUT} what stands before and behind one minus, or one division, exchanged.",
      "For each minus and each division: what is taken from what, and what is divided by what?", ast.BinOp)
def _other_way_round(node, exercise, others):
    if isinstance(node.op, (ast.Sub, ast.Div)):
        yield _but(node, left=node.right, right=node.left)


@turn("no_power", "A power is not the one that is needed.",
      f"{RIGHT_BUT} a square missing, or with another power. Python writes a power with two stars, and a product with "
      "one.", "What is squared in the formula, and what in your code?", ast.BinOp)
def _no_power(node, exercise, others):
    if isinstance(node.op, ast.Pow):
        yield node.left
        yield _but(node, op=ast.Mult())
        yield _but(node, right=_new(ast.Constant, 3))


@turn("a_power", "One factor stands there once too often, or a root is missing.",
      f"{RIGHT_BUT} something squared, or without its root.",
      "How often should each factor stand in your line?", ast.BinOp, ast.Call)
def _a_power(node, exercise, others):
    if _calls(node, "np.sqrt"):
        yield node.args[0]
        yield _new(ast.BinOp, node.args[0], ast.Pow(), _new(ast.Constant, 2))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield _but(node, left=_new(ast.BinOp, node.left, ast.Mult(), node.left))
        yield _but(node, right=_new(ast.BinOp, node.right, ast.Mult(), node.right))


@turn("other_brackets", "A pair of brackets is missing, or stands in another place.",
      f"{RIGHT_BUT} its parts taken in another order. Python multiplies and divides before it adds.",
      "In which order does Python take your line? Read it aloud with all brackets.", ast.BinOp)
def _other_brackets(node, exercise, others):
    """a * (b - c) as a * b - c, and the like: an inner sum loses its brackets, or an outer one gets some."""
    if isinstance(node.op, (ast.Mult, ast.Div)):
        if _is_sum(node.right):
            yield _but(node.right, left=_but(node, right=node.right.left))
        if _is_sum(node.left):
            yield _but(node.left, right=_but(node, left=node.left.right))
        if isinstance(node.op, ast.Div) and isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Mult):
            yield _new(ast.BinOp, _but(node, right=node.right.left), ast.Mult(), node.right.right)
    if _is_sum(node):
        if isinstance(node.right, ast.BinOp) and isinstance(node.right.op, (ast.Mult, ast.Div)):
            yield _but(node.right, left=_but(node, right=node.right.left))
        if isinstance(node.left, ast.BinOp) and isinstance(node.left.op, (ast.Mult, ast.Div)):
            yield _but(node.left, right=_but(node, left=node.left.right))


@turn("on_its_side", "A table lies on its side.", f"{RIGHT_BUT} one table turned, or not turned.",
      "Write the shape under each name: which two numbers must be equal?", ast.BinOp, ast.Attribute)
def _on_its_side(node, exercise, others):
    if isinstance(node, ast.Attribute):
        yield from [node.value] * (node.attr == "T")
    elif isinstance(node.op, ast.MatMult):
        yield _but(node, right=_attribute(node.right, "T"))
        yield _but(node, left=_attribute(node.left, "T"))


@turn("place_by_place", "Your function multiplies place by place where a sum of products is needed.",
      "A * adds nothing up. Where the shapes happen to fit, it runs all the same.",
      "Which sign multiplies and adds?", ast.BinOp, ast.Call)
def _place_by_place(node, exercise, others):
    if isinstance(node, ast.BinOp):
        yield from [_but(node, op=ast.Mult())] * isinstance(node.op, ast.MatMult)
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "dot":
        yield _new(ast.BinOp, node.func.value, ast.Mult(), node.args[0])


@turn("sum_or_mean", "A sum stands where a mean belongs, or a mean where a sum belongs.",
      f"{RIGHT_BUT} one of the two exchanged.",
      "Which of your lines knows how many numbers there are, and which should?", ast.Attribute)
def _sum_and_mean(node, exercise, others):
    if node.attr in ("mean", "sum"):
        yield _but(node, attr="sum" if node.attr == "mean" else "mean")


@turn("other_axis", "Something is added up along another axis.",
      "Axis 0 runs down the rows, axis 1 across the columns. Without an axis everything melts into one number.",
      "Which axis should disappear?", ast.keyword, ast.Call)
def _other_axis(node, exercise, others):
    if isinstance(node, ast.keyword):
        if node.arg == "axis" and isinstance(node.value, ast.Constant):
            yield _but(node, value=_new(ast.Constant, 1 - node.value.value))
    elif any(keyword.arg == "axis" for keyword in node.keywords):
        yield _but(node, keywords=[])


@turn("written_over", "A line writes over what should be kept.",
      "An = forgets what stood in the name. A += adds to it.",
      "In the second round of your loop, what is left of the first?", ast.AugAssign)
def _written_over(node, exercise, others):
    yield _new(ast.Assign, [node.target], node.value)


@turn("cut_off", "Fractions are cut off on the way.",
      "An array of whole numbers cuts off what is written into it, and // forgets the rest of a division.",
      "Which array of yours is made of whole numbers, or which division should keep its fraction?",
      ast.AugAssign, ast.BinOp, ast.Call)
def _cut_off(node, exercise, others):
    if _calls(node, "np.zeros"):
        yield _but(node, keywords=[_new(ast.keyword, "dtype", _name("int"))])
    elif isinstance(node, ast.AugAssign):
        total = _new(ast.BinOp, _but(node.target, ctx=ast.Load()), node.op, node.value)
        yield _new(ast.Assign, [node.target], _new(ast.Call, _attribute(_name("np"), "trunc"), [total], []))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield _but(node, op=ast.FloorDiv())


@turn("other_function", "A function is missing, or another one stands in its place.",
      f"{RIGHT_BUT} one function left out or exchanged for its sister.",
      "Which functions does the formula name, and which does your code call?", ast.Call)
def _other_function(node, exercise, others):
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "np" and len(node.args) == 1:
        yield node.args[0]
        if node.func.attr in SISTERS:
            yield _but(node, func=_but(node.func, attr=SISTERS[node.func.attr]))


SISTERS = {"sin": "cos", "cos": "sin", "exp": "log", "tanh": "sinh", "var": "std", "max": "min"}


@turn("index_left_over", "Numbers of one example stand in for those of all.",
      "An index stands still, or was left over from a loop. So some numbers of the other examples are never asked.",
      "Which of your indices changes from example to example?", ast.Name, ast.Subscript)
def _left_over(node, exercise, others):
    if isinstance(node, ast.Name) and node.id in exercise.examples:
        yield from (_new(ast.Subscript, node, _at(i), ast.Load()) for i in (-1, 0))
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name) and isinstance(node.ctx, ast.Load):
        if node.slice.id not in exercise.arguments:
            yield from (_but(node, slice=_at(i)) for i in (-1, 0))


def _at(i):
    return _new(ast.UnaryOp, ast.USub(), _new(ast.Constant, -i)) if i < 0 else _new(ast.Constant, i)


@turn("other_name", "Another of the names stands where one of them belongs.",
      f"{RIGHT_BUT} one name exchanged for another.",
      "Take each name in your lines: what does it stand for, and is that what is needed there?", ast.Name)
def _other_name(node, exercise, others):
    if isinstance(node.ctx, ast.Load):
        yield from (_but(node, id=name) for name in others.get(node.id, ()))


@turn("other_rounds", "Your loop leaves out a round, or takes one too many, or goes the other way.",
      f"{RIGHT_BUT} the first or the last round left out, with one too many, or with the rounds taken backwards.",
      "For three rounds: what does your loop take first, and what last?", ast.For)
def _other_rounds(node, exercise, others):
    rounds = _new(ast.Call, _name("list"), [node.iter], [])
    for first, last, step in ((1, None, None), (None, -1, None), (None, None, -1)):
        bounds = _new(ast.Slice, *(bound if bound is None else _at(bound) for bound in (first, last, step)))
        yield _but(node, iter=_new(ast.Subscript, rounds, bounds, ast.Load()))
    if _calls(node.iter, "range") and len(node.iter.args) == 1:
        more = _new(ast.BinOp, node.iter.args[0], ast.Add(), _new(ast.Constant, 1))
        yield _but(node, iter=_but(node.iter, args=[more]))


# ------------------------------------------------------------------------------- lines in another order

NOT_RESET = ("not_reset", "Something is not set back in each round.",
             "Your function adds up over the rounds what should begin anew in each.",
             "What stands in each name when the second round begins?")
INSIDE = ("inside_the_loop", "A line stands inside a loop, and belongs behind it.",
          "It is carried out once for every round.",
          "Which of your lines should happen once, and which in each round?")
OUTSIDE = ("outside_the_loop", "A line stands outside a loop, and belongs inside it.",
           "It is carried out once, with what the names hold at that moment.",
           "Which of your lines should happen once, and which in each round?")
FIRST_ROUND = ("first_round_only", "Your loop ends in its first round.",
               "A return, or a break, inside a loop ends it there.", "How far is your last line indented?")
EXCHANGED = ("lines_exchanged", "Two of your lines stand in the other order.",
             f"{RIGHT_BUT} one line carried out before another that makes what it needs.",
             "Which of your lines uses a name before its new value is there?")
LINE_LEFT_OUT = ("line_left_out", "A line is missing, or what it makes is not used.",
                 f"{RIGHT_BUT} an old value where a new one belongs.",
                 "Which name should change, and stays as it came in?")
ORDER += [texts[0] for texts in (FIRST_ROUND, NOT_RESET, INSIDE, OUTSIDE, EXCHANGED, LINE_LEFT_OUT)]


def _rearranged(body):
    """(texts, lines) for every line that stands in another place, in these lines and in their loops."""
    for i, line in enumerate(body):
        before, after = body[:i], body[i + 1:]
        if isinstance(line, ast.For):
            yield from ((texts, [*before, *other]) for texts, other in _around(line, after))
            yield from ((texts, [*before, _but(line, body=inner), *after]) for texts, inner in _rearranged(line.body))
        elif after:
            yield LINE_LEFT_OUT, [*before, *after]
        if after and after[1:]:
            yield EXCHANGED, [*before, after[0], line, *after[1:]]


def _around(loop, after):
    """(texts, lines) for a loop and what follows it, with one line on the other side of the loop's beginning or end."""
    first, last = loop.body[0], loop.body[-1]
    yield FIRST_ROUND, [_but(loop, body=[*loop.body, _new(ast.Break)]), *after]
    yield FIRST_ROUND, [_but(loop, body=[*loop.body, _new(ast.Break)]), *after[-1:]]
    if after[1:]:
        yield INSIDE, [_but(loop, body=[*loop.body, after[0]]), *after[1:]]
    if loop.body[1:]:
        yield OUTSIDE, [_but(loop, body=loop.body[:-1]), last, *after]
        yield OUTSIDE, [first, _but(loop, body=loop.body[1:]), *after]
    for j, line in enumerate(loop.body):
        yield from ((NOT_RESET, [*start, _but(loop, body=[*loop.body[:j], *lines, *loop.body[j + 1:]]), *after])
                    for start, lines in _carried(line))


def _carried(line):
    """(lines before the loop, lines in it) that add up over the rounds what one line makes anew."""
    if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
        name, total = line.targets[0].id, "total_of_rounds"
        zero = ast.parse(f"{total} = 0").body
        if name not in {node.id for node in ast.walk(line.value) if isinstance(node, ast.Name)}:
            made = _named(total, _new(ast.BinOp, _name(total), ast.Add(), line.value))
            yield zero, [made, _named(name, _name(total))]
        elif _is_sum(line.value) and isinstance(line.value.left, ast.Name) and line.value.left.id == name:
            made = _named(total, _new(ast.BinOp, _name(total), ast.Add(), line.value.right))
            yield zero, [made, _named(name, _but(line.value, right=_name(total)))]


def _named(name, value):
    return _new(ast.Assign, [_new(ast.Name, name, ast.Store())], value)
