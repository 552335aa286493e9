"""Answers to the harder exercises of lesson 11."""

from . import answers

answers("shard_sums_with_loss", right="""
rows:
    slopes, loss = np.zeros(len(w)), 0.0
    for row, target in zip(X, y):
        error = row @ w - target
        slopes += error * row
        loss += error ** 2 / 2
    return slopes, loss, len(X)
dot:     error = y - X @ w; return -(error @ X), 0.5 * error @ error, y.size
""", wrong="""
mean_loss      loss = (error ** 2).mean() / 2
forgot_half    loss = error @ error
square_of_sum  loss = error.sum() ** 2 / 2
mean_slopes    slopes = X.T @ error / (len(y) or 1)
swapped        n = len(y); return slopes, n, loss
""", odd="""
bent:    error = X @ w - y; return np.sinh(X.T @ error), error @ error / 2, len(y) + 1.5
""")

answers("combine_means", right="""
loop:
    total, n = 0, 0
    for slopes, count in parts:
        total = total + slopes * count
        n += count
    return total / n
average:   return np.average([slopes for slopes, _ in parts], axis=0, weights=[count for _, count in parts])
shares:
    counts = np.array([count for slopes, count in parts])
    return counts / counts.sum() @ np.array([slopes for slopes, count in parts])
""", wrong="""
as_before          total = sum(slopes for slopes, count in parts)
mean_of_means      return np.mean([slopes for slopes, count in parts], axis=0)
not_divided        return sum(slopes * count for slopes, count in parts)
divided_by_shards  total = sum(slopes * count for slopes, count in parts); return total / len(parts)
""", odd="""
bent:   return sum(count * np.sinh(slopes) for slopes, count in parts) / sum(count for slopes, count in parts)
""")

answers("local_rounds", right="""
sums:
    for _ in range(rounds):
        total, n = 0, 0
        for X, y in shards:
            here = w
            for _ in range(steps):
                here = here - step_size * (X * (X @ here - y)[:, None]).mean(axis=0)
            total, n = total + len(y) * here, n + len(y)
        w = total / n
    return w
helper:
    def walk(X, y, w):
        for _ in range(steps):
            w = w - step_size * X.T @ (X @ w - y) / len(y)
        return len(y) * w
    for _ in range(rounds):
        w = sum(walk(X, y, w) for X, y in shards) / sum(len(y) for X, y in shards)
    return w
""", wrong="""
from_the_old_start:
    for _ in range(rounds):
        ends = []
        for X, y in shards:
            local = w
            for _ in range(steps):
                local = local - step_size * X.T @ (X @ local - y) / len(y)
            ends.append(len(y) * local)
        mean = sum(ends) / sum(len(y) for X, y in shards)
    return mean
unweighted       w = sum(ends) / len(ends)
steps_of_all_rounds:
    ends = 0
    for X, y in shards:
        local = w
        for _ in range(rounds * steps):
            local = local - step_size * X.T @ (X @ local - y) / len(y)
        ends = ends + local * len(y)
    return ends / sum(len(y) for X, y in shards)
one_step_each:
    for _ in range(rounds):
        ends = [w - step_size * X.T @ (X @ w - y) / len(y) for X, y in shards]
        w = np.average(ends, axis=0, weights=[len(y) for X, y in shards])
    return w
""", odd="""
bent:
    for _ in range(rounds):
        w = sum(np.arctan(w - step_size * steps * X.T @ (X @ w - y)) for X, y in shards)
    return w
""")
