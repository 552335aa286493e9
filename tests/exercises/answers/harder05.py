"""Answers to the harder exercises of lesson 05."""

from . import answers

answers("count_with_skips", right="""
list:
    ways = []
    for i, width in enumerate(widths):
        ways.append(width * sum(ways[-2:]) if i else width)
    edges = 0
    for i in range(len(widths)):
        for j in (i + 1, i + 2):
            if j < len(widths):
                edges += widths[i] * widths[j]
    return ways[-1], edges
recursive:
    @functools.cache
    def ways(i):
        return 0 if i < 0 else widths[i] * (ways(i - 1) + ways(i - 2) + (i == 0))
    edges = sum(m * (n + k) for m, n, k in zip(widths, [*widths[1:], 0], [*widths[2:], 0, 0]))
    return ways(len(widths) - 1), edges
""", wrong="""
as_before:         return math.prod(widths), sum(m * n for m, n in zip(widths, widths[1:]))
edges_as_before    skips = 0
paths_as_before:
    edges = sum(m * n for k in (1, 2) for m, n in zip(widths, widths[k:]))
    return math.prod(widths), edges
skips_alone        return paths, sum(widths[i] * widths[i + 2] for i in range(len(widths) - 2))
""", odd="""
added:
    before, paths = 0, widths[0] + 1
    for width in widths[1:]:
        before, paths = paths, width * (paths + before)
    return paths, sum(m * n for k in (1, 2) for m, n in zip(widths, widths[k:]))
""")

answers("forward_quotient", right="""
book:       a = x / y; da = (dx * y - x * dy) / y ** 2; return da, da * np.sin(x) + a * np.cos(x) * dx
power:      da = dx * y ** -1 - x * y ** -2 * dy; return da, da * math.sin(x) + x / y * math.cos(x) * dx
two_passes:
    da = [dx / y, -x * dy / y ** 2]
    db = [da[0] * np.sin(x) + x / y * np.cos(x) * dx, da[1] * np.sin(x)]
    return sum(da), sum(db)
""", wrong="""
as_before                da = dx * y + x * dy; db = np.cos(x) * dx
plus_in_quotient         da = (dx * y + x * dy) / y ** 2
quotient_of_nudges       da = dx / dy; db = da * np.sin(x) + a * np.cos(x) * dx
denominator_stands_still  da = dx * 1 / y
a_stands_still           db = x / y * np.cos(x) * dx
sine_stands_still        db = np.sin(x) * da
product_rule             da = y * dx + x * dy
""", odd="""
saturated:  a = x / y; da = (dx - a * dy) / y; return da, np.sinh(da + 1) * np.sin(x)
""")

answers("second_differences", right="""
two_slopes:
    bends = []
    for j in range(len(w)):
        above, below = w.copy(), w.copy()
        above[j] += h
        below[j] -= h
        bends.append(((f(above) - f(w)) / h - (f(w) - f(below)) / h) / h)
    return np.array(bends)
rows:
    sides = h * np.eye(len(w))
    return np.array([f(w + side) + f(w - side) - 2 * f(w) for side in sides]) / h ** 2
""", wrong="""
as_before:
    slopes = np.zeros(len(w))
    for j in range(len(w)):
        moved = w.copy()
        moved[j] += h
        slopes[j] = (f(moved) - f(w)) / h
    return slopes
divided_once      curvature[j] = (f(w + nudge) + f(w - nudge) - 2 * f(w)) / h
wider_apart       curvature[j] = ((f(w + nudge) - f(w)) / h - (f(w) - f(w - nudge)) / h) / (2 * h)
middle_once       curvature[j] = (f(w + nudge) + f(w - nudge) - f(w)) / (h * h)
one_side          curvature[j] = (f(w) + f(w + nudge + nudge) - 2 * f(w + nudge)) / h ** 2
slope_not_bend    curvature[j] = (f(w + nudge) - f(w - nudge)) / h / 2
""", odd="""
saturated:  return np.array([np.sinh((f(w + s) + f(w - s) - 2 * f(w)) / h ** 2) for s in h * np.eye(len(w))])
""")
