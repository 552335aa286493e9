"""Answers to the exercises of lessons 03 to 05, as learners write them; see `answers`."""

import cmath
import math
from collections import defaultdict, deque
from graphlib import TopologicalSorter

import numpy as np

from gradlib.autodiff import dot, jvp, value_and_grad
from gradlib.numeric import central_difference, forward_difference

from .answers import odd, right, wrong

# chain ------------------------------------------------------------------------------------------------------

@right("chain")
def chain_in_one_line(x):
    return 6 * (3 * x + 2)


@right("chain")
def chain_loop(x):
    a = 3 * x
    b = a + 2
    slope = 1
    for link in [2 * b, 1, 3]:
        slope = slope * link
    return slope


@right("chain")
def chain_prod(x):
    b = 3 * x + 2
    return np.prod([2 * b, 1, 3])


@right("chain")
def chain_expanded(x):
    return 18 * x + 12


@right("chain")
def chain_nudge(x):
    def L(x):
        return (3 * x + 2) ** 2
    return (L(x + 1e-5) - L(x - 1e-5)) / 2e-5


@right("chain")
def chain_autodiff(x):
    loss, slope = value_and_grad(lambda x: (3 * x + 2) ** 2)(x)
    return slope


@right("chain")
def chain_complex(x):
    return [((3 * (x + 1e-20j) + 2) ** 2).imag / 1e-20]


@wrong("chain", "added")
def _(x):
    a = 3 * x
    b = a + 2
    dL_db = 2 * b
    db_da = 1
    da_dx = 3
    return dL_db + db_da + da_dx


@wrong("chain", "added")
def _(x):
    b = 3 * x + 2
    slope = 0
    for link in (2 * b, 1, 3):
        slope += link
    return slope


@wrong("chain", "forgot_link")
def _(x):
    b = 3 * x + 2
    dL_db = 2 * b
    db_da = 1
    da_dx = 1
    return dL_db * db_da * da_dx


@wrong("chain", "forgot_link")
def _(x):
    b = 3 * x + 2
    dL_db = 2 * b
    db_da = 1
    return dL_db * db_da


@wrong("chain", "only_first_link")
def _(x):
    da_dx = 3
    return da_dx


@wrong("chain", "returned_value")
def _(x):
    a = 3 * x
    b = a + 2
    L = b ** 2
    return L


@wrong("chain", "square_at_a")
def _(x):
    a = 3 * x
    dL_db = 2 * a
    return dL_db * 3


@wrong("chain", "square_at_x")
def _(x):
    return 2 * x * 1 * 3


@wrong("chain", "other_factor")
def _(x):
    b = 3 * x + 2
    da_dx = x
    return 2 * b * da_dx


@wrong("chain", "value_not_slope")
def _(x):
    a = 3 * x
    b = a + 2
    da_dx = a
    return 2 * b * 1 * da_dx


@wrong("chain", "forgot_two")
def _(x):
    a = 3 * x
    b = a + 2
    dL_db = b
    return dL_db * 3


@wrong("chain", "kept_constant")
def _(x):
    b = 3 * x + 2
    da_dx = 3 + 2
    return 2 * b * da_dx


@wrong("chain", "still_squared")
def _(x):
    b = 3 * x + 2
    L = b ** 2
    return 2 * L * 3


@wrong("chain", "not_multiplied")
def _(x):
    b = 3 * x + 2
    return 2 * b, 1, 3


@wrong("chain", "raises")
def _(x):
    return dL_db * 3  # noqa: F821


@wrong("chain", "returned_none")
def _(x):
    b = 3 * x + 2
    print(2 * b * 3)


@odd("chain")
def _(x):
    b = 3 * x + 2
    return 2 * b * 3 + x ** 3


# fan_out ----------------------------------------------------------------------------------------------------

@right("fan_out")
def fan_out_steps(x, y):
    a = x * y
    da = 0
    dx = 0
    dy = 0
    da += x
    dx += a
    da += 1
    dx += da * y
    dy += da * x
    return dx, dy


@right("fan_out")
def fan_out_calculus(x, y):
    return 2 * x * y + y, x ** 2 + x


@right("fan_out")
def fan_out_paths(x, y):
    to_x = [x * y, x * y, 1 * y]
    to_y = [x * x, 1 * x]
    return [sum(to_x), sum(to_y)]


