"""What a screen reader says of the controls: ipywidgets gives its sliders, players and groups of buttons no name, and
a slider that multiplies speaks the exponent. Progress bars and the sentence under a picture get their roles here, too.

The remedy is one inline script, which the browser runs as soon as the widget that carries it is in the page. It
copies label and readout, which everybody sees, to where a screen reader looks. Where a host refuses inline scripts,
nothing else changes.
"""

from html import escape

import ipywidgets as widgets

SCRIPT = """
const root = this.closest('.widget-vbox');
const all = (node, selector) => [...node.querySelectorAll(selector)];
const label = widget => widget.querySelector('.widget-label').textContent;
const tell = (node, attributes) => {
  for (const [name, text] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
};
const slider = widget => {
  const handle = widget.querySelector('[role=slider], .ui-slider-handle');
  const readout = widget.querySelector('.widget-readout');
  tell(handle, {'aria-label': label(widget), 'aria-valuetext': readout.textContent});
  // ipywidgets 7, as on Colab, does not even call it a slider.
  if (handle.matches('.ui-slider-handle')) tell(handle, {'role': 'slider', 'aria-valuenow': readout.textContent});
  if (readout.isContentEditable) tell(readout, {'role': 'textbox', 'aria-label': label(widget) + ', as a number'});
};
const choice = widget => {
  tell(widget, {'role': 'group', 'aria-label': label(widget)});
  for (const button of all(widget, 'button')) {
    tell(button, {'aria-pressed': String(button.classList.contains('mod-active'))});
  }
};
const BUTTONS = {'.fa-play': 'play', '.fa-pause': 'pause', '.fa-stop': 'back to the start'};
const player = widget => {
  for (const [icon, name] of Object.entries(BUTTONS)) {
    all(widget, icon).forEach(node => tell(node.closest('button'), {'aria-label': name}));
  }
};
const progress = bar => {
  const percent = String(parseInt(bar.firstChild.style.width));
  tell(bar, {'role': 'progressbar', 'aria-label': 'progress', 'aria-valuenow': percent});
};
// Only a place that was there before its words is read aloud when they change.
const status = words => {
  tell(words.parentNode, {'role': 'status'});
  words.removeAttribute('role');
};
const speak = () => {
  all(root, '.widget-slider').forEach(slider);
  all(root, '.widget-toggle-buttons').forEach(choice);
  all(root, '.widget-play').forEach(player);
  all(root, '.progress').forEach(progress);
  all(root, '.widget-html-content > [role=status]').forEach(status);
};
if (root && !root.spoken) {
  root.spoken = new MutationObserver(speak);
  root.spoken.observe(root, {subtree: true, childList: true, characterData: true,
                             attributeFilter: ['class', 'style', 'aria-valuetext']});
  speak();
}
"""


def voice():
    """An invisible widget that gives names and exact values to all controls that stand in one VBox with it."""
    return widgets.HTML(f'<style onload="{escape(SCRIPT)}"></style>', layout=widgets.Layout(display="none"))
