"""Every small change of a function, one at a time. The checker must not call any of them right."""

import ast
import copy
import inspect

from gradlib.exercises.calls import quiet

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
CALLS = {"mean": "sum", "sum": "mean", "dot": "multiply", "zeros": "ones", "ones": "zeros", "T": "real"}


def mutants(function):
    """(node, what stands in its place, the changed function) for every change of a function."""
    tree = ast.parse(inspect.getsource(function))
    for holder, key, node in list(places(tree)):
        for changed in changes(node, tree.body[0]):
            holder[key] = ast.fix_missing_locations(changed)
            names = dict(function.__globals__)
            exec(compile(tree, "mutant", "exec"), names)
            holder[key] = node
            yield node, changed, names[tree.body[0].name]


def places(tree):
    """(holder, key, node) of all nodes: holder[key] is the node."""
    for parent in ast.walk(tree):
        for key, value in vars(parent).items():
            holder, keys = (value, range(len(value))) if isinstance(value, list) else (vars(parent), [key])
            yield from ((holder, key, holder[key]) for key in keys if isinstance(holder[key], ast.AST))


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
    """The small changes of a right answer that the exercise calls correct, in words, and how many were tried."""
    with quiet():
        verdicts = [(node, changed, exercise.accepts(mutant)) for node, changed, mutant in mutants(function)]
    lines = inspect.getsource(function).splitlines()
    return sorted(f"{lines[node.lineno - 1].strip()}  [{ast.unparse(node)} -> {ast.unparse(changed)}]"
                  for node, changed, right in verdicts if right), len(verdicts)
