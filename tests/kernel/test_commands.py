"""The commands of the shell: migrate from nothing, and again; the worker ends when told to."""

import signal
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from participation import create_app
from participation.kernel.database import database
from participation.settings import Settings
from tests.support import processes


def test_migrate_from_nothing_and_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    settings = Settings(
        database_url=url,
        secret_key="s" * 40,
        pseudonym_key="p" * 40,
        safeguarding_key="g" * 40,
        secure_cookies=False,
    )
    app = create_app(replace(settings, site_url="http://localhost", log_level="ERROR"))
    for _time in range(2):
        result = app.test_cli_runner().invoke(args=["migrate"])
        assert result.exit_code == 0, result.output
    database().dispose()
    engine = create_engine(url)
    assert {"kernel_jobs", "kernel_letters"} <= set(inspect(engine).get_table_names())
    engine.dispose()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_when_told_to(settings: Settings, number: signal.Signals) -> None:
    with processes.worker(settings, port=1) as running:
        processes.wait_until(_has_rung)
        running.send_signal(number)
        assert running.wait(processes.PATIENCE) == 0


def _has_rung() -> bool:
    with database().engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM kernel_jobs WHERE state = 'done'")
        return bool(found.scalar())
