"""Moving pictures: the SVG layer lies where Matplotlib would draw, and nothing grows."""

import contextlib
import io
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from ipywidgets import FloatLogSlider, FloatSlider, IntSlider, Play, ToggleButtons
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.transforms import Bbox

from gradlib import plots, spoken
from gradlib.live import Album, Drag, Live, choice, explore, labels, log_slider, said, slider, stops, switch, with_play


def one_line(*args, **kwargs):
    fig, ax = plots.figure()
    line, = ax.plot(*args, **kwargs)
    return Live(fig, line), ax, line


def path_points(svg):
    d = re.search(r'<path d="([^"]*)"', svg).group(1)
    return np.array([pair.split() for pair in re.findall(r"[ML](\S+ [^MLh]+)", d)], dtype=float)


def test_a_line_lies_where_matplotlib_draws_it():
    picture, ax, line = one_line([], [], color=plots.BLUE)
    ax.set(xlim=(0, 4), ylim=(-1, 3))
    x, y = np.array([0.5, 2.0, 3.5]), np.array([0.0, 2.5, -0.5])
    line.set_data(x, y)
    expected = ax.transData.transform(np.column_stack([x, y]))
    expected[:, 1] = picture.figure.bbox.height - expected[:, 1]
    np.testing.assert_allclose(path_points(picture.svg("words")), expected, atol=0.06)


def test_the_layer_covers_the_pixels_that_matplotlib_paints():
    """Paint the moving line with Matplotlib and compare the painted box with the layer's points."""
    picture, ax, line = one_line([0, 1, 2], [0, 3, 1], color="#ff0000", linewidth=1)
    picture.figure.canvas.draw()
    pixels = np.asarray(picture.figure.canvas.buffer_rgba()).astype(int)
    rows, columns = np.nonzero((pixels[..., 0] > 200) & (pixels[..., 1] < 80))
    points = path_points(picture.svg("words"))
    np.testing.assert_allclose([columns.min(), columns.max()], [points[:, 0].min(), points[:, 0].max()], atol=2.5)
    np.testing.assert_allclose([rows.min(), rows.max()], [points[:, 1].min(), points[:, 1].max()], atol=4)


def test_a_nan_lifts_the_pen_and_a_far_point_keeps_the_direction():
    picture, ax, line = one_line([], [])
    ax.set(xlim=(0, 1), ylim=(0, 1))
    line.set_data([0, 0.2, np.nan, 0.6, 0.8], [0, 0.2, 0.5, 0.6, 0.8])
    assert re.search(r'd="M[^M"]*M[^M"]*"', picture.svg("words"))
    line.set_data([0.5, 1e9], [0.5, 2e9])
    (x0, y0), (x1, y1) = path_points(picture.svg("words"))
    scale_x, scale_y = ax.bbox.width, ax.bbox.height
    assert ((y0 - y1) / scale_y) / ((x1 - x0) / scale_x) == pytest.approx(2, rel=0.01)
    assert max(abs(x1), abs(y1)) < 3000


@pytest.mark.filterwarnings("error")
def test_infinite_and_non_positive_values_are_left_out_quietly():
    picture, ax, line = one_line([], [], "o-")
    ax.set(xlim=(0, 3), ylim=(1e-3, 1e3), yscale="log")
    line.set_data([0, 1, 2, 3], [1.0, -1.0, np.inf, 0.0])
    svg = picture.svg("words")
    assert "nan" not in svg and "inf" not in svg
    assert len(re.findall("h0", svg)) == 1


def test_every_supported_artist_is_drawn():
    fig, ax = plots.figure()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    square, = ax.plot([0.5], [0.5], "s", color=plots.GREEN)
    dashed, = ax.plot([0, 1], [0, 1], "--", color=plots.VERMILLION, alpha=0.5)
    errors = ax.vlines([0.2], [0.1], [0.9], color=plots.PURPLE)
    arrow = ax.add_patch(FancyArrowPatch((0, 0), (1, 1), arrowstyle="-|>", color=plots.BLUE))
    box = ax.add_patch(Rectangle((0.1, 0.1), 0.2, 0.2, fill=False))
    words = ax.text(0.5, 0.5, "a < b", ha="center")
    svg = Live(fig, square, dashed, errors, arrow, box, words).svg("words")
    assert "Z" in svg and "stroke-dasharray" in svg and 'opacity="0.5"' in svg and plots.PURPLE.lower() in svg
    assert 'text-anchor="middle"' in svg and "a &lt; b" in svg and 'fill="none"' in svg
    assert svg.count("<svg") == 6   # the panel, and one clipping frame for each artist but the text


