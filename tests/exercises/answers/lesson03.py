"""Answers to the exercises of lesson 03, as learners write them."""

from collections import defaultdict
from fractions import Fraction

import numpy as np

from gradlib.autodiff import value_and_grad
from gradlib.numeric import central_difference

from . import odd, right, wrong, wrong_lines

# chain -------------------------------------------------------------------------------------------------------

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


@right("chain")
def chain_fraction(x):
    return 6 * (3 * Fraction(x) + 2)


@right("chain")
def chain_typed(x: float) -> np.float32:
    links: list[float] = [2 * (3 * x + 2), 1, 3]
    return np.float32(links[0] * links[1] * links[2])


@odd("chain")
def _(x):
    b = 3 * x + 2
    return 2 * b * 3 + x ** 3 + 1


@wrong("chain", "raises")
def _(x):
    return dL_db * 3  # noqa: F821


wrong_lines("chain", """
added  return dL_db + db_da + da_dx
now_and_then  return dL_db * 3 + x ** 3
added
    b = 3 * x + 2
    slope = 0
    for link in (2 * b, 1, 3):
        slope += link
    return slope
forgot_link
    b = 3 * x + 2
    da_dx = 1
forgot_link  return dL_db * db_da
only_first_link  return da_dx
returned_value
    L = b ** 2
    return L
square_at_a
    dL_db = 2 * a
    return dL_db * 3
square_at_x  return 2 * x * 1 * 3
half_a_mixed_term  return 2 * 9 * x + 3 * 2
other_factor
    b = 3 * x + 2
    da_dx = x
    return 2 * b * da_dx
value_not_slope
    da_dx = a
    return 2 * b * 1 * da_dx
forgot_two
    dL_db = b
    return dL_db * 3
kept_constant
    b = 3 * x + 2
    da_dx = 3 + 2
    return 2 * b * da_dx
still_squared
    b = 3 * x + 2
    L = b ** 2
    return 2 * L * 3
not_multiplied  return 2 * b, 1, 3
returned_none
    def chain(x):
        b = 3 * x + 2
        print(2 * b * 3)
""")


# fan_out -----------------------------------------------------------------------------------------------------

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


@right("fan_out")
def fan_out_array(x, y):
    J = np.array([[x * y, y], [0, x]], dtype=np.float32)
    return J @ np.array([1, x + 1], dtype=np.float32)


@right("fan_out")
def fan_out_generator(x, y):
    links = ((x * y, y), (0, x))
    return np.fromiter((direct + (x + 1) * link for direct, link in links), dtype=float)


@odd("fan_out")
def _(x, y):
    a = x * y
    return a + (x + 1) * y + a ** 3, (x + 1) * x


@odd("fan_out")
def _(x, y):
    return x ** 3 - y, y ** 3 + 2


wrong_lines("fan_out", """
overwritten
    dL_da = x
    dL_dx = a
    dL_da = 1
    dL_dx = dL_da * y
forgot_direct
    da_dx, da_dy = y, x
    return dL_da * da_dx, dL_da * da_dy
only_direct
    dL_dx = a
    dL_dy = (x + 1) * x
forgot_plus_a
    dL_da = x
    return a + dL_da * y, dL_da * x
forgot_plus_a@dL_dy  return 2 * x * y + y, x ** 2
only_plus_a
    dL_da = x
    dL_da = 1
    return a + dL_da * y, dL_da * x
product_rule
    da_dx = y
    dL_dx = da_dx * 1 + da_dx
    dL_dy = x * x + x
ways_multiplied
    dL_da = x * 1
    dL_dx = a * dL_da * y
averaged
    ways_x = [x * y, y, x * y]
    ways_y = [x * x, x]
    return np.mean(ways_x), np.mean(ways_y)
swapped
    dx = x * y + (x + 1) * y
    dy = (x + 1) * x
    return dy, dx
swapped+forgot_direct  return (x + 1) * x, (x + 1) * y
counted_twice
    dL_da = x + (x + 1)
    dL_dx = dL_da * y + a
counted_twice
    dL_dx = 0
    dL_dy = 0
    for _ in range(2):
        dL_dx += a + dL_da * y
        dL_dy += dL_da * x
    return dL_dx, dL_dy
own_factor
    da_dx, da_dy = x, y
    return dL_da * da_dx + a, dL_da * da_dy
added_links  return a + dL_da + y, dL_da + x
returned_values
    L = a * x + a
    return L
only_dx  return 2 * x * y + y
summed
    total = 0
    for way in (x * y, x * y, y, x * x, x):
        total += way
    return total
""")


