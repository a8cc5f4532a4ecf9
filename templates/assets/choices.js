// What a reader chose, by the address or earlier.
const state = document.documentElement.dataset;
const asked = new URLSearchParams(location.hash.slice(1));
const chosen = {};
const CHOICES = { theme: /^(light|dark)$/, keys: /^off$/, layout: /^(numerator|denominator|both)$/, detail: /^(brief|standard|detailed)$/ };
for (const key in CHOICES) {
  let earlier;
  try { earlier = localStorage["derivgen-" + key]; } catch {} // may be forbidden
  chosen[key] = [asked.get(key), earlier].find((value) => CHOICES[key].test(value));
  // A page without a choice has no such attribute.
  if (chosen[key] && (key in state || /theme|keys/.test(key))) state[key] = chosen[key];
}
// Formulas and all below them wait for their font, 2 s at most: nothing moves.
state.waits = "";
const shown = Promise.race([
  document.fonts.load("1em Derivgen Math", document.currentScript.dataset.letters),
  new Promise((done) => setTimeout(done, 2e3)),
]).finally(() => delete state.waits);
