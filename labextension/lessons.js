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
  const stillCell = cell => cell.outputs ? {...cell, outputs: cell.outputs.map(stillOutput)} : cell;
  const stillFile = file => file?.content?.cells
    ? {...file, content: {...file.content, cells: file.content.cells.map(stillCell)}} : file;

  // While a kernel runs for the notebook, what another program has stored may still be alive.
  const keepStills = ({contents, sessions}) => {
    const [get, save] = [contents.get.bind(contents), contents.save.bind(contents)];
    contents.save = (path, file) => save(path, stillFile(file));
    contents.get = async (path, options) => {
      const file = await get(path, options);
      return file.type === 'notebook' && !await sessions.findByPath(path) ? stillFile(file) : file;
    };
  };

  // A lesson that was only opened is as it was: its kernel's version is nothing that its reader would want to be asked
  // about.
  const openUnchanged = (panel, {model, ready}) => {
    const forgive = (_, {key}) => {
      if (KERNEL.includes(key) && !model.dirty) queueMicrotask(() => { model.dirty = false; });
      if (key === 'language_info') model.metadataChanged.disconnect(forgive);
    };
    ready.then(() => model.metadataChanged.connect(forgive));
  };

  // What is too wide scrolls by itself, with a bar that is always seen.
  const STYLE = `
    .jp-RenderedMarkdown :is(table, mjx-container[display=true]) {
      display: block; width: fit-content; max-width: 100%; overflow-x: auto;
    }`;
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
