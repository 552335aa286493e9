"""Lesson 11: many machines, between too much talk and too large a batch: the time of a step, and of a digit gained."""

import matplotlib
import numpy as np
from matplotlib.patches import Rectangle

from .. import plots, theory
from .._checks import positive_number
from ..cluster import ONE_MACHINE, PerStep
from ..live import Album, Live, choice, explore, stops

COLUMNS = (20, 200, 2_000, 20_000)
WORKERS = 2 ** np.arange(11)
ROWS = np.append(np.outer(10.0 ** np.arange(3, 9), [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]), 1e9)
TALKS = (0, 1, 5, 25, 100)   # milliseconds
DECADES = 7.5                # of time, in both pictures


@plots.defaults()
def many_machines(seconds_per_row=ONE_MACHINE.seconds_per_row, talk=ONE_MACHINE.talk):
    """Choose workers, rows in a step, talk and columns: the time of a step, and that of a digit of the loss.

    All follows from two numbers that you can measure, as in `cluster.PerStep`: seconds_per_row, of one worker with 20
    columns (more take longer in proportion), and talk, the seconds that every step costs as soon as there are two
    workers (the same for all columns). Digits as in `theory.digits_per_step`. Left out are the noise floor and the
    microseconds that Python needs for a step. TypeError or ValueError for a number that is none or not positive.
    """
    measured = float(f"{1000 * positive_number('talk', talk):.3g}")
    per_row = [positive_number("seconds_per_row", seconds_per_row) * columns / COLUMNS[0] for columns in COLUMNS]
    pages = list(map(_page, per_row, COLUMNS))
    album = Album(*(live for live, _ in pages))

    def update(columns, workers, rows, talk):
        album.turn_to(columns)
        model, digits = PerStep(per_row[columns], talk / 1000), pages[columns][1]
        _move(album.moving, model, workers, rows, digits)
        return _sentence(model, COLUMNS[columns], workers, rows, digits)

    return explore(update, album, workers=stops("workers", *WORKERS.tolist(), value=8),
                   rows=stops("rows in a step", *((_count(rows), rows) for rows in ROWS[10::5].tolist()), value=1e7),
                   talk=stops("talk (ms)", *sorted({*TALKS, measured}), value=measured),
                   columns=choice("columns", *map(_count, COLUMNS)))


def _page(seconds_per_row, columns):
    """The stage for so many columns with its moving lines, and the digits that a step over each of ROWS gains."""
    digits = np.array([theory.digits_per_step(int(rows), columns) for rows in ROWS])
    fig, (left, right) = plots.figure(2, width=7.2, height=3.9, sharey=True)
    longest = seconds_per_row * ROWS[-1]
    times = 10.0 ** (np.floor(np.log10(longest)) - np.arange(0, DECADES, 2))
    plots.decorate(left, "One step", "workers", "time")
    plots.decorate(right, "One digit gained", "rows in a step", "")
    left.set(xscale="log", yscale="log", xlim=(0.75, 1400), ylim=(2 * longest / 10.0**DECADES, 2 * longest))
    right.set(xscale="log", xlim=(0.55 * ROWS[0], 1.8 * ROWS[-1]))
    left.set_yticks(times, map(_seconds, times))
    for ax, marks in ((left, WORKERS[::2]), (right, ROWS[::20])):
        ax.set_xticks(marks, map(_count, marks))
        ax.minorticks_off()
    with matplotlib.rc_context(plots.STYLE):
        right.plot(ROWS, seconds_per_row * ROWS / digits, color=plots.GREY)
        right.text(1e8, seconds_per_row * 1e8 / digits[50] * 1.3, "1 worker", color=plots.GREY, ha="right")
        right.axvline(columns + 1, linestyle="--", color=plots.BLACK, linewidth=1.6)
        place, arrow = (1.2 * columns, "") if columns > ROWS[0] else (650, "← ")
        right.text(place, longest / 1.3, f"{arrow}critical batch: {columns + 1:,}")
        return Live(fig, *_moving(left, right)), digits