def test_a_box_without_edge_has_none_and_a_text_in_a_white_box_has_a_white_outline():
    fig, ax = plots.figure()
    bar, = ax.barh([0], [1], color=plots.BLUE)
    words = ax.text(0.5, 0, "×2", bbox={"facecolor": "white", "edgecolor": "none"})
    bare = ax.text(0.5, 0.5, "×3")
    svg = Live(fig, bar, words, bare).svg("words")
    assert f'fill="{plots.BLUE.lower()}" stroke="none"' in svg
    assert svg.count('stroke="#ffffff" paint-order="stroke"') == 1


def test_hidden_artists_are_not_sent():
    picture, _, line = one_line([0, 1], [0, 1])
    line.set_visible(False)
    assert "<path" not in picture.svg("words")
    picture.redraw()
    assert not line.get_visible()


def test_words_that_would_meet_make_room_and_go_home_when_they_can():
    fig, ax = plots.figure()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    still = ax.text(0.5, 0.5, "still")
    words = [ax.text(0.5, 0.5, word) for word in ("one", "another", "a third")]
    picture, here = Live(fig, *words), [text.get_window_extent().extents for text in (still, *words)]

    def stand():
        picture.svg("words")
        return [text.get_window_extent() for text in (still, *words)]

    for place in ((0.5, 0.5), (0.49, 0.52), (0.98, 0.98), (0.02, 0.01)):
        words[0].set_position(place)
        at = stand()
        assert not any(one.padded(-1).overlaps(other.padded(-1)) for one, other in itertools.combinations(at, 2))
        assert all(np.hypot(*(box.min - before[:2])) < 60 for box, before in zip(at[2:], here[2:]))
    assert at[0].extents.tolist() == here[0].tolist()   # the still one, always
    words[1].set_position((0.5, 0.8))
    words[2].set_visible(False)
    assert stand()[2].extents == pytest.approx(words[1].axes.transData.transform((0.5, 0.8))[[0, 1, 0, 1]] + (
        here[2] - ax.transData.transform((0.5, 0.5))[[0, 1, 0, 1]]))


def test_a_word_that_gives_way_does_not_hide_the_point_that_it_names():
    fig, ax = plots.figure()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    word, (point,) = ax.text(0.5, 0.5, "here", ha="center", va="bottom"), ax.plot([0.5], [0.48], "o")
    ax.text(0.5, 0.52, "taken", ha="center", va="bottom")
    Live(fig, word, point).svg("words")
    assert not labels.box_of_point(point).overlaps(word.get_window_extent())


@pytest.mark.parametrize("letters, smaller", [(10, False), (30, True), (36, True)])
def test_a_title_or_label_is_no_wider_than_its_axes(letters, smaller):
    fig, axes = plots.figure(3, width=12)
    for ax in axes:
        plots.decorate(ax, "w" * letters, "w" * letters, "up")
    Live(fig)
    for ax in axes:
        for words in (ax.xaxis.label, ax.findobj(lambda part: part.get_visible() and getattr(
                part, "get_text", str)() == "w" * letters)[0]):
            share = words.get_fontsize() / (11 if words is ax.xaxis.label else 12)
            assert (share < 1) == smaller and share >= labels.SMALLEST - 1e-9
            box = words.get_window_extent()
            assert (box.width <= ax.bbox.width + labels.BEYOND * fig.dpi and box.x1 <= fig.bbox.x1
                    or share == pytest.approx(labels.SMALLEST))


@pytest.mark.parametrize("seed", range(40))
def test_the_gap_is_free_within_the_axes_and_the_nearest(seed):
    rng, room = np.random.default_rng(seed), Bbox([[0, 0], [100, 60]])
    low = rng.uniform(0, (70, 48), (6, 2))
    box, *taken = [Bbox([corner, corner + rng.uniform(5, (30, 12))]) for corner in low]
    shift = labels.nearest_gap(box, taken, room)

    def is_free(step, gap):
        place = box.translated(*step).padded(gap)
        return room.contains(*(box.min + step)) and room.contains(*(box.max + step)) and not any(
            place.overlaps(other) for other in taken)

    nearer = [step for step in rng.uniform(-1, 1, (400, 2)) * np.hypot(*shift) if np.hypot(*step) < np.hypot(*shift)]
    assert is_free(shift, -labels.TOUCH) and not any(is_free(step, labels.GAP) for step in nearer)


