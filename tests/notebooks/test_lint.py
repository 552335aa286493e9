"""The lint of the lessons is itself tested: each rule catches what it is for, and says nothing else."""

from __future__ import annotations

import ast
import base64
import copy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from . import toy
from .arithmetic import equations
from .code_cells import bound
from .findings import RULES
from .lesson import Lesson
from .lint import described, lint, main
from .outputs import WIDGET_VIEW
from .sample import NEXT
from .style import AMERICAN, BELITTLING
from .symbols import formulas, symbols
from .text import blocks, bullets, flesch, links, sentences, syllables, words

PLAIN = "The next line is short and plain. It says one thing. You can read it at a glance. "
LONG_WORDS = "Multidimensional representational considerations necessitate institutional characterisations. "
SVG = new_output("display_data", data={"image/svg+xml": "<svg/>", "text/plain": "a picture"})
SCRIPT = new_output("display_data", data={"text/html": "<script>1</script>", "text/plain": "a script"})
ERROR = new_output("error", ename="NameError", evalue="x", traceback=[])


@pytest.fixture(scope="module")
def clean(stored_sample) -> Lesson:
    """The sample lesson with its exercise."""
    again = SimpleNamespace(stub=toy.exercises.slope.stub.replace("slope", "again"))  # a second exercise
    exercises = SimpleNamespace(slope=toy.exercises.slope, again=again)
    return Lesson(stored_sample, nbformat.read(stored_sample, as_version=4), exercises, toy.predictions)


def test_nothing_is_found_in_the_clean_lesson(clean):
    assert lint(clean) == []


# --- one way or more to break each rule --------------------------------------------------------------------

MUTATIONS: list[tuple[str, Callable]] = []


def breaks(code: str):
    """Register a function that breaks a notebook in place so that the rule `code` should speak."""

    def register(mutate):
        MUTATIONS.append((code, mutate))
        return mutate

    return register


def tagged(notebook, tag: str):
    return next(cell for cell in notebook.cells if tag in cell.metadata.get("tags", []))


def change(notebook, tag: str, old: str, new: str) -> None:
    cell = tagged(notebook, tag)
    assert old in cell.source
    cell.source = cell.source.replace(old, new)


def add(notebook, tag: str, text: str) -> None:
    tagged(notebook, tag).source += text


def remove_tag(notebook, tag: str, which: int = 0) -> None:
    cells = [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]
    cells[which].metadata.tags.remove(tag)


def insert(notebook, position: int, *cells) -> None:
    notebook.cells[position:position] = cells


def derivation(text: str, fold: str = "<details><summary>Why is that so?</summary>"):
    source = f"{fold}\n\n{text}\n\n</details>" if fold else text
    return new_markdown_cell(source, id="why", metadata={"tags": ["derivation"]})


def position(notebook, tag: str) -> int:
    return notebook.cells.index(tagged(notebook, tag))


def explorer_data(notebook) -> dict:
    return tagged(notebook, "explorer").outputs[0].data


def setup(notebook):
    return next(cell for cell in notebook.cells if cell.cell_type == "code")


def also_import(notebook, *lines: str) -> None:
    setup(notebook).source = setup(notebook).source.replace("toy\n", "\n    ".join(["toy", *lines]) + "\n", 1)


def print_output(notebook) -> dict:
    return next(cell for cell in notebook.cells if "print" in cell.source).outputs[0]


@breaks("run-order")
def ran_out_of_order(notebook):
    tagged(notebook, "explorer").execution_count = 1


@breaks("run-order")
def never_ran(notebook):
    tagged(notebook, "explorer").execution_count = None


@breaks("no-error")
def stored_error(notebook):
    setup(notebook).outputs.append(ERROR)


@breaks("no-stderr")
def stored_warning(notebook):
    print_output(notebook).name = "stderr"


@breaks("file-size")
def much_output(notebook):
    print_output(notebook).text = "0123456789\n" * 30_000


@breaks("png-size")
def large_picture(notebook):
    explorer_data(notebook)["image/png"] = base64.b64encode(bytes(31_000)).decode()


@breaks("png-size")
def large_embedded_picture(notebook):
    png = base64.b64encode(bytes(31_000)).decode()
    data = explorer_data(notebook)
    data["text/html"] = data["text/html"].replace("base64,", "base64," + png)


@breaks("output-kind")
def stored_svg(notebook):
    setup(notebook).outputs.append(SVG)