@right("fan_out")
def fan_out_autodiff(x, y):
    def loss(x, y):
        a = x * y
        return a * x + a
    return value_and_grad(loss, wrt=(0, 1))(x, y)[1]


@right("fan_out")
def fan_out_dict(x, y):
    s = 1 + x
    return {"dL_dy": s * x, "dL_dx": s * y + x * y}


@right("fan_out")
def fan_out_nudge(x, y):
    def L(v):
        a = v[0] * v[1]
        return a * v[0] + a
    return tuple(central_difference(L, np.array([x, y])))


@right("fan_out")
def fan_out_complex(x, y):
    def L(x, y):
        return x * y * x + x * y
    return L(x + 1e-30j, y).imag / 1e-30, L(x, y + 1e-30j).imag / 1e-30


@wrong("fan_out", "overwritten")
def _(x, y):
    a = x * y
    dL_da = x
    dL_dx = a
    dL_da = 1
    dL_dx = dL_da * y
    dL_dy = dL_da * x
    return dL_dx, dL_dy


@wrong("fan_out", "forgot_direct")
def _(x, y):
    dL_da = x + 1
    da_dx, da_dy = y, x
    return dL_da * da_dx, dL_da * da_dy


@wrong("fan_out", "only_direct")
def _(x, y):
    a = x * y
    dL_dx = a
    dL_dy = (x + 1) * x
    return dL_dx, dL_dy


@wrong("fan_out", "forgot_plus_a")
def _(x, y):
    a = x * y
    dL_da = x
    return a + dL_da * y, dL_da * x


@wrong("fan_out", "forgot_plus_a@dL_dy")
def _(x, y):
    return 2 * x * y + y, x ** 2


@wrong("fan_out", "only_plus_a")
def _(x, y):
    a = x * y
    dL_da = x
    dL_da = 1
    return a + dL_da * y, dL_da * x


@wrong("fan_out", "product_rule")
def _(x, y):
    da_dx = y
    dL_dx = da_dx * 1 + da_dx
    dL_dy = x * x + x
    return dL_dx, dL_dy


@wrong("fan_out", "ways_multiplied")
def _(x, y):
    a = x * y
    dL_da = x * 1
    dL_dx = a * dL_da * y
    dL_dy = dL_da * x
    return dL_dx, dL_dy


@wrong("fan_out", "averaged")
def _(x, y):
    ways_x = [x * y, y, x * y]
    ways_y = [x * x, x]
    return np.mean(ways_x), np.mean(ways_y)


@wrong("fan_out", "swapped")
def _(x, y):
    dx = x * y + (x + 1) * y
    dy = (x + 1) * x
    return dy, dx


@wrong("fan_out", "swapped+forgot_direct")
def _(x, y):
    return (x + 1) * x, (x + 1) * y


@wrong("fan_out", "own_factor")
def _(x, y):
    a = x * y
    dL_da = x + 1
    da_dx, da_dy = x, y
    return dL_da * da_dx + a, dL_da * da_dy


@wrong("fan_out", "added_links")
def _(x, y):
    a = x * y
    dL_da = x + 1
    return a + dL_da + y, dL_da + x


@wrong("fan_out", "returned_values")
def _(x, y):
    a = x * y
    L = a * x + a
    return L


@wrong("fan_out", "only_dx")
def _(x, y):
    return 2 * x * y + y


@wrong("fan_out", "summed")
def _(x, y):
    total = 0
    for way in (x * y, x * y, y, x * x, x):
        total += way
    return total


@odd("fan_out")
def _(x, y):
    a = x * y
    return a + (x + 1) * y + a ** 3, (x + 1) * x


@odd("fan_out")
def _(x, y):
    return x ** 3 - y, y ** 3 + 2


# slopes -----------------------------------------------------------------------------------------------------

@right("slopes")
def slopes_plus(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] = slope[operand] + slope[result] * local
    return slope


@right("slopes")
def slopes_numpy(edges, count):
    slope = np.zeros(count)
    slope[count - 1] = 1
    for edge in edges:
        slope[edge[1]] += slope[edge[0]] * edge[2]
    return slope


@right("slopes")
def slopes_recursive(edges, count):
    def slope(node):
        if node == count - 1:
            return 1.0
        return sum(slope(result) * local for result, operand, local in edges if operand == node)
    return [slope(node) for node in range(count)]


