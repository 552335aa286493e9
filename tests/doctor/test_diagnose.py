"""What the doctor says of one mistake after another, each made on purpose; and of what is no mistake."""

import re

import numpy as np
import pytest

import gradlib
from gradlib import calculus, network

RNG = np.random.default_rng(7)
X, y = RNG.standard_normal((20, 3)), (RNG.random(20) < 0.5) * 1.0
w, b = RNG.standard_normal(3), 0.3


def loss(w, b):
    return calculus.linear_loss(X, y, w, b, loss="mse")


def gradient(w, b):
    return calculus.linear_gradient(X, y, w, b, loss="mse")


def one_loss(w):
    return np.mean((X @ w - y) ** 2)


def one_gradient(w):
    return 2 * X.T @ (X @ w - y) / len(X)


def codes(loss, gradient, *params, **data):
    return gradlib.diagnose(loss, gradient, *params, **data).codes


# ------------------------------------------------------------------------------- right ones, in every form

LAYERS = network.initial((3, 4, 1), np.random.default_rng(1))


@pytest.mark.parametrize("case", [
    (loss, gradient, w, b),
    (loss, lambda w, b: dict(zip(("dw", "db"), gradient(w, b))), w, b),
    (loss, lambda w, b: np.append(*gradient(w, b)), w, b),
    (loss, lambda w, b: (loss(w, b), gradient(w, b)), w, b),
    (lambda p: loss(p["w"], p["b"]), lambda p: dict(zip("wb", gradient(p["w"], p["b"]))), {"w": w, "b": b}),
    (lambda p: loss(*p), lambda p: gradient(*p), [w, b]),
    (one_loss, one_gradient, w),
    (one_loss, one_gradient, w.astype(np.float32)),
    (one_loss, one_gradient, np.array([1, 2, 3])),
    (one_loss, one_gradient, [1.0, 2, 3]),
    (lambda x: np.sin(x), lambda x: np.cos(x), 0.7),
    (network.loss_of(X, y), lambda *layers: network.gradient(list(layers), X, y)[1], *LAYERS)])
def test_right(case):
    found = gradlib.diagnose(*case)
    assert found and found.right is True and not found.codes
    assert all(verdict.right and verdict.error < 1e-6 for verdict in found.parameters.values())


def test_data_by_keyword():
    found = gradlib.diagnose(lambda w, X, y: np.mean((X @ w - y) ** 2), lambda w, *, X,
                             y: 2 * X.T @ (X @ w - y) / len(X),
                             w, X=X, y=y)
    assert found.right and list(found.parameters) == ["w"]


def test_data_by_any_keyword():
    """Whoever takes **kwargs gets all the data, but none that is a parameter's name already."""
    def any_loss(w, **data):
        return np.mean((data["X"] @ w - data["y"]) ** 2)

    def any_gradient(*args, **data):
        return 2 * data["X"].T @ (data["X"] @ args[0] - data["y"]) / len(data["X"])
    found = gradlib.diagnose(any_loss, any_gradient, w, X=X, y=y)
    assert found.right and list(found.parameters) == ["w"]
    wrong = gradlib.diagnose(any_loss, lambda *args, **data: any_gradient(*args, **data) + w ** 3, w, X=X, y=y)
    assert "X=X, y=y" in wrong.code_to_paste


def test_names():
    assert list(gradlib.diagnose(loss, gradient, w, b).parameters) == ["w", "b"]
    assert list(gradlib.diagnose(lambda *p: loss(*p), lambda *p: gradient(*p), w, b).parameters) == [
        "parameter 1", "parameter 2"]
    assert list(gradlib.diagnose(loss, gradient, w, b, names=("u", "v")).parameters) == ["u", "v"]


# ------------------------------------------------------------------------------- mistakes

@pytest.mark.parametrize("code, wrong", [
    ("sign", lambda w: -one_gradient(w)),
    ("factor", lambda w: 2 * one_gradient(w)),
    ("sum_for_mean", lambda w: len(X) * one_gradient(w)),
    ("mean_for_sum", lambda w: one_gradient(w) / len(X)),
    ("zeros", lambda w: 0 * w),
    ("decay", lambda w: one_gradient(w) + 0.1 * w),
    ("normalised", lambda w: one_gradient(w) / np.linalg.norm(one_gradient(w))),
    ("clipped", lambda w: np.clip(one_gradient(w), -0.3, 0.3)),
    ("rounded", lambda w: np.round(one_gradient(w), 2)),
    ("averaged", lambda w: np.full(3, one_gradient(w).mean())),
    ("another_order", lambda w: one_gradient(w)[::-1]),
    ("one_example", lambda w: 2 * X[0] * (X[0] @ w - y[0])),
    ("some_examples", lambda w: 2 * X[:5].T @ (X[:5] @ w - y[:5]) / 5),
    ("ignores_parameters", lambda w: one_gradient(np.ones(3))),
    ("unexplained", lambda w: one_gradient(w) + 0.1 * w ** 3)])
