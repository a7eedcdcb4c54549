"""Letters: sent through the operator's mail server, if one is set."""

from __future__ import annotations

import logging
import smtplib
import ssl
import threading
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from quizapp.settings import Settings

_TIMEOUT_SECONDS = 20


def post(settings: Settings, *, to: str, subject: str, text: str) -> threading.Thread:
    """Send a letter from a thread of its own, so that how long it takes tells nobody whether there was one."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail_from, to, subject
    letter.set_content(text)
    thread = threading.Thread(target=_send, args=(settings.mail_url, letter), daemon=True)
    thread.start()
    return thread


def _send(url: str, letter: EmailMessage) -> None:
    server = urlsplit(url)
    host = server.hostname or "localhost"
    secure = ssl.create_default_context()
    try:
        if server.scheme == "smtps":
            with smtplib.SMTP_SSL(host, server.port or 465, timeout=_TIMEOUT_SECONDS, context=secure) as connection:
                _deliver(connection, server.username, server.password, letter)
            return
        with smtplib.SMTP(host, server.port or 25, timeout=_TIMEOUT_SECONDS) as connection:
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=secure)
                connection.ehlo()
            _deliver(connection, server.username, server.password, letter)
    except (OSError, smtplib.SMTPException):
        # The address stays out of the log: it is a person's.
        logging.getLogger(__name__).exception("a letter could not be sent through %s", host)


def _deliver(connection: smtplib.SMTP, name: str | None, password: str | None, letter: EmailMessage) -> None:
    if name:
        connection.login(unquote(name), unquote(password or ""))
    connection.send_message(letter)
