"""Explorers of a reader's own data: names and units from tables, ranges that fit, sentences that stay true, and one
sentence for what cannot be shown."""

import contextlib
import io
import operator
import re
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

from gradlib import autodiff, explorers
from gradlib.explorers import reader
from gradlib.live.controls import stops_of

from .sentences import NUMBER, RAISED, numbers, value

pytestmark = pytest.mark.filterwarnings("error")

TABLE = pd.DataFrame({"size (m²)": [20, 30, 50], "rooms": [1, 2, 2], "rent (€)": [300, 400, 500]})


# ------------------------------------------------------------------------------------------- names and units

@pytest.mark.parametrize("X, y, features, target", [
    (TABLE[["size (m²)", "rooms"]], TABLE["rent (€)"], ("size (m²)", "rooms"), "rent (€)"),
    (TABLE["size (m²)"], TABLE[["rent (€)"]], ("size (m²)",), "rent (€)"),
    (TABLE["size (m²)"].tolist(), TABLE["rent (€)"], ("x",), "rent (€)"),
    (TABLE[["size (m²)", "rooms"]].to_numpy(), [1, 2, 3], ("x1", "x2"), "y"),
    (pd.DataFrame([[1, 2], [3, 4], [5, 6]]), pd.Series([1, 2, 3]), ("x1", "x2"), "y")])
def test_tables_bring_their_names_and_arrays_get_some(X, y, features, target):
    data = reader.brought(X, y)
    assert (data.features, data.target, data.own) == (features, target, True)
    assert data.X.shape == (3, len(features)) and data.y.shape == (3,) and data.X.dtype == data.y.dtype == float
    np.testing.assert_array_equal(data.X, np.reshape(np.asarray(X), data.X.shape))


def test_names_by_hand_go_before_those_of_a_table():
    data = reader.brought(TABLE["size (m²)"], TABLE["rent (€)"], ("area (m²)", "price (€)"))
    assert (data.features, data.target) == (("area (m²)",), "price (€)")
    for names in ("area", ("area",), ("area", "price", "more"), ("area", 3), ("area", " ")):
        with pytest.raises(ValueError, match="names must be 2 texts, one for each feature and the last for y"):
            reader.brought([1, 2], [3, 4], names)


@pytest.mark.parametrize("X, y, told", [
    ([1, np.nan], [1, 2], "X has 1 value that is not finite"), ([[1], [2]], [1, np.inf], "y has 1 value that is not"),
    (["a", "b"], [1, 2], "X must hold numbers only"), ([[1, 2], [3]], [1, 2], "X must hold numbers only"),
    ([1, 2], [[1, 2], [3, 4]], r"y has shape \(2, 2\); expected \(2,\)"), ([], [], "at least one row"),
    ([1, 2], [1, 2, 3], r"y has shape \(3,\); expected \(2,\)"), ([1, 2], None, "y is missing"),
    (None, [1, 2], "X is missing"), ([1j, 2], [1, 2], "X must hold real numbers"), (3, 4, r"X has shape \(\)")])
def test_what_is_no_data_gets_one_sentence(X, y, told):
    with pytest.raises((TypeError, ValueError), match=told):
        reader.brought(X, y)


@pytest.mark.parametrize("name, unit, plain, above, squared", [
    ("flipper (cm)", "cm", "flipper", "flipper above average (cm)", "cm²"),
    ("rent", "rent", "rent", "rent above average", "rent²"),
    ("body mass", "body mass", "body mass", "body mass above average", "(body mass)²"),
    ("v (m/s)", "m/s", "v", "v above average (m/s)", "(m/s)²"),
    ("(cm)", "(cm)", "(cm)", "(cm) above average", "((cm))²"),
    ("share (%)", "%", "share", "share above average (%)", "%²")])
def test_units_stand_in_brackets_at_the_end_of_a_name(name, unit, plain, above, squared):
    assert (reader.unit(name), reader.plain(name), reader.above(name), reader.squared(name)) == (
        unit, plain, above, squared)
    assert reader.per("mass (kg)", name) == f"kg per {unit}"


def test_powers_of_ten_become_a_part_of_the_unit():
    data = reader.brought([1e9, 3e9], [2, 5], ("mass (kg)", "cost"))
    smaller = reader.rescaled(data, 9, -1)
    assert (smaller.features, smaller.target) == (("mass (10⁹ kg)",), "cost (10⁻¹ cost)")
    assert smaller.X.tolist() == [[1], [3]] and smaller.y.tolist() == [20, 50]
    assert reader.per(smaller.target, smaller.features[0]) == "10⁻¹ cost per 10⁹ kg"
    assert [reader.power_of_ten(power) for power in (-2, 0, 1, 12)] == ["10⁻²", "1", "10", "10¹²"]
    assert [reader.thousands(size) for size in (0.01, 9999, 1e4, 0.009, 3e9)] == [0, 0, 3, -3, 9]


