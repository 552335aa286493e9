"""Explorers on the pages to read, in a real Chromium on a desk and on a phone: they move without Python, and show what
Python computes."""

from __future__ import annotations

import gzip
import multiprocessing
import random
import threading
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pages import baking
from pages.lessons import all_lessons

from ..browser.axe import WCAG, faults
from ..browser.lab import chromium, window_of
from ..test_explorers_code import at_random

pytestmark = [pytest.mark.slow, pytest.mark.network, pytest.mark.browser]
CALLS = [(lesson, call) for lesson in all_lessons() for call in lesson.explorers.values()]
PLACES = {"desk": {"viewport": {"width": 1100, "height": 900}, "color_scheme": "light"},
          "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True,
                    "is_mobile": True}}
SETTINGS, WATCHED = 50, 10   # how many are compared, and at how many the page is painted and watched for jumps
ONE, ALL, PAGE = 400_000, 2_000_000, 250_000   # bytes: a file, all files, what a page fetches before it is moved
OPEN = """figure => {
  for (let part = figure; part; part = part.parentElement) if (part.matches('details')) part.open = true;
  figure.querySelectorAll('details').forEach(part => { part.open = true; });
  figure.scrollIntoView();
}"""
# Sets controls to stops, by the events that a reader's hand would cause.
SET = """
const set = (figure, stops) => Object.entries(stops).forEach(([name, stop]) => {
  const fields = figure.querySelectorAll(`[data-name="${name}"] input`);
  if (!fields.length) return;   // it has one stop only
  const field = fields[fields.length > 1 ? stop : 0];
  if (field.type === 'range') field.value = stop;
  else field.checked = fields.length > 1 || stop;
  field.dispatchEvent(new Event('input', {bubbles: true}));
});
const stopsOf = figure => Object.fromEntries([...figure.querySelectorAll('[data-name]')].map(box => {
  const fields = [...box.querySelectorAll('input')];
  return [box.dataset.name, fields.length > 1 ? fields.findIndex(field => field.checked)
          : fields[0].type === 'range' ? +fields[0].value : +fields[0].checked];
}));
const seen = figure => {
  const panels = [...figure.querySelectorAll('.panel > :first-child')];
  return {sentence: figure.querySelector('[role=status]').textContent, name: panels[0].getAttribute('aria-label'),
          code: figure.querySelector('code')?.textContent ?? '',
          pieces: panels.map(panel => panel.querySelector('svg').innerHTML),
          stages: panels.map(panel => [...panel.querySelectorAll('img')].find(picture => !picture.hidden).src),
          settings: figure.querySelector('.settings').textContent,
          spoken: [...figure.querySelectorAll('[type=range]')].map(field => field.ariaValueText)};
};
const parsed = svg => {
  const box = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  box.innerHTML = svg;
  return box.innerHTML;
};
"""
# What is seen at each setting and differs from what was computed; heights of the explorer, and jumps on the page.
COMPARE = "async (figure, [stages, settings, watched]) => {" + SET + """
  let jumps = 0;
  const observer = new PerformanceObserver(list => list.getEntries().forEach(({value}) => { jumps += value; }));
  observer.observe({type: 'layout-shift'});
  const wrong = [], heights = new Set();
  for (const [i, {stops, ...computed}] of settings.entries()) {
    set(figure, stops);
    const now = seen(figure);
    computed.pieces = computed.pieces.map(parsed);
    computed.stages = stages[computed.stages].map(stage => `data:image/png;base64,${stage}`);
    Object.keys(computed).filter(part => JSON.stringify(now[part]) !== JSON.stringify(computed[part])).forEach(
      part => wrong.push([stops, part, String(now[part]).slice(0, 600), String(computed[part]).slice(0, 600)]));
    heights.add(figure.getBoundingClientRect().height);
    if (i < watched) await new Promise(painted => requestAnimationFrame(() => setTimeout(painted)));
  }
  observer.disconnect();
  return {wrong, heights: [...heights], jumps};
}"""
KINDS = {"range": "[type=range]", "radio": "label:has([type=radio]:not(:checked))",
         "checkbox": "label:has([type=checkbox])", "drag": ".drag"}
