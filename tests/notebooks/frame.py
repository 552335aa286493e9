"""Rules about the frame of a lesson: its parts, their order, and what each part must hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import nbformat

from .code_cells import MARKERS
from .findings import rule
from .lesson import Cell, Lesson
from .text import FENCE, bullets, headings, links, pictures, without_code, words

ONCE = ["title", "objectives", "prerequisites", "notation", "recall", "key-points", "next"]
SEVERAL = ["question", "example", "predict", "explorer", "think", "myth", "exercise"]
# self-check: in lesson 00, says whether the installation is complete; derivation: folded, for whoever asks why
OPTIONAL = ["self-check", "derivation"]
WORDS_OF_AN_EXERCISE = 80
WORDS_OF_A_PREDICTION = 10   # the summaries of its folds
NAMED_TAG = re.compile(r"(exercise|check|hint|prediction|result|discussion):[a-z]\w*$")
FOLDED = re.compile(r"<details><summary>[^<]+</summary>\n\n(?:(?!<details).)+\n\n</details>", re.DOTALL)
SAID = re.compile(r"(\d+)[\s-]*min", re.IGNORECASE)
VERBS = """
add answer apply build calculate change check choose classify compare compute count decide derive
describe differentiate draw estimate evaluate explain express find follow give identify implement
judge list locate mark match measure name order pick plot point predict prove rank read recognise
repair rewrite run say select set show simplify sketch sort spot state step subtract tell test trace
translate turn use work write
"""
OBSERVABLE = set(VERBS.split())


def in_lesson_00(lesson: Lesson) -> bool:
    """Lesson 00 is the short one: it shows how the course works."""
    return lesson.number == 0


def fields(row: str) -> list[str]:
    r"""The fields of a table row; `\|` is no border."""
    return [field.strip() for field in re.split(r"(?<!\\)\|", row.strip("|"))]


def tables(markdown: str) -> list[list[str]]:
    """The rows of the tables, as lists of fields, without the rules under the heads."""
    lines = [line.strip() for line in markdown.splitlines()]
    rows = [fields(line) for line in lines if line.startswith("|")]
    return [row for row in rows if not all(re.fullmatch(r":?-+:?", field) for field in row)]


def after(lesson: Lesson, cell: Cell, steps: int = 1) -> Cell | None:
    position = cell.index + steps
    return lesson.cells[position] if position < len(lesson.cells) else None


@rule
def frame(lesson):
    """Every lesson has the same parts, so that readers find their way in each.  (In lesson 04 readers build an
    engine of their own, and that is what they play with.)"""
    for tag in ONCE:
        if len(lesson.tagged(tag)) != 1:
            yield None, f"{len(lesson.tagged(tag))} cells tagged {tag}, expected one"
    for tag in SEVERAL:
        if not lesson.tagged(tag) and (tag, lesson.number) != ("explorer", 4):
            yield None, f"no cell tagged {tag}"


@rule
def frame_order(lesson):
    """The parts that open and close a lesson come in one order; between them the idea decides."""
    first = [lesson.tagged(tag)[0].index for tag in ONCE if lesson.tagged(tag)]
    if first != sorted(first):
        yield None, f"expected in this order: {', '.join(ONCE)}"
    for tag, place in (("title", 0), ("next", len(lesson.cells) - 1)):
        for cell in lesson.tagged(tag)[:1]:
            if cell.index != place and first == sorted(first):
                yield cell.index, f"the {tag} stands at cell {cell.index}, expected {place}"


@rule
def known_tag(lesson):
    """A misspelt tag switches a check off without a word."""
    for cell in lesson.cells:
        for tag in sorted(cell.tags - {*ONCE, *SEVERAL, *OPTIONAL}):
            if not NAMED_TAG.match(tag) and not MARKERS.match(tag):  # the rule no_marker speaks of these
                yield cell.index, f"unknown tag {tag}"


@rule
def title_heading(lesson):
    """One H1, at the very top: the name of the page for screen readers and for tables of contents."""
    places = [cell.index for cell in lesson.markdown for level, _ in headings(cell.source) if level == 1]
    if places != [0] or not lesson.cells[0].source.startswith("# "):
        yield None, f"H1 in cells {places}, expected one, as the first line of cell 0"


@rule
def heading_order(lesson):
    """A level that is left out reads as a part that is missing."""
    above = 1
    for cell in lesson.markdown:
        for level, text in headings(cell.source):
            if level > above + 1:
                yield cell.index, f"H{level} after H{above}: {text}"
            above = level


@rule
def objective_count(lesson):
    """Three or four objectives can be kept in mind."""
    for cell in lesson.tagged("objectives"):
        if not 3 <= len(bullets(cell.source)) <= 4:
            yield cell.index, f"{len(bullets(cell.source))} objectives, expected 3 or 4"


@rule
def objective_verb(lesson):
    """One can see whether somebody computes or repairs; nobody can see understanding."""
    for cell in lesson.tagged("objectives"):
        for objective in bullets(cell.source):
            verb = (words(objective) or [""])[0].lower()
            if verb not in OBSERVABLE:
                yield cell.index, f"objective starts with {verb!r}, expected a verb one can observe"


@rule
def notation_table(lesson):
    """A symbol is explained where it is looked for, with its name in code."""
    for cell in lesson.tagged("notation"):
        head, *rows = tables(cell.source) or [[]]
        if [field.lower() for field in head] != ["symbol", "meaning", "name in code"]:
            yield cell.index, f"columns {head}, expected symbol, meaning, name in code"
        elif not rows or any(len(row) != 3 or not all(row) or "$" not in row[0] for row in rows):
            yield cell.index, "each row needs a symbol as $…$, a meaning and a name in code"


@rule
def recall_questions(lesson):
    """Three questions with answers that do not show before one has thought; then, but in lesson 00, one on what the
    reader got wrong before, from the memory."""
    asked = f'progress.recall("{lesson.path.name[:2]}")'
    for cell in lesson.tagged("recall"):
        folded = re.findall(r"<details[^>]*>\s*<summary>.+?</summary>.+?</details>", cell.source, re.DOTALL)
        if len(folded) != 3 or without_code(cell.source).count("?") < 3:
            yield cell.index, f"{len(folded)} folded answers, expected three questions with one each"
        if not in_lesson_00(lesson) and lesson.cells[cell.index + 1].source != asked:
            yield cell.index, f"the next cell is not {asked}"


@rule
def key_points(lesson):
    """Three to five sentences to take home."""
    for cell in lesson.tagged("key-points"):
        if not 3 <= len(bullets(cell.source)) <= 5:
            yield cell.index, f"{len(bullets(cell.source))} key points, expected 3 to 5"


@rule
def next_link(lesson):
    """The end of a lesson leads on."""
    for cell in lesson.tagged("next"):
        targets = {target.partition("#")[0] for _, target in links(cell.source)} - {"", lesson.path.name}
        if not any("://" not in target for target in targets):
            yield cell.index, "no link to the next lesson"


@rule
def link_target(lesson):
    """A link in the course leads to a file and a heading that exist."""
    for cell in lesson.markdown:
        for _, target in [*links(cell.source), *pictures(cell.source)]:
            fault = None if re.match(r"[a-z]+:", target) else broken(lesson, target)
            if fault:
                yield cell.index, f"{target}: {fault}"


def broken(lesson: Lesson, target: str) -> str | None:
    """What is wrong with a relative link."""
    name, _, anchor = unquote(target).partition("#")
    path = lesson.path.parent / name if name else lesson.path
    if not path.exists():
        return "no such file"
    if anchor and path.suffix in {".md", ".ipynb"} and anchor not in anchors(lesson, path):
        return "no such heading"
    return None


def anchors(lesson: Lesson, path: Path) -> set[str]:
    """The anchors of a page: its ids, and its headings as JupyterLab and as GitHub write them."""
    if path == lesson.path:
        pages = [cell.source for cell in lesson.markdown]
    elif path.suffix == ".ipynb":
        cells = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4).cells
        pages = [cell.source for cell in cells if cell.cell_type == "markdown"]
    else:
        pages = [path.read_text(encoding="utf-8")]
    names = [text for page in pages for _, text in headings(page)]
    in_lab = {name.replace(" ", "-") for name in names}
    on_github = {re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in names}
    ids = {name for page in pages for name in re.findall(r"\b(?:id|name)=\"([^\"]+)\"", page)}
    return in_lab | on_github | ids


@rule
def predict_question(lesson):
    """A prediction answers a question."""
    for cell in lesson.tagged("predict"):
        if "?" not in FENCE.sub("", cell.source):
            yield cell.index, "no question mark in a predict cell"


@rule
def explorer_predict(lesson):
    """Watching teaches little; predicting and then watching teaches."""
    for cell in lesson.tagged("explorer"):
        before = lesson.cells[max(cell.index - 3, 0) : cell.index]
        if not any("predict" in other.tags for other in before):
            yield cell.index, "no predict cell within three cells before the explorer"


@rule
def explorer_think(lesson):
    """After playing one thinks; and who cannot run it reads what the picture shows."""
    for cell in lesson.tagged("explorer"):
        think = after(lesson, cell)
        if not think or "think" not in think.tags or "In the picture" not in think.source:
            yield cell.index, 'expected right after it a think cell with "In the picture: …"'


def exercises_expected(lesson: Lesson) -> int:
    return 1 if in_lesson_00(lesson) else 3


def additional_exercises(lesson: Lesson) -> int:
    """Exercises beyond those that every lesson has: each brings its own cells and words."""
    return max(0, len(lesson.tagged("exercise")) - exercises_expected(lesson))


@rule
def exercise_count(lesson):
    """One faded, one to write, one to repair; lesson 00 has one to show how it works.  More are welcome.  (Those of
    lesson 12 are open: many answers are right, and what comes out is measured.)"""
    if len(lesson.tagged("exercise")) < exercises_expected(lesson):
        yield None, f"{len(lesson.tagged('exercise'))} exercises, expected {exercises_expected(lesson)} or more"


@rule
def exercise_cells(lesson):
    """Text, stub, check, hint: always together, always in this order."""
    for cell in lesson.tagged("exercise"):
        stub = after(lesson, cell)
        if not stub or not stub.names("exercise"):
            yield cell.index, "no stub cell right after the text of the exercise"
    for name, count in Counter(name for cell in lesson.code for name in cell.names("exercise")).items():
        if count > 1:
            yield None, f"{count} stubs are called {name}"
    for name, stub in lesson.named("exercise").items():
        for steps, part in enumerate(("check", "hint"), start=1):
            cell = after(lesson, stub, steps)
            if not cell or name not in cell.names(part) or f".{name}.{part}(" not in cell.source:
                yield stub.index, f"no cell {part}:{name} with …{name}.{part}(…), {steps} after the stub"


@rule
def exercise_stub(lesson):
    """The checker knows a stub by its text: the lesson and the engine must have the same."""
    for name, cell in lesson.named("exercise").items():
        stub = getattr(getattr(lesson.exercises, name, None), "stub", None)
        if stub is None:
            yield cell.index, f"gradlib.exercises has no exercise {name} with a stub in this lesson"
        elif stub.strip() != cell.source.strip():
            yield cell.index, f"differs from the stub of {name} in gradlib.exercises"


def unfolded(lesson: Lesson) -> list[Cell]:
    """The text that every reader reads: all but the derivations."""
    return [cell for cell in lesson.markdown if "derivation" not in cell.tags]


@rule
def derivation(lesson):
    """A proof that the lesson can do without is folded, whole, with the question it answers on the outside.  Nobody
    must read it, so its words do not count for the lesson; it has a limit of its own."""
    for cell in lesson.tagged("derivation"):
        if not FOLDED.fullmatch(cell.source.strip()):
            yield cell.index, "a derivation is one <details> with its question as <summary>, and nothing around it"
        if len(words(cell.source)) > 300:
            yield cell.index, f"{len(words(cell.source))} words in a derivation, at most 300"


def minutes_said(lesson: Lesson) -> int | None:
    said = SAID.search("\n".join(cell.source for cell in lesson.tagged("title")))
    return int(said.group(1)) if said else None


def minutes_estimated(lesson: Lesson) -> float:
    """Reading speeds and minutes per activity measured by others; see teaching.md 2.3."""
    read = sum(len(words(cell.source)) for cell in unfolded(lesson))
    code = sum(len(cell.lines) for cell in lesson.code)
    acts = 1.5 * len(lesson.tagged("predict")) + 2 * len(lesson.tagged("explorer"))
    return read / 150 + code / 10 + acts + 7 * len(lesson.tagged("exercise"))


@rule
def minutes(lesson):
    """Readers plan their time, and a lesson fits into a lesson."""
    said = minutes_said(lesson)
    if said is None or not 15 <= said <= 45:
        yield 0, f"the title says {said} minutes, expected 15 to 45"


@rule
def minutes_true(lesson):
    """A promise of 20 minutes that takes an hour is not believed twice."""
    said, estimate = minutes_said(lesson), minutes_estimated(lesson)
    if said and not 0.5 * estimate <= said <= 1.5 * estimate:
        yield 0, f"the title says {said} minutes, an estimate from its content {estimate:.0f}"


@rule
def word_count(lesson):
    """Long enough to explain, short enough for one sitting.  (Folded answers and tables count, derivations do not.)
    Lesson 00, the short one, also says how the course works and what the first words of the field mean."""
    low, high = (500, 1250) if in_lesson_00(lesson) else (900, 1650)
    high += WORDS_OF_AN_EXERCISE * additional_exercises(lesson)
    high += WORDS_OF_A_PREDICTION * len(lesson.named("prediction"))
    count = sum(len(words(cell.source)) for cell in unfolded(lesson))
    if not low <= count <= high:
        yield None, f"{count} words, expected {low} to {high}"


@rule
def cell_count(lesson):
    """Steps of a size one can take.  (The ten cells of the frame, four of each exercise, and
    two of each prediction that holds its buttons and its discussion are most of them.)"""
    low, high = (14, 34) if in_lesson_00(lesson) else (24, 51)
    high += 4 * additional_exercises(lesson) + 2 * len(lesson.named("prediction"))
    if not low <= len(lesson.cells) <= high:
        yield None, f"{len(lesson.cells)} cells, expected {low} to {high}"
