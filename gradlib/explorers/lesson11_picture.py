"""Lesson 11: what its explorer draws: the time of a step over the workers, that of a digit over the rows."""

from functools import cache

import numpy as np
from matplotlib.patches import Rectangle

from .. import plots, theory
from ..live import Live, said

WORKERS = 2 ** np.arange(11)
ROWS = np.append(np.outer(10.0 ** np.arange(3, 9), [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]), 1e9)
DECADES = 7.5   # of time, in both panels


@cache
def digits_of(columns):
    """The digits of the loss that a step over each of ROWS gains."""
    return np.array([theory.digits_per_step(int(rows), columns) for rows in ROWS])


def stage(seconds_per_row, columns):
    """The `Live` picture for so many columns."""
    digits = digits_of(columns)
    fig, (left, right) = plots.figure(2, width=8.0, height=3.9)
    longest = seconds_per_row * ROWS[-1]
    plots.decorate(left, "One step", "workers", "time of a step")
    plots.decorate(right, "One digit gained", "rows in a step", "time for a digit")
    for ax, marks, view in ((left, WORKERS[::2], (0.75, 1400)), (right, ROWS[::20], (0.55 * ROWS[0], 1.8 * ROWS[-1]))):
        times = 10.0 ** (np.floor(np.log10(longest)) - np.arange(0, DECADES, 2))
        ax.set(xscale="log", yscale="log", xlim=view, ylim=(2 * longest / 10.0**DECADES, 2 * longest))
        ax.set_yticks(times, map(duration, times))
        ax.set_xticks(marks, map(count, marks))
        ax.minorticks_off()
    right.plot(ROWS, seconds_per_row * ROWS / digits, color=plots.GREY)
    right.text(1e8, seconds_per_row * 1e8 / digits[50] * 1.3, "1 worker", color=plots.GREY, ha="right")
    right.axvline(columns + 1, linestyle="--", color=plots.BLACK, linewidth=1.6)
    place, arrow = (1.2 * columns, "") if columns > ROWS[0] else (650, "← ")
    right.text(place, longest / 1.3, f"{arrow}critical batch: {columns + 1:,}")
    return Live(fig, *_moving(left, right))


def _moving(left, right):
    """Where most is talk; of a step computing, talk, and both; of a digit the curve; the words at them; and on top
    what talk adds, the chosen step, the chosen digit, and the best."""
    shades = [ax.add_patch(Rectangle((1, 0), 1, 1, transform=ax.get_xaxis_transform(), color=plots.GREY, alpha=0.15,
                                     linewidth=0)) for ax in (left, right)]   # (axvspan gives one from 3.9 on only)
    lines = [ax.plot([], [], style, color=colour, linewidth=width, markersize=10)[0] for ax, style, colour, width in (
        (left, "-.", plots.GREY, 2.2), (left, ":", plots.GREY, 3), (left, "-", plots.BLUE, 2.2),
        (right, "-", plots.BLUE, 2.2), (left, "-", plots.BLUE, 1), (left, "o", plots.BLUE, 0),
        (right, "o", plots.BLUE, 0), (right, "X", plots.GREEN, 0))]
    words = [ax.text(1, 1, text, color=colour, ha=ha, va=va, clip_on=True,   # with a halo: they may lie on a line
                     bbox={"facecolor": "#eaeaea" if text == "mostly talk" else "white", "edgecolor": "none", "pad": 1})
             for ax, text, colour, ha, va in (
        (left, "computing", plots.GREY, "right", "top"), (left, "talk", plots.GREY, "left", "bottom"),
        (left, "both", plots.BLUE, "right", "bottom"), (left, "", plots.BLUE, "right", "top"),
        (left, "mostly talk", plots.GREY, "right", "center"), (right, "", plots.BLUE, "left", "bottom"),
        (right, "best", plots.GREEN, "center", "top"), (right, "mostly talk", plots.GREY, "left", "center"))]
    return [*shades, *lines[:4], *words, *lines[4:]]


def move(artists, model, workers, rows, digits):
    """Draw the steps of a `cluster.PerStep`."""
    many, few, computing, talking, both, curve, *words, gap, now, here, best = artists
    step, alone, steps = model.time(rows, workers), model.time(rows, 1), [model.time(rows, k) for k in WORKERS]
    per_digit = model.time(ROWS, workers) / digits
    fastest = per_digit.argmin()
    for line, x, y in ((computing, WORKERS, alone / WORKERS), (talking, [2, 1024], [model.talk] * 2),
                       (both, WORKERS, steps), (gap, [workers] * 2, [alone / workers, step]), (now, [workers], [step]),
                       (curve, ROWS, per_digit), (here, [rows], per_digit[ROWS == rows]),
                       (best, [ROWS[fastest]], [per_digit[fastest]])):
        line.set_data(x, y)
    turn, rare = alone / max(model.talk, 1e-9), max(model.talk, 1e-9) / model.seconds_per_row * workers * (workers > 1)
    many.set(x=max(turn, 2**0.5), width=1e9)   # from so many workers on computing takes less than talk,
    few.set(x=1, width=rare)                   # and for these workers up to so many rows
    view = both.axes.get_ylim()
    _name_steps(words[:5], view, alone, model.talk, steps[-1])
    _name_digits(words[5:], view, per_digit, rare)
    words[3].set_text(f"{workers:,} workers: {compared(step, alone)}" if workers > 1 else "1 worker")
    words[5].set_text(f"{workers:,} workers" if workers > 1 else "")


def _name_steps(words, view, alone, talk, last):
    """The words on the left, where they find room."""
    turn, end = alone / max(talk, 1e-9), min(1024, alone / view[0] / 5)
    early = turn > 50
    words[1].set(**{"ha": "left", "va": "bottom"} if early else {"ha": "right", "va": "top"})
    for word, place in zip(words, ((end, alone / end / 1.3), (2.1, 1.25 * talk) if early else (1000, talk / 1.3),
                                   (1000, 1.3 * last), (1250, view[1] / 1.3),
                                   (1200 if turn < 100 else 1e9, view[1] / 20))):
        word.set_position(place)


def _name_digits(words, view, per_digit, rare):
    """The words on the right: at the beginning of the curve, at the best, in the shade."""
    begin, best = int(np.argmax(per_digit > 1.5 * view[0])), per_digit.argmin()
    left = ROWS[begin] > 5e4   # else it finds no room there
    words[0].set_ha("right" if left else "left")
    beside = (ROWS[begin] / 1.5 if left else 650, 1.8 * per_digit[begin])
    for word, place in zip(words, (beside if left or not begin else (5 * ROWS[begin], 1.25 * view[0]),
                                   (max(ROWS[best], 1500), per_digit[best] / 1.9),
                                   (650 if rare > 4e4 else 1, view[1] / 20))):
        word.set_position(place)


def compared(step, alone):
    """How a step compares with that of one worker."""
    times = max(step / alone, alone / step)
    return f"{said(times) if times < 10 else f'{times:,.0f}'} times as {'fast' if step <= alone else 'long'}"


def count(number):
    """A whole number as people say it: 2,000, 30 million."""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if number >= size:
            return f"{number / size:g}{name}"
    return f"{number:,.0f}"


def duration(time):
    """A time in seconds to two digits, with its unit."""
    for size, unit in ((1, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if time >= size:
            return f"{said(time / size)} {unit}"
    return f"{said(time / 1e-9)} ns"
