"""What stays out of sight until somebody has chosen: HTML that folds, for every host of notebooks, in any theme."""

import contextlib
import io
from html import escape

from IPython import get_ipython
from IPython.utils.capture import capture_output

WIDGET = "application/vnd.jupyter.widget-view+json"
CLOSED = "The result: choose first, or open"


class Printed(io.TextIOBase):
    """A file that puts what is printed among what is displayed, in the order in which it comes."""

    def __init__(self, outputs):
        self.outputs = outputs

    def write(self, text):
        self.outputs.append({"data": {"text/plain": text}})
        return len(text)


class Result:
    """What a cell has printed and displayed."""

    def __init__(self, outputs):
        self.parts = []
        for data in (output["data"] for output in outputs):
            if data.keys() == {"text/plain"} and self.parts and self.parts[-1].keys() == {"text/plain"}:
                data = {"text/plain": self.parts.pop()["text/plain"] + data["text/plain"]}
            self.parts.append(data)

    def bundle(self, is_open):
        """All of it as one output, as HTML and as text."""
        return {"text/html": "".join(map(as_html, self.parts)),
                "text/plain": "\n".join(part.get("text/plain", "").rstrip("\n") for part in self.parts)}


class Still:
    """An explorer: as long as its fold is closed, a picture of it; then itself, and the picture for the stored file."""

    def __init__(self, explorer):
        self.explorer = explorer

    def bundle(self, is_open):
        """Controls cannot stand within HTML, so they take its place."""
        still = self.explorer.still("Run the notebook to move it." if is_open else
                                    "Run the notebook and choose: then it moves.")
        if is_open:
            return {WIDGET: {"version_major": 2, "version_minor": 0, "model_id": self.explorer.model_id}, **still}
        return {kind: still[kind] for kind in ("text/html", "text/plain")}


@contextlib.contextmanager
def captured():
    """The list of what is printed and displayed in here, none of which is shown; outside a notebook all is, and the
    list is empty."""
    shell = get_ipython()
    if shell is None:
        yield []
        return
    with capture_output(stdout=False, stderr=False):
        outputs = shell.display_pub.outputs
        with contextlib.redirect_stdout(Printed(outputs)):
            yield outputs


def as_html(part):
    """One output as HTML."""
    if "text/html" in part:
        return part["text/html"]
    return f"<pre>{escape(part.get('text/plain', '').rstrip())}</pre>"


def folded(bundle, is_open, said):
    """An output in a fold. What is open has a class, by which the course's part of JupyterLab knows it."""
    state, summary = (' class="committed" open', "The result") if is_open else ("", CLOSED)
    summary += f". You said: {escape(said)}" if said else ""
    return {**bundle, "text/html": f"<details{state}><summary>{summary}</summary>{bundle['text/html']}</details>"}


def listed(options):
    """A question without a kernel: its answers, and in a fold what stands behind each."""
    answers = "".join(f"<li>{escape(option.words)}</li>" for option in options)
    behind = "".join(f"<dt>{escape(option.words)}</dt><dd>{escape(option.belief or 'Right.')}</dd>"
                     for option in options)
    return (f'<div class="choose"><p>Choose before you look on. Run this cell to do it by a button.</p>'
            f"<ul>{answers}</ul><details><summary>What stands behind each: choose first, or open</summary>"
            f"<dl>{behind}</dl></details></div>")