@breaks("output-kind")
def stored_script(notebook):
    setup(notebook).outputs.append(SCRIPT)


@breaks("widget-state")
def stored_state(notebook):
    notebook.metadata["widgets"] = {}


@breaks("widget-state")
def stored_view(notebook):
    explorer_data(notebook)[WIDGET_VIEW] = {"model_id": "1"}


@breaks("metadata")
def another_kernel(notebook):
    notebook.metadata.kernelspec.name = "my-env"


@breaks("metadata")
def timestamps(notebook):
    tagged(notebook, "explorer").metadata["execution"] = {"iopub.status.busy": "2026-01-01"}


@breaks("machine-path")
def path_in_code(notebook):
    add(notebook, "explorer", "\n# see /home/ada/data.csv")


@breaks("machine-path")
def path_in_output(notebook):
    print_output(notebook).text += "C:\\Users\\ada\\data.csv"


@breaks("cell-id")
def same_id(notebook):
    tagged(notebook, "think").id = tagged(notebook, "myth").id


@breaks("figure-sentence")
def bare_repr(notebook):
    explorer_data(notebook)["text/plain"] = "<Figure size 300x200 with 1 Axes>"


@breaks("figure-alt")
def short_alt(notebook):
    data = explorer_data(notebook)
    data["text/html"] = data["text/html"].replace('alt="', 'alt="plot" title="')


@breaks("figure-alt")
def no_html(notebook):
    data = explorer_data(notebook)
    data["text/html"] = "<details><summary>The result</summary><figcaption>A caption</figcaption></details>"
    data["image/png"] = base64.b64encode(bytes(1)).decode()


@breaks("figure-alt")
def picture_in_text_without_alt(notebook):
    add(notebook, "myth", f"\n\n![]({NEXT})")


@breaks("figure-caption")
def no_caption(notebook):
    data = explorer_data(notebook)
    data["text/html"] = data["text/html"].replace("figcaption", "p")


@breaks("explorer-picture")
def no_still(notebook):
    tagged(notebook, "explorer").outputs = []


@breaks("plain-python")
def magic(notebook):
    add(notebook, "explorer", "\n%matplotlib inline")


@breaks("plain-python")
def shell(notebook):
    add(notebook, "explorer", "\nfiles = !ls")


@breaks("cell-lines")
def long_cell(notebook):
    add(notebook, "explorer", "\n# a line" * 15)


