"""Every small change of a function, one at a time. The checker must not call any of them right."""

import ast
import copy
import inspect

from gradlib.exercises.calls import quiet

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
CALLS = {"mean": "sum", "sum": "mean", "dot": "multiply", "zeros": "ones", "ones": "zeros", "T": "real"}


def mutants(function):
    """(what was changed, the changed function) for every change of a function."""
    source = inspect.getsource(function)
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for changed in changes(node, tree.body[0]):
            line = source.splitlines()[node.lineno - 1].strip()
            what = f"{ast.unparse(node)} -> {ast.unparse(ast.fix_missing_locations(changed))}"
            yield f"{line}  [{what}]", built(tree, node, changed, function.__globals__)


def built(tree, node, changed, names):
    """The function of a tree in which one node is another one; the tree stays as it is."""
    Replace(node, changed).visit(tree)
    code = compile(ast.fix_missing_locations(tree), "mutant", "exec")
    Replace(changed, node).visit(tree)
    namespace = dict(names)
    exec(code, namespace)
    return namespace[tree.body[0].name]


class Replace(ast.NodeTransformer):
    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit(self, node):
        return self.new if node is self.old else self.generic_visit(node)


def changes(node, function):
    """All nodes that could stand in the place of this one by mistake."""
    def but(**fields):
        changed = copy.deepcopy(node)
        for name, value in fields.items():
            setattr(changed, name, value)
        return changed

    if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, OPERATORS):
        yield from (but(op=operator()) for operator in OPERATORS if not isinstance(node.op, operator))
    if isinstance(node, ast.BinOp):
        yield from (node.left, node.right)
        if not isinstance(node.op, (ast.Add, ast.Mult)):
            yield but(left=node.right, right=node.left)
    if isinstance(node, ast.AugAssign):
        yield ast.Assign([node.target], node.value)
        yield ast.Pass()
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield but(value=node.value + 1)
        yield but(value=node.value - 1)
    if isinstance(node, ast.Attribute) and node.attr in CALLS:
        yield but(attr=CALLS[node.attr])
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        names = {argument.arg for argument in function.args.args}
        yield from (but(id=other) for other in sorted(names - {node.id}))
    if isinstance(node, ast.Compare):
        yield but(ops=[ast.NotEq()])
    if isinstance(node, (ast.Assign, ast.Return)):
        yield ast.Pass()
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield but(elts=node.elts[::-1])
        yield but(elts=node.elts[:1])
    if isinstance(node, ast.For):
        yield but(body=[*node.body, ast.Break()])


def survivors(exercise, function):
    """The small changes of a right answer that the exercise calls correct, sorted, and how many were tried."""
    with quiet():
        verdicts = [(what, exercise.accepts(mutant)) for what, mutant in mutants(function)]
    return sorted(what for what, right in verdicts if right), len(verdicts)
