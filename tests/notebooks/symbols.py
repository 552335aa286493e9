"""The rule that every symbol is introduced before it is used, and the small LaTeX reader it needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .findings import rule
from .frame import tables
from .text import without_code

GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho "
    "varrho sigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
SYMBOL_COMMANDS = {*GREEK.split(), "nabla", "partial", "top", "ell"}
ACCENTS = "hat|bar|tilde|vec|dot|ddot|widehat|widetilde|overline|underline|mathbf|boldsymbol|mathbb|mathcal"
TOKEN = re.compile(
    r"\\(?:begin|end)\s*\{[^}]*\}(?:\{[lcr|\s]*\})?"  # an environment and its columns
    r"|\\(?:text\w*|mathrm|mbox|operatorname\*?|label|tag|color|[hv]space)\s*\{[^{}]*\}"  # words, no symbols
    rf"|\\(?P<accent>{ACCENTS})(?![A-Za-z])\s*(?:\{{\s*(?P<inside>\\[A-Za-z]+|\w)\s*\}}|(?P<bare>\\[A-Za-z]+|[A-Za-z]))"
    r"|\\(?P<command>[A-Za-z]+)"
    r"|(?P<letter>[^\W\d_])"
)
STAR = re.compile(r"\s*(?:_(?:\{[^{}]*\}|\w))?\s*\^\s*(?:\*|\\star\b|\{\s*(?:\*|\\star)\s*\})")
MATH = re.compile(
    r"\$\$(?P<display>.+?)\$\$"
    r"|(?P<bold>\*\*)?(?<![\\$])\$(?![\s$])(?P<inline>[^$]+?)(?<!\s)\$(?(bold)\*\*)",
    re.DOTALL,
)


def symbols(latex: str) -> list[str]:
    r"""The symbols of a formula: letters, Greek, accented and starred ones (\hat{y}, w^*), \top, \nabla."""
    found = []
    for token in TOKEN.finditer(latex):
        name = symbol(token)
        is_index = latex[: token.start()].endswith("_")  # in w_t^* the star belongs to w
        if name:
            found.append(name + ("^*" if STAR.match(latex, token.end()) and not is_index else ""))
    return found


def symbol(token: re.Match) -> str | None:
    """The name of what a token stands for; None for operators, functions and words."""
    if token["accent"]:
        return f"\\{token['accent']}{{{token['inside'] or token['bare']}}}"
    if token["command"]:
        return "\\" + token["command"] if token["command"] in SYMBOL_COMMANDS else None
    return token["letter"] and as_command(token["letter"])


def as_command(letter: str) -> str:
    r"""η and \eta are one symbol."""
    name = unicodedata.name(letter, "").split()
    if len(name) != 4 or (name[0], name[2]) != ("GREEK", "LETTER"):
        return letter
    word = name[3].lower().replace("lamda", "lambda")  # Unicode's own spelling
    return "\\" + (word.title() if name[1] == "CAPITAL" else word)


def formulas(markdown: str) -> Iterator[tuple[str, bool]]:
    """(LaTeX, is it set in bold?) of each formula, in reading order."""
    for found in MATH.finditer(without_code(markdown)):
        yield found["display"] or found["inline"], bool(found["bold"])


def in_table(lesson) -> set[str]:
    """The symbols of the notation table."""
    rows = [row for cell in lesson.tagged("notation") for row in tables(cell.source)]
    return {name for row in rows for latex, _ in formulas(row[0]) for name in symbols(latex)}


@rule
def symbol_introduced(lesson):
    """Every symbol is in the notation table, or is set in bold where it first appears."""
    known = in_table(lesson)
    for cell in lesson.markdown:
        for latex, is_bold in formulas(cell.source):
            names = symbols(latex)
            known |= set(names) if is_bold else set()
            for name in dict.fromkeys(names):
                if name not in known:
                    yield cell.index, f"the symbol {name} in ${latex.strip()}$ is not introduced"
                    known.add(name)  # say it once
