"""Words made of the lines of the table: NumPy's functions of shapes, sums and products for arrays and `Var`s."""

import operator
from functools import reduce
from math import prod as product_of
from numbers import Real

import numpy as np

from . import rules
from .graph import Var, refuse_own_rules


def plain(x, name="a Var"):
    """What is worked with a `Var`, as the table wants it: another `Var`, an array of real numbers, a number.

    Raises TypeError for what would lose its own meaning on the way: np.matrix, masked arrays, complex numbers, objects.
    """
    if type(x) is np.ndarray and x.dtype.kind in "fiub" or type(x) is Var or type(x) in PLAIN:
        return x
    refuse_own_rules(x, name)
    if isinstance(x, Real) and not isinstance(x, np.generic):   # such as a fraction
        return float(x)
    if isinstance(x, (list, tuple)) and any(type(part) is Var for part in x):
        return stack(x)
    x = np.asarray(x)
    if x.dtype.kind not in "fiub":
        raise TypeError(f"{name} works with real numbers, got {x.dtype}.")
    return x


# What needs no second look.
PLAIN = {float, int, bool, np.float64, np.float32, np.bool_, np.int64}


def _array(x):
    """A `Var`, or an array of real numbers."""
    return x if type(x) is Var else np.asarray(plain(x))


def whole(axis, name):
    """An axis, or several, as Python's whole numbers; None as it is.  Raises TypeError for anything else."""
    if axis is None or type(axis) is int:
        return axis
    try:
        return tuple(map(operator.index, axis)) if np.ndim(axis) else operator.index(axis)
    except TypeError:
        raise TypeError(f"np.{name} on a Var needs a whole number as axis, or several, got {axis!r}.") from None


def places(axis, ndim, name):
    """An axis of `ndim`, or several, as a tuple counted from the front.  Raises ValueError for what is no axis."""
    axis = whole(axis, name)
    axes = axis if type(axis) is tuple else (axis,)
    if not all(-ndim <= i < ndim for i in axes) or len({i % ndim for i in axes}) < len(axes):
        raise ValueError(f"np.{name}: among {ndim} axes, {axis} names one that is not there, or one twice.")
    return tuple([i % ndim for i in axes])


def dot(x, y):
    """x.dot(y) for numbers, vectors and matrices; arrays or `Var`s.  x (m, k) or (k,), y (k, n) or (k,).

    Raises TypeError for anything but real numbers, ValueError for stacks of matrices and shapes that do not fit.
    """
    x, y = _array(x), _array(y)
    if 0 < x.ndim <= 2 and 0 < y.ndim <= 2:
        return rules.product(x, y)
    if x.ndim and y.ndim:
        raise ValueError(f"dot takes numbers, vectors and matrices; got shapes {x.shape} and {y.shape}. For stacks of "
                         "matrices there is @.")
    return x * y


def matmul(x, y):
    """x @ y: products of vectors and matrices, and of stacks of matrices."""
    x, y = _array(x), _array(y)
    if 0 < x.ndim <= 2 and 0 < y.ndim <= 2:
        return rules.product(x, y)
    if not (x.ndim and y.ndim):
        raise ValueError(f"@ takes vectors and matrices, got shapes {x.shape} and {y.shape}. For numbers there is *.")
    if x.ndim == 1:
        return matmul(reshape(x, 1, -1), y).reshape(y.shape[:-2] + y.shape[-1:])
    if y.ndim == 1:
        return matmul(x, reshape(y, -1, 1)).reshape(x.shape[:-1])
    return rules.stacked(x, y)


def outer(x, y):
    """Every product of a number of x and one of y, (m,) and (n,) to (m, n)."""
    return reshape(x, -1, 1) * reshape(y, 1, -1)


