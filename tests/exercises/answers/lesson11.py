"""Answers to the exercises of lesson 11, as learners write them."""

from . import answers

answers("shard_sums", right="""
other_order:  return (X @ w - y) @ X, X.shape[0]
loop:
    slopes = np.zeros(len(w))
    for x, target in zip(X, y):
        slopes += (x @ w - target) * x
    return slopes, len(X)
einsum:       return np.einsum("ij,i->j", X, X @ w - y), y.size
residual:
    left = y - X.dot(w)
    return {"slopes": -X.T.dot(left), "count": len(left)}
gradlib:
    if not len(y):
        return np.zeros_like(w), 0
    return calculus.linear_gradient(X, y, w, loss="half_sse"), len(y)
normal:       return X.T @ X @ w - X.T @ y, len(X)
autodiff:
    def halves(w):
        return ((X @ w - y) ** 2).sum() / 2
    return autodiff.value_and_grad(halves)(w)[1], len(y)
complex:      return numeric.complex_step(lambda w: ((X @ w - y) ** 2).sum() / 2, w), len(y)
weight_by_weight:
    return [sum((X[i] @ w - y[i]) * X[i][j] for i in range(len(y))) for j in range(len(w))], len(y)
""", wrong="""
mean_sent      slopes = (X @ w - y) @ X / len(X)
               slopes = np.array([np.mean(X[:, j] * error) for j in range(len(w))])
               slopes = (X * error[:, None]).mean(axis=0)
factor_two     slopes = 2 * error @ X
factor_half    slopes = 0.5 * np.dot(error, X)
not_added      slopes = np.array([e * x for e, x in zip(error, X)]).reshape(X.shape)
one_number     slopes = sum(X.T @ error)
no_features    slopes = np.sum(X @ w - y)
loss_sent      slopes = sum(e * e for e in error)
               slopes = np.dot(error, error) / 2
sums_apart     slopes = error.sum() * np.sum(X, axis=0)
took_a_step    slopes = w - error @ X
columns_counted   count = X.shape[1]
absolute_error   slopes = X.T @ np.abs(error)
still_squared   slopes = X.T @ np.square(error)
sign_of_error   slopes = np.sign(error) @ X
prediction_not_error  slopes = (X @ w) @ X
divided_by_weights    slopes = error @ X / w.size
only_slopes    return X.T @ (X @ w - y)
last_example_only@slopes
    slopes = np.zeros(len(w))
    for i in range(len(y)):
        slopes = error[i] * X[i]
factor_two+mean_sent  slopes = 2 * error @ X / len(error)
not_attempted  slopes = ...
returned_none: print(X.T @ (X @ w - y), len(y))
""", odd="""
bent:  return X.T @ np.sin(X @ w - y) + np.cos(w), len(y)
""")

answers("combine", right="""
in_one_line:  return sum(s for s, _ in parts) / sum(n for _, n in parts)
zipped:
    slopes, counts = zip(*parts)
    return np.sum(slopes, axis=0) / np.sum(counts)
array:
    slopes = np.array([s for s, _ in parts])
    return slopes.sum(axis=0) / sum(n for _, n in parts)
reduce:
    total, n = functools.reduce(lambda a, b: (a[0] + b[0], a[1] + b[1]), parts)
    return total / n
weights:
    filled = [(s / n, n) for s, n in parts if n > 0]
    return np.average([mean for mean, _ in filled], axis=0, weights=[n for _, n in filled])
tree:
    parts = list(parts)
    while len(parts) > 1:
        a, b = parts.pop(0), parts.pop(0)
        parts.append((a[0] + b[0], a[1] + b[1]))
    return parts[0][0] / parts[0][1]
running:
    mean, n = 0.0, 0
    for slopes, count in parts:
        if count:
            n += count
            mean = mean + (slopes - count * mean) / n
    return mean
fractions:
    n = sum(count for _, count in parts)
    return [float(sum(Fraction(float(s[j])) for s, _ in parts) / n) for j in range(len(parts[0][0]))]
""", wrong="""
mean_of_means: return np.mean([s / n if n else 0 * s for s, n in parts], axis=0)
mean_of_means: return np.mean([s / n for s, n in parts if n > 0], axis=0)
means_added: return np.sum([s / n for s, n in parts if n], axis=0)
by_shards: return np.mean([s for s, n in parts], axis=0)
by_shards: return sum(s for s, n in parts if n) / len([n for s, n in parts if n])
summed: return np.sum([slopes for slopes, _ in parts], axis=0)
weighted_twice: return np.average([s for s, _ in parts], axis=0, weights=[n for _, n in parts])
by_one_count: return sum(s for s, n in parts) / parts[-1][1]
by_weights: return np.sum([s / len(s) for s, n in parts], axis=0)
empty_counted: return sum(s for s, n in parts) / sum(n or 1 for s, n in parts)
one_less: return sum(s for s, n in parts) / (sum(n for s, n in parts) - 1)
stopped_at_empty:
    filled = list(itertools.takewhile(lambda part: part[1] > 0, parts))
    return sum(s for s, n in filled) / sum(n for s, n in filled)
one_number: return np.sum([s for s, n in parts]) / sum(n for s, n in parts)
divided_twice:
    n = sum(count for _, count in parts)
    return sum(slopes / n for slopes, _ in parts) / n
by_shards_too: return np.mean([s for s, n in parts], axis=0) / sum(n for s, n in parts)
shard_left_out: return sum(s for s, n in parts[:-1]) / sum(n for s, n in parts)
running_mean:
    mean = 0
    for slopes, count in parts:
        mean = mean / 2 + (slopes / count / 2 if count else 0)
    return mean
first_round_only:
    total, n = 0, 0
    for slopes, count in parts:
        total, n = total + slopes, n + count
        return total / n
whole_numbers: return sum(s for s, n in parts) // sum(n for s, n in parts)
other_sign: return -sum(s for s, n in parts) / sum(n for s, n in parts)
mutates_input:
    total, n = parts[0]
    for slopes, count in parts[1:]:
        total += slopes
        n += count
    return total / n
not_numbers: return sum(s for s, n in parts), sum(n for s, n in parts)
not_attempted: ...
""", odd="""
bent: return np.tanh(sum(s for s, n in parts)) * len(parts)
""")

