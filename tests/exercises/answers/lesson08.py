"""Answers to the exercises of lesson 08, as learners write them."""

from . import answers

answers("batch_variance", right="""
in_one_line:  return np.var(slopes) / batch_size * (len(slopes) - batch_size) / (len(slopes) - 1)
every_batch:  return np.var([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])
sampling_fraction:
    fraction = batch_size / len(slopes)
    return (1 - fraction) * np.var(slopes, ddof=1) / batch_size
covariances:
    v = np.var(slopes)
    return v / batch_size + (batch_size - 1) / batch_size * -v / (len(slopes) - 1)
matrix:
    n = len(slopes)
    rows = list(itertools.combinations(range(n), batch_size))
    picks = np.zeros((len(rows), n))
    for i, row in enumerate(rows):
        picks[i, list(row)] = 1 / batch_size
    means = picks @ slopes
    return (means ** 2).mean() - means.mean() ** 2
plain_python:
    n = len(slopes)
    mean = sum(slopes) / n
    variance = sum((s - mean) ** 2 for s in slopes) / n
    return variance * float(Fraction(n - batch_size, batch_size * (n - 1)))
gradlib:      return theory.covariance_factor(len(slopes), batch_size) * statistics.pvariance(slopes.tolist())
fraction:
    exact = [Fraction(float(slope)) for slope in slopes]
    means = [sum(batch) / batch_size for batch in itertools.combinations(exact, batch_size)]
    mean = sum(means) / len(means)
    return sum((each - mean) ** 2 for each in means) / len(means)
generator
    def batch_variance(slopes: np.ndarray, batch_size: int) -> np.float32:
        sums = (sum(batch) for batch in itertools.combinations(slopes, batch_size))
        return np.float32(np.fromiter(sums, float).var() / batch_size ** 2)
""", wrong="""
with_replacement        return np.var(slopes) / batch_size
                        return np.var([np.mean(batch) for batch in itertools.product(slopes, repeat=batch_size)])
with_replacement
    batches = itertools.combinations_with_replacement(slopes, batch_size)
    return np.var([sum(batch) / batch_size for batch in batches])
summed                  return np.var(slopes) * (n - batch_size) / (n - 1) * batch_size
                        return np.var([sum(batch) for batch in itertools.combinations(slopes, batch_size)])
standard_deviation      return np.std([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])
inside_a_batch          batch = slopes[0:batch_size]; return ((batch - batch.mean()) ** 2).mean()
inside_a_batch
    variances = [np.var(batch) for batch in itertools.combinations(slopes, batch_size)]
    return sum(variances) / math.comb(n, batch_size)
batches_as_sample       return np.var([np.mean(each) for each in itertools.combinations(slopes, batch_size)], ddof=1)
absolute_distance       return np.mean(abs(slopes - slopes.mean())) * factor
absolute_distance
    means = np.array([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])
    return np.mean(np.abs(means - means.mean()))
not_centred             return np.mean([np.mean(batch) ** 2 for batch in itertools.combinations(slopes, batch_size)])
returned_means          return np.mean([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])
                        return np.array([sum(each) / len(each) for each in itertools.combinations(slopes, batch_size)])
raises                  factor = (n - B) / (B * (n - 1))
by_both_numbers         factor = 1 / batch_size / n
below_zero              factor = (batch_size - n) / batch_size / (n - 1)
deviation_for_variance  return np.std(slopes) * factor
other_sign              factor = (n - batch_size) / (batch_size * (n + 1))
last_example_left_out   n = len(slopes) - 1; return factor * np.var(slopes[:n])
standard_deviation+with_replacement  return np.std(slopes) / math.sqrt(batch_size)
ddof_one                return factor * np.var(slopes, ddof=1)
ddof_one+with_replacement  return np.var(slopes, ddof=1) / batch_size
only_outside            factor = 1 - batch_size / len(slopes)
n_for_n_less_one        factor = (n - batch_size) / (n * batch_size)
                        return np.var(slopes) / batch_size * (1 - batch_size / n)
n_less_one_forgotten    return np.var(slopes) * (n / batch_size - 1)
divided_by_examples     return np.var(slopes, ddof=1) / len(slopes)
one_from_the_batch      factor = (n - batch_size) / (n * (batch_size - 1))
                        factor = (n - batch_size) / (batch_size * (batch_size - 1))
                        return np.var(slopes) / (batch_size - 1)
                        return np.var(slopes) * (n - batch_size) / (n * (batch_size - 1))
n_over_size             return len(slopes) / batch_size * np.var(slopes)
grows                   share = batch_size / n; return share * slopes.var()
root_of_size            return slopes.var() / np.sqrt(batch_size)
size_ignored            factor = n / n
some_batches
    count = len(slopes) // batch_size
    means = slopes[:count * batch_size].reshape(count, batch_size).mean(axis=1)
    return means.var()
some_batches            return np.var(np.convolve(slopes, np.ones(batch_size) / batch_size, mode="valid"))
not_attempted           factor = ...
returned_none:          n = len(slopes); print((n - batch_size) / (batch_size * (n - 1)) * np.var(slopes))
ignores_argument        batch_size = 2; return (n - batch_size) / (batch_size * (n - 1)) * np.var(slopes)
mutates_input           slopes -= slopes.mean(); return factor * (slopes ** 2).mean()
""", odd="""
fades:  return np.var(slopes) * np.exp(-batch_size / len(slopes))
""")

