"""How a letter leaves: to the console, or to a mail server by SMTP, as one address says.

`console:` prints; `smtp://[user:password@]host[:port]`, `smtps://…` (TLS from the start) and
`smtp+starttls://…` send. User and password are percent-encoded where they hold special characters.
"""

import smtplib
import ssl
import sys
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from matchmaker.documents.mail import Letter, as_html, joined, stop_line
from matchmaker.services.outbox import NEEDED
from matchmaker.services.people import stop_letters
from matchmaker.settings import Settings
from matchmaker.store.mail import Mail

SECONDS = 30
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def message(letters: Sequence[Mail], settings: Settings) -> EmailMessage:
    """Return letters to one reader as one email: plain text, simple HTML beside it; robots are asked not to reply.

    One that can be done without says, also to mail programs (RFC 8058), how to stop letters like it.
    """
    made, letter = EmailMessage(), letters[0]
    whole = joined([Letter(one.subject, one.body) for one in letters])
    made["From"] = settings.mail_from
    made["To"] = letter.to
    if letter.reply_to:
        made["Reply-To"] = letter.reply_to
    made["Subject"] = whole.subject
    made["Date"] = formatdate(letter.written_at.timestamp())
    # The same each time: a letter that leaves twice, as its worker was killed before it could say so, is shown once.
    made["Message-ID"] = f"<{letter.public_id}@matchmaker.invalid>"
    made["Auto-Submitted"] = "auto-generated"
    body = whole.body
    spare = next((one for one in letters if one.person_id is not None and one.kind not in NEEDED), None)
    if spare is not None:
        link = stop_letters.address(settings, spare.public_id)
        made["List-Unsubscribe"] = f"<{link}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        body += stop_line(link)
    made.set_content(body)
    made.add_alternative(as_html(whole.subject, body), subtype="html")
    return made


class MailServerAway(OSError):
    """The server cannot be reached, or closed the connection: no letter can leave now."""


class Postman:
    """Sends letters over one connection, which is opened for the first of them and closed with the block."""

    def __init__(self, settings: Settings) -> None:
        """Prepare to send as the settings say; nothing is opened yet."""
        self.settings = settings
        self.parts = urlsplit(settings.mail_url)
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> "Postman":
        """Begin a round."""
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        server, self.server = self.server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()

    def connect(self) -> None:
        """See that the server is there before any letter is taken up. Raises MailServerAway."""
        if self.settings.posts_nothing:
            return
        try:
            self.server = self.server or _connected(self.parts)
        except (OSError, smtplib.SMTPException) as away:
            raise MailServerAway(f"{type(away).__name__}: {away}") from away

    def send(self, letters: Sequence[Mail]) -> None:
        """Send letters to one reader as one email.

        Raises MailServerAway, or smtplib.SMTPException or ValueError for this email alone.
        """
        made = message(letters, self.settings)
        if self.settings.posts_nothing:
            words = "".join(one.body for one in letters)
            sys.stderr.write(f"\n--- mail to {letters[0].to}: {made['Subject']}\n{words}\n---\n")
            return
        self.connect()
        assert self.server is not None
        try:
            self.server.send_message(made)
        except (OSError, smtplib.SMTPServerDisconnected) as away:
            # An answer of the server about this letter is an SMTPException, which is an OSError, too.
            if isinstance(away, smtplib.SMTPException) and not isinstance(
                away, smtplib.SMTPServerDisconnected
            ):
                with suppress(OSError, smtplib.SMTPException):
                    self.server.rset()
                raise
            self.server = None
            raise MailServerAway(f"{type(away).__name__}: {away}") from away


def _connected(parts: SplitResult) -> smtplib.SMTP:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, port, timeout=SECONDS)
    if parts.scheme == "smtp+starttls":
        server.starttls(context=ssl.create_default_context())
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
