// Derives in the background: Python in WebAssembly with derivgen beside it, all from the folder of this file.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const started = (async () => {
  const [python, code] = await Promise.all([
    loadPyodide({ indexURL: new URL("pyodide/", import.meta.url).href }),
    fetch(new URL("derivgen.zip", import.meta.url)).then((answer) => answer.arrayBuffer()),
  ]);
  python.unpackArchive(code, "zip", { extractDir: "/derivgen" });
  python.runPython("import sys; sys.path.insert(0, '/derivgen'); sys.setrecursionlimit(1000)");
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
