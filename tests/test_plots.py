"""Still pictures: words are required, bytes are few, colours can be told apart."""

import base64
import hashlib
import os
import subprocess
import sys

import matplotlib.pyplot
import pytest
from matplotlib.colors import to_rgb

from gradlib import graphs, plots
from gradlib.autodiff import Var
from gradlib.explorers import two_roads

from .conftest import FOREIGN

SENTENCE = "A line that rises from one to three."


@pytest.fixture
def shown(monkeypatch):
    bundles = []
    monkeypatch.setattr(plots, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def test_a_picture_comes_with_its_sentence_in_every_form(shown):
    fig, ax = plots.figure()
    ax.plot([1, 2], [1, 3])
    plots.show(fig, SENTENCE)
    bundle, = shown
    assert bundle["text/plain"] == SENTENCE
    assert f'alt="{SENTENCE}"' in bundle["text/html"] and f"<figcaption>{SENTENCE}</figcaption>" in bundle["text/html"]
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


def test_words_are_escaped(shown):
    plots.show(plots.figure()[0], 'The "loss" < 1 & falls slowly.')
    assert 'alt="The &quot;loss&quot; &lt; 1 &amp; falls slowly."' in shown[0]["text/html"]


def test_a_picture_without_words_is_refused(shown):
    with pytest.raises(ValueError, match="a picture needs a sentence that says what to see, got 'A plot'"):
        plots.show(plots.figure()[0], "A plot")
    assert not shown


def test_pyplot_never_hears_of_our_figures(shown):
    plots.show(plots.figure()[0], SENTENCE)
    assert matplotlib.pyplot.get_fignums() == []


def contrast_on_white(colour):
    """WCAG 2.2 contrast ratio."""
    red, green, blue = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in to_rgb(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_contrast():
    for colour in (plots.BLUE, plots.VERMILLION, plots.GREEN, plots.PURPLE):
        assert contrast_on_white(colour) >= 3
    for colour in (plots.GREY, plots.BLACK):
        assert contrast_on_white(colour) >= 4.5


def digests():
    """Of pictures of several kinds: their pixels, and the SVG over one that has moved."""
    x, explorer = Var(2.0), two_roads()
    explorer.controls["w"].value = 1.0
    figures = [graphs.draw((3 * x + 2) ** 2, {x: "x"}), plots.chord(lambda x: x**4, 1.0, 0.5), plots.figure(2)[0]]
    pictures = [b"".join(explorer.live.stages), explorer.live.svg("words").encode(), *map(plots.png, figures)]
    return [hashlib.sha256(picture).hexdigest() for picture in pictures]


def test_settings_of_the_reader_do_not_change_a_pixel(foreign_settings):
    drawn = digests()
    with plots.defaults():
        assert digests() == drawn
    assert matplotlib.rcParams["lines.linewidth"] == FOREIGN["lines.linewidth"], "the reader's settings stay theirs"


@pytest.mark.parametrize("backend", ["Qt4Agg", "svg"])
def test_the_variable_for_the_backend_does_not_matter(backend, tmp_path):
    """Matplotlib has no Qt4Agg any more. The reader's own figures still follow a variable that means something."""
    (tmp_path / "matplotlibrc").write_text("text.usetex: True\nfont.family: fantasy\n")
    code = ("from gradlib import graphs; from tests.test_plots import digests; import matplotlib, os\n"
            "print(*digests(), os.environ['MPLBACKEND'], dict.__getitem__(matplotlib.rcParams, 'backend'))")
    variables = {**os.environ, "MPLBACKEND": backend, "MATPLOTLIBRC": str(tmp_path / "matplotlibrc")}
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    seen, (variable, *used) = done.stdout.split()[:5], done.stdout.split()[5:]
    assert seen == digests() and variable == backend and (used == ["svg"]) == (backend == "svg")