def test_what_cannot_move_says_so():
    fig, ax = plots.figure()
    with pytest.raises(TypeError, match=r"PathCollection cannot move. What can: lines \(ax\.plot\)"):
        Live(fig, ax.scatter([1], [1]))


def test_the_sentence_is_the_accessible_name():
    picture, _, _ = one_line([0, 1], [0, 1])
    assert 'role="img" aria-label="loss &lt; 1 &amp; &quot;falling&quot;"' in picture.svg('loss < 1 & "falling"')


def explorer():
    picture, ax, line = one_line([], [])
    ax.set(xlim=(0, 1), ylim=(0, 1))

    def update(w, swap):
        line.set_data([0, 1], [0, w])
        return f"w is {w:g}, swapped {swap}."
    return explore(update, picture, room=30, w=slider("w", 0, 1, 0.1, value=0.5), swap=switch("swap"))


def test_a_move_changes_layer_and_sentence_and_leaves_the_stage():
    picture = explorer()
    stage, layer = picture.stage.value, picture.layer.value
    picture.controls["w"].value = 0.7
    assert picture.sentence == repr(picture) == "w is 0.7, swapped False."
    assert picture.layer.value != layer and picture.stage.value is stage
    assert re.search(r'<p role="status"[^>]*>w is 0.7, swapped False.</p>', picture.words.value)


def test_a_minus_before_a_number_is_a_true_minus_sign():
    picture, _, line = one_line([0, 1], [0, 1])
    moved = explore(lambda w: f"w is {w:g}, a well-made 1e-10 (-2.5).", picture, room=50,
                    w=slider("w", -1, 1, 0.5, value=-0.5))
    assert moved.sentence == "w is −0.5, a well-made 1e-10 (−2.5)."


def test_redraw_sends_a_new_stage():
    picture = explorer()
    before = picture.stage.value
    picture.live.figure.axes[0].set_title("another")
    picture.live.redraw()
    picture.controls["swap"].value = True
    assert picture.stage.value != before


def test_an_album_shows_one_page_and_draws_every_stage_once():
    pages = [one_line([0, 1], [0, i])[0] for i in (1, 2)]
    album = Album(*pages)
    moved = explore(lambda page: album.turn_to(page) or f"page {page}.", album, room=10,
                    page=choice("page", "one", "two"))
    stages = [page.stages for page in pages]
    first = moved.stage.value
    for i in (1, 0, 1):
        moved.controls["page"].value = i
        assert album.figure is pages[i].figure and moved.sentence in moved.layer.value
        assert (moved.stage.value == first) == (i == 0)
    assert [page.stages for page in pages] == stages and album.stages is pages[1].stages
    assert moved._repr_mimebundle_()["image/png"]


def test_what_a_saved_notebook_keeps():
    bundle = explorer()._repr_mimebundle_()
    assert bundle["text/plain"] == "w is 0.5, swapped False."
    assert 'alt="w is 0.5, swapped False."' in bundle["text/html"]
    assert "Run the notebook to move it" in bundle["text/html"] and "application/vnd.jupyter.widget-view+json" in bundle


def test_the_script_for_screen_readers_is_one_attribute_of_an_invisible_widget():
    hidden = explorer().children[-1]
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append((tag, dict(attributes)))
    parser.feed(hidden.value)
    assert tags == [("style", {"onload": spoken.SCRIPT})] and hidden.layout.display == "none"
    assert spoken.STYLE in hidden.value


def test_sliders():
    one, other = slider("w", 0, 1, 0.25, 0.5), log_slider("step size", 0.01, 10, 0.1)
    assert isinstance(one, FloatSlider) and one.description == "w"
    assert isinstance(other, FloatLogSlider) and other.value == pytest.approx(0.1)


def test_a_whole_step_makes_a_slider_of_whole_numbers():
    steps = slider("step", 0, 7, 1, value=2)
    assert isinstance(steps, IntSlider) and (steps.min, steps.max, steps.step, steps.value) == (0, 7, 1, 2)
    assert steps.description == "step"


def test_a_choice_has_a_number_for_each_button():
    graph = choice("graph", "a chain", "a tree", value=1)
    assert isinstance(graph, ToggleButtons) and graph.description == "graph" and graph.value == 1
    assert dict(graph.options) == {"a chain": 0, "a tree": 1}


