// What a reader may choose and copy.
const all = (selector) => [...document.querySelectorAll(selector)];
const add = (html, parent) => parent.insertAdjacentHTML("beforeend", html);
const [controls, oneByOne, next, dialog, told] = all(".controls, .one-by-one, .next, dialog, output");
const [more, count] = next.children;
const { word, copies: src } = controls.dataset;
let copies;
let seen = +asked.get("step"); // steps shown; 0: all

function show(place) {
  for (const { children, dataset } of all("[data-key]")) {
    for (const one of children) one.ariaPressed = one.value === (state[dataset.key] ?? children[0].value);
  }
  for (const one of all(".later")) one.classList.remove("later");
  const steps = all("main > .step").filter((one) => one.checkVisibility());
  if (seen) {
    seen = Math.min(Math.max(seen, steps.findIndex((one) => one.contains(place)) + 1), steps.length);
    for (const one of steps.slice(seen)) one.classList.add("later");
  }
  oneByOne.ariaPressed = !!seen;
  next.hidden = !seen;
  more.ariaDisabled = seen === steps.length;
  count.textContent = count.dataset.words.replace("{0}", seen).replace("{1}", steps.length);
  place?.scrollIntoView();
  return steps;
}

function choose(key, value) {
  state[key] = value;
  if (key === "detail") for (const finer of all("details.finer")) finer.open = value === "detailed";
  show();
}

// What the address leads to is opened.
onhashchange = () => {
  const place = document.getElementById(location.hash.slice(1));
  for (let part = place; part; part = part.parentElement) {
    part.classList.add("asked");
    part.open = true;
  }
  show(place);
};

const load = () => copies ?? new Promise((onload) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload }));
}).then(load);

async function open(name) {
  dialog.innerHTML = (await load())[name];
  dialog.ariaLabel = dialog.firstChild.textContent;
  show();
  dialog.showModal();
}

async function copy(what, text) {
  dialog.close();
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = (await load()).copied.replace("{0}", what);
  } catch {
    await open("failed");
    all("textarea")[0].value = text;
  }
}

if (word) {
  for (const step of all(".step")) {
    const number = step.querySelector("b");
    number.innerHTML = `<a href="#${step.id}">${number.textContent}</a>`;
    add(`<button aria-label="LaTeX ${number.innerText}: ${word}" data-step="${step.id}">LaTeX</button>`, step);
  }
  all("main > .answer").forEach((answer, k) => add(`<button data-opens="${k}">${word}</button>`, answer));
}

onclick = async ({ target }) => {
  const { opens, step, text } = target.dataset, key = target.parentElement?.dataset.key;
  if (key) {
    choose(key, target.value);
    try { localStorage["derivgen-" + key] = target.value; } catch {}
  } else if (target === oneByOne) { seen = +!seen; show(); }
  else if (target === more) { seen++; show()[seen - 1].scrollIntoView({ block: "nearest" }); }
  else if (opens) open(opens);
  else if (step) copy("LaTeX", (await load())[step]);
  else if (text) copy(target.textContent, text);
  else if (target.matches("b > a")) copy(target.hash, target.href);
};

const KEYS = { l: "[data-key=layout]", d: "[data-key=detail]", "/": "[href$='search.html']", "?": "[data-opens=help]" };
onkeydown = ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey || state.keys === "off" || target.closest("dialog, input, select, textarea")) return;
  const way = { j: 1, k: -1 }[key];
  const [one] = [" [aria-pressed=true] + *", " > button", ""].flatMap((rest) => all(KEYS[key] + rest));
  if (way) {
    const steps = show(), at = steps.findIndex((one) => one.contains(target));
    const to = way + (at < 0 ? steps.findLastIndex((one) => one.getClientRects()[0]?.top < 50) : at);
    show(steps[to]);
    steps[to]?.querySelector("b > a").focus();
  } else if (one) {
    one.click();
    if (one.value) told.textContent = one.textContent;
    return false;
  }
};

shown.finally(() => {
  if (chosen.detail) choose("detail", chosen.detail);
  controls.hidden = false;
  onhashchange();
});
