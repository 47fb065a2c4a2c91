"""What a training leaves: the model and how common values were. With it new records are matched as in a full run.

As long as the same training stands, the same two mentions weigh the same, however many others came since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ddj_desktop.linkage.frequency import ValueCounts
from ddj_desktop.linkage.model import FIELDS, Model, starting_model


@dataclass(frozen=True)
class Trained:
    """m, u and prior, and the people counted at each value. Holds digests of values, never a value."""

    model: Model
    counts: Mapping[str, ValueCounts]


def model_from_facts(facts: Mapping[str, object]) -> Model:
    """The model from what `Model.as_facts` gave. Raises KeyError where a field of today's program is missing: the
    training is then an older program's, and a new one is due."""
    model = starting_model()
    m, u, prior = facts["m"], facts["u"], facts["prior_bits"]
    if not isinstance(m, Mapping) or not isinstance(u, Mapping) or not isinstance(prior, int | float):
        raise KeyError("m, u and prior_bits")
    for field in FIELDS:
        for name, values in (("m", m), ("u", u)):
            if len(values[field.name]) != len(field.levels) + 1:
                raise KeyError(field.name)
            getattr(model, name)[field.name] = np.array(values[field.name], np.float64)
    model.prior = float(prior)
    model.most_by_names = float(str(facts["most_by_names_bits"]))
    model.families = bool(facts["families"])
    return model
