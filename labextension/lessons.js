/* What JupyterLab, Jupyter Notebook and JupyterLite do for the lessons beyond what they do for every notebook.

A prebuilt extension, written by hand: they load this file as it is, and ask _JUPYTERLAB for the plugin at its end.
*/
(() => {
  const VIEW = 'application/vnd.jupyter.widget-view+json';
  const KERNEL = ['kernelspec', 'language_info'];   // what a kernel writes into the metadata of its notebook
  const NARROW = 760;   // pixels: here the file browser would leave only a strip of the lesson

  // What gradlib shows lives in the kernel's memory. Without that kernel, its view shows "model not found" in the place
  // of the still picture, or of the answers to choose from, that gradlib puts beside it; so the view is left out of the
  // file, and what can be read stays.
  const OURS = /^<(figure>|details class="committed"|div class="choose">)/;
  const hasStill = data => data && VIEW in data && OURS.test([data['text/html']].flat().join(''));
  const still = ({[VIEW]: view, ...pictures}) => pictures;
  const stillOutput = output => hasStill(output.data) ? {...output, data: still(output.data)} : output;
  const stillCell = cell => Array.isArray(cell.outputs) ? {...cell, outputs: cell.outputs.map(stillOutput)} : cell;
  const isNotebook = file => Array.isArray(file?.content?.cells);
  const stillFile = file => ({...file, content: {...file.content, cells: file.content.cells.map(stillCell)}});

  // While a kernel runs for the notebook, what another program has stored may still be alive.
  const keepStills = ({contents, sessions}) => {
    const [get, save] = [contents.get.bind(contents), contents.save.bind(contents)];
    contents.save = (path, file) => save(path, isNotebook(file) ? stillFile(file) : file);
    contents.get = async (path, options) => {
      const file = await get(path, options);
      return isNotebook(file) && !await sessions.findByPath(path) ? stillFile(file) : file;
    };
  };

  // A lesson that was only opened is as it was: its kernel's version is nothing that its reader would want to be asked
  // about.
  const openUnchanged = (panel, {model, ready}) => {
    const forgive = (_, {key}) => {
      if (KERNEL.includes(key) && !model.dirty) queueMicrotask(() => { model.dirty = false; });
      if (key === 'language_info') model.metadataChanged.disconnect(forgive);
    };
    ready.then(() => { if (model.toString().includes('gradlib')) model.metadataChanged.connect(forgive); });
  };

  // Once a prediction is made, its result and its discussion are open, today and on every later day. What shows that it
  // is made has the class committed: the sentence below its buttons, and the fold of its result in the stored file. Each
  // fold is opened once; a reader may close it.
  const tags = cell => cell.model.getMetadata('tags') ?? [];
  const names = (cell, ...parts) => tags(cell).map(tag => tag.split(':')).filter(([part]) => parts.includes(part))
    .map(([, name]) => name);
  const openCommitted = (cells, opened) => {
    const made = new Set(cells.filter(cell => cell.node.querySelector('.committed'))
      .flatMap(cell => names(cell, 'prediction', 'result')));
    const folds = cells.filter(cell => names(cell, 'result', 'discussion').some(name => made.has(name)))
      .flatMap(cell => [...cell.node.querySelectorAll('.jp-RenderedHTMLCommon > details')]);
    for (const fold of folds.filter(fold => !opened.has(fold))) {
      opened.add(fold);
      fold.open = true;
    }
  };

  // While the cell of an explorer runs, the place of its picture is kept, and nothing below it jumps. Then the controls
  // are in sight, if the reader has not gone elsewhere.
  const PATIENCE = 20000;   // milliseconds for a cell that ends without a picture
  const landOn = (content, area) => {
    const index = content.widgets.findIndex(cell => cell.node.contains(area));
    const [here, page] = [area.getBoundingClientRect(), content.node.getBoundingClientRect()];
    if ([index, index + 1].includes(content.activeCellIndex) && here.top < page.top) area.scrollIntoView();
  };
  const marginAbove = place => parseFloat(getComputedStyle(place).marginTop);   // which a cell without output has not
  const timers = new WeakMap();
  const letGo = place => {
    clearTimeout(timers.get(place));   // or it would end what is kept in a later run
    place.classList.remove('gradlib-kept');
    place.style.minHeight = '';
  };
  const keepHeights = (content, heights, measure) => {
    for (const area of content.node.querySelectorAll('.jp-OutputArea')) {
      // (Of the area itself JupyterLab sets the smallest height for a moment; so it is the one around it.)
      const picture = area.querySelector('.gradlib-picture'), place = area.parentNode, kept = place.style.minHeight;
      if (picture && !heights.has(area)) measure.observe(area);
      if (picture && kept && picture.offsetHeight > 0) {
        letGo(place);
        landOn(content, area);
      }
      if (!picture && !kept && heights.has(area)) {
        place.classList.add('gradlib-kept');
        place.style.minHeight = `${heights.get(area)}px`;
        timers.set(place, setTimeout(() => {
          if (!area.querySelector('.gradlib-picture')) heights.delete(area);
          letGo(place);
        }, PATIENCE));
      }
    }
  };

  const keepInOrder = ({content}) => {
    const opened = new WeakSet(), heights = new WeakMap();
    const measure = new ResizeObserver(entries => entries
      .filter(({target}) => target.querySelector('.gradlib-picture'))
      .forEach(({target}) => heights.set(target, target.offsetHeight + marginAbove(target.parentNode))));
    let waiting;
    const look = () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        openCommitted(content.widgets, opened);
        keepHeights(content, heights, measure);
      });
    };
    const watch = new MutationObserver(records => {
      if (records.some(({removedNodes}) => removedNodes.length)) keepHeights(content, heights, measure);
      look();
    });
    watch.observe(content.node, {subtree: true, childList: true});
    content.disposed.connect(() => { watch.disconnect(); measure.disconnect(); });
  };

  // What is too wide scrolls by itself, with a bar that shows it. (A bar without a style of its own hides on a phone.)
  const STYLE = `
    .jp-Cell-outputWrapper.gradlib-kept { display: flex !important; }
    .jp-RenderedMarkdown :is(table, mjx-container[display=true]) { max-width: 100%; overflow: auto hidden; }
    .jp-RenderedMarkdown table { display: block; width: fit-content; }
    .jp-RenderedMarkdown :is(table, mjx-container)::-webkit-scrollbar { height: 8px; }
    .jp-RenderedMarkdown :is(table, mjx-container)::-webkit-scrollbar-thumb { background: var(--jp-border-color0); }`;
  const addStyle = () => document.head.append(Object.assign(document.createElement('style'), {textContent: STYLE}));

  const plugin = {
    id: 'one-gradient:lessons',
    autoStart: true,
    activate: app => {
      keepStills(app.serviceManager);
      app.docRegistry.addWidgetExtension('Notebook', {createNew: (panel, context) => {
        openUnchanged(panel, context);
        keepInOrder(panel);
      }});
      addStyle();
      app.restored.then(() => { if (innerWidth < NARROW) app.shell.collapseLeft?.(); });
    },
  };

  (window._JUPYTERLAB ??= {})['one-gradient'] = {init: () => {}, get: async () => () => plugin};
})();
