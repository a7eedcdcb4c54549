"""For whoever watches over the installation: whether the process is alive and can do its work."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quizapp.store.database import begin_writing, db, is_migrated

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)

_LEAST_FREE_BYTES = 100 * 1024 * 1024


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether the database takes writes, its tables are up to date, and the disk has room."""
    checks = {"database": _database_writes(), "migrations": _is_migrated(), "disk": _has_room()}
    is_ready = all(checks.values())
    return jsonify(status="ok" if is_ready else "not ready", **checks), 200 if is_ready else 503


def _database_writes() -> bool:
    try:
        begin_writing(db.session())
        db.session.execute(text("DELETE FROM bank WHERE 1 = 0"))
        db.session.rollback()
    except (SQLAlchemyError, sqlite3.Error):  # SQLite's own where it refused to begin
        current_app.logger.exception("the database does not take writes")
        return False
    return True


def _is_migrated() -> bool:
    try:
        return is_migrated(db.session())
    except SQLAlchemyError:
        return False


def _has_room() -> bool:
    return shutil.disk_usage(current_app.instance_path).free >= _LEAST_FREE_BYTES
