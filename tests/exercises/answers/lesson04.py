"""Answers to the exercises of lesson 04, as learners write them."""

from . import answers

answers("tanh_rule", right="""
products:      return g * (1 - z * z)
cosh:          return g / np.cosh(x) ** 2
factors:       return g * (1 - z) * (1 + z)
again:         local = 1 - np.tanh(x) ** 2; return np.multiply(local, g)
expanded:      return g - g * np.square(z)
loop:
    dx = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        dx[i] = g[i] * (1 - math.tanh(x[i]) ** 2)
    return dx
autodiff:      return autodiff.value_and_grad(lambda x: (g * np.tanh(x)).sum())(x)[1]
exponentials:  e = np.exp(2 * x); return 4 * e / (e + 1) ** 2 * g
float32
    def tanh_rule(g: np.ndarray, z: np.ndarray, x: np.ndarray) -> np.ndarray:
        z = z.astype(np.float32)
        return (1 - z * z) * g.astype(np.float32)
generator:
    pairs = zip(g.ravel(), z.ravel())
    return np.fromiter((slope * (1 - value ** 2) for slope, value in pairs), float).reshape(g.shape)
""", wrong="""
forgot_g               return 1 - z ** 2
at_x                   local = 1 - x * x
sigmoid_rule           return g * z * (1 - z)
value_too              return g * (1 - z ** 2) * z
matrix_product         return np.matmul(g, 1 - z ** 2)
stretched              t = (np.exp(4 * x) - 1) / (np.exp(4 * x) + 1); return g * (1 - t ** 2)
one_cosh               return g * np.sqrt(1 - z ** 2)
                       return g * 2 / (np.exp(x) + np.exp(-x))
tanh_of_z              t = np.tanh(z); return g * (1 - t ** 2)
                       return g / np.cosh(z) ** 2
sign_flipped           return g * (z ** 2 - 1)
plus                   return g * (1 + z * z)
missing_brackets       return g * 1 - z ** 2
squared_outside        return g * np.square(1 - z)
value_not_slope        return g * np.tanh(x)
summed
    total = 0
    for i in np.ndindex(x.shape):
        total += g[i] * (1 - z[i] ** 2)
    return total
forgot_g+sigmoid_rule  s = z; return s * (1 - s)
mutates_input          g *= 1 - z ** 2; return g
raises                 return g * (1 - math.tanh(x) ** 2)
""", odd="""
fourth_power:  return g * (1 - z ** 4) + x
""")

answers("product_rules", right="""
at:         return g @ y.T, x.T @ g
turned:     return (y @ g.T).T, (g.T @ x).T
einsum:     return np.einsum("mn,kn->mk", g, y), np.einsum("mk,mn->kn", x, g)
loops:
    dx, dy = np.zeros(x.shape), np.zeros(y.shape)
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                dx[i, k] += g[i, j] * y[k, j]
                dy[k, j] += x[i, k] * g[i, j]
    return dx, dy
dict:       return {"dx": np.matmul(g, np.transpose(y)), "dy": np.matmul(np.transpose(x), g)}
autodiff:
    loss, slopes = autodiff.value_and_grad(lambda x, y: (g * autodiff.dot(x, y)).sum(), wrt=(0, 1))(x, y)
    return slopes
tensordot:  return np.tensordot(g, y, axes=(1, 1)), np.tensordot(x, g, axes=(0, 0))
lists:
    dx = [[sum(a * b for a, b in zip(row, other)) for other in y.tolist()] for row in g.tolist()]
    dy = [[sum(a * b for a, b in zip(row, other)) for other in g.T.tolist()] for row in x.T.tolist()]
    return [dx, dy]
float32:
    g, x, y = (table.astype(np.float32) for table in (g, x, y))
    return tuple(map(np.matmul, (g, x.T), (y.T, g)))
partial
    def product_rules(g: np.ndarray, x: np.ndarray, y: np.ndarray) -> dict:
        from_left = functools.partial(np.dot, x.T)
        return {"dy": from_left(g), "dx": functools.partial(np.dot, g)(y.T)}
""", wrong="""
not_transposed        dx = g @ y; dy = x @ g
                      dy = np.dot(x, g)
wrong_side            dx = y.T @ g; dy = g @ x.T
                      return g @ y.T, g @ x.T
swapped               dx = x.T @ g; dy = g @ y.T
transposed_result     dx = y @ g.T; dy = g.T @ x
transposed_result@dy  return g @ y.T, g.T @ x
place_by_place        dx = y * g; dy = g * x
forgot_g              dx = y.T; dy = x.T
z_not_g               z = x @ y; return z @ y.T, x.T @ z
g_transposed          return g.T @ y, x.T @ g
summed                return np.sum(g @ y.T), np.sum(x.T @ g)
divided_by_m          m = x.shape[0]; return g @ y.T / m, x.T @ g / m
value_too             return x * (g @ y.T), y * (x.T @ g)
divided_by_m@dy       return g @ y.T, x.T @ g / len(x)
only_dx               return g @ y.T
returned_z            z = np.matmul(x, y); return z
own_factor            dx = np.dot(g, x); dy = np.dot(y, g)
raises                return (g + x) @ y.T, x.T @ g
""", odd="""
sine_added:  return g @ y.T + np.sin(x), x.T @ g
""")

