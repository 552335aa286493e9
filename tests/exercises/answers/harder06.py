"""Answers to the harder exercises of lesson 06."""

from . import answers

answers("whose_else", right="""
tuple:   return "cross_entropy", "mse", "half_sse"
spelt:   return "Cross-Entropy", "MSE", "half sse"
list:    return ["cross_entropy", "mse", "half_sse"]
""", wrong="""
as_before                return "sum_cross_entropy", "half_sse", "mse"
sum_for_mean       return "sum_cross_entropy", "mse", "half_sse"
sum_for_mean      return first, "sse", third
no_sigmoid_slope   return "half_mse", second, third
two_is_there      return first, "half_mse", third
not_a_probability  return first, "cross_entropy", third
two_missing        return first, second, "sse"
mean_for_sum       third = "half mse"
mean_and_two_missing  return first, second, "mse"
slope_not_cancelled  return first, second, "cross_entropy"
no_sigmoid_slope@first+sum_for_mean@second  return "mse", "sse", third
""")

answers("rare_entropy_gradient", right="""
weights:   p = 1 / (1 + np.exp(-X @ w)); weights = np.where(y == 1, rare, 1); return X.T @ (weights * (p - y)) / len(y)
copies:
    p = 1 / (1 + np.exp(-X @ w))
    return ((X * (p - y)[:, None])[y == 0].sum(axis=0) + rare * (X * (p - y)[:, None])[y == 1].sum(axis=0)) / len(y)
loop:
    total = np.zeros(len(w))
    for row, target in zip(X, y):
        p = 1 / (1 + np.exp(-row @ w))
        total += (p - target) * row * (rare if target else 1)
    return total / len(y)
""", wrong="""
as_before        return X.T @ (p - y) / len(y)
all_weighted     return rare * X.T @ (p - y) / len(y)
other_class      pull = np.where(y == 0, rare, 1) * (p - y)
target_weighted  return X.T @ (p - rare * y) / len(y)
weighted_mean    weights = np.where(y == 1, rare, 1); return X.T @ (weights * (p - y)) / weights.sum()
""", odd="""
bent:    p = 1 / (1 + np.exp(-X @ w)); return X.T @ (np.sinh((p - y) * rare ** y)) / len(y)
""")

answers("tanh_loss_gradient", right="""
cosh:      p = np.tanh(X @ w); return X.T @ ((p - y) / np.cosh(X @ w) ** 2) / len(y)
factors:   p = np.tanh(X @ w); slope = (1 - p) * (1 + p); return np.mean(X * ((p - y) * slope)[:, None], axis=0)
loop:
    total = [0] * len(w)
    for i in range(len(y)):
        p = math.tanh(X[i] @ w)
        for j in range(len(w)):
            total[j] += (p - y[i]) * (1 - p * p) * X[i, j] / len(y)
    return total
""", wrong="""
sigmoid_slope   return X.T @ ((p - y) * p * (1 - p)) / len(y)
no_slope        error = p - y; return X.T @ error / len(y)
slope_at_z      z = X @ w; return X.T @ ((p - y) * (1 - z * z)) / len(y)
tanh_twice      slope = 1 - np.tanh(p) ** 2; return X.T @ ((p - y) * slope) / len(y)
half_slope      return X.T @ ((p - y) * (1 - p)) / len(y)
as_before       p = 1 / (1 + np.exp(-X @ w)); return X.T @ ((p - y) * p * (1 - p)) / len(y)
""", odd="""
bent:     p = np.tanh(X @ w); return X.T @ np.sinh(2 * (p - y) * (1 - p ** 2)) / len(y)
""")
