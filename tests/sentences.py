"""The numbers of a sentence, as explorers write them, read again."""

import re

NUMBER = r"(−?\d[\d,]*(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴-⁹]+)?|less than 10[⁻⁰¹²³⁴-⁹]+)"
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value(text):
    """A number as the sentences write it; "less than 10⁻¹⁰" as 0."""
    if text.startswith("less"):
        return 0.0
    plain, _, power = text.replace(",", "").replace("−", "-").partition(" × 10")
    return float(plain) * 10.0 ** int(power.translate(RAISED) or 0)


def numbers(pattern, sentence):
    """The numbers at the places of #."""
    found = re.search(pattern.replace("#", NUMBER), sentence)
    assert found, sentence
    return [value(group) for group in found.groups()]
