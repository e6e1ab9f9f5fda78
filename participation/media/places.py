"""The keys under which the bytes of a file lie: all below one folder that nobody can guess."""

import secrets
from typing import Final

ROOT: Final = "media/"


def new_id() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def folder_of(file_id: str) -> str:
    """The prefix of everything that belongs to a file; by shards, so that no folder grows huge."""
    return f"{shard(file_id[:2])}{file_id}/"


def shard(start: str) -> str:
    """The prefix of all files whose ids begin with these two letters."""
    return f"{ROOT}{start}/"


def new_key(file_id: str, name: str) -> str:
    """A fresh key for one thing of a file: bytes are never written over."""
    return f"{folder_of(file_id)}{secrets.token_hex(16)}/{name}"
