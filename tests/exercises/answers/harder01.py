"""Answers to the harder exercises of lesson 01."""

from . import answers

answers("weighted_slope", right="""
average:  return np.average((w * x - y) * x, weights=c)
shares:   share = c / c.sum(); return (share * (w * x - y)) @ x
loop:
    slope, total = 0, 0
    for one, target, count in zip(x, y, c):
        slope += count * (w * one - target) * one
        total += count
    return slope / total
""", wrong="""
as_before        error = w * x - y; return (error * x).mean()
divided_by_n     error = w * x - y; return np.mean(c * error * x)
not_divided      error = w * x - y; return sum(c * error * x)
counted_twice    e = c * (w * x - y); return (e * c * x).sum() / c.sum()
last_example_left_out:
    slope, total = 0, 0
    for i in range(len(x) - 1):
        slope += c[i] * (w * x[i] - y[i]) * x[i]
        total += c[i]
    return slope / total
""", odd="""
saturated:  return np.sum(np.tanh(c) * (w * x - y) * x) / np.sum(c)
""")

answers("ridge_gradient", right="""
mean_axis:
    error = X @ w + b - y
    return (X * error[:, None]).mean(axis=0) + strength * w, error.mean()
loops:
    n, d = X.shape
    dw, db = [strength * weight for weight in w], 0
    for i in range(n):
        error = sum(X[i, j] * w[j] for j in range(d)) + b - y[i]
        db += error / n
        for j in range(d):
            dw[j] += error * X[i, j] / n
    return dw, db
matrix:
    H = X.T @ X / len(X) + strength * np.eye(len(w))
    return H @ w + X.T @ (b - y) / len(X), np.mean(X @ w + b - y)
""", wrong="""
as_before            dw = X.T @ error / len(y)
penalty_averaged     dw = (X * error[:, None] + strength * w).mean(axis=0); dw = (X.T @ error + strength * w) / len(y)
penalty_doubled   dw = X.T @ error / len(y) + strength * w / 2; db = error.mean()
penalty_on_bias      db = error.mean() + b * strength
penalty_off          dw = X.T @ error / len(y) - w * strength
penalty_itself       dw = X.T @ error / len(y) + strength * np.sum(w ** 2) / 2
""", odd="""
decay_first:  w = (1 - strength) * w; error = X @ w + b - y; return X.T @ error / len(y), error.mean()
""")

answers("weighted_half_mse", right="""
average:  error = X @ w - y[:, 0]; return np.average(error ** 2, weights=c[:, 0]) / 2
columns:  error = X @ w[:, None] - y; return (c * error ** 2).sum() / c.sum() / 2
loop:
    total, counts = 0, 0
    for i in range(len(X)):
        total += c[i, 0] * (X[i] @ w - y[i, 0]) ** 2
        counts += c[i, 0]
    return total / counts / 2
""", wrong="""
table_of_errors  error = X @ w - y; return np.sum(c * error ** 2) / np.sum(c) / 2
as_before        error = X @ w - y.ravel(); return (error @ error) / len(y) / 2
divided_by_n     error = X @ w - y.ravel(); return np.sum(c.ravel() * error ** 2) / len(y) / 2
table_of_counts  error = X @ w - y.ravel(); return np.sum(error ** 2 * c) / np.sum(c) / 2
""", odd="""
saturated:  error = X @ w - y.ravel(); return np.average(np.tanh(error) ** 2, weights=c.ravel()) / 2
""")