@right("slopes")
def slopes_solve(edges, count):
    A = np.eye(count)
    for result, operand, local in edges:
        A[operand, result] -= local
    seed = np.zeros(count)
    seed[-1] = 1
    return np.linalg.solve(A, seed)


@right("slopes")
def slopes_collect(edges, count):
    arrived = defaultdict(list)
    arrived[count - 1].append(1.0)
    for result, operand, local in edges:
        arrived[operand].append(sum(arrived[result]) * local)
    return [sum(arrived[i]) for i in range(count)]


@right("slopes")
def slopes_sorted_again(edges, count):
    slope = [0] * count
    slope[-1] = 1
    for result, operand, local in sorted(edges, reverse=True):
        slope[operand] += slope[result] * local
    return tuple(slope)


@right("slopes")
def slopes_every_path(edges, count):
    slope = np.zeros(count)

    def walk(node, product):
        slope[node] += product
        for result, operand, local in edges:
            if result == node:
                walk(operand, product * local)
    walk(count - 1, 1.0)
    return list(slope)


@wrong("slopes", "overwritten")
def _(edges, count):
    slope = np.zeros(count)
    slope[-1] = 1
    for r, o, s in edges:
        slope[o] = slope[r] * s
    return slope


@wrong("slopes", "local_only")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += local
    return slope


@wrong("slopes", "forgot_local")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, _local in edges:
        slope[operand] += slope[result]
    return slope


@wrong("slopes", "no_seed")
def _(edges, count):
    slope = [0.0] * count
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope


@wrong("slopes", "only_loss")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] *= slope[result] * local
    return slope


@wrong("slopes", "only_loss")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[result] += slope[operand] * local
    return slope


@wrong("slopes", "multiplied")
def _(edges, count):
    slope = [1.0] * count
    for result, operand, local in edges:
        slope[operand] *= slope[result] * local
    return slope


@wrong("slopes", "starts_at_one")
def _(edges, count):
    slope = np.ones(count)
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope


@wrong("slopes", "oldest_first")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in reversed(edges):
        slope[operand] += slope[result] * local
    return slope


@wrong("slopes", "oldest_first")
def _(edges, count):
    edges.sort()
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope


@wrong("slopes", "mutates_input")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    while edges:
        result, operand, local = edges.pop(0)
        slope[operand] += slope[result] * local
    return slope


@wrong("slopes", "averaged")
def _(edges, count):
    arrived = [[] for _ in range(count)]
    arrived[-1] = [1.0]
    for result, operand, local in edges:
        arrived[operand].append(np.mean(arrived[result]) * local)
    return [np.mean(a) for a in arrived]


@wrong("slopes", "kept_first")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        if slope[operand] == 0:
            slope[operand] = slope[result] * local
    return slope


@wrong("slopes", "seed_first")
def _(edges, count):
    slope = [0.0] * count
    slope[0] = 1.0
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope


@wrong("slopes", "returned_early")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
        return slope


@wrong("slopes", "one_node")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope[0]


@wrong("slopes", "backwards+overwritten")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] = slope[result] * local
    slope.reverse()
    return slope


@wrong("slopes", "counted_twice")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += slope[operand] + slope[result] * local
    return slope


@wrong("slopes", "not_numbers")
def _(edges, count):
    slope = {count - 1: 1.0}
    for result, operand, local in edges:
        slope[operand] = slope.get(operand, 0) + slope[result] * local
    return slope


@wrong("slopes", "raises")
def _(edges, count):
    slope = [0.0] * (count - 1)
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope


@wrong("slopes", "ignores_argument")
def _(edges, count):
    slope = [0.5] * count
    slope[-1] = 1.0
    for _edge in edges:
        pass
    return slope


@odd("slopes")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += slope[result] * local ** 2
    return slope


# tanh_rule --------------------------------------------------------------------------------------------------

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


@wrong("tanh_rule", "forgot_g")
def _(g, z, x):
    return 1 - z ** 2


@wrong("tanh_rule", "at_x")
def _(g, z, x):
    local = 1 - x * x
    return g * local


@wrong("tanh_rule", "sigmoid_rule")
def _(g, z, x):
    return g * z * (1 - z)


@wrong("tanh_rule", "no_square")
def _(g, z, x):
    local = 1 - z
    return g * local


