"""Answers to the harder exercises of lesson 08."""

from . import answers

answers("batch_noise", right="""
every_batch:
    means = [np.mean(batch, axis=0) for batch in itertools.combinations(gradients, batch_size)]
    return np.mean([np.sum((mean - gradients.mean(axis=0)) ** 2) for mean in means])
weights:
    n, noise = len(gradients), 0
    for slopes in gradients.T:
        noise += slopes.var() * (n - batch_size) / (batch_size * (n - 1))
    return noise
covariance:
    n = len(gradients)
    return np.trace(np.atleast_2d(np.cov(gradients.T))) * (1 / batch_size - 1 / n)
""", wrong="""
variance_of_everything  return factor * gradients.var()
averaged_over_weights   return factor * gradients.var(axis=0).mean()
per_weight              return factor * gradients.var(axis=0)
drawn_again             return gradients.var(axis=0).sum() / batch_size
lengths_of_gradients    return factor * (gradients ** 2).sum() / n
not_squared             return math.sqrt(factor * gradients.var(axis=0).sum())
""", odd="""
bent:  n = len(gradients); return (n + 1.5 - batch_size) / batch_size * np.sinh(np.var(gradients, axis=0)).sum() / n
""")

answers("sgd_step_outputs", right="""
columns:
    W, b = W.copy(), b.copy()
    for j in range(len(b)):
        error = X[batch] @ W[:, j] + b[j] - Y[batch, j]
        W[:, j] -= step_size * X[batch].T @ error / len(batch)
        b[j] -= step_size * error.mean()
    return W, b
rows:
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for i in batch:
        error = X[i] @ W + b - Y[i]
        dW += np.outer(X[i], error) / len(batch)
        db += error / len(batch)
    return W - step_size * dW, b - step_size * db
""", wrong="""
bias_for_all        db = error.sum() / error.size
divided_by_outputs  dW = X[batch].T @ error / Y[batch].size; db = error.mean(axis=0) / Y.shape[1]
wrong_axis          db = error.mean(axis=1)
full_batch:
    error = X @ W + b - Y
    return W - step_size * X.T @ error / len(X), b - step_size * error.mean(axis=0)
uphill              return W + step_size * dW, b + step_size * db
""", odd="""
bent:
    error = np.sinh(X[batch] @ W + b - Y[batch])
    return W - step_size * X[batch].T @ error, b - step_size * error.mean(axis=0)
""")

answers("averaged_epoch", right="""
path:
    path = []
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        path.append(w)
    return np.mean(path, axis=0)
running:
    mean = 0
    for k, batch in enumerate(batches, 1):
        w = w - step_size * sum((X[i] @ w - y[i]) * X[i] for i in batch) / len(batch)
        mean = mean + (w - mean) / k
    return mean
""", wrong="""
as_before       return w
with_the_start:
    path = [w]
    for batch in batches:
        path.append(path[-1] - step_size * X[batch].T @ (X[batch] @ path[-1] - y[batch]) / len(batch))
    return np.mean(path, axis=0)
without_the_end:
    path = [w]
    for batch in batches[:-1]:
        path.append(path[-1] - step_size * X[batch].T @ (X[batch] @ path[-1] - y[batch]) / len(batch))
    return np.mean(path, axis=0)
walked_from_the_mean:
    places = []
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        places.append(w)
        w = (sum(places[1:], places[0]) / len(places))
        places = [w] * len(places)
    return w
not_averaged    return total * 1
""", odd="""
bent:
    total = 0
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        total = total + np.sinh(w)
    return total / len(batches)
""")
