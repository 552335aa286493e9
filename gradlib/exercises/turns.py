"""Slips of one place in the right code: a sign, a factor, brackets, a name, a line that stands inside a loop.

Every place of a solution is turned in every way that a hand slips, one at a time. A turn is written as code: what
stands there > what may stand there by mistake | or that; a, b and c are anything, f any function, ± is + and -.
"""

import ast
from collections import defaultdict
from functools import cache

from .messages import listed
from .writing import Lines, cell

BUT = "Your numbers are those of the right answer with"
TURNS = (   # code, title, why, where to look, and the turns; the most telling come first
    ("other_sign", "One of your signs is turned round.", f"{BUT} one plus and minus exchanged.",
     "Take each plus and each minus in turn: what does it say?",
     "a + b > a - b; a - b > a + b; -a > a; a += b > a -= b; a -= b > a += b"),
    ("factor_left_out", "A factor is missing.", f"{BUT} one of its factors left out.",
     "Which quantity should each line be multiplied with, or divided by, and is it there?",
     "a * b > a | b; a / b > a; a @ b > a | b; a *= b > pass; a /= b > pass"),
    ("term_left_out", "A term of a sum is missing.", f"{BUT} one of its terms left out.",
     "What is added up or taken off in each line, and is all of it there?", "a ± b > a | b"),
    ("upside_down", "Your function divides where it should multiply, or multiplies where it should divide.",
     f"{BUT} one factor upside down.", "If that factor were twice as large, should your result grow or shrink?",
     "a * b > a / b; a / b > a * b; a *= b > a /= b; a /= b > a *= b"),
    ("other_way_round", "A difference or a quotient is taken the other way round.",
     f"{BUT} what stands before and behind one minus, or one division, exchanged.",
     "For each minus and each division: what is taken from what, and what is divided by what?",
     "a - b > b - a; a / b > b / a"),
    ("no_power", "A power is not the one that is needed.",
     f"{BUT} a square missing, or with another power. Python writes a power with two stars, and a product with one.",
     "What is squared in the formula, and what in your code?", "a ** b > a | a * b | a ** 3"),
    ("a_power", "One factor stands there once too often, or a root is missing.",
     f"{BUT} something squared, or without its root.", "How often should each factor stand in your line?",
     "a * b > a * a * b | a * b * b; np.sqrt(a) > a | a ** 2"),
    ("a_root", "A root is taken where none belongs.", f"{BUT} one factor under a root.",
     "Which root does the formula ask for, and which does your code take?", "a * b > np.sqrt(a) * b | a * np.sqrt(b)"),
    ("other_brackets", "A pair of brackets is missing, or stands in another place.",
     f"{BUT} its parts taken in another order. Python multiplies and divides before it adds.",
     "In which order does Python take your line? Read it aloud with all brackets.",
     "a * (b ± c) > a * b ± c; a / (b ± c) > a / b ± c; (a ± b) * c > a ± b * c; (a ± b) / c > a ± b / c; "
     "a / (b * c) > a / b * c; a ± b * c > (a ± b) * c; a ± b / c > (a ± b) / c; a * b ± c > a * (b ± c)"),
    ("on_its_side", "A table lies on its side.", f"{BUT} one table turned, or not turned.",
     "Write the shape under each name: which two numbers must be equal?", "a.T > a; a @ b > a @ b.T | a.T @ b"),
    ("place_by_place", "Your function multiplies place by place where a sum of products is needed.",
     "A * adds nothing up. Where the shapes happen to fit, it runs all the same.", "Which sign multiplies and adds?",
     "a @ b > a * b; a.dot(b) > a * b"),
    ("sum_or_mean", "A sum stands where a mean belongs, or a mean where a sum belongs.",
     f"{BUT} one of the two exchanged.", "Which of your lines knows how many numbers there are, and which should?",
     "a.mean > a.sum; a.sum > a.mean"),
    ("other_axis", "Something is added up along another axis.",
     "Axis 0 runs down the rows, axis 1 across the columns. Without an axis everything melts into one number.",
     "Which axis should disappear?",
     "a.f(axis=0) > a.f(axis=1) | a.f(); a.f(axis=1) > a.f(axis=0) | a.f(); "
     "np.f(a, axis=0) > np.f(a, axis=1) | np.f(a); np.f(a, axis=1) > np.f(a, axis=0) | np.f(a)"),
    ("written_over", "Of what a loop should add up, only the last round is left.",
     "An = forgets what stood in the name, and a line behind the loop meets the last round alone.",
     "In the second round of your loop, what is left of the first?", "a += b > a = b"),
    ("cut_off", "Fractions are cut off on the way.",
     "An array of whole numbers cuts off what is written into it, and // forgets the rest of a division.",
     "Which array of yours is made of whole numbers, or which division should keep its fraction?",
     "a / b > a // b; np.zeros(a) > np.zeros(a, int); a += b > a = np.trunc(a + b)"),
    ("one_side", "Of a difference, only one sign gets through.",
     f"{BUT} one difference set to zero, or to its size, where it is above zero, or where it is below.",
     "Which line treats numbers above zero in another way than numbers below?",
     "a - b > np.maximum(a - b, 0) | np.minimum(a - b, 0) | abs(a - b)"),
    ("other_function", "A function is missing, or another one stands in its place.",
     f"{BUT} one function left out or exchanged for its sister.",
     "Which functions does the formula name, and which does your code call?",
     "np.f(a) > a; np.sin(a) > np.cos(a); np.cos(a) > np.sin(a); np.exp(a) > np.log(a); a.max > a.min; "
     "np.var(a) > np.std(a); np.mean(a) > np.median(a)"),
    ("index_left_over", "Numbers of one example stand in for those of all.",
     "An index stands still, or was left over from a loop. So some numbers of the other examples are never asked.",
     "Which of your indices changes from example to example?", ""),
    ("centred", "A mean is taken off something.", f"{BUT} one array centred before it is used.",
     "Which line takes off a mean, and does the formula?", ""),
    ("other_name", "Another of the names stands where one of them belongs.", f"{BUT} one name exchanged for another.",
     "Take each name in your lines: what does it stand for, and is that what is needed there?", ""),
    ("other_rounds", "Your loop leaves out a round, or takes too many, or goes the other way.",
     f"{BUT} the first or the last round left out, with one or all of them once more, or with the rounds backwards.",
     "For three rounds: what does your loop take first, and what last?", ""),
    ("first_round_only", "Only the first round of a loop is in your answer.",
     "A return, or a break, inside a loop ends it there.",
     "How far is your last line indented?", ""),
    ("not_reset", "Something is not set back in each round.",
     "Your function adds up over the rounds what should begin anew in each.",
     "What stands in each name when the second round begins?", ""),
    ("inside_the_loop", "Something is done in every round that should be done once, behind the loop.",
     "A line that stands inside a loop is carried out once for every round.",
     "Which of your lines should happen once, and which in each round?", ""),
    ("outside_the_loop", "Something stays the same in all rounds that should be made anew in each.",
     "A line that stands outside a loop is carried out once. And a name that no round changes stays what it was.",
     "Which of your lines should happen once, and which in each round?", ""),
    ("lines_exchanged", "A name is used before its new value is there, or after it has changed.",
     f"{BUT} one line carried out before another that makes what it needs.",
     "Which of your lines uses a name before its new value is there?", ""),
    ("line_left_out", "A line is missing, or what it makes is not used.",
     f"{BUT} an old value where a new one belongs.", "Which name should change, and stays as it came in?", ""),
)
FEW = 5    # in so few lines, the names that they make are exchanged as well
TEXTS = {code: texts for code, *texts, _ in TURNS}