@breaks("median-lines")
def long_cells(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code" and not cell.source.endswith(("...", ".ask()")):
            cell.source += "\n# a line" * 6


@breaks("semicolon")
def ends_with_semicolon(notebook):
    add(notebook, "explorer", "; ")


@breaks("network")
def imports_requests(notebook):
    also_import(notebook, "from urllib import request")


@breaks("network")
def address_in_code(notebook):
    add(notebook, "explorer", "  # from https://example.org")


@breaks("network")
def picture_from_elsewhere(notebook):
    add(notebook, "myth", "\n\n![A parabola with its lowest point at two](https://example.org/a.png)")


@breaks("output-widget")
def interact(notebook):
    also_import(notebook, "from ipywidgets import interact")


@breaks("output-widget")
def output_widget(notebook):
    add(notebook, "explorer", "\ntoy.ipywidgets.Output()")


@breaks("no-marker")
def marker_comment(notebook):
    add(notebook, "explorer", "  # NBVAL_IGNORE_OUTPUT")


@breaks("no-marker")
def marker_tag(notebook):
    tagged(notebook, "explorer").metadata.tags.append("raises-exception")


@breaks("setup-cell")
def late_import(notebook):
    add(notebook, "explorer", "\nimport math")


@breaks("setup-cell")
def many_imports(notebook):
    also_import(notebook, "import math", "import re", "import json", "import ast")


@breaks("setup-guard")
def bare_imports(notebook):
    setup(notebook).source = "import toy\nfrom toy import exercises, predictions"


@breaks("setup-guard")
def guard_in_other_words(notebook):
    setup(notebook).source = setup(notebook).source.replace("Choose the kernel .venv", "Choose another one")


@breaks("setup-guard")
def more_than_imports_in_the_guard(notebook):
    also_import(notebook, "w = 1")


@breaks("learners-name")
def learners_function_defined_by_the_lesson(notebook):
    add(notebook, "explorer", "\ndef slope(w):\n    return w")


@breaks("learners-name")
def learners_name_in_a_loop(notebook):
    add(notebook, "explorer", "\nfor slope in (1, 2):\n    pass")


@breaks("learners-name")
def learners_name_imported(notebook):
    also_import(notebook, "from toy import curve as slope")


@breaks("frame")
def no_myth(notebook):
    remove_tag(notebook, "myth")


@breaks("frame")
def two_notations(notebook):
    tagged(notebook, "myth").metadata.tags.append("prerequisites")


@breaks("frame-order")
def recall_first(notebook):
    cell = notebook.cells.pop(position(notebook, "recall"))
    insert(notebook, position(notebook, "notation"), cell)


@breaks("frame-order")
def not_the_end(notebook):
    insert(notebook, len(notebook.cells), new_markdown_cell("One more word.", id="more"))


@breaks("known-tag")
def misspelt_tag(notebook):
    tagged(notebook, "think").metadata.tags.append("hints:slope")


@breaks("title-heading")
def two_titles(notebook):
    add(notebook, "next", "\n\n# The end")


@breaks("title-heading")
def no_title(notebook):
    change(notebook, "title", "# 00", "## 00")


@breaks("heading-order")
def skipped_level(notebook):
    add(notebook, "question", "\n\n#### A detail")


@breaks("objective-count")
def two_objectives(notebook):
    change(notebook, "objectives", "- **Predict**", "and **predict**")


@breaks("objective-verb")
def understand(notebook):
    change(notebook, "objectives", "**Compute**", "**Understand**")


@breaks("notation-table")
def other_columns(notebook):
    change(notebook, "notation", "name in code", "code")


@breaks("notation-table")
def empty_field(notebook):
    change(notebook, "notation", "`error`", "")


@breaks("recall-questions")
def unfolded(notebook):
    change(notebook, "recall", "<details><summary>Answer</summary>It is 3.", "It is 3.<details>")


@breaks("key-points")
def two_points(notebook):
    change(notebook, "key-points", "- Where", "Where")


@breaks("next-link")
def dead_end(notebook):
    change(notebook, "next", f"({NEXT})", "(00_sample.ipynb)")


@breaks("link-target")
def missing_file(notebook):
    change(notebook, "title", f"({NEXT})", "(02_missing.ipynb)")


@breaks("link-target")
def missing_heading(notebook):
    change(notebook, "next", f"({NEXT})", f"({NEXT}#nowhere)")


@breaks("link-target")
def missing_picture(notebook):
    add(notebook, "myth", "\n\n![A parabola with its lowest point at two](pictures/missing.png)")


@breaks("derivation")
def a_proof_in_the_open(notebook):
    insert(notebook, position(notebook, "think") + 1, derivation("It follows.", fold=""))


@breaks("derivation")
def a_long_proof(notebook):
    insert(notebook, position(notebook, "think") + 1, derivation(PLAIN * 18))


@breaks("predict-question")
def no_question(notebook):
    change(notebook, "predict", "?", ".")


@breaks("prediction-cells")
def nothing_to_press(notebook):
    insert(notebook, position(notebook, "predict") + 1, new_markdown_cell("Wait.", id="wait"))


@breaks("prediction-cells")
def buttons_of_another(notebook):
    change(notebook, "prediction:mean", "mean", "flat")


@breaks("prediction-cells")
def the_answer_between(notebook):
    insert(notebook, position(notebook, "result:mean"), new_markdown_cell("It is below zero.", id="told"))


@breaks("prediction-cells")
def no_discussion(notebook):
    remove_tag(notebook, "discussion:mean")


@breaks("prediction-known")
def unknown_prediction(notebook):
    for part in ("prediction", "result", "discussion"):
        cell = tagged(notebook, f"{part}:mean")
        cell.metadata.tags = [f"{part}:slope"]
        cell.source = cell.source.replace("predictions.mean", "predictions.slope")


@breaks("prediction-folded")
def printed_beside_the_fold(notebook):
    tagged(notebook, "result:mean").outputs.append(new_output("stream", name="stdout", text="-0.667"))


@breaks("prediction-folded")
def discussed_in_the_open(notebook):
    add(notebook, "discussion:mean", "\n\nIt is negative.")


@breaks("explorer-predict")
def no_prediction(notebook):
    remove_tag(notebook, "predict", which=1)


@breaks("explorer-think")
def no_picture_sentence(notebook):
    change(notebook, "think", "In the picture", "As you see")


@breaks("explorer-think")
def text_between(notebook):
    insert(notebook, position(notebook, "think"), new_markdown_cell("Look.", id="look"))


def second_exercise(notebook):
    """Another exercise after the first."""
    first = position(notebook, "exercise")
    second = copy.deepcopy(notebook.cells[first : first + 4])
    for cell in second:
        cell.id += "-again"
        cell.metadata.tags = [tag.replace("slope", "again") for tag in cell.metadata.tags]
        cell.source = cell.source.replace("slope", "again")
    insert(notebook, first + 4, *second)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, start=1):
        cell.execution_count = count


