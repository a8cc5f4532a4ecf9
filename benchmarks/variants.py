"""Prints how many checked variants a second one process draws, for exercises of several kinds.

Run it from the root of the repository: `python benchmarks/variants.py [SECONDS]`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from derivgen.homework.drawing import drawers_of
from derivgen.homework.sampler import Stream, seed_of
from derivgen.spec.homework.sheet import Sheet, load_sheet
from derivgen.spec.project import Project

SHEET = """\
homework: Speed
seed: speed
exercises:
  - id: quadratic
    parameters: {c: {integer: [-900, 900]}, d: {integer: [-900, 900]}}
    variables: {x: vector(n), A: "matrix(n, n)", b: vector(n)}
    functions:
      f: "{c}*x.T @ A @ x + {d}*b.T @ x"
    ask: f wrt x
  - id: neuron
    parameters: {c: {integer: [1, 3]}, d: {integer: [-3, 3]}, g: {function: [sigmoid, tanh]}, e: {integer: [-900, 900]}}
    variables: {x: vector(n), w: vector(n)}
    functions:
      z: "{c}*w.T @ x + {d}"
      f: "{e}*{g}(z)"
    ask: f wrt w
  - id: scalar
    parameters: {c: {integer: [2, 900]}, d: {integer: [2, 900]}, p: {integer: [2, 6]}}
    variables: {x: scalar}
    functions:
      f: "{c}*exp({d}*x) + x**{p}"
    ask: f wrt x
  - id: logdet
    parameters: {c: {integer: [2, 900]}, d: {integer: [-900, 900]}}
    variables: {X: "matrix(n, n)", A: "matrix(n, n)"}
    functions:
      f: "{c}*logdet(X) - {d}*tr(A @ X)"
    assume: [det(X) > 0]
    ask: f wrt X
  - id: numbers
    parameters: {M: {matrix: [2, 2], entries: [-9, 9], require: [invertible, not symmetric]}}
    variables: {x: vector(2)}
    functions:
      f: "{M} @ sigmoid(x)"
    ask: f wrt x
  - id: hessian
    parameters: {c: {integer: [2, 900]}, d: {integer: [2, 900]}}
    variables: {x: vector(n), A: symmetric(n)}
    functions:
      f: "{c}*x.T @ A @ x + {d}*norm(x)**2"
    ask: f wrt x twice
  - id: choice
    parameters: {c: {integer: [2, 900]}, d: {integer: [2, 900]}}
    variables: {x: vector(n), A: "matrix(n, n)", b: vector(n)}
    functions:
      f: "{c}*x.T @ A @ x + {d}*b.T @ x"
    ask: [{derivative: f wrt x, answer: choice}]
"""


def main(seconds: float) -> None:
    """Draw from each exercise for so many seconds."""
    for name, drawer in drawers_of(_sheet()).items():
        stream = Stream(seed_of("speed", name))
        drawer.judged(drawer.values(stream))
        start, count = time.process_time(), 0
        while time.process_time() - start < seconds:
            drawer.judged(drawer.values(stream))
            count += 1
        rate = count / (time.process_time() - start)
        sys.stdout.write(
            f"{name}: {rate:.0f} draws a second, {drawer.tally.kept} kept, {dict(drawer.tally.rejected)}\n"
        )


def _sheet() -> Sheet:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speed.yaml"
        path.write_text(SHEET, encoding="utf-8")
        found = load_sheet(path, Project(Path(folder)))
    if found.sheet is None or found.faults:
        raise SystemExit("\n".join(map(str, found.faults)))
    return found.sheet


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
