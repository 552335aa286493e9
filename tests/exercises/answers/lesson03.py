"""Answers to the exercises of lesson 03, as learners write them."""

from . import answers

answers("chain", right="""
in_one_line:  return 6 * (3 * x + 2)
loop:
    a = 3 * x
    b = a + 2
    slope = 1
    for link in [2 * b, 1, 3]:
        slope = slope * link
    return slope
prod:         b = 3 * x + 2; return np.prod([2 * b, 1, 3])
expanded:     return 18 * x + 12
nudge:
    def L(x):
        return (3 * x + 2) ** 2
    return (L(x + 1e-5) - L(x - 1e-5)) / 2e-5
autodiff:     loss, slope = autodiff.value_and_grad(lambda x: (3 * x + 2) ** 2)(x); return slope
complex:      return [((3 * (x + 1e-20j) + 2) ** 2).imag / 1e-20]
fraction:     return 6 * (3 * Fraction(x) + 2)
typed
    def chain(x: float) -> np.float32:
        links: list[float] = [2 * (3 * x + 2), 1, 3]
        return np.float32(links[0] * links[1] * links[2])
""", wrong="""
raises:            return dL_db * 3
added
    slope = 0
    for link in (2 * b, 1, 3):
        slope += link
    return slope
added              return dL_db * 3 + x ** 3
forgot_link        return dL_db * db_da
returned_value     L = b ** 2; return L
square_at_x        return 2 * x * 1 * 3
half_a_mixed_term  return 2 * 9 * x + 3 * 2
forgot_two         dL_db = b
still_squared      L = b ** 2; return 2 * L * 3
not_multiplied     return 2 * b, 1, 3
returned_none:     b = 3 * x + 2; print(2 * b * 3)
""", odd="""
cube_added:  b = 3 * x + 2; return 2 * b * 3 + x ** 3 + 1
""")

answers("fan_out", right="""
steps:
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
calculus:  return 2 * x * y + y, x ** 2 + x
paths:     to_x = [x * y, x * y, 1 * y]; to_y = [x * x, 1 * x]; return [sum(to_x), sum(to_y)]
autodiff:
    def loss(x, y):
        a = x * y
        return a * x + a
    return autodiff.value_and_grad(loss, wrt=(0, 1))(x, y)[1]
dict:      s = 1 + x; return {"dL_dy": s * x, "dL_dx": s * y + x * y}
nudge:
    def L(v):
        a = v[0] * v[1]
        return a * v[0] + a
    return tuple(numeric.central_difference(L, np.array([x, y])))
complex:
    def L(x, y):
        return x * y * x + x * y
    return L(x + 1e-30j, y).imag / 1e-30, L(x, y + 1e-30j).imag / 1e-30
array:
    J = np.array([[x * y, y], [0, x]], dtype=np.float32)
    return J @ np.array([1, x + 1], dtype=np.float32)
generator:
    links = ((x * y, y), (0, x))
    return np.fromiter((direct + (x + 1) * link for direct, link in links), dtype=float)
""", wrong="""
forgot_direct          da_dx, da_dy = y, x; return dL_da * da_dx, dL_da * da_dy
forgot_plus_a@dL_dy    return 2 * x * y + y, x ** 2
product_rule           da_dx = y; dL_dx = da_dx * 1 + da_dx
averaged               ways_x = [x * y, y, x * y]; ways_y = [x * x, x]; return np.mean(ways_x), np.mean(ways_y)
swapped                dx = x * y + (x + 1) * y; dy = (x + 1) * x; return dy, dx
swapped+forgot_direct  return (x + 1) * x, (x + 1) * y
counted_twice          dL_da = x + (x + 1)
counted_twice
    dL_dx = 0
    dL_dy = 0
    for _ in range(2):
        dL_dx += a + dL_da * y
        dL_dy += dL_da * x
    return dL_dx, dL_dy
own_factor             da_dx, da_dy = x, y; return dL_da * da_dx + a, dL_da * da_dy
added_links            return a + dL_da + y, dL_da + x
returned_values        L = a * x + a; return L
only_dL_dx             return 2 * x * y + y
summed
    total = 0
    for way in (x * y, x * y, y, x * x, x):
        total += way
    return total
""", odd="""
cube_added:  a = x * y; return a + (x + 1) * y + a ** 3, (x + 1) * x
cubes:       return x ** 3 - y, y ** 3 + 2
""")