@wrong("tanh_rule", "tanh_of_z")
def _(g, z, x):
    t = np.tanh(z)
    return g * (1 - t ** 2)


@wrong("tanh_rule", "tanh_of_z")
def _(g, z, x):
    return g / np.cosh(z) ** 2


@wrong("tanh_rule", "sign_flipped")
def _(g, z, x):
    return g * (z ** 2 - 1)


@wrong("tanh_rule", "plus")
def _(g, z, x):
    return g * (1 + z * z)


@wrong("tanh_rule", "missing_brackets")
def _(g, z, x):
    return g * 1 - z ** 2


@wrong("tanh_rule", "squared_outside")
def _(g, z, x):
    return g * np.square(1 - z)


@wrong("tanh_rule", "value_not_slope")
def _(g, z, x):
    return g * np.tanh(x)


@wrong("tanh_rule", "second_derivative")
def _(g, z, x):
    local = -2 * z
    return g * local


@wrong("tanh_rule", "added")
def _(g, z, x):
    local = 1 - z ** 2
    return g + local


@wrong("tanh_rule", "summed")
def _(g, z, x):
    total = 0
    for i in np.ndindex(x.shape):
        total += g[i] * (1 - z[i] ** 2)
    return total


@wrong("tanh_rule", "one_cosh")
def _(g, z, x):
    return g * 2 / (np.exp(x) + np.exp(-x))


@wrong("tanh_rule", "forgot_g+sigmoid_rule")
def _(g, z, x):
    s = z
    return s * (1 - s)


@wrong("tanh_rule", "mutates_input")
def _(g, z, x):
    g *= 1 - z ** 2
    return g


@wrong("tanh_rule", "raises")
def _(g, z, x):
    return g * (1 - math.tanh(x) ** 2)


@odd("tanh_rule")
def _(g, z, x):
    return g * (1 - z ** 4) + x


# product_rules ----------------------------------------------------------------------------------------------

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


@wrong("product_rules", "not_transposed")
def _(g, x, y):
    dx = g @ y
    dy = x @ g
    return dx, dy


@wrong("product_rules", "not_transposed")
def _(g, x, y):
    dx = np.dot(g, y.T)
    dy = np.dot(x, g)
    return dx, dy


@wrong("product_rules", "wrong_side")
def _(g, x, y):
    dx = y.T @ g
    dy = g @ x.T
    return dx, dy


@wrong("product_rules", "wrong_side")
def _(g, x, y):
    return g @ y.T, g @ x.T


@wrong("product_rules", "swapped")
def _(g, x, y):
    dx = x.T @ g
    dy = g @ y.T
    return dx, dy


@wrong("product_rules", "transposed_result")
def _(g, x, y):
    dx = y @ g.T
    dy = g.T @ x
    return dx, dy


@wrong("product_rules", "transposed_result@dy")
def _(g, x, y):
    return g @ y.T, g.T @ x


@wrong("product_rules", "place_by_place")
def _(g, x, y):
    dx = y * g
    dy = g * x
    return dx, dy


@wrong("product_rules", "forgot_g")
def _(g, x, y):
    dx = y.T
    dy = x.T
    return dx, dy


@wrong("product_rules", "z_not_g")
def _(g, x, y):
    z = x @ y
    return z @ y.T, x.T @ z


@wrong("product_rules", "g_transposed")
def _(g, x, y):
    return g.T @ y, x.T @ g


@wrong("product_rules", "divided_by_m")
def _(g, x, y):
    m = x.shape[0]
    return g @ y.T / m, x.T @ g / m


@wrong("product_rules", "divided_by_m@dy")
def _(g, x, y):
    return g @ y.T, x.T @ g / len(x)


@wrong("product_rules", "only_dx")
def _(g, x, y):
    return g @ y.T


@wrong("product_rules", "returned_z")
def _(g, x, y):
    z = np.matmul(x, y)
    return z


@wrong("product_rules", "own_factor")
def _(g, x, y):
    dx = np.dot(g, x)
    dy = np.dot(y, g)
    return dx, dy


@wrong("product_rules", "raises")
def _(g, x, y):
    return (g + x) @ y.T, x.T @ g


@odd("product_rules")
def _(g, x, y):
    return g @ y.T + x, x.T @ g


# backward ---------------------------------------------------------------------------------------------------

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


