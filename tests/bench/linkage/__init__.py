"""How well matching does on labelled people: run `python -m tests.bench.linkage` from the project's root."""