def tensordot(x, y, axes=2):
    """Products added up over several axes, as np.tensordot has them."""
    x, y = _array(x), _array(y)
    n = axes if np.ndim(axes) else whole(axes, "tensordot")
    first, second = (range(-n, 0), range(n)) if type(n) is int else axes
    first, second = places(first, x.ndim, "tensordot"), places(second, y.ndim, "tensordot")
    inner = [x.shape[i] for i in first]
    if inner != [y.shape[i] for i in second]:
        raise ValueError(f"np.tensordot over axes {axes} does not fit shapes {x.shape} and {y.shape}.")
    left, right = [i for i in range(x.ndim) if i not in first], [i for i in range(y.ndim) if i not in second]
    rows, columns = [x.shape[i] for i in left], [y.shape[i] for i in right]
    n = product_of(inner)
    flat = dot(reshape(transpose(x, (*left, *first)), product_of(rows), n),
               reshape(transpose(y, (*second, *right)), n, product_of(columns)))
    return reshape(flat, (*rows, *columns))


def einsum(spec, *arrays, optimize=False):
    """np.einsum of one or two arrays, each letter at most once in an array: "ij,jk->ik". There is nothing to optimize.

    An axis of one beside a longer one of the same letter goes along with it.
    """
    letters, _, out = str(spec).replace(" ", "").partition("->")
    letters = letters.split(",")
    if "->" not in spec:
        out = "".join(sorted(c for c in {*"".join(letters)} if "".join(letters).count(c) == 1))
    if not 1 <= len(arrays) == len(letters) <= 2 or "." in spec or any(len({*axes}) < len(axes) for axes in letters):
        raise TypeError(f'np.einsum on a Var takes one or two arrays, and each letter once in an array, got "{spec}".')
    arrays = [_array(x) for x in arrays]
    if [len(axes) for axes in letters] != [x.ndim for x in arrays] or not {*out} <= {*"".join(letters)}:
        raise ValueError(f'np.einsum "{spec}" does not fit arrays of shapes {[x.shape for x in arrays]}.')
    if len(arrays) == 1:
        kept = [letter for letter in letters[0] if letter in out]
        summed = total(arrays[0], tuple(i for i, letter in enumerate(letters[0]) if letter not in out))
        return transpose(summed, tuple(map(kept.index, out)))
    longest = {}
    for letter, size in zip("".join(letters), arrays[0].shape + arrays[1].shape):
        longest[letter] = size if longest.get(letter, 1) == 1 else longest[letter]
    shapes = [tuple([longest[letter] for letter in axes]) for axes in letters]
    return rules.einsum(*letters, out)(*[x if x.shape == shape else rules.expand(x, shape)
                                         for x, shape in zip(arrays, shapes)])


def power(x, y):
    """x ** y, where y = 2 has a quicker line of its own, and y = 0 is flat even at x = 0."""
    if type(y) in (int, float) and y == 0:
        return 0 * x + 1
    if type(y) is int and y == 2:
        return rules.square(x)
    x, y = plain(x), plain(y)
    return rules.power(_float_beside(x, y), _float_beside(y, x))


def _float_beside(x, other):
    """Whole numbers and masks of NumPy in the type that the power has, because rules subtract from the exponent and
    take logarithms of the base; Python's as floats, if NumPy has none so large; anything else as it is."""
    x = float(x) if type(x) is int and abs(x) >= 2**63 else x
    whole = hasattr(x, "dtype") and x.dtype.kind in "iub"
    return x.astype(np.result_type(x.dtype, getattr(other, "dtype", float))) if whole else x


def log(x):
    """The logarithm; of sigmoid and softmax without the way through numbers too small for a float."""
    if type(x) is Var and x.op is rules.sigmoid:
        return -rules.logaddexp(-x.x, x.dtype.type(0))
    if type(x) is Var and x.op is rules.softmax:
        return x.x - rules.again(rules.logsumexp(x.x, x.y), x.x, x.y)
    return rules.log(x)


def where(mask, x, y):
    """x where the mask is true, and y elsewhere.

    What is not taken gets no slope; but a slope that is infinite inside it makes nan of that, as in every engine: let
    np.sqrt(np.where(x > 0, x, 1)) stand inside np.where(x > 0, ..., 0).
    """
    mask, x, y = mask if type(mask) is Var else np.asarray(mask, bool), plain(x), plain(y)
    if mask.dtype != bool:
        raise TypeError("np.where on a Var needs a mask, such as x > 0, got numbers.")
    dtype = np.result_type(*[part.dtype for part in (x, y) if hasattr(part, "dtype")] or [float])
    x, y = (part if type(part) is Var else np.asarray(part, dtype) for part in (x, y))
    return rules.chosen(x, mask) + rules.chosen(y, rules.logical_not(mask))