@breaks("exercise-cells")
def no_hint(notebook):
    remove_tag(notebook, "hint:slope")


@breaks("exercise-cells")
def check_of_another(notebook):
    change(notebook, "check:slope", ".slope.", ".other.")


@breaks("exercise-cells")
def text_without_stub(notebook):
    insert(notebook, position(notebook, "exercise:slope"), new_markdown_cell("Go.", id="go"))


@breaks("exercise-stub")
def solved(notebook):
    change(notebook, "exercise:slope", "...", "return (w * x - y) * x")


@breaks("exercise-stub")
def unknown_exercise(notebook):
    for part in ("exercise", "check", "hint"):
        cell = tagged(notebook, f"{part}:slope")
        cell.metadata.tags = [f"{part}:unknown"]
        cell.source = cell.source.replace("exercises.slope", "exercises.unknown")


@breaks("minutes")
def no_minutes(notebook):
    change(notebook, "title", "15 minutes", "A while")


@breaks("minutes")
def too_short(notebook):
    change(notebook, "title", "15 minutes", "12 minutes")


@breaks("minutes-true")
def promised_too_much(notebook):
    change(notebook, "title", "15 minutes", "40 minutes")


@breaks("word-count")
def many_words(notebook):
    cells = [new_markdown_cell(PLAIN * 7, id=f"plain-{k}") for k in range(6)]
    insert(notebook, position(notebook, "myth"), *cells)


@breaks("cell-count")
def many_cells(notebook):
    cells = [new_markdown_cell("Go on.", id=f"on-{k}") for k in range(23)]
    insert(notebook, position(notebook, "myth"), *cells)


@breaks("cell-words")
def wall_of_text(notebook):
    add(notebook, "myth", " " + PLAIN * 6)


