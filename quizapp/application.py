"""The whole put together: settings, database, pages."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp import paths, web
from quizapp.settings import Settings
from quizapp.store.database import db, engines_of, migrate
from quizapp.web.visitor import Cookies


def build(settings: Settings | None = None, **config: Any) -> Flask:
    """Return the application for these settings (by default the environment's); ``config`` goes to Flask as it is.

    :raise SettingError: a setting says something that cannot be.
    """
    settings = settings or Settings.from_environment()
    app = Flask(
        "quizapp",
        instance_path=str(settings.instance),
        template_folder=str(paths.data_folder("templates")),
        static_folder="web/static",
    )
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=config.get("SECRET_KEY") or settings.secret_key(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_BINDS=engines_of(settings.database_url),
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_PARTS=4000,
        SESSION_COOKIE_NAME="__Host-quizapp" if settings.https else "quizapp",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 365,
        SESSION_REFRESH_EACH_REQUEST=False,  # signing the same cookie anew costs each page a tenth of its time
        WTF_CSRF_TIME_LIMIT=None,  # a student may think for hours; the token lives as long as the session
        BABEL_DEFAULT_LOCALE="ja",
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
    )
    app.config.update(config)
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    app.session_interface = Cookies()
    db.init_app(app)
    migrate.init_app(app)
    web.init_app(app)
    return app