@pytest.mark.parametrize("size", np.geomspace(1e-8, 1e6, 43))
@pytest.mark.parametrize("value", [0, -1.0, 7e5])
def test_stops_are_round_numbers_about_as_far_apart_as_asked(size, value):
    stops = reader.Stops.around(value, size)
    assert f"{stops.step:.0e}"[0] in "125" and 0.6 < stops.step / size < 1.6
    assert abs(stops.middle - value) <= stops.step / 2 * (1 + 1e-9)
    control = stops.slider("w", 20, -6)
    shown = [float(text.replace("−", "-")) for _, text in stops_of(control)]
    assert len(shown) == 41 and shown == pytest.approx(stops.at(np.arange(-20, 21)), abs=1e-9 * stops.step)
    assert control.value == pytest.approx(stops.at(-6))


# --------------------------------------------------------------------------------------- any data, true sentences

SEVERAL = settings(max_examples=20, suppress_health_check=list(HealthCheck))


@st.composite
def columns(draw, n):
    """A column of n numbers of any size, far from zero or near, smooth or of few values or all equal."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size, offset = 10.0 ** draw(st.integers(-12, 12)), draw(st.sampled_from([0, 0, 1, -30, 1e5]))
    kind = draw(st.sampled_from(["smooth", "smooth", "few", "equal", "zero"]))
    shape = {"smooth": rng.standard_normal(n), "few": rng.integers(0, 3, n), "equal": np.ones(n), "zero": np.zeros(n)}
    return size * (shape[kind] + offset * (kind != "zero"))


@st.composite
def tables(draw, most=1):
    """Features (n, d) and targets (n,), with any relation between them or none."""
    n, d = draw(st.integers(1, 25)), draw(st.integers(1, most))
    X = np.column_stack([draw(columns(n)) for _ in range(d)])
    y = draw(columns(n))
    return X, y + draw(st.sampled_from([0, 0.5, 3])) * np.ptp(y) * (X[:, 0] / max(np.abs(X[:, 0]).max(), 1e-300))


def power(label):
    """The power of ten in the unit of an axis."""
    found = re.search(r"\(10([⁻⁰¹²³⁴-⁹]*) ", label)
    return 10.0 ** int((found[1] or "¹").translate(RAISED)) if found else 1.0


def exact(column):
    return [Fraction(float(x)) for x in column]


def centred(column):
    return [x - sum(column) / len(column) for x in column]


def settled(explorer, rng, often=4):
    """The explorer at its beginning, at its ends and at a few other stops: pairs of (values, sentence)."""
    yield explorer.values(), explorer.sentence
    for i in range(often):
        for name, control in explorer.controls.items():
            stops = explorer.stops(name)
            k = (0, len(stops) - 1)[i] if i < 2 else rng.integers(len(stops))
            logarithmic = hasattr(control, "base")
            control.value = control.base ** (control.min + k * control.step) if logarithmic else stops[k][0]
        yield explorer.values(), explorer.sentence


@SEVERAL
@given(tables())
def test_two_roads_of_any_data(table):
    X, y = table
    if np.ptp(X) <= 1e-9 * np.abs(X).max():
        with pytest.raises(ValueError, match="no two differ"):
            explorers.two_roads(X, y)
        return
    explorer = explorers.two_roads(X[:, 0], y)
    points, valley = explorer.live.figure.axes
    px, py = power(points.get_xlabel()), power(points.get_ylabel())
    x = centred([number / Fraction(px) for number in exact(X[:, 0])])
    y = centred([number / Fraction(py) for number in exact(y)])
    size = float(sum(number**2 for number in x)) ** 0.5 * float(sum(abs(number) for number in y) + 1) / len(x)
    for values, sentence in settled(explorer, np.random.default_rng(0)):
        w = Fraction(values["w"])
        errors = [w * a - b for a, b in zip(x, y)]
        slope = float(sum(e * a for e, a in zip(errors, x)) / len(x))
        size = max(size, float(sum(abs(e * a) for e, a in zip(errors, x)) / len(x)))
        by_calculus, by_backprop, said_w, loss = numbers(
            "slope is # by calculus and # by backprop; .* At w = # the loss is #", sentence)
        assert said_w == pytest.approx(values["w"], abs=1e-9 * explorer.controls["w"].step)
        digits = 1.01 * 10.0 ** -max(len(text.partition(".")[2]) for text in re.findall(NUMBER, sentence)[:2])
        assert [by_calculus, by_backprop] == pytest.approx([slope] * 2, abs=digits + 1e-11 * size)
        assert loss == pytest.approx(float(sum(e * e for e in errors) / (2 * len(x))), rel=6e-4, abs=1e-20)
        assert "larger w" not in sentence or slope < 0
        assert "smaller w" not in sentence or slope > 0
        if "Nearly level" not in sentence:
            step = explorer.controls["w"].step
            assert abs(slope) >= 0.499 * step * float(sum(a * a for a in x) / len(x))
        low, high = valley.get_xlim()
        assert low < values["w"] < high


@SEVERAL
@given(tables())
def test_line_and_landscape_of_any_data(table):
    X, y = table
    if np.ptp(X) <= 1e-9 * np.abs(X).max():
        with pytest.raises(ValueError, match="no two differ"):
            explorers.line_and_landscape(X, y)
        return
    explorer = explorers.line_and_landscape(X, y)
    points, valley = explorer.live.figure.axes
    x = centred([number / Fraction(power(points.get_xlabel())) for number in exact(X[:, 0])])
    y = [number / Fraction(power(points.get_ylabel())) for number in exact(y)]
    spread, mean = float(max(y) - min(y)), float(sum(y) / len(y))
    for values, sentence in settled(explorer, np.random.default_rng(0)):
        w, b = Fraction(values["w"]), Fraction(values["b"])
        errors = [w * a + b - c for a, c in zip(x, y)]
        slopes = [float(sum(e * a for e, a in zip(errors, x)) / len(x)), float(sum(errors) / len(x))]
        loss, lowest, _, _, dw, db = numbers(
            r"The loss is #, the lowest #\. The gradient at weight # and bias # is \(#, #\)",
            sentence.replace("zero but for rounding", "0"))
        noise = 1e-13 * abs(mean) * max(1, float(max(map(abs, x))))
        assert loss == pytest.approx(float(sum(e * e for e in errors) / (2 * len(x))), rel=6e-4 + noise, abs=noise**2)
        assert loss >= lowest * (1 - 1e-3)
        shown = re.search(r"is \((.*), (.*)\)", sentence).groups()
        for said, text, slope in zip((dw, db), shown, slopes):
            assert said == pytest.approx(slope, abs=0.51 * 10.0 ** -len(text.partition(".")[2]) + noise)
        for word, slope in zip(("weight", "bias"), slopes):
            assert f"raise the {word}" not in sentence or slope < noise
            assert f"lower the {word}" not in sentence or slope > -noise
        point = explorer.live.moving[6]
        inside = valley.transAxes.inverted().transform(valley.transData.transform(point.get_xydata()))
        assert (inside > 0).all() and (inside < 1).all()
    assert spread >= 0


CANNOT_WALK = "say something of their own|times as much along|y does not rise or fall with X|a column of the size"


@SEVERAL
@given(tables(most=3))
def test_step_size_of_any_data(table):
    X, y = table
    try:
        explorer = explorers.step_size(X, y)
    except ValueError as refused:
        assert re.search(CANNOT_WALK, str(refused))
        return
    X = np.column_stack([X, np.ones(len(X))]) if X.shape[1] == 1 else X
    unit = power(explorer.live.figure.axes[1].get_ylabel().replace("((", "("))
    for values, sentence in settled(explorer, np.random.default_rng(0), often=5):
        features = reader_standardised(X) if values["standardise"] else X
        excess, curvature = descended(features, y, values["step_size"])
        eta, share, limit = numbers(r"Step size # is # of the limit #\.$", sentence)
        assert [eta, share, limit] == pytest.approx(
            [values["step_size"], values["step_size"] * curvature / 2, 2 / curvature], rel=6e-3)
        if values["step_size"] * curvature < 2:
            measured, predicted = numbers("after 40 steps: # above the lowest loss; predicted: #", sentence)
            first, last = (float(loss / Fraction(unit) ** 2) for loss in (excess[0], excess[-1]))
            assert [measured, predicted] == pytest.approx([last] * 2, rel=2e-3, abs=1e-9 * first)
            assert excess[-1] <= excess[0]
        elif "has not left" in sentence:
            assert excess[-1] <= excess[0]
        elif "measured" in sentence:
            growth, predicted = numbers("each distance is measured # times the one before; predicted: #", sentence)
            assert [growth, predicted] == pytest.approx([1 - values["step_size"] * curvature] * 2, rel=3e-6)


def reader_standardised(X):
    return np.column_stack([x if np.ptp(x) <= 1e-9 * abs(x).max() else (x - x.mean()) / x.std() for x in X.T])


def descended(X, y, eta):
    """The loss above the lowest before and after each of 40 steps from zero, in fractions; the largest curvature."""
    n, d, X, eta = len(y), X.shape[1], [exact(row) for row in X], Fraction(eta)
    H = [[sum(row[i] * row[j] for row in X) / n for j in range(d)] for i in range(d)]
    pull = [sum(row[i] * b for row, b in zip(X, exact(y))) / n for i in range(d)]
    goal, w, losses = solved(H, pull), [Fraction(0)] * d, []
    for _ in range(41):
        away = [a - b for a, b in zip(w, goal)]
        gradient = [sum(h * a for h, a in zip(row, away)) for row in H]
        losses.append(sum(a * g for a, g in zip(away, gradient)) / 2)
        w = [a - eta * g for a, g in zip(w, gradient)]
    return losses, np.linalg.svd(np.array(X, float), compute_uv=False)[0] ** 2 / n


def solved(H, pull):
    """H w = pull by elimination, in fractions."""
    rows = [[*row, b] for row, b in zip(H, pull)]
    for i in range(len(rows)):
        for j in range(len(rows)):
            if i != j:
                factor = rows[j][i] / rows[i][i]
                rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i])]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


# -------------------------------------------------------------------------------------------- functions of one's own

NAMES = "uvw"
BINARY = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
UNARY = {"sin": np.sin, "exp": np.exp, "tanh": np.tanh, "square": lambda x: x**2, "minus": operator.neg}
TREES = st.recursive(
    st.sampled_from([*NAMES, 2, 0.5, -3]),
    lambda part: st.tuples(st.sampled_from([*BINARY]), part, part) | st.tuples(st.sampled_from([*UNARY]), part),
    max_leaves=7)


def grown(tree, values):
    """What a tree of operations makes of the values of u, v and w."""
    if not isinstance(tree, tuple):
        return values[NAMES.index(tree)] if isinstance(tree, str) else tree
    parts = [grown(part, values) for part in tree[1:]]
    return BINARY[tree[0]](*parts) if len(parts) == 2 else UNARY[tree[0]](*parts)


def computed(text):
    """The arithmetic that a sentence writes out: its value, and how large its terms are."""
    plain = re.sub(" × 10([⁻⁰¹²³⁴-⁹]+)", lambda found: f"e{found[1].translate(RAISED)}", text.replace(",", ""))
    plain = plain.replace("×", "*").replace("−", "-").replace("²", "**2").replace("^", "**")
    plain = re.sub(r"\b(sin|exp|tanh)\(", r"np.\1(", plain)
    size = sum(abs(float(number)) for number in re.findall(r"\d[\d.]*(?:e-?\d+)?", plain))
    return eval(plain, {"np": np}), 1 + size**2


def equations(sentence):
    """(what is computed, "=" or "≈", what comes out) of a step, all in numbers."""
    if sentence.startswith("Forward"):
        numbers, sign, result = re.search(r".* [=≈] (.*) ([=≈]) (.*)\.$", sentence).groups()
        return [(numbers, sign, result)]
    return re.findall(rf"(?:receives|add:) ([^=≈]*) ([=≈]) {NUMBER}\.(?: |$)", sentence)


@SEVERAL
@given(TREES, st.lists(st.integers(-30, 30).map(lambda number: number / 10), min_size=3, max_size=3))
def test_the_stepper_of_any_function(tree, values):
    def f(u, v, w):
        return grown(tree, (u, v, w))

    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            explorer = explorers.backprop_stepper(f, *values)
        except (TypeError, ValueError) as refused:
            assert re.search("computed from its arguments|is not finite|24|divi", str(refused))
            return
        except ZeroDivisionError:   # of plain numbers in f itself
            return
    said = []
    for step, _ in explorer.stops("step"):
        explorer.controls["step"].value = step
        said.append(explorer.sentence)
        for left, sign, right in equations(said[-1]):
            (one, size), (other, _) = computed(left), computed(right)
            assert one == pytest.approx(other, abs=1e-12 * size if sign == "=" else 2e-3 * size), said[-1]
        for text in explorer.live.figure.findobj(Text):
            if text.get_visible() and text.get_text():
                box = text.get_window_extent()
                assert box.x0 >= 0 and box.x1 <= explorer.live.figure.bbox.width
    for i, name in enumerate(NAMES):
        slope = autodiff.jvp(lambda x: f(*(x[j] for j in range(3))), np.array(values), np.eye(3)[i])[1]
        told = re.search(rf"d\w+/d{name} [=≈] {NUMBER}", said[-1])
        assert value(told[1]) == pytest.approx(slope, rel=6e-4, abs=1e-12) if told else (
            f"{name} is not used, so its slope is 0" in said[-1] and slope == 0)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(explorer.code(step=len(said) - 1), {})
    assert float(printed.getvalue().split()[0]) == pytest.approx(f(*map(np.float64, values)), rel=1e-12)


def test_what_is_no_function_of_these_numbers_gets_one_sentence():
    for wrong, told in (
            ((3, 1.0), "f must be a function"), ((lambda x, y: x * y, 1.0), "f cannot be called with 1 number"),
            ((lambda x: 3, 1.0), "computed from its arguments"), ((lambda x: None, 1.0), "Is a return missing"),
            ((np.log, -1.0), "is not finite"), ((np.sqrt, 0.0), "is not finite"), ((lambda x: x, 1.0), "computed from"),
            ((lambda x: sum(x**k for k in range(30)), 2.0), "picture has room for 24"),
            ((lambda x: (x * np.ones(3)).sum(), 1.0), "an array of shape"), ((lambda x: x * 2, "a"), "numbers only"),
            ((lambda x: x * 2, np.nan), "not finite"), ((lambda x: x * 2, np.ones(2)), "must be one number")):
        with pytest.raises((TypeError, ValueError), match=told):
            explorers.backprop_stepper(*wrong)


@pytest.mark.parametrize("name", ["two_roads", "line_and_landscape", "step_size"])
def test_the_code_of_ones_own_data_gives_the_numbers_of_the_sentence(name):
    rng = np.random.default_rng(5)
    x = 1e7 + 3e5 * rng.standard_normal(40)
    y = 2e-5 * x + rng.standard_normal(40)
    X = pd.DataFrame({"a (km)": x, "b": rng.standard_normal(40)}) if name == "step_size" else x
    if name == "step_size":
        X["a (km)"] /= 1e7
    explorer = getattr(explorers, name)(X, list(y))
    for values, sentence in [*settled(explorer, rng)]:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(explorer.code(**values), {"x": X, "X": X, "y": list(y)})
        numbers = [float(word) for word in re.findall(r"-?\d[\d.]*(?:e[-+]?\d+)?", printed.getvalue())]
        numbers += [float(number) for number in values.values()] + [40]
        for text in re.findall(NUMBER, re.sub(r"(?:below|less than) 10[⁻⁰¹²³⁴-⁹]+", "", sentence)):
            said = value(text.rstrip(","))
            assert any(said == pytest.approx(number, rel=6e-3, abs=5e-10) for number in numbers), (text, sentence)


def test_axes_are_named_by_the_reader():
    frame = pd.DataFrame({"size (m²)": [20.0, 30, 50, 60], "rooms": [1, 2, 2, 4], "rent (€)": [300, 400, 500, 700]})
    texts = {name: {text.get_text() for text in explorer.live.figure.findobj(Text)} for name, explorer in (
        ("roads", explorers.two_roads(frame["size (m²)"], frame["rent (€)"])),
        ("line", explorers.line_and_landscape([20, 30, 50, 60], frame["rent (€)"], ("area (m²)", "rent (€)"))),
        ("step", explorers.step_size(frame[["size (m²)", "rooms"]], frame["rent (€)"])))}
    assert {"size above average (m²)", "rent above average (€)", "w (€ per m²)", "loss (€²)"} <= texts["roads"]
    assert {"area above average (10 m²)", "rent (€)", "weight w (€ per 10 m²)", "bias b (€)"} <= texts["line"]
    assert {"weight of size (€ per m²)", "weight of rooms (€ per rooms)", "loss above the lowest (€²)"} <= texts["step"]
    assert not any("flipper" in text or "kg" in text for several in texts.values() for text in several)


def test_more_than_one_feature_has_no_place_on_a_line():
    for explorer in (explorers.two_roads, explorers.line_and_landscape):
        with pytest.raises(ValueError, match="x has 2 columns, and this picture has room for 1"):
            explorer(np.ones((3, 2)), [1, 2, 3])
        with pytest.raises(ValueError, match="y is missing"):
            explorer([1, 2, 3])
