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

from . import plots

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
const choice = widget => tell(widget, {'role': 'group', 'aria-label': label(widget)});
const toggle = button => tell(button, {'aria-pressed': String(button.classList.contains('mod-active'))});
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
// Where in the picture a pointer is, or which arrow was pressed, goes to the kernel through a hidden field: the stops
// next to the pointer, counted from 0.
let sent = 0;
const post = message => {
  const field = root.querySelector('.gradlib-mailbox input');
  field.value = JSON.stringify({...message, number: sent++});
  field.dispatchEvent(new Event('input', {bubbles: true}));
};
const nearest = (pixels, here) => pixels.reduce((best, pixel, i) =>
  Math.abs(pixel - here) < Math.abs(pixels[best] - here) ? i : best, 0);
const drag = event => {
  const place = event.target, {area, places} = JSON.parse(place.dataset.drag), box = place.getBoundingClientRect();
  const here = [area[0] + (event.clientX - box.left) / box.width * (area[2] - area[0]),
                area[1] + (event.clientY - box.top) / box.height * (area[3] - area[1])];
  post({to: Object.fromEntries(Object.entries(places).map(([name, [axis, pixels]]) =>
    [name, nearest(pixels, here[axis])]))});
};
const ARROWS = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 1], ArrowDown: [1, -1]};
const arrow = event => {
  const [axis, by] = ARROWS[event.key] ?? [];
  const named = Object.entries(JSON.parse(event.target.dataset.drag).places).find(([, place]) => place[0] === axis);
  if (!named) return;
  event.preventDefault();
  event.stopPropagation();
  post({by: {[named[0]]: by}});
};
const draggable = place => {
  if (place.onpointerdown) return;
  place.onpointerdown = event => { place.setPointerCapture(event.pointerId); drag(event); };
  place.onpointermove = event => event.buttons && drag(event);
  place.onkeydown = arrow;
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
  all(root, '.widget-toggle-button, .widget-toggle-buttons button').forEach(toggle);
  all(root, '.widget-play').forEach(player);
  all(root, '.progress').forEach(progress);
  all(root, '.gradlib-drag').forEach(draggable);
  all(root, '.widget-html-content > div > [role=status]').forEach(status);
};
if (root && !root.spoken) {
  root.spoken = new MutationObserver(records => { hear(records); speak(); });
  root.spoken.observe(root, {subtree: true, childList: true, characterData: true,
                             attributeFilter: ['class', 'style', 'aria-valuetext']});
  listen();
  speak();
}
"""


# Labels stand left, above their control where it is narrow; the buttons of a player have words; a list of code scrolls.
STYLE = """
.gradlib-explorer .widget-inline-hbox { flex-wrap: wrap; height: auto; }
.gradlib-explorer .widget-inline-hbox > .widget-label:first-child { text-align: left; }
.gradlib-explorer .widget-slider > .slider-container, .gradlib-explorer .widget-slider > .slider { min-width: 11em; }
.gradlib-explorer .widget-toggle-buttons { row-gap: 4px; padding-bottom: 4px; }
.gradlib-explorer .widget-toggle-buttons > .widget-toggle-buttons-list, .gradlib-explorer .widget-toggle-buttons > div {
  flex-wrap: wrap; row-gap: 4px; }
.gradlib-picture .widget-html, .gradlib-picture .widget-html-content { min-width: 0; }
.gradlib-explorer .widget-play { flex-flow: row; width: auto; }
.gradlib-explorer .widget-play button { width: auto; }
.gradlib-explorer .widget-play button::after { content: " " attr(aria-label); white-space: pre; }
.gradlib-explorer .gradlib-drag:focus-visible { outline: 2px solid currentColor; }
.gradlib-explorer pre { margin: 0; overflow-x: auto; line-height: 1.4; }
"""


def voice():
    """An invisible widget that gives all controls in one VBox with it names, exact values and keys to themselves."""
    return widgets.HTML(f'<style onload="{escape(SCRIPT)}">{STYLE}{plots.AT_NIGHT}</style>',
                        layout=widgets.Layout(display="none"))