def by_code(exercise, others):
    """(texts, function) for every slip in every solution of an exercise that is written in lines.

    others: for each argument those that could stand in its place.
    """
    found = []
    for source in (exercise.source, *(cell(exercise.head, also) for also in exercise.also if isinstance(also, str))):
        lines, near = Lines(source, exercise.names), others
        if len(lines.body) <= FEW:   # but not what a loop leaves behind: that is the last example
            made = {node.id for line in lines.body[:-1] if not isinstance(line, ast.For) for node in ast.walk(line)
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
            near = {name: [*others.get(name, ()), *sorted(made - {name})] for name in {*others, *made}}
            near |= {name: [*dict.fromkeys([*near[name], *exercise.arguments])] for name in made - {*others}}
        if lines.whole:
            found += [(code, place, lines.function(body)) for code, place, body in _slips(lines.body, exercise, near)]
    found.sort(key=lambda each: [*TEXTS].index(each[0]))
    for code, place, function in found:
        title, why, look_at = TEXTS[code]
        yield (code, title, why + place, look_at), function


def _slips(body, exercise, others):
    """(code, place in words, lines) for every slip in some lines."""
    for i, line in enumerate(body):
        for code, place, other in _turned(line, exercise, others):
            yield code, place, [*body[:i], other, *body[i + 1:]]
    yield from ((code, "", lines) for code, lines in _rearranged(body))


def _turned(node, exercise, others):
    """(code, place in words, the whole with one node of it turned) for each turn of each node in a line."""
    turned = [*_by_rule(node), *_of_names(node, exercise, others), *_of_rounds(node)]
    place = _place(node, exercise) if turned else ""
    yield from ((code, place, other) for code, other in turned)
    for name, value in ast.iter_fields(node):
        for i, item in enumerate(value if isinstance(value, list) else [value]):
            for code, place, other in _turned(item, exercise, others) if isinstance(item, ast.AST) else ():
                yield code, place, _but(node, **{name: other if item is value else [*value[:i], other, *value[i + 1:]]})


def _place(node, exercise):
    """The arguments that stand at the place of a node in the right answer, in a sentence."""
    inside = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    names = [name for name in exercise.arguments if name in inside]
    return f" That place has to do with {listed(names)}." if names else ""


def _but(node, **fields):
    return type(node)(**{**vars(node), **fields})


# ------------------------------------------------------------------------------- turns that are written as code

def _rules():
    """{kind of a node: [(code, pattern, what may stand there)]}."""
    rules = defaultdict(list)
    for code, *_, turns in TURNS:
        for turn in turns.split("; ") if turns else ():
            for sign in "+-" if "±" in turn else "+":
                pattern, others = turn.replace("±", sign).split(" > ")
                rules[_kind(_code(pattern))] += [(code, _code(pattern), _code(other)) for other in others.split(" | ")]
    return rules


@cache
def _code(text):
    line = ast.parse(text).body[0]
    return line.value if isinstance(line, ast.Expr) else line


def _kind(node):
    return type(node), type(getattr(node, "op", None))


def _by_rule(node):
    for code, pattern, other in RULES.get(_kind(node), ()):
        found = {}
        if _fits(pattern, node, found) and not (code == "a_root" and _is_share(node)):
            yield code, _filled(other, found)


def _is_share(node):
    """Whether one factor is a share, such as 1 - beta: its root is another number, and no root in anybody's code."""
    return any(_fits(_code("1 - b"), factor, {}) for factor in (node.left, node.right))


def _fits(pattern, node, found):
    """Whether a node is of a pattern's form; then `found` holds what its letters stand for."""
    if isinstance(pattern, ast.Name) and pattern.id in "abc":
        found[pattern.id] = node
        return True
    if not isinstance(pattern, ast.AST):
        return pattern == node or pattern == "f" and bool(found.setdefault("f", node))
    return type(pattern) is type(node) and all(
        len(a) == len(b) and all(_fits(*pair, found) for pair in zip(a, b))
        for a, b in ((_list(getattr(pattern, name)), _list(getattr(node, name)))
                     for name in pattern._fields if name not in ("ctx", "kind", "type_comment")))


def _list(value):
    return value if isinstance(value, list) else [value]


def _filled(other, found):
    """A pattern with what its letters stand for."""
    if isinstance(other, ast.Name) and other.id in found:
        node = found[other.id]
        return _but(node, ctx=other.ctx) if hasattr(node, "ctx") else node
    if isinstance(other, list):
        return [_filled(item, found) for item in other]
    if isinstance(other, ast.AST):
        return _but(other, **{name: _filled(value, found) for name, value in ast.iter_fields(other)})
    return found["f"] if other == "f" else other


RULES = _rules()


# ------------------------------------------------------------------------------- turns of names and of rounds

def _of_names(node, exercise, others):
    """Another name of its kind, or one example in the place of all."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from (("other_name", _but(node, id=name)) for name in others.get(node.id, ()))
        array = node if node.id in exercise.examples else None
    elif _fits(_code("a[b]"), node, {}) and isinstance(node.slice, ast.Name) and isinstance(node.ctx, ast.Load):
        array = node.value if node.slice.id not in exercise.arguments else None
    else:
        array = None
    for code, text in (("index_left_over", "a[-1]"), ("index_left_over", "a[0]"), ("centred", "a - a.mean(axis=0)")):
        if array:
            yield code, _filled(_code(text), {"a": array})


def _of_rounds(node):
    """Other rounds of a loop."""
    for text in ("list(a)[1:]", "list(a)[:-1]", "list(a)[::-1]", "[*a, *a][:len(a) + 1]", "[*a, *a]"):
        if isinstance(node, ast.For):
            yield "other_rounds", _but(node, iter=_filled(_code(text), {"a": node.iter}))


# ------------------------------------------------------------------------------- lines in another order

def _rearranged(body):
    """(code, lines) for every line that stands in another place, in these lines and in their loops."""
    for i, line in enumerate(body):
        before, after = body[:i], body[i + 1:]
        if isinstance(line, ast.For):
            yield from ((code, [*before, *other]) for code, other in _around(line, after))
            yield from ((code, [*before, _but(line, body=inner), *after]) for code, inner in _rearranged(line.body))
        elif after:
            yield "line_left_out", [*before, *after]
        if after[1:]:
            yield "lines_exchanged", [*before, after[0], line, *after[1:]]


def _around(loop, after):
    """(code, lines) for a loop and what follows it, with one line on the other side of the loop's beginning or end."""
    body = loop.body
    for following in (after, after[-1:]):
        yield "first_round_only", [_but(loop, body=[*body, _code("for a in b: break").body[0]]), *following]
    if after[1:]:
        yield "inside_the_loop", [_but(loop, body=[*body, after[0]]), *after[1:]]
    if body[1:]:
        yield "outside_the_loop", [_but(loop, body=body[:-1]), body[-1], *after]
        yield "outside_the_loop", [body[0], _but(loop, body=body[1:]), *after]
    for j, line in enumerate(body):
        yield from (("not_reset", [_code("total_of_rounds = 0"),
                                   _but(loop, body=[*body[:j], *lines, *body[j + 1:]]), *after])
                    for lines in _carried(line))


def _carried(line):
    """Lines that add up over the rounds what one line makes anew."""
    if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
        name, found = line.targets[0].id, {}
        if name not in {node.id for node in ast.walk(line.value) if isinstance(node, ast.Name)}:
            text, found = "for _ in _: total_of_rounds += a; b = total_of_rounds", {"a": line.value}
        for sign in "+-":
            if _fits(_code(f"a {sign} b"), line.value, sums := {}) and ast.unparse(sums["a"]) == name:
                text, found = f"for _ in _: total_of_rounds += a; b = b {sign} total_of_rounds", {"a": sums["b"]}
        if found:
            yield _filled(_code(text).body, {**found, "b": line.targets[0]})
