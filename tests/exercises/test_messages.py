"""What the exercises say: nothing given away, plain sentences, a question at the end, rounded numbers."""

import functools
import re
import subprocess
import sys

import numpy as np

from gradlib.exercises.general import GENERAL
from gradlib.exercises.harder import Harder
from gradlib.exercises.messages import LOOKS, Result, forms, listed, markup, number

from .answers import ODD, RIGHT, WRONG
from .conftest import EXERCISES

BELITTLING = r"\b(simply|just|obviously|trivial|trivially|easy|easily|clearly|of course|basic|merely)\b"


@functools.cache
def all_results():
    """Name of an exercise -> what it says to a right answer, to all wrong and odd ones, and to none."""
    answers = {exercise.name: [*RIGHT[exercise.name][:1], *(answer for _, answer in WRONG[exercise.name]),
                               *ODD[exercise.name], exercise.as_given] for exercise in EXERCISES}
    return {exercise.name: [exercise.check(answer) for answer in answers[exercise.name]] for exercise in EXERCISES}


def texts(exercise):
    """Every text of an exercise that may be read before the solution."""
    for mistake in (*exercise.mistakes, *exercise.slips, *exercise.relatives):
        yield from (mistake.title, mistake.why, mistake.look_at)
    yield from exercise.hints
    for result in all_results()[exercise.name]:
        yield from (result.title, result.why, result.look_at, result.evidence, *result.onward)


def said(exercise):
    return [text for text in texts(exercise) if text and "It happened in line" not in text]


def squeezed(text):
    return re.sub(r"\s", "", text)


def secrets(exercise):
    """The lines of the solution that the stub does not show, and what stands behind = and return in them."""
    lines = [line for line in exercise.source.splitlines() if line.strip() and line not in exercise.stub]
    pieces = [piece for line in lines for piece in re.split(r"=|return", line)]
    known = squeezed(exercise.stub)
    return {piece for piece in map(squeezed, lines + pieces)
            if len(piece) > 4 and not piece.isidentifier() and piece not in known}


def test_there_are_secrets(exercise):
    assert secrets(exercise)


def test_no_text_holds_a_line_of_the_solution(exercise):
    for text in said(exercise):
        for secret in secrets(exercise):
            assert secret not in squeezed(text), text


def test_no_text_holds_code_that_computes(exercise):
    for text in said(exercise):
        for shown in re.findall("`[^`]+`", text):
            text = text.replace(shown, "") if shown.strip("`") in exercise.stub else text
        assert not re.search(r"\.T\b|\.dot\(|np\.mean\(|\s@\s|\*\*|len\(", text), text


def test_texts_do_not_belittle(exercise):
    for text in said(exercise):
        assert not re.search(BELITTLING, text, re.IGNORECASE), text


def test_sentences_are_short(exercise):
    for text in said(exercise):
        for sentence in re.split(r"(?<=[.?!:;])\s", re.sub(r"\[[^]]*\]|\([^)]*\)", "", text)):
            assert len(sentence.split()) <= 32, sentence
    words = [len(sentence.split()) for text in said(exercise) for sentence in re.split(r"(?<=[.?!])\s", text)]
    assert sum(words) / len(words) <= 15


def test_diagnoses_are_complete(exercise):
    for mistake in (*exercise.mistakes, *exercise.slips):
        assert mistake.title.endswith("."), mistake.title
        assert mistake.why.endswith((".", ".)")), mistake.why
        assert mistake.look_at.endswith("?"), mistake.look_at
    assert len(exercise.hints) == 3


def test_results_are_whole(exercise):
    for result in all_results()[exercise.name]:
        assert result.status in LOOKS and result.code and result.title.endswith((".", "?"))
        assert not re.search(r"[{}]", result.title + result.why + result.look_at)
        if result.status == "wrong":
            assert result.look_at.endswith("?")
        assert all(len(line) <= 96 for line in repr(result).splitlines())


def test_two_calls_are_told_apart():
    said = [result.evidence for results in all_results().values() for result in results]
    stopped = [evidence for evidence in said if "it stops: " in evidence]
    for evidence in stopped:
        assert evidence.count("Called with ") == 1 + evidence.count(", it runs"), evidence
        assert "Your function hands back" not in evidence
        first, *others = re.findall("Called with (.*?), it (?:stops|runs)", evidence)
        assert first not in others
    assert len(stopped) > 10


def test_secrets_are_found_when_they_are_told(exercise):
    told = f"Write `{exercise.source.strip().splitlines()[-1]}` and all is well."
    lines = [line for line in exercise.source.splitlines() if line not in exercise.stub]
    assert any(secret in squeezed(told + "".join(lines)) for secret in secrets(exercise))