def test_the_play_button_walks_the_slider_in_the_browser(monkeypatch):
    links = []
    monkeypatch.setattr("gradlib.live.controls.widgets.jslink", lambda *ends: links.append(ends))
    steps = slider("step", 0, 7, 1, value=2)
    row = with_play(steps, seconds=0.5)
    control, player = row.children
    assert control is steps and isinstance(player, Play)
    assert (player.min, player.max, player.step, player.value, player.interval) == (0, 7, 1, 2, 500)
    assert links == [((steps, "value"), (player, "value")), ((steps, "max"), (player, "max"))]


@pytest.mark.parametrize("number, expected", [
    (0.0028, "0.0028"), (0.501, "0.5"), (12_000, "12,000"), (3.24e-8, "3.2 × 10⁻⁸"), (-0.5, "−0.5"), (0, "0"),
    (99.6, "100"), (1e9, "1 × 10⁹"), (-1e-13, "−1 × 10⁻¹³"), (np.inf, "infinite"), (np.nan, "not a number")])
def test_numbers_are_written_in_one_way(number, expected):
    assert said(number) == expected


def test_a_panel_for_each_column_of_axes_and_all_pixels_are_in_one():
    fig, (left, right) = plots.figure(2)
    line, = right.plot([0, 1], [0, 1])
    live = Live(fig, line)
    (start, cut), (same, end) = live.panels
    assert (start, same, end) == (0, cut, fig.canvas.get_width_height()[0])
    assert left.bbox.x1 < cut < right.bbox.x0
    assert [len(pieces) for pieces in live.pieces()] == [0, 1] and len(live.stages) == 2


def test_columns_that_reach_into_each_other_and_stamps_stay_together():
    fig, (left, right) = plots.figure(2)
    left.set_title("words that reach from here into the other, " * 2, loc="left")
    plots.drawn(fig)
    assert len(plots.panels(fig)) == 1
    stamps, _ = plots.figure(6, width=6)
    plots.drawn(stamps)
    assert len(plots.panels(stamps)) == 1


LOOKS = [   # what is drawn, what its SVG must and must not say
    (lambda ax: ax.plot([0.5], [0.5], "o", mfc="none", mec="#ff0000"), 'stroke="#ff0000"', "h0"),
    (lambda ax: ax.plot([0.5], [0.5], "x", color="#ff0000"), 'fill="none" stroke="#ff0000"', "Z"),
    (lambda ax: ax.plot([0.5], [0.5], "+", color="#ff0000"), 'fill="none" stroke="#ff0000"', "Z"),
    (lambda ax: ax.plot([0, 1], [0, 1], color=(1, 0, 0, 0.25)), 'stroke-opacity="0.25"', "dasharray"),
    (lambda ax: [ax.add_patch(Rectangle((0, 0), 1, 1, fill=False, linestyle="--"))], "stroke-dasharray", "opacity"),
    (lambda ax: [ax.add_patch(Rectangle((0, 0), 1, 1, fc=(0, 0, 1, 0.5)))], 'fill-opacity="0.5"', "dasharray"),
    (lambda ax: [ax.vlines([0.2], 0, 1, linestyles="dashed")], "stroke-dasharray", "opacity"),
    (lambda ax: [ax.text(0.5, 0.5, "up", rotation=90)], 'transform="rotate(-90 ', "stroke=")]


@pytest.mark.parametrize("draw, there, absent", LOOKS)
def test_looks_are_drawn_as_matplotlib_draws_them(draw, there, absent):
    fig, ax = plots.figure()
    artist, = draw(ax)
    (piece,), = Live(fig, artist).pieces()
    assert there in piece and absent not in piece


@pytest.mark.parametrize("draw, word", [
    (lambda ax: ax.vlines([0.2, 0.4], 0, 1, colors=["r", "b"]), "several looks"),
    (lambda ax: ax.add_patch(Rectangle((0, 0), 1, 1, hatch="//")), "a hatch"),
    (lambda ax: ax.plot([0, 1], [0, 1], drawstyle="steps")[0], "steps"),
    (lambda ax: ax.text(0, 0, "two\nlines"), "several lines"), (lambda ax: ax.text(0, 0, "$x$"), "a formula")])
def test_a_look_that_cannot_be_drawn_is_refused(draw, word):
    fig, ax = plots.figure()
    with pytest.raises(TypeError, match=word):
        Live(fig, draw(ax))


def test_a_slider_that_multiplies_gives_the_two_digits_that_stand_beside_it():
    heard = []
    picture, _, _ = one_line([0, 1], [0, 1])
    moved = explore(lambda **values: heard.append(values) or "moved.", picture, room=10,
                    eta=log_slider("step size", 0.01, 10, value=0.1), n=stops("n", 1, 342, 10_000, value=342))
    moved.controls["eta"].value = 10**-0.3
    assert heard[-1] == moved.values() == {"eta": 0.5, "n": 342}
    assert (0.5, "0.5") in moved.stops("eta") and len(moved.stops("eta")) == 61
    assert moved.stops("n") == [(1, "1"), (342, "342"), (10_000, "10,000")]