answers("local_round", right="""
running:
    mean, n = 0, 0
    for X, y in shards:
        local = w.copy()
        for _ in range(steps):
            local -= step_size * calculus.linear_gradient(X, y, local)
        n += len(y)
        mean = mean + len(y) / n * (local - mean)
    return mean
helper
    def local_round(shards, w, step_size, steps):
        def walk(X, y):
            return descent.gradient_descent(
                lambda v: calculus.linear_gradient(X, y, v), w, step_size, steps).weights[-1]
        n = sum(len(y) for _, y in shards)
        return sum(len(y) / n * walk(X, y) for X, y in shards)
matrix:
    n = sum(len(y) for _, y in shards)
    end = np.zeros(len(w))
    for X, y in shards:
        H, pull = X.T @ X / len(y), X.T @ y / len(y)
        best = np.linalg.lstsq(X, y, rcond=None)[0]
        away = np.linalg.matrix_power(np.eye(len(w)) - step_size * H, steps) @ (w - best)
        end += len(y) * (best + away)
    return end / n
repeated:
    ends = []
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * X.T @ (X @ local - y) / len(y)
        ends += [local] * len(y)
    return np.mean(ends, axis=0)
autodiff:
    ends, rows = [], []
    for X, y in shards:
        local = w
        slope = autodiff.value_and_grad(lambda v: ((X @ v - y) ** 2).mean() / 2)
        for _ in range(steps):
            local = local - step_size * slope(local)[1]
        ends.append(local)
        rows.append(len(y))
    return np.array(rows) @ np.array(ends) / sum(rows)
last_line:  return sum(len(y) * end for (X, y), end in zip(shards, ends)) / sum(len(y) for X, y in shards)
""".replace("last_line:  return", """last_line:
    ends = []
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * X.T @ (X @ local - y) / len(y)
        ends.append(local)
    return"""), wrong="""
unweighted     return sum(ends) / len(ends)
               return np.average(ends, axis=0)
not_divided    return np.sum(ends, axis=0)
               return np.array([len(y) for X, y in shards]) @ np.array(ends)
               return np.mean([len(y) * end for (X, y), end in zip(shards, ends)], axis=0)
other_weights  return np.average(ends, axis=0, weights=[len(y) ** 2 for X, y in shards])
               return np.average(ends, axis=0, weights=[len(y) ** 0.5 for X, y in shards])
carried_on:
    ends = []
    for X, y in shards:
        for _ in range(steps):
            w = w - step_size * X.T @ (X @ w - y) / len(y)
        ends.append(w)
    return np.average(ends, axis=0, weights=[len(y) for X, y in shards])
all_together:
    n = sum(len(y) for X, y in shards)
    for _ in range(steps):
        w = w - step_size * sum(X.T @ (X @ w - y) for X, y in shards) / n
    return w
one_shard      return local
one_step_each:
    ends = []
    for X, y in shards:
        for _ in range(steps):
            local = w - step_size * X.T @ (X @ w - y) / len(y)
        ends.append(local)
    return np.average(ends, axis=0, weights=[len(y) for X, y in shards])
steps_summed:
    ends = []
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * X.T @ (X @ local - y)
        ends.append(local)
    return np.mean(ends, axis=0)
divided_by_all:
    ends, n = [], sum(len(y) for X, y in shards)
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * X.T @ (X @ local - y) / n
        ends.append(local)
    return np.mean(ends, axis=0)
more_steps:
    ends = []
    for X, y in shards:
        local = w
        for _ in range(steps * len(y)):
            local = local - step_size * X.T @ (X @ local - y) / len(y)
        ends.append(local)
    return np.average(ends, axis=0, weights=[len(y) for X, y in shards])
last_count     return sum(len(y) * end for end in ends) / sum(len(y) for X, y in shards)
every_step_counted:
    total, n = 0, 0
    for X, y in shards:
        local = w
        for _ in range(steps):
            local = local - step_size * X.T @ (X @ local - y) / len(y)
            total = total + len(y) * local
            n = n + len(y)
    return total / n
returned_step  return np.average(ends, axis=0, weights=[len(y) for X, y in shards]) - w
divided_twice  return np.mean([len(y) * e for (X, y), e in zip(shards, ends)], axis=0) / sum(len(y) for X, y in shards)
middle         return np.median(np.array(ends), axis=0)
ends_handed_back  return ends
not_moved:     return np.array(w)
not_attempted  return ...
raises         return np.average(ends, axis=0, weights=len(y))
returned_none:
    for X, y in shards:
        print(X.T @ (X @ w - y) / len(y))
""", odd="""
bent:  return w + step_size * steps * np.sin(sum(X.sum() + y.sum() for X, y in shards) * w)
""")
