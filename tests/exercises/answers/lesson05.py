"""Answers to the exercises of lesson 05, as learners write them."""

from . import answers

answers("count", right="""
prod:         return math.prod(widths), sum(a * b for a, b in zip(widths[:-1], widths[1:]))
float:        w = np.array(widths, dtype=float); return np.prod(w), np.dot(w[:-1], w[1:])
indices:
    paths, edges = widths[0], 0
    for i in range(1, len(widths)):
        paths *= widths[i]
        edges += widths[i - 1] * widths[i]
    return [paths, edges]
big_numbers:  return np.prod(np.array(widths, dtype=object)), int(sum(np.multiply(widths[1:], widths[:-1])))
recursive:
    if len(widths) == 1:
        return widths[0], 0
    paths, edges = count(widths[1:])
    return widths[0] * paths, widths[0] * widths[1] + edges
dict:         return {"paths": np.prod(widths, dtype=float), "edges": sum(m * n for m, n in zip(widths, widths[1:]))}
logarithms:
    edges = sum(widths[i] * widths[i + 1] for i in range(len(widths) - 1))
    return np.array([np.exp(np.sum(np.log(widths))), edges])
reduced
    def count(widths: list[int]) -> tuple[int, int]:
        times = functools.partial(functools.reduce, lambda m, n: m * n)
        return times(widths), sum(map(times, zip(widths, widths[1:])))
fractions:
    paths, edges = map(Fraction, (math.prod(widths), sum(m * n for m, n in zip(widths, widths[1:]))))
    return np.array([paths, edges])
""", wrong="""
overflow            widths = np.array(widths); paths = 1
overflow:
    paths = np.cumprod(widths)[-1]
    edges = sum(m * n for m, n in zip(widths, widths[1:]))
    return paths, edges
swapped             return edges, math.prod(widths)
swapped+overflow    return sum(m * n for m, n in zip(widths, widths[1:])), np.prod(widths)
now_and_then        return math.prod(widths) + 1, edges
a_power             return math.prod(widths), sum(m * m * n for m, n in zip(widths, widths[1:]))
one_node_left_out   edges = sum(widths[i] * (widths[i + 1] - 1) for i in range(len(widths) - 1))
both_ways           edges = sum(m * n + n * m for m, n in zip(widths, widths[1:]))
first_to_last       return math.prod(widths), widths[-1] * widths[0]
two_layers          return widths[-1] * widths[0], edges
other_widths        paths = math.prod(width + 1 for width in widths)
all_pairs
    edges = 0
    for i in range(len(widths)):
        for j in range(i):
            edges += widths[i] * widths[j]
    return math.prod(widths), edges
first_layer_left_out@paths:
    paths = 1
    for i in range(1, len(widths)):
        paths *= widths[i]
    return paths, sum(m * n for m, n in zip(widths, widths[1:]))
last_layer_left_out@edges
    edges = 0
    for i in range(len(widths) - 2):
        edges += widths[i] * widths[i + 1]
    return math.prod(widths), edges
nodes_not_edges     return math.prod(widths), np.sum(widths)
edges_multiplied
    edges = 1
    for m, n in zip(widths, widths[1:]):
        edges *= m * n
    return math.prod(widths), edges
neighbours_added    return math.prod(widths), sum(widths[i] + widths[i + 1] for i in range(len(widths) - 1))
wrapped
    edges = 0
    for i in range(len(widths)):
        edges += widths[i - 1] * widths[i]
    return math.prod(widths), edges
one_gap
    for i in range(len(widths) - 1):
        edges = widths[i] * widths[i + 1]
    return math.prod(widths), edges
counted_biases      return math.prod(widths), sum((m + 1) * n for m, n in zip(widths, widths[1:]))
edges_of_all_paths  return paths, paths * (len(widths) - 1)
paths_added@paths+nodes_not_edges@edges  return sum(widths), sum(widths)
only_paths          return math.prod(widths)
raises
    for i in range(len(widths)):
        edges += widths[i] * widths[i + 1]
    return math.prod(widths), edges
ignores_argument    return 10 ** 20, 90000
mutates_input:
    edges = sum(m * n for m, n in zip(widths, widths[1:]))
    paths = 1
    while widths:
        paths *= widths.pop()
    return paths, edges
""", odd="""
weighted  return math.prod(i * width for i, width in enumerate(widths, 2)), edges
""")

