"""Answers to the harder exercise of lesson 00."""

from . import answers

answers("error_with_bias", right="""
in_steps:  prediction = w * x + b; return prediction - y
bias_last: return (w * x - y) + b
negated:   return -(y - b - w * x)
product:   return float(np.dot([w, b], [x, 1]) - y)
""", wrong="""
as_before        error = w * x - y; return error
bias_off         return w * x - (b + y)
bias_multiplied  return w * x + w * b - y
other_sign      return w * x + b + y
raises           return wx + b - y
""", odd="""
bias_squared:    return w * x + b ** 2 - y
""")
