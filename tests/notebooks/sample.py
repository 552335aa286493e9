"""A small clean lesson, built in memory: the lint finds nothing in it, and its mutations start from it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "00_sample.ipynb"
NEXT = "01_after.ipynb"
NEW_CELL = {"markdown": new_markdown_cell, "code": new_code_cell}

# Each cell opens with a line of its own: %% kind tag
LESSON = r"""
%% markdown title
# 00 · A sample: the slope of an error

One guess, one error, and the slope that makes the guess better. About 15 minutes.

[Next: what comes after](01_after.ipynb)
%% markdown objectives
## What you will do

- **Compute** the error of a guess, and its square.
- **Predict** which way a guess must move.
- **Write** the slope of the squared error as a function.
%% markdown prerequisites
## What you need

You know the slope of a parabola from school. You have seen a Python function before. Nothing else is
asked.
%% markdown notation
## Symbols

| symbol | meaning | name in code |
|---|---|---|
| $w$ | the weight, our guess | `w` |
| $x$, $y$ | one input and its target | `x`, `y` |
| $e$ | error: prediction minus target | `error` |
| $L$ | loss: half of the squared error | `loss` |
%% code
try:
    import toy
    from toy import exercises, predictions
except ModuleNotFoundError as missing:
    import sys
    raise ImportError(f"This kernel is {sys.executable}, without {missing.name}. Choose the kernel .venv; "
                      "if there is none, lesson 00 says how to begin.") from None
%% markdown recall
## Three questions from school

1. What is the slope of a straight line that climbs 6 in 2 steps?
   <details><summary>Answer</summary>It is 3. The line climbs 3 in each step.</details>
2. Where is a parabola flat?
   <details><summary>Answer</summary>At its lowest point. There the slope is zero.</details>
3. Which way is down, if the slope at your place is positive?
   <details><summary>Answer</summary>To the left. A positive slope climbs to the right.</details>
%% markdown question
## The question

A spring gets longer when you hang a weight on it. With 2 kg it is 4 cm longer. Somebody guesses 5 cm
for each kilogram. That is far too much: it says 10 cm. How should the guess move, and how far? We want
a rule that needs no eye for springs. It should look at the error and give the next guess.
%% markdown example
## A worked example

The guess is $w = 5$. The input is $x = 2$, the target is $y = 4$. The guess says $wx = 10$, so the
error is $e = wx - y = 6$. The loss is half of its square:

$$L = \frac{e^2}{2} = 18.$$

Now nudge the guess by a little, **$h$** $= 0.01$. The error grows by $hx = 0.02$, because only the
guess moved. The loss grows from 18 to 18.1202. That is a growth of 0.1202, or about 12 for each unit.
And $ex = 12$. The slope of the loss is the error times the input.
%% code example
w, x, y = 5.0, 2.0, 4.0
error = w * x - y
print(f"error {error:.1f}, slope {error * x:.1f}")
%% markdown predict
*Before you run it:* we now have three springs, and the guess is 1 for all of them. Two of the targets
are larger than the guess says. Will the mean slope be positive or negative?
%% code prediction:mean
predictions.mean.ask()
%% code result:mean
mean = toy.linear_gradient([1.0, 2.0, 3.0], [2.0, 4.0, 3.0], 1.0)
with predictions.mean.result():
    print(f"mean slope {mean:.3f}")
%% markdown discussion:mean
<details><summary>What it means</summary>

It is negative. The loss falls when the guess grows, so the guess should grow. Were you right? If you
were not, look at the signs of the three errors. Each is the guess minus the target, and two of them are
below zero.

</details>
%% code
toy.show(toy.curve(1.0), "The loss over the guess is a parabola; its lowest point lies at a guess of 2.")
%% markdown predict
*Before you run it:* you will move a point along the curve. Where is the curve flat, and what is the
slope there?
%% code prediction:flat
predictions.flat.ask()
%% code explorer result:flat
predictions.flat.explorer(toy.Explorer())
%% markdown think discussion:flat
<details><summary>What to look for</summary>

Move the slider for the guess to 2. The point comes to rest at the bottom. Now move it to 4 and note on
which side the curve climbs. The further you go, the steeper it gets. Try the same on the other side.
How far must you go to see the same height again? *In the picture: the point stands at 1, left of the
bottom, where the curve still falls.*

</details>
%% markdown myth
**Many people think** a large error always means a large slope. It is natural: both tell us that the
guess is bad. **It is not so:** the slope is the error times the input. If the input is 0, the guess
does not matter at all, and the slope is 0 for any error. A bird that is not on the scale tells you
nothing about the scale.
%% markdown exercise
### Exercise A · The slope for one spring

Write a function that takes a guess, an input and a target. It returns the slope of the loss. You have
all you need in the worked example. Run the check as often as you like; it tells you what your function
does, and where to look. The hint is folded, so that you meet it only when you want it.
%% code exercise:slope
def slope(w, x, y):
    ...
%% code check:slope
exercises.slope.check(slope)
%% code hint:slope
exercises.slope.hint()
%% markdown key-points
## Key points

- The error is the prediction minus the target.
- The slope of the loss is the error times the input.
- Where the slope is negative, the guess should grow.
%% markdown next
You can now say which way is down for one guess. [Next: what comes after](01_after.ipynb) takes many
guesses at once.
"""


def sample_notebook():
    """The lesson, not yet executed."""
    cells = []
    for kind, tags, source in re.findall(r"^%% (\w+) ?(.*)\n((?:(?!%%).*\n)*)", LESSON, re.MULTILINE):
        metadata = {"tags": tags.split()} if tags else {}
        cells.append(NEW_CELL[kind](source.strip(), id=f"sample-{len(cells):02d}", metadata=metadata))
    return new_notebook(cells=cells)


def write_sample(folder: Path) -> Path:
    """The lesson, the toy package it imports, and the lesson it links to, as files in `folder`."""
    shutil.copy(Path(__file__).with_name("toy.py"), folder)
    nbformat.write(new_notebook(cells=[new_markdown_cell("# 01 · After")]), folder / NEXT)
    nbformat.write(sample_notebook(), folder / NAME)
    return folder / NAME
