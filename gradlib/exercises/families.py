"""Families of slips that every exercise shares: each is applied to the right answers of an exercise, wherever it makes
sense, and gives mistakes that the exercise need not list.

One kind, here, changes what goes in or comes out of a right function: the first example only, two arguments exchanged,
one step for each example. The other, in `turns`, changes one place in the right code. Whatever the learner's own code
looks like, it is recognised by what it does.
"""

from itertools import permutations

import numpy as np

from .mistakes import Mistake
from .turns import by_code


def of(exercise):
    """All mistakes of all families for one exercise."""
    return [Mistake(code, title.replace("{noun}", exercise.noun), why, look_at, (way,))
            for family in (_by_examples, _by_state, _by_numbers, _by_arguments, _by_code)
            for (code, title, why, look_at), way in family(exercise)]


def _by_code(exercise):
    return by_code(exercise, same_kind(exercise))


def same_kind(exercise):
    """For each argument the others of its kind, which could stand in its place."""
    values = dict(zip(exercise.arguments, exercise.trials_of(0)[0].args))
    return {name: [other for other in values if other != name and type(values[other]) is type(value)
                   and np.ndim(values[other]) == np.ndim(value)] for name, value in values.items()
            if isinstance(value, (int, float, np.ndarray))}


# ------------------------------------------------------------------------------- some of the examples

def _by_examples(exercise):
    """The answer to some of the examples, and the same still divided by the number of all."""
    for texts, *rows in EXAMPLES if exercise.examples else ():
        yield texts, _on_rows(exercise, rows)
        yield texts, _shared_out(exercise, rows, lambda some, n: some / n)
    if exercise.examples:
        yield ONE_LESS, _shared_out(exercise, [slice(None)], lambda some, n: n / (n - 1) if n > 1 else np.inf)
        yield ONE_LESS, _shared_out(exercise, [slice(None)], lambda some, n: (n - 1) / n)


EXAMPLES = (
    (("first_example_only", "Your {noun} listens to the first example only.",
      "A return inside a loop ends it in the first round. Or an index picked one example.",
      "How many examples does your code meet before it returns?"), slice(0, 1)),
    (("last_example_only", "Your {noun} listens to the last example only.",
      "A loop that writes into the same name again forgets what stood there. Or a name was left over from a loop.",
      "Which examples does your code keep something of?"), slice(-1, None)),
    (("last_example_left_out", "Your {noun} leaves out the last example.", "A range ends before its last number.",
      "For five examples, which is the last one that your code meets?"), slice(None, -1)),
    (("first_example_left_out", "Your {noun} leaves out the first example.",
      "Python counts from 0. A range that starts at 1 never meets example 0.",
      "Which is the first example that your code meets?"), slice(1, None)),
    (("neighbours", "Each example meets what belongs to its neighbour.",
      "Two indices, or two lists, have slipped against each other by one.",
      "For example 0, which row and which target does your code take?"), slice(None, -1), slice(1, None)),
    (("neighbours", "Each example meets what belongs to its neighbour.",
      "Two indices, or two lists, have slipped against each other by one.",
      "For example 1, which row and which target does your code take?"), slice(1, None), slice(None, -1)),
)


ONE_LESS = ("one_less", "Your {noun} divides by one less than the number of examples.",
            "That is right where the rest of a population must be guessed. A mean divides by as many as come in.",
            "For one example alone, by what does your function divide?")


def _on_rows(exercise, rows):
    """The answer to these rows of the examples; if there are two choices, the last array has one of its own."""
    def some(*args):
        given = dict(zip(exercise.arguments, args))
        given |= {name: given[name][rows[0]] for name in exercise.examples}
        last = exercise.examples[-1]
        return exercise.reference(*{**given, last: args[exercise.arguments.index(last)][rows[-1]]}.values())
    return some


