"""Settings are read once and refused with a sentence that names the variable."""

from pathlib import Path

import pytest

from participation.settings import SettingsError, read_settings

NEEDED = {"DATABASE_URL": "sqlite:///x.db", "SECRET_KEY": "a" * 32, "PSEUDONYM_KEY": "b" * 32}


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
    assert "a" * 32 not in repr(settings)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"PSEUDONYM_KEY": "a" * 32}, "must differ"),
        ({"DEMO": "perhaps"}, "DEMO"),
        ({"SMTP_PORT": "many"}, "SMTP_PORT"),
        ({"SMTP_SECURITY": "some"}, "SMTP_SECURITY"),
        ({"SITE_URL": "tongsheng"}, "SITE_URL"),
        ({"HELPLINES": "110"}, "HELPLINES"),
        ({"HELPLINES": " ; "}, "HELPLINES"),
        ({"PUBLIC_MINIMUM": "3"}, "PUBLIC_MINIMUM"),
        ({"SITE_URL": "https://a.example", "SECURE_COOKIES": "no"}, "SECURE_COOKIES"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings({**NEEDED, **changed})
