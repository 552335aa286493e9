"""The README's five lines for data that outgrow this machine run, and give what one machine gives."""

import contextlib
import io
import re

import numpy as np

from gradlib import calculus, data, descent

from ..readme import README

CODE = re.search(r"## When your data outgrow this machine\n\n```python\n(.*?)```", README.read_text(encoding="utf-8"),
                 re.DOTALL)[1]


def test_the_five_lines_run():
    assert len(CODE.splitlines()) == 5
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(CODE, "README.md", "exec"), {})
    X, y = data.penguins("flipper", "bill")
    run = descent.descend(lambda w: calculus.linear_gradient(X, y, w), [0, 0], descent.Adam(0.01), 300)
    assert np.allclose(np.loadtxt([printed.getvalue().strip("[]\n")]), run.weights[-1], rtol=1e-6)
