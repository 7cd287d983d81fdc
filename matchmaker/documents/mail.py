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


@dataclass(frozen=True)
class ThanksAwaiting:
    """Thanks that only the person thanked has seen so far; `did` is a role in words, as in `curated`."""

    name: str
    thanked_by: str
    did: str
    dataset: str
    sentence: str
    link: str
    sender: Sender


@dataclass(frozen=True)
class CreditAwaiting:
    """A credit that a colleague stated and nobody else sees yet; `did` is a role in words, as in `curated`."""

    name: str
    named_by: str
    did: str
    dataset: str
    link: str
    sender: Sender


def thanks_awaiting(mail: ThanksAwaiting) -> Letter:
    """Tell somebody that a colleague thanks them, and that it stays unseen until they say yes."""
    return Letter(f"{mail.thanked_by} thanks you for {mail.dataset}", f"{mail.sentence}\n{mail.link}\n")


def credit_awaiting(mail: CreditAwaiting) -> Letter:
    """Ask somebody whether they want to be named for what a colleague says they did."""
    return Letter(f"{mail.named_by} says you {mail.did} {mail.dataset}", f"{mail.link}\n")
