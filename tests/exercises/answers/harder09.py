"""Answers to the harder exercises of lesson 09."""

from . import answers

answers("nesterov_step", right="""
one_line:   return w - step_size * ((1 + beta) * g + beta ** 2 * v), beta * v + g
ahead:      new = beta * v + g; return w - step_size * (g + beta * new), new
loop:
    new_w, new_v = [], []
    for weight, slope, speed in zip(w, g, v):
        speed = beta * speed + slope
        new_w.append(weight - step_size * (slope + beta * speed))
        new_v.append(speed)
    return new_w, new_v
""", wrong="""
as_before       w = w - step_size * v
as_before:      new = beta * v + g; return w - step_size * (g + beta * v), new
slope_twice     w = w - step_size * v - step_size * g
without_slope   w = w - beta * step_size * v
share_twice     w = w - beta * step_size * (v + g)
step_in_memory  new = beta * v + g; v = g + beta * new; w = w - step_size * v; return w, v
step_in_memory:
    v = beta * v + g
    ahead = beta * v + g
    return w - step_size * ahead, ahead
""", odd="""
bent:   new = beta * v + g; return w - step_size * np.sinh(g + beta * new), new
""")

ADAM = """
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g * g
    ratio = m / (1 - 0.9 ** t) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-8)"""

answers("adamw_step", right=f"""
shrink_first:{ADAM}
    w = w * (1 - step_size * decay)
    return w - step_size * ratio, m, v
together:{ADAM}
    return w - step_size * (ratio + decay * w), m, v
loop:{ADAM}
    new = []
    for weight, move in zip(w, ratio):
        new.append(weight - step_size * move - step_size * decay * weight)
    return np.array(new), m, v
""", wrong=f"""
as_before        w = w - step_size * ratio
in_the_gradient:
    g = g + decay * w{ADAM}
    return w - step_size * ratio, m, v
no_step_size     w = (1 - decay) * w - step_size * ratio
grown            w = w - step_size * (ratio - decay * w)
decayed_after:{ADAM}
    w = w - step_size * ratio
    w = w - step_size * decay * w
    return w, m, v
same_for_all     w = w - step_size * (ratio + decay)
""", odd=f"""
bent:{ADAM}
    return w - step_size * np.sinh(ratio + decay * w), m, v
""")

answers("centred_rmsprop_step", right="""
variance:
    s, m = 0.9 * s + 0.1 * g ** 2, 0.9 * m + 0.1 * g
    spread = np.sqrt(s - m * m)
    return w - step_size * g / (spread + 0.01), s, m
loop:
    new = np.zeros((3, len(w)))
    for i in range(len(w)):
        square = 0.9 * s[i] + 0.1 * g[i] ** 2
        mean = 0.9 * m[i] + 0.1 * g[i]
        new[:, i] = w[i] - step_size * g[i] / (math.sqrt(square - mean ** 2) + 0.01), square, mean
    return tuple(new)
""", wrong="""
not_centred          w = w - step_size / (np.sqrt(s) + epsilon) * g
mean_not_squared     w = w - step_size * g / (abs(s - m) ** 0.5 + epsilon)
no_root              w = w - step_size * g / (epsilon + s - m * m)
old_mean:
    s = 0.9 * s + 0.1 * g ** 2
    w = w - step_size * g / (np.sqrt(s - m * m) + 0.01)
    m = 0.9 * m + 0.1 * g
    return w, s, m
along_the_mean       w = w - step_size / (np.sqrt(s - m * m) + epsilon) * m
""", odd="""
bent:
    s, m = 0.9 * s + 0.1 * g ** 2, 0.9 * m + 0.1 * g
    return w - step_size * np.sinh(g / (np.sqrt(s - m ** 2) + 0.01)), s, m
""")
