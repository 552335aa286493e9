"""Answers to the exercises of lesson 04, as learners write them."""

import math
from collections import defaultdict, deque
from functools import cache, partial
from graphlib import TopologicalSorter

import numpy as np

from gradlib.autodiff import dot, value_and_grad

from . import odd, right, wrong, wrong_lines

# tanh_rule ---------------------------------------------------------------------------------------------------

@right("tanh_rule")
def tanh_rule_products(g, z, x):
    return g * (1 - z * z)


@right("tanh_rule")
def tanh_rule_cosh(g, z, x):
    return g / np.cosh(x) ** 2


@right("tanh_rule")
def tanh_rule_factors(g, z, x):
    return g * (1 - z) * (1 + z)


@right("tanh_rule")
def tanh_rule_again(g, z, x):
    local = 1 - np.tanh(x) ** 2
    return np.multiply(local, g)


@right("tanh_rule")
def tanh_rule_expanded(g, z, x):
    return g - g * np.square(z)


@right("tanh_rule")
def tanh_rule_loop(g, z, x):
    dx = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        dx[i] = g[i] * (1 - math.tanh(x[i]) ** 2)
    return dx


@right("tanh_rule")
def tanh_rule_autodiff(g, z, x):
    return value_and_grad(lambda x: (g * np.tanh(x)).sum())(x)[1]


@right("tanh_rule")
def tanh_rule_exponentials(g, z, x):
    e = np.exp(2 * x)
    return 4 * e / (e + 1) ** 2 * g


@right("tanh_rule")
def tanh_rule_float32(g: np.ndarray, z: np.ndarray, x: np.ndarray) -> np.ndarray:
    z = z.astype(np.float32)
    return (1 - z * z) * g.astype(np.float32)


@right("tanh_rule")
def tanh_rule_generator(g, z, x):
    pairs = zip(g.ravel(), z.ravel())
    return np.fromiter((slope * (1 - value ** 2) for slope, value in pairs), float).reshape(g.shape)


@odd("tanh_rule")
def _(g, z, x):
    return g * (1 - z ** 4) + x


wrong_lines("tanh_rule", """
forgot_g  return 1 - z ** 2
at_x
    local = 1 - x * x
    return g * local
sigmoid_rule  return g * z * (1 - z)
value_too  return g * (1 - z ** 2) * z
matrix_product  return np.matmul(g, 1 - z ** 2)
stretched
    t = (np.exp(4 * x) - 1) / (np.exp(4 * x) + 1)
    return g * (1 - t ** 2)
one_cosh  return g * np.sqrt(1 - z ** 2)
no_square
    local = 1 - z
    return g * local
tanh_of_z
    t = np.tanh(z)
    return g * (1 - t ** 2)
tanh_of_z  return g / np.cosh(z) ** 2
sign_flipped  return g * (z ** 2 - 1)
plus  return g * (1 + z * z)
missing_brackets  return g * 1 - z ** 2
squared_outside  return g * np.square(1 - z)
value_not_slope  return g * np.tanh(x)
second_derivative
    local = -2 * z
    return g * local
added
    local = 1 - z ** 2
    return g + local
summed
    total = 0
    for i in np.ndindex(x.shape):
        total += g[i] * (1 - z[i] ** 2)
    return total
one_cosh  return g * 2 / (np.exp(x) + np.exp(-x))
forgot_g+sigmoid_rule
    s = z
    return s * (1 - s)
mutates_input
    g *= 1 - z ** 2
    return g
raises  return g * (1 - math.tanh(x) ** 2)
""")


# product_rules -----------------------------------------------------------------------------------------------

@right("product_rules")
def product_rules_at(g, x, y):
    return g @ y.T, x.T @ g


@right("product_rules")
def product_rules_turned(g, x, y):
    return (y @ g.T).T, (g.T @ x).T


@right("product_rules")
def product_rules_einsum(g, x, y):
    return np.einsum("mn,kn->mk", g, y), np.einsum("mk,mn->kn", x, g)


@right("product_rules")
def product_rules_loops(g, x, y):
    dx, dy = np.zeros(x.shape), np.zeros(y.shape)
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                dx[i, k] += g[i, j] * y[k, j]
                dy[k, j] += x[i, k] * g[i, j]
    return dx, dy


@right("product_rules")
def product_rules_dict(g, x, y):
    return {"dx": np.matmul(g, np.transpose(y)), "dy": np.matmul(np.transpose(x), g)}


@right("product_rules")
def product_rules_autodiff(g, x, y):
    loss, slopes = value_and_grad(lambda x, y: (g * dot(x, y)).sum(), wrt=(0, 1))(x, y)
    return slopes


@right("product_rules")
def product_rules_tensordot(g, x, y):
    return np.tensordot(g, y, axes=(1, 1)), np.tensordot(x, g, axes=(0, 0))


