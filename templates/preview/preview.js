// Beside every page that `derivgen serve` shows: reloads it after a build, or shows what is wrong over the last good page.
"use strict";
(() => {
  const events = new EventSource("/-/events");
  let shown = null; // the build that this page is of
  let box = null;

  function element(name, text, place) {
    const made = document.createElement(name);
    made.textContent = text;
    place.append(made);
    return made;
  }

  function show(faults) {
    box?.remove();
    box = null;
    if (!faults.length) return;
    box = document.createElement("section");
    box.id = "derivgen-faults";
    box.lang = "en";
    box.setAttribute("role", "alert");
    element("h2", faults.length === 1 ? "One fault" : `${faults.length} faults`, box);
    element("p", "Mend the file and save it: this box goes by itself. Until then pages are shown as they were when they were last good.", box);
    for (const fault of faults) element("pre", fault, box).tabIndex = 0;
    document.body.append(box);
  }

  events.addEventListener("message", ({ data }) => {
    const { build, faults } = JSON.parse(data);
    if (shown !== null && build !== shown && !faults.length) location.reload();
    shown = build;
    show(faults);
  });
})();
