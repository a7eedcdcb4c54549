"""Settings: what an operator may set in the environment, and what holds when nothing is set."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from quizapp.core.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    ``instance`` is the folder for what the installation makes itself (database, secret key). ``https`` says that
    visitors come over https, so that cookies are kept to it; ``proxies`` is how many trusted proxies stand in front.
    ``registration`` lets anybody make a teacher's account. ``redis_url`` counts failed sign-ins for all processes;
    ``mail_url`` and ``mail_from`` send letters, in which ``site_url`` begins every link: what a request says of its
    host is not to be trusted with that.
    ``private_addresses`` lets articles be fetched from addresses inside a private network. ``model_url`` and
    ``model_name`` name the optional language model, at any address that speaks like OpenAI's; both or neither.
    """

    instance: Path
    database_url: str
    timezone: str = "Asia/Tokyo"
    https: bool = False
    proxies: int = 0
    workers: int = 2
    address: str = "127.0.0.1"
    port: int = 8000
    registration: bool = False
    redis_url: str = ""
    mail_url: str = ""
    mail_from: str = "quizapp@localhost"
    site_url: str = ""
    private_addresses: bool = False
    model_url: str = ""
    model_name: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings ``QUIZAPP_…`` and ``PORT``.

        :raise SettingError: one says something that cannot be.
        """
        instance = Path(environment.get("QUIZAPP_INSTANCE") or "instance").resolve()
        mail_url = _address(environment, "QUIZAPP_MAIL_URL", ("smtp://", "smtps://"))
        site_url = _address(environment, "QUIZAPP_SITE_URL", ("https://", "http://")).rstrip("/")
        if mail_url and not site_url:
            raise SettingError("QUIZAPP_MAIL_URL needs QUIZAPP_SITE_URL too, like https://quiz.example.jp")
        model_url = _address(environment, "QUIZAPP_MODEL_URL", ("https://", "http://")).rstrip("/")
        model_name = environment.get("QUIZAPP_MODEL", "").strip()
        if bool(model_url) != bool(model_name):
            raise SettingError("QUIZAPP_MODEL_URL and QUIZAPP_MODEL go together: set both, or neither")
        return cls(
            instance=instance,
            database_url=_database_url(environment.get("QUIZAPP_DATABASE_URL", ""), instance),
            timezone=_timezone(environment.get("QUIZAPP_TIMEZONE") or "Asia/Tokyo"),
            https=_switch(environment, "QUIZAPP_HTTPS"),
            proxies=_number(environment, "QUIZAPP_PROXIES", 0, 0, 10),
            workers=_number(environment, "QUIZAPP_WORKERS", 2, 1, 256),
            address=environment.get("QUIZAPP_ADDRESS") or "127.0.0.1",
            port=_number(environment, "PORT", 8000, 1, 65_535),
            registration=_switch(environment, "QUIZAPP_REGISTRATION"),
            redis_url=_address(environment, "QUIZAPP_REDIS_URL", ("redis://", "rediss://", "redis+unix://")),
            mail_url=mail_url,
            site_url=site_url,
            mail_from=environment.get("QUIZAPP_MAIL_FROM") or "quizapp@localhost",
            private_addresses=_switch(environment, "QUIZAPP_PRIVATE_ADDRESSES"),
            model_url=model_url,
            model_name=model_name,
        )

    def model_key(self, environment: Mapping[str, str] = os.environ) -> str:
        """Return the key that the language model's server wants: QUIZAPP_MODEL_KEY, or "" for none."""
        return environment.get("QUIZAPP_MODEL_KEY", "")

    def secret_key(self, environment: Mapping[str, str] = os.environ) -> str:
        """Return the key that signs cookies: QUIZAPP_SECRET_KEY, or one made once and kept for the owner's eyes only.

        :raise SettingError: the key set is too short to be safe.
        """
        given = environment.get("QUIZAPP_SECRET_KEY", "")
        if given:
            if len(given) < 32:
                raise SettingError(
                    "QUIZAPP_SECRET_KEY is shorter than 32 characters: make a longer one, or leave it out"
                )
            return given
        self.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.instance / "secret_key"
        draft = path.with_name(f"secret_key.{secrets.token_hex(8)}")
        if not path.exists():
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32))
            try:
                os.link(draft, path)  # fails when another process was faster: its key then counts
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text(encoding="ascii")


def _database_url(given: str, instance: Path) -> str:
    if not given:
        return f"sqlite:///{instance / 'quizapp.sqlite'}"
    for short in ("postgres://", "postgresql://"):
        if given.startswith(short):
            return "postgresql+psycopg://" + given.removeprefix(short)
    if not given.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError(
            "QUIZAPP_DATABASE_URL must begin with sqlite:/// or postgresql://, not '%(start)s'",
            start=given.partition("://")[0],
        )
    return given


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingError(
            "QUIZAPP_TIMEZONE '%(name)s' is no time zone; write it like Asia/Tokyo", name=name
        ) from error
    return name


def _switch(environment: Mapping[str, str], name: str) -> bool:
    word = environment.get(name, "").strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise SettingError("%(name)s must be 1 or 0, not '%(value)s'", name=name, value=word)
    return word in TRUE_WORDS


def _address(environment: Mapping[str, str], name: str, starts: tuple[str, ...]) -> str:
    given = environment.get(name, "").strip()
    if given and not given.startswith(starts):
        raise SettingError("%(name)s must begin with %(starts)s", name=name, starts=" / ".join(starts))
    return given


def _number(environment: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = environment.get(name, "").strip() or str(default)
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise SettingError(
            "%(name)s must be a whole number from %(least)d to %(most)d, not '%(value)s'",
            name=name, least=least, most=most, value=text,
        )  # fmt: skip
    return int(text)
