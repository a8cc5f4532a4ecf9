// What a reader may choose on a worked page: how much is shown, and one step at a time. All text is there without it.
"use strict";
(() => {
  const page = document.querySelector("main[data-detail]");
  const controls = page.querySelector(".controls");
  const next = page.querySelector(".next");
  const levels = [...controls.querySelectorAll("[data-to]")];
  const oneByOne = controls.querySelector(".one-by-one");
  const status = next.querySelector("[role=status]");
  const more = next.querySelector("button");
  const KEY = "derivgen-detail";
  let seen = 0; // how many steps are shown one by one; 0: all are

  // Each step with the headings before it and the pictures after it.
  const groups = [];
  let waiting = [];
  for (const part of page.children) {
    if (part.matches(".subgoal")) waiting.push(part);
    else if (part.matches(".step")) { groups.push([part, ...waiting]); waiting = []; }
    else if (part.matches("figure.beside") && groups.length) groups[groups.length - 1].push(part);
  }

  function store(value) {
    try {
      if (value) localStorage.setItem(KEY, value);
      return localStorage.getItem(KEY);
    } catch { return null; } // a browser may keep nothing
  }

  function reveal() {
    groups.flat().forEach((part) => part.classList.remove("later"));
    const steps = groups.filter(([step]) => getComputedStyle(step).display !== "none");
    seen = Math.min(seen, steps.length);
    if (seen) steps.slice(seen).flat().forEach((part) => part.classList.add("later"));
    oneByOne.setAttribute("aria-pressed", String(seen > 0));
    next.hidden = !seen;
    more.setAttribute("aria-disabled", String(seen >= steps.length));
    status.textContent = status.dataset.words.replace("{0}", seen).replace("{1}", steps.length);
    return seen ? steps[seen - 1][0] : null;
  }

  function choose(detail) {
    page.dataset.detail = detail;
    levels.forEach((level) => level.setAttribute("aria-pressed", String(level.dataset.to === detail)));
    page.querySelectorAll("details.finer").forEach((finer) => { finer.open = detail === "detailed"; });
    reveal();
  }

  controls.addEventListener("click", ({ target }) => {
    if (target.dataset.to) { store(target.dataset.to); choose(target.dataset.to); }
    else if (target === oneByOne) { seen = seen ? 0 : 1; reveal(); }
  });
  more.addEventListener("click", () => { seen += 1; reveal()?.scrollIntoView({ block: "nearest" }); });

  const asked = new URLSearchParams(location.hash.slice(1));
  const known = (detail) => levels.some((level) => level.dataset.to === detail);
  const detail = [asked.get("detail"), store()].find(known);
  if (detail) choose(detail);
  else levels.forEach((level) => level.setAttribute("aria-pressed", String(level.dataset.to === page.dataset.detail)));
  seen = Number.parseInt(asked.get("step"), 10) || 0;
  controls.hidden = false;
  reveal();
})();
