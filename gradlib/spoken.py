"""What the controls lack in the page.

For a screen reader: ipywidgets gives its sliders, players and groups of buttons no name, and a slider that multiplies
speaks the exponent. Progress bars and the sentence under a picture get their roles here, too. For the keyboard: a
letter is no command to the notebook, and a decimal comma is one. For a kernel that is gone: a word about it.

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
// A letter on a slider is no command to the notebook (x would delete the cell); Ctrl+S and Shift+Enter still are.
// JupyterLab asks what has the focus for this attribute, as soon as the key reaches the document.
const guard = event => {
  if (!root.contains(event.target)) return;
  const command = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === 'Enter');
  event.target.toggleAttribute('data-lm-suppress-shortcuts', !command);
};
// Half is 0,5 to many; ipywidgets would take it for 0.
const decimal = event => {
  const node = event.target;
  if (node.isContentEditable && /^[^.,]*,[^.,]*$/.test(node.textContent)) {
    node.textContent = node.textContent.replace(',', '.');
  }
};
// Whether what has changed in the page came from the kernel: words, names of buttons, the progress.
const answered = ({type, target}) => target.closest &&
  target.closest(type === 'childList' ? '.widget-html, .widget-button' : '.progress');
const running = () => all(root, '.widget-button').some(button => button.textContent.trim() === 'stop');
const SECONDS = 8;   // no move takes as long, unless another cell runs
const note = document.createElement('p');
note.textContent = `No answer for ${SECONDS} seconds. If the kernel was restarted or has stopped, run this cell again.`;
note.setAttribute('role', 'status');
const values = () => all(root, '.widget-readout').map(node => node.textContent).join();
let patience, known = values();
const wait = () => {
  clearTimeout(patience);
  patience = setTimeout(() => note.isConnected || root.append(note), 1000 * SECONDS);
};
const hear = records => {
  if (records.some(answered)) {
    clearTimeout(patience);
    note.remove();
    known = values();
    if (running()) wait();
  } else if (values() !== known) wait();
};
const listen = () => {
  root.addEventListener('click', event => event.target.closest('.widget-button') && wait());
  window.addEventListener('keydown', guard, true);
  root.addEventListener('keydown', event => event.key === 'Enter' && decimal(event), true);
  root.addEventListener('blur', decimal, true);
};
const speak = () => {
  all(root, '.widget-slider').forEach(slider);
  all(root, '.widget-toggle-buttons').forEach(choice);
  all(root, '.widget-play').forEach(player);
  all(root, '.progress').forEach(progress);
  all(root, '.widget-html-content > [role=status]').forEach(status);
};
if (root && !root.spoken) {
  root.spoken = new MutationObserver(records => { hear(records); speak(); });
  root.spoken.observe(root, {subtree: true, childList: true, characterData: true,
                             attributeFilter: ['class', 'style', 'aria-valuetext']});
  listen();
  speak();
}
"""


def voice():
    """An invisible widget that gives all controls in one VBox with it names, exact values and keys to themselves."""
    return widgets.HTML(f'<style onload="{escape(SCRIPT)}"></style>', layout=widgets.Layout(display="none"))