answers("walk_back", right="""
depth_first:
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
every_path:
    slope = dict.fromkeys(operands, 0.0)
    def visit(name, arrived):
        slope[name] += arrived
        for operand in operands[name]:
            visit(operand, arrived * local[name, operand])
    visit(out, 1.0)
    return slope
stack_of_parts:
    slope = dict.fromkeys(operands, 0.0)
    waiting = [(out, 1.0)]
    while waiting:
        name, part = waiting.pop()
        slope[name] += part
        for operand in operands[name]:
            waiting.append((operand, part * local[name, operand]))
    return slope
from_below:
    def slope(name):
        if name == out:
            return 1.0
        total = 0
        for user in operands:
            total += operands[user].count(name) * (slope(user) * local[user, name] if name in operands[user] else 0)
        return total
    return {name: slope(name) for name in operands}
graphlib:
    slope = collections.defaultdict(float)
    slope[out] = 1.0
    for name in reversed(list(graphlib.TopologicalSorter(operands).static_order())):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope
longest_way:
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
rounds:
    slope, done = {out: 1.0}, []
    while len(done) < len(operands):
        for name in operands:
            users = [user for user in operands if name in operands[user]]
            if name not in done and all(user in done for user in users):
                done.append(name)
                for operand in operands[name]:
                    slope[operand] = slope.get(operand, 0) + slope[name] * local[(name, operand)]
    return slope
matrix:
    names = list(operands)
    A = np.eye(len(names))
    for name in names:
        for operand in operands[name]:
            A[names.index(operand), names.index(name)] -= local[name, operand]
    seed = np.array([float(name == out) for name in names])
    return dict(zip(names, np.linalg.solve(A, seed)))
remembered:
    @functools.cache
    def slope(name):
        users = ((user, operand) for user in operands for operand in operands[user] if operand == name)
        return float(name == out) + sum(slope(user) * local[user, name] for user, _ in users)
    return {name: slope(name) for name in operands}
""", wrong="""
handed_on_again:
    slope = collections.defaultdict(float, {out: 1.0})
    queue = collections.deque([out])
    while queue:
        name = queue.popleft()
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
            queue.append(operand)
    return slope
handed_on_again:
    slope = {name: 0.0 for name in operands} | {out: 1.0}
    def visit(name):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
            visit(operand)
    visit(out)
    return slope
handed_on_again:
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
not_reversed:
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in graphlib.TopologicalSorter(operands).static_order():
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope
overwritten:
    slope = {out: 1.0}
    order = list(graphlib.TopologicalSorter(operands).static_order())
    while order:
        name = order.pop()
        for operand in operands[name]:
            slope[operand] = slope[name] * local[name, operand]
    return slope
overwritten:
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    waiting = [out]
    while waiting:
        name = waiting.pop()
        for operand in operands[name]:
            slope[operand] = slope[name] * local[name, operand]
            waiting.append(operand)
    return slope
used_twice_counts_once:
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in list(graphlib.TopologicalSorter(operands).static_order())[::-1]:
        for operand in set(operands[name]):
            slope[operand] += slope[name] * local[name, operand]
    return slope
only_leaves    return {name: slope[name] for name in slope if operands[name] == ()}
not_numbers    return slope["x" if "x" in operands else "p"]
               return [slope[name] for name in operands]
mutates_input:
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    order = list(graphlib.TopologicalSorter(operands).static_order())
    while operands:
        name = order.pop()
        for operand in operands.pop(name):
            slope[operand] += slope[name] * local[name, operand]
    return slope
breadth_first:
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
handed_on_too_early:
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
handed_on_too_early:
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
handed_on_too_early:
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
sorted_by_name:
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in sorted(operands)[::-1]:
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope
order_of_the_dictionary:
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    for name in reversed(operands):
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope
kept_first:
    slope = {out: 1.0}
    waiting = [out]
    while waiting:
        name = waiting.pop()
        for operand in operands[name]:
            if operand not in slope:
                slope[operand] = slope[name] * local[name, operand]
                waiting.append(operand)
    return slope
emptied:
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
only_loss:
    slope = dict.fromkeys(operands, 0.0)
    slope[out] = 1.0
    ready = [name for name in operands if not operands[name]]
    for name in ready:
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
    return slope
starts_at_one  slope = dict.fromkeys([*operands], 1)
other_names    return {pair: slope for pair, slope in local.items()}
raises:
    slope = {out: 1.0}
    waiting = [out]
    while waiting:
        name = waiting.pop()
        for operand in operands[name]:
            slope[operand] += slope[name] * local[name, operand]
            waiting.append(operand)
    return slope
""", odd="""
cubed  return {name: slope[name] ** 3 for name in slope}
""")