def _moving(left, right):
    """Where most is talk; of a step computing, talk, and both; of a digit the curve; the words at them; and on top the
    chosen step, the chosen digit, and the best."""
    shades = [ax.add_patch(Rectangle((1, 0), 1, 1, transform=ax.get_xaxis_transform(), color=plots.GREY, alpha=0.15,
                                     linewidth=0)) for ax in (left, right)]   # (axvspan gives one from 3.9 on only)
    lines = [ax.plot([], [], style, color=colour, markersize=10)[0] for ax, style, colour in (
        (left, "-.", plots.PURPLE), (left, "--", plots.VERMILLION), (left, "-", plots.BLUE), (right, "-", plots.BLUE),
        (left, "o", plots.BLUE), (right, "o", plots.BLUE), (right, "X", plots.GREEN))]
    words = [ax.text(1, 1, words, color=colour, ha=ha, va=va, clip_on=True) for ax, words, colour, ha, va in (
        (left, "computing", plots.PURPLE, "right", "top"), (left, "talk", plots.VERMILLION, "left", "bottom"),
        (left, "both", plots.BLUE, "right", "bottom"), (right, "workers", plots.BLUE, "left", "bottom"),
        (right, "best", plots.GREEN, "center", "top"), (left, "mostly talk", plots.GREY, "right", "center"),
        (right, "mostly talk", plots.GREY, "left", "center"))]
    for word in words:   # they may come to lie on a line
        word.set_bbox({"facecolor": "#eaeaea" if word in words[5:] else "white", "edgecolor": "none", "pad": 1})
    return [*shades, *lines[:4], *words, *lines[4:]]


def _move(moving, model, workers, rows, digits):
    many, few, computing, talking, both, curve, *words, now, here, best = moving
    alone, steps = model.time(rows, 1), [model.time(rows, k) for k in WORKERS]
    per_digit = model.time(ROWS, workers) / digits
    low, high = both.axes.get_ylim()
    fastest, turn = per_digit.argmin(), alone / max(model.talk, 1e-9)   # computing = talk at so many workers,
    rare = rows * workers / turn * (workers > 1)                        # and for these workers at so many rows
    many.set(x=max(turn, 2**0.5), width=1e9)
    few.set(x=1, width=rare)
    for line, x, y in ((computing, WORKERS, alone / WORKERS), (talking, [2, 1024], [model.talk] * 2),
                       (both, WORKERS, steps), (now, [workers], [model.time(rows, workers)]), (curve, ROWS, per_digit),
                       (here, [rows], per_digit[ROWS == rows]), (best, [ROWS[fastest]], [per_digit[fastest]])):
        line.set_data(x, y)
    end, early = min(1024, alone / low / 5), turn > 50   # where words find room
    words[1].set(**{"ha": "left", "va": "bottom"} if early else {"ha": "right", "va": "top"})
    for word, place in zip(words, ((end, alone / end / 1.3), (2.1, 1.25 * model.talk) if early else
                                   (1000, model.talk / 1.3), (1000, 1.3 * steps[-1]),
                                   (650, 1.8 * per_digit[0]), (max(ROWS[fastest], 1500), per_digit[fastest] / 1.9),
                                   (1200 if turn < 100 else 1e9, high / 20), (650 if rare > 4e4 else 1, high / 20))):
        word.set_position(place)
    words[3].set_text(f"{workers:,} workers" if workers > 1 else "")


def _sentence(model, columns, workers, rows, digits):
    """What a step takes and how much of it is talk; what it gains; what would be faster."""
    step, alone, twice = (model.time(rows, k) for k in (workers, 1, 2 * workers))
    who, one = ("One worker takes", "") if workers == 1 else (
        f"{workers:,} workers take", f"one needs {_seconds(alone)}, ")
    share, gained = 100 * model.talk / step * (workers > 1), digits[ROWS == rows][0]
    mostly_talk = [k for k in WORKERS[1:] if model.talk > alone / k]
    turn = (f"From {mostly_talk[0]:,} workers on it is mostly talk, and doubling them saves less than a quarter."
            if mostly_talk else "Up to 1,024 workers it is mostly computing.")
    fastest = ", with one worker ".join(_fastest(model.time(ROWS, k) / digits) for k in sorted({workers, 1})[::-1])
    return (f"{who} {_seconds(step)} for a step over {_count(rows)} rows ({share:.0f} % talk); "
            f"{one}{2 * workers:,} need {_seconds(twice)}. {turn} "
            f"The step gains {gained:.2g} digits of the loss, {_seconds(step / gained)} each. "
            f"The fastest digit takes {fastest}. Critical batch: {columns + 1:,} rows.")


def _fastest(per_digit):
    best = per_digit.argmin()
    return f"{_seconds(per_digit[best])} ({_count(ROWS[best])} rows{'' if best else ' or fewer'})"


def _count(number):
    """A whole number as people say it: 2,000, 30 million."""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if number >= size:
            return f"{number / size:g}{name}"
    return f"{number:,.0f}"


def _seconds(time):
    """A time to two digits, with its unit."""
    size, unit = (1, "s") if time >= 1 else (1e-3, "ms") if time >= 1e-3 else (1e-6, "µs")
    return f"{float(f'{time / size:.2g}'):,g} {unit}"
