"""What a step costs: computing, which workers share, and talking, which they do not. A model of two numbers."""

import time
from typing import NamedTuple

from .._checks import positive_number, whole_number

TRIES = 7   # steps of which the best counts


class Times(NamedTuple):
    """Seconds of one step: all of it, what its busiest worker computed, and the rest."""

    total: float
    computing: float
    talking: float


class PerStep(NamedTuple):
    """The model: a row costs `seconds_per_row` on its worker, and a step `talk` seconds as soon as there are two."""

    seconds_per_row: float
    talk: float

    def time(self, rows, workers):
        """Seconds of one step over so many rows:  seconds_per_row rows / workers + talk  (one worker need not talk)."""
        return self.seconds_per_row * rows / workers + (self.talk if workers > 1 else 0)

    def crossing(self, workers=2):
        """From how many rows on so many workers beat one:  talk / seconds_per_row  x  workers / (workers - 1).

        Raises ValueError for fewer than two workers.
        """
        workers = whole_number("workers", workers, least=2)
        return self.talk / self.seconds_per_row * workers / (workers - 1)

    def digit(self, digits_per_step, rows, workers):
        """Seconds for one more decimal digit of the loss, where a step over so many rows gains digits_per_step."""
        return self.time(rows, workers) / positive_number("digits_per_step", digits_per_step)


ONE_MACHINE = PerStep(13.6e-9, 0.025)   # what `measure` found on one: 20 columns, two processes


def measure(data, part, w):
    """The `PerStep` of a part on the workers of data, `Shards` of at least one row.

    seconds_per_row: one worker alone with the largest shard, the time per row. talk: a step in which every shard works
    on its first row only: the same tasks, and next to nothing to compute. Both the best of a few.
    """
    sizes, ends = data.sizes, data.sizes.cumsum()
    largest = slice(ends[sizes.argmax()] - sizes.max(), ends[sizes.argmax()])
    first_rows = (ends - sizes)[sizes > 0]
    return PerStep(data.step_time(part, w, largest).computing / sizes.max(),
                   data.step_time(part, w, first_rows).total)


def best_of(step, tries=TRIES):
    """The shortest of a few steps as `Times`. step() does it and says who was busy for how long."""
    return min(_timed(step) for _ in range(tries))


def _timed(step):
    begun = time.perf_counter()
    busy = step()
    total = time.perf_counter() - begun
    computing = max(busy.values())
    return Times(total, computing, total - computing)
