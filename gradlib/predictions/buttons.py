"""The buttons of a prediction: an answer, and how sure. Core ipywidgets, by keyboard, and spoken."""

from html import escape

import ipywidgets as widgets

from ..memory import READER
from ..spoken import voice

SURENESS = ("a guess", "fairly sure", "sure")
WORDS = "margin: 4px 0; max-width: 60em; line-height: 1.5; font-size: var(--jp-content-font-size1, 14px)"


class Buttons(widgets.VBox):
    """An answer, how sure, and a sentence; or a look without either."""

    def __init__(self, prediction):
        self.prediction = prediction
        self.answers = row("Your prediction", [(prediction.options[code].words, code) for code in prediction.order])
        self.sureness = row("How sure", SURENESS)
        self.look = widgets.Button(description="Look without choosing",
                                   layout=widgets.Layout(width="auto", align_self="flex-start", margin="6px 2px"))
        self.words = widgets.HTML()
        self.show()
        for group in (self.answers, self.sureness):
            group.observe(self._pressed, "value")
        self.look.on_click(lambda button: prediction.look())
        super().__init__([self.answers, self.sureness, self.look, self.words, voice()])

    def show(self):
        """What can be pressed now, and what is to be said."""
        choice, said = self.prediction.choice, self.prediction.told()
        if choice:
            self.answers.value, self.sureness.value = choice["code"], choice["sure"]
        elif self.prediction.is_open:
            said = "The result is open. Nothing is remembered."
        self.answers.disabled = self.sureness.disabled = self.prediction.is_open
        self.look.layout.display = "none" if self.prediction.is_open else None
        said = said or "Press an answer, and how sure you are. Then the result opens."
        state = ' class="committed"' if self.prediction.is_open else ""
        said = " ".join([said, READER.trouble()]).strip()
        self.words.value = f'<p role="status" style="{WORDS}"{state}>{escape(said)}</p>'

    def _pressed(self, change):
        if self.answers.value and self.sureness.value and not self.prediction.is_open:
            self.prediction.commit(self.answers.value, self.sureness.value)

    def __repr__(self):
        return f"{self.prediction.question} {' / '.join(label for label, _ in self.answers.options)}?"

    def _repr_mimebundle_(self, **kwargs):
        """What a saved notebook keeps beside the live buttons: the answers, to be read."""
        return {**super()._repr_mimebundle_(**kwargs), "text/html": self.prediction.page(), "text/plain": repr(self)}


def row(label, options):
    """Buttons side by side, none of them pressed."""
    buttons = widgets.ToggleButtons(options=options, value=None, description=label,
                                    style={"description_width": "9em", "button_width": "auto"})
    buttons.layout.display, buttons.layout.flex_flow = "flex", "row wrap"   # long answers go below their label
    return buttons
