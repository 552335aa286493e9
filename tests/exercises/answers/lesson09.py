"""Answers to the exercises of lesson 09, as learners write them."""

from . import answers

answers("momentum_step", right="""
other_names:  velocity = g + v * beta; return w - velocity * step_size, velocity
as_steps:     u = -step_size * v; u = beta * u - step_size * g; return w + u, -u / step_size
loops:
    new_w, new_v = [], []
    for i in range(len(w)):
        new_v.append(beta * v[i] + g[i])
        new_w.append(w[i] - step_size * new_v[i])
    return new_w, new_v
mean:
    m = (1 - beta) * v
    m = beta * m + (1 - beta) * g
    return {"v": m / (1 - beta), "w": w - step_size / (1 - beta) * m}
loss_of_speed:
    friction = 1 - beta
    v = v + (g - friction * v)
    w = w - step_size * v
    return w, v
matrix:
    A = np.array([[1, -step_size * beta, -step_size], [0, beta, 1]])
    return tuple(A @ np.array([w, v, g]))
float32:      v = np.float32(beta * v + g); return np.float32(w - step_size * v), v
gradlib:      rule = descent.Momentum(step_size, beta); rule.v = v; return rule.step(w, g), rule.v
one_array
    def momentum_step(w: np.ndarray, g: np.ndarray, v: np.ndarray, step_size: float, beta: float) -> np.ndarray:
        v = np.fromiter((beta * old + new for old, new in zip(v, g)), float)
        return np.array([w - step_size * v, v])
""", wrong="""
raises                 v = beta * v + gradient
moving_average:        new_v = v + (1 - beta) * (g - v); return w - step_size * new_v, new_v
added                  v = beta * v + g + 0.01 * w
past_without_step_size:  w = w - step_size * g - beta * v; v = beta * v + g; return w, v
slope_not_itself       v = beta * v + g * g
past_squared           v = v * beta * v + g
past_uphill:           v = beta * v + step_size * g; return w - step_size * g + beta * v, v
uphill+moving_average  v = beta * v + (1 - beta) * g; w = w + step_size * v
uphill:                v = beta * v + g; return w + step_size * v, v
step_size_inside:      step = beta * v + step_size * g; return w - step, step
old_v:                 w = w - step_size * v; v = beta * v + g; return w, v
nothing_stays          v = np.zeros_like(w) + g
faded_once_more:       v = v * beta + g; return w - beta * step_size * v, v
looked_ahead           w = w - step_size * (beta * v + g)
slope_twice            w = w - step_size * g - step_size * v
multiplied             v = beta * g * v
another_order:         v = beta * v + g; return v, w - step_size * v
weights_alone:         return w - step_size * (beta * v + g)
memory_lost:           new_v = beta * v + g; w = w - step_size * new_v; return w, v
not_moved:             v = beta * v + g; new_w = w - step_size * v; return w, v
returned_step          return -step_size * v, v
no_step_size           w = w - v
ignores_argument       v = 0.9 * v + g
mutates_input:         v *= beta; v += g; return w - step_size * v, v
not_attempted          v = ...
""", odd="""
bent_slope  v = beta * v + np.tanh(g)
""")

