"""The order of the line, actions, jobs, lists for screens, the made-up county."""
