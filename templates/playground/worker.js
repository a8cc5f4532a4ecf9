// Derives in the background: Python in WebAssembly with derivgen beside it, all from the folder of this file.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = (name) => new URL(name, import.meta.url);
const options = { indexURL: here("pyodide/").href };

// Python as it was when it had derived once; where nobody has kept that, or it cannot be taken up, Python begins anew.
async function begun() {
  const answer = await fetch(here("derivgen.memory"));
  if (!answer.ok || answer.headers.get("Content-Length") === "0") return loadPyodide(options);
  const packed = answer.body.pipeThrough(new DecompressionStream("gzip"));
  const memory = new Response(packed).arrayBuffer().then((bytes) => new Uint8Array(bytes));
  return taken(memory).catch(() => loadPyodide(options));
}

// Pyodide begins with less room than what was kept may need, and does not ask for more: what it starts is made larger.
async function taken(memory) {
  const { instantiate, instantiateStreaming } = WebAssembly;
  const roomy = (start) => async (...given) => {
    const made = await start.apply(WebAssembly, given);
    const own = (made.instance ?? made).exports?.memory;
    const missing = own ? Math.ceil(((await memory).length - own.buffer.byteLength) / 65536) : 0;
    if (missing > 0) own.grow(missing);
    return made;
  };
  Object.assign(WebAssembly, { instantiate: roomy(instantiate), instantiateStreaming: roomy(instantiateStreaming) });
  try {
    const python = await loadPyodide({ ...options, _loadSnapshot: memory });
    postMessage({ stage: "memory" });
    return python;
  } finally {
    Object.assign(WebAssembly, { instantiate, instantiateStreaming });
  }
}

const started = (async () => {
  const [python, code] = await Promise.all([begun(), fetch(here("derivgen.zip")).then((answer) => answer.arrayBuffer())]);
  python.unpackArchive(code, "zip", { extractDir: "/derivgen" });
  python.runPython("import sys; '/derivgen' in sys.path or sys.path.insert(0, '/derivgen'); sys.setrecursionlimit(1000)");
  const answered = python.runPython("from derivgen.browser.session import answered; answered");
  postMessage({ stage: "checks" }); // what is typed can be checked; the rest is read while the reader types
  python.runPython("import derivgen.browser.page");
  postMessage({ stage: "ready" });
  return answered;
})();

addEventListener("message", async ({ data: { id, message } }) => {
  try {
    const answered = await started;
    postMessage({ id, answer: answered(message) });
  } catch (error) {
    postMessage({ id, bug: String(error).split("\n").slice(-3).join("\n") });
  }
});