answers("adam_step", right="""
as_in_the_paper
    def adam_step(theta, g, m, v, t, alpha):
        beta1, beta2, epsilon = 0.9, 0.999, 1e-8
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        m_hat = m / (1 - beta1 ** t)
        v_hat = v / (1 - beta2 ** t)
        theta = theta - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
        return theta, m, v
one_correction:
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g ** 2
    step_size = step_size * math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
    return w - step_size * m / (np.sqrt(v) + 1e-8), m, v
like_torch:
    m = m + (g - m) * (1 - 0.9)
    v = v * 0.999 + (1 - 0.999) * np.square(g)
    bias1, bias2 = 1 - 0.9 ** t, 1 - 0.999 ** t
    below = np.sqrt(v) / bias2 ** 0.5 + 1e-8
    return {"m": m, "v": v, "w": w - step_size / bias1 * m / below}
loops:
    new_w, new_m, new_v = list(w), list(m), list(v)
    for i in range(len(w)):
        new_m[i] = 0.9 * m[i] + 0.1 * g[i]
        new_v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2
        new_w[i] -= step_size * (new_m[i] / (1 - 0.9 ** t)) / (math.sqrt(new_v[i] / (1 - 0.999 ** t)) + 1e-8)
    return new_w, new_m, new_v
weights_of_the_mean:
    share1, share2 = sum(0.1 * 0.9 ** k for k in range(t)), sum(0.001 * 0.999 ** k for k in range(t))
    m, v = m * 0.9 + g * 0.1, v * 0.999 + g * g * 0.001
    return [w - step_size * (m / share1) / ((v / share2) ** 0.5 + 1e-8), m, v]
zero_spared:
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
    root = np.sqrt(v / (1 - 0.999 ** t))
    moves = np.zeros(len(w))
    moves[root > 0] = (m / (1 - 0.9 ** t))[root > 0] / root[root > 0]
    return w - step_size * moves, m, v
larger_epsilon:
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
    return w - step_size * m / (1 - 0.9 ** t) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-7), m, v
larger_of_the_two:
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
    root = np.fromiter((max(math.sqrt(each / (1 - 0.999 ** t)), 1e-8) for each in v), float)
    return np.array([w - step_size * m / (1 - 0.9 ** t) / root, m, v])
""", wrong="""
added                 w = w - step_size * (mean / (np.sqrt(mean_square) + epsilon) + 0.01 * w)
weights_alone         return np.asarray(w)
another_order         return m, v, w
memory_lost           old_m, old_v = m, v; m = beta1 * m + (1 - beta1) * g; return w, old_m, old_v
raises                w = w - step_size * mean / (sqrt(mean_square) + epsilon)
uphill+no_correction  w = w + step_size * m / (np.sqrt(v) + epsilon)
squared_for_root      w = w - step_size * mean / (np.square(mean_square) + epsilon)
root_twice            w = w - step_size * mean / (mean_square ** 0.25 + epsilon)
shrinking_steps       step_size = step_size / np.sqrt(t); mean = m / (1 - beta1 ** t)
without_t:
    m, v = (0.9 * m + 0.1 * g) / (1 - 0.9), (0.999 * v + 0.001 * g ** 2) / (1 - 0.999)
    return w - step_size * m / (np.sqrt(v) + 1e-8), m, v
one_step_ahead        t += 1; m = beta1 * m + (1 - beta1) * g
multiplied_by_correction  mean = m * (1 - beta1 ** t); mean_square = v * (1 - beta2 ** t)
corrected_twice
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1 ** t)
    v = (beta2 * v + (1 - beta2) * g ** 2) / (1 - beta2 ** t)
correction_stored
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1 ** t)
    v = (beta2 * v + (1 - beta2) * g ** 2) / (1 - beta2 ** t)
    w = w - step_size * m / (np.sqrt(v) + epsilon)
correction_stored@v
    v = (beta2 * v + (1 - beta2) * g ** 2) / (1 - beta2 ** t)
    w = w - step_size * mean / (np.sqrt(v) + epsilon)
only_m_corrected      w = w - step_size * mean / (np.sqrt(v) + epsilon)
betas_exchanged       beta2, beta1, epsilon = 0.9, 0.999, 1e-8
not_a_mean            m = beta1 * m + g; v = beta2 * v + g ** 2
                      m = beta1 * m + g
not_squared           v = beta2 * v + (1 - beta2) * np.abs(g)
one_for_all           v = beta2 * v + (1 - beta2) * (g @ g)
no_epsilon            w = w - step_size * mean / np.sqrt(mean_square) + epsilon
multiplied_by_root    w = w - step_size * mean * (np.sqrt(mean_square) + epsilon)
only_the_slope        w = w - step_size * g / (np.sqrt(mean_square) + epsilon)
uphill                w = w + step_size * mean / (np.sqrt(mean_square) + epsilon)
no_step_size          w = w - mean / (np.sqrt(mean_square) + epsilon)
old_means:
    w = w - step_size * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-8)
    return w, 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
nothing_stays         m = (1 - beta1) * g; v = (1 - beta2) * g ** 2
not_attempted         return ...
mutates_input         m[:] = beta1 * m + (1 - beta1) * g; v[:] = beta2 * v + (1 - beta2) * g ** 2
""", odd="""
largest_of_both:
    m, v = 0.9 * m + 0.1 * g, np.maximum(0.999 * v, abs(g))
    return w - step_size * m / (1 - 0.9 ** t) / (v + 1e-8), m, v
""")