@wrong("walk_back", "handed_on_again")
def _(operands, local, out):
    slope = {name: 0.0 for name in operands}
    slope[out] = 1.0

    def visit(name):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
            visit(operand)
    visit(out)
    return slope


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


@wrong("walk_back", "breadth_first")
def _(operands, local, out):
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


@wrong("walk_back", "handed_on_too_early")
def _(operands, local, out):
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


@wrong("walk_back", "handed_on_too_early")
def _(operands, local, out):
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


@wrong("walk_back", "handed_on_too_early")
def _(operands, local, out):
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


@wrong("walk_back", "sorted_by_name")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in sorted(operands)[::-1]:
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope


@wrong("walk_back", "order_of_the_dictionary")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in reversed(operands):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
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


@wrong("walk_back", "overwritten")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    waiting = [out]
    while waiting:
        name = waiting.pop()
        for operand in operands[name]:
            slope[operand] = slope[name] * local[name, operand]
            waiting.append(operand)
    return slope


@wrong("walk_back", "kept_first")
def _(operands, local, out):
    slope = {out: 1.0}
    waiting = [out]
    while waiting:
        name = waiting.pop()
        for operand in operands[name]:
            if operand not in slope:
                slope[operand] = slope[name] * local[name, operand]
                waiting.append(operand)
    return slope


@wrong("walk_back", "used_twice_counts_once")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in list(TopologicalSorter(operands).static_order())[::-1]:
        for operand in set(operands[name]):
            slope[operand] += slope[name] * local[name, operand]
    return slope


@wrong("walk_back", "emptied")
def _(operands, local, out):
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


@wrong("walk_back", "only_loss")
def _(operands, local, out):
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    ready = [name for name in operands if not operands[name]]
    for name in ready:
        for operand in operands[name]:
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


@wrong("walk_back", "other_names")
def _(operands, local, out):
    return {pair: slope for pair, slope in local.items()}


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


@wrong("walk_back", "raises")
def _(operands, local, out):
    slope = {out: 1.0}
    waiting = [out]
    while waiting:
        name = waiting.pop()
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
            waiting.append(operand)
    return slope


@odd("walk_back")
def _(operands, local, out):
    slope = backward_depth_first(operands, local, out)
    return {name: slope[name] ** 3 for name in slope}


# count ------------------------------------------------------------------------------------------------------

@right("count")
def count_prod(widths):
    return math.prod(widths), sum(a * b for a, b in zip(widths[:-1], widths[1:]))


@right("count")
def count_float(widths):
    w = np.array(widths, dtype=float)
    return np.prod(w), np.dot(w[:-1], w[1:])


@right("count")
def count_indices(widths):
    paths, edges = widths[0], 0
    for i in range(1, len(widths)):
        paths *= widths[i]
        edges += widths[i - 1] * widths[i]
    return [paths, edges]


@right("count")
def count_big_numbers(widths):
    return np.prod(np.array(widths, dtype=object)), int(sum(np.multiply(widths[1:], widths[:-1])))


@right("count")
def count_recursive(widths):
    if len(widths) == 1:
        return widths[0], 0
    paths, edges = count_recursive(widths[1:])
    return widths[0] * paths, widths[0] * widths[1] + edges


@right("count")
def count_dict(widths):
    return {"paths": np.prod(widths, dtype=float), "edges": sum(m * n for m, n in zip(widths, widths[1:]))}


@right("count")
def count_logarithms(widths):
    return np.array([np.exp(np.sum(np.log(widths))), sum(np.convolve(widths, [1, 0])[:0]) + sum(
        widths[i] * widths[i + 1] for i in range(len(widths) - 1))])


@wrong("count", "overflow")
def _(widths):
    widths = np.array(widths)
    paths = 1
    for width in widths:
        paths *= width
    return paths, (widths[:-1] * widths[1:]).sum()


@wrong("count", "overflow")
def _(widths):
    paths = np.cumprod(widths)[-1]
    edges = sum(m * n for m, n in zip(widths, widths[1:]))
    return paths, edges


@wrong("count", "paths_added")
def _(widths):
    paths = 0
    edges = 0
    for width in widths:
        paths += width
    for m, n in zip(widths, widths[1:]):
        edges += m * n
    return paths, edges


