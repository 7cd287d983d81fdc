"""The mails people get (interim: replaced by the documents branch)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """A mail to send: the subject is one line, the body ends with a line feed."""

    subject: str
    body: str


@dataclass(frozen=True)
class Sender:
    """Who stands behind a mail: `name` as in `the organisers of Data Together`, and an address that answers."""

    name: str
    contact: str


@dataclass(frozen=True)
class SignInCode:
    """A code somebody asked for; the link opens the sign-in page with the code filled in, and does no more."""

    code: str
    minutes: int
    link: str
    sender: Sender


def sign_in_code(asked: SignInCode) -> Letter:
    """Return the mail with a sign-in code."""
    return Letter("Your sign-in code", f"{asked.code}\n{asked.link}\n")