def test_one_parameter(code, wrong):
    found = gradlib.diagnose(one_loss, wrong, w, X=X, y=y)
    assert code in found.codes and found.right is False and not found


def test_factors_have_names():
    found = gradlib.diagnose(one_loss, lambda w: 20 * one_gradient(w), w, X=X, y=y).findings[0]
    assert found.details["factor"] == pytest.approx(20) and found.details["named"] == ("rows of X",)
    without = gradlib.diagnose(one_loss, lambda w: 20 * one_gradient(w), w).findings[0]
    assert without.code == "factor" and not without.details["named"]


def test_weight_decay_has_its_rate():
    found = gradlib.diagnose(lambda w: one_loss(w) + 0.1 * w @ w, one_gradient, w).findings[0]
    assert found.code == "decay" and found.details["rate"] == pytest.approx(-0.2) and found.details["is"] == "missing"


def test_moved_too_early_has_its_step():
    def early(w, b):
        db = 2 * np.mean(X @ w + b - y)
        return 2 * X.T @ (X @ w + (b - 0.1 * db) - y) / len(X), db
    found = gradlib.diagnose(loss, early, w, b)
    finding, = found.findings
    assert finding.code == "moved" and finding.parameters == ("w",)
    assert finding.details["step_size"] == pytest.approx(0.1, rel=1e-5)


def test_exchanged_and_another():
    def three(u, v, w):
        return np.sum(u ** 2) + np.sum(v ** 3) + np.sum(w ** 4)

    def slopes(u, v, w):
        return 2 * u, 3 * v ** 2, 4 * w ** 3
    at = w, w + 1, w + 2
    assert codes(three, lambda *p: [slopes(*p)[i] for i in (1, 0, 2)], *at) == ("exchanged",)
    assert codes(three, lambda *p: [slopes(*p)[i] for i in (1, 2, 0)], *at) == ("another_order",)
    assert codes(three, lambda *p: [slopes(*p)[i] for i in (0, 0, 2)], *at) == ("other_parameter",)


@pytest.mark.parametrize("shape", [(3, 3), (3, 4)])
def test_transposed(shape):
    W = RNG.standard_normal(shape)
    assert "transposed" in codes(lambda W: np.sum(np.sin(W) * np.arange(W.size).reshape(W.shape)),
                                 lambda W: (np.cos(W) * np.arange(W.size).reshape(W.shape)).T, W)


def test_the_gradient_of_another_loss():
    """The blog's line: the sum of squares is printed, the mean cross-entropy descended. `which_loss` is asked, too."""
    def printed(w):
        return np.sum((calculus.sigmoid(X @ w) - y) ** 2)

    def line(w):
        return X.T @ (calculus.sigmoid(X @ w) - y) / len(X)
    found = gradlib.diagnose(printed, line, w, X=X, y=y)
    of, = (f.details["of"] for f in found.findings if f.code == "other_loss")
    assert of == "cross-entropy of a sigmoid"
    assert calculus.which_loss(X, y, w, lambda X, y, w: line(w)).loss == "cross_entropy"


def backward(layers, values, y, slope=lambda h: 1 - h * h, step=0.0):
    """As `network.backward`, with another slope, or with weights that have moved."""
    delta, slopes = (calculus.sigmoid(values[-1]) - y[:, None]) / len(y), []
    for W, h in zip(layers[-2::-2], values[-2::-1]):
        slopes = [h.T @ delta, delta.sum(axis=0), *slopes]
        delta = delta @ (W - step * slopes[0]).T * slope(h)
    return slopes


@pytest.mark.parametrize("code, change", [
    ("slope_missing", {"slope": lambda h: 1.0}), ("slope_twice", {"slope": lambda h: (1 - h * h) ** 2}),
    ("slope_other", {"slope": lambda h: h * (1 - h)}), ("moved", {"step": 0.5}),
    ("slope_argument", {"slope": lambda h: 1 - np.tanh(h) ** 2})])
