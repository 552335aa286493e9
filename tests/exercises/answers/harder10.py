"""Answers to the harder exercises of lesson 10."""

from . import answers

answers("spsa_mean", right="""
matrix:
    slopes = np.array([loss(w + h * v) - loss(w - h * v) for v in V]) / (2 * h)
    return slopes @ V / len(V)
sum:
    guess = np.zeros(len(w))
    for v in V:
        up, down = loss(w + h * v), loss(w - h * v)
        guess += (up - down) / (2 * h) * v
    return guess / len(V)
""", wrong="""
added_up            return sum(guesses)
one_guess:
    for v in V:
        guess = (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v
    return guess
mean_toss:
    toss = np.mean(V, axis=0)
    slope = (loss(w + h * toss) - loss(w - h * toss)) / (2 * h)
    return slope * toss
mean_of_everything  return np.array(guesses).mean()
one_sided:
    return np.mean([(loss(w + h * v) - loss(w)) / h * v for v in V], axis=0)
""", odd="""
bent:
    return np.mean([np.sinh((loss(w + h * v) - loss(w - h * v)) / (2 * h)) * v for v in V], axis=0)
""")

answers("forward_gradient_bias", right="""
augmented:
    A, nudge = np.column_stack([X, np.ones(len(X))]), np.append(v, u)
    slope = (A @ np.append(w, b) - y) @ (A @ nudge) / len(y)
    guess = slope * nudge
    return guess[:-1], guess[-1]
loop:
    slope = 0
    for row, target in zip(X, y):
        slope += (row @ w + b - target) * (row @ v + u) / len(y)
    return slope * v, slope * u
gradient:
    error = X @ w + b - y
    slope = X.T @ error / len(y) @ v + error.mean() * u
    return slope * v, slope * u
""", wrong="""
bias_stands_still      slope = np.mean(error * (X @ v + 0))
two_slopes           return np.mean(error * (X @ v)) * v, error.mean() * u * u
true_slope_of_bias   return slope * v, error.mean()
slope_alone          db = slope; return slope * v, db
value_for_nudge      slope = np.mean(error * (X @ v + b))
forgot_bias          error = X.dot(w) - y
sum_or_mean          slope = np.sum(error * (X @ v + u))
""", odd="""
bent:   slope = np.mean((X @ w + b - y) * np.sinh(X @ v + u)); return slope * v, slope * u
""")

answers("other_witnesses", right="""
tuple:   return 150, 100, None
list:    return [122, 7, None]
floats:  return 160.0, 250.0, None
""", wrong="""
first_believed   return None, 100, None
first_agrees     return 100, 100, None
first_elsewhere  return 200, 100, None
second_believed  return 150, None, None
second_agrees    return 150, 30, None
third_agrees     return 150, 100, 299
first_believed@first+second_believed@second  return None, None, None
first_agrees@first+second_agrees@second+third_agrees@third  return 30, 30, 30
""")