answers("sgd_step", right="""
reassigned:
    X, y = X[batch], y[batch]
    error = X.dot(w) + b - y
    dw = X.T.dot(error) / len(y)
    db = np.sum(error) / len(y)
    w = w - step_size * dw
    b = b - step_size * db
    return w, b
other_sign:
    residual = y[batch] - X[batch] @ w - b
    return w + step_size * residual @ X[batch] / batch.size, b + step_size * np.mean(residual)
loops:
    dw, db = [0.0] * len(w), 0.0
    for i in batch:
        error = sum(X[i][j] * w[j] for j in range(len(w))) + b - y[i]
        for j in range(len(w)):
            dw[j] += error * X[i][j] / len(batch)
        db += error / len(batch)
    return [w[j] - step_size * dw[j] for j in range(len(w))], b - step_size * db
ones:
    A = np.column_stack([X[batch], np.ones(len(batch))])
    theta = np.append(w, b)
    theta -= step_size * A.T @ (A @ theta - y[batch]) / len(batch)
    return theta[:-1], theta[-1]
mean_axis:
    e = X[batch, :] @ w + b - y[batch]
    return {"w": w - step_size * np.mean(X[batch] * e[:, None], axis=0), "b": b - step_size * e.mean()}
mask:
    chosen = np.isin(np.arange(len(X)), batch)
    e = np.where(chosen, X @ w + b - y, 0)
    return w - step_size * (e @ X) / chosen.sum(), b - step_size * e.sum() / chosen.sum()
gradlib:
    dw, db = calculus.linear_gradient(X[batch], y[batch], w, b)
    new = descent.SGD(step_size).step(np.array([*w, b]), np.array([*dw, db]))
    return new[:-1], new[-1]
autodiff:
    def loss(w, b):
        e = X[batch] @ w + b - y[batch]
        return (e * e).mean() / 2
    dw, db = autodiff.value_and_grad(loss, wrt=(0, 1))(w, b)[1]
    return w - step_size * dw, b - step_size * db
complex:
    X, y = np.take(X, batch, axis=0), np.take(y, batch)
    dw = numeric.complex_step(lambda w: ((X @ w + b - y) ** 2).mean() / 2, w)
    db = numeric.complex_step(lambda b: ((X @ w + b - y) ** 2).mean() / 2, b)
    return w - step_size * dw, b - step_size * db
one_array_of_two:
    def slopes(rows):
        if not len(rows):
            return np.zeros(len(w) + 1)
        e = X[rows[0]] @ w + b - y[rows[0]]
        return np.append(e * X[rows[0]], e) + slopes(rows[1:])
    new = np.append(w, b) - step_size * slopes(batch) / len(batch)
    return np.array([new[:-1], new[-1]], dtype=object)
float32:
    rows, targets = X[batch].astype(np.float32), y[batch].astype(np.float32)
    e = rows @ w.astype(np.float32) + np.float32(b) - targets
    return w - step_size * rows.T @ e / len(e), b - step_size * np.fromiter((each for each in e), float).mean()
""", wrong="""
raises               error = rowsw + b - targets
uphill               error = targets - (rows @ w + b)
                     return w + step_size * dw, b + step_size * db
updated_before       w = w - step_size * dw; return w, b - step_size * np.mean(rows @ w + b - targets)
                     b = b - step_size * db; return w - step_size * rows.T @ (rows @ w + b - targets) / len(batch), b
updated_before
    w = w.copy()
    for j in range(len(w)):
        e = rows @ w + b - targets
        w[j] -= step_size * (e * rows[:, j]).mean()
    return w, b - step_size * (rows @ w + b - targets).mean()
summed@b             db = error.sum()
summed@w             dw = rows.T @ error
divided_twice@b      db = error.mean() / len(error)
full_batch           rows, targets = X, y; dw = rows.T @ error / len(X)
first_rows           first = range(len(batch)); rows, targets = X[first], y[first]
no_step_size         return w - dw, b - db
no_step_size+uphill  return w + dw, b + db
added                dw = error @ rows / len(batch) + 0.01 * w
now_and_then         db = np.median(error)
ignores_argument
    batch = np.random.default_rng(0).choice(len(X), len(batch), replace=False)
    rows, targets = X[batch], y[batch]
other_rows           rows, targets = X[-len(batch):], y[-len(batch):]
product_of_means     dw = np.mean(error) * np.mean(rows, 0)
one_row@w            dw = error[-1] * rows[-1] / len(batch)
weights_forgotten    return w, b - step_size * error.mean()
one_row              dw = error[-1] * rows[-1]; db = error[-1]
                     return w - step_size * error[0] * rows[0], b - step_size * error[0]
row_by_row
    for x, target in zip(rows, targets):
        e = (x @ w + b - target) / len(batch)
        w, b = w - step_size * e * x, b - step_size * e
    return w, b
another_order        return b - step_size * db, w - step_size * dw
added_target         error = targets + rows @ w + b
still_squared        error = np.square(rows @ w + b - targets)
factor_half+still_squared  error = 0.5 * np.square(rows @ w + b - targets)
transposed           dw = rows.dot(error) / len(batch)
no_features          dw = np.mean(error)
one_slope_for_all    dw = (rows.T * error).mean()
factor_two           dw = 2 * error @ rows / len(batch); db = 2 * error.mean()
divided_by_d@w       dw = error @ rows / rows.shape[1]
mutates_input        w -= step_size * dw; return w, b - step_size * db
outer_broadcast      error = rows @ w.reshape(-1, 1) + b - targets; dw = rows.T @ error.sum(axis=1) / len(batch)
returned_none:       rows, targets = X[batch], y[batch]; error = rows @ w + b - targets
""", odd="""
bent_error  error = np.tanh(rows @ w + b - targets)
""")

