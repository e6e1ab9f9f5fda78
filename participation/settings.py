"""Every setting of the site, read once from the environment and checked before anything starts."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds templates/, static/ and translations/, from a checkout or a wheel."""

MINIMUM_SECRET = 32
NEEDED = ("DATABASE_URL", "SECRET_KEY", "PSEUDONYM_KEY", "SAFEGUARDING_KEY")


class SettingsError(ValueError):
    """A setting is missing or wrong; the sentence names the variable and what it takes."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """A telephone number that a child may call now; the label is shown in both languages."""

    number: str
    label_zh: str
    label_en: str


HELPLINES = (
    Helpline("12355", "青少年服务热线", "Youth service line"),
    Helpline("12356", "心理援助热线", "Psychological help line"),
    Helpline("110", "有危险时报警", "Police, when in danger"),
    Helpline("120", "受伤生病叫救护车", "Ambulance"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Plain values; secrets are never printed (`repr=False`)."""

    database_url: str
    secret_key: str = field(repr=False)
    pseudonym_key: str = field(repr=False)
    safeguarding_key: str = field(repr=False)
    safeguarding_minutes: str = "15,60"
    site_url: str = "http://127.0.0.1:8000"
    bind: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 2
    city_zh: str = "青岚市"
    city_en: str = "Qinglan"
    var_dir: Path = Path("var")
    demo: bool = False
    secure_cookies: bool = True
    child_minutes: int = 45
    staff_minutes: int = 120
    sign_in_hours: int = 12
    consent_days: int = 14
    upload_limit: int = 2 * 1024 * 1024
    mail_from: str = "tongsheng@localhost"
    mail_name: str = "童声"
    mail_folder: str = ""
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_security: str = "none"
    smtp_timeout: int = 20
    storage: str = "local"
    s3_endpoint: str = ""
    s3_bucket: str = ""
    s3_region: str = "us-east-1"
    s3_key: str = field(default="", repr=False)
    s3_secret: str = field(default="", repr=False)
    s3_addressing: str = "auto"
    clamav: str = ""
    proxies: int = 0
    public_minimum: int = 10
    official_minimum: int = 5
    log_level: str = "INFO"
    helplines: tuple[Helpline, ...] = HELPLINES

    @property
    def safeguarding_keys(self) -> tuple[str, ...]:
        """The keys of what is sealed for safeguarding: the first one seals, every one opens."""
        return tuple(filter(None, (key.strip() for key in self.safeguarding_key.split(","))))

    @property
    def minutes_by_level(self) -> tuple[int, int]:
        """Minutes within which a concern of level 1 and of level 2 is taken."""
        first, second = (int(part) for part in self.safeguarding_minutes.split(","))
        return first, second

    @property
    def host(self) -> str:
        """The host name of the site, for Message-IDs."""
        return urlsplit(self.site_url).hostname or "localhost"


def _read(environ: Mapping[str, str], name: str, kind: type) -> object:
    raw = environ[name]
    if kind is bool:
        if raw.lower() not in ("0", "1", "true", "false", "yes", "no"):
            raise SettingsError(f"{name} takes yes or no, not {raw!r}")
        return raw.lower() in ("1", "true", "yes")
    if kind is int:
        if not raw.isascii() or not raw.isdigit():
            raise SettingsError(f"{name} takes a whole number, not {raw!r}")
        return int(raw)
    return Path(raw) if kind is Path else raw


def _helplines(raw: str) -> tuple[Helpline, ...]:
    lines = []
    for part in filter(None, (piece.strip() for piece in raw.split(";"))):
        words = [word.strip() for word in part.split("|")]
        if len(words) != 3:
            raise SettingsError("HELPLINES takes number|中文|English, separated by semicolons")
        lines.append(Helpline(*words))
    if not lines:
        raise SettingsError("HELPLINES needs at least one number")
    return tuple(lines)