@wrong("count", "starts_at_zero")
def _(widths):
    paths = 0
    for width in widths:
        paths *= width
    return paths, sum(m * n for m, n in zip(widths, widths[1:]))


@wrong("count", "swapped")
def _(widths):
    edges = sum(m * n for m, n in zip(widths, widths[1:]))
    return edges, math.prod(widths)


@wrong("count", "swapped+overflow")
def _(widths):
    return sum(m * n for m, n in zip(widths, widths[1:])), np.prod(widths)


@wrong("count", "all_pairs")
def _(widths):
    edges = 0
    for i in range(len(widths)):
        for j in range(i):
            edges += widths[i] * widths[j]
    return math.prod(widths), edges


@wrong("count", "first_layer_left_out@paths")
def _(widths):
    paths = 1
    for i in range(1, len(widths)):
        paths *= widths[i]
    return paths, sum(m * n for m, n in zip(widths, widths[1:]))


@wrong("count", "last_layer_left_out@edges")
def _(widths):
    edges = 0
    for i in range(len(widths) - 2):
        edges += widths[i] * widths[i + 1]
    return math.prod(widths), edges


@wrong("count", "nodes_not_edges")
def _(widths):
    return math.prod(widths), np.sum(widths)


@wrong("count", "edges_multiplied")
def _(widths):
    edges = 1
    for m, n in zip(widths, widths[1:]):
        edges *= m * n
    return math.prod(widths), edges


@wrong("count", "neighbours_added")
def _(widths):
    return math.prod(widths), sum(widths[i] + widths[i + 1] for i in range(len(widths) - 1))


@wrong("count", "wrapped")
def _(widths):
    edges = 0
    for i in range(len(widths)):
        edges += widths[i - 1] * widths[i]
    return math.prod(widths), edges


@wrong("count", "one_gap")
def _(widths):
    edges = 0
    for i in range(len(widths) - 1):
        edges = widths[i] * widths[i + 1]
    return math.prod(widths), edges


@wrong("count", "counted_biases")
def _(widths):
    return math.prod(widths), sum((m + 1) * n for m, n in zip(widths, widths[1:]))


@wrong("count", "edges_of_all_paths")
def _(widths):
    paths = math.prod(widths)
    return paths, paths * (len(widths) - 1)


@wrong("count", "paths_added@paths+nodes_not_edges@edges")
def _(widths):
    return sum(widths), sum(widths)


@wrong("count", "only_paths")
def _(widths):
    return math.prod(widths)


@wrong("count", "raises")
def _(widths):
    edges = 0
    for i in range(len(widths)):
        edges += widths[i] * widths[i + 1]
    return math.prod(widths), edges


@wrong("count", "ignores_argument")
def _(widths):
    return 10 ** 20, 90000


@wrong("count", "mutates_input")
def _(widths):
    edges = sum(m * n for m, n in zip(widths, widths[1:]))
    paths = 1
    while widths:
        paths *= widths.pop()
    return paths, edges


@odd("count")
def _(widths):
    return math.prod(widths), sum(m * m * n for m, n in zip(widths, widths[1:]))


@odd("count")
def _(widths):
    return math.prod(widths) + 1, sum(m * n for m, n in zip(widths, widths[1:]))


# forward ----------------------------------------------------------------------------------------------------

@right("forward")
def forward_math(x, dx, y, dy):
    return y * dx + x * dy, math.cos(x) * dx


@right("forward")
def forward_steps(x, dx, y, dy):
    da = 0.0
    da += dx * y
    da += dy * x
    return {"da": da, "db": dx * np.cos(x)}


@right("forward")
def forward_dots(x, dx, y, dy):
    J = np.array([[y, x], [np.cos(x), 0]])
    return list(J @ [dx, dy])


@right("forward")
def forward_jvp(x, dx, y, dy):
    v = np.array([dx, dy])
    p = np.array([x, y])
    return jvp(lambda p: p[0] * p[1], p, v)[1], jvp(lambda p: np.sin(p[0]), p, v)[1]


@right("forward")
def forward_complex(x, dx, y, dy):
    h = 1e-20
    a = (x + 1j * h * dx) * (y + 1j * h * dy)
    return a.imag / h, cmath.sin(x + 1j * h * dx).imag / h


