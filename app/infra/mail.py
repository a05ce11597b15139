"""E-mail through the SMTP server of the settings: one letter to one address. Texts and who gets them are features'."""

from __future__ import annotations

import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from flask import current_app

from app.core.errors import N_, Refused

TIMEOUT_SECONDS = 20
NONE, STARTTLS, TLS = "none", "starttls", "tls"


class NoMailServer(Refused):
    text = N_("No mail server is set up here. Whoever runs this server can do so with VIVERO_SMTP_HOST.")


class MailTurnedDown(Refused):
    """The server says that it will never take this letter."""

    text = N_("The mail server turned this letter down: %(said)s")


class MailLater(Refused):
    """The server could not be reached, or says to try again."""

    text = N_("The mail server cannot be reached just now: %(said)s")


def is_set_up() -> bool:
    """Whether e-mail can be sent at all."""
    return bool(current_app.config["SMTP_HOST"])


def send(to: str, subject: str, text: str) -> None:
    """Hand one letter over to the server; raises `NoMailServer`, `MailTurnedDown`, or `MailLater` to try again."""
    if not is_set_up():
        raise NoMailServer
    config = current_app.config
    letter = EmailMessage()
    letter["From"], letter["To"] = config["SMTP_FROM"], to
    letter["Subject"] = " ".join(subject.split())
    letter["Date"], letter["Message-ID"] = formatdate(localtime=False), make_msgid(domain=_domain())
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text)
    try:
        with _open() as server:
            server.send_message(letter, to_addrs=[to])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as refused:
        code, said = _answer(refused)
        raise (MailTurnedDown if 500 <= code < 600 else MailLater)(said=said) from refused
    except (OSError, smtplib.SMTPException) as broken:
        raise MailLater(said=type(broken).__name__) from broken


def _open() -> smtplib.SMTP:
    config = current_app.config
    host, port, security = config["SMTP_HOST"], config["SMTP_PORT"], config["SMTP_SECURITY"]
    if security == TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        if security != NONE:
            server.starttls(context=ssl.create_default_context())
    if config["SMTP_USER"]:
        server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
    return server


def _domain() -> str:
    """What stands behind the @ of a letter's number: that of the sender, so that this machine's name stays here."""
    return str(current_app.config["SMTP_FROM"]).rpartition("@")[2].strip("> ") or socket.gethostname()


def _answer(refused: smtplib.SMTPException) -> tuple[int, str]:
    """The code and the words of a server's no."""
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(refused.recipients.values()))
    else:
        code, said = refused.smtp_code, refused.smtp_error  # type: ignore[attr-defined]
    return int(code), said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
