from dataclasses import replace

import pytest

from matchmaker.documents.mail import Letter
from matchmaker.documents.people.place_mail import Invitation, invitation


@pytest.fixture
def invited(stamp, sender):
    return Invitation(
        "Priya Nair", "Data Together", stamp.made_at, stamp.zone, "the Guildhall, York", "Sam Okafor",
        "the Environment Agency named you as the keeper of the Water Quality Archive",
        "https://matchmaker.example.org/join", "https://matchmaker.example.org/my-data", sender,
    )  # fmt: skip


def test_an_invitation_says_who_invites_on_what_basis_and_how_to_be_erased(invited):
    assert invitation(invited) == Letter(
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


def test_a_line_feed_in_a_name_starts_no_header_and_no_paragraph(invited):
    letter = invitation(replace(invited, invited_by="Sam\r\nBcc: all@example.org", name="Priya\n\nNair"))
    assert letter.subject == "Sam Bcc: all@example.org invites you to Data Together on 12 November 2026"
    assert letter.body.startswith("Hello Priya Nair,\n")
