from matchmaker.documents.credits.credit_mail import (
    CreditAwaiting,
    ThanksAwaiting,
    credit_awaiting,
    thanks_awaiting,
)
from matchmaker.documents.mail import Letter


def test_thanks_wait_for_a_yes_and_say_that_nobody_else_sees_them(sender):
    waiting = ThanksAwaiting(
        "Priya Nair", "Tom Price", "curated", "Water Quality Archive", "You answered every question I had.",
        "https://matchmaker.example.org/thanks", sender,
    )  # fmt: skip
    assert thanks_awaiting(waiting) == Letter(
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
    waiting = CreditAwaiting(
        "Priya Nair",
        "Tom Price",
        "collected",
        "LIDAR Composite DTM",
        "https://matchmaker.example.org/thanks",
        sender,
    )
    assert credit_awaiting(waiting) == Letter(
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
