// What a reader has chosen, by the address of the page or on an earlier one: known before anything is seen.
"use strict";
const derivgen = {
  values: {
    theme: ["auto", "light", "dark"],
    layout: ["numerator", "denominator", "both"],
    detail: ["brief", "standard", "detailed"],
    keys: ["on", "off"],
  },
  stored(key, value) {
    try {
      if (value) localStorage.setItem(`derivgen-${key}`, value);
      return localStorage.getItem(`derivgen-${key}`);
    } catch { return null; } // a browser may keep nothing
  },
  chosen(key) {
    const asked = new URLSearchParams(location.hash.slice(1)).get(key);
    return [asked, this.stored(key)].find((value) => this.values[key].includes(value));
  },
  // A page without a choice of layouts or of detail has none of their attributes.
  choose(key, value) {
    const state = document.documentElement.dataset;
    if (value && (key in state || key === "theme")) state[key] = value;
  },
};
for (const key of ["theme", "layout", "detail"]) derivgen.choose(key, derivgen.chosen(key));
