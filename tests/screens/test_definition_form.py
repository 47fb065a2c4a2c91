"""The definition form: every choice gives a rule that can be written, read and said."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ddj_desktop.cohort.rule import parse_rule
from ddj_desktop.cohort.templates import templates
from ddj_desktop.cohort.types import AtLeast, CountClause
from ddj_desktop.screens.definition_form import OFFERED, DefinitionForm, best_to_begin, offered, what_in_words

RULE = parse_rule(
    """
    name = "Ours"
    unit = "person"
    combine = "all"
    [[clause]]
    count = "contacts"
    sources = ["jail"]
    exclude = ["federal_hold"]
    op = ">="
    value = 4
    window = { trailing_months = 12 }
    [[clause]]
    count = "contacts"
    sources = ["ems"]
    op = ">="
    value = 2
    window = { trailing_days = 90 }
    [[clause]]
    attribute = "homeless"
    is = "yes"
    when = "any"
    unknown_counts = false
    window = { trailing_months = 24 }
    """
)
FORM = DefinitionForm(RULE, RULE)


def test_the_parts_of_a_rule_are_shown_to_be_changed() -> None:
    first, second, third = FORM.clauses
    assert (first.value, first.what, first.amount, first.unit) == (4, ("contacts", ("jail",)), 12, "months")
    assert first.left_out == ("federal_hold",)
    assert (second.amount, second.unit) == (90, "days")
    assert not third.can_change
    assert "homeless" in third.sentence


def test_a_change_is_a_change_until_it_is_undone() -> None:
    assert not FORM.changed
    assert FORM.value(0, 3).changed
    assert not FORM.value(0, 3).value(0, 4).changed


def test_changing_what_is_counted_keeps_the_rest() -> None:
    clause = FORM.what(0, ("days", ("jail",))).rule.clauses[0]
    assert isinstance(clause, CountClause)
    assert clause.measure.count == "days"
    assert clause.measure.exclude == ("federal_hold",)
    assert clause.value == 4


def test_adding_and_removing() -> None:
    form = FORM.add(("contacts", ("dispatch",)), 10, 6)
    assert len(form.clauses) == 4
    assert form.remove(3) == FORM
    empty = FORM.remove(0).remove(0).remove(0)
    assert empty.missing == "Add at least one rule."
    assert FORM.name_it("  ").missing == "Give the definition a name."


def test_at_least_so_many_never_asks_for_more_rules_than_there_are() -> None:
    form = FORM.combine(AtLeast(3)).remove(0)
    assert form.rule.combine == AtLeast(2)


def test_the_ranking_can_be_changed_and_taken_away() -> None:
    ranked = next(DefinitionForm(t.rule) for t in templates() if t.rule.top is not None)
    changed = ranked.top_size(7)
    assert changed.rule.top is not None
    assert 7 in (changed.rule.top.n, changed.rule.top.percent)
    assert parse_rule(changed.text) == changed.rule
    assert ranked.top_words.startswith("by ")
    assert ranked.without_top().rule.top is None


def test_every_template_can_be_begun_from() -> None:
    rules = [template.rule for template in templates()]
    for rule in rules:
        form = DefinitionForm(rule)
        assert form.sentence
        assert parse_rule(form.text) == rule
        assert all(clause.sentence for clause in form.clauses)
        assert set(OFFERED) <= set(offered(rule))
    assert rules[best_to_begin(rules)].unit == "person"
    assert best_to_begin([]) == 0


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("value"), st.integers(0, 2), st.integers(1, 99)),
        st.tuples(st.just("what"), st.integers(0, 2), st.sampled_from(OFFERED)),
        st.tuples(st.just("window"), st.integers(0, 2), st.sampled_from([(3, "months"), (45, "days"), (36, "months")])),
        st.tuples(st.just("combine"), st.just(0), st.sampled_from(["all", "any", AtLeast(2)])),
        st.tuples(st.just("age"), st.just(0), st.sampled_from([None, 18])),
    ),
    max_size=8,
)


@settings(deadline=None, max_examples=80)
@given(CHANGES)
def test_whatever_is_chosen_the_text_reads_back_as_the_same_rule(changes: list[tuple[str, int, object]]) -> None:
    form = FORM
    for what, spot, to in changes:
        match what:
            case "value":
                form = form.value(spot, to)  # type: ignore[arg-type]
            case "what":
                form = form.what(spot, to)  # type: ignore[arg-type]
            case "window":
                form = form.window(spot, *to)  # type: ignore[misc]
            case "combine":
                form = form.combine(to)  # type: ignore[arg-type]
            case "age":
                form = form.min_age(to)  # type: ignore[arg-type]
    assert parse_rule(form.text) == form.rule
    assert form.sentence.endswith(".")


def test_what_can_be_counted_has_plain_words() -> None:
    assert what_in_words(("contacts", ("jail",))) == "jail bookings"
    assert what_in_words(("days", ("jail",))) == "days in jail"
    assert len({what_in_words(what) for what in OFFERED}) == len(OFFERED)
