"""Explorers of a reader's own data: names and units from tables, ranges that fit, sentences that stay true, and one
sentence for what cannot be shown."""

import numpy as np
import pandas as pd
import pytest

from gradlib.explorers import reader

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


def test_powers_of_ten_and_round_steps():
    assert reader.per("mass (kg)", "size (m²)", 1) == "kg per 10 m²" and reader.times_ten(-3, "kg") == "10⁻³ kg"
    assert reader.above("size (m²)", 3) == "size above average (10³ m²)"
    assert reader.above("n", 3) == "n above average (10³)"
    for size in np.geomspace(1e-12, 1e12, 173):
        step = reader.round_step(size)
        assert f"{step:.0e}"[0] in "125" and 0.6 < step / size < 1.6
        assert f"{step:.{reader.decimals(step)}f}".rstrip("0") != "" and float(f"{step:.{reader.decimals(step)}f}") > 0