def test_the_page_says_the_same_in_safe_html(exercise):
    for result in all_results()[exercise.name]:
        page = result._repr_html_()
        assert page.startswith('<div role="status" style="border: 1px solid #')
        assert set(re.findall(r"<(\w+)", page)) <= {"div", "p", "strong", "code", "pre"}
        assert re.findall(r"[\w-]*color[\w-]*:|background|class=|<script|on\w+=", page) == []
        assert set(re.findall(r"#[0-9A-F]{6}", page)) == {LOOKS[result.status][2]}
        assert LOOKS[result.status][0] in page and LOOKS[result.status][1] in page
        bare = re.sub(r"<[^>]+>", " ", page).replace("`", "")
        for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
            bare = bare.replace(entity, sign)
        assert squeezed(bare) == squeezed(repr(result).replace("`", ""))


def test_general_texts_fit_their_status():
    for status, title, _, look_at in GENERAL.values():
        assert status in LOOKS and title.endswith((".", "}"))
        assert look_at.endswith("?") or not look_at


def test_what_a_learner_writes_cannot_become_markup():
    page = Result("wrong", "code", "<script>alert(1)</script> & `a < b`")._repr_html_()
    assert "<script>" not in page and "<code>a &lt; b</code>" in page
    assert markup("it's") == "it&#x27;s"


def test_numbers_have_four_digits():
    values = 4.39494, -0.0, 1 / 3, 12345.678, 5, np.float32(2.5), np.nan
    assert [number(value) for value in values] == ["4.395", "0", "0.3333", "12350", "5", "2.5", "nan"]
    assert number(np.array([1.0, -0.25])) == "[1, −0.25]"
    assert [number(value) for value in (-3e-7, -np.inf)] == ["−3e-07", "−inf"]


def test_names_and_forms_in_words():
    assert [listed("abcd"[:i]) for i in (1, 2, 3)] == ["`a`", "`a` and `b`", "`a`, `b` and `c`"]
    one, three, column, table = np.array(1.0), np.ones(3), np.ones((3, 1)), np.ones((3, 2))
    assert forms([three], [one]) == ("an array of shape (3,)", "one number")
    assert forms([one, column, table], [one, three, three], "abc") == (
        "an array of shape (3, 2) as `c`", "an array of shape (3,)")
    assert forms([three, one], [one] * 3, "abc") == ("an array of shape (3,) and one number", "`a`, `b` and `c`")
    assert forms([], [one]) == ("", "one number")


def test_negative_numbers_have_a_true_minus(exercise):
    for text in said(exercise):
        ours = re.sub("`[^`]+`|It printed .*", "", text, flags=re.DOTALL)  # what code printed stays as it is
        assert not re.search(r"(?<![\w.])-\d", ours), text


def test_output_is_the_same_in_every_process():
    code = ("from gradlib.exercises import lesson01, lesson02\n"
            "for e in (lesson01.gradient, lesson01.slope, lesson02.largest_step, lesson02.descend):\n"
            "    print(e.check(e.reference)._repr_html_(), *(e.check(m.way) for m in e.mistakes))")
    outputs = {subprocess.run([sys.executable, "-W", "error", "-c", code], env={"PYTHONHASHSEED": seed},
                              capture_output=True, text=True, check=True, encoding="utf-8").stdout
               for seed in ("0", "1")}
    assert len(outputs) == 1 and len(outputs.pop()) > 1000


def test_hints_are_folded(exercise):
    hints = exercise.hint()
    assert repr(hints).startswith("3 hints")
    page = hints._repr_html_()
    assert page.count("<details>") == 4 and "<summary>Hint 1 of 3</summary>" in page and " open" not in page
    assert all(markup(hint) in page for hint in exercise.hints) and f"exercises.{exercise.path}.solution()" in page


def test_one_hint_can_be_read(exercise):
    assert squeezed(repr(exercise.hint(2))) == squeezed(f"Hint 2 of 3: {exercise.hints[1]}")
    assert exercise.hint(2)._repr_html_().startswith("<p>Hint 2 of 3: ")
    for i in (0, 4, -1, "two"):
        assert repr(exercise.hint(i)) == "There are 3 hints: ask for hint(1) to hint(3)."


def test_an_exercise_tells_how_to_use_it_and_no_more(exercise):
    if not isinstance(exercise, Harder):   # which shows its cell, see test_harder
        assert repr(exercise) == f"Exercise {exercise.name}: check({exercise.name}), hint(), solution()"


def test_stubs_fit_the_page(exercise):
    assert all(len(line) <= 76 for line in (exercise.stub + exercise.source).splitlines())


def test_no_message_box_has_an_empty_strip():
    paragraphs = re.findall("<p[^>]*>", Result("wrong", "code", "title", "why", "", "look?")._repr_html_())
    assert paragraphs == ['<p style="margin: 8px 0">'] * 3  # the theme's own margin is larger, and only below


def test_the_solution_is_shown_on_demand(exercise):
    assert repr(exercise.solution()) == exercise.source == exercise.source
    assert exercise.solution()._repr_html_().startswith("<pre><code>def ")