answers("epoch", right="""
own_length:
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(error)
    return w
mean_axis:
    for batch in batches:
        A, t = X[batch], y[batch]
        w = w - step_size * np.mean(A * (A @ w - t)[:, None], axis=0)
    return w
other_sign:
    w = w.copy()
    for batch in batches:
        w += step_size * X[batch].T @ (y[batch] - X[batch] @ w) / batch.size
    return w
loops:
    w = list(w)
    for rows in batches:
        gradient = [0] * len(w)
        for i in rows:
            e = sum(X[i, j] * w[j] for j in range(len(w))) - y[i]
            for j in range(len(w)):
                gradient[j] += e * X[i, j] / rows.shape[0]
        w = [w[j] - step_size * gradient[j] for j in range(len(w))]
    return w
matrices:
    M, c = np.eye(len(w)), np.zeros(len(w))
    for batch in batches:
        H, h = X[batch].T @ X[batch] / len(batch), X[batch].T @ y[batch] / len(batch)
        M, c = M - step_size * H @ M, c - step_size * (H @ c - h)
    return M @ w + c
recursion:
    if not batches:
        return w
    first, *rest = batches
    w = w - step_size * calculus.linear_gradient(X[first], y[first], w)
    return epoch(X, y, w, rest, step_size)
weighted:
    for batch in batches:
        share = np.zeros(len(X))
        share[batch] = 1 / len(batch)
        w = w - step_size * X.T @ (share * (X @ w - y))
    return w
gradlib:
    rule = descent.SGD(step_size)
    for batch in batches:
        w = rule.step(w, numeric.complex_step(lambda w, batch=batch: ((X[batch] @ w - y[batch]) ** 2).mean() / 2, w))
    return w
reduced:
    def after(w, batch):
        return w - step_size * np.average(X[batch] * (X[batch] @ w - y[batch])[:, None], axis=0)
    return functools.reduce(after, batches, w)
""", wrong="""
as_given              w = w - step_size * X[batch].T @ error / len(X)
by_all_rows           n = len(y); w = w - step_size * X[batch].T @ error / n
                      n = sum(len(batch) for batch in batches); w = w - step_size / n * error @ X[batch]
summed                w = w - step_size * X[batch].T @ error
by_number_of_batches  w = w - step_size * X[batch].T @ error / len(batch) / len(batches)
one_length_for_all    B = len(batches[0]); w = w - step_size * X[batch].T @ error / B
                      B = len(X) // len(batches); w = w - step_size / B * X[batch].T @ error
                      B = max(len(batch) for batch in batches); w = w - step_size * X[batch].T @ error / B
divided_twice         gradient = np.mean(X[batch] * error[:, None], axis=0); w = w - step_size * gradient / len(batch)
divided_by_both       w = w - step_size * X[batch].T @ error / len(X) / len(batch)
                      w = w - step_size * np.mean(error[:, None] * X[batch], axis=0) / X.shape[0]
by_number_of_weights  w = w - step_size * X[batch].T @ error / X.shape[1]
one_step_for_all:
    gradient = 0
    for batch in batches:
        error = X[batch] @ w - y[batch]
        gradient = gradient + X[batch].T @ error / len(batch)
    return w - step_size * gradient
one_step_for_all:
    gradients = [X[batch].T @ (X[batch] @ w - y[batch]) / len(batch) for batch in batches]
    return w - step_size * np.mean(gradients, axis=0)
one_step_for_all:
    start, new = w, w
    for batch in batches:
        new = new - step_size * X[batch].T @ (X[batch] @ start - y[batch]) / len(batch)
    return new
last_batch_only:
    for batch in batches:
        error = X[batch] @ w - y[batch]
        new_w = w - step_size * X[batch].T @ error / len(batch)
    return new_w
last_batch_left_out:
    for i in range(len(batches) - 1):
        batch = batches[i]
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w
last_batch_left_out:
    for batch in batches:
        if batch.size == batches[0].size:
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / batch.size
    return w
one_row               w = w - step_size * (X[batch[-1]] @ w - y[batch[-1]]) * X[batch[-1]]
not_reset:
    gradient = np.zeros(len(w))
    for batch in batches:
        for i in batch:
            gradient += (X[i] @ w - y[i]) * X[i] / len(batch)
        w = w - step_size * gradient
    return w
first_batch_left_out:
    for i in range(1, len(batches)):
        batch = batches[i]
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w
backwards:
    todo = list(batches)
    while todo:
        batch = todo.pop()
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w
full_batch            w = w - step_size * X.T @ (X @ w - y) / len(X)
                      w = w - step_size * X.T @ (X @ w - y) / len(batch)
first_rows            B = len(batch); w = w - step_size * X[:B].T @ (X[:B] @ w - y[:B]) / B
row_by_row:
    for batch in batches:
        for i in batch:
            w = w - step_size * (X[i] @ w - y[i]) * X[i]
    return w
row_by_row:
    for batch in batches:
        for i in batch:
            w = w - step_size * (X[i] @ w - y[i]) * X[i] / len(batch)
    return w
not_moved:
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w - step_size * X[batch].T @ error / len(batch)
    return w
returned_gradient     gradient = X[batch].T @ error / len(batch); w = w - step_size * gradient; return gradient
returned_path:
    weights = [w]
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        weights.append(w)
    return weights
averaged_path:
    total = np.zeros(len(w))
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        total += w
    return total / len(batches)
shrinking_steps:
    for batch in batches:
        w, step_size = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch), step_size * 0.9
    return w
shrinking_steps:
    t = 1
    for batch in batches:
        w = w - step_size / t * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        t += 1
    return w
absolute_error        error = np.abs(X[batch] @ w - y[batch])
product_of_means      w = w - step_size * np.mean(error) * np.mean(X[batch], axis=0)
one_slope_for_all     w = w - step_size * np.mean(X[batch] * error[:, None])
root_of_size          w = w - step_size * X[batch].T @ error / np.sqrt(len(batch))
uphill                error = y[batch] - X[batch] @ w
uphill+by_all_rows    error = y[batch] - X[batch] @ w; w = w - step_size * X[batch].T @ error / len(X)
factor_half           w = w - step_size * X[batch].T @ error / (2 * len(batch))
no_step_size          w = w - X[batch].T @ error / len(batch)
mutates_input         w -= step_size * X[batch].T @ error / len(batch)
raises                w = w - step_size * X[batch].T @ error / batch
returned_none:
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batch)
ignores_argument
    w = np.zeros(len(w))
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batch)
    return w
""", odd="""
one_added  w = w - step_size * X[batch].T @ error / (len(batch) + 1)
rows_so_far:
    seen = 0
    for batch in batches:
        seen += len(batch)
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / seen
    return w - 0.01 * calculus.linear_loss(X, y, w)
""")
