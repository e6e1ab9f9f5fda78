"""Settings are read once and refused with a sentence that names the variable."""

from pathlib import Path

import pytest

from participation.settings import SettingsError, read_settings

NEEDED = {
    "DATABASE_URL": "sqlite:///x.db",
    "SECRET_KEY": "a" * 32,
    "PSEUDONYM_KEY": "b" * 32,
    "SAFEGUARDING_KEY": "c" * 32,
}


def test_every_kind_of_value_is_read() -> None:
    settings = read_settings(
        {
            **NEEDED,
            "DEMO": "yes",
            "SMTP_PORT": "2525",
            "VAR_DIR": "/srv/site",
            "CITY_EN": "Hill Town",
            "HELPLINES": "12355|青少年服务热线|Youth line; 110|报警|Police",
        }
    )
    assert (settings.demo, settings.smtp_port, settings.var_dir) == (True, 2525, Path("/srv/site"))
    assert [line.label_en for line in settings.helplines] == ["Youth line", "Police"]
    assert settings.host == "127.0.0.1"
    assert not [secret for secret in ("a", "b", "c") if secret * 32 in repr(settings)]
    assert settings.minutes_by_level == (15, 60)


def test_safeguarding_keys_are_changed_one_after_the_other() -> None:
    keys = f"{'d' * 32}, {'c' * 32}"
    settings = read_settings(NEEDED | {"SAFEGUARDING_KEY": keys, "SAFEGUARDING_MINUTES": "10,30"})
    assert settings.safeguarding_keys == ("d" * 32, "c" * 32)
    assert settings.minutes_by_level == (10, 30)


@pytest.mark.parametrize("told", ["", "127.0.0.1:3310", "[::1]:3310", "/run/clamd.ctl"])
def test_where_a_scanner_may_be(told: str) -> None:
    assert read_settings(NEEDED | {"CLAMAV": told}).clamav == told


def test_a_bucket_may_be_amazon_s() -> None:
    bucket = {"STORAGE": "s3", "S3_BUCKET": "b", "S3_KEY": "key-xyz", "S3_SECRET": "secret-xyz"}
    settings = read_settings(NEEDED | bucket)
    assert settings.storage == "s3" and "xyz" not in repr(settings)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"PSEUDONYM_KEY": "a" * 32}, "must differ"),
        ({"SAFEGUARDING_KEY": ""}, "SAFEGUARDING_KEY"),
        ({"SAFEGUARDING_KEY": " , "}, "SAFEGUARDING_KEY"),
        ({"SAFEGUARDING_KEY": f"{'c' * 32},short"}, "SAFEGUARDING_KEY"),
        ({"SAFEGUARDING_KEY": "a" * 32}, "SAFEGUARDING_KEY must differ"),
        ({"SAFEGUARDING_KEY": "b" * 32}, "SAFEGUARDING_KEY must differ"),
        ({"SAFEGUARDING_MINUTES": "15"}, "SAFEGUARDING_MINUTES"),
        ({"SAFEGUARDING_MINUTES": "soon,later"}, "SAFEGUARDING_MINUTES"),
        ({"SAFEGUARDING_MINUTES": "60,15"}, "SAFEGUARDING_MINUTES"),
        ({"DEMO": "perhaps"}, "DEMO"),
        ({"SMTP_PORT": "many"}, "SMTP_PORT"),
        ({"SMTP_SECURITY": "some"}, "SMTP_SECURITY"),
        ({"SITE_URL": "tongsheng"}, "SITE_URL"),
        ({"HELPLINES": "110"}, "HELPLINES"),
        ({"HELPLINES": " ; "}, "HELPLINES"),
        ({"PUBLIC_MINIMUM": "3"}, "PUBLIC_MINIMUM"),
        ({"SITE_URL": "https://a.example", "SECURE_COOKIES": "no"}, "SECURE_COOKIES"),
        ({"STORAGE": "tape"}, "STORAGE"),
        ({"STORAGE": "s3"}, "S3_BUCKET, S3_KEY, S3_SECRET"),
        ({"STORAGE": "s3", "S3_BUCKET": "b", "S3_KEY": "k"}, "S3_SECRET"),
        ({"S3_ADDRESSING": "fast"}, "S3_ADDRESSING"),
        ({"S3_ENDPOINT": "store.example"}, "S3_ENDPOINT"),
        ({"CLAMAV": "clamd"}, "CLAMAV"),
        ({"CLAMAV": "clamd:0"}, "CLAMAV"),
        ({"CLAMAV": "clamd:99999"}, "CLAMAV"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings({**NEEDED, **changed})