@right("forward")
def forward_difference_of_nudges(x, dx, y, dy):
    h = 1e-6
    da = ((x + h * dx) * (y + h * dy) - (x - h * dx) * (y - h * dy)) / (2 * h)
    db = (np.sin(x + h * dx) - np.sin(x - h * dx)) / (2 * h)
    return da, db


@right("forward")
def forward_shifted_sine(x, dx, y, dy):
    return np.sum([dx * y, x * dy]), np.sin(x + np.pi / 2) * dx


@wrong("forward", "product_of_nudges")
def _(x, dx, y, dy):
    da = dx * dy
    db = math.cos(x) * dx
    return da, db


@wrong("forward", "only_dx")
def _(x, dx, y, dy):
    return y * dx, dx * np.cos(x)


@wrong("forward", "only_dy")
def _(x, dx, y, dy):
    da = x * dy
    return da, dx * np.cos(x)


@wrong("forward", "own_value")
def _(x, dx, y, dy):
    da = dx * x + dy * y
    db = dx * np.cos(x)
    return da, db


@wrong("forward", "minus")
def _(x, dx, y, dy):
    return y * dx - x * dy, dx * np.cos(x)


@wrong("forward", "no_cosine")
def _(x, dx, y, dy):
    da = y * dx + x * dy
    db = dx
    return da, db


@wrong("forward", "function_of_nudge")
def _(x, dx, y, dy):
    da = y * dx + x * dy
    db = math.sin(dx)
    return da, db


@wrong("forward", "function_of_nudge")
def _(x, dx, y, dy):
    return y * dx + x * dy, math.cos(dx)


@wrong("forward", "no_sine_nudge")
def _(x, dx, y, dy):
    return y * dx + x * dy, math.cos(x)


@wrong("forward", "minus_cosine")
def _(x, dx, y, dy):
    return y * dx + x * dy, -dx * math.cos(x)


@wrong("forward", "sine_not_differentiated")
def _(x, dx, y, dy):
    return y * dx + x * dy, dx * math.sin(x)


@wrong("forward", "other_nudge")
def _(x, dx, y, dy):
    da = y * dx + x * dy
    return da, np.cos(x) * da


@wrong("forward", "returned_values")
def _(x, dx, y, dy):
    a = x * y
    b = np.sin(x)
    return a, b


@wrong("forward", "whole_change")
def _(x, dx, y, dy):
    a, b = x * y, np.sin(x)
    x, y = x + dx, y + dy
    return x * y - a, np.sin(x) - b


@wrong("forward", "swapped")
def _(x, dx, y, dy):
    return math.cos(x) * dx, y * dx + x * dy


@wrong("forward", "product_of_nudges@da+no_cosine@db")
def _(x, dx, y, dy):
    return dx * dy, dx


@wrong("forward", "only_da")
def _(x, dx, y, dy):
    return y * dx + x * dy


@wrong("forward", "sign_flipped@da")
def _(x, dx, y, dy):
    return -y * dx - x * dy, math.cos(x) * dx


@wrong("forward", "raises")
def _(x, dx, y, dy):
    return y * dx + x * dy, cos(x) * dx  # noqa: F821


@odd("forward")
def _(x, dx, y, dy):
    return y * dx + x * dy + dx ** 3, math.cos(x) * dx


@odd("forward")
def _(x, dx, y, dy):
    return y * dx + x * dy, math.cos(x) * dx ** 2


# finite_differences -----------------------------------------------------------------------------------------