def draggable():
    picture, ax, point = one_line([], [], "o")
    ax.set(xlim=(0.01, 10), ylim=(0, 1), xscale="log")
    calls = []

    def update(eta, b):
        calls.append((eta, b))
        point.set_data([eta], [b])
        return f"At {eta:g}, {b:g}."
    moved = explore(update, picture, room=20, drag=Drag(ax, "eta", "b"), eta=log_slider("step size", 0.01, 10, 0.1),
                    b=slider("b", 0, 1, 0.25, value=0.5))
    return moved, ax, calls


def test_what_a_pointer_says_moves_both_controls_and_the_picture_once():
    moved, _, calls = draggable()
    mailbox, before = moved._handles.mailbox, len(calls)
    mailbox.value = '{"to": {"eta": 40, "b": 1}, "number": 0}'
    assert moved.values() == {"eta": 1.0, "b": 0.25} and len(calls) == before + 1
    mailbox.value = '{"by": {"b": 1}, "number": 1}'
    mailbox.value = '{"by": {"b": 9}, "number": 2}'
    assert moved.values() == {"eta": 1.0, "b": 1.0}
    mailbox.value = "something else"
    assert moved.sentence == "At 1, 1."


def test_the_stops_lie_where_their_values_are_in_the_picture():
    moved, ax, _ = draggable()
    height = moved.live.figure.canvas.get_width_height()[1]
    places = moved.drags[0].places(moved.controls, height)
    for i, name in enumerate(("eta", "b")):
        for (value, _), pixel in zip(moved.stops(name), places[name][1]):
            x, y = ax.transData.inverted().transform([pixel, height - pixel])
            assert (x, y)[i] == pytest.approx(value, rel=0.02, abs=0.01)


def test_the_code_is_shown_on_demand_with_the_settings_of_now():
    picture, _, _ = one_line([0, 1], [0, 1])
    moved = explore(lambda w: f"w is {w:g}.", picture, room=10, code=lambda w: f"print({w} < 1)",
                    w=slider("w", 0, 1, 0.1, value=0.5))
    assert moved._listing.value == ""
    moved._button.value = True
    moved.controls["w"].value = 0.7
    assert moved._listing.value == "<pre>print(0.7 &lt; 1)</pre>"
    assert moved.frame(w=0.2).code == "print(0.2 < 1)" and moved.frame(w=0.2).sentence == "w is 0.2."


def test_the_height_of_the_words_is_kept_for_the_longest_sentence():
    picture, _, _ = one_line([0, 1], [0, 1])
    moved = explore(lambda w: f"w is {w:g}.", picture, room=123, w=slider("w", 0, 1, 0.1, value=0.5))
    hidden = re.search(r'aria-hidden="true" style="visibility: hidden[^>]*>([^<]*)<', moved.words.value).group(1)
    assert len(hidden) == 123


def test_controls_stand_together_where_an_explorer_says_so():
    picture, _, _ = one_line([0, 1], [0, 1])
    moved = explore(lambda **values: "moved.", picture, room=10, together=[("a", "c")], a=switch("a"),
                    b=slider("b", 0, 1, 0.5, value=0), c=switch("c"), step=with_play(slider("step", 0, 7, 1, value=2)))
    assert moved.rows == [("a", "c"), ("b",), ("step",)]
    assert moved.children[0].children == (moved.controls["a"], moved.controls["c"])
    assert moved.values() == {"a": False, "b": 0, "c": False, "step": 2}
    still = moved.still("Move it.")["text/html"]
    assert "a: no; c: no" in still and "step: 2" in still


def test_the_explorer_of_contributing_in_about_twenty_lines():
    text = Path(__file__).parents[1].joinpath("CONTRIBUTING.md").read_text(encoding="utf-8")
    program = re.search(r"## A widget.*?```python\n(.*?)```", text, re.DOTALL).group(1)
    names = {}
    exec(program, names)
    moved = names["parabola"]()
    moved.controls["w"].value = -0.5
    assert len([line for line in program.split("def parabola")[1].splitlines() if line.strip()]) <= 20
    assert "−1" in moved.sentence and len(moved.sentence) <= moved.room
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(moved.code(**moved.values()), {})
    assert float(printed.getvalue()) == -1