@right("product_rules")
def product_rules_lists(g, x, y):
    dx = [[sum(a * b for a, b in zip(row, other)) for other in y.tolist()] for row in g.tolist()]
    dy = [[sum(a * b for a, b in zip(row, other)) for other in g.T.tolist()] for row in x.T.tolist()]
    return [dx, dy]


@right("product_rules")
def product_rules_float32(g, x, y):
    g, x, y = (table.astype(np.float32) for table in (g, x, y))
    return tuple(map(np.matmul, (g, x.T), (y.T, g)))


@right("product_rules")
def product_rules_partial(g: np.ndarray, x: np.ndarray, y: np.ndarray) -> dict:
    from_left = partial(np.dot, x.T)
    return {"dy": from_left(g), "dx": partial(np.dot, g)(y.T)}


@odd("product_rules")
def _(g, x, y):
    return g @ y.T + x, x.T @ g


wrong_lines("product_rules", """
not_transposed
    dx = g @ y
    dy = x @ g
not_transposed
    dx = np.dot(g, y.T)
    dy = np.dot(x, g)
wrong_side
    dx = y.T @ g
    dy = g @ x.T
wrong_side  return g @ y.T, g @ x.T
swapped
    dx = x.T @ g
    dy = g @ y.T
transposed_result
    dx = y @ g.T
    dy = g.T @ x
transposed_result@dy  return g @ y.T, g.T @ x
place_by_place
    dx = y * g
    dy = g * x
forgot_g
    dx = y.T
    dy = x.T
z_not_g
    z = x @ y
    return z @ y.T, x.T @ z
g_transposed  return g.T @ y, x.T @ g
summed  return np.sum(g @ y.T), np.sum(x.T @ g)
divided_by_m
    m = x.shape[0]
    return g @ y.T / m, x.T @ g / m
value_too  return x * (g @ y.T), y * (x.T @ g)
divided_by_m@dy  return g @ y.T, x.T @ g / len(x)
only_dx  return g @ y.T
returned_z
    z = np.matmul(x, y)
    return z
own_factor
    dx = np.dot(g, x)
    dy = np.dot(y, g)
raises  return (g + x) @ y.T, x.T @ g
""")


# walk_back ---------------------------------------------------------------------------------------------------

@right("walk_back")
def backward_depth_first(operands, local, out):
    order, seen = [], set()

    def visit(name):
        if name in seen:
            return
        seen.add(name)
        for operand in operands[name]:
            visit(operand)
        order.append(name)

    visit(out)
    slope = {name: 0.0 for name in operands}
    slope[out] = 1.0
    for name in reversed(order):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope


@right("walk_back")
def backward_every_path(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)

    def visit(name, arrived):
        slope[name] += arrived
        for operand in operands[name]:
            visit(operand, arrived * local[name, operand])

    visit(out, 1.0)
    return slope


