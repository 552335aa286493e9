/* What JupyterLab, Jupyter Notebook and JupyterLite do for the lessons beyond what they do for every notebook.

A prebuilt extension, written by hand: they load this file as it is, and ask _JUPYTERLAB for the plugin at its end.
*/
(() => {
  const VIEW = 'application/vnd.jupyter.widget-view+json';
  const KERNEL = ['kernelspec', 'language_info'];   // what a kernel writes into the metadata of its notebook
  const NARROW = 760;   // pixels: here the file browser would leave only a strip of the lesson

  // An explorer lives in the kernel's memory. Without that kernel, its view shows "model not found" in the place of the
  // still picture that gradlib puts beside it; so the view is left out of the file, and the picture stays.
  const hasStill = data => data && VIEW in data && [data['text/html']].flat().join('').startsWith('<figure>');
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

  // What is too wide scrolls by itself, with a bar that shows it. (A bar without a style of its own hides on a phone.)
  const STYLE = `
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
      app.docRegistry.addWidgetExtension('Notebook', {createNew: openUnchanged});
      addStyle();
      app.restored.then(() => { if (innerWidth < NARROW) app.shell.collapseLeft?.(); });
    },
  };

  (window._JUPYTERLAB ??= {})['one-gradient'] = {init: () => {}, get: async () => () => plugin};
})();
