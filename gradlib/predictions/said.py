"""What a result says, taken apart: the answers of predictions are asked of it."""

import re


def numbers(pattern, said):
    """What the groups of a pattern hold, each time it is found: a list of rows of numbers."""
    return [[float(number) for number in match.groups()] for match in re.finditer(pattern, said)]
