"""Python's search for circular garbage, paused while millions of small things that live to the end are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Pause the search inside: what a large file becomes holds no circles, and looking through it again and again takes
    a sixth of the time. Counting of references goes on. Of several at once the first that began ends the pause."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
