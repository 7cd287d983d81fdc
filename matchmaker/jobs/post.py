"""How a letter leaves: to the console, or to a mail server by SMTP, as one address says.

`console:` prints; `smtp://[user:password@]host[:port]`, `smtps://…` (TLS from the start) and
`smtp+starttls://…` send. User and password are percent-encoded where they hold special characters.
"""

import smtplib
import ssl
import sys
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from matchmaker.documents.mail import as_html, stop_line
from matchmaker.services.outbox import NEEDED
from matchmaker.services.people import stop_letters
from matchmaker.settings import Settings, SettingsError
from matchmaker.store.mail import Mail

SECONDS = 30
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def message(letter: Mail, settings: Settings) -> EmailMessage:
    """Return the letter as an email: plain text with simple HTML beside it; robots are asked not to reply.

    One that can be done without says, also to mail programs (RFC 8058), how to stop letters like it.
    """
    made = EmailMessage()
    made["From"] = settings.mail_from
    made["To"] = letter.to
    if letter.reply_to:
        made["Reply-To"] = letter.reply_to
    made["Subject"] = letter.subject
    made["Date"] = formatdate(letter.written_at.timestamp())
    # The same each time: a letter that leaves twice, as its worker was killed before it could say so, is shown once.
    made["Message-ID"] = f"<{letter.public_id}@matchmaker.invalid>"
    made["Auto-Submitted"] = "auto-generated"
    body = letter.body
    if letter.person_id is not None and letter.kind not in NEEDED:
        link = stop_letters.address(settings, letter.public_id)
        made["List-Unsubscribe"] = f"<{link}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        body += stop_line(link)
    made.set_content(body)
    made.add_alternative(as_html(letter.subject, body), subtype="html")
    return made


class MailServerAway(OSError):
    """The server cannot be reached, or closed the connection: no letter can leave now."""


class Postman:
    """Sends letters over one connection, which is opened for the first of them and closed with the block."""

    def __init__(self, settings: Settings) -> None:
        """Prepare to send as the settings say; nothing is opened yet. Raises SettingsError."""
        self.settings = settings
        self.parts = urlsplit(settings.mail_url)
        self.server: smtplib.SMTP | None = None
        if settings.mail_url != "console:" and (self.parts.scheme not in _PORTS or not self.parts.hostname):
            raise SettingsError(
                "MATCHMAKER_MAIL_URL must be console:, smtp://host, smtps://host or smtp+starttls://host."
            )

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
        if self.settings.mail_url == "console:":
            return
        try:
            self.server = self.server or _connected(self.parts)
        except (OSError, smtplib.SMTPException) as away:
            raise MailServerAway(f"{type(away).__name__}: {away}") from away

    def send(self, letter: Mail) -> None:
        """Send one letter; raises MailServerAway, or smtplib.SMTPException or ValueError for this letter alone."""
        made = message(letter, self.settings)
        if self.settings.mail_url == "console:":
            sys.stderr.write(f"\n--- mail to {letter.to}: {letter.subject}\n{letter.body}\n---\n")
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
