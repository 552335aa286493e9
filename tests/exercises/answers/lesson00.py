"""Answers to the exercises of lesson 00, as learners write them."""

from fractions import Fraction

import numpy as np

from . import odd, right, wrong, wrong_lines

# error -------------------------------------------------------------------------------------------------------

@right("error")
def error_short(w, x, y):
    return x * w - y


@right("error")
def error_in_steps(weight, flipper, mass):
    prediction = weight * flipper
    return prediction - mass


@right("error")
def error_negated(w, x, y):
    return -(y - w * x)


@right("error")
def error_float32(w, x, y):
    return np.float32(w) * np.float32(x) - np.float32(y)


@right("error")
def error_array(w, x, y):
    return np.array(w) * x - y


@right("error")
def error_list(w, x, y):
    return [w * x - y]


@right("error")
def error_fraction(w, x, y):
    return Fraction(w) * Fraction(x) - Fraction(y)


@right("error")
def error_typed(w: float, x: float, y: float) -> np.float32:
    prediction: float = np.multiply(w, x)
    return np.float32(prediction - y)


@right("error")
def error_if(w, x, y):
    guess = w * x
    if guess > y:
        return abs(guess - y)
    else:
        return -abs(guess - y)


@odd("error")
def _(w, x, y):
    return w * x - y ** 2


@wrong("error", "raises")
def _(w, x, y):
    return wx - y  # noqa: F821


@wrong("error", "raises")
def _(w, x, y):
    return prediction - y  # noqa: F821


wrong_lines("error", """
sign_flipped
    prediction = w * x
    return y - prediction
absolute  return math.sqrt((w * x - y) ** 2)
absolute
    def error(w, x, y):
        prediction = w * x
        if prediction > y:
            return prediction - y
        else:
            return y - prediction
squared
    e = w * x - y
    return e * e
half_squared  return 0.5 * (y - w * x) ** 2
prediction
    prediction = w * x
    error = prediction - y  # noqa: F841
    return prediction
forgot_weight  return x - y
sign_flipped+forgot_weight  return y - x
weight_on_target
    diff = x - y
    return w * diff
added_weight
    prediction = w + x
    return prediction - y
relative  return w * x / y - 1
relative  return (w * x - y) / y * 100
side_alone  return 1 if w * x > y else -1
side_alone
    prediction = w * x
    return prediction > y
sign_flipped+side_alone  return np.sign(y - w * x)
weight_on_target  return (w - y) * x
sign_flipped+relative  return (y - w * x) / y
ratio  return (w * x) / y
returned_none
    def error(w, x, y):
        error = w * x - y
        print("the error is", error)
returned_none
    def error(w, x, y):
        w * x - y
rounded  return round(w * x) - round(y) if False else round(w * x - y, 1)
swapped  return y * w - x
ignores_argument
    w = 2.0
    return w * x - y
divided
    prediction = x / w
    return prediction - y
raises  return (w * x - y)[0]
not_numbers
    def error(w, x, y):
        return f"{w * x - y:.2f}"
rounded  return round(w * x - y, 2)
""")
