"""Every setting: environment variable, type, default and meaning. The README lists the same, and a test compares."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def _yes(value: str) -> bool:
    return value.strip().lower() in {"1", "true", "yes", "on"}


@dataclass(frozen=True)
class Setting:
    """One `VIVERO_…` environment variable."""

    name: str
    read: Callable[[str], Any]
    default: str
    meaning: str

    @property
    def variable(self) -> str:
        return f"VIVERO_{self.name}"


SETTINGS = (
    Setting("DATABASE_URL", str, "", "SQLAlchemy address; empty: one SQLite file in the data folder"),
    Setting("DATA_DIR", str, "var", "folder of the SQLite file, the job queue and people's files"),
    Setting("SECRET_KEY", str, "", "signs sessions; empty: made once and kept in the data folder"),
    Setting("DEMO", _yes, "0", "show the sample accounts on the sign-in page"),
    Setting("SECURE_COOKIES", _yes, "0", "send cookies over HTTPS only; turn on behind TLS"),
    Setting("TRUSTED_PROXIES", int, "0", "how many reverse proxies stand in front and set X-Forwarded headers"),
    Setting(
        "LANGUAGE", str, "es", "interface language for people who chose none and whose browser asks for none of ours"
    ),
    Setting("MAX_UPLOAD_MB", int, "8", "largest request body, in MiB"),
    Setting("LOCKOUT_FAILURES", int, "6", "wrong passwords for one account before it is locked for a while"),
    Setting("LOCKOUT_MINUTES", int, "15", "how long that while is, in minutes"),
    Setting("SMTP_HOST", str, "", "mail server for messages to people; empty: no e-mail is sent"),
    Setting("SMTP_PORT", int, "587", "port of the mail server"),
    Setting("SMTP_SECURITY", str, "starttls", "`starttls`, `tls` (from the first byte, mostly port 465) or `none`"),
    Setting("SMTP_USER", str, "", "account at the mail server; empty: none is needed"),
    Setting("SMTP_PASSWORD", str, "", "password of that account"),
    Setting(
        "SMTP_FROM", str, "vivero@localhost", "address that messages come from, e.g. `Vivero <vivero@example.org>`"
    ),
    Setting("INLINE_JOBS", _yes, "0", "do long work at once instead of through the worker (tests, one-off commands)"),
)


def load(environ: Mapping[str, str] | None = None, **overrides: Any) -> dict[str, Any]:
    """Read every setting from the environment; `overrides` (setting names) win. Returns Flask's configuration."""
    environ = os.environ if environ is None else environ
    values = {s.name: s.read(environ.get(s.variable, s.default)) for s in SETTINGS} | overrides
    data = Path(values["DATA_DIR"]).absolute()
    database = values["DATABASE_URL"] or f"sqlite:///{data / 'vivero.db'}"
    return {
        **values,
        "DATA_DIR": str(data),
        "FILES_DIR": str(data / "files"),
        "SECRET_KEY": values["SECRET_KEY"] or _kept_secret(data),
        "SQLALCHEMY_DATABASE_URI": database.replace("postgresql://", "postgresql+psycopg://", 1),
        "MAX_CONTENT_LENGTH": values["MAX_UPLOAD_MB"] * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": values["MAX_UPLOAD_MB"] * 1024 * 1024,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": values["SECURE_COOKIES"],
        "REMEMBER_COOKIE_HTTPONLY": True,
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 30,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": values["LANGUAGE"],
        "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent.parent / "translations"),
        "COMPRESS_MIMETYPES": ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"],
    }


def _kept_secret(data: Path) -> str:
    """The installation's own secret, made at first use and readable by its owner alone."""
    path = data / "secret-key"
    if path.exists():
        return path.read_text()
    data.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_hex(32)
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    return secret
