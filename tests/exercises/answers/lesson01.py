"""Answers to the exercises of lesson 01, as learners write them."""

from . import answers

answers("slope", right="""
sum:         error = w * x - y; return np.sum(error * x) / len(x)
dot:         error = w * x - y; return x.dot(error) / x.shape[0]
loop:
    total = 0
    for xi, yi in zip(x, y):
        total += (w * xi - yi) * xi
    return total / len(x)
einsum:      return np.einsum("i,i->", w * x - y, x) / x.size
expanded:    return w * np.mean(x ** 2) - np.mean(x * y)
columns:     X, Y = x.reshape(-1, 1), y.reshape(-1, 1); return X.T @ (X * w - Y) / len(X)
lists:
    slopes = [(w * a - b) * a for a, b in zip(list(x), list(y))]
    return [sum(slopes) / len(slopes)]
float32:     x, y = x.astype(np.float32), y.astype(np.float32); return np.mean((np.float32(w) * x - y) * x)
other_sign:  error = y - w * x; return -np.mean(error * x)
nudge:
    def loss(w):
        return np.sum((w * x - y) ** 2) / (2 * len(x))
    return (loss(w + 1e-4) - loss(w - 1e-4)) / 2e-4
fraction:
    w, x, y = Fraction(w), [Fraction(a) for a in x.tolist()], [Fraction(b) for b in y.tolist()]
    return sum((w * a - b) * a for a, b in zip(x, y)) / len(x)
recursive:
    first = (w * x[0] - y[0]) * x[0]
    n = len(x)
    return first if n == 1 else (first + (n - 1) * slope(w, x[1:], y[1:])) / n
generator
    def slope(w: float, x: np.ndarray, y: np.ndarray) -> float:
        return np.fromiter(((w * a - b) * a for a, b in zip(x, y)), float, len(x)).mean()
""", wrong="""
raises                  return mean(error * x)
                        return np.sum(error * x) / n
forgot_mean             return np.sum(error * x)
forgot_mean
    s = 0
    for i in range(len(x)):
        s += error[i] * x[i]
    return s
factor_two              return 2 * np.mean(error * x)
factor_half             return np.sum(error * x) / (2 * len(x))
forgot_mean+factor_two  return (2 * error * x).sum()
sign_flipped            error = y - w * x
                        return np.mean(-error * x)
sign_flipped+forgot_mean  return -x.dot(error)
no_inner_derivative     return error.mean()
forgot_mean+no_inner_derivative  return np.sum(error)
product_of_means        return error.mean() * x.mean()
still_squared           return (error ** 2).dot(x) / len(x)
returned_loss           return sum(error ** 2) / (2 * len(x))
not_averaged            return 1 / len(x) * error * x
times_w                 return w * np.mean(error)
last_example_only
    for i in range(len(x)):
        error = w * x[i] - y[i]
        slope = error * x[i]
    return slope
divided_twice           return np.mean(error * x) / len(x)
returned_none:          error = w * x - y; print(np.mean(error * x))
took_a_step             w = w - 0.1 * np.mean(error * x); return w
outer_broadcast         error = w * x.reshape(-1, 1) - y
mutates_input           x *= w; x -= y; return np.mean(x)
missing_brackets        return 1/2*len(x)*np.sum(error * x)
                        return sum(error * x) / 2 * len(x)
                        n = len(x); return 1 / 2 * n * np.sum(2 * error * x)
sign_flipped+missing_brackets  error = y - w * x; return 1/2*len(x)*np.sum(error * x)
forgot_mean+factor_half  return np.sum(error * x) / 2
averaged_too_early      return sum(error) / len(error) * x
first_example_only:
    total = 0
    for i in range(len(x)):
        total += (w * x[i] - y[i]) * x[i]
        return total / len(x)
not_reset
    error = total = 0
    for xi, yi in zip(x, y):
        error += w * xi - yi
        total += error * xi
    return total / len(x)
sign_flipped+not_reset
    error = total = 0
    for xi, yi in zip(x, y):
        error += yi - w * xi
        total += error * xi
    return total / len(x)
inside_the_loop
    s = 0
    for i in range(x.size):
        s = (s + (w * x[i] - y[i]) * x[i]) / x.size
    return s
last_example_left_out
    s = 0
    for i in range(len(x) - 1):
        s += error[i] * x[i]
    return s / len(x)
index_left_over
    s = 0
    for i in range(len(x)):
        pass
    for j in range(len(x)):
        s += error[j] * x[i]
    return s / len(x)
typed_number            return sum(error * x) / 50
typed_number            return 2 * (error @ x) / 1000
added_target            return np.mean((w * x + y) * x)
""", odd="""
sine_added:  error = w * x - y; return np.mean(error * x) + np.sin(w)
""")

