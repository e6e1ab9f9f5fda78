"""A store in a bucket that speaks S3, for several servers; imported only where it is chosen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from participation.kernel.storage.face import Gone, Store, StoreAway, Stored, Stream
from participation.kernel.storage.keys import checked, checked_prefix

_MISSING: Final = frozenset({"404", "NoSuchKey", "NotFound"})
CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 20
TRIES: Final = 3


class Bucket(Store):
    """Objects of a private bucket. Only the site reads them: it hands out no address there."""

    def __init__(
        self, *, endpoint: str, bucket: str, region: str, key: str, secret: str, addressing: str
    ) -> None:
        self._bucket = bucket
        session = boto3.session.Session(
            aws_access_key_id=key, aws_secret_access_key=secret, region_name=region
        )
        self._client = session.client(
            "s3",
            endpoint_url=endpoint or None,
            config=Config(
                s3={"addressing_style": addressing},
                # Without both, boto3 ≥ 1.36 sends checksums that many stores refuse.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"max_attempts": TRIES, "mode": "standard"},
                signature_version="s3v4",
            ),
        )

    def put(self, key: str, source: BinaryIO) -> int:
        """One request; S3 shows an object as a whole or not at all."""
        start = source.tell()
        size = source.seek(0, 2) - start
        source.seek(start)
        with _asked():
            self._client.put_object(
                Bucket=self._bucket,
                Key=checked(key),
                Body=source,
                ContentLength=size,
                ACL="private",
                ContentType="application/octet-stream",
            )
        return size

    def read(self, key: str, *, start: int = 0, length: int | None = None) -> Stream:
        """By a ranged request, read piece by piece off the connection."""
        wanted: dict[str, Any] = {"Bucket": self._bucket, "Key": checked(key)}
        if length == 0:
            if self.size(key) is None:
                raise Gone
            return Stream(lambda _most: b"", lambda: None, 0)
        if start or length is not None:
            wanted["Range"] = f"bytes={start}-{'' if length is None else start + length - 1}"
        try:
            with _asked():
                found = self._client.get_object(**wanted)
        except _Beyond:
            return Stream(lambda _most: b"", lambda: None, 0)
        body = found["Body"]
        return Stream(_guarded(body.read), body.close, int(found["ContentLength"]))

    def delete(self, key: str) -> None:
        """S3 does not mind what is not there."""
        with _asked():
            self._client.delete_object(Bucket=self._bucket, Key=checked(key))

    def size(self, key: str) -> int | None:
        """By the head of the object."""
        try:
            with _asked():
                found = self._client.head_object(Bucket=self._bucket, Key=checked(key))
        except Gone:
            return None
        return int(found["ContentLength"])

    def walk(self, prefix: str = "") -> Iterator[Stored]:
        """A thousand at a time."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=checked_prefix(prefix)
        )
        with _asked():
            for page in pages:
                for one in page.get("Contents", ()):
                    yield Stored(one["Key"], int(one["Size"]), one["LastModified"])


class _Beyond(Exception):
    """The range begins beyond the end."""


@contextmanager
def _asked() -> Iterator[None]:
    """Say in the words of the house what the bucket answers; its own words may hold an address."""
    try:
        yield
    except ClientError as problem:
        code = str(problem.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise Gone from None
        if code == "InvalidRange":
            raise _Beyond from None
        raise StoreAway(code or "refused") from None
    except BotoCoreError as problem:
        raise StoreAway(type(problem).__name__) from None


def _guarded(read: Any) -> Any:
    def piece(most: int) -> bytes:
        with _asked():
            found: bytes = read(most)
        return found

    return piece
