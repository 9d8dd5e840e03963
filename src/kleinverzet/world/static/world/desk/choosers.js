// Begins every chooser of the editors' desk; see desk_widgets.py.
for (const said of document.querySelectorAll("template[data-chooser]")) {
  const { chooser, options } = said.dataset;
  if (/^[A-Z]\w*Chooser$/.test(chooser) && typeof window[chooser] === "function") {
    new window[chooser](said.dataset.for, JSON.parse(options));
  }
}
