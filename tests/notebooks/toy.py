"""A toy course package for the sample lesson: a gradient, a figure, an explorer, one exercise and two predictions.

The sample lesson imports it from its own folder, so that these checks are tested without gradlib.
Its outputs have the form that gradlib's have.
"""

import base64
import contextlib
import io
from dataclasses import dataclass
from types import SimpleNamespace

import ipywidgets
from IPython.display import HTML, display
from matplotlib.figure import Figure


def linear_gradient(x, y, w):
    """Slope of the half mean squared error of y = w x.  x, y lists of n numbers."""
    return sum((w * xi - yi) * xi for xi, yi in zip(x, y, strict=True)) / len(x)


def curve(w=1.0):
    """The figure of a parabola with one point at w."""
    fig = Figure(figsize=(3, 2))
    ax = fig.add_subplot()
    ws = [k / 10 for k in range(-10, 51)]
    ax.plot(ws, [(v - 2) ** 2 for v in ws])
    ax.plot([w], [(w - 2) ** 2], "o")
    return fig


def bundle(fig, alt):
    """The three forms of a figure: html with alt and caption, picture, sentence."""
    file = io.BytesIO()
    fig.savefig(file, format="png", dpi=60)
    png = base64.b64encode(file.getvalue()).decode()
    img = f'<img alt="{alt}" src="data:image/png;base64,{png}">'
    html = f"<figure>{img}<figcaption>{alt}</figcaption></figure>"
    return {"text/plain": alt, "text/html": html, "image/png": png}


def show(fig, alt):
    display(bundle(fig, alt), raw=True)


class Explorer(ipywidgets.VBox):
    """A slider over a picture, which keeps a still picture and a sentence for the saved notebook."""

    def __init__(self):
        self.slider = ipywidgets.FloatSlider(value=1.0, min=-1.0, max=5.0, description="w")
        self.view = ipywidgets.HTML()
        self.slider.observe(lambda change: self.update(), "value")
        super().__init__([self.slider, self.view])
        self.update()

    def update(self):
        sentence = f"The point stands at {self.slider.value:.1f} on a parabola with its lowest point at 2."
        self.still = bundle(curve(self.slider.value), sentence)
        self.view.value = self.still["text/html"]

    def _repr_mimebundle_(self, **options):
        data = super()._repr_mimebundle_(**options)
        return {**data, **self.still}


@dataclass
class Result:
    status: str
    code: str

    def __repr__(self):
        return f"{self.status.replace('_', ' ')}"


class SlopeExercise:
    stub = "def slope(w, x, y):\n    ..."

    def check(self, answer):
        value = answer(2.0, 3.0, 1.0)
        if value is None:
            return Result("not_attempted", "not_attempted")
        if value == 15.0:
            return Result("correct", "correct")
        return Result("wrong", "sign_flipped" if value == -15.0 else "unrecognised")

    def hint(self):
        return HTML("<details><summary>Hint 1</summary>Nudge w and watch the error.</details>")

    @property
    def source(self):
        return "def slope(w, x, y):\n    return (w * x - y) * x"


exercises = SimpleNamespace(slope=SlopeExercise())


class Prediction:
    def ask(self):
        return HTML("<ul><li>to the left</li><li>to the right</li></ul>")

    @contextlib.contextmanager
    def result(self):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            yield
        self.fold({"text/html": f"<pre>{printed.getvalue()}</pre>", "text/plain": printed.getvalue()})

    def explorer(self, explorer):
        self.fold(explorer.still)

    def fold(self, data):
        html = f"<details><summary>The result</summary>{data['text/html']}</details>"
        display({"text/html": html, "text/plain": data["text/plain"]}, raw=True)


predictions = SimpleNamespace(mean=Prediction(), flat=Prediction())