@right("walk_back")
def backward_stack_of_parts(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    waiting = [(out, 1.0)]
    while waiting:
        name, part = waiting.pop()
        slope[name] += part
        for operand in operands[name]:
            waiting.append((operand, part * local[name, operand]))
    return slope


@right("walk_back")
def backward_from_below(operands, local, out):
    def slope(name):
        if name == out:
            return 1.0
        total = 0
        for user in operands:
            total += operands[user].count(name) * (slope(user) * local[user, name] if name in operands[user] else 0)
        return total
    return {name: slope(name) for name in operands}


@right("walk_back")
def backward_graphlib(operands, local, out):
    slope = defaultdict(float)
    slope[out] = 1.0
    for name in reversed(list(TopologicalSorter(operands).static_order())):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope


@right("walk_back")
def backward_longest_way(operands, local, out):
    depth = {out: 0}
    waiting = [out]
    for name in waiting:
        for operand in operands[name]:
            if depth[name] + 1 > depth.get(operand, 0):
                depth[operand] = depth[name] + 1
                waiting.append(operand)
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in sorted(operands, key=depth.get):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope


@right("walk_back")
def backward_rounds(operands, local, out):
    slope, done = {out: 1.0}, []
    while len(done) < len(operands):
        for name in operands:
            users = [user for user in operands if name in operands[user]]
            if name not in done and all(user in done for user in users):
                done.append(name)
                for operand in operands[name]:
                    slope[operand] = slope.get(operand, 0) + slope[name] * local[(name, operand)]
    return slope


@right("walk_back")
def backward_matrix(operands, local, out):
    names = list(operands)
    A = np.eye(len(names))
    for name in names:
        for operand in operands[name]:
            A[names.index(operand), names.index(name)] -= local[name, operand]
    seed = np.array([float(name == out) for name in names])
    return dict(zip(names, np.linalg.solve(A, seed)))


@right("walk_back")
def backward_remembered(operands, local, out):
    @cache
    def slope(name):
        users = ((user, operand) for user in operands for operand in operands[user] if operand == name)
        return float(name == out) + sum(slope(user) * local[user, name] for user, _ in users)
    return {name: slope(name) for name in operands}


@odd("walk_back")
def _(operands, local, out):
    slope = backward_depth_first(operands, local, out)
    return {name: slope[name] ** 3 for name in slope}


@wrong("walk_back", "handed_on_again")
def _(operands, local, out):
    slope = defaultdict(float, {out: 1.0})
    queue = deque([out])
    while queue:
        name = queue.popleft()
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
            queue.append(operand)
    return slope


@wrong("walk_back", "not_reversed")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in TopologicalSorter(operands).static_order():
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope


@wrong("walk_back", "overwritten")
def _(operands, local, out):
    slope = {out: 1.0}
    order = list(TopologicalSorter(operands).static_order())
    while order:
        name = order.pop()
        for operand in operands[name]:
            slope[operand] = slope[name] * local[name, operand]
    return slope


@wrong("walk_back", "used_twice_counts_once")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in list(TopologicalSorter(operands).static_order())[::-1]:
        for operand in set(operands[name]):
            slope[operand] += slope[name] * local[name, operand]
    return slope


@wrong("walk_back", "only_leaves")
def _(operands, local, out):
    slope = backward_depth_first(operands, local, out)
    return {name: slope[name] for name in slope if operands[name] == ()}


@wrong("walk_back", "not_numbers")
def _(operands, local, out):
    slope = backward_depth_first(operands, local, out)
    return [slope[name] for name in operands]


@wrong("walk_back", "not_numbers")
def _(operands, local, out):
    return backward_depth_first(operands, local, out)["x" if "x" in operands else "p"]


@wrong("walk_back", "mutates_input")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    order = list(TopologicalSorter(operands).static_order())
    while operands:
        name = order.pop()
        for operand in operands.pop(name):
            slope[operand] += slope[name] * local[name, operand]
    return slope


wrong_lines("walk_back", """
handed_on_again
    def walk_back(operands, local, out):
        slope = {name: 0.0 for name in operands}
        slope[out] = 1.0

        def visit(name):
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
                visit(operand)
        visit(out)
        return slope
handed_on_again
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        waiting = [out]
        while waiting:
            name = waiting.pop()
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
                if operand not in waiting:
                    waiting.append(operand)
        return slope
breadth_first
    def walk_back(operands, local, out):
        slope = {name: 0.0 for name in operands}
        slope[out] = 1.0
        queue, seen = [out], {out}
        for name in queue:
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
                if operand not in seen:
                    seen.add(operand)
                    queue.append(operand)
        return slope
handed_on_too_early
    def walk_back(operands, local, out):
        slope = {name: 0.0 for name in operands}
        slope[out] = 1.0
        seen = set()

        def visit(name):
            if name in seen:
                return
            seen.add(name)
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
            for operand in operands[name]:
                visit(operand)
        visit(out)
        return slope
handed_on_too_early
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        waiting, seen = [out], []
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.append(name)
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
                waiting.append(operand)
        return slope
handed_on_too_early
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        waiting, seen = [out], {out}
        while waiting:
            name = waiting.pop()
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
                if operand not in seen:
                    waiting.append(operand)
                    seen.add(operand)
        return slope
sorted_by_name
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        for name in sorted(operands)[::-1]:
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
        return slope
order_of_the_dictionary
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        for name in reversed(operands):
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
        return slope
overwritten
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        waiting = [out]
        while waiting:
            name = waiting.pop()
            for operand in operands[name]:
                slope[operand] = slope[name] * local[name, operand]
                waiting.append(operand)
        return slope
kept_first
    def walk_back(operands, local, out):
        slope = {out: 1.0}
        waiting = [out]
        while waiting:
            name = waiting.pop()
            for operand in operands[name]:
                if operand not in slope:
                    slope[operand] = slope[name] * local[name, operand]
                    waiting.append(operand)
        return slope
emptied
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        waiting = [out]
        while waiting:
            name = waiting.pop()
            part = slope[name]
            if operands[name]:
                slope[name] = 0.0
            for operand in operands[name]:
                slope[operand] += part * local[name, operand]
                waiting.append(operand)
        return slope
only_loss
    def walk_back(operands, local, out):
        slope = dict.fromkeys(operands, 0.0)
        slope[out] = 1.0
        ready = [name for name in operands if not operands[name]]
        for name in ready:
            for operand in operands[name]:
                slope[operand] += slope[name] * local[name, operand]
        return slope
starts_at_one  slope = dict.fromkeys([*operands], 1)
other_names  return {pair: slope for pair, slope in local.items()}
raises
    slope = {out: 1.0}
    waiting = [out]
    while waiting:
        name = waiting.pop()
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
            waiting.append(operand)
    return slope
""")
