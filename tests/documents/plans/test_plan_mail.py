from dataclasses import replace

import pytest

from matchmaker.documents.mail import Letter
from matchmaker.documents.plans.plan_mail import PlanNews, plan_changed, plan_published
from matchmaker.documents.plans.schedules import Partner, SlipRow


@pytest.fixture
def news(stamp, starts, sender):
    rows = (
        SlipRow(1, starts(1), starts(2), 7, (Partner("Tom Price", "Natural England", "Analyst"),)),
        SlipRow(2, starts(2), starts(3), None, ()),
        SlipRow(
            3, starts(3), starts(4), 2, (Partner("王小明"), Partner("Aoife Byrne")), "You both map peat."
        ),
    )
    return PlanNews(
        "Priya Nair", "the Guildhall, York", rows, stamp, "https://matchmaker.example.org/day", sender
    )


def test_a_published_plan_lists_the_persons_meetings(news):
    assert plan_published(news) == Letter(
        "Your meetings at Data Together",
        """Hello Priya Nair,

The plan for Data Together is ready. Your meetings on 12 November 2026,
at the Guildhall, York:

10am, table 7: Tom Price (Analyst, Natural England)

10.20am: No meeting in this round. On the day, take a break or ask at
the desk whom you could join.

10.40am, table 2: 王小明 and Aoife Byrne

See your day, with the reasons for each meeting:

https://matchmaker.example.org/day

You get this mail because you are registered for Data Together. It shows
plan 3, 9.42am on 12 November 2026.

Sent by the organisers of Data Together with matchmaker. Questions:
hello@example.org
""",
    )


def test_a_plan_without_a_meeting_for_the_person_says_where_to_ask(news):
    body = plan_published(replace(news, rows=())).body
    assert body.startswith(
        "Hello Priya Nair,\n\nThe plan for Data Together is ready. It has no meeting for you yet. Ask\n"
        "at the desk on the day.\n\nSee your day"
    )


def test_a_changed_plan_lists_the_changed_rounds_and_calls_the_slip_stale(news):
    assert plan_changed(replace(news, rows=news.rows[:1])) == Letter(
        "Your meetings at Data Together have changed",
        """Hello Priya Nair,

Your meetings on 12 November 2026 have changed. These rounds are
different, all others stay as they were:

10am, table 7: Tom Price (Analyst, Natural England)

See your whole day. A printed slip from before is out of date:

https://matchmaker.example.org/day

You get this mail because you are registered for Data Together. It shows
plan 3, 9.42am on 12 November 2026.

Sent by the organisers of Data Together with matchmaker. Questions:
hello@example.org
""",
    )


def test_a_change_of_every_round_says_no_other_stays(news):
    body = plan_changed(
        replace(news, elsewhere="The rounds to come begin 10 minutes later.", all_differ=True)
    ).body
    assert "The rounds to come begin 10 minutes later.\n\nYour meetings on " in body
    assert "These are your meetings now:" in " ".join(body.split())
    assert "stay" not in body
