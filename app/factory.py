"""Puts the application together: extensions, hooks, every feature's pages, the menu."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import get_locale
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config, tables
from app.adaptation import web as adaptation
from app.curriculum import web as curriculum
from app.delivery import web as delivery
from app.discussion import web as discussion
from app.home import web as home
from app.infra import i18n, jobs
from app.infra.db import db
from app.interchange import web as interchange
from app.learning import web as learning
from app.people import login
from app.people import web as people
from app.reporting import web as reporting
from app.study import web as study
from app.translation import web as translation
from app.validation import web as validation
from app.web import assets, description, errors, health, navigation, pictures, requests, theme, words

FEATURES = (
    home,
    people,
    curriculum,
    study,
    adaptation,
    discussion,
    translation,
    validation,
    delivery,
    learning,
    reporting,
    interchange,
)


def build(**overrides: Any) -> Flask:
    """Build the application; see `app.create_app`."""
    app = Flask("app", template_folder="web/templates", static_folder=None)
    app.config.update(config.load(**overrides))
    Path(app.config["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    if tables.metadata is not db.metadata:
        raise RuntimeError("the session and the models disagree on the tables")
    db.init_app(app)
    i18n.babel.init_app(app, locale_selector=i18n.choose_language)
    CSRFProtect(app)
    Compress(app)
    errors.install(app)
    requests.install(app)
    login.install(app)
    jobs.install(app)
    assets.install(app)
    pictures.install(app)
    theme.install(app)
    health.install(app)
    description.install(app)
    words.install(app)
    for feature in FEATURES:
        feature.install(app)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_for_templates)
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _for_templates() -> dict[str, Any]:
    return {
        "locale": get_locale(),
        "language": i18n.language(),
        "languages": i18n.LANGUAGES,
        "navigation": navigation.items(),
        "own_pages": navigation.own_items(),
        "region_name": i18n.region_name,
        "language_name": i18n.language_name,
        "format_moment": i18n.format_moment,
        "format_day": i18n.format_day,
        "sentence": i18n.sentence,
    }
