// What a reader may choose on a worked page: layout, detail, one step at a time. All text is there without it.
"use strict";
(() => {
  const page = document.querySelector("main");
  const state = document.documentElement.dataset;
  const controls = page.querySelector(".controls");
  const next = page.querySelector(".next");
  const oneByOne = controls.querySelector(".one-by-one");
  const status = next.querySelector("[role=status]");
  const more = next.querySelector("button");
  let seen = 0; // how many steps are shown one by one; 0: all are

  // Each step with the headings before it and the pictures after it.
  const groups = [];
  let waiting = [];
  for (const part of page.children) {
    if (part.matches(".subgoal")) waiting.push(part);
    else if (part.matches(".step")) { groups.push([part, ...waiting]); waiting = []; }
    else if (part.matches("figure.beside") && groups.length) groups[groups.length - 1].push(part);
  }

  function reveal() {
    groups.flat().forEach((part) => part.classList.remove("later"));
    const steps = groups.filter(([step]) => getComputedStyle(step).display !== "none");
    seen = Math.min(seen, steps.length);
    if (seen) steps.slice(seen).flat().forEach((part) => part.classList.add("later"));
    oneByOne.setAttribute("aria-pressed", seen > 0);
    next.hidden = !seen;
    more.setAttribute("aria-disabled", seen >= steps.length);
    status.textContent = status.dataset.words.replace("{0}", seen).replace("{1}", steps.length);
    return seen ? steps[seen - 1][0] : null;
  }

  function show() {
    for (const group of document.querySelectorAll("[data-key]"))
      for (const button of group.querySelectorAll("button"))
        button.setAttribute("aria-pressed", button.value === (state[group.dataset.key] ?? "auto"));
    reveal();
  }

  function choose(key, value) {
    derivgen.choose(key, value);
    if (key === "detail") page.querySelectorAll("details.finer").forEach((finer) => { finer.open = value === "detailed"; });
    show();
  }

  document.addEventListener("click", ({ target }) => {
    const group = target.closest("[data-key]");
    if (group && target.value) { derivgen.stored(group.dataset.key, target.value); choose(group.dataset.key, target.value); }
    else if (target === oneByOne) { seen = seen ? 0 : 1; reveal(); }
    else if (target === more) { seen += 1; reveal()?.scrollIntoView({ block: "nearest" }); }
  });

  const detail = derivgen.chosen("detail");
  if (detail) choose("detail", detail);
  seen = Number.parseInt(new URLSearchParams(location.hash.slice(1)).get("step"), 10) || 0;
  controls.hidden = false;
  show();
})();