def _shared_out(exercise, rows, share_of):
    """The answer, or the step, to some of the examples, times share_of(how many, how many there are): as if it had been
    divided by the number of all."""
    def some(*args):
        given = dict(zip(exercise.arguments, args))
        examples = given[exercise.examples[0]]
        share = share_of(len(examples[rows[0]]), len(examples))
        known = _on_rows(exercise, rows if share else [slice(None)])   # of no examples nothing is left
        return _changed(exercise, lambda move: share * move, known)(*args)
    return some


def _several(value):
    return value if isinstance(value, tuple) else (value,)


# ------------------------------------------------------------------------------- what is carried along

def _by_state(exercise):
    """One step for each example, or one weight after the other."""
    if exercise.state and exercise.examples:
        yield from ((STEPS, _row_by_row(exercise, scale)) for scale in (lambda n: 1, lambda n: 1 / n))
    orders = (exercise.state, exercise.state[::-1]) if exercise.state[1:] else ()
    yield from ((ARRAYS, _in_turn(exercise, order, lambda shape: [...])) for order in orders)
    if exercise.state:
        yield WEIGHTS, _in_turn(exercise, exercise.state, np.ndindex)


STEPS = ("row_by_row", "Your function takes a step for each example.",
         "Then each example finds the weights where the one before has left them. Here all of them speak about one "
         "place, and then there is one step.",
         "Where do the weights stand when the second example is asked?")
WEIGHTS = ("one_after_the_other", "Your function moves one weight after the other.",
           "The second slope is taken where the first weight has moved already. All slopes belong to one place.",
           "Which weights are in your error when the second weight moves?")
ARRAYS = (WEIGHTS[0], "Something has moved before all slopes are taken.",
          "The later slopes are taken where something has moved already. All slopes belong to one place.",
          "Which of your lines moves something, and which lines below still need the old numbers?")


def _row_by_row(exercise, scale):
    """A step for each example, and that as often as there are `steps`."""
    def rows(*args):
        given, rounds = _one_round(exercise, args)
        n = len(given[exercise.examples[0]])
        if "step_size" in given:
            given["step_size"] = given["step_size"] * scale(n)
        for i in rounds * list(range(n)):
            one = {name: value[i:i + 1] if name in exercise.examples else value for name, value in given.items()}
            given.update(zip(exercise.state, _several(exercise.reference(*one.values()))))
        return _state_of(exercise, given)
    return rows


def _in_turn(exercise, order, places):
    """The arrays of the state move in this order, place by place, and the next sees what has moved."""
    def turns(*args):
        given, rounds = _one_round(exercise, args)
        for name in rounds * list(order):
            for place in places(np.shape(given[name])):
                after = _several(exercise.reference(*given.values()))[exercise.state.index(name)]
                moved = np.array(given[name], float)
                moved[place] = np.asarray(after)[place]
                given[name] = moved
        return _state_of(exercise, given)
    return turns


def _one_round(exercise, args):
    """The arguments by name, for one step where there are several; and how many there are."""
    given = dict(zip(exercise.arguments, args))
    return {**given, **({"steps": 1} if "steps" in given else {})}, given.get("steps", 1)


def _state_of(exercise, given):
    values = tuple(given[name] for name in exercise.state)
    return values if values[1:] else values[0]


# ------------------------------------------------------------------------------- what comes out

def _by_numbers(exercise):
    """The first number, or row, of each part alone, or the last; or the numbers of one sign alone."""
    value = exercise.reference(*exercise.trials_of(0)[0].copied())
    if all(isinstance(part, (int, float, np.ndarray)) for part in _several(value)):
        yield from ((ONE_NUMBER, _changed(exercise, _alone(place))) for place in (0, -1))
        yield from ((ONE_LEFT_OUT, _changed(exercise, _all_but(place))) for place in (0, -1))
        yield from ((ONE_SIDE, _changed(exercise, cut)) for cut in (
            lambda part: np.maximum(part, 0), lambda part: np.minimum(part, 0), abs, lambda part: -abs(part)))
        if not exercise.state:
            yield CLIPPED, _changed(exercise, lambda part: np.clip(part, -1, 1))
        yield SIGNS, _changed(exercise, np.sign)


