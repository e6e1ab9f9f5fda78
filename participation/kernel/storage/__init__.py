"""Where bytes are kept that are too large for a row: a folder of this machine, or a bucket (S3)."""

from importlib import import_module

from participation.kernel.storage.face import PIECE, Gone, Store, StoreAway, Stored, Stream
from participation.kernel.storage.local import Folder
from participation.settings import Settings, SettingsError

__all__ = (
    "PIECE",
    "Folder",
    "Gone",
    "Store",
    "StoreAway",
    "Stored",
    "Stream",
    "open_store",
    "store",
)

_store: Store | None = None


def open_store(settings: Settings) -> Store:
    """Make the store that the settings name that of this process.

    The library of S3 is loaded only where S3 was chosen (it takes 30 MB). Raises `SettingsError`
    where it is not installed, or where the folder can't be made.
    """
    global _store
    if settings.storage == "s3":
        _store = _bucket(settings)
    else:
        try:
            _store = Folder(settings.var_dir / "files")
        except StoreAway as problem:
            raise SettingsError(f"VAR_DIR: the folder of files can't be made ({problem})") from None
    return _store


def store() -> Store:
    """The store of this process; raises `RuntimeError` before `open_store`."""
    if _store is None:
        raise RuntimeError("no store: call open_store() first")
    return _store


def _bucket(settings: Settings) -> Store:
    try:
        module = import_module("participation.kernel.storage.s3")
    except ModuleNotFoundError as problem:
        raise SettingsError("STORAGE=s3 needs boto3: install the extra 'city'") from problem
    made: Store = module.Bucket(
        endpoint=settings.s3_endpoint,
        bucket=settings.s3_bucket,
        region=settings.s3_region,
        key=settings.s3_key,
        secret=settings.s3_secret,
        addressing=settings.s3_addressing,
    )
    return made