@right("finite_differences")
def finite_differences_taken_back(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        w[j] += h
        gradient[j] = (f(w) - start) / h
        w[j] -= h
    return gradient


@right("finite_differences")
def finite_differences_remembered(f, w, h):
    gradient = []
    for j in range(len(w)):
        old = w[j]
        start = f(w)
        w[j] = old + h
        gradient.append((f(w) - start) / h)
        w[j] = old
    return gradient


@right("finite_differences")
def finite_differences_eye(f, w, h):
    return np.array([(f(w + h * e) - f(w)) / h for e in np.eye(w.size)])


@right("finite_differences")
def finite_differences_central(f, w, h):
    g = np.zeros_like(w)
    for j in range(w.size):
        e = np.zeros_like(w)
        e[j] = h
        g[j] = (f(w + e) - f(w - e)) / (2 * h)
    return g


@right("finite_differences")
def finite_differences_there_and_back(f, w, h):
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        w[j] += h
        up = f(w)
        w[j] -= 2 * h
        down = f(w)
        w[j] += h
        gradient[j] = (up - down) / (2 * h)
    return gradient


@right("finite_differences")
def finite_differences_to_the_left(f, w, h):
    gradient, start = np.zeros(len(w)), f(w)
    for j in range(len(w)):
        left = np.array(w)
        left[j] -= h
        gradient[j] = (start - f(left)) / h
    return gradient


@right("finite_differences")
def finite_differences_numeric(f, w, h):
    return forward_difference(f, w, h)


@right("finite_differences")
def finite_differences_where(f, w, h):
    places = np.arange(len(w))
    return [(f(np.where(places == j, w + h, w)) - f(w)) / h for j in places]


@right("finite_differences")
def finite_differences_half_steps(f, w, h):
    return central_difference(f, w, h)


@wrong("finite_differences", "not_restored")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        w[j] = w[j] + h
        gradient[j] = (f(w) - start) / h
    return gradient


@wrong("finite_differences", "not_restored")
def _(f, w, h):
    gradient = np.zeros(len(w))
    nudged = w.copy()
    for j in range(len(w)):
        nudged[j] += h
        gradient[j] = (f(nudged) - f(w)) / h
    return gradient


@wrong("finite_differences", "not_restored")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        old = w
        w[j] += h
        gradient[j] = (f(w) - start) / h
        w = old
    return gradient


@wrong("finite_differences", "start_moves")
def _(f, w, h):
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        start = f(w)
        w[j] += h
        gradient[j] = (f(w) - start) / h
    return gradient


@wrong("finite_differences", "restored_too_far")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        w[j] += h
        gradient[j] = (f(w) - start) / h
        w[j] -= 2 * h
    return gradient


@wrong("finite_differences", "restored_too_far")
def _(f, w, h):
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        w[j] += h
        up = f(w)
        w[j] -= 2 * h
        gradient[j] = (up - f(w)) / (2 * h)
    return gradient


@wrong("finite_differences", "forgot_h")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] += h
        gradient[j] = f(nudged) - start
    return gradient


@wrong("finite_differences", "no_difference_left")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        w[j] += h
        w[j] -= h
        gradient[j] = (f(w) - start) / h
    return gradient


@wrong("finite_differences", "no_difference_left")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] += h
        gradient[j] = (f(w) - start) / h
    return gradient


@wrong("finite_differences", "all_at_once")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        gradient[j] = (f(w + h) - start) / h
    return gradient


@wrong("finite_differences", "all_at_once")
def _(f, w, h):
    return (f(w + h) - f(w)) / h


@wrong("finite_differences", "one_weight")
def _(f, w, h):
    start = f(w)
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] += h
        gradient = (f(nudged) - start) / h
    return gradient


@wrong("finite_differences", "one_weight")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] += h
        gradient[j] = (f(nudged) - start) / h
        return gradient


@wrong("finite_differences", "sign_flipped")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        w[j] += h
        gradient[j] = (start - f(w)) / h
        w[j] -= h
    return gradient


@wrong("finite_differences", "two_nudges")
def _(f, w, h):
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += h
        down[j] -= h
        gradient[j] = (f(up) - f(down)) / h
    return gradient


@wrong("finite_differences", "factor_half")
def _(f, w, h):
    return np.array([(f(w + h * e) - f(w)) / (2 * h) for e in np.eye(len(w))])


@wrong("finite_differences", "nudged_by_one")
def _(f, w, h):
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        e = np.zeros(len(w))
        e[j] = 1
        gradient[j] = (f(w + e) - f(w)) / h
    return gradient


@wrong("finite_differences", "forgot_start")
def _(f, w, h):
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] += h
        gradient[j] = f(nudged) / h
    return gradient


@wrong("finite_differences", "mutates_input")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] += h
        gradient[j] = (f(nudged) - start) / h
    w -= 0.1 * gradient
    return gradient


@wrong("finite_differences", "ignores_argument")
def _(f, w, h):
    return 2 * w + h


@wrong("finite_differences", "raises")
def _(f, w, h):
    return [(f(w[j] + h) - f(w[j])) / h for j in len(w)]


@odd("finite_differences")
def _(f, w, h):
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        nudged = w.copy()
        nudged[j] += h
        gradient[j] = (f(nudged) - start) / h + start
    return gradient
