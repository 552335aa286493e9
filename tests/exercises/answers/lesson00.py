"""Answers to the exercises of lesson 00, as learners write them."""

from . import answers

answers("error", right="""
short:     return x * w - y
in_steps
    def error(weight, flipper, mass):
        prediction = weight * flipper
        return prediction - mass
negated:   return -(y - w * x)
float32:   return np.float32(w) * np.float32(x) - np.float32(y)
array:     return np.array(w) * x - y
list:      return [w * x - y]
fraction:  return Fraction(w) * Fraction(x) - Fraction(y)
typed
    def error(w: float, x: float, y: float) -> np.float32:
        prediction: float = np.multiply(w, x)
        return np.float32(prediction - y)
if:
    guess = w * x
    if guess > y:
        return abs(guess - y)
    else:
        return -abs(guess - y)
""", wrong="""
raises                 return wx - y
                       return prediction - y
                       return (w * x - y)[0]
sign_flipped           prediction = w * x; return y - prediction
absolute               return math.sqrt((w * x - y) ** 2)
absolute:
    prediction = w * x
    if prediction > y:
        return prediction - y
    else:
        return y - prediction
squared                e = w * x - y; return e * e
half_squared           return 0.5 * (y - w * x) ** 2
prediction             prediction = w * x; return prediction
sign_flipped+forgot_weight  return y - x
weight_on_target       diff = x - y; return w * diff
                       return (w - y) * x
added_weight           prediction = w + x; return prediction - y
relative               return w * x / y - 1
                       return (w * x - y) / y * 100
side_alone             return 1 if w * x > y else -1
                       prediction = w * x; return prediction > y
sign_flipped+side_alone  return np.sign(y - w * x)
sign_flipped+relative  return (y - w * x) / y
returned_none:         error = w * x - y; print("the error is", error)
                       w * x - y
swapped                return y * w - x
ignores_argument       w = 2.0; return w * x - y
divided                prediction = x / w; return prediction - y
not_numbers            return f"{w * x - y:.2f}"
""", odd="""
target_squared:  return w * x - y ** 2
""")
