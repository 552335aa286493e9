"""Answers to the harder exercises of lesson 02."""

from . import answers

answers("clipped_step", right="""
two_sided:  return w - np.maximum(-longest, np.minimum(longest, step_size * gradient))
signs:      move = step_size * gradient; return w - np.sign(move) * np.minimum(abs(move), longest)
loop:
    new = []
    for weight, slope in zip(w, gradient):
        move = step_size * slope
        if abs(move) > longest:
            move = longest if move > 0 else -longest
        new.append(weight - move)
    return np.array(new)
""", wrong="""
as_before         return w - gradient * step_size
one_side:         move = step_size * gradient; move[move > longest] = longest; return w - move
uphill            return w + np.clip(step_size * gradient, -longest, longest)
always_the_longest  return w - np.sign(gradient) * longest
clipped_gradient  return w - step_size * np.minimum(np.maximum(gradient, -longest), longest)
clipped_weights   new = w - step_size * gradient; return np.maximum(np.minimum(new, longest), -longest)
by_length:
    move = step_size * gradient
    length = np.sqrt((move ** 2).sum())
    if length > longest:
        move = move * longest / length
    return w - move
""", odd="""
swinging:  return w - longest * np.sin(3 * step_size * gradient / longest)
""")

answers("ridge_limit", right="""
largest:  return 2 / (np.linalg.eigvalsh(X.T @ X / len(X)).max() + strength)
norm:     return 2 / (np.linalg.norm(X, 2) ** 2 / len(X) + strength)
from_before
    before = 2 / max(np.linalg.eigvals(X.T @ X / len(X)).real)
    return 1 / (1 / before + strength / 2)
""", wrong="""
as_before            return 2 / np.linalg.eigvalsh(X.T @ X / len(X)).max()
added_to_the_limit   return 2 / np.linalg.eigvalsh(X.T @ X / len(X)).max() + strength
strength_everywhere:  H = X.T @ X / len(X); H += strength; return 2 / np.linalg.eigvalsh(H)[-1]
doubled              return 2 / (np.linalg.eigvalsh(X.T @ X / len(X)).max() + strength / 2)
penalty_averaged     return 2 / (np.linalg.eigvalsh(X.T @ X + strength * np.eye(X.shape[1])).max() / len(X))
penalty_alone        return 2 / strength
smallest_curvature   return 2 / (np.linalg.eigvalsh(X.T @ X / len(X))[0] + strength)
""", odd="""
saturated:  return 2 / (np.linalg.eigvalsh(X.T @ X / len(X)).max() + np.tanh(strength))
""")

answers("descend_decaying", right="""
from_zero:
    for t in range(steps):
        w = w - step_size / (t + 1) * X.T @ (X @ w - y) / len(y)
    return w
list:
    for size in [step_size / t for t in range(1, steps + 1)]:
        error = y - X @ w
        w = w + size * (X * error[:, None]).mean(axis=0)
    return w
while:
    t, w = 1, w.copy()
    while t <= steps:
        slopes = sum((X[i] @ w - y[i]) * X[i] for i in range(len(y)))
        w -= step_size * slopes / len(y) / t
        t += 1
    return w
""", wrong="""
as_before:
    for _ in range(steps):
        w = w - step_size * X.T @ (X @ w - y) / len(y)
    return w
counted_from_zero:
    for t in range(steps):
        w = w - step_size / (t + 2) * X.T @ (X @ w - y) / len(y)
    return w
divided_again:
    for t in range(1, steps + 1):
        step_size /= t
        w = w - step_size * X.T @ (X @ w - y) / len(y)
    return w
halved:
    for t in range(steps):
        w = w - step_size * X.T @ (X @ w - y) / len(y)
        step_size /= 2
    return w
root_of_t   w = w - step_size / np.sqrt(t) * X.T @ error / len(y)
uphill      w = w + step_size / t * X.T @ error / len(y)
""", odd="""
exponential:
    for t in range(1, steps + 1):
        w = w - step_size * np.exp(-t / 3) * X.T @ (X @ w - y) / len(y)
    return w
""")
