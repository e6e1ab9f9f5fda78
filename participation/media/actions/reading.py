"""The worker looks for printed codes in a picture that is ready: what they say is the caller's."""

import logging
import tempfile
from pathlib import Path

from sqlalchemy import select

from participation.kernel.database import session
from participation.kernel.storage import Gone, store
from participation.media.models import File, Rendition
from participation.media.press import Spotted, Unusable, spot

log = logging.getLogger(__name__)


def codes_in(file_id: str) -> list[Spotted]:
    """The printed codes in a picture; none where it is not ready, or can't be read.

    Heavy, for the worker, before anything is written: the child process of the press opens it.
    Raises `StoreAway`, and then the job is tried again.
    """
    key = session().scalar(
        select(Rendition.key)
        .join(File, File.id == Rendition.file_id)
        .where(File.id == file_id, File.state == "ready", Rendition.name == "print")
    )
    if key is None:
        return []
    with tempfile.TemporaryDirectory(prefix="tongsheng-") as folder:
        path = Path(folder) / "print"
        try:
            with store().read(key) as stream, path.open("xb") as file:
                for piece in stream:
                    file.write(piece)
            return spot(path)
        except Gone:
            return []
        except Unusable as problem:
            log.warning("no codes read: %s", problem.code)
            return []
