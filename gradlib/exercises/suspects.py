"""Which known mistake does what an answer does.

On the first trial all mistakes stand side by side in tables, where most are ruled out at a glance. Those that are left
are compared on every trial.
"""

from collections import defaultdict
from functools import cache, cached_property

import numpy as np

from .calls import TOLERANCE, Scaled, alike
from .factors import factor_between
from .mistakes import both


class Suspects:
    """All that one exercise knows, on its trials: `catalogue`, `slips` and `relatives`, asked when they are needed."""

    def __init__(self, exercise, trials):
        self.exercise, self.trials = exercise, trials
        self.slipped = cache(self._slipped)

    @cached_property
    def catalogue(self):
        """The exercise's own mistakes."""
        return self._lineup(self.exercise.mistakes)

    @cached_property
    def slips(self):
        """Every slip on the right answer, and every two of them."""
        return self._lineup(self.exercise.slipped)

    @cached_property
    def relatives(self):
        """What the families know of this exercise."""
        return self._lineup(self.exercise.relatives)

    def up_to_a_factor(self, runs):
        """Mistakes that point, in all parts, along what an answer does on the trial of the tables: between two numbers
        there is always a factor, and so it has to be a whole number, or one divided by it."""
        for lineup in (self.catalogue, self.relatives):
            along = [lineup.along(runs[lineup.place], k) for k in range(len(runs[0].parts))]
            for j in sorted(set.intersection(*map(set, along))) if along else ():
                sizes = abs(along[0][j]), 1 / abs(along[0][j])
                if any(np.isclose(size, max(1, round(size)), rtol=1e-4) for size in sizes):
                    yield lineup.mistakes[j]

    def on_top(self, runs, parts):
        """Slips on top of mistakes: those that may explain these parts, a range, of an answer."""
        place, known = self._factors
        along = [self.catalogue.along(runs[place], k) for k in parts]
        for i, factors in enumerate(known):
            factors = [*factors, *[None] * len(parts)][parts.start:parts.stop]
            yield from (self.slipped(i, j) for j in (
                range(len(self.exercise.mistakes)) if None in factors else _by_factors(along, factors)))

    def _lineup(self, mistakes):
        return Lineup(mistakes, self.trials, self._factors[0])

    def _slipped(self, i, j):
        slip, mistake = self.exercise.slips[i], self.exercise.mistakes[j]
        return both(slip, mistake, slip.way(mistake.way))

    @cached_property
    def _factors(self):
        """(place, factors) of the first trial on which every slip makes each part longer by a factor, and these; where
        a slip does something else it has no factor, and the first trial is as good as any."""
        found = [(place, self._factors_on(trial)) for place, trial in enumerate(self.trials)]
        return next((each for each in found if not any(None in factors for factors in each[1])), found[0])

    def _factors_on(self, trial):
        right, ways = self.exercise.reference, [slip.way(self.exercise.reference) for slip in self.exercise.slips]
        before = trial.ask(right).moves
        telling = any(move.size > 1 for move in before)   # between two numbers there is always a factor
        return [[way.constant(*trial.args)] * len(before) if isinstance(way, Scaled) else
                [factor_between(*pair) if telling else None for pair in zip(trial.ask(way).moves, before)] or [None]
                for way in ways]


def _by_factors(along, factors):
    """The places where at least one part is longer by its own factor."""
    return sorted({j for known, factor in zip(along, factors) if factor != 1
                   for j, c in known.items() if abs(c - factor) <= 1e-3 * abs(factor)})


class Lineup:
    """Mistakes in tables: what each does on the trial at one place, a table for each part and each shape of it."""

    def __init__(self, mistakes, trials, place):
        self.mistakes, self.tables, self.place = list(mistakes), defaultdict(list), place
        self.mute = []   # those that raise here, or hand back no numbers
        for i, mistake in enumerate(self.mistakes):
            run = trials[place].ask(mistake.way)
            for k, move in enumerate(run.moves):
                self.tables[k, np.squeeze(move).shape].append((i, move.ravel()))
            self.mute += [] if run.parts else [i]
        self.tables = {key: (np.array([i for i, _ in rows]), np.array([row for _, row in rows]))
                       for key, rows in self.tables.items()}

    def like(self, runs):
        """The first mistake that does in all runs what an answer does, or None."""
        run = runs[self.place]
        parts = range(len(run.parts))
        places = set.intersection(*(set(self._same(run, k)) for k in parts)) if parts else self.mute
        return first_like((self.mistakes[i] for i in sorted(places)), runs)

    def in_part(self, runs, k):
        """All mistakes that do in part k what an answer does."""
        return like_in_part((self.mistakes[i] for i in self._same(runs[self.place], k)), runs, k)

    def _same(self, run, k):
        places, table, said = self._beside(run, k)
        size = np.abs(said[np.isfinite(said)]).max(initial=0.01)
        return places[~(np.abs(table - said) > 2 * TOLERANCE * size).any(axis=1)].tolist()

    def along(self, run, k):
        """{place of a mistake: factor} for those whose part k points along that of a run."""
        places, table, said = self._beside(run, k)
        squares = (table ** 2).sum(axis=1)
        factors = table @ said / np.where(squares > 0, squares, np.nan)
        off = np.abs(factors[:, None] * table - said).max(axis=1, initial=0)
        fits = off <= 1e-4 * np.abs(said).max(initial=0)
        return dict(zip(places[fits].tolist(), factors[fits].tolist()))

    def _beside(self, run, k):
        move = run.moves[k]
        empty = np.zeros(0, int), np.zeros((0, move.size))
        return *self.tables.get((k, np.squeeze(move).shape), empty), move.ravel()


def first_like(mistakes, runs):
    """The first of some mistakes that does in all runs what an answer does, or None."""
    return next((mistake for mistake in mistakes if all(alike(run.trial.ask(mistake.way), run) for run in runs)), None)


def like_in_part(mistakes, runs, k):
    """Those of some mistakes that do in part k what an answer does in all runs."""
    return [mistake for mistake in mistakes
            if all(run.agrees(run.trial.ask(mistake.way).parts, slice(k, k + 1)) for run in runs)]