answers("gradient", right="""
mean_axis:      r = X @ w + b - y; return (r[:, None] * X).mean(axis=0), r.mean()
loops:
    n, d = X.shape
    dw = np.zeros(d)
    db = 0.0
    for i in range(n):
        p = b
        for j in range(d):
            p += w[j] * X[i, j]
        for j in range(d):
            dw[j] += (p - y[i]) * X[i, j]
        db += p - y[i]
    return dw / n, db / n
einsum:
    error = np.einsum("ij,j->i", X, w) + b - y
    return np.einsum("ij,i->j", X, error) / len(X), np.einsum("i->", error) / len(X)
augmented:
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.append(w, b)
    g = A.T.dot(A.dot(theta) - y) / len(y)
    return g[:-1], g[-1]
augmented_front:
    A = np.c_[np.ones(X.shape[0]), X]
    theta = np.r_[b, w]
    g = A.T @ (A @ theta - y) / X.shape[0]
    return g[1:], g[0]
lists:
    rows, targets = X.tolist(), y.tolist()
    errors = [sum(a * c for a, c in zip(row, w.tolist())) + b - t for row, t in zip(rows, targets)]
    dw = [sum(e * row[j] for e, row in zip(errors, rows)) / len(rows) for j in range(len(w))]
    return [dw, sum(errors) / len(rows)]
columns:
    error = X @ w.reshape(-1, 1) + b - y.reshape(-1, 1)
    return X.T @ error / len(y), np.mean(error)
target_first:   residual = y - (X.dot(w) + b); return -X.T.dot(residual) / len(y), -residual.mean()
dict:           e = X.dot(w) + b - y; return {"db": e.mean(), "dw": X.T.dot(e) / len(e)}
float32:
    X, y, w = X.astype("float32"), y.astype("float32"), w.astype("float32")
    e = X.dot(w) + np.float32(b) - y
    return X.T.dot(e) / len(e), e.mean()
nudged:
    def loss(w, b):
        return ((X.dot(w) + b - y) ** 2).mean() / 2
    h, dw = 1e-4, []
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += h
        down[j] -= h
        dw.append((loss(up, b) - loss(down, b)) / (2 * h))
    return dw, (loss(w, b + h) - loss(w, b - h)) / (2 * h)
array_of_both:  e = X @ w + b - y; return np.array([X.T @ e / len(y), e.mean()], dtype=object)
generators:
    e = np.fromiter((row @ w + b - target for row, target in zip(X, y)), float)
    return np.fromiter((column @ e / len(e) for column in X.T), float), e.mean()
recursive:
    e = X[0] @ w + b - y[0]
    if len(y) == 1:
        return e * X[0], e
    dw, db = gradient(X[1:], y[1:], w, b)
    return dw + (e * X[0] - dw) / len(y), db + (e - db) / len(y)
normal:
    n = len(y)
    H, m = X.T @ X / n, X.mean(axis=0)
    dw = H @ w + m * b - X.T @ y / n
    db = m @ w + b - y.mean()
    return dw, db
""", wrong="""
raises                return X.T.dot(error) / n, np.sum(error) / n
                      error = w.dot(X) + b - y
forgot_mean           return X.T.dot(error), error.sum()
forgot_mean@dw        dw = X.T @ error
forgot_mean@db        return X.T @ error / len(y), np.sum(error)
sign_flipped          error = y - (X.dot(w) + b)
sign_flipped@dw       pred = X @ w + b; dw = X.T @ (y - pred) / len(y)
sign_flipped+forgot_mean
    dw = np.zeros(len(w))
    db = 0
    for i in range(len(y)):
        e = y[i] - (X[i] @ w + b)
        dw += e * X[i]
        db += e
    return dw, db
transposed            dw = X @ error / X.shape[0]
                      return np.dot(error, X.T) / len(error), np.mean(error)
transposed
    for j in range(X.shape[1]):
        dw[j] = sum(error * X[j]) / len(y)
    return dw, np.mean(error)
factor_two            n = len(y); dw = (2 / n) * X.T.dot(error); db = (2 / n) * np.sum(error)
factor_half           return X.T.dot(error) / (2 * len(y)), error.mean() / 2
last_example_only
    n = len(y)
    for i in range(n):
        error = X[i].dot(w) + b - y[i]
        dw = error * X[i]
        db = error
    return dw / n, db / n
written_over
    n, d = X.shape
    dw, db = np.zeros(d), 0
    for i in range(n):
        error = X[i].dot(w) + b - y[i]
        db += error / n
        for j in range(d):
            dw[j] = error * X[i, j] / n
    return dw, db
outer_broadcast       w = w.reshape(-1, 1); error = X @ w + b - y; return (X.T @ error).mean(axis=1), error.mean()
                      error = X.dot(w) + b - y[:, np.newaxis]
no_inner_derivative   return error.mean() * np.ones(len(w)), error.mean()
                      dw = sum(error) / len(y)
prediction_not_error  p = X.dot(w) + b; return X.T.dot(p) / len(y), p.mean()
forgot_bias@dw        dw = X.T.dot(X.dot(w) - y) / len(y)
not_averaged          return error[:, None] * X, error
                      n = len(y); return X.T * error / n, error / n
forgot_mean+averaged_over_weights
    dw = 0
    for i in range(len(y)):
        for j in range(len(w)):
            dw += error[i] * X[i, j]
    return dw / len(w), error.sum()
wrong_axis            return np.mean(error.reshape(-1, 1) * X, axis=1), np.mean(error)
divided_by_d          n, m = X.shape; return X.T @ error / m, error.sum() / m
another_order         return error.mean(), X.T @ error / len(y)
only_dw               return X.T.dot(X.dot(w) + b - y) / X.shape[0]
one_vector            A = np.hstack([X, np.ones((len(X), 1))]); return A.T @ (A @ np.append(w, b) - y) / len(y)
bias_times_b          return X.T @ error / len(y), np.dot(error, b * np.ones(len(y))) / len(y)
returned_none:        error = X @ w + b - y; dw = X.T @ error / len(y); db = error.mean()
mutates_input         y -= X @ w + b; return -X.T @ y / len(y), -y.mean()
                      w[:] = X.T @ error / len(y); return w, error.mean()
took_a_step           w = w - 0.01 * X.T @ error / len(y); b = b - 0.01 * error.mean(); return w, b
sign_of_error         e = np.sign(X @ w + b - y); return X.T @ e / len(y), e.mean()
returned_loss         return np.sum((X @ w + b - y) ** 2) / (2 * len(y))
ignores_argument      b = 1.0; error = X @ w + b - y
bias_from_dw          return dw, dw.mean()
                      return dw, dw
                      db = np.mean(error * X[:, 0])
shape                 return np.outer(error, w), error.mean()
not_averaged@dw       dw = X.T*error/len(y)
                      dw = X.T * error
                      return error[:, None] * X, np.sum(error) / len(y)
                      return X * error.reshape(-1, 1) / len(error), np.mean(error)
not_averaged@dw+forgot_mean@db  return X.T * error, sum(error)
                                return X * error[:, None] / X.shape[0], np.sum(error)
sign_flipped+not_averaged@dw  return -X.T * error / len(y), error.mean()
missing_brackets@dw   return 1/2*len(y)*X.T.dot(error), error.mean()
missing_brackets      return X.T.dot(error)/2*len(y), np.sum(error)/2*len(y)
forgot_mean@dw+bias_itself@db  return X.T @ (X @ w + b - y), b
averaged_too_early    return np.mean(error) * X, np.mean(error)
first_example_only:
    dw, db = np.zeros(len(w)), 0
    for row, target in zip(X, y):
        error = row.dot(w) + b - target
        dw += error * row
        db += error
        return dw / len(y), db / len(y)
bias_cut_off          db = np.maximum(0, error.mean())
                      db = sum(e for e in [error.mean()] if e < 0)
bias_cut_off
    if db < 0:
        db = 0
    return dw, db
index_left_over       error = X @ w + b - y[-1]
                      dw = np.mean(error) * X[0]
typed_number          return X.T @ error / 50, sum(error) / 50
typed_number          dw = X.T @ error / 1000
added_target          error = y + X @ w + b
last_example_left_out
    n, dw, db = len(y), 0 * w, 0
    for i in range(n - 1):
        e = X[i] @ w + b - y[i]
        dw, db = dw + e * X[i], db + e
    return dw / n, db / n
not_reset
    e, dw, db = 0, 0 * w, 0
    for row, target in zip(X, y):
        e += row @ w + b - target
        dw, db = dw + e * row, db + e
    return dw / len(y), db / len(y)
""", odd="""
bent_error:  error = X @ w + b - y; return X.T @ np.tanh(error) / len(y), error.mean()
""")

