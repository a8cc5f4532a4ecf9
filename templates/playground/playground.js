// The page on which a reader derives: the form, the worker behind it, and what comes out.
"use strict";
(() => {
  const $ = (selector) => document.querySelector(selector);
  const form = $("form.problem"), own = $("form.own"), made = $(".made"), status = form.querySelector("[role=status]");
  const faults = $("#faults"), cancel = $(".cancel"), fields = ["functions", "variables", "asked", "assume", "method"];
  const LIMIT = 20000, PAUSE = 350;
  let worker = null, ready = null, asked = 0, pause = 0, last = null, derived = 0, checked = 0;
  const waiting = new Map();

  if (location.protocol === "file:") { $(".from-disk").hidden = false; return; }
  form.hidden = false;

  const say = (name) => { status.textContent = name ? status.dataset[name] : ""; };

  function start() {
    if (worker) return;
    worker = new Worker(new URL("playground/worker.js", document.baseURI), { type: "module" });
    ready = new Promise((done) => {
      worker.addEventListener("message", ({ data: { stage, id, ...told } }) => {
        if (stage) document.documentElement.dataset.playground = stage;
        if (stage === "ready") done();
        const answer = waiting.get(id);
        waiting.delete(id);
        answer?.(told);
      });
    });
    worker.addEventListener("error", () => stop("bug"));
  }

  function stop(why) {
    worker?.terminate();
    worker = null;
    derived += 1; // what was asked for before is not shown any more
    delete document.documentElement.dataset.playground;
    waiting.clear();
    idle(why);
  }

  function idle(word) { cancel.hidden = true; say(word); }

  // What the worker answers; nothing where it was stopped before. Reading the program in takes its time once: the limit
  // is for each question.
  function ask(message) {
    start();
    asked += 1;
    const id = asked;
    ready.then(() => setTimeout(() => { if (waiting.has(id)) stop("long"); }, LIMIT));
    return new Promise((done) => { waiting.set(id, done); worker.postMessage({ id, message: JSON.stringify(message) }); });
  }

  function typed() { return Object.fromEntries(fields.map((name) => [name, form.elements[name].value])); }

  function show(found) {
    faults.replaceChildren();
    for (const name of fields) form.elements[name].removeAttribute("aria-invalid");
    for (const fault of found) {
      const box = document.createElement("pre");
      const caret = fault.source ? `${fault.source}\n${" ".repeat(fault.column - 1)}${"^".repeat(Math.max(1, fault.end - fault.column))}\n` : "";
      box.textContent = caret + fault.text;
      faults.append(box);
      form.elements[fault.field]?.setAttribute("aria-invalid", "true");
    }
  }

  async function check() {
    checked += 1;
    const mine = checked;
    const { answer } = await ask({ do: "check", ...typed() });
    if (answer && mine === checked) show(JSON.parse(answer).faults);
  }

  async function derive() {
    const problem = typed();
    clearTimeout(pause);
    [derived, checked] = [derived + 1, checked + 1];
    const [mine, typing] = [derived, checked];
    say(document.documentElement.dataset.playground === "ready" ? "working" : "loading");
    cancel.hidden = false;
    const { answer, bug } = await ask({ do: "derive", language: document.documentElement.lang, ...problem });
    if (mine !== derived) return; // another one was asked for meanwhile
    idle(bug ? "bug" : "");
    if (bug) { show([{ text: bug, field: "", source: "" }]); made.hidden = true; return; }
    const found = JSON.parse(answer);
    if (typing === checked) show(found.faults); // else there is a newer text, with faults of its own
    made.hidden = found.faults.length > 0;
    if (made.hidden) return;
    last = { ...found, link: link(problem) };
    $("#result").innerHTML = found.html; // made by derivgen's templates, which escape all that is typed
    history.replaceState(null, "", last.link);
    $(".verdict").textContent = "";
    say("done");
  }

  function link(problem) {
    const kept = Object.entries(problem).filter(([, value]) => value);
    return `${location.href.split("#")[0]}#${new URLSearchParams(kept)}`;
  }

  function fill(from) {
    for (const name of fields) if (from[name] !== undefined) form.elements[name].value = from[name];
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); derive(); });
  form.addEventListener("input", () => { clearTimeout(pause); if (worker) pause = setTimeout(check, PAUSE); });
  cancel.addEventListener("click", () => stop("stopped"));
  $(".examples").addEventListener("click", ({ target }) => {
    if (target.dataset.asked) { fill({ assume: "", method: "", ...target.dataset }); if (worker) derive(); }
  });

  $(".copies").addEventListener("click", async ({ target }) => {
    const what = target.dataset.copy;
    if (!what || !last) return;
    const named = (layout) => $(`.made [data-key=layout] [value=${layout}]`).textContent;
    const answers = last.answers.map((one) => `${one.asked} (${named(one.layout)}, ${one.shape}): ${one.text}`).join("\n");
    const texts = { ...last, answers };
    try { await navigator.clipboard.writeText(texts[what]); say("copied"); } catch { prompt(target.textContent, texts[what]); }
  });

  $(".made .controls").addEventListener("click", ({ target }) => {
    const key = target.closest("[data-key]")?.dataset.key;
    if (!key || !target.value) return;
    document.documentElement.dataset[key] = target.value;
    try { localStorage[`derivgen-${key}`] = target.value; } catch { /* a browser may keep nothing */ }
    press();
  });

  function press() {
    for (const group of document.querySelectorAll(".made .controls [data-key]")) {
      const chosen = document.documentElement.dataset[group.dataset.key];
      for (const button of group.children) button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  }

  own.addEventListener("submit", async (event) => {
    event.preventDefault();
    const verdict = $(".verdict");
    const asked = { ...typed(), answer: own.elements.answer.value, layout: own.elements.layout.value };
    const { answer, bug } = await ask({ do: "judge", language: document.documentElement.lang, ...asked });
    const found = bug ? { faults: [{ text: bug }] } : JSON.parse(answer);
    verdict.textContent = found.faults.length ? found.faults[0].text : found.sentence;
    verdict.dataset.verdict = found.verdict ?? "";
  });

  fill(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
  press();
})();
