"""A run that takes longer than a move: it plays with a progress bar, and can be stopped at any time.

The work is cut into chunks. Between two of them the kernel hears whether somebody has pressed stop or moved a
control, so that nothing is ever blocked.
"""

import asyncio

import ipywidgets as widgets

PAUSE = 0.01   # seconds between chunks: long enough for the kernel to take in what the reader did


class LongRun(widgets.HBox):
    """A button and a progress bar.  Pressed, it calls begin() once and then next() on what that returned: one chunk
    of work each time, until `chunks` are done, the work ends by itself, or the button is pressed again."""

    def __init__(self, label, begin, chunks):
        self._label, self._begin, self._work = label, begin, None
        self.button = widgets.Button(description=label, layout=widgets.Layout(width="auto"))
        self.bar = widgets.IntProgress(value=0, max=chunks, layout=widgets.Layout(width="12em"))
        self.button.on_click(self._pressed)
        super().__init__([self.button, self.bar])

    def stop(self, change=None):
        """End the run after the chunk that is being worked on; if a control was changed, also empty the bar."""
        self._work = None
        if change:
            self.bar.value = 0

    async def play(self):
        """The run itself, from the beginning."""
        self._work = work = self._begin()
        self.button.description, self.bar.value = "stop", 0
        try:
            for _ in work:
                self.bar.value += 1
                await asyncio.sleep(PAUSE)
                if self._work is not work or self.bar.value == self.bar.max:
                    break
        finally:
            if self._work in (work, None):   # and not a run that has begun meanwhile
                self._work, self.button.description = None, self._label

    def _pressed(self, button):
        if self._work is not None:
            return self.stop()
        try:
            self._task = asyncio.get_running_loop().create_task(self.play())   # kept, or it may be collected
        except RuntimeError:   # no loop, as in a script: play it to the end
            asyncio.run(self.play())
