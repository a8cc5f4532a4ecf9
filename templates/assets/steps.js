// What a reader may choose on a page of steps, and copy from it.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const add = (html, parent) => parent.insertAdjacentHTML("beforeend", html);
add("<dialog></dialog><output></output>", document.body);
const [controls, oneByOne, next, dialog, told] = all(".controls, .one-by-one, .next, dialog, output");
const [more, count] = next.children;
const word = controls.dataset.word;
let seen = +asked.get("step"); // how many steps are shown; 0: all
let copies;

function show(place) {
  for (const one of all("[data-key] > *")) {
    const group = one.parentElement;
    one.ariaPressed = one.value === (state[group.dataset.key] ?? group.children[0].value);
  }
  for (const step of all(".later")) step.classList.remove("later");
  const steps = all("main > .step").filter((step) => step.checkVisibility());
  if (seen) {
    seen = Math.min(Math.max(seen, steps.findIndex((step) => step.contains(place)) + 1), steps.length);
    for (const step of steps.slice(seen)) step.classList.add("later");
  }
  oneByOne.ariaPressed = seen > 0;
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
    if (part.matches("details")) part.open = true;
  }
  show(place);
};

const load = () => copies ?? new Promise((done) => {
  const script = { src: controls.dataset.copies, onload: () => done(copies) };
  document.head.append(Object.assign(document.createElement("script"), script));
});

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
    const [number] = all("b", step);
    number.innerHTML = `<a href="#${step.id}">${number.textContent}</a>`;
    add(`<button aria-label="LaTeX ${number.innerText}: ${word}" data-step="${step.id}">LaTeX</button>`, step);
  }
  all("main > .answer").forEach((answer, k) => add(`<button data-opens="${k}">${word}</button>`, answer));
}

onclick = async ({ target }) => {
  const { opens, step, text } = target.dataset, { key } = target.parentElement?.dataset ?? {};
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
    const steps = show(), at = steps.findIndex((step) => step.contains(target));
    const to = way + (at < 0 ? steps.findLastIndex((step) => step.getClientRects()[0]?.top < 50) : at);
    if (seen && to >= seen) more.click();
    steps[to]?.querySelector("b > a").focus();
    steps[to]?.scrollIntoView();
  } else if (one) {
    one.click();
    if (one.value) told.textContent = one.textContent;
    return false;
  }
};

if (chosen.detail) choose("detail", chosen.detail);
controls.hidden = false;
onhashchange();