@breaks("sentence-length")
def breathless(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not {"predict", "recall"} & set(cell.metadata.get("tags", [])):
            cell.source = cell.source.replace(". ", " and ").replace("? ", " and ").replace(".\n", " and\n")
    breath = "you read on and on, " * 25
    insert(notebook, position(notebook, "myth"), new_markdown_cell(breath, id="breath"))


@breaks("reading-ease")
def difficult(notebook):
    cells = [new_markdown_cell(LONG_WORDS * 15, id=f"long-{k}") for k in range(2)]
    insert(notebook, position(notebook, "myth"), *cells)


@breaks("belittling")
def obviously(notebook):
    add(notebook, "myth", " Obviously.")


@breaks("boasting")
def powerful(notebook):
    add(notebook, "myth", " A powerful idea.")


@breaks("british-spelling")
def american(notebook):
    add(notebook, "myth", " Look at the center.")


@breaks("link-text")
def click_here(notebook):
    change(notebook, "title", "[Next: what comes after]", "[here]")


@breaks("colour-only")
def red_line(notebook):
    add(notebook, "myth", " Follow the red line.")


@breaks("arithmetic")
def one_digit_wrong(notebook):
    add(notebook, "myth", " And 0.88 · 0.12 = 0.105.")


@breaks("arithmetic")
def one_digit_wrong_in_a_formula(notebook):
    add(notebook, "myth", r" And $0.3 \cdot 2 - 1 = -0.3$.")


@breaks("symbol-introduced")
def unknown_symbol(notebook):
    add(notebook, "myth", r" It is written $\eta$.")


@breaks("symbol-introduced")
def introduced_too_late(notebook):
    add(notebook, "question", " A nudge is $h$ long.")


@pytest.mark.parametrize(("code", "mutate"), MUTATIONS, ids=[mutate.__name__ for _, mutate in MUTATIONS])
def test_each_breakage_is_caught_by_its_rule_and_no_other(clean, code, mutate):
    broken = copy.deepcopy(clean.notebook)
    mutate(broken)
    found = lint(Lesson(clean.path, broken, clean.exercises, clean.predictions))
    assert {finding.code for finding in found} == {code}, found


def test_an_additional_exercise_is_welcome(clean):
    longer = copy.deepcopy(clean.notebook)
    second_exercise(longer)
    assert lint(Lesson(clean.path, longer, clean.exercises, clean.predictions)) == []


def test_every_rule_is_broken_at_least_once():
    in_a_later_lesson = {"exercise-count"}   # the sample is a lesson 00, whose one exercise another rule asks for
    assert RULES.keys() == {code for code, _ in MUTATIONS} | in_a_later_lesson


def test_lessons_after_00_must_be_longer_and_have_three_exercises(clean):
    later = Lesson(clean.path.with_name("03_sample.ipynb"), clean.notebook, clean.exercises, clean.predictions)
    assert {finding.code for finding in lint(later)} == {"exercise-count", "recall-questions", "word-count"}


def test_a_finding_names_file_cell_and_rule(clean):
    broken = copy.deepcopy(clean.notebook)
    add(broken, "explorer", ";")
    lesson = Lesson(clean.path, broken, clean.exercises, clean.predictions)
    assert [described(lesson, finding) for finding in lint(lesson)] == [
        "00_sample.ipynb, cell 16 (predictions.flat.explorer(toy.Explorer()): semicolon: ends with ;"
    ]


def test_the_command_says_why_each_rule_exists(capsys):
    assert main(["--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RULES) and all(len(line.split()) >= 4 for line in lines)


def test_the_command_fails_when_there_are_findings(tmp_path: Path, capsys):
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell("1 + 1;")])
    nbformat.write(notebook, tmp_path / "00_bad.ipynb")
    assert main([str(tmp_path / "00_bad.ipynb")]) == 1
    assert "00_bad.ipynb, cell 0 (1 + 1;): semicolon" in capsys.readouterr().out


# --- the small readers of LaTeX and of prose ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"L(w) = \frac{1}{2n} \lVert Xw - y \rVert^2", "L w n X w y"),
        (r"\hat{y} - \hat y + \bar\theta", r"\hat{y} \hat{y} \bar{\theta}"),
        (r"w_{t+1} = w_t - \eta \nabla L", r"w t w t \eta \nabla L"),
        (r"x_{ij}, \dots, \cdot, \sum_{i=1}^{n}", "x i j i n"),
        (r"X^\top e / n", r"X \top e n"),
        (r"w^* + w_t^{*} + v^\star", "w^* w^* t v^*"),
        (r"\lambda_{\max} + η + λ", r"\lambda \eta \lambda"),
        (r"\text{loss of birds} + \mathrm{d}x + 200\,\text{mm}", "x"),
        (r"\begin{array}{ccc} a & b \end{array}", "a b"),
        (r"\exp(\log x) \to \top", r"x \top"),
        (r"\mathbb{R}^d", r"\mathbb{R} d"),
    ],
)
def test_symbols_of_a_formula(latex, expected):
    assert symbols(latex) == expected.split()


def test_formulas_of_a_page():
    page = "A nudge **$h$**, **$a$ and $b$**, `$code$`, cost \\$5, and\n\n$$x\n= 1$$"
    assert list(formulas(page)) == [("h", True), ("a", False), ("b", False), ("x\n= 1", False)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"So $\frac{2}{3} \cdot 1.5 = 1$.", 1),
        ("(Look: (3.02)² − 3² = 0.1204.)", 0.1204),
        ("−0.5 · 2 = −1, the step", -1),
        ("2/(1 + 1) = 1", 1),
        ("1,000 · 2 = 2,000 of them", 2000),
        ("$w_1 = 0 + 0.4 = 0.4$", 0.4),
        (r"$x + 2 \cdot 3 = 7$", None),
        (r"$2 \cdot 3 = 5 + x$", None),
        ("$i^2 = -1$ and $w_2 = 0.64$", None),
        ("`2 * 2 = 5`", None),
    ],
)
def test_equations_between_numbers(text, value):
    found = [worked_out for *_, worked_out in equations(text)]
    assert found == ([] if value is None else [pytest.approx(value)])


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("It stays just below 2.", False),
        ("Two numbers, just as before.", False),
        ("You just run it.", True),
        ("It is simply a sum.", True),
        ("An easier way is the sum.", False),
        ("Of course it is.", True),
    ],
)
def test_belittling_words(text, flagged):
    assert bool(BELITTLING.search(text)) is flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("An optimizer takes the parameters.", False),
        ("We standardise the grey colours.", False),
        ("We standardize it.", True),
        ("Its behavior at the center.", True),
        ("The size of the prize.", False),
    ],
)
def test_american_spelling(text, flagged):
    assert bool(AMERICAN.search(text)) is flagged


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Follow the dashed red line.", False),
        ("Follow the red line, which is dashed.", False),
        ("Follow the red line.", True),
        ("The blue thin dots and the green points.", False),
        ("The red cross is the start.", True),
        ("A red sky.", False),
    ],
)
def test_colour_alone(clean, text, flagged):
    notebook = copy.deepcopy(clean.notebook)
    add(notebook, "think", " " + text)
    assert bool(RULES["colour-only"](Lesson(clean.path, notebook))) is flagged


