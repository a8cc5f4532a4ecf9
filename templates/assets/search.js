// The list of all pages, narrowed down by words, chapter, rule and shape; by an index of their texts where there is one.
"use strict";
(() => {
  const form = document.querySelector("form.search");
  const list = document.querySelector("ol.found");
  const status = form.querySelector("[role=status]");
  const box = form.elements.q;
  const filters = [...form.querySelectorAll("select")];
  const MOST = 40; // pages whose texts are fetched for one search
  let engine = null;
  let asked = null; // the engine on its way
  let turn = 0;

  // Small letters without accents; a formula is found by its words.
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const names = new Map([...form.querySelectorAll("[name=rule] option")].map(({ value, text }) => [value, text]));
  const pages = [...list.children].map((item) => {
    const formulas = [...item.querySelectorAll("math")].map((math) => math.getAttribute("alttext"));
    const rules = item.dataset.rule.split(" ").map((id) => names.get(id) ?? "");
    const words = [item.textContent, ...formulas, ...rules].join(" ");
    return { item, path: item.querySelector("a").pathname, words: folded(words) };
  });

  const chosen = () => filters.filter(({ value }) => value);
  // A chapter is one value with spaces in it, the others are lists of ids.
  const values = (item, name) => (name === "chapter" ? [item.dataset.chapter] : item.dataset[name].split(" "));
  const passes = ({ item }) => chosen().every(({ name, value }) => values(item, name).includes(value));

  function excerpt({ excerpt: text, sub_results: parts }) {
    const made = document.createElement("div");
    made.className = "excerpt";
    // Pagefind's own marks around the words that were found; all else in it is escaped.
    made.insertAdjacentHTML("beforeend", `<p>${text}</p>`);
    const steps = parts.filter(({ url }) => url.includes("#")).slice(0, 3);
    for (const { url, title } of steps) {
      const link = document.createElement("a");
      [link.href, link.textContent] = [url, title];
      made.append(link, " ");
    }
    return made;
  }

  function show(found) {
    list.querySelectorAll(".excerpt").forEach((part) => part.remove());
    pages.forEach(({ item }) => { item.hidden = true; });
    for (const { item, data } of found) {
      item.hidden = false;
      if (data) item.append(excerpt(data));
      list.append(item);
    }
    status.textContent = status.dataset.words.replace("{0}", found.length).replace("{1}", pages.length);
  }

  // Which page a result is, its text tells: where the list is narrowed down, every text is looked at.
  async function indexed(words) {
    const { results } = await engine.search(words);
    const data = await Promise.all(results.slice(0, chosen().length ? undefined : MOST).map((result) => result.data()));
    const path = ({ url }) => new URL(url, location.href).pathname;
    return data.flatMap((one) => pages
      .filter((page) => page.path === path(one) && passes(page)).map(({ item }) => ({ item, data: one })));
  }

  async function search() {
    const mine = ++turn;
    const words = box.value.trim();
    const wanted = folded(words).split(/\s+/).filter(Boolean);
    const named = pages.filter((page) => passes(page) && wanted.every((word) => page.words.includes(word)));
    let found = engine && words ? await indexed(words).catch(() => []) : [];
    if (mine !== turn) return;
    // What is found by its title or its rule counts, whatever the index says.
    found = [...found, ...named.filter(({ item }) => !found.some((one) => one.item === item))];
    show(found);
    const state = new URLSearchParams([["q", words], ...chosen().map(({ name, value }) => [name, value])]);
    try { history.replaceState(null, "", words || chosen().length ? `#${state}` : location.pathname); } catch { /* a disk */ }
  }

  // From a disk nothing can be fetched. The index comes when one begins to search.
  function load() {
    if (!form.dataset.index || location.protocol === "file:") return;
    const index = new URL(form.dataset.index, location.href).href;
    asked ??= import(index).then(async (found) => {
      const options = { baseUrl: new URL(".", location.href).pathname, excerptLength: 24 };
      await found.options({ ...options, noWorker: true });
      await found.init();
      await Promise.all(found.others.map((other) => found.mergeIndex(new URL(other, index).href, options)));
      engine = found;
      document.documentElement.dataset.search = "index";
      await search();
    }).catch(() => {});
  }

  const state = new URLSearchParams(location.hash.slice(1));
  for (const field of [box, ...filters]) field.value = state.get(field.name) ?? "";
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("focusin", load);
  form.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input, select")) { event.preventDefault(); box.focus(); }
  });
  form.hidden = false;
  if (state.size) load();
  search();
})();
