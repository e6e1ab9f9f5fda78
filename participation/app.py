"""The factory: settings → kernel → login → rooms → error pages."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Flask, g
from flask_login import current_user
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from participation import wiring
from participation.accounts.visiting import keep_visitors, recognise_at_once
from participation.consultations import minimums
from participation.front.tabs import staff_tabs
from participation.kernel import (
    addresses,
    announcing,
    assets,
    database,
    exhibits,
    finders,
    i18n,
    pseudonyms,
    readers,
    vault,
    writings,
)
from participation.kernel.clock import now
from participation.kernel.doors import keep_doors, keep_limits
from participation.kernel.express import keep_express
from participation.kernel.headers import keep_headers
from participation.kernel.logs import keep_logs
from participation.kernel.storage import open_store
from participation.kernel.web import TokenGuard, keep_refusals, keep_requests
from participation.media import scanning, signing
from participation.safeguarding import clocks
from participation.settings import ROOT, Settings, read_settings

csrf = TokenGuard()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the web application. Without `settings` they are read from the environment.

    Raises `SettingsError` when one is missing or wrong.
    """
    settings = settings or read_settings()
    app = Flask("participation", template_folder=str(ROOT / "templates"), static_folder=None)
    _configure(app, settings)
    start(settings)
    assets.init_app(app, ROOT / "static", dev=settings.demo)
    keep_requests(app)
    keep_limits(app)
    csrf.init_app(app)
    keep_visitors(app, settings)
    keep_doors(app)
    keep_express(app, wiring.LANES, lambda text: recognise_at_once(text, settings))
    keep_headers(app, secure=settings.secure_cookies)
    _teach_templates(app, settings)
    for blueprint in wiring.ROOMS:
        app.register_blueprint(blueprint)
    for command in wiring.COMMANDS:
        app.cli.add_command(command)
    keep_refusals(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def start(settings: Settings) -> None:
    """Make this process ready for the rooms, with or without a web: database, keys, wiring."""
    database.connect(settings.database_url)
    pseudonyms.use_key(settings.pseudonym_key)
    vault.use_keys(safeguarding=settings.safeguarding_keys, others=settings.pseudonym_key)
    addresses.use_site(settings.site_url)
    open_store(settings)
    signing.use_key(settings.secret_key)
    scanning.use_scanner(settings.clamav)
    minimums.use_minimums(public=settings.public_minimum, official=settings.official_minimum)
    clocks.use_minutes(*settings.minutes_by_level)
    announcing.follow(wiring.LISTENERS)
    readers.follow(wiring.READERS)
    exhibits.follow(wiring.EXHIBITORS)
    finders.follow(wiring.FINDERS)
    writings.follow(wiring.WRITINGS)


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="visit",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.sign_in_hours),
        MAX_CONTENT_LENGTH=settings.upload_limit,
        MAX_FORM_MEMORY_SIZE=settings.upload_limit,
        MAX_FORM_PARTS=400,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        WTF_I18N_ENABLED=False,
    )
    app.extensions["settings"] = settings
    keep_logs(settings.log_level)


def _teach_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(i18n._, i18n.ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(_=i18n._, ngettext=i18n.ngettext, can=can)
    app.jinja_env.filters.update(
        zh_date=i18n.say_date,
        zh_month=i18n.say_month,
        zh_time=i18n.say_time,
        number=i18n.say_number,
        percent=i18n.say_percent,
        file_size=i18n.say_bytes,
    )

    @app.context_processor
    def surroundings() -> dict[str, Any]:
        return {
            "site": _site(settings),
            "me": current_user if current_user.is_authenticated else None,
            "locale": i18n.current_locale(),
            "display": g.look,
            "staff_tabs": [] if g.get("refused") else staff_tabs(current_user),
            "demo": settings.demo,
        }


def _site(settings: Settings) -> SimpleNamespace:
    english = i18n.current_locale() == "en"
    return SimpleNamespace(
        name=i18n._("童声"),
        city=settings.city_en if english else settings.city_zh,
        url=settings.site_url,
        helplines=[
            SimpleNamespace(number=line.number, label=line.label_en if english else line.label_zh)
            for line in settings.helplines
        ],
    )


def can(deed: str, thing: Any = None) -> bool:
    """May the present visitor do this deed to this thing now? For templates."""
    return wiring.RIGHTS[deed](current_user, thing, g.setdefault("moment", now()))
