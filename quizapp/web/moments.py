"""Moments as people enter them: without a zone, in the zone that their browser names, else in the site's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app
from flask_babel import lazy_gettext as later
from wtforms import DateTimeLocalField, HiddenField
from wtforms.validators import Optional

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def moment_field(label: Any) -> DateTimeLocalField:
    """Return a field for a moment that may be left open; ``moments.js`` shows it in the browser's zone."""
    return DateTimeLocalField(label, [Optional()], format=FORMATS)


def zone_field() -> HiddenField:
    """Return the field in which a browser names its zone; ``moments.js`` fills it."""
    return HiddenField(later("Time zone"), [Optional()])


def site_zone() -> ZoneInfo:
    """Return the zone of moments where the browser runs no scripts."""
    return ZoneInfo(current_app.config["SETTINGS"].timezone)


def as_entered(moment: datetime | None) -> datetime | None:
    """Return a moment as a field shows it before any script: in the site's zone."""
    return moment.astimezone(site_zone()).replace(tzinfo=None) if moment else None


def in_zone(entered: datetime | None, zone_name: str | None) -> datetime | None:
    """Return the moment that was entered in a zone (see ``named_zone``)."""
    return entered.replace(tzinfo=named_zone(zone_name)) if entered else None


def named_zone(name: str | None) -> ZoneInfo:
    """Return the zone that a browser names; the site's for none, and for a name that is no zone's."""
    try:
        return ZoneInfo(name) if name else site_zone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return site_zone()
