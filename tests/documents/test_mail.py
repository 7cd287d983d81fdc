from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from matchmaker.documents import mail
from matchmaker.documents.plans.schedules import Partner, SlipRow

LINK = "https://matchmaker.example.org/sign-in/a-long-and-unguessable-part-that-is-wider-than-any-line-of-a-mail?x=1"


@pytest.fixture
def sender():
    return mail.Sender("the organisers of Data Together", "hello@example.org")


@pytest.fixture
def invited(stamp, sender):
    return mail.Invitation(
        "Priya Nair", "Data Together", stamp.made_at, stamp.zone, "the Guildhall, York", "Sam Okafor",
        "the Environment Agency named you as the keeper of the Water Quality Archive",
        "https://matchmaker.example.org/join", "https://matchmaker.example.org/my-data", sender,
    )  # fmt: skip


@pytest.fixture
def news(stamp, starts, sender):
    rows = (
        SlipRow(1, starts(1), starts(2), 7, (Partner("Tom Price", "Natural England", "Analyst"),)),
        SlipRow(2, starts(2), starts(3), None, ()),
        SlipRow(
            3, starts(3), starts(4), 2, (Partner("王小明"), Partner("Aoife Byrne")), "You both map peat."
        ),
    )
    return mail.PlanNews(
        "Priya Nair", "the Guildhall, York", rows, stamp, "https://matchmaker.example.org/day", sender
    )


def test_a_code_comes_with_how_long_it_lasts_and_a_link_that_only_fills_in(sender):
    assert mail.sign_in_code(mail.SignInCode("012913", 10, LINK, sender)) == mail.Letter(
        "Your code to sign in to matchmaker",
        f"""Your code is 012 913. It is valid for 10 minutes.

Type it on the page where you asked for it. Or open this page, where it
is filled in, and select the button to sign in:

{LINK}

You get this mail because somebody asked to sign in with your address.
If it was not you, do nothing: nobody can sign in without the code.

Sent by the organisers of Data Together with matchmaker. Questions:
hello@example.org
""",
    )


def test_an_invitation_says_who_invites_on_what_basis_and_how_to_be_erased(invited):
    assert mail.invitation(invited) == mail.Letter(
        "Sam Okafor invites you to Data Together on 12 November 2026",
        """Hello Priya Nair,

Sam Okafor invites you to Data Together on 12 November 2026 at the
Guildhall, York.

On the day you meet people who work with the same open data as you, two
at a table, in short rounds. Tell us which datasets you work with, and
we suggest whom to meet and why. Here you say whether you come, cannot,
or would like to be asked for another day:

https://matchmaker.example.org/join

You get this mail because the Environment Agency named you as the keeper
of the Water Quality Archive.

To see what we keep about you, or to have it erased:

https://matchmaker.example.org/my-data

Sent by the organisers of Data Together with matchmaker. Questions:
hello@example.org
""",
    )


def test_whoever_a_personal_code_is_for_reads_when_it_was_used_and_what_to_do(sender):
    used = mail.CodeUsed(
        "Data Together", datetime(2027, 3, 11, 9, 12, tzinfo=UTC), ZoneInfo("Europe/London"), sender
    )
    letter = mail.personal_code_used(used)
    assert letter.subject == "Your personal code for Data Together was used"
    assert "made for you, at 9.12am on 11 March 2027." in letter.body
    assert "If it was not, ask for a new\ncode: it ends the old one." in letter.body


def test_thanks_wait_for_a_yes_and_say_that_nobody_else_sees_them(sender):
    waiting = mail.ThanksAwaiting(
        "Priya Nair", "Tom Price", "curated", "Water Quality Archive", "You answered every question I had.",
        "https://matchmaker.example.org/thanks", sender,
    )  # fmt: skip
    assert mail.thanks_awaiting(waiting) == mail.Letter(
        "Tom Price thanks you for the Water Quality Archive",
        """Hello Priya Nair,

Tom Price thanks you because you curated the Water Quality Archive:

“You answered every question I had.”

Nobody else sees this until you say yes. Decide here; you can also say
no, and nobody is told:

https://matchmaker.example.org/thanks

You get this mail because Tom Price named you for this dataset.

Sent by the organisers of Data Together with matchmaker. Questions:
hello@example.org
""",
    )


def test_a_credit_waits_for_a_yes_too(sender):
    waiting = mail.CreditAwaiting(
        "Priya Nair",
        "Tom Price",
        "collected",
        "LIDAR Composite DTM",
        "https://matchmaker.example.org/thanks",
        sender,
    )
    assert mail.credit_awaiting(waiting) == mail.Letter(
        "Tom Price says you collected LIDAR Composite DTM",
        """Hello Priya Nair,

Tom Price says you collected LIDAR Composite DTM, and would like the
dataset to carry your name.

Nobody else sees this until you say yes. Decide here; you can also say
no, and nobody is told:

https://matchmaker.example.org/thanks

You get this mail because Tom Price named you for this dataset.

Sent by the organisers of Data Together with matchmaker. Questions:
hello@example.org
""",
    )


def test_a_published_plan_lists_the_persons_meetings(news):
    assert mail.plan_published(news) == mail.Letter(
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
    body = mail.plan_published(replace(news, rows=())).body
    assert body.startswith(
        "Hello Priya Nair,\n\nThe plan for Data Together is ready. It has no meeting for you yet. Ask\n"
        "at the desk on the day.\n\nSee your day"
    )


def test_a_changed_plan_lists_the_changed_rounds_and_calls_the_slip_stale(news):
    assert mail.plan_changed(replace(news, rows=news.rows[:1])) == mail.Letter(
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
    body = mail.plan_changed(
        replace(news, elsewhere="The rounds to come begin 10 minutes later.", all_differ=True)
    ).body
    assert "The rounds to come begin 10 minutes later.\n\nYour meetings on " in body
    assert "These are your meetings now:" in " ".join(body.split())
    assert "stay" not in body


def test_a_line_feed_in_a_name_starts_no_header_and_no_paragraph(invited):
    letter = mail.invitation(replace(invited, invited_by="Sam\r\nBcc: all@example.org", name="Priya\n\nNair"))
    assert letter.subject == "Sam Bcc: all@example.org invites you to Data Together on 12 November 2026"
    assert letter.body.startswith("Hello Priya Nair,\n")


def test_lines_are_72_wide_and_a_link_is_never_broken(sender):
    body = mail.sign_in_code(mail.SignInCode("012913", 10, LINK, sender)).body
    assert [line for line in body.splitlines() if len(line) > 72] == [LINK]


def test_a_letter_as_html_has_its_paragraphs_and_links_and_lets_nothing_of_what_people_wrote_be_markup():
    body = f"Hello <b>Ada</b> & Ben,\n\nA line that\ngoes on.\n\n{LINK}\n\nSee https://far.example or not.\n"
    made = mail.as_html('A "note" <from> Ben', body)
    assert "<title>A &quot;note&quot; &lt;from&gt; Ben</title>" in made
    assert "<p>Hello &lt;b&gt;Ada&lt;/b&gt; &amp; Ben,</p>\n<p>A line that goes on.</p>\n" in made
    assert f'<p><a href="{LINK}" style="color: #0b5d3f">{LINK}</a></p>' in made
    assert "<p>See https://far.example or not.</p>" in made
    assert made.count("<a ") == 1
    assert "<img" not in made
    # A phone shows it at its own size, and the long address of a link in as many lines as it takes.
    assert '<meta name="viewport" content="width=device-width">' in made
    assert "overflow-wrap: anywhere" in made