LAST_BUT_ONE = """field => {
  field.value = field.max - 1;
  field.dispatchEvent(new Event('input', {bubbles: true}));
}"""
AGAIN = "(figure, [before, stops]) => {" + SET + "set(figure, before); set(figure, stops); return seen(figure); }"
NOW = "figure => {" + SET + "return [stopsOf(figure), seen(figure)]; }"


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address(site):
    """The site on a server, in a folder of it as on GitHub Pages."""
    (site.parent / "favicon.ico").touch()   # for which browsers ask
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def fresh():
    """What a call's explorer shows at random settings: computed as the site was, on one thread, but not from it."""
    known = {}
    with baking.one_thread(), ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as worker:
        yield lambda call: known.setdefault(call, known.get(call) or worker.submit(computed, call).result())


def computed(call):
    explorer, moves = baking.made(call)
    rng, stages, shown = random.Random(call), baking.stages(explorer), []
    for _ in range(SETTINGS):
        stops = at_random(moves, rng)
        frame = explorer.frame(**{name: moves[name].values[stop] for name, stop in stops.items()})
        texts = {name: moves[name].texts[stop] for name, stop in stops.items()}
        shown.append({"stops": stops, "pieces": list(map("".join, frame.pieces)), "sentence": frame.sentence,
                      "name": frame.sentence, "code": frame.code, "stages": int(frame.page),
                      "settings": " · ".join(f"{moves[name].label}: {text}" for name, text in texts.items()),
                      "spoken": [texts[name] for row in explorer.rows for name in row if moves[name].kind == "range"]})
    return stages, shown


class Opened:
    """The page of a lesson, its explorer in sight, and all that it has asked for and complained of."""

    def __init__(self, context, address, lesson):
        self.asked, self.complaints = [], []
        self.page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address + lesson.page)
        self.before = list(self.asked)
        self.figure = self.page.locator("figure.explorer")
        self.figure.evaluate(OPEN)
        self.page.locator("figure.explorer.moves").wait_for()
        self.start, _ = self.now()

    def now(self):
        """The stops of the controls, and what is seen."""
        return self.figure.evaluate(NOW)

    def box_of(self, selector):
        box = self.figure.locator(selector).first
        box.scroll_into_view_if_needed()
        return box.bounding_box()


@pytest.fixture(scope="module", params=PLACES)
def context(request, browser):
    with window_of(browser, **PLACES[request.param]) as context:
        context.place = request.param
        yield context


@pytest.fixture(scope="module", params=CALLS, ids=lambda pair: pair[0].number)
def opened(request, context, address):
    lesson, call = request.param
    opened = Opened(context, address, lesson)
    opened.call, opened.place = call, context.place
    yield opened
    opened.page.close()


def test_it_is_fetched_only_in_sight_and_nothing_is_asked_of_anybody_else(opened, address):
    assert not [url for url in opened.before if ".gz" in url]
    assert len([url for url in opened.asked if ".gz" in url]) == 1
    assert all(url.startswith((address, "data:")) for url in opened.asked)


def test_it_shows_what_python_computes_and_nothing_jumps(opened, fresh):
    stages, shown = fresh(opened.call)
    settings = shown if opened.place == "desk" else shown[:WATCHED]
    found = opened.figure.evaluate(COMPARE, [stages, settings, WATCHED])
    assert found["wrong"] == []
    assert len(found["heights"]) == 1 and found["jumps"] == 0
    assert len({setting["sentence"] for setting in shown}) > 1


def test_no_barriers_and_no_complaints(opened):
    rules = WCAG if opened.place == "desk" else ["color-contrast"]
    assert faults(opened.page, "figure.explorer", rules=rules) == []
    assert opened.complaints == []
    needed, there = opened.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert needed <= there


def test_it_moves_by_hand(opened, fresh):
    """Mouse and keyboard on a desk, a finger on a phone; what is seen then is what its stops show by themselves."""
    elsewhere = fresh(opened.call)[1][0]["stops"]
    for hand in [by_finger] if opened.place == "phone" else [by_mouse, by_key]:
        for kind, selector in KINDS.items():
            if opened.figure.locator(selector).count():
                opened.figure.evaluate(AGAIN, [opened.start, opened.start])
                seen = [opened.start]
                for end in (0.1, 0.9) if kind in ("range", "drag") else (0.5,):
                    hand(opened, selector, end)
                    stops, shown = opened.now()
                    assert opened.figure.evaluate(AGAIN, [elsewhere, stops]) == shown
                    seen.append(stops)
                assert seen[-1] != seen[-2], (hand.__name__, kind)