answers("rmsprop_step", right="""
power:           s = 0.99 * s + 0.01 * g ** 2; return w - step_size * g / (s ** 0.5 + 1e-8), s
step_of_each:
    decay, epsilon = 0.99, 1e-8
    s = s + (1 - decay) * (g * g - s)
    own_step = step_size / (epsilon + np.sqrt(s))
    return w - own_step * g, s
loops:
    new_w, new_s = [], []
    for wi, gi, si in zip(w, g, s):
        si = 0.99 * si + (1 - 0.99) * gi ** 2
        new_s.append(si)
        new_w.append(wi - step_size * gi / (math.sqrt(si) + 1e-8))
    return new_w, new_s
hypot:
    root = np.hypot(np.sqrt(0.99 * s), np.sqrt(0.01) * g)
    return [w - step_size * g / (root + 1e-8), root ** 2]
copy:
    s = s.copy()
    s *= 0.99
    s += 0.01 * np.square(g)
    w = w.copy()
    w -= np.divide(step_size * g, np.sqrt(s) + 1e-8)
    return {"w": w, "s": s}
sign_and_size:
    s = 0.99 * s + 0.01 * abs(g) ** 2
    return w - step_size * np.sign(g) * (abs(g) / (np.sqrt(s) + 1e-8)), s
larger_epsilon:  s = 0.99 * s + 0.01 * g ** 2; return np.stack([w - step_size * g / (np.sqrt(s) + 1e-7), s])
larger_of_the_two:
    s = np.fromiter((0.99 * old + 0.01 * new ** 2 for old, new in zip(s, g)), float)
    return w - step_size * g / np.maximum(np.sqrt(s), 1e-8), s
""", wrong="""
as_given          w = w - step_size * g / (s + epsilon)
given_division    s = decay * s + (1 - decay) * g * g; w = w - step_size * g / (s + epsilon)
                  w = w - step_size / s * g
squared_for_root  w = w - step_size * g / (s * s + epsilon)
mean_of_lengths   s = decay * s + (1 - decay) * np.abs(g)
                  s = decay * s + (1 - decay) * np.abs(g); w = w - step_size * g / (s + epsilon)
slope_squared     w = w - step_size * np.sqrt(g ** 2) / (np.sqrt(s) + epsilon)
root_stored       s = np.sqrt(decay * s + (1 - decay) * g ** 2); w = w - step_size * g / (s + epsilon)
root_twice        s = np.sqrt(decay * s + (1 - decay) * g ** 2)
old_s:            return w - step_size * g / (np.sqrt(s) + 1e-8), 0.99 * s + 0.01 * g ** 2
epsilon_inside    w = w - step_size * g / (s + epsilon) ** 0.5
no_epsilon        w = w - step_size * g / np.sqrt(s) + epsilon
slope_gone        w = w - step_size / (np.sqrt(s) + epsilon)
one_for_all       w = w - step_size * g / (np.sqrt(s.mean()) + epsilon)
uphill            w = w + step_size * g / (np.sqrt(s) + epsilon)
another_order     return s, w
memory_lost:      new_s = 0.99 * s + 0.01 * g ** 2; return w - step_size * g / (np.sqrt(new_s) + 1e-8), s
returned_step     return step_size * g / (np.sqrt(s) + epsilon), s
no_step_size+given_division  w = w - g / (s + epsilon)
mutates_input     s[:] = decay * s + (1 - decay) * g ** 2
raises            w = w - step_size * g / (math.sqrt(s) + epsilon)
""", odd="""
cube_root  w = w - step_size * g / (np.cbrt(s) + epsilon)
""")
