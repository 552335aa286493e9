"""What a reader moves: sliders, switches, choices; and the stops of each."""

import ipywidgets as widgets
import numpy as np
from traitlets import Unicode

from ..wording import said

TWO_DIGITS = ".2~g"     # a format of the browser's readout; ~ leaves trailing zeros away


class Slider(widgets.FloatSlider):
    """ipywidgets' own, whose check of formats does not know the browser's ~."""

    readout_format = Unicode(".2~f").tag(sync=True)


class LogSlider(widgets.FloatLogSlider):
    """The same for one whose equal moves multiply."""

    readout_format = Unicode(TWO_DIGITS).tag(sync=True)


def slider(label, low, high, step, value, readout=".2~f"):
    """A slider for one number, with its exact value beside it. A whole step gives whole numbers."""
    if isinstance(step, int):
        return widgets.IntSlider(value=value, min=low, max=high, step=step, readout_format=",d", **_control(label))
    return Slider(value=value, min=low, max=high, step=step, readout_format=readout, **_control(label))


def log_slider(label, low, high, value, per_decade=20):
    """A slider whose equal moves multiply: `per_decade` stops from one power of ten to the next. An explorer hears of
    two digits of its value, those that stand beside it."""
    return LogSlider(value=value, min=np.log10(low), max=np.log10(high), step=1 / per_decade, **_control(label))


def stops(label, *values, value):
    """A slider that stops at these values only, or at these pairs of (what is shown, value)."""
    named = [stop if isinstance(stop, tuple) else (said(stop, 4) if _is_number(stop) else stop, stop)
             for stop in values]
    return widgets.SelectionSlider(options=named, value=value, **_control(label))


def switch(label, value=False):
    """A check box."""
    return widgets.Checkbox(value=value, description=label, indent=False, layout=widgets.Layout(width="auto"))


def choice(label, *options, value=0):
    """Buttons side by side, of which one is pressed. The value is its number, counted from 0."""
    buttons = widgets.ToggleButtons(options=[(option, i) for i, option in enumerate(options)], value=value,
                                    **_control(label))
    buttons.style.button_width, buttons.layout.display = "auto", "flex"
    return buttons


def with_play(control, seconds=2.0):
    """A whole-number slider and beside it a button that walks it on, one stop every few seconds, in the browser."""
    player = widgets.Play(value=control.value, min=control.min, max=control.max, step=control.step, show_repeat=False,
                          interval=round(1000 * seconds), description="play")
    for trait in ("value", "max"):
        widgets.jslink((control, trait), (player, trait))
    row = widgets.HBox([control, player], layout=widgets.Layout(flex_flow="row wrap"))
    row.control, row.seconds = control, seconds
    return row


def shown(control):
    """What stands beside a control: its value in words or digits."""
    if isinstance(control, widgets.Checkbox):
        return "yes" if control.value else "no"
    if hasattr(control, "options"):
        return control.label
    if isinstance(control, widgets.IntSlider):
        return f"{control.value:,d}".replace("-", "−")
    if isinstance(control, widgets.FloatLogSlider):
        return said(control.value)
    return _fixed(control.value, int(control.readout_format[1]))


def value_of(control):
    """What an explorer hears of a control: its value; of a slider that multiplies its two digits; of one that adds
    what the browser's own rounding (4.300000000000001) leaves."""
    if isinstance(control, widgets.FloatLogSlider):
        return float(f"{control.value:.2g}")
    return round(control.value, 12) if isinstance(control, widgets.FloatSlider) else control.value


def stops_of(control):
    """All that a control can be set to, as pairs of (the value that an explorer hears, what stands beside the
    control)."""
    if isinstance(control, widgets.Checkbox):
        return [(False, "no"), (True, "yes")]
    if hasattr(control, "options"):
        return [(value, label) for label, value in control.options]
    count = 1 + round((control.max - control.min) / control.step)
    places = control.min + control.step * np.arange(count)
    if isinstance(control, widgets.IntSlider):
        return [(int(place), f"{place:,.0f}".replace("-", "−")) for place in places]
    if isinstance(control, widgets.FloatLogSlider):
        return [(float(f"{value:.2g}"), said(float(value))) for value in control.base**places]
    decimals = int(control.readout_format[1])
    return [(round(float(place), 12), _fixed(place, decimals)) for place in places]


def _fixed(number, decimals):
    text = np.format_float_positional(round(abs(number), decimals), trim="-")
    return f"−{text}" if round(number, decimals) < 0 else text


def _is_number(stop):
    return isinstance(stop, (int, float, np.number)) and not isinstance(stop, bool)


def _control(label):
    return {"description": label, "tooltip": "", "style": {"description_width": "9em"},
            "layout": widgets.Layout(width="100%", max_width="40em")}
