"""Setting PDFs that waits for what is made beside them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from derivgen.project.run import Run
from derivgen.project.told import Told


def pdfs_after(order: list[str], seconds: float) -> Callable[[Run], Iterator[Told]]:
    """What sets PDFs: when something else is noted in `order`, or after so many seconds; then it is noted itself."""

    def pdfs(_: Run) -> Iterator[Told]:
        yield from ()
        deadline = time.monotonic() + seconds
        while not order and time.monotonic() < deadline:
            time.sleep(0.01)
        order.append("PDFs")

    return pdfs
