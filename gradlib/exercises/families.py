"""Families of slips that every exercise shares: each is applied to the right answers of an exercise, wherever it makes
sense, and gives mistakes that the exercise need not list.

One kind changes what goes in or comes out of a right function: the first example only, one step for each example.
The other changes one place in the right code, as a hand slips: a sign, a factor, brackets, a name, a line that stands
inside a loop. Whatever the learner's own code looks like, it is recognised by what it does.
"""

import ast
import copy
import itertools
from dataclasses import dataclass

import numpy as np

from .mistakes import Mistake
from .writing import built, cell


def of(exercise):
    """All mistakes of all families for one exercise.  Those that change nothing, or do not run, are left out."""
    return [*_by_examples(exercise), *_by_state(exercise), *_by_code(exercise)]


# ------------------------------------------------------------------------------- what goes in

def _by_examples(exercise):
    """The answer to some of the examples, or with data that were mixed up."""
    if not exercise.examples:
        return
    places = [exercise.arguments.index(name) for name in exercise.examples]
    for code, title, why, look_at, rows in EXAMPLES:
        title = title.replace("{noun}", exercise.noun)
        yield Mistake(code, title, why, look_at, (_on_rows(exercise.reference, places, rows),))
        yield Mistake(code, title, why, look_at, (_shared_out(exercise.reference, places, rows),))


EXAMPLES = (
    ("first_example_only", "Your {noun} listens to the first example only.",
     "A return inside a loop ends it in the first round. Or an index picked one example.",
     "How many examples does your code meet before it returns?", slice(0, 1)),
    ("last_example_only", "Your {noun} listens to the last example only.",
     "A loop that writes into the same name again forgets what stood there. Or a name was left over from a loop.",
     "Which examples does your code keep something of?", slice(-1, None)),
    ("last_example_left_out", "Your {noun} leaves out the last example.",
     "A range ends before its last number.",
     "For five examples, which is the last one that your code meets?", slice(None, -1)),
    ("first_example_left_out", "Your {noun} leaves out the first example.",
     "Python counts from 0. A range that starts at 1 never meets example 0.",
     "Which is the first example that your code meets?", slice(1, None)),
)


def _on_rows(function, places, rows):
    def some(*args):
        return function(*(arg[rows] if i in places else arg for i, arg in enumerate(args)))
    return some


def _shared_out(function, places, rows):
    """The same, still divided by the number of all examples."""
    def some(*args):
        share = len(args[places[0]][rows]) / len(args[places[0]])
        value = _on_rows(function, places, rows if share else slice(None))(*args)   # of no examples nothing is left
        return tuple(share * part for part in value) if isinstance(value, tuple) else share * value
    return some


# ------------------------------------------------------------------------------- what is carried along

def _by_state(exercise):
    """One step for each example, or one weight after the other."""
    if not exercise.state:
        return
    if exercise.examples:
        yield from (_told(STEPS, _row_by_row(exercise, scale)) for scale in (lambda n: 1, lambda n: 1 / n))
    yield _told(IN_TURN, _in_turn(exercise))


STEPS = ("row_by_row", "Your function takes a step for each example.",
         "Then each example finds the weights where the one before has left them. Here all of them speak about one "
         "place, and then there is one step.",
         "Where do the weights stand when the second example is asked?")
IN_TURN = ("one_after_the_other", "Your function moves one weight after the other.",
           "The second slope is taken where the first weight has moved already. All slopes belong to one place.",
           "Which weights are in your error when the second weight moves?")


def _told(texts, way):
    return Mistake(*texts, (way,))


def _row_by_row(exercise, scale):
    """A step for each example, and that as often as there are `steps`."""
    names = exercise.arguments

    def rows(*args):
        given = dict(zip(names, args))
        n = len(given[exercise.examples[0]])
        if "step_size" in given:
            given["step_size"] = given["step_size"] * scale(n)
        rounds = given.pop("steps", None)
        if rounds is not None:
            given["steps"] = 1
        for _ in range(1 if rounds is None else rounds):
            for i in range(n):
                one = {name: value[i:i + 1] if name in exercise.examples else value for name, value in given.items()}
                _carry(given, exercise.state, exercise.reference(*(one[name] for name in names)))
        return _state_of(given, exercise.state)
    return rows


