"""The whole road of a file with a bucket in place of the folder."""

from collections.abc import Iterator
from dataclasses import replace

import boto3
import pytest
from moto.server import ThreadedMotoServer

from participation import create_app
from participation.kernel import database
from participation.kernel.database import unit_of_work
from participation.media import actions, queries
from participation.settings import Settings
from tests.media import stage
from tests.support.browser import Browser

BUCKET = "city-files"


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    session = boto3.session.Session("key", "secret", region_name="us-east-1")
    admin = session.client("s3", endpoint_url=address)
    admin.create_bucket(Bucket=BUCKET)
    yield address
    admin.close()
    server.stop()


def test_a_file_comes_is_shown_in_part_and_goes(settings: Settings, endpoint: str) -> None:
    bucket = {"s3_bucket": BUCKET, "s3_key": "key", "s3_secret": "secret", "s3_addressing": "path"}
    app = create_app(replace(settings, storage="s3", s3_endpoint=endpoint, **bucket))
    browser = Browser(app, settings)
    file = stage.pressed(stage.picture())
    assert file.is_ready and len(stage.stored()) == 4
    assert not (settings.var_dir / "files").exists()
    address = queries.public_address(file, "small")
    whole = browser.client.get(address, buffered=True)
    assert (whole.status_code, whole.data) == (200, stage.content_of(file, "small"))
    part = browser.client.get(address, headers={"Range": "bytes=5-9"}, buffered=True)
    assert (part.status_code, part.data) == (206, whole.data[5:10])
    with unit_of_work():
        actions.discard(file.id)
    stage.work()
    assert stage.stored() == [] and browser.client.get(address).status_code == 404
    database.database().dispose()
