"""Work on parts that have nothing to do with one another, done side by side on the machine's cores.

For work that is done in numpy, which lets other threads run meanwhile. The answer is the same for any number of
threads: results come in the order of the parts.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

THREADS = min(4, os.cpu_count() or 1)
"""Parts in work at once. More than four share the memory's width and gain nothing."""


def side_by_side(work: Callable[[Part], Result], parts: Iterable[Part]) -> Iterator[Result]:
    """What `work` makes of each part, in the order of the parts.

    Parts are taken no sooner than they can be begun, so that memory stays even. The first error ends it: parts not
    begun are left, and those in work are waited for.
    """
    rest = iter(parts)
    first = list(islice(rest, min(THREADS, 2)))
    alone, every = len(first) < 2, chain(first, rest)
    del first  # a part that is done is let go
    if alone:
        yield from map(work, every)
        return
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            for part in every:
                waiting.append(pool.submit(work, part))
                if len(waiting) > THREADS:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()