def _in_turn(exercise):
    """Each number of the first state moves alone, and the next sees it moved."""
    names, first = exercise.arguments, exercise.state[0]

    def turns(*args):
        given = dict(zip(names, args))
        rounds = given.get("steps", 1)
        if "steps" in given:
            given["steps"] = 1
        for _ in range(rounds):
            for place in np.ndindex(np.shape(given[first])):
                after = exercise.reference(*(given[name] for name in names))
                moved = np.array(given[first], float)
                moved[place] = (after[0] if len(exercise.state) > 1 else after)[place]
                given[first] = moved
        return _state_of(given, exercise.state)
    return turns


def _carry(given, state, value):
    given.update(zip(state, value if len(state) > 1 else (value,)))


def _state_of(given, state):
    return tuple(given[name] for name in state) if len(state) > 1 else given[state[0]]


# ------------------------------------------------------------------------------- one place in the code

@dataclass(frozen=True)
class Turn:
    """A change of one node of the right code, and how it is told."""

    code: str
    title: str
    why: str
    look_at: str
    changes: object     # changes(node, names): the nodes that may stand in its place


def _by_code(exercise):
    for lines in (exercise.right, *(also for also in exercise.also if isinstance(also, str))):
        source = cell(exercise.head, lines)
        if any(isinstance(node, ast.While) for node in ast.walk(ast.parse(source))):
            continue   # with one slip it may go on for ever
        names = _exchangeable(exercise)
        for turn in TURNS:
            for changed in _turned(source, turn, names):
                yield Mistake(turn.code, turn.title, turn.why, turn.look_at, (_lazily(changed, exercise.names),))
        for texts, changed in _moved_lines(source):
            yield Mistake(*texts, (_lazily(changed, exercise.names),))


def _exchangeable(exercise):
    """For each argument the others of its kind, which could stand in its place."""
    values = dict(zip(exercise.arguments, exercise.trials_of(0)[0].args))
    return {name: [other for other in values if other != name and type(values[other]) is type(value)
                   and np.ndim(values[other]) == np.ndim(value)] for name, value in values.items()
            if isinstance(value, (int, float, np.ndarray))}


def _lazily(source, names):
    """The function of a text, which is built when it is called for the first time."""
    function = []

    def late(*args):
        if not function:
            function.append(built(source, names))
        return function[0](*args)
    return late


def _turned(source, turn, names):
    """The source with one node turned, for every node and every turn of it."""
    starts = [0, *itertools.accumulate(map(len, source.splitlines(keepends=True)))]
    for node in ast.walk(ast.parse(source).body[0]):
        for other in turn.changes(node, names):
            first, last = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
            text = ast.unparse(ast.fix_missing_locations(other))
            yield source[:first] + (f"({text})" if isinstance(node, ast.expr) else text) + source[last:]


def _but(node, **fields):
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _other_sign(node, names):
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, (ast.Add, ast.Sub)):
        yield _but(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand


def _upside_down(node, names):
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, (ast.Mult, ast.Div)):
        yield _but(node, op=ast.Div() if isinstance(node.op, ast.Mult) else ast.Mult())


def _left_out(node, names):
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div, ast.MatMult)):
        yield node.left
        if not isinstance(node.op, ast.Div):
            yield node.right


def _term_left_out(node, names):
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        yield node.left
        yield node.right


def _no_power(node, names):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        yield node.left
        yield _but(node, op=ast.Mult())
        yield _but(node, right=ast.Constant(3))


def _a_power(node, names):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        yield _but(node, left=ast.BinOp(node.left, ast.Mult(), node.left))
        yield _but(node, right=ast.BinOp(node.right, ast.Mult(), node.right))
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.sqrt":
        yield node.args[0]
        yield ast.BinOp(node.args[0], ast.Pow(), ast.Constant(2))