def by_mouse(opened, selector, end):
    box, mouse = opened.box_of(selector), opened.page.mouse
    mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    mouse.down()
    mouse.move(box["x"] + end * box["width"], box["y"] + (1 - end) * box["height"], steps=3)
    mouse.up()


def by_key(opened, selector, end):
    keys = {KINDS["radio"]: ("[type=radio]:checked", ["ArrowRight"]), KINDS["checkbox"]: ("[type=checkbox]", ["Space"])}
    arrows = ["ArrowLeft", "ArrowDown"] if end < 0.5 else ["ArrowRight", "ArrowUp"]
    focus, pressed = keys.get(selector, (selector, 3 * arrows))
    opened.figure.locator(focus).first.focus()
    for key in pressed:
        opened.page.keyboard.press(key)


def by_finger(opened, selector, end):
    box, touch = opened.box_of(selector), opened.page.context.new_cdp_session(opened.page)
    places = [(0.5, 0.5), (0.5 + 0.5 * (end - 0.5), 0.5), (end, 1 - end)]
    points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in places]
    for point, name in zip(points, ("touchStart", "touchMove", "touchMove")):
        touch.send("Input.dispatchTouchEvent", {"type": name, "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_play_walks_to_the_end_and_begins_anew(browser, address):
    with window_of(browser, **PLACES["desk"]) as context:
        opened = Opened(context, address, next(lesson for lesson, call in CALLS if call.startswith("backprop")))
        button = opened.figure.locator("[data-seconds]")
        field = opened.figure.locator("[data-name]:has([data-seconds]) input")
        field.evaluate(LAST_BUT_ONE)
        button.evaluate("button => { button.dataset.seconds = 0.05; }")
        button.click()
        opened.page.wait_for_function("field => field.value === field.max", arg=field.element_handle())
        opened.page.wait_for_function("button => button.textContent === 'play'", arg=button.element_handle())
        button.evaluate("button => { button.dataset.seconds = 60; }")
        button.click()
        assert button.inner_text() == "pause" and field.input_value() == "0"
        button.click()
        assert button.inner_text() == "play"


@pytest.mark.parametrize("lesson, call", CALLS, ids=[lesson.number for lesson, _ in CALLS])
def test_without_a_script_and_on_paper_a_still_picture_stays(browser, address, lesson, call):
    with window_of(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + lesson.page)
        page.locator("summary", has_text="The result").locator("xpath=..").filter(
            has=page.locator("figure.explorer")).locator("summary").first.click()
        for _ in ("on the screen", "on paper"):
            figure = page.locator("figure.explorer")
            assert not figure.locator(".controls").is_visible() and figure.locator(".settings").is_visible()
            assert figure.locator("[role=status]").is_visible() and figure.locator("img").first.is_visible()
            page.emulate_media(media="print")


@pytest.mark.parametrize("trouble", ["a file", "an old browser", "a lost file"])
def test_where_it_cannot_move_it_says_why_and_stays(browser, site, address, trouble):
    lesson, _ = CALLS[0]
    with window_of(browser) as context:
        page = context.new_page()
        if trouble == "an old browser":
            page.add_init_script("delete window.DecompressionStream")
        if trouble == "a lost file":
            page.route("**/*.gz", lambda route: route.fulfill(status=404))
        page.goto((site / lesson.page).as_uri() if trouble == "a file" else address + lesson.page)
        page.locator("figure.explorer").evaluate(OPEN)
        page.locator("figure.explorer.still").wait_for()
        figure = page.locator("figure.explorer")
        assert figure.locator(".controls").inner_text().endswith((".", "once more."))
        assert not figure.locator("input").count() and figure.locator(".settings").is_visible()
        assert figure.locator("[role=status]").is_visible() and figure.locator("img").first.is_visible()
        assert faults(page, "figure.explorer") == []


def test_files_and_pages_are_small(site):
    files = [file.stat().st_size for file in (site / baking.FOLDER).iterdir()]
    assert len(files) == len(CALLS) and max(files) <= ONE and sum(files) <= ALL
    shared = sum((site / name).stat().st_size for name in ("style.css", "explorer.js"))
    for lesson, _ in CALLS:
        page = (site / lesson.page).read_bytes()
        assert shared + len(page) <= PAGE, (lesson.number, len(page), len(gzip.compress(page)))
