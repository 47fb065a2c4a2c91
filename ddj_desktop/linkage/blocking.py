"""Candidate pairs: mentions that share a key in any pass, each pair once, blocks capped by what n allows."""

from __future__ import annotations

import numpy as np

from ddj_desktop.linkage.keys import Pass, key_parts
from ddj_desktop.linkage.standardise import combined
from ddj_desktop.linkage.types import Ints, Pairs, Standard
from ddj_desktop.store.lane import Lane

PAIRS_A_MENTION = 12
"""Pairs one pass may give, for each mention. Blocks are taken from the smallest up, so the cap adapts to n:
keys that grow with the square of n (a birth date alone) lose their largest blocks, and only those."""
PAIRS_ALWAYS = 150_000
"""Pairs any pass may give however few the mentions: a small file is compared without loss."""

COMPARED_IN_FULL = 1_500
"""Mentions up to which every pair is compared, blocked or not."""

_JOIN = (
    "SELECT a.mention AS l, b.mention AS r, bit_or(1::BIGINT << a.pass) AS passes FROM block_key AS a "
    "JOIN block_key AS b USING (pass, key) WHERE a.mention < b.mention GROUP BY ALL ORDER BY ALL"
)
_EVERY = (
    "SELECT l.mention AS l, r.mention AS r, coalesce(passes, 0) AS passes FROM linkable AS l JOIN linkable AS r "
    f"ON l.mention < r.mention LEFT JOIN ({_JOIN}) AS b ON b.l = l.mention AND b.r = r.mention ORDER BY 1, 2"
)


def candidate_pairs(standard: Standard, passes: list[Pass], scratch: Lane) -> Pairs:
    """Every pair of linkable mentions that some pass brings together. The scratch lane sees only numbers."""
    parts = key_parts(standard)
    scratch.run("CREATE OR REPLACE TABLE block_key (pass INTEGER, key BIGINT, mention BIGINT)")
    scratch.run("CREATE OR REPLACE TABLE linkable (mention BIGINT)")
    scratch.append("linkable", {"mention": np.flatnonzero(standard.linkable)})
    second_chance = combined(parts.surname_start + 1, parts.given_start + 1, parts.year + 1)
    for number, blocking in enumerate(passes):
        mention, key = _entries(blocking.keys(parts), standard)
        mention, key = _capped(mention, key, second_chance, standard.size)
        scratch.append("block_key", {"pass": np.full(len(key), number, np.int32), "key": key, "mention": mention})
    found = scratch.columns(_EVERY if standard.size <= COMPARED_IN_FULL else _JOIN)
    scratch.run("DROP TABLE block_key")
    return Pairs(*(np.asarray(found[name], np.int64) for name in ("l", "r", "passes")))


def _entries(columns: list[Ints], standard: Standard) -> tuple[Ints, Ints]:
    """All (mention, key) entries of a pass, each once."""
    mentions, keys = [], []
    for column in columns:
        at = np.flatnonzero((column >= 0) & standard.linkable)
        mentions.append(at)
        keys.append(column[at])
    key, mention = np.concatenate(keys), np.concatenate(mentions)
    order = np.lexsort((mention, key))
    key, mention = key[order], mention[order]
    first = np.ones(len(key), np.bool_)
    first[1:] = (key[1:] != key[:-1]) | (mention[1:] != mention[:-1])
    return mention[first], key[first]


def _capped(mention: Ints, key: Ints, second_chance: Ints, size: int) -> tuple[Ints, Ints]:
    """The entries of blocks within the pass's allowance; those of larger blocks by a finer key, if that fits."""
    allowance = max(PAIRS_ALWAYS, PAIRS_A_MENTION * size)
    kept = _within(key, allowance)
    if kept.all():
        return mention, key
    finer = combined(key[~kept], second_chance[mention[~kept]])
    again = _within(finer, allowance)
    above = int(key.max()) + 1
    return (
        np.concatenate([mention[kept], mention[~kept][again]]),
        np.concatenate([key[kept], finer[again] + above]),
    )


def _within(key: Ints, allowance: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """True for entries of blocks small enough that all blocks of that size and below stay within the allowance."""
    _, block, sizes = np.unique(key, return_inverse=True, return_counts=True)
    pairs_by_size = np.bincount(sizes, minlength=2) * (np.arange(max(len(np.bincount(sizes)), 2)) ** 2) // 2
    within = np.cumsum(pairs_by_size) <= allowance
    return np.asarray(within[sizes][block] & (sizes[block] > 1) | (sizes[block] == 1), np.bool_)
