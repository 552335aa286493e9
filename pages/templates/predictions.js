// Predictions on a page to read: an answer and how sure, by two presses; then result and discussion open, and this
// browser remembers it. Without this script there is the list of answers, and every fold opens by hand.
(() => {
const SURENESS = ["a guess", "fairly sure", "sure"];
const make = (kind, given = {}, ...inside) => {
  const node = document.createElement(kind);
  Object.entries(given).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...inside);
  return node;
};
const remembered = key => {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
};
const remember = (key, choice) => {
  try { localStorage.setItem(key, JSON.stringify(choice)); } catch { /* a private window: for this visit only */ }
};
// Buttons side by side, of which one can be pressed; `choose` hears which.
const row = (label, names, choose) => {
  const buttons = names.map(name => make("button", {"type": "button", "aria-pressed": "false"}, name));
  const press = name => buttons.forEach(button => button.setAttribute("aria-pressed", button.textContent === name));
  const group = make("div", {"role": "group", "aria-label": label}, make("span", {"aria-hidden": "true"}, label), ...buttons);
  group.addEventListener("click", ({target}) => target.closest("button:not([aria-disabled])") && choose(target.textContent));
  return {group, press, end: () => buttons.forEach(button => button.setAttribute("aria-disabled", "true"))};
};
const ask = (box, name) => {
  const key = `one-gradient/{{ lesson.number }}/${name}`;
  const [lead, list] = box.children;
  const names = [...list.children].map(item => item.textContent);
  const behind = Object.fromEntries([...box.querySelectorAll("dt")].map(
    term => [term.textContent, term.nextElementSibling.textContent]));
  const folds = document.querySelectorAll(["result", "discussion"].map(part => `[data-tags~="${part}:${name}"] > details,
    [data-tags~="${part}:${name}"] .output > details`).join());
  const choice = {};
  const show = () => {
    answers.press(choice.said);
    sureness.press(choice.sure);
    if (!choice.said || !choice.sure) return;
    const told = behind[choice.said];
    status.textContent = `You said: ${choice.said} (${choice.sure}). ${told === "Right." ? told : "Not so. " + told}`;
    [answers, sureness].forEach(({end}) => end());
    folds.forEach(fold => { fold.open = true; });
  };
  const choose = part => word => {
    choice[part] = word;
    if (choice.said && choice.sure) remember(key, {...choice, day: new Date().toLocaleDateString("sv")});
    show();
  };
  const answers = row("Your prediction", names, choose("said")), sureness = row("How sure", SURENESS, choose("sure"));
  const status = make("p", {"role": "status"}, "Press an answer, and how sure you are. Then the result opens.");
  lead.remove();
  list.replaceWith(answers.group, sureness.group, status);
  const before = remembered(key);
  if (names.includes(before?.said) && SURENESS.includes(before.sure)) Object.assign(choice, before);
  show();
};
document.querySelectorAll('[data-tags*="prediction:"]').forEach(cell =>
  ask(cell.querySelector(".choose"), cell.dataset.tags.match(/prediction:(\w+)/)[1]));
})();