answers("forward", right="""
math:          return y * dx + x * dy, math.cos(x) * dx
steps:
    da = 0.0
    da += dx * y
    da += dy * x
    return {"da": da, "db": dx * np.cos(x)}
dots:          J = np.array([[y, x], [np.cos(x), 0]]); return list(J @ [dx, dy])
jvp:
    v = np.array([dx, dy])
    p = np.array([x, y])
    return autodiff.jvp(lambda p: p[0] * p[1], p, v)[1], autodiff.jvp(lambda p: np.sin(p[0]), p, v)[1]
complex:
    h = 1e-20
    a = (x + 1j * h * dx) * (y + 1j * h * dy)
    return a.imag / h, cmath.sin(x + 1j * h * dx).imag / h
difference_of_nudges:
    h = 1e-6
    da = ((x + h * dx) * (y + h * dy) - (x - h * dx) * (y - h * dy)) / (2 * h)
    db = (np.sin(x + h * dx) - np.sin(x - h * dx)) / (2 * h)
    return da, db
shifted_sine:  return np.sum([dx * y, x * dy]), np.sin(x + np.pi / 2) * dx
array:         return np.array([x * dy + y * dx, np.cos(x) * dx], dtype=np.float32)
fraction
    def forward(x: float, dx: float, y: float, dy: float) -> list:
        x, dx, y, dy = map(Fraction, (x, dx, y, dy))
        return [dx * y + dy * x, Fraction(math.cos(x)) * dx]
""", wrong="""
raises             return y * dx + x * dy, cos(x) * dx
only_dx            return y * dx, dx * np.cos(x)
own_value          da = dx * x + dy * y
minus              return y * dx - x * dy, dx * np.cos(x)
added              return y * dx + x * dy + dx ** 3, math.cos(x) * dx
a_power            return y * dx + x * dy, math.cos(x) * dx ** 2
averaged           return np.mean([y * dx, x * dy]), math.cos(x) * dx
every_pair         da = (dx + dy) * (x + y)
function_of_nudge  db = math.sin(dx)
                   return y * dx + x * dy, math.cos(dx)
no_sine_nudge      return y * dx + x * dy, math.cos(x)
minus_cosine       return y * dx + x * dy, -dx * math.cos(x)
sine_not_differentiated  return y * dx + x * dy, dx * math.sin(x)
other_nudge        return da, np.cos(x) * da
returned_values    a = x * y; b = np.sin(x); return a, b
whole_change       a, b = x * y, np.sin(x); x, y = x + dx, y + dy; return x * y - a, np.sin(x) - b
swapped            return math.cos(x) * dx, y * dx + x * dy
product_of_nudges@da+no_cosine@db  return dx * dy, dx
only_da            return y * dx + x * dy
sign_flipped@da    return -y * dx - x * dy, math.cos(x) * dx
""", odd="""
growth_in_da:  return y * dx + x * dy + math.exp(x), math.cos(x) * dx
growth_in_db:  return y * dx + x * dy, math.cos(x) * dx + math.exp(y)
""")