def test_networks(code, change):
    layers = network.initial((3, 4, 4, 1), np.random.default_rng(2))
    found = gradlib.diagnose(
        network.loss_of(X, y), lambda *p: backward(p, network.forward(list(p), X), y, **change), *layers, X=X, y=y,
        names=("W1", "b1", "W2", "b2", "W3", "b3"))
    assert {f.code for f in found.findings if f.kind == "explains"} == {code}
    assert [verdict.right for verdict in found.parameters.values()] == [False] * 4 + [True] * 2
    assert "tanh" in found.model
    place = [f for f in found.findings if f.kind == "place"]
    assert code == "moved" or place[0].code == "between" and place[0].details == {"from": 3, "to": 2}


# ------------------------------------------------------------------------------- what disturbs

def test_random():
    assert codes(lambda w: np.mean(X[RNG.integers(0, 20, 5)] @ w), one_gradient, w) == ("random_loss",)
    assert codes(one_loss, lambda w: RNG.standard_normal(3), w) == ("random_gradient",)

    def masked():
        return X * (np.random.rand(20, 3) < 0.5)  # noqa: NPY002

    def dropped(w):
        return np.mean((masked() @ w - y) ** 2)

    def slope(w):
        Z = masked()
        return 2 * Z.T @ (Z @ w - y) / len(Z)
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    np.random.seed(1)  # noqa: NPY002
    found = gradlib.diagnose(dropped, slope, w)
    assert found.right and found.codes == ("random_loss",) and before.size
    assert gradlib.diagnose(dropped, lambda w: slope(w) + w ** 3, w).right is None


def test_kinks():
    assert codes(lambda w: np.abs(w).sum(), np.sign, w) == ()
    found = gradlib.diagnose(lambda w: np.maximum(w, 0).sum(), lambda w: (w >= 0) * 1.0, np.zeros(3))
    assert found.right and found.codes == ("kink",)


def test_changes():
    def stepping(w):
        w -= 0.1 * one_gradient(w)
        return one_gradient(w)
    start = w.copy()
    assert codes(one_loss, stepping, start) == ("changes_parameters", "moved")
    assert np.array_equal(start, w)
    Z = X.copy()

    def scaling(w):
        Z[:] *= 2
        return w
    assert codes(lambda w: np.mean((Z @ w) ** 2), scaling, w, X=Z) == ("changes_data",)
    assert np.array_equal(Z, X)


def test_single_precision_is_never_accused():
    single = X.astype(np.float32), y.astype(np.float32)

    def rounded(w):
        return np.mean((single[0] @ w.astype(np.float32) - single[1]) ** 2)
    found = gradlib.diagnose(rounded, one_gradient, w)
    assert found.right is not False and "float32" in (*found.codes, "float32")
    assert "factor" in codes(rounded, lambda w: 2 * one_gradient(w), w)
    assert "sign" in codes(rounded, lambda w: -one_gradient(w), w)


def test_a_parameter_is_no_slope():
    """What has no part of any loss's gradient is not called that of another, with a constant of nought."""
    found = gradlib.diagnose(loss, lambda w, b: (w.copy(), gradient(w, b)[1]), w, b, X=X, y=y)
    assert found.parameters["w"].codes == ("itself",) and "w itself" in found.findings[0].text


@pytest.mark.parametrize("step", [1.0, 0.1, 0.03])
def test_parameters_after_a_step_are_no_slope(step):
    """Nobody is told of weight decay where the new parameters came back."""
    found = gradlib.diagnose(loss, lambda w, b: [p - step * g for p, g in zip((w, b), gradient(w, b))], w, b)
    for finding in found.findings:
        assert finding.code in ("stepped", "unexplained")
        assert finding.code == "unexplained" or finding.details["step_size"] == pytest.approx(step, rel=1e-5)
    assert "stepped" in found.parameters["w"].codes


def test_what_agrees_as_far_as_rounding_shows_is_said_so():
    def rounded(w):
        return np.float32(np.mean((X @ w - y) ** 2))
    verdict, = gradlib.diagnose(rounded, one_gradient, w).parameters.values()
    assert verdict.right is None and verdict.error <= verdict.limit < 1e-2 and "below" in str(verdict)