def test_a_self_check_may_import_before_the_setup_cell(clean):
    notebook = copy.deepcopy(clean.notebook)
    check = new_code_cell("import math\nimport re\nimport json", id="check", metadata={"tags": ["self-check"]})
    insert(notebook, 1, check)
    lesson = Lesson(clean.path, notebook)
    assert RULES["setup-cell"](lesson) == RULES["known-tag"](lesson) == []


def test_a_derivation_is_read_by_choice_and_its_words_are_counted_apart(clean):
    notebook = copy.deepcopy(clean.notebook)
    insert(notebook, position(notebook, "think") + 1, derivation(PLAIN * 15))
    assert 250 < len(words(PLAIN * 15)) <= 300
    assert lint(Lesson(clean.path, notebook, clean.exercises, clean.predictions)) == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a, (b, *c) = 1, (2, 3)\nd: int = 4\ne += 1", "a b c d e"),
        ("for a in []:\n    with open(b) as c:\n        d = 1", "a c d"),
        ("def a(b):\n    c = b\n    return c\nclass d:\n    e = 1", "a d"),
        ("import a.b\nfrom c import d as e", "a e"),
        ("[a for a in b]\nlambda c: c\n(d := 1)", "d"),
        ("a[0] = 1\nb.c = 2\nprint(d)", ""),
    ],
)
def test_the_names_that_a_cell_leaves_behind(code, names):
    assert bound(ast.parse(code)) == set(names.split())


def test_words_in_the_text_of_an_output_are_no_active_html(clean):
    notebook = copy.deepcopy(clean.notebook)
    explorer_data(notebook)["text/html"] += "<p>There is only one = in a line.</p>"
    assert RULES["output-kind"](Lesson(clean.path, notebook)) == []
    explorer_data(notebook)["text/html"] += '<p class="a" onclick="go()">Go.</p>'
    assert len(RULES["output-kind"](Lesson(clean.path, notebook))) == 1


def test_words_and_sentences_are_those_that_are_read():
    page = (
        "## Two parts\n\nThe *error* $e_i$ is `w * x`. Is it? See [the map](a.md).\n\n"
        "- one point\n- two\n\n| a | b |\n|---|---|\n\n```\ncode\n```\n"
        "<details><summary>Answer</summary>Yes.</details>"
    )
    read = "The error x is code.|Is it?|See the map.|one point|two|Answer|Yes."
    assert sentences(page) == read.split("|")
    assert " ".join(words(page)).startswith("Two parts The error x is code Is it See the map one")
    assert " ".join(words(page)).endswith("two a b Answer Yes")
    assert bullets(page) == ["one point", "two"]
    assert links(page + '<a href="b.md">b</a>') == [("the map", "a.md"), ("b", "b.md")]
    assert blocks("one\ntwo\n\nthree") == ["one two", "three"]


def test_syllables_are_right_for_most_words():
    counted = {
        "the": 1, "slope": 1, "moved": 1, "shows": 1, "squares": 1, "weight": 1, "chain": 1, "rules": 1,
        "table": 2, "error": 2, "needed": 2, "bias": 2, "places": 2, "circle": 2, "penguin": 2, "going": 2,
        "gradient": 3, "minutes": 2, "prediction": 3, "idea": 3, "negative": 3, "video": 3, "example": 3,
        "parabola": 4, "derivative": 4, "material": 4,
    }  # fmt: skip
    wrong = [word for word, count in counted.items() if syllables(word) != count]
    assert len(wrong) <= 2, wrong


def test_reading_ease_tells_plain_from_difficult():
    assert flesch(PLAIN) > 80 > 30 > flesch(LONG_WORDS)
