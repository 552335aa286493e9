"""Answers to the harder exercises of lesson 07."""

from . import answers

answers("two_heads_delta", right="""
stacked:  return np.hstack([delta_a, delta_b]) @ np.hstack([A, B]).T * h * (1 - h)
twice:    return delta_a @ A.T * h * (1 - h) + delta_b @ B.T * h * (1 - h)
loop:
    arriving = np.zeros(h.shape)
    for delta, W in ((delta_a, A), (delta_b, B)):
        for i in range(len(h)):
            for j in range(h.shape[1]):
                arriving[i, j] += sum(delta[i] * W[j])
    return arriving * (h - h ** 2)
""", wrong="""
one_head       return delta_a @ A.T * h * (1 - h)
one_head:
    for delta, W in ((delta_a, A), (delta_b, B)):
        arriving = delta @ W.T
    return arriving * h * (1 - h)
averaged       arriving = 0.5 * (delta_a @ A.T) + 0.5 * (delta_b @ B.T)
multiplied     arriving = np.multiply(delta_a @ A.T, delta_b @ B.T)
slope_skipped  return delta_a @ A.T + delta_b @ B.T
slope_of_one   return h * (1 - h) * (delta_a @ A.T) + delta_b @ B.T
raises         arriving = delta_a @ A + delta_b @ B
""", odd="""
bent:  return np.sinh(delta_a @ A.T + delta_b @ B.T) * h * (1 - h)
""")

answers("backward_deep", right="""
list:
    values = [X]
    for W in weights:
        values.append(1 / (1 + np.exp(-values[-1] @ W)))
    delta, slopes = (values[-1] - y) / len(X), []
    for W, before in zip(weights[::-1], values[-2::-1]):
        slopes.insert(0, before.T @ delta)
        delta = delta @ W.T * before * (1 - before)
    return np.array(slopes)
recursive:
    def back(x, layers):
        if len(layers) == 0:
            return x - y, []
        h = sigmoid(x @ layers[0])
        delta, slopes = back(h, layers[1:])
        delta = delta if len(layers) == 1 else delta * h * (1 - h)
        return delta @ layers[0].T, [x.T @ delta / len(X), *slopes]
    return back(X, weights)[1]
one_by_one:
    slopes = np.zeros(weights.shape)
    for x, target in zip(X, y):
        values = [x]
        for W in weights:
            values.append(1 / (1 + np.exp(-values[-1] @ W)))
        delta = (values[-1] - target) / len(X)
        for i in range(len(weights))[::-1]:
            slopes[i] += np.outer(values[i], delta)
            delta = weights[i] @ delta * values[i] * (1 - values[i])
    return slopes
""", wrong="""
sigmoid_skipped  delta = np.dot(delta, weights[i].T)
not_transposed   delta = np.dot(delta, weights[i]) * values[i] * (1 - values[i])
other_values     slopes[i] = np.dot(values[i + 1].T, delta)
delta_stays:
    values = [X]
    for W in weights:
        values.append(1 / (1 + np.exp(-values[-1] @ W)))
    delta = (values[-1] - y) / len(X)
    return np.array([h.T @ delta for h in values[:-1]])
last_layer_only:
    values = [X]
    for W in weights:
        values.append(1 / (1 + np.exp(-values[-1] @ W)))
    slopes = np.zeros(weights.shape)
    slopes[-1] = values[-2].T @ (values[-1] - y) / len(X)
    return slopes
""", odd="""
bent:
    values = [X]
    for W in weights:
        values.append(1 / (1 + np.exp(-values[-1] @ W)))
    return np.array([h.T @ np.sinh(values[-1] - y) for h in values[:-1]])
""")

BACK = """
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)"""

answers("train_step_decayed", right=f"""
short:{BACK}
    shrink = 1 - step_size * strength
    return (shrink * W1 - step_size * X.T @ delta1, b1 - step_size * delta1.sum(axis=0),
            shrink * W2 - step_size * h.T @ delta2, b2 - step_size * delta2.sum(axis=0))
slopes_first:{BACK}
    slopes = [X.T @ delta1 + strength * W1, delta1.sum(axis=0), h.T @ delta2 + strength * W2, delta2.sum(axis=0)]
    return tuple(array - step_size * slope for array, slope in zip((W1, b1, W2, b2), slopes))
""", wrong=f"""
as_before:{BACK}
    return (W1 - step_size * X.T @ delta1, b1 - step_size * delta1.sum(axis=0),
            W2 - step_size * h.T @ delta2, b2 - step_size * delta2.sum(axis=0))
no_step_size:{BACK}
    shrink = 1 - strength
    return (shrink * W1 - step_size * X.T @ delta1, b1 - step_size * delta1.sum(axis=0),
            shrink * W2 - step_size * h.T @ delta2, b2 - step_size * delta2.sum(axis=0))
grown:{BACK}
    grow = 1 + step_size * strength
    return (grow * W1 - step_size * X.T @ delta1, b1 - step_size * delta1.sum(axis=0),
            grow * W2 - step_size * h.T @ delta2, b2 - step_size * delta2.sum(axis=0))
biases_too:{BACK}
    slopes = [X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)]
    return tuple(array - step_size * (slope + strength * array) for array, slope in zip((W1, b1, W2, b2), slopes))
""", odd=f"""
bent:{BACK}
    return (W1 - step_size * np.sinh(3 * X.T @ delta1 + strength * W1), b1 - step_size * delta1.sum(axis=0),
            W2 - step_size * np.sinh(3 * h.T @ delta2 + strength * W2), b2 - step_size * delta2.sum(axis=0))
""")
