"""Predictions on the pages to read: without Python and without a network, by keyboard, kept by the browser; and without
a script, and on paper, in folds."""

from __future__ import annotations

import pytest

from ..browser.axe import faults
from ..browser.lab import chromium, window_of
from ..browser.test_predictions import NUMBER, Asked, every_day
from ..notebooks.lesson import read_lesson

pytestmark = [pytest.mark.slow, pytest.mark.network, pytest.mark.browser, every_day("02", "08")]
TAB_STOPS = 12
FOCUS = "document.activeElement.textContent"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(params=["with a script", "without"])
def page(request, site, browser, path):
    """The page of a lesson, in a browser that has seen none."""
    context = window_of(browser, offline=True, java_script_enabled=request.param == "with a script")
    with context.new_page() as page:
        page.goto((site / "notebooks" / f"{path.stem}.html").as_uri())
        yield page
    context.close()


def every(path):
    lesson = read_lesson(path)
    return [Asked(lesson, name) for name in lesson.named("prediction")]


def parts(page, name):
    """Below the buttons' code, below the code of the result, and the discussion."""
    outputs = ", ".join(f'[data-tags~="{part}:{name}"] .output' for part in ("prediction", "result"))
    return page.locator(f'{outputs}, [data-tags~="discussion:{name}"]')


def in_sight(page, name):
    return "\n".join(parts(page, name).all_inner_texts())


def is_hidden(page, asked):
    text = in_sight(page, asked.name)
    return not asked.numbers & set(NUMBER.findall(text)) and asked.wrong().belief not in text and not [
        line for line in asked.lines if line in text]


def press(page, name, button):
    """From the code above, Tab to the button of this name, and press it."""
    cell = page.locator(f'[data-tags~="prediction:{name}"]')
    cell.evaluate("cell => { cell.tabIndex = -1; cell.focus(); }")
    for _ in range(TAB_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS) == button:
            return page.keyboard.press("Space")
    raise AssertionError(f"Tab does not lead to {button}")


@pytest.mark.parametrize("page", ["with a script"], indirect=True)
def test_a_choice_opens_result_and_discussion_and_is_kept(page, path):
    for asked in every(path):
        assert is_hidden(page, asked), asked.name
    for asked in every(path):
        press(page, asked.name, asked.wrong().words)
        assert is_hidden(page, asked), asked.name
        press(page, asked.name, "sure")
        said = page.locator(f'[data-tags~="prediction:{asked.name}"]').get_by_role("status").inner_text()
        assert asked.wrong().words in said and asked.wrong().belief in said
    assert not faults(page, "[data-tags*='prediction:']")
    for _ in range(2):
        for asked in every(path):
            text = in_sight(page, asked.name)
            assert asked.numbers <= set(NUMBER.findall(text)) and asked.wrong().belief in text, asked.name
        page.reload()


@pytest.mark.parametrize("page", ["without"], indirect=True)
def test_without_a_script_there_are_the_answers_and_folds(page, path):
    for asked in every(path):
        assert is_hidden(page, asked), asked.name
        for option in asked.prediction.options.values():
            assert option.words in in_sight(page, asked.name)
        for fold in parts(page, asked.name).locator("> details, .choose > details").all():
            fold.locator("> summary").click()
        text = in_sight(page, asked.name)
        assert asked.numbers <= set(NUMBER.findall(text)) and asked.wrong().belief in text, asked.name