def _check(settings: Settings) -> Settings:
    for name in ("secret_key", "pseudonym_key"):
        if len(getattr(settings, name)) < MINIMUM_SECRET:
            raise SettingsError(f"{name.upper()} needs at least {MINIMUM_SECRET} characters")
    if settings.secret_key == settings.pseudonym_key:
        raise SettingsError("SECRET_KEY and PSEUDONYM_KEY must differ")
    _check_safeguarding(settings)
    _check_files(settings)
    address = urlsplit(settings.site_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError("SITE_URL takes an address such as https://tongsheng.example")
    if settings.smtp_security not in ("none", "starttls", "tls"):
        raise SettingsError("SMTP_SECURITY takes none, starttls or tls")
    if settings.public_minimum < 10 or settings.official_minimum < 5:
        raise SettingsError("PUBLIC_MINIMUM and OFFICIAL_MINIMUM may only be raised (10 and 5)")
    if not settings.secure_cookies and not settings.demo and address.scheme == "https":
        raise SettingsError("SECURE_COOKIES may be off only in the demo or on plain http")
    return settings


def _check_safeguarding(settings: Settings) -> None:
    keys = settings.safeguarding_keys
    if not keys or min(map(len, keys)) < MINIMUM_SECRET:
        raise SettingsError(f"SAFEGUARDING_KEY needs at least {MINIMUM_SECRET} characters")
    if {settings.secret_key, settings.pseudonym_key} & set(keys):
        raise SettingsError("SAFEGUARDING_KEY must differ from SECRET_KEY and PSEUDONYM_KEY")
    try:
        first, second = settings.minutes_by_level
    except ValueError as problem:
        raise SettingsError("SAFEGUARDING_MINUTES takes two numbers such as 15,60") from problem
    if not 0 < first <= second <= 24 * 60:
        raise SettingsError(
            "SAFEGUARDING_MINUTES: level 1 is not slower than level 2, within a day"
        )


def _check_files(settings: Settings) -> None:
    if settings.storage not in ("local", "s3"):
        raise SettingsError("STORAGE takes local or s3")
    if settings.s3_addressing not in ("auto", "path", "virtual"):
        raise SettingsError("S3_ADDRESSING takes auto, path or virtual")
    if settings.storage == "s3":
        needed = ("s3_bucket", "s3_region", "s3_key", "s3_secret")
        missing = [name.upper() for name in needed if not getattr(settings, name)]
        if missing:
            raise SettingsError(f"{', '.join(missing)}: needed with STORAGE=s3")
    endpoint = urlsplit(settings.s3_endpoint)
    if settings.s3_endpoint and (endpoint.scheme not in ("http", "https") or not endpoint.hostname):
        raise SettingsError("S3_ENDPOINT takes an address such as https://s3.city.example")
    if not _is_scanner(settings.clamav):
        raise SettingsError("CLAMAV takes host:port or the path of a socket, or stays empty")


def _is_scanner(told: str) -> bool:
    """Is it nothing, the absolute path of a socket, or `host:port`?"""
    host, _colon, port = told.rpartition(":")
    by_port = bool(host) and port.isascii() and port.isdigit() and 0 < int(port) < 65536
    return not told or told.startswith("/") or by_port


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check every setting.

    Each field of `Settings` is the variable of the same name in capitals. Raises
    `SettingsError` with a sentence that names the variable.
    """
    missing = [name for name in NEEDED if not environ.get(name)]
    if missing:
        raise SettingsError(f"{', '.join(missing)}: not set")
    values: dict[str, object] = {}
    for item in fields(Settings):
        name = item.name.upper()
        if name not in environ:
            continue
        if item.name == "helplines":
            values[item.name] = _helplines(environ[name])
        else:
            kind = item.type if isinstance(item.type, type) else str
            values[item.name] = _read(environ, name, kind)
    return _check(Settings(**values))  # type: ignore[arg-type]