@pytest.mark.parametrize("code, right, case", [
    ("not_finite", None, (lambda w: np.log(-1 - w[0] ** 2), one_gradient, w)),
    ("not_finite", False, (one_loss, lambda w: w * np.nan, w)),
    ("loss_not_a_number", None, (lambda w: (X @ w - y[:, None]) ** 2, one_gradient, w)),
    ("loss_not_a_number", None, (lambda w: None, one_gradient, w)),
    ("broadcast", False, (lambda w: np.mean((X @ w - y[:, None]) ** 2), one_gradient, w)),
    ("missing", False, (one_loss, lambda w: None, w)),
    ("missing", False, (loss, lambda w, b: (gradient(w, b)[0], None), w, b)),
    ("count", False, (loss, lambda w, b: gradient(w, b)[:1], w, b)),
    ("names", False, (loss, lambda w, b: {"u": 1, "v": 2}, w, b)),
    ("not_numbers", False, (one_loss, lambda w: "abc", w)),
    ("shape", False, (one_loss, lambda w: one_gradient(w)[:, None], w)),
    ("shape", True, (one_loss, lambda w: one_gradient(w)[None], w)),
    ("not_summed", False, (loss, lambda w, b: (gradient(w, b)[0], 2 * (X @ w + b - y) / 20), w, b)),
    ("rounded", True, (one_loss, lambda w: one_gradient(w).astype(w.dtype), np.array([1, 2, 3]))),
    ("flat", True, (lambda w: 1.0, lambda w: 0 * w, w)),
    ("raises", None, (one_loss, lambda w: X @ w @ w, w))])
def test_no_numbers_to_judge(code, right, case):
    found = gradlib.diagnose(*case, X=X, y=y)
    assert code in found.codes and found.right is right


def test_a_small_budget_says_so():
    assert gradlib.diagnose(loss, gradient, w, b, budget=100).right is None


# ------------------------------------------------------------------------------- what is printed, and what can be
# pasted

def test_code_to_paste_prints_what_it_says():
    def wrong(w, b):
        dw, db = gradient(w, b)
        return dw + [0, 0.1 * w[1] ** 2, 0], db
    found = gradlib.diagnose(loss, wrong, w, b)
    *lines, said = found.code_to_paste.splitlines()
    printed = []
    exec("\n".join(lines), {"loss": loss, "gradient": wrong, "w": w, "b": b, "np": np, "print": printed.append})
    numbers = [float(text.replace("−", "-")) for text in re.findall(r"(?:measures|claims) (\S+?),?(?: |$)", said)]
    assert "w[1]" in said and numbers == pytest.approx(printed, rel=1e-4)


def test_it_is_plain_text_and_html():
    found = gradlib.diagnose(loss, lambda w, b: (-gradient(w, b)[0], gradient(w, b)[1]), w, b)
    assert all(len(line) <= 110 for line in repr(found).splitlines()) and "<li>" in found._repr_html_()


def test_the_progress_bar_wipes_itself(capsys, monkeypatch):
    monkeypatch.setattr("gradlib.doctor.bar.PATIENCE", 0.0)
    monkeypatch.setattr("gradlib.doctor.bar.SMALL", 0)
    gradlib.diagnose(loss, gradient, w, b)
    out, err = capsys.readouterr()
    assert not out and err.startswith("\r") and err.endswith("\r")


def test_readers_functions_may_print_and_warn(capsys):
    def noisy(w):
        print("here")
        return one_loss(w) + 0 * np.log(np.float64(0) + 1e-300)
    assert gradlib.diagnose(noisy, one_gradient, w).right and not capsys.readouterr().out


# ------------------------------------------------------------------------------- what is no question

@pytest.mark.parametrize("wrong", [
    (3, one_gradient, w), (one_loss, 3, w), (one_loss, one_gradient), (one_loss, one_gradient, "abc"),
    (one_loss, one_gradient, np.zeros(0)), (one_loss, one_gradient, w * np.nan), (one_loss, one_gradient, w + 1j)])
def test_one_sentence_for_wrong_arguments(wrong):
    with pytest.raises((TypeError, ValueError), match=r"^[^\n]{10,250}\.$"):
        gradlib.diagnose(*wrong)


@pytest.mark.parametrize("option", [{"budget": 3}, {"budget": "many"}, {"names": ("a", "b")}, {"tolerance": 0},
                                    {"rng": 3}])
