"""What can be wrong with an answer, and how it is told."""

import re
from dataclasses import dataclass, replace

from .calls import Scaled
from .messages import listed


@dataclass(frozen=True)
class Mistake:
    """A wrong answer, the `ways` to write it, and what to say to somebody who wrote it.

    A way is the line, or the lines, that stand in the place of right ones; where no line will do, a function. One
    way, or a tuple of them. The texts may name {n} and {d}, the rows and columns of the first array at hand.
    """

    code: str
    title: str
    why: str
    look_at: str
    ways: object

    @property
    def way(self):
        """The one function of a mistake that has been taken apart by `one_by_one`."""
        return self.ways[0]

    def one_by_one(self, function_of):
        """One mistake for each way, as a function."""
        ways = self.ways if isinstance(self.ways, tuple) else (self.ways,)
        return [replace(self, ways=(function_of(way),)) for way in ways]

    def in_parts(self, parts, nouns):
        """The mistake, told as one that is in some parts alone: not "your gradient is …" but "`db` is …"."""
        names = listed(parts)
        title = self.title if parts[1:] else re.sub(rf"\b[Yy]our ({nouns})\b", names, self.title)
        title = title if names in title else f"In {names}: {low(title)}"
        return replace(self, code=f"{self.code}@{','.join(parts)}", title=title)


class Slip(Mistake):
    """A mistake that can be made on top of any other: a way is a function, and way(f) is f with the slip in it."""


def times(constant):
    """The slip of a constant: whatever f returns, multiplied by constant(*args)."""
    return lambda f: Scaled(f, constant)


def missing_brackets(title, *slips):
    """1/2*n where 1/(2*n) is meant: what it multiplies by depends on the exercise."""
    return Slip("missing_brackets", title,
                "Python goes through / and * from left to right. So a / takes in the next number alone, and not "
                "what follows behind it.",
                "Are brackets missing after a /?", slips)


def together(first, *others, way=None):
    """Several mistakes as one, with their codes and texts joined."""
    title = " And: ".join([first.title, *(low(other.title) for other in others)])
    why = " ".join([first.why, *(other.why for other in others)])
    return Mistake("+".join(mistake.code for mistake in (first, *others)), title, why, first.look_at, (way,))


def both(slip, other, way):
    """A slip on top of a mistake. What the two say may pull in two directions, so they are counted first."""
    told = together(slip, other, way=way)
    return replace(told, title=f"Two slips at once: {low(told.title)}")


def low(text):
    """The text as it goes on after a colon."""
    return text[0].lower() + text[1:]
