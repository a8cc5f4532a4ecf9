"""The page on which readers derive: its program without a browser, then in Chromium over a server of this machine."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from derivgen.browser.session import answered
from derivgen.project.build import BuildOptions, built
from derivgen.project.compiling import compiled
from derivgen.project.playground import bundle, playground_files
from derivgen.project.projects import project_of
from derivgen.project.pyodide import COMPILED, MEMORY, NAMED, PYODIDE, compiled_as, found_pyodide, remembered_as
from tests.browser import CHROMIUM, Browser, browser
from tests.nodefiles import AXE, VIOLATIONS
from tests.test_browser import REFLOW

ROOT = Path(__file__).parents[1]
NODE = ROOT / ".venv/node_modules/pyodide"
SPEC = "title: The square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
QUADRATIC = {"functions": "f: x.T @ A @ x", "variables": "x: vector(n)\nA: matrix(n, n)", "asked": "f wrt x"}
PATIENCE = 120.0


def asked(do: str, **fields: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answered(json.dumps({"do": do, **QUADRATIC, **fields})))
    return found


def test_a_problem_is_worked_out_in_both_layouts() -> None:
    found = asked("derive")
    assert found["faults"] == []
    # Magnus and Neudecker (2019), table 9.1: the derivative of x'Ax is x'(A + A').
    assert {one["layout"]: one["text"] for one in found["answers"]} == {
        "numerator": "x.T @ (A + A.T)",
        "denominator": "(A + A.T) @ x",
    }
    assert "<math" in found["html"]
    assert r"\begin{align*}" in found["latex"]


def test_what_can_be_copied_as_a_spec_is_the_same_problem(tmp_path: Path) -> None:
    from derivgen import load_spec

    path = tmp_path / "copied.yaml"
    path.write_text(asked("derive", assume="A invertible")["spec"], "utf-8")
    (found,) = load_spec(path)
    assert found.request == "f wrt x"


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"functions": "f: x.T @ A @ y"}, ("functions", 1, 14)),
        ({"functions": "f: x.T @ A @ x\ng: sin("}, ("functions", 2, 7)),
        ({"variables": "x: vector(n)\nA: matrix(n"}, ("variables", 2, 10)),
        ({"variables": "x vector(n)"}, ("variables", 1, 1)),
        ({"asked": "f wrt q"}, ("asked", 1, 7)),
    ],
)
def test_a_fault_has_its_place_in_the_form(fields: dict[str, str], place: tuple[str, int, int]) -> None:
    for do in ("check", "derive"):
        places = [(one["field"], one["line"], one["column"]) for one in asked(do, **fields)["faults"]]
        assert place in places


def test_an_answer_is_judged_in_the_words_of_the_grader() -> None:
    assert asked("judge", answer="(A + A.T) @ x", layout="denominator")["verdict"] == "correct"
    other = asked("judge", answer="x.T @ (A + A.T)", layout="denominator")
    assert other["verdict"] == "other_layout"
    assert "in the other layout" in other["sentence"]
    assert asked("judge", answer="2*A @ x", layout="denominator")["mistake"] == "assumed_symmetric"
    assert asked("judge", answer="(A + A.T) @ x", layout="denominator", language="de")["sentence"] == "Richtig."


@pytest.mark.parametrize(
    "typed", ["f: " + "x.T @ x + " * 900 + "1", "f: " + "(" * 400 + "x" + ")" * 400, "f: " + "sin(" * 90]
)
def test_what_is_too_much_is_told_at_once(typed: str) -> None:
    begun = time.process_time()
    assert asked("derive", functions=typed)["faults"]
    assert time.process_time() - begun < 10


def test_what_is_typed_is_never_markup() -> None:
    # A name may be any word; what a condition or a fault repeats of the text is text for the page.
    sly = asked("derive", functions="f: x.T @ A @ x", assume="<script>alert(1)</script>")
    assert "<script>" in sly["faults"][0]["source"]
    assert "html" not in sly
    assert "<script" not in asked("derive")["html"]


def test_the_program_to_copy_computes_the_derivative() -> None:
    programs = asked("derive")["numpy"].split("import numpy as np")[1:]
    x, matrix = np.array([1.0, 2.0]), np.array([[1.0, 2.0], [3.0, 4.0]])
    for program in programs:
        scope: dict[str, Any] = {"np": np}
        exec(program, scope)  # noqa: S102  # our own output
        # By hand: (A + A.T) x = [[2, 5], [5, 8]] [1, 2].
        assert np.ravel(scope["derivative"](x.reshape(2, 1), matrix)).tolist() == [12.0, 21.0]


def test_a_method_that_is_chosen_stands_in_the_spec() -> None:
    assert "methods: [components]" in asked("check", method="components")["spec"]


def test_the_bundle_is_all_that_is_needed_and_the_same_each_time(tmp_path: Path) -> None:
    data = bundle()
    assert data == bundle()
    zipfile.ZipFile(BytesIO(data)).extractall(tmp_path / "code")
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1])\n"
        "from derivgen.browser.session import answered\n"
        "made = json.loads(answered(sys.argv[2]))\n"
        "assert 'sympy' not in sys.modules and 'yaml' not in sys.modules\n"
        "print(made['answers'][1]['text'])"
    )
    message = json.dumps({"do": "derive", **QUADRATIC})
    # Without site-packages: nothing but the bundle and the standard library.
    command = [sys.executable, "-I", "-S", "-c", program, str(tmp_path / "code"), message]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "(A + A.T) @ x\n"


def test_pyodide_is_looked_for_where_npm_puts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAMED, raising=False)
    assert found_pyodide(tmp_path / "course") is None
    folder = tmp_path / "node_modules/pyodide"
    folder.mkdir(parents=True)
    for name in PYODIDE[1:]:
        (folder / name).touch()
    assert found_pyodide(tmp_path / "course") is None  # one file is missing
    (folder / PYODIDE[0]).touch()
    assert found_pyodide(tmp_path / "course") == folder


# Compiled before a reader comes


def test_compiling_says_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAMED, raising=False)
    (told,) = compiled(tmp_path)
    assert told.status == 1
    assert "npm install pyodide" in told.messages[0]
    folder = tmp_path / "node_modules/pyodide"
    folder.mkdir(parents=True)
    for name in PYODIDE:
        (folder / name).write_text("none of JavaScript's words", "utf-8")
    monkeypatch.setenv("PATH", str(tmp_path))
    (told,) = compiled(tmp_path)
    assert told.status == 3
    assert "Node.js" in told.messages[0]
    monkeypatch.undo()
    monkeypatch.delenv(NAMED, raising=False)
    if shutil.which("node"):
        (told,) = compiled(tmp_path)
        assert told.status == 3
        assert "SyntaxError" in told.messages[0]
    assert sorted(path.name for path in folder.iterdir()) == sorted(PYODIDE)


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Pyodide, and derivgen compiled beside it."""
    if not (NODE / PYODIDE[2]).is_file() or shutil.which("node") is None:
        pytest.skip("Pyodide or Node.js is missing")
    folder = tmp_path_factory.mktemp("npm") / "node_modules/pyodide"
    folder.mkdir(parents=True)
    for name in (*PYODIDE, "package.json"):
        shutil.copy(NODE / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(NAMED, raising=False)
        (told,) = compiled(folder.parents[1])
    assert told.status == 0, told.messages
    return folder


def test_a_build_takes_what_was_compiled_of_this_very_program(pyodide: Path, tmp_path: Path) -> None:
    shutil.copytree(pyodide, tmp_path, dirs_exist_ok=True)
    taken = playground_files(tmp_path)["playground/derivgen.zip"]
    assert taken == (pyodide / COMPILED).read_bytes()
    with zipfile.ZipFile(BytesIO(taken)) as archive, zipfile.ZipFile(BytesIO(bundle())) as sources:
        names = {f"{name}c" if name.endswith(".py") else name for name in sources.namelist()}
        assert set(archive.namelist()) == names
    # Pyodide is another one now: what its Python has compiled may not be what this one reads.
    (tmp_path / "package.json").write_text('{"version": "0"}', "utf-8")
    assert playground_files(tmp_path)["playground/derivgen.zip"] == bundle()
    assert len(compiled_as(tmp_path)) == 64 == len(remembered_as(tmp_path))
    (tmp_path / COMPILED).write_bytes(taken[:1000])
    assert playground_files(tmp_path)["playground/derivgen.zip"] == bundle()


def test_a_build_takes_a_memory_of_this_very_program(pyodide: Path, tmp_path: Path) -> None:
    shutil.copytree(pyodide, tmp_path, dirs_exist_ok=True)
    taken = playground_files(tmp_path)["playground/derivgen.memory"]
    assert b"derivgen.browser.session" in gzip.decompress(taken)
    (tmp_path / "package.json").write_text('{"version": "0"}', "utf-8")
    assert playground_files(tmp_path)["playground/derivgen.memory"] == b""
    (tmp_path / MEMORY).unlink()
    assert remembered_as(tmp_path) == ""
    assert playground_files(tmp_path)["playground/derivgen.memory"] == b""


# In a browser


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that notes what it is asked for."""

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, pyodide: Path) -> Iterator[Path]:
    """A small site with the page."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing")
    folder = tmp_path_factory.mktemp("playground")
    (folder / "specs").mkdir()
    (folder / "specs/square.yaml").write_text(SPEC, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NAMED, str(pyodide))
        patch.chdir(folder)
        project_of.cache_clear()
        assert max(told.status for told in built((), BuildOptions(folder / "build", ("html",), "none", 1))) == 0
    yield folder / "build/site"
    project_of.cache_clear()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def page(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as chromium:
        yield Page(chromium, address)


class Page:
    """The page in a tab."""

    def __init__(self, tab: Browser, address: str) -> None:
        self.tab, self.address = tab, address
        tab.ask("Network.enable")

    def visit(self, path: str) -> None:
        self.tab.ask("Page.navigate", url="about:blank")
        self.tab.ask("Page.navigate", url=self.address + path)
        self.until(
            lambda: self.tab.run("document.readyState === 'complete' && !!document.querySelector('form.problem')")
        )

    def until(self, found: Callable[[], Any]) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if result := found():
                return result
            time.sleep(0.1)
        raise AssertionError(self.tab.run("document.body.innerText"))

    def type(self, field: str, text: str) -> None:
        event = "new Event('input', {bubbles: true})"
        found = f"document.querySelector('form.problem [name={field}]')"
        self.tab.run(f"{found}.value = {json.dumps(text)}; {found}.dispatchEvent({event})")

    def click(self, selector: str) -> None:
        self.tab.run(f"document.querySelector({json.dumps(selector)}).click()")

    def looks(self) -> list[str]:
        """What axe finds and what is cut off, in both colour schemes, on a desk and on a phone."""
        found = []
        for scheme, width in product(("light", "dark"), (1280, 320)):
            features = [{"name": "prefers-color-scheme", "value": scheme}]
            self.tab.ask("Emulation.setEmulatedMedia", features=features)
            self.tab.ask(
                "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
            )
            found += [f"{scheme}, {width} px: {fault}" for fault in (*self.tab.run(VIOLATIONS), *self.tab.run(REFLOW))]
        return found

    def text(self, selector: str) -> str:
        return str(self.tab.run(f"document.querySelector({json.dumps(selector)})?.textContent ?? ''"))


@pytest.mark.browser
@pytest.mark.slow
def test_from_the_click_to_the_derivation_and_back_by_its_link(page: Page) -> None:
    page.visit("playground.html")
    page.click("form.problem [type=submit]")
    page.until(lambda: "Product rule for differentials" in page.text("#result"))
    assert "SymPy, which checks the pages of this site, does not run here" in page.text(".made")
    # The layout that is chosen is the one that is shown.
    page.click(".made [data-key=layout] [value=denominator]")
    assert page.tab.run("document.documentElement.dataset.layout") == "denominator"

    page.tab.run("document.querySelector('.own [name=answer]').value = 'x.T @ (A + A.T)'")
    page.tab.run("document.querySelector('.own [name=layout]').value = 'denominator'")
    page.click(".own [type=submit]")
    page.until(lambda: "in the other layout: you gave" in page.text(".verdict"))

    page.type("functions", "f: x.T @ A @ y")
    page.until(lambda: "the name y is not declared" in page.text("#faults"))
    source, caret, *_ = page.text("#faults").split("\n")
    assert (source, caret.index("^")) == ("f: x.T @ A @ y", 13)
    assert page.tab.run("document.querySelector('[name=functions]').getAttribute('aria-invalid')") == "true"

    page.type("functions", "f: x.T @ A @ x + 3")
    page.click("form.problem [type=submit]")
    page.until(lambda: "%2B+3&" in page.tab.run("location.hash") and page.text("form.problem [role=status]") == "Done.")
    link = page.tab.run("location.href")
    page.visit(link.removeprefix(page.address))
    assert page.tab.run("document.querySelector('[name=functions]').value") == "f: x.T @ A @ x + 3"


STAGES = """globalThis.stages = []; new MutationObserver(() => stages.push(document.documentElement.dataset.playground))
  .observe(document.documentElement, {attributes: true, attributeFilter: ["data-playground"]})"""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    ("kept", "stages"),
    [
        (lambda memory: memory, ["memory", "checks", "ready"]),
        (lambda memory: memory[: len(memory) // 2], ["checks", "ready"]),
        (lambda _memory: b"", ["checks", "ready"]),
    ],
    ids=["whole", "broken off", "none"],
)
def test_python_begins_with_what_was_kept_or_anew(
    page: Page, site: Path, kept: Callable[[bytes], bytes], stages: list[str]
) -> None:
    file = site / "playground/derivgen.memory"
    memory = file.read_bytes()
    file.write_bytes(kept(memory))
    try:
        page.tab.ask("Network.setCacheDisabled", cacheDisabled=True)
        page.visit("playground.html")
        page.tab.run(STAGES)
        page.click("form.problem [type=submit]")
        page.until(lambda: "Product rule for differentials" in page.text("#result"))
        seen = page.tab.run("stages")
    finally:
        file.write_bytes(memory)
    assert seen == stages


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(AXE is None, reason="needs axe-core: npm install axe-core")
def test_axe_finds_no_violation_in_any_state_of_the_page(page: Page) -> None:
    assert AXE is not None
    page.visit("playground.html")
    page.tab.run(AXE.read_text(encoding="utf-8") + "; null")
    assert page.looks() == []  # before a click
    page.click("form.problem [type=submit]")
    page.until(lambda: "Product rule for differentials" in page.text("#result"))
    page.click(".own [type=submit]")
    page.until(lambda: page.text(".verdict"))
    page.type("functions", "f: x.T @ A @ y")
    page.until(lambda: "the name y is not declared" in page.text("#faults"))
    page.tab.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.looks() == []  # with a derivation, a verdict and a fault


def is_of_worker(message: dict[str, Any]) -> bool:
    return message.get("method") == "Target.attachedToTarget" and message["params"]["targetInfo"]["type"] == "worker"


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_is_asked_of_another_place(address: str, tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as chromium:
        page = Page(chromium, address)
        page.visit("playground.html")
        chromium.ask("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        page.click("form.problem [type=submit]")
        attached = chromium.awaited(is_of_worker)["params"]
        own, chromium.tab = chromium.tab, attached["sessionId"]
        chromium.ask("Network.enable")
        chromium.ask("Runtime.runIfWaitingForDebugger")
        chromium.tab = own
        page.until(lambda: page.text("#result"))
        sent = [one for one in chromium.waiting if one.get("method") == "Network.requestWillBeSent"]
    asked_for = {one["params"]["request"]["url"] for one in sent}
    assert f"{address}playground/derivgen.zip" in asked_for  # what the worker asks for is seen
    assert all(url.startswith((address, "data:", "about:", "blob:")) for url in asked_for)


@pytest.mark.browser
@pytest.mark.slow
def test_a_derivation_can_be_stopped_and_another_one_begun(page: Page) -> None:
    page.visit("playground.html")
    page.click("form.problem [type=submit]")
    page.click(".cancel")
    assert page.text("form.problem [role=status]") == "Stopped."
    page.click("form.problem [type=submit]")
    page.until(lambda: page.text("#result"))


def test_without_pyodide_no_page_leads_to_the_playground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMED, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/square.yaml").write_text(SPEC, "utf-8")
    project_of.cache_clear()
    assert max(told.status for told in built((), BuildOptions(Path("build"), ("html",), "none", 1))) == 0
    assert not Path("build/site/playground.html").exists()
    assert "playground" not in Path("build/site/index.html").read_text("utf-8")
    project_of.cache_clear()
