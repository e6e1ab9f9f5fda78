"""Both stores keep the same promises: a folder, and a bucket behind a real server of moto."""

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from participation.kernel import storage
from participation.kernel.storage import Folder, Gone, Store, StoreAway
from participation.settings import Settings, SettingsError
from tests.conftest import SECRETS

KEY = "media/ab/one/small.webp"
BUCKET = "city-files"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def bucket_settings(endpoint: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url="sqlite://",
        var_dir=tmp_path,
        storage="s3",
        s3_endpoint=endpoint,
        s3_bucket=BUCKET,
        s3_key="key",
        s3_secret="secret",
        s3_addressing="path",
        **SECRETS,
    )


def client(endpoint: str):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    )


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    before = storage._store
    if request.param == "local":
        yield storage.open_store(
            Settings(database_url="sqlite://", var_dir=tmp_path / "var", **SECRETS)
        )
    else:
        endpoint = request.getfixturevalue("endpoint")
        admin = client(endpoint)
        admin.create_bucket(Bucket=BUCKET)
        yield storage.open_store(bucket_settings(endpoint, tmp_path))
        for one in admin.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
            admin.delete_object(Bucket=BUCKET, Key=one["Key"])
        admin.delete_bucket(Bucket=BUCKET)
        admin.close()
    storage._store = before


def read(store: Store, key: str = KEY, **part: int) -> bytes:
    with store.read(key, **part) as stream:
        return b"".join(stream)


class TestBoth:
    def test_what_is_put_is_read(self, store: Store) -> None:
        content = os.urandom(200_000)
        assert store.put(KEY, io.BytesIO(content)) == 200_000
        assert read(store) == content
        assert store.size(KEY) == 200_000

    def test_from_where_the_source_stands(self, store: Store) -> None:
        source = io.BytesIO(b"0123456789")
        source.seek(4)
        assert store.put(KEY, source) == 6
        assert read(store) == b"456789"

    @pytest.mark.parametrize(
        ("start", "length", "found"),
        [
            (0, 3, b"012"),
            (7, 3, b"789"),
            (7, 99, b"789"),
            (7, None, b"789"),
            (10, None, b""),
            (50, 3, b""),
            (2, 0, b""),
        ],
    )
    def test_in_part(self, store: Store, start: int, length: int | None, found: bytes) -> None:
        store.put(KEY, io.BytesIO(b"0123456789"))
        assert read(store, start=start, length=length) == found  # type: ignore[arg-type]

    def test_nothing_in_it(self, store: Store) -> None:
        assert store.put(KEY, io.BytesIO(b"")) == 0
        assert (store.size(KEY), read(store)) == (0, b"")

    def test_the_later_one_stands(self, store: Store) -> None:
        for content in (b"first", b"second"):
            store.put(KEY, io.BytesIO(content))
        assert read(store) == b"second"

    def test_what_is_deleted_is_gone(self, store: Store) -> None:
        store.put(KEY, io.BytesIO(b"x"))
        for _again in range(2):
            store.delete(KEY)
        assert store.size(KEY) is None
        for part in ({}, {"length": 0}):
            with pytest.raises(Gone):
                store.read(KEY, **part)
        assert list(store.walk()) == []

    def test_a_walk_goes_by_whole_parts(self, store: Store) -> None:
        for key in ("media/ab/one/a", "media/ab/one/b", "media/ab/onetwo/a", "media/cd/x/a"):
            store.put(key, io.BytesIO(b"xy"))
        assert {one.key for one in store.walk("media/ab/one/")} == {
            "media/ab/one/a",
            "media/ab/one/b",
        }
        whole = list(store.walk())
        assert len(whole) == 4 and {one.size for one in whole} == {2}
        lately = datetime.now(UTC) - timedelta(minutes=5)
        assert all(one.written_at > lately for one in whole)
        assert list(store.walk("nothing/here/")) == []

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "one",
            "/etc/passwd",
            "media/../../x",
            "media/..",
            "media//x",
            "media/x/",
            "media/.hidden",
            "media/X",
            "media/a b",
            "media/a\0b",
            "media/a\nb",
            "media/é",
            "media\\x/y",
            "media/" + "a" * 65,
            "a/b/c/d/e/f/g/h",
        ],
    )
    def test_no_key_leads_out(self, store: Store, key: str) -> None:
        deeds = (
            lambda: store.put(key, io.BytesIO(b"x")),
            lambda: store.read(key),
            lambda: store.delete(key),
            lambda: store.size(key),
        )
        for deed in deeds:
            with pytest.raises(ValueError, match="not a key"):
                deed()

    @pytest.mark.parametrize("prefix", ["..", "../", "/", "media", "media/../"])
    def test_no_prefix_leads_out(self, store: Store, prefix: str) -> None:
        with pytest.raises(ValueError, match="not a prefix"):
            list(store.walk(prefix))

    def test_a_source_that_breaks_leaves_what_was(self, store: Store) -> None:
        store.put(KEY, io.BytesIO(b"before"))

        class Broken(io.BytesIO):
            def read(self, *_size: int | None) -> bytes:
                raise ArithmeticError

        with pytest.raises(ArithmeticError):
            store.put(KEY, Broken(b"after"))
        assert read(store) == b"before"
        assert len(list(store.walk())) == 1

    def test_an_unread_stream_may_be_closed(self, store: Store) -> None:
        store.put(KEY, io.BytesIO(b"x" * 200_000))
        store.read(KEY).close()
        with store.read(KEY) as stream:
            assert len(next(iter(stream))) > 0


class TestFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Folder:
        return Folder(tmp_path / "files")

    def test_nobody_else_may_look(self, folder: Folder) -> None:
        folder.put(KEY, io.BytesIO(b"x"))
        modes = {
            path.relative_to(folder.root).as_posix(): stat.S_IMODE(path.stat().st_mode)
            for path in (folder.root, *folder.root.rglob("*"))
        }
        assert modes.pop(KEY) == 0o600
        assert set(modes.values()) == {0o700} and len(modes) == 4

    def test_empty_folders_go(self, folder: Folder) -> None:
        folder.put(KEY, io.BytesIO(b"x"))
        folder.put("media/ab/two/x", io.BytesIO(b"x"))
        folder.delete(KEY)
        assert {path.name for path in folder.root.rglob("*")} == {"media", "ab", "two", "x"}
        folder.delete("media/ab/two/x")
        assert folder.root.is_dir() and list(folder.root.iterdir()) == []

    def test_links_lead_nowhere(self, folder: Folder, tmp_path: Path) -> None:
        (tmp_path / "secret").mkdir()
        (tmp_path / "secret" / "x").write_text("x")
        (folder.root / "media").mkdir()
        (folder.root / "media" / "link").symlink_to(tmp_path / "secret")
        assert [one.key for one in folder.walk("media/")] == []

    def test_a_folder_is_no_file(self, folder: Folder) -> None:
        folder.put("media/ab/one/x", io.BytesIO(b"x"))
        assert folder.size("media/ab") is None
        assert folder.size("media/ab/one/x/y") is None
        folder.delete("media/ab/one/x/y")
        with pytest.raises(Gone):
            folder.read("media/ab")

    def test_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "var").write_text("no folder")
        with pytest.raises(SettingsError, match="VAR_DIR"):
            storage.open_store(
                Settings(database_url="sqlite://", var_dir=tmp_path / "var", **SECRETS)
            )
        folder = Folder(tmp_path / "files")
        (folder.root / "media").write_text("in the way")
        with pytest.raises(StoreAway):
            folder.put(KEY, io.BytesIO(b"x"))


class TestBucket:
    def test_a_bucket_that_is_not_there_is_away_and_proves_nothing(
        self, endpoint: str, tmp_path: Path
    ) -> None:
        store = storage._bucket(replace(bucket_settings(endpoint, tmp_path), s3_bucket="other"))
        with pytest.raises(StoreAway):
            store.put(KEY, io.BytesIO(b"x"))
        with pytest.raises(StoreAway):
            list(store.walk())

    def test_nobody_answers(self, tmp_path: Path) -> None:
        store = storage._bucket(bucket_settings("http://127.0.0.1:9", tmp_path))
        with pytest.raises(StoreAway):
            store.size(KEY)

    @pytest.mark.parametrize("store", ["s3"], indirect=True)
    def test_nothing_is_public(self, endpoint: str, store: Store) -> None:
        store.put(KEY, io.BytesIO(b"x"))
        admin = client(endpoint)
        grants = admin.get_object_acl(Bucket=BUCKET, Key=KEY)["Grants"]
        admin.close()
        assert {grant["Permission"] for grant in grants} == {"FULL_CONTROL"}
        assert all("URI" not in grant["Grantee"] for grant in grants)


def test_there_is_none_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_store", None)
    with pytest.raises(RuntimeError, match="open_store"):
        storage.store()


def test_a_bucket_without_its_library_is_said_at_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(storage, "import_module", missing)
    with pytest.raises(SettingsError, match="boto3"):
        storage.open_store(bucket_settings("", tmp_path))
