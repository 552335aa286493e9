"""Answers to the harder exercises of lesson 04."""

from . import answers

answers("scaled_tanh_rule", right="""
from_x:    local = 1 - np.tanh(s * x) ** 2; return s * g * local, (x * g * local).sum()
loop:
    dx, ds = np.zeros(x.shape), 0
    for place in np.ndindex(x.shape):
        arriving = g[place] * (1 - z[place] ** 2)
        dx[place] = arriving * s
        ds += arriving * x[place]
    return dx, ds
cosh:      local = g / np.cosh(s * x) ** 2; return s * local, np.vdot(local, x)
""", wrong="""
not_added_up      ds = x * arriving
averaged          ds = (arriving * x).sum() / x.size
forgot_scale      dx = g * (1 - z * z)
own_factor        dx = x * arriving; ds = s * arriving.sum()
forgot_tanh       return g * s, (g * x).sum()
""", odd="""
saturated:   local = g * (1 - z ** 2); return np.sinh(local) * s, np.sum(local * x)
""")

answers("affine_rules", right="""
at:        return g @ y.T, x.T @ g, np.ones(len(g)) @ g
einsum:    return np.einsum("mn,kn->mk", g, y), np.einsum("mk,mn->kn", x, g), np.einsum("mn->n", g)
rows:
    dx, dy, db = np.zeros(x.shape), np.zeros(y.shape), np.zeros(b.shape)
    for i in range(len(x)):
        dx[i] = y @ g[i]
        dy += np.outer(x[i], g[i])
        db += g[i]
    return dx, dy, db
""", wrong="""
averaged          db = g.sum(axis=0) / len(g)
wrong_axis        db = np.sum(g, axis=1)
not_added_up      db = g.copy()
one_row_of_many   db = g[0].copy()
one_row_of_many:
    for row in g:
        db = row
    return g @ y.T, x.T @ g, db
times_b           db = b * g.sum(axis=0)
raises            dx = g @ y
""", odd="""
saturated:   return g @ y.T, x.T @ g, np.sinh(g).sum(axis=0)
""")

answers("walk_forward", right="""
sorted:
    rate = {}
    for name in graphlib.TopologicalSorter(operands).static_order():
        rate[name] = float(name == start)
        for operand in operands[name]:
            rate[name] += rate[operand] * local[name, operand]
    return rate
rounds:
    rate = {}
    while len(rate) < len(operands):
        for name, group in operands.items():
            if name not in rate and all(operand in rate for operand in group):
                rate[name] = sum(rate[operand] * local[name, operand] for operand in group) if group else (
                    1.0 if name == start else 0.0)
    return rate
every_path:
    def visit(name):
        return 1.0 if name == start else sum(local[name, o] * visit(o) for o in operands[name])
    return {name: visit(name) for name in operands}
""", wrong="""
order_of_the_dictionary:
    rate = {name: 0.0 for name in operands}
    rate[start] = 1.0
    for name, group in operands.items():
        rate[name] += sum(rate[operand] * local[name, operand] for operand in group)
    return rate
without_local:
    def visit(name):
        return 1.0 if name == start else sum(visit(o) for o in operands[name])
    return {name: visit(name) for name in operands}
overwritten:
    rate = {}
    for name in graphlib.TopologicalSorter(operands).static_order():
        rate[name] = float(name == start)
        for operand in operands[name]:
            rate[name] = rate[operand] * local[name, operand]
    return rate
all_start:
    def visit(name):
        return sum(local[name, o] * visit(o) for o in operands[name]) if operands[name] else 1
    return {name: visit(name) for name in operands}
""", odd="""
saturated:
    def visit(name):
        return 1.0 if name == start else sum(np.tanh(local[name, o] * visit(o)) for o in operands[name])
    return {name: visit(name) for name in operands}
""")
