// What a reader has chosen, by the address or earlier, before anything is seen.
const state = document.documentElement.dataset;
const asked = new URLSearchParams(location.hash.slice(1));
const chosen = {};
const CHOICES = { theme: /^(light|dark)$/, keys: /^off$/, layout: /^(numerator|denominator|both)$/, detail: /^(brief|standard|detailed)$/ };
const stored = (key) => {
  try { return localStorage["derivgen-" + key]; } catch { return null; } // a browser may keep nothing
};
for (const key in CHOICES) {
  chosen[key] = [asked.get(key), stored(key)].find((value) => CHOICES[key].test(value));
  // A page without a choice has no such attribute.
  if (chosen[key] && (key in state || /theme|keys/.test(key))) state[key] = chosen[key];
}
