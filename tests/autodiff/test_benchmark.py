"""The contenders of `python -m benchmarks autodiff` compute the same; a test never measures time."""

import pytest

from benchmarks import autodiff, harness


@pytest.mark.parametrize("name", autodiff.TASKS)
def test_contenders_agree(name):
    contenders = autodiff.contenders_of(name, [])
    assert set(contenders) == {"by hand", "by hand, tuned", "eager", "compiled"}
    autodiff.agree(name, contenders)


def test_one_who_is_wrong_does_not_get_a_time():
    contenders = autodiff.contenders_of("logistic regression 1797x64, f64", [])
    loss, slopes = contenders["eager"]()
    with pytest.raises(SystemExit, match="eager is wrong about f64: relative error"):
        autodiff.agree("f64", contenders | {"eager": lambda: (loss, [slopes[0] * 1.001])})


def test_turns_ratios_and_tables():
    done = []
    times = harness.take_turns({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, rounds=3, least=0)
    assert [len(found) for found in times.values()] == [3, 3]
    assert harness.ratio({"a": [2.0, 6.0, 4.0], "b": [1.0, 2.0, 2.0]}, "a", "b") == 2
    assert harness.ratio(times, "a", "torch") is None
    assert harness.markdown(["x", "y"], [["one", 1234.5], [None, 0.12345]]) == (
        "| x | y |\n| --- | --- |\n| one | 1,234 |\n| – | 0.123 |")


def test_several_runs_become_one_report():
    tables = [harness.markdown(["x", "us", "loss", "reached"], [["a", us, loss, verdict], ["b", 1.0, None, "yes"]])
              for us, loss, verdict in ((1200.0, -0.2, "yes"), (900.0, -0.1, "**no**"), (1000.0, -0.2, "yes"))]
    assert harness.several([f"the machine\n{table}" for table in tables]) == (
        "the machine\n| x | us | loss | reached |\n| --- | --- | --- | --- |\n"
        "| a | 1,000 (900 to 1,200) | -0.2 (-0.2 to -0.1) | 2 of 3 |\n| b | 1 | – | yes |")


def test_reports_of_different_things_are_not_mixed():
    with pytest.raises(ValueError):
        harness.several(["one line", "two\nlines"])