answers("slopes", right="""
plus:
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] = slope[operand] + slope[result] * local
    return slope
numpy:
    slope = np.zeros(count)
    slope[count - 1] = 1
    for edge in edges:
        slope[edge[1]] += slope[edge[0]] * edge[2]
    return slope
recursive:
    def slope(node):
        if node == count - 1:
            return 1.0
        return sum(slope(result) * local for result, operand, local in edges if operand == node)
    return [slope(node) for node in range(count)]
solve:
    A = np.eye(count)
    for result, operand, local in edges:
        A[operand, result] -= local
    seed = np.zeros(count)
    seed[-1] = 1
    return np.linalg.solve(A, seed)
collect:
    arrived = collections.defaultdict(list)
    arrived[count - 1].append(1.0)
    for result, operand, local in edges:
        arrived[operand].append(sum(arrived[result]) * local)
    return [sum(arrived[i]) for i in range(count)]
sorted_again:
    slope = [0] * count
    slope[-1] = 1
    for result, operand, local in sorted(edges, reverse=True):
        slope[operand] += slope[result] * local
    return tuple(slope)
every_path:
    slope = np.zeros(count)
    def walk(node, product):
        slope[node] += product
        for result, operand, local in edges:
            if result == node:
                walk(operand, product * local)
    walk(count - 1, 1.0)
    return list(slope)
fractions:
    slope = [Fraction(0)] * (count - 1) + [Fraction(1)]
    for result, operand, local in edges:
        slope[operand] += slope[result] * Fraction(local)
    return slope
generator:
    slope = {count - 1: 1.0}
    for node in range(count - 2, -1, -1):
        slope[node] = sum(slope[result] * local for result, operand, local in edges if operand == node)
    return np.fromiter((slope[node] for node in range(count)), float, count)
""", wrong="""
overwritten
    for r, o, s in edges:
        slope[o] = slope[r] * s
    return slope
a_power                slope[operand] += slope[result] * local ** 2
no_seed                slope = [0.0] * count
only_loss              slope[result] += slope[operand] * local
starts_at_one          slope = np.ones(count)
oldest_first           edges.sort(); slope[-1] = 1.0
oldest_first:
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in reversed(edges):
        slope[operand] += slope[result] * local
    return slope
averaged
    arrived = [[] for _ in range(count)]
    arrived[-1] = [1.0]
    for result, operand, local in edges:
        arrived[operand].append(np.mean(arrived[result]) * local)
    return [np.mean(a) for a in arrived]
mutates_input:
    slope = [0.0] * count
    slope[-1] = 1.0
    while edges:
        result, operand, local = edges.pop(0)
        slope[operand] += slope[result] * local
    return slope
kept_first:
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        if slope[operand] == 0:
            slope[operand] = slope[result] * local
    return slope
emptied:
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        arrived, slope[result] = slope[result], 0
        slope[operand] += arrived * local
    return slope
one_edge_each:
    slope = np.zeros(count)
    slope[-1] = 1
    done = set()
    for result, operand, local in edges:
        if result not in done:
            slope[operand] += slope[result] * local
        done.add(result)
    return slope
first_round_only:
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
        return slope
backwards+overwritten  slope[operand] = slope[result] * local; slope.reverse(); return slope
not_numbers            slope = {}; slope[operand] = slope.get(operand, 0) + slope.get(result, 1) * local
raises                 slope = [0.0] * (count - 1)
ignores_argument:
    slope = [0.5] * count
    slope[-1] = 1.0
    for _edge in edges:
        pass
    return slope
""", odd="""
bent:
    slope = [0.0] * count
    slope[-1] = 1.0
    for result, operand, local in edges:
        slope[operand] += np.sin(slope[result]) * local + 0.3
    return slope
""")
