// Explorers on a page to read. Native controls choose among settings that were computed when the site was written; what
// they show is fetched when the picture comes into sight. Without this script a still picture and its words stand here.
(() => {
const all = (node, selector) => [...node.querySelectorAll(selector)];
const WHY = {
  file: "A page that was opened as a file may fetch nothing, so this picture stands still. On a web server it moves.",
  old: "This browser is too old to unpack what moves this picture, so it stands still.",
  lost: "What moves this picture could not be fetched, so it stands still. Load the page again to try once more.",
};

// A column of the file, as pages/baking.py writes it: its text for every setting.
const unfolded = ({head, tail, texts, steps}) => {
  const whole = texts.map(text => text === null ? "" : head + text + tail);
  let place = 0;
  return steps.map(step => whole[place += step]);
};
const fetched = async file => {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(answer.statusText);
  const bytes = await answer.blob();
  const [first] = new Uint8Array(await bytes.slice(0, 1).arrayBuffer());
  const packed = first === 0x1f;   // else the server has told the browser to unpack it
  const stream = packed ? bytes.stream().pipeThrough(new DecompressionStream("gzip")) : bytes.stream();
  const {stages, page, panels, sentence, code} = await new Response(stream).json();
  return {stages, page, panels: panels.map(columns => columns.map(unfolded)), sentence: unfolded(sentence),
          code: unfolded(code)};
};

// A control: which stop it is at, how to set it, and how to say it. One that is not on the page has one stop.
const control = (box, {name, texts, by}) => {
  const fields = box ? all(box, "input") : [], [field] = fields, kind = field?.type;
  const place = {range: () => +field.value, checkbox: () => +field.checked,
                 radio: () => fields.findIndex(({checked}) => checked)}[kind] ?? (() => 0);
  const most = () => kind === "range" ? +field.max : texts.length - 1;
  const set = stop => {
    if (field.disabled) return;
    const next = Math.min(Math.max(stop, 0), most());
    if (kind === "radio") fields[next].checked = true;
    else field.value = next;
  };
  // How many stops there are; none switches it off. With another number of stops it begins anew.
  const limit = count => {
    field.disabled = !count;
    if (!count || count === most() + 1) return;
    field.max = count - 1;
    set(0);
  };
  const say = () => {
    if (kind !== "range") return;
    box.querySelector(".readout").textContent = texts[place()];
    field.setAttribute("aria-valuetext", texts[place()]);
  };
  return {name, by, place, most, set, limit, say, count: texts.length, said: () => texts[place()]};
};

const walk = (button, {place, set, most}, label, moved) => {
  let timer;
  const call = word => { button.textContent = word; button.setAttribute("aria-label", `${word} ${label}`); };
  const step = () => {
    set(place() + 1);
    moved();
    if (place() === most()) stop();
  };
  const stop = () => { clearInterval(timer); timer = null; call("play"); };
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (place() === most()) set(0);
    else step();
    moved();
    timer = setInterval(step, 1000 * button.dataset.seconds);
    call("pause");
  });
};

const ARROWS = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, -1], ArrowDown: [1, 1]};   // axis, way in pixels
const draggable = (spot, {area, places}, controls, moved) => {
  const targets = Object.entries(places).map(([name, [axis, pixels]]) => [controls[name], axis, pixels]);
  const drag = ({clientX, clientY}) => {
    const box = spot.getBoundingClientRect();
    const here = [area[0] + (clientX - box.left) / box.width * (area[2] - area[0]),
                  area[1] + (clientY - box.top) / box.height * (area[3] - area[1])];
    targets.forEach(([{set}, axis, pixels]) => {
      const far = pixels.map(pixel => Math.abs(pixel - here[axis]));
      set(far.indexOf(Math.min(...far)));
    });
    moved();
  };
  spot.addEventListener("pointerdown", event => { spot.setPointerCapture(event.pointerId); drag(event); });
  spot.addEventListener("pointermove", event => event.buttons && drag(event));
  spot.addEventListener("keydown", event => {
    const [axis, way] = ARROWS[event.key] ?? [];
    const [target, , pixels] = targets.find(([, its]) => its === axis) ?? [];
    if (!target) return;
    event.preventDefault();
    target.set(target.place() + way * Math.sign(pixels.at(-1) - pixels[0]));
    moved();
  });
};

const explorer = figure => {
  const {file, moves, drags} = JSON.parse(figure.dataset.explorer);
  const find = selector => figure.querySelector(selector);
  const panels = all(figure, ".panel > :first-child"), words = find("[role=status]"), code = find("code");
  const list = moves.map(move => control(find(`[data-name="${move.name}"]`), move));
  const controls = Object.fromEntries(list.map(one => [one.name, one]));
  const chosen = () => list.reduce((number, {place, count}) => number * count + place(), 0);
  let frames, shown = chosen(), open, leading = list.map(({by}) => by && controls[by[0]].place());

  const turn = page => {
    if (page === open) return;
    open = page;
    panels.forEach(panel => all(panel, "img").forEach((picture, i) => { picture.hidden = i !== page; }));
  };
  const show = () => {
    if (!frames || shown === chosen()) return;
    shown = chosen();
    turn(frames.page[shown]);
    panels.forEach((panel, i) => {
      panel.lastElementChild.innerHTML = frames.panels[i].map(column => column[shown]).join("");
    });
    words.textContent = frames.sentence[shown];
    panels[0].setAttribute("aria-label", frames.sentence[shown]);
    if (code) code.textContent = frames.code[shown];
  };
  const moved = () => {
    list.forEach(({by, limit, count}, i) => {
      const leader = by && controls[by[0]].place();
      if (leader !== leading[i]) limit(Math.min(by[1][leading[i] = leader], count));
    });
    list.forEach(({say}) => say());
    find(".settings").textContent = list.map(({said}, i) => `${moves[i].label}: ${said()}`).join(" · ");
    show();
  };
  const still = why => {
    const box = find(".controls"), note = document.createElement("p");
    note.textContent = WHY[why];
    if (why === "lost") box.style.minHeight = `${box.offsetHeight}px`;   // nothing jumps before a reader's eyes
    box.replaceChildren(note);
    figure.classList.add("still");
  };
  const load = async () => {
    try {
      frames = await fetched(file);
    } catch {
      return still("lost");
    }
    // One picture for each page, so that turning waits for nothing. The one that is there already stays.
    panels.forEach((panel, i) => {
      const [there] = all(panel, "img");
      frames.stages.forEach(stages => {
        const picture = there.cloneNode();
        picture.src = `data:image/png;base64,${stages[i]}`;
        if (picture.src === there.src) panel.lastElementChild.before(there);
        else {
          picture.hidden = true;
          panel.lastElementChild.before(picture);
        }
      });
    });
    show();
    figure.classList.add("moves");
  };

  if (location.protocol === "file:") return still("file");
  if (!("DecompressionStream" in window)) return still("old");
  figure.addEventListener("input", moved);
  list.forEach((one, i) => {
    const button = find(`[data-name="${one.name}"] button`);
    if (button) walk(button, one, moves[i].label, moved);
  });
  all(figure, ".drag").forEach((spot, i) => draggable(spot, drags[i], controls, moved));
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(({isIntersecting}) => isIntersecting)) return;
    observer.disconnect();
    load();
  }, {rootMargin: "25%"}).observe(figure);
};
all(document, ".explorer").forEach(explorer);
})();