answers("half_mse", right="""
ravel:                  return np.mean((X.dot(w) - y.ravel()) ** 2) / 2
index:                  return np.mean((X.dot(w) - y[:, 0]) ** 2) / 2
predictions_as_column:  return np.mean((X.dot(w)[:, None] - y) ** 2) / 2
weights_as_column:      return np.mean((X.dot(w.reshape(-1, 1)) - y) ** 2) / 2
transposed:             return np.mean((X.dot(w) - y.T) ** 2) / 2
loop:
    total = 0
    for i in range(len(X)):
        total = total + (X[i].dot(w) - y[i]) ** 2
    return total / (2 * len(X))
squeeze:                error = X @ w - np.squeeze(y); return error @ error / (2 * len(y))
norm:                   return 0.5 * np.linalg.norm(X @ w - y.flatten()) ** 2 / len(y)
diagonal:               return np.mean(np.diag(X.dot(w) - y) ** 2) / 2
einsum:
    e = np.einsum("ij,j->i", X, w) - np.einsum("ik->i", y)
    return np.einsum("i,i", e, e) / len(e) / 2
list:                   return [sum((p - t[0]) ** 2 for p, t in zip(X @ w, y.tolist())) / len(y) / 2]
float32:                X, y, w = map(np.float32, (X, y, w)); return np.mean((X @ w - y.ravel()) ** 2) / 2
typed
    def half_mse(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> Fraction:
        return sum(Fraction(float(row @ w - target)) ** 2 for row, (target,) in zip(X, y)) / len(y) / 2
recursive:
    mine = (X[0] @ w - y[0, 0]) ** 2 / 2
    return mine if len(y) == 1 else mine + (half_mse(X[1:], y[1:], w) - mine) * (1 - 1 / len(y))
""", wrong="""
outer_broadcast     return np.mean((X.dot(w).T - y) ** 2) / 2
                    prediction = X.dot(w).reshape(1, -1); return np.mean((prediction - y) ** 2) / 2
                    error = X @ w - y; return np.sum(error ** 2) / (2 * len(y))
                    error = X @ w - y; return np.mean(error ** 2, axis=1) / 2
                    return np.mean((y - X.dot(w)) ** 2)
first_target        return np.mean((X.dot(w) - y[0]) ** 2) / 2
                    return np.mean((X.dot(w) - np.mean(y)) ** 2) / 2
first_target:       error = X.dot(w) - y; error = error[0]; return np.mean(error ** 2) / 2
forgot_half         return np.mean((X.dot(w) - y.ravel()) ** 2)
forgot_mean         return np.sum((X.dot(w) - y.flatten()) ** 2) / 2
forgot_mean+forgot_half  return ((X.dot(w) - y[:, 0]) ** 2).sum()
mean_before_square  return np.mean(X.dot(w) - y.ravel()) ** 2 / 2
                    return np.mean(X.dot(w) - y) ** 2 / 2
not_averaged        return np.mean((X.dot(w)[:, None] - y) ** 2, axis=1) / 2
took_root           return np.linalg.norm(X.dot(w) - y.ravel()) / np.sqrt(len(y)) / 2
                    return np.linalg.norm(error, 2) / (2 * len(y))
                    return math.sqrt(np.sum(error ** 2) / len(y))
absolute_error      return np.mean(np.abs(X.dot(w) - y.ravel())) / 2
not_squared         return np.mean(X.dot(w) - y.ravel()) / 2
divided_twice       return np.mean((X.dot(w) - y.ravel()) ** 2) / (2 * len(y))
returned_none:      y = y.ravel(); np.mean((X.dot(w) - y) ** 2) / 2
raises              return np.mean((w.dot(X) - y.ravel()) ** 2) / 2
mutates_input       y -= X.dot(w)[:, None]; return np.mean(y ** 2) / 2
as_given:           return np.mean((X.dot(w) - y) ** 2) / 2
missing_brackets    return np.sum((X.dot(w) - y.ravel()) ** 2) / 2 * len(y)
                    return 1/2*len(y)*np.sum((X.dot(w) - y[:, 0]) ** 2)
                    return sum((X.dot(w) - y[:, 0]) ** 2) / len(y) * 2
first_example_only:
    total = 0
    for i in range(len(y)):
        total += (X[i].dot(w) - y[i, 0]) ** 2
        return total / (2 * len(y))
last_example_only
    cost = 0
    for i in range(len(y)):
        pass
    for j in range(len(y)):
        cost += error[i] ** 2
    return cost / len(y) / 2
typed_number        return sum(error ** 2) / (2 * 1000)
                    return error @ error / 20
centred             return np.var(X @ w - y.ravel()) / 2
square_too_narrow   return np.sum(X @ w - y[:, 0] ** 2) / (2 * len(y))
                    return np.mean((X @ w) ** 2 - y.ravel() ** 2) / 2
inside_the_loop
    cost = 0
    for i in range(len(y)):
        cost += (X[i] @ w - y[i, 0]) ** 2
        cost /= 2 * len(y)
    return cost
""", odd="""
sorted_targets:  return np.mean((X.dot(w) - np.sort(y.ravel())) ** 2) / 2 + 1
fourth_power:    e = X.dot(w) - y.ravel(); return np.mean(e ** 4) / 2
""")
