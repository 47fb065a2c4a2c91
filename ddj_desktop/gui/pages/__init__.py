"""One page for each stage of the work, named as the stages are."""
