"""A prediction in a kernel: what is shown before it is made, and after; and that a choice stays."""

from __future__ import annotations

import re

import ipywidgets as widgets
import pytest
from jupyter_client.manager import start_new_kernel

from gradlib import predictions
from gradlib.memory import Memory
from gradlib.predictions import SURENESS, Prediction, buttons

from ..patience import HANGING

VIEW = "application/vnd.jupyter.widget-view+json"
SETUP = """
from gradlib.explorers import step_size
from gradlib.predictions import lesson02 as predictions
from gradlib import plots
"""


@pytest.fixture
def asked(monkeypatch):
    """A prediction, and a memory of its own, kept nowhere."""
    memory = Memory(None)
    monkeypatch.setattr(predictions, "READER", memory)
    monkeypatch.setattr(buttons, "READER", memory)
    return Prediction("How much is 2 + 2?", right=("four", "4"),
                      wrong={"glued": ("twenty-two", "22", "Two signs side by side are no sum."),
                             "times": ("five", "5", "A sum adds what is there, and nothing else.")})


def press(group, value):
    group.value = value


def test_two_presses_commit_in_either_order(asked):
    for first, second in (("answers", "sureness"), ("sureness", "answers")):
        predictions.READER.forget()
        pressed, values = asked.ask(), {"answers": "glued", "sureness": "sure"}
        press(getattr(pressed, first), values[first])
        assert asked.choice is None and not asked.is_open
        press(getattr(pressed, second), values[second])
        assert (asked.choice["code"], asked.choice["sure"]) == ("glued", "sure")
        assert asked.options["glued"].belief in pressed.words.value and "committed" in pressed.words.value


def test_the_first_choice_counts_for_every_row_of_buttons(asked):
    one, other = asked.ask(), asked.ask()
    asked.commit("times", "a guess")
    asked.commit("right", "sure")
    for shown in (one, other, asked.ask()):
        assert (shown.answers.value, shown.sureness.value) == ("times", "a guess")
        assert shown.answers.disabled and shown.sureness.disabled
    assert len(predictions.READER.entries()) == 1


def test_a_look_without_a_choice_opens_and_remembers_nothing(asked):
    shown = asked.ask()
    shown.look.click()
    assert asked.is_open and asked.choice is None and predictions.READER.entries() == []
    press(shown.answers, "right")
    press(shown.sureness, "sure")
    assert asked.choice is None


@pytest.mark.parametrize(("code", "sure"), [("wrong", "sure"), ("right", "very"), (None, "sure")])
def test_what_is_no_choice_is_refused_in_a_sentence(asked, code, sure):
    with pytest.raises(ValueError, match=r"expected one of right, glued, times and one of .* got"):
        asked.commit(code, sure)


def test_a_choice_that_is_no_longer_offered_is_asked_again(asked):
    predictions.READER.add("prediction", asked.place, code="renamed", sure="sure")
    predictions.READER.add("prediction", asked.place, code="glued", sure="certainly")
    predictions.READER.add("prediction", asked.place, code="glued")
    assert asked.choice is None and "committed" not in asked.ask().words.value


def test_buttons_are_core_widgets_with_names(asked):
    parts = [part for part in asked.ask().children if not isinstance(part, widgets.HTML)]
    assert all(type(part).__module__.startswith("ipywidgets.") for part in parts)
    assert [part.description for part in parts] == ["Your prediction", "How sure", "Look without choosing"]
    assert tuple(asked.ask().sureness.options) == SURENESS


def test_without_a_kernel_the_answers_are_listed_and_what_stands_behind_them_is_folded(asked):
    open_part, _, folded = asked.page().partition("<details>")
    for option in asked.options.values():
        assert f"<li>{option.words}</li>" in open_part and f"<dt>{option.words}</dt>" in folded
        assert not option.belief or option.belief in folded and option.belief not in open_part
    assert "<script" not in asked.page() and asked.page() == asked.page()


def test_in_a_script_the_result_is_printed(asked, capsys):
    with asked.result():
        print("4")
    assert capsys.readouterr().out == "4\n"


@pytest.fixture(scope="module")
def shown():
    """What a cell displays in a kernel: [(kind of message, data)]."""
    manager, client = start_new_kernel()

    def run(code):
        heard = []
        reply = client.execute_interactive(code, output_hook=heard.append, timeout=HANGING)["content"]
        messages = [(message["msg_type"], message["content"]) for message in heard]
        return reply, [(kind, content.get("data") or content.get("text")) for kind, content in messages
                       if kind in ("stream", "display_data", "update_display_data", "execute_result")]

    run(SETUP)
    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_what_is_printed_and_shown_is_folded_in_its_order_and_opens_with_the_choice(shown):
    code = ("with predictions.kept.result():\n    print('first <')\n    print('second')\n"
            "    plots.show(plots.figure()[0], 'An empty picture, to be shown between two lines.')\n    print('last')")
    _, [(kind, data)] = shown(code)
    html = data["text/html"]
    assert kind == "display_data"
    assert re.match("<details><summary>[^<]*</summary><pre>first &lt;\nsecond</pre><figure>", html)
    assert html.endswith("<pre>last</pre></details>") and data["text/plain"].split("\n")[::3] == ["first <", "last"]
    _, [(kind, data)] = shown("predictions.kept.commit('half_way', 'sure')")
    assert kind == "update_display_data" and data["text/html"].startswith('<details class="committed" open>')
    assert "You said: a half (sure)" in data["text/html"] and "first &lt;\nsecond" in data["text/html"]
    _, [(kind, data)] = shown(code)
    assert kind == "display_data" and data["text/html"].startswith('<details class="committed" open>')


def test_what_an_error_leaves_is_no_result(shown):
    reply, outputs = shown("with predictions.kept.result():\n    print('almost')\n    1 / 0")
    assert reply["ename"] == "ZeroDivisionError" and outputs == []


def test_an_explorer_is_a_still_picture_until_the_choice(shown):
    _, [(kind, data)] = shown("predictions.twice.explorer(step_size())")
    assert kind == "display_data" and data.keys() == {"text/html", "text/plain"}
    assert data["text/html"].startswith("<details><summary>") and "<img" in data["text/html"]
    _, [(kind, data)] = shown("predictions.twice.commit('right', 'a guess')")
    assert kind == "update_display_data" and data.keys() == {VIEW, "text/html", "text/plain", "image/png"}
