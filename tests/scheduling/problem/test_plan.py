"""A plan holds meetings, groups and talks, and a certificate that claims no more than was said."""

from matchmaker.scheduling.problem.plan import Certificate, Group, Meeting, Plan, PlanError, Talk

NOTHING = Certificate(0.0, 0.0, 0.0, 1.0, 0, 0)


def test_people_sit_at_meetings_and_groups_but_not_at_talks() -> None:
    meeting, group = Meeting(1, 2, ("ana", "bo"), 0.5), Group(1, 1, "cy", ("cy", "dot"))
    plan = Plan((meeting,), NOTHING, (group,), (Talk(1, "A", "rivers", ("eva",)),))
    assert plan.held == (meeting, group)


def test_a_plan_of_earlier_times_makes_no_claim_it_could_not_make() -> None:
    assert (NOTHING.fewest_bound, NOTHING.fewest_limit, NOTHING.changes) == (None, None, None)
    assert (NOTHING.stars, NOTHING.stars_bound) == (None, None)
    assert (NOTHING.unmet, NOTHING.gave_way) == ((), ())


def test_an_error_names_the_field_and_says_what_is_wrong() -> None:
    error = PlanError("meetings[0].table", "must be a whole number.")
    assert (error.field, str(error)) == ("meetings[0].table", "meetings[0].table: must be a whole number.")