ONE_NUMBER = ("one_number", "Only one number of your {noun} is what it should be.",
              "The others are 0, or have not moved. A return inside a loop ends it in the first round. An index that "
              "stands still writes into one place again and again.",
              "How many rounds does your loop take before something is handed back?")
ONE_LEFT_OUT = ("one_left_out", "One number of your {noun} is left out, the first or the last.",
                "It is 0, or has not moved. A range that starts at 1 leaves out the first number, one that ends before "
                "the last place the last.", "For three numbers, at which places does your code write something?")
SIGNS = ("signs_alone", "Of your {noun}, the signs are left, and nothing more.",
         "All that is above zero has become 1, and all below has become −1. How large a number is counts as well.",
         "Which line forgets how large your numbers are?")
ONE_SIDE = ("one_side_out", "Of your {noun}, only one sign gets through.",
            "Numbers above zero, or those below, come out as they should. The others are cut off, or turned round.",
            "Which line treats numbers above zero in another way than numbers below?")

CLIPPED = ("clipped", "Nothing in your {noun} goes beyond 1 and −1.",
           "Numbers between the two come out as they should, where there are any. Those beyond come out as 1 and −1.",
           "Which line keeps your numbers between two bounds?")


def _alone(place):
    def one(part):
        alone, here = np.zeros(np.shape(part)), [place] if np.ndim(part) else ...
        alone[here] = np.asarray(part)[here]
        return alone
    return one


def _all_but(place):
    alone = _alone(place)
    return lambda part: part - alone(part)


def _changed(exercise, change, function=None):
    """A function, the right answer if there is no other, with every part changed, or every move."""
    def changed(*args):
        starts = [args[exercise.arguments.index(name)] for name in exercise.state] or [0] * len(exercise.parts or [0])
        value = (function or exercise.reference)(*args)
        parts = tuple(start + change(np.subtract(part, start)) for part, start in zip(_several(value), starts))
        return parts if isinstance(value, tuple) else parts[0]
    return changed


# ------------------------------------------------------------------------------- arguments mixed up

def _by_arguments(exercise):
    """One argument in the place of another of its kind wherever it stands, and two exchanged."""
    others = same_kind(exercise)
    yield from ((_without_sign(name), _with_sizes(exercise, name)) for name in others)
    for name, other in permutations(others, 2):
        if other in others[name]:
            yield _stands_for(name, other), _with_arguments(exercise, {name: other})
            if exercise.arguments.index(name) < exercise.arguments.index(other):
                yield _exchanged(name, other), _with_arguments(exercise, {name: other, other: name})


def _without_sign(name):
    return ("sign_lost", f"`{name}` has lost its sign.",
            f"Your numbers are those of the right answer where nothing in `{name}` is below zero.",
            f"Which part of your code makes `{name}` positive?")


def _with_sizes(exercise, name):
    place = exercise.arguments.index(name)
    return lambda *args: exercise.reference(*args[:place], np.abs(args[place]), *args[place + 1:])


def _stands_for(name, other):
    return ("other_argument", f"`{other}` stands where `{name}` belongs.",
            f"Your numbers are those of the right answer with `{other}` in every place of `{name}`.",
            f"What does `{name}` stand for in the docstring, and where does it enter your lines?")


def _exchanged(name, other):
    return ("arguments_exchanged", f"`{name}` and `{other}` have changed places.",
            f"Your numbers are those of the right answer with `{name}` and `{other}` exchanged everywhere.",
            "In which order do the names stand behind your def, and what does the docstring say of each?")


def _with_arguments(exercise, places):
    def mixed(*args):
        given = dict(zip(exercise.arguments, args))
        return exercise.reference(*(given[places.get(name, name)] for name in given))
    return mixed
