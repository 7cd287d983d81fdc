"""How a letter leaves: to the console, or to a mail server by SMTP, as one address says.

`console:` prints; `smtp://[user:password@]host[:port]`, `smtps://…` (TLS from the start) and
`smtp+starttls://…` send. User and password are percent-encoded where they hold special characters.
"""

import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from matchmaker.settings import Settings, SettingsError
from matchmaker.store.mail import Mail

SECONDS = 30
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def message(letter: Mail, sender: str) -> EmailMessage:
    """Return the letter as an email: plain text, no images, no tracking; robots are asked not to reply."""
    made = EmailMessage()
    made["From"] = sender
    made["To"] = letter.to
    if letter.reply_to:
        made["Reply-To"] = letter.reply_to
    made["Subject"] = letter.subject
    made["Date"] = formatdate(letter.written_at.timestamp())
    # The same each time: a letter that leaves twice, as its worker was killed before it could say so, is shown once.
    made["Message-ID"] = f"<{letter.public_id}@matchmaker.invalid>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.body)
    return made


def send(letter: Mail, settings: Settings) -> None:
    """Send one letter; raises OSError or smtplib.SMTPException if the server cannot or will not take it."""
    made = message(letter, settings.mail_from)
    if settings.mail_url == "console:":
        sys.stderr.write(f"\n--- mail to {letter.to}: {letter.subject}\n{letter.body}\n---\n")
        return
    parts = urlsplit(settings.mail_url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SettingsError(
            "MATCHMAKER_MAIL_URL must be console:, smtp://host, smtps://host or smtp+starttls://host."
        )
    with _connect(parts) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(made)


def _connect(parts: SplitResult) -> smtplib.SMTP:
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port, timeout=SECONDS)