def clip(x, a_min=None, a_max=None, *, min=None, max=None):
    """x, but nothing below `a_min` and nothing above `a_max`; at such an edge the slope is that of x."""
    low, high = min if a_min is None else a_min, max if a_max is None else a_max
    x = x if low is None else rules.maximum(plain(x), plain(low))
    return x if high is None else rules.minimum(plain(x), plain(high))


def reshape(x, *shape):
    """x in another shape: reshape(x, 2, 3) or reshape(x, (2, 3))."""
    return rules.reshape(x, shape[0] if len(shape) == 1 else shape)


def ravel(x):
    """All numbers in one row."""
    return rules.reshape(x, (-1,))


def squeeze(x, axis=None):
    """x without its axes of one, or without the named ones."""
    axes = [i for i, size in enumerate(x.shape) if size == 1] if axis is None else places(axis, x.ndim, "squeeze")
    if any(x.shape[i] != 1 for i in axes):
        raise ValueError(f"np.squeeze takes away axes of one, got axis {axis} of shape {x.shape}.")
    return rules.reshape(x, tuple([size for i, size in enumerate(x.shape) if i not in axes]))


def expand_dims(x, axis):
    """x with a new axis of one, or with several."""
    new = places(axis, x.ndim + (np.size(axis) or 1), "expand_dims")
    sizes = iter(x.shape)
    return rules.reshape(x, tuple([1 if i in new else next(sizes) for i in range(x.ndim + len(new))]))


def broadcast_to(x, shape):
    """x repeated until it has this shape."""
    return rules.expand(x, tuple(map(operator.index, np.atleast_1d(shape))))


def transpose(x, *order, axes=None):
    """The axes in another order: transpose(x), transpose(x, 1, 0) or transpose(x, (1, 0))."""
    axes = axes if not order else order[0] if len(order) == 1 else order
    return rules.transpose(x) if axes is None else rules.permute(x, places(axes, x.ndim, "transpose"))


def swapaxes(x, axis1, axis2):
    """Two axes exchanged."""
    (i,), (j,), axes = places(axis1, x.ndim, "swapaxes"), places(axis2, x.ndim, "swapaxes"), list(range(x.ndim))
    axes[i], axes[j] = j, i
    return rules.permute(x, tuple(axes))


def concatenate(arrays, axis=0):
    """Arrays or `Var`s end to end along an axis; all their numbers in one row for axis=None.

    Raises TypeError for anything but real numbers, ValueError for no arrays, or shapes that do not fit.
    """
    arrays = [plain(x) for x in arrays]
    if not arrays:
        raise ValueError("np.concatenate needs at least one array.")
    if axis is None:
        arrays, axis = [rules.reshape(x, (-1,)) for x in arrays], 0
    return reduce(rules.concatenate(whole(axis, "concatenate")), arrays)


def stack(arrays, axis=0):
    """Arrays of one shape, or numbers, side by side along a new axis."""
    return concatenate([expand_dims(_array(x), axis) for x in arrays], axis)


def _axes(x, axis, name):
    """An axis, or several; for None all axes of x."""
    return tuple(range(x.ndim)) if axis is None else whole(axis, name)


def _over(op, said):
    """A reduction with NumPy's arguments, and what its docstring says."""
    def reduced(x, axis=None, keepdims=False):
        axis = whole(axis, op.name)
        z = op(x, axis)
        return rules.again(z, x, _axes(x, axis, op.name)) if keepdims else z
    reduced.__name__ = reduced.__qualname__ = op.name
    reduced.__doc__ = f"{said} of all numbers, or along an axis, or along several; an axis of one stays if keepdims."
    return reduced


total = _over(rules.total, "The sum")
largest = _over(rules.largest, "The largest, where equal ones share the slope,")
logsumexp = _over(rules.logsumexp, "log(sum(exp(x))), which no large number overflows,")


def smallest(x, axis=None, keepdims=False):
    """The smallest of all numbers, or along an axis; equal ones share its slope."""
    return -largest(-x, axis, keepdims)