def test_one_sentence_for_wrong_options(option):
    with pytest.raises((TypeError, ValueError), match=r"^[^\n]{10,250}\.$"):
        gradlib.diagnose(one_loss, one_gradient, w, **option)


# ------------------------------------------------------------------------------- what was said once, and was not so

@pytest.mark.parametrize("far", [1e-9, 5e-9, 3e-8, 1e-7, 1e-6])
def test_a_kink_close_by_accuses_nobody(far):
    for seed in range(3):
        found = gradlib.diagnose(lambda w: np.sum((w - 1) ** 2) + np.abs(w).sum(), lambda w: 2 * (w - 1) + np.sign(w),
                                 np.array([far, 0.5, -0.7]), rng=np.random.default_rng(seed))
        assert found.right is not False


def test_half_precision_accuses_nobody():
    found = gradlib.diagnose(one_loss, lambda w: one_gradient(w).astype(np.float16), w, X=X, y=y)
    assert found.right is None and found.codes == ("float32",)


def test_a_penalty_that_is_right_is_called_neither_missing_nor_too_much():
    def penalised(w):
        return one_loss(w) + 0.1 * w @ w

    def wrong(w):
        return 2 * one_gradient(w) + 0.2 * w
    found = gradlib.diagnose(penalised, wrong, w, X=X, y=y)
    assert found.codes == ("factor",) and "weight decay on w" in found.model
    decay, = (f for f in gradlib.diagnose(penalised, wrong, w).findings if f.code == "decay")
    assert decay.details["own"] == pytest.approx(0.2) and "factor" in decay.details["or"]


def test_signs_of_two_numbers_are_no_other_loss():
    found = gradlib.diagnose(lambda w, b: loss(w, b.sum()), lambda w, b: (gradient(w, b.sum())[0], np.full(2, 0.3) * (
        np.sign(gradient(w, b.sum())[1]))), w, np.array([0.1, 0.3]), X=X, y=y)
    assert found.codes == ("clipped",) and "normalised" in found.findings[0].details["or"]


@pytest.mark.parametrize("by", [2.0, 0.5, 1 + 3e-6])
def test_constants_in_words(by):
    """Two and a half come from a square, and one is none."""
    Z = X[:, :2]
    found = gradlib.diagnose(lambda v: np.mean((Z @ v - y) ** 2), lambda v: by * 2 * Z.T @ (Z @ v - y) / 20, w[:2],
                             X=Z, y=y)
    texts = [f.text for f in found.findings if f.code == "factor"]
    assert all("columns" not in text for text in texts) and len(texts) == (abs(by - 1) > 0.1)


def test_small_weights_and_twice_the_slope():
    layers = [1e-4 * p for p in network.initial((3, 4, 1), np.random.default_rng(3))]
    found = gradlib.diagnose(network.loss_of(X, y), lambda *P: [2 * g for g in network.gradient(list(P), X, y)[1]],
                             *layers, X=X, y=y)
    assert {f.code for f in found.findings if f.kind == "explains"} <= {"factor", "unexplained"}


def test_code_to_paste_gives_the_data():
    def with_data(w, X, y):
        return np.mean((X @ w - y) ** 2)

    def wrong(w, *, X, y):
        return 2 * X.T @ (X @ w - y) / 20 + [0, w[1] ** 2, 0]
    found = gradlib.diagnose(with_data, wrong, w, X=X, y=y, names=["w"])
    printed = []
    exec(found.code_to_paste, {"loss": with_data, "gradient": wrong, "w": w, "X": X, "y": y, "print": printed.append})
    assert len(printed) == 2 and abs(printed[0] - printed[1]) > 0.01


def test_what_is_right_prints_no_rounding():
    found = gradlib.diagnose(loss, gradient, w, b)
    assert "10⁻" not in repr(found) and repr(found).count(str(found.calls)) == 1


def test_a_row_behind_a_unit_that_is_off_is_no_right_part():
    """What is left of its slope is weight decay, in every claim; the wrong rows are those that tell something."""
    w = np.array([[1.0, -2.0], [0.5, 3.0]])

    def loss(w):
        return 0.1 * (w**2).sum() + np.sin(w[1]).sum()
    found = gradlib.diagnose(loss, lambda w: np.array([[0.2], [0.0]]) * w, w)
    assert found.right is False and not {"one_column", "in_part"} & set(found.codes)
