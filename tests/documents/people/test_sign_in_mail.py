from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from matchmaker.documents.mail import Letter
from matchmaker.documents.people.sign_in_mail import CodeUsed, SignInCode, personal_code_used, sign_in_code

LINK = "https://matchmaker.example.org/sign-in/a-long-and-unguessable-part-that-is-wider-than-any-line-of-a-mail?x=1"


def test_a_code_comes_with_how_long_it_lasts_and_a_link_that_only_fills_in(sender):
    assert sign_in_code(SignInCode("012913", 10, LINK, sender)) == Letter(
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


def test_whoever_a_personal_code_is_for_reads_when_it_was_used_and_what_to_do(sender):
    used = CodeUsed(
        "Data Together", datetime(2027, 3, 11, 9, 12, tzinfo=UTC), ZoneInfo("Europe/London"), sender
    )
    letter = personal_code_used(used)
    assert letter.subject == "Your personal code for Data Together was used"
    assert "made for you, at 9.12am on 11 March 2027." in letter.body
    assert "If it was not, ask for a new\ncode: it ends the old one." in letter.body