def _count(x, axis, name):
    """How many numbers are added up for each result."""
    n = x.size if axis is None else product_of([x.shape[i] for i in places(axis, x.ndim, name)])
    if not n:
        raise ValueError(f"np.{name} of no numbers: the array has shape {x.shape}.")
    return n


def mean(x, axis=None, keepdims=False):
    """The mean of all numbers, or along an axis."""
    z, n = total(x, axis, keepdims), _count(x, axis, "mean")
    return z / float(n) if n > 1 else z   # a float: NumPy is slow to divide one number by an int


def variance(x, axis=None, ddof=0, keepdims=False):
    """The sum of the squared distances from the mean, divided by n - ddof.  Raises ValueError where that is 0."""
    n = _count(x, axis, "var")
    if n <= ddof:
        raise ValueError(f"np.var of {n} numbers with ddof={ddof} divides by {n - ddof}; it needs more than {ddof}.")
    return total(rules.square(x - mean(x, axis, True)), axis, keepdims) / float(n - ddof)


def deviation(x, axis=None, ddof=0, keepdims=False):
    """The standard deviation: the root of the variance. Flat where all numbers are equal, as abs is at 0."""
    return rules.length(variance(x, axis, ddof, keepdims))


def norm(x, ord=None, axis=None, keepdims=False):
    """The length of a vector, or the root of the sum of all squares. Flat at zero, as abs is."""
    axes = x.ndim if axis is None else np.size(axis)
    if not (ord is None and (axis is None or axes <= 2) or ord == 2 and axes == 1 or ord == "fro" and axes == 2):
        raise TypeError("np.linalg.norm on a Var is the root of the sum of squares, of vectors and matrices; there is "
                        f"no rule for ord={ord!r} over {axes} axes.")
    return rules.length(total(rules.square(x), axis, keepdims))


def prod(x, axis=None, keepdims=False):
    """The product of all numbers, or along an axis."""
    if np.ndim(axis):
        raise TypeError(f"np.prod on a Var takes one axis, or None for all, got {axis!r}.")
    flat, i = (ravel(x), 0) if axis is None else (x, places(axis, x.ndim, "prod")[0])
    parts = [flat[(slice(None),) * i + (k,)] for k in range(flat.shape[i])]
    z = reduce(operator.mul, parts) if parts else total(flat, i) + 1.0
    return rules.again(z, x, _axes(x, axis, "prod")) if keepdims else z


def cumsum(x, axis=None):
    """Running sums along an axis; of all numbers in one row for None."""
    return rules.cumsum(ravel(x), 0) if axis is None else rules.cumsum(x, places(axis, x.ndim, "cumsum")[0])


def softmax(x, axis=-1):
    """exp(x) / sum(exp(x)) along an axis, several, or all for None.  x (n, k), for example; returns that shape.

    Raises TypeError for anything but real numbers, ValueError for a single one.
    """
    x = _array(x)
    if not x.ndim:
        raise ValueError("softmax is of several numbers, got a single one.")
    return rules.softmax(x, _axes(x, axis, "softmax"))


def log_sigmoid(x):
    """log(1 / (1 + exp(-x))), right also where the sigmoid is too small for a float.  x: an array or a `Var`."""
    return -np.logaddexp(-x, 0)


def cross_entropy(x, y):
    """Mean over the rows of x of  log(sum(exp(x))) - sum(y x): the cross-entropy of softmax(x) and y.

    x (n, k) scores; y (n, k) the wanted probabilities, often a single one in each row; returns a number, in nats.
    Raises TypeError for anything but real numbers, ValueError for targets of another shape.
    """
    x, y = _array(x), _array(y)
    if x.shape != y.shape:
        raise ValueError(f"cross_entropy needs targets in the shape of the scores, {x.shape}; got {y.shape}.")
    return rules.cross_entropy(x, y)


def astype(x, dtype):
    """The same numbers in another precision."""
    if np.dtype(dtype).kind != "f":
        raise TypeError(f"a Var holds floats, and {np.dtype(dtype)} would cut its slopes off.")
    return rules.as_float(x, np.dtype(dtype).name)
