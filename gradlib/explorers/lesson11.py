"""Lesson 11: many machines, between too much talk and too large a batch: the time of a step, and of a digit gained."""

from .. import plots
from .._checks import positive_number
from ..cluster import ONE_MACHINE, PerStep
from ..live import Album, Drag, choice, explore, said, stops
from .lesson11_picture import ROWS, WORKERS, compared, count, digits_of, duration, move, stage

COLUMNS = (20, 200, 2_000, 20_000)
TALKS = (0, 1, 5, 25, 100)   # milliseconds


@plots.style()
def many_machines(seconds_per_row=ONE_MACHINE.seconds_per_row, talk=ONE_MACHINE.talk):
    """Choose workers, rows in a step, talk and columns: the time of a step, and that of a digit of the loss.

    All follows from two numbers that you can measure, as in `cluster.PerStep`: seconds_per_row, of one worker with 20
    columns (more take longer in proportion), and talk, the seconds that every step costs as soon as there are two
    workers (the same for all columns). Digits as in `theory.digits_per_step`. Left out are the noise floor and the
    microseconds that Python needs for a step. TypeError or ValueError for a number that is none or not positive.
    """
    measured = float(f"{1000 * positive_number('talk', talk):.3g}")
    per_row = [positive_number("seconds_per_row", seconds_per_row) * columns / COLUMNS[0] for columns in COLUMNS]
    album = Album(*map(stage, per_row, COLUMNS))

    def update(columns, workers, rows, talk):
        album.turn_to(columns)
        model = PerStep(per_row[columns], talk / 1000)
        move(album.moving, model, workers, rows, digits_of(COLUMNS[columns]))
        return _sentence(model, COLUMNS[columns], workers, rows)

    def code(columns, workers, rows, talk):
        return _code(PerStep(per_row[columns], talk / 1000), COLUMNS[columns], workers, rows)

    left, right = album.figure.axes
    return explore(update, album, room=392, code=code, drag=(Drag(left, x="workers"), Drag(right, x="rows")),
                   workers=stops("workers", *WORKERS.tolist(), value=8),
                   rows=stops("rows in a step", *((count(rows), rows) for rows in ROWS[10::5].tolist()), value=1e7),
                   talk=stops("talk (ms)", *sorted({*TALKS, measured}), value=measured),
                   columns=choice("columns", *map(count, COLUMNS)))


def _sentence(model, columns, workers, rows):
    """How long the step takes and how much more workers help; what it gains; what would be faster."""
    step, gained = model.time(rows, workers), digits_of(columns)[ROWS == rows][0]
    fastest = ", with one worker ".join(_fastest(*fastest_digit(model, columns, k)) for k in sorted({workers, 1})[::-1])
    return (f"{_told(model, workers, rows)}. "
            f"{2 * workers:,} would take {duration(model.time(rows, 2 * workers))}. {turn(model, rows)}. "
            f"The step gains {said(gained)} digits of the loss, {duration(step / gained)} each. "
            f"The fastest digit takes {fastest}. Critical batch: {columns + 1:,} rows.")


def _told(model, workers, rows):
    step, alone = model.time(rows, workers), model.time(rows, 1)
    if workers == 1:
        return f"One worker takes {duration(step)} for a step over {count(rows)} rows"
    return (f"{workers:,} workers take {duration(step)} for a step over {count(rows)} rows, "
            f"{100 * model.talk / step:.0f} % of it talk: {compared(step, alone)} as one ({duration(alone)})")


def turn(model, rows):
    """From how many workers on more than half of a step is talk, in words."""
    mostly_talk = [k for k in WORKERS[1:] if model.talk > model.time(rows, 1) / k]
    return (f"From {mostly_talk[0]:,} workers on, most of a step is talk" if mostly_talk else
            f"Up to {WORKERS[-1]:,} workers, most of a step is computing")


def fastest_digit(model, columns, workers):
    """The shortest time of a digit of the loss that so many workers can reach, in seconds, and its rows in a step."""
    per_digit = model.time(ROWS, workers) / digits_of(columns)
    return per_digit.min(), ROWS[per_digit.argmin()]


def _fastest(seconds, rows):
    most, fewer = ("", "") if rows > ROWS[0] else ("at most ", " or fewer")   # what is looked at begins there
    return f"{most}{duration(seconds)} ({count(rows)} rows{fewer})"


def _code(model, columns, workers, rows):
    counts = ", ".join(map(str, dict.fromkeys((2 * workers, 1, workers))))   # the chosen number last
    return f"""from gradlib import cluster, theory
from gradlib.explorers.lesson11 import compared, count, duration, fastest_digit, turn

model = cluster.PerStep(seconds_per_row={model.seconds_per_row:.6g}, talk={model.talk:g})
alone, digits = model.time({rows:_.0f}, 1), theory.digits_per_step({rows:_.0f}, {columns})
for k in ({counts}):
    step, (best, batch) = model.time({rows:_.0f}, k), fastest_digit(model, {columns}, k)
    print(k, "workers:", duration(step), "a step,", compared(step, alone), "as one")
    print(100 - 100 * alone / k / step, "% talk; best:", duration(best), "by", count(batch))
print(count({rows:_.0f}), "rows gain", digits, "digits,", duration(step / digits), "each")
print(turn(model, {rows:_.0f}), "- critical batch:", {columns} + 1)
"""