answers("finite_differences", right="""
taken_back:
    gradient = np.zeros(len(w))
    start = f(w)
    for j in range(len(w)):
        w[j] += h
        gradient[j] = (f(w) - start) / h
        w[j] -= h
    return gradient
remembered:
    gradient = []
    for j in range(len(w)):
        old = w[j]
        start = f(w)
        w[j] = old + h
        gradient.append((f(w) - start) / h)
        w[j] = old
    return gradient
eye:         return np.array([(f(w + h * e) - f(w)) / h for e in np.eye(w.size)])
central:
    g = np.zeros_like(w)
    for j in range(w.size):
        e = np.zeros_like(w)
        e[j] = h
        g[j] = (f(w + e) - f(w - e)) / (2 * h)
    return g
there_and_back:
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        w[j] += h
        up = f(w)
        w[j] -= 2 * h
        down = f(w)
        w[j] += h
        gradient[j] = (up - down) / (2 * h)
    return gradient
to_the_left:
    gradient, start = np.zeros(len(w)), f(w)
    for j in range(len(w)):
        left = np.array(w)
        left[j] -= h
        gradient[j] = (start - f(left)) / h
    return gradient
numeric:     return numeric.forward_difference(f, w, h)
where:
    places = np.arange(len(w))
    return [(f(np.where(places == j, w + h, w)) - f(w)) / h for j in places]
half_steps:  return numeric.central_difference(f, w, h)
generator:   return np.fromiter(((f(w + nudge) - f(w)) / h for nudge in np.diag(np.full(w.size, h))), float)
partial
    def finite_differences(f, w: np.ndarray, h: float) -> np.ndarray:
        def rate(start, nudge):
            return (f(w + nudge) - start) / h
        return np.float32([*map(functools.partial(rate, f(w)), h * np.eye(len(w)))])
""", wrong="""
not_restored        w[j] = w[j] + h; gradient[j] = (f(w) - start) / h
                    w[j] += h; gradient[j] = (f(w) - start) / h
not_restored:
    gradient = np.zeros(len(w))
    nudged = w.copy()
    for j in range(len(w)):
        nudged[j] += h
        gradient[j] = (f(nudged) - f(w)) / h
    return gradient
start_moves
    for j in range(len(w)):
        start = f(w)
        w[j] += h
        gradient[j] = (f(w) - start) / h
    return gradient
restored_too_far
    for j in range(len(w)):
        w[j] += h
        gradient[j] = (f(w) - start) / h
        w[j] -= 2 * h
    return gradient
restored_too_far
    for j in range(len(w)):
        w[j] += h
        up = f(w)
        w[j] -= 2 * h
        gradient[j] = (up - f(w)) / (2 * h)
    return gradient
forgot_h            gradient[j] = f(nudged) - start
no_difference_left  w[j] += h; w[j] -= h; gradient[j] = (f(w) - start) / h
all_at_once         return (f(w + h) - f(w)) / h
one_weight          gradient = (f(nudged) - start) / h
one_weight:
    gradient = np.zeros(len(w))
    for j in range(len(w)):
        gradient[j] = (f(w + h * np.eye(len(w))[j]) - f(w)) / h
        return gradient
sign_flipped
    for j in range(len(w)):
        w[j] += h
        gradient[j] = (start - f(w)) / h
        w[j] -= h
    return gradient
whole_numbers
    gradient = np.arange(len(w))
    for j in range(len(w)):
        gradient[j] = (f(w + h * np.eye(len(w))[j]) - f(w)) / h
    return gradient
neighbour           gradient[j - 1] = (f(nudged) - start) / h
divided_by_count    gradient[j] = (f(nudged) - start) / (h * len(w))
divided_twice       gradient[j] = (f(nudged) - start) / h ** 2
one_length          size = np.sqrt(sum(gradient ** 2)); return gradient / size
two_nudges
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += h
        down[j] -= h
        gradient[j] = (f(up) - f(down)) / h
    return gradient
factor_half         return np.array([(f(w + h * e) - f(w)) / (2 * h) for e in np.eye(len(w))])
nudged_by_one       e = np.zeros(len(w)); e[j] = 1; gradient[j] = (f(w + e) - f(w)) / h
start_written_over
    for j in range(len(w)):
        nudged = w + h * (np.arange(len(w)) == j)
        gradient[j] = (f(nudged) - start) / h
        start = f(nudged)
    return gradient
summed              gradient += (f(nudged) - f(w)) / h
mutates_input       w -= 0.1 * gradient; return gradient
ignores_argument    return 2 * w + h
raises              return [(f(w[j] + h) - f(w[j])) / h for j in len(w)]
""", odd="""
start_added  gradient[j] = (f(nudged) - start) / h + start
""")
