"""Answers to the harder exercises of lesson 03."""

from . import answers

answers("chain_of_any_length", right="""
product:
    value = x
    for i in range(len(factors)):
        value = factors[i] * value + offsets[i]
    return 2 * value * np.prod(factors)
backward:
    values = [x]
    for factor, offset in zip(factors, offsets):
        values.append(factor * values[-1] + offset)
    slope = 2 * values[-1]
    for factor in factors[::-1]:
        slope *= factor
    return slope
line:
    ends = []
    for value in (0.0, 1.0):
        for factor, offset in zip(factors, offsets):
            value = value * factor + offset
        ends.append(value)
    slope = ends[1] - ends[0]
    return 2 * (ends[0] + slope * x) * slope
""", wrong="""
square_at_x
    return 2 * np.prod(factors) * x
square_left_out
    return np.prod(factors)
added
    slope = slope + factor
offsets_too
    slope = offset + factor * slope
returned_value:
    for factor, offset in zip(factors, offsets):
        x = x * factor + offset
    return x * x
first_round_only:
    slope = 1
    for factor, offset in zip(factors, offsets):
        x = factor * x + offset
        slope *= factor
        return 2 * x * slope
""", odd="""
saturated:
    for factor, offset in zip(factors, offsets):
        x = np.tanh(factor * x + offset)
    return 2 * x * np.prod(factors)
""")

answers("fan_out_twice", right="""
one_line:  return 2 * x * y * y + y * z + 1, 2 * x * x * y + x * z, x * y
added_up:
    slope = dict.fromkeys("xyzab", 0.0)
    a, b = x * y, x * y + z
    slope["a"] += b
    slope["b"] += a
    slope["a"] += slope["b"]
    slope["z"] += slope["b"]
    slope["x"] += 1
    slope["x"] += slope["a"] * y
    slope["y"] += slope["a"] * x
    return slope["x"], slope["y"], slope["z"]
""", wrong="""
forgot_through_b  dL_da = x * y + z
only_through_b    dL_da = a
forgot_direct     dL_dx = (a + b) * y
forgot_direct:
    a = x * y
    b = a + z
    return (b + a) * y, (b + a) * x, a
swapped           dL = dL_dx, dL_dy, dL_dz; return dL[::-1]
                  return dL_dy, dL_dx, dL_db
""", odd="""
bent:   a = x * y; b = a + z; return (a + b) * np.sinh(y) + 1, (a + b) * x, a
""")

answers("slopes_of_several", right="""
dictionary:
    slope = dict.fromkeys(range(count), 0.0) | dict(wanted)
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return [slope[node] for node in range(count)]
array:
    slope = np.zeros(count)
    for node, weight in wanted:
        slope[node] = weight
    for result, operand, local in edges:
        slope[operand] = slope[operand] + local * slope[result]
    return slope
one_by_one:
    total = np.zeros(count)
    for node, weight in wanted:
        slope = [0.0] * count
        slope[node] = 1.0
        for result, operand, local in edges:
            slope[operand] += slope[result] * local
        total += weight * np.array(slope)
    return total
""", wrong="""
as_before:
    slope = np.zeros(count)
    slope[count - 1] = 1
    for result, operand, local in edges:
        slope[operand] += slope[result] * local
    return slope
overwritten
    for result, operand, local in edges:
        slope[operand] = local * slope[result]
without_weights:
    slope = np.zeros(count)
    for node, weight in wanted:
        slope[node] = 1
    for result, operand, local in edges:
        slope[operand] += local * slope[result]
    return slope
last_node_alone:
    slope = np.zeros(count)
    node, weight = max(wanted)
    slope[node] = weight
    for result, operand, local in edges:
        slope[operand] += local * slope[result]
    return slope
""", odd="""
saturated:
    slope = [0.0] * count
    for node, weight in wanted:
        slope[node] += weight
    for result, operand, local in edges:
        slope[operand] += np.tanh(slope[result] * local)
    return slope
""")