def _other_brackets(node, names):
    """a * (b - c) as a * b - c, and the like: the inner sum loses its brackets."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div))):
        return
    if _is_sum(node.right):
        yield _but(node.right, left=_but(node, right=node.right.left))
    if _is_sum(node.left) and isinstance(node.op, (ast.Mult, ast.Div)):
        yield _but(node.left, right=_but(node, left=node.left.right))
    if isinstance(node.op, ast.Div) and isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Mult):
        yield ast.BinOp(_but(node, right=node.right.left), ast.Mult(), node.right.right)


def _is_sum(node):
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub))


def _other_name(node, names):
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from (_but(node, id=name) for name in names.get(node.id, ()))


def _on_its_side(node, names):
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        yield _but(node, right=ast.Attribute(node.right, "T", ast.Load()))
        yield _but(node, left=ast.Attribute(node.left, "T", ast.Load()))


def _place_by_place(node, names):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        yield _but(node, op=ast.Mult())
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "dot":
        yield ast.BinOp(node.func.value, ast.Mult(), node.args[0])


def _sum_and_mean(node, names):
    if isinstance(node, ast.Attribute) and node.attr in ("mean", "sum"):
        yield _but(node, attr="sum" if node.attr == "mean" else "mean")


def _other_axis(node, names):
    if isinstance(node, ast.keyword) and node.arg == "axis" and isinstance(node.value, ast.Constant):
        yield _but(node, value=ast.Constant(1 - node.value.value))
    if isinstance(node, ast.Call) and any(keyword.arg == "axis" for keyword in node.keywords):
        yield _but(node, keywords=[])


def _written_over(node, names):
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value, lineno=node.lineno)


def _whole_division(node, names):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield _but(node, op=ast.FloorDiv())


TURNS = (
    Turn("other_sign", "One of your signs is turned round.",
         "Your numbers are those of the right answer with one plus and minus exchanged.",
         "Take each plus and each minus in turn: what does it say?", _other_sign),
    Turn("factor_left_out", "A factor is missing.",
         "Your numbers are those of the right answer without one of its factors.",
         "Which quantity should each line be multiplied with, or divided by, and is it there?", _left_out),
    Turn("term_left_out", "A term of a sum is missing.",
         "Your numbers are those of the right answer without one of its terms.",
         "What is added up or taken off in each line, and is all of it there?", _term_left_out),
    Turn("upside_down", "Your function divides where it should multiply, or multiplies where it should divide.",
         "Your numbers are those of the right answer with one factor upside down.",
         "If that factor were twice as large, should your result grow or shrink?", _upside_down),
    Turn("no_power", "A power is not the one that is needed.",
         "Your numbers are those of the right answer with a square missing, or with another power. Python writes a "
         "power with two stars, and a product with one.",
         "What is squared in the formula, and what in your code?", _no_power),
    Turn("a_power", "One factor stands there once too often, or a root is missing.",
         "Your numbers are those of the right answer with something squared, or without its root.",
         "How often should each factor stand in your line?", _a_power),
    Turn("other_brackets", "A pair of brackets is missing, or stands in another place.",
         "Your numbers are those of the right answer with its parts taken in another order. Python multiplies and "
         "divides before it adds.",
         "In which order does Python take your line? Read it aloud with all brackets.", _other_brackets),
    Turn("on_its_side", "A table lies on its side.",
         "Your numbers are those of the right answer with one table turned, or not turned.",
         "Write the shape under each name: which two numbers must be equal?", _on_its_side),
    Turn("place_by_place", "Your function multiplies place by place where a sum of products is needed.",
         "A * adds nothing up. Where the shapes happen to fit, it runs all the same.",
         "Which sign multiplies and adds?", _place_by_place),
    Turn("sum_or_mean", "A sum stands where a mean belongs, or a mean where a sum belongs.",
         "Your numbers are those of the right answer with one of the two exchanged.",
         "Which of your lines knows how many numbers there are, and which should?", _sum_and_mean),
    Turn("other_axis", "Something is added up along another axis.",
         "Axis 0 runs down the rows, axis 1 across the columns. Without an axis everything melts into one number.",
         "Which axis should disappear?", _other_axis),
    Turn("written_over", "A line writes over what should be kept.",
         "An = forgets what stood in the name. A += adds to it.",
         "In the second round of your loop, what is left of the first?", _written_over),
    Turn("whole_division", "A // cuts something off.",
         "Between whole numbers // gives a whole number, and forgets the rest.",
         "Which of your divisions should keep its fraction?", _whole_division),
    Turn("other_name", "Another of the names stands where one of them belongs.",
         "Your numbers are those of the right answer with one name exchanged for another.",
         "Take each name in your lines: what does it stand for, and is that what is needed there?", _other_name),
)


# ------------------------------------------------------------------------------- lines of a loop

NOT_RESET = ("not_reset", "Something is not set back in each round.",
             "Your function adds up over the rounds what should begin anew in each.",
             "What stands in each name when the second round begins?")
INSIDE = ("inside_the_loop", "A line stands inside a loop, and belongs behind it.",
          "It is carried out once for every round.",
          "Which of your lines should happen once, and which in each round?")
FIRST_ROUND = ("first_round_only", "Your loop ends in its first round.",
               "A return, or a break, inside a loop ends it there.",
               "How far is your last line indented?")


def _moved_lines(source):
    """The source with a line moved into a loop, carried along between rounds, or with a loop that ends too early."""
    tree = ast.parse(source)
    for body, i in list(_loops(tree.body[0].body)):
        for texts, loop, after in _turns_of_a_loop(body, i):
            changed = copy.deepcopy(tree)
            _body_at(changed, tree, body)[i:] = copy.deepcopy([*loop, *after])
            yield texts, ast.unparse(ast.fix_missing_locations(changed))


def _loops(body):
    for i, statement in enumerate(body):
        if isinstance(statement, ast.For):
            yield body, i
        yield from _loops(getattr(statement, "body", []))


def _body_at(changed, tree, body):
    """The list of statements in the copy that stands where `body` stands in the tree."""
    for mine, other in zip(ast.walk(tree), ast.walk(changed)):
        if getattr(mine, "body", None) is body:
            return other.body


def _turns_of_a_loop(body, i):
    loop, after = body[i], body[i + 1:]
    if after and not isinstance(after[0], ast.Return):
        yield INSIDE, [_but(loop, body=[*loop.body, after[0]])], after[1:]
    if after and isinstance(after[-1], ast.Return) and len(after) == 1:
        yield FIRST_ROUND, [_but(loop, body=[*loop.body, after[0]])], after
    for j, line in enumerate(loop.body):
        yield from ((NOT_RESET, [*start, _but(loop, body=[*loop.body[:j], *lines, *loop.body[j + 1:]])], after)
                    for start, lines in _carried(line))


def _carried(line):
    """(lines before the loop, lines in it) that add up over the rounds what one line makes anew."""
    if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
        name, total = line.targets[0].id, "total_of_rounds"
        zero = ast.parse(f"{total} = 0").body
        if name not in {node.id for node in ast.walk(line.value) if isinstance(node, ast.Name)}:
            made = _named(total, ast.BinOp(ast.Name(total, ast.Load()), ast.Add(), line.value))
            yield zero, [made, _named(name, ast.Name(total, ast.Load()))]
        elif _is_sum(line.value) and isinstance(line.value.left, ast.Name) and line.value.left.id == name:
            made = _named(total, ast.BinOp(ast.Name(total, ast.Load()), ast.Add(), line.value.right))
            yield zero, [made, _named(name, _but(line.value, right=ast.Name(total, ast.Load())))]


def _named(name, value):
    return ast.Assign([ast.Name(name, ast.Store())], value, lineno=0)