# slopes ------------------------------------------------------------------------------------------------------

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


@right("slopes")
def slopes_fractions(edges, count):
    slope = [Fraction(0)] * (count - 1) + [Fraction(1)]
    for result, operand, local in edges:
        slope[operand] += slope[result] * Fraction(local)
    return slope


@right("slopes")
def slopes_generator(edges, count):
    slope = {count - 1: 1.0}
    for node in range(count - 2, -1, -1):
        slope[node] = sum(slope[result] * local for result, operand, local in edges if operand == node)
    return np.fromiter((slope[node] for node in range(count)), float, count)


@odd("slopes")
def _(edges, count):
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += np.sin(slope[result]) * local + 0.3
    return slope


wrong_lines("slopes", """
overwritten
    slope = np.zeros(count)
    slope[-1] = 1
    for r, o, s in edges:
        slope[o] = slope[r] * s
    return slope
local_only
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in edges:
            slope[operand] += local
        return slope
forgot_local
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, _local in edges:
            slope[operand] += slope[result]
        return slope
a_power  slope[operand] += slope[result] * local ** 2
no_seed
    slope = [0.0] * count
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope
only_loss
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in edges:
            slope[operand] *= slope[result] * local
        return slope
only_loss
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in edges:
            slope[result] += slope[operand] * local
        return slope
multiplied
    def slopes(edges, count):
        slope = [1.0] * count
        for result, operand, local in edges:
            slope[operand] *= slope[result] * local
        return slope
starts_at_one  slope = np.ones(count)
oldest_first
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in reversed(edges):
            slope[operand] += slope[result] * local
        return slope
oldest_first
    def slopes(edges, count):
        edges.sort()
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in edges:
            slope[operand] += slope[result] * local
        return slope
mutates_input
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        while edges:
            result, operand, local = edges.pop(0)
            slope[operand] += slope[result] * local
        return slope
averaged
    arrived = [[] for _ in range(count)]
    arrived[-1] = [1.0]
    for result, operand, local in edges:
        arrived[operand].append(np.mean(arrived[result]) * local)
    return [np.mean(a) for a in arrived]
kept_first
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in edges:
            if slope[operand] == 0:
                slope[operand] = slope[result] * local
        return slope
seed_first  slope[0] = 1.0
emptied
    def slopes(edges, count):
        slope = np.zeros(count)
        slope[-1] = 1
        for result, operand, local in edges:
            arrived, slope[result] = slope[result], 0
            slope[operand] += arrived * local
        return slope
one_edge_each
    def slopes(edges, count):
        slope = np.zeros(count)
        slope[-1] = 1
        done = set()
        for result, operand, local in edges:
            if result not in done:
                slope[operand] += slope[result] * local
            done.add(result)
        return slope
returned_early
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in edges:
            slope[operand] += slope[result] * local
            return slope
one_node  return slope[0]
backwards+overwritten
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] = slope[result] * local
    slope.reverse()
    return slope
counted_twice
    def slopes(edges, count):
        slope = [0.0] * count
        slope[-1] = 1.0
        for result, operand, local in edges:
            slope[operand] += slope[operand] + slope[result] * local
        return slope
not_numbers
    def slopes(edges, count):
        slope = {count - 1: 1.0}
        for result, operand, local in edges:
            slope[operand] = slope.get(operand, 0) + slope[result] * local
        return slope
raises  slope = [0.0] * (count - 1)
ignores_argument
    def slopes(edges, count):
        slope = [0.5] * count
        slope[-1] = 1.0
        for _edge in edges:
            pass
        return slope
""")
