"""Why a file can't be used, in sentences for a nine-year-old who can do something about it."""

from typing import Final

from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import LazyWords, _l
from participation.media.press.face import Unusable

SENTENCES: Final[dict[str, LazyWords]] = {
    "empty": _l("这个文件是空的。请再选一次。"),
    "too_big": _l("这个文件太大了，传不上来。请选小一点的，或者用手机重新拍一张。"),
    "wrong_kind": _l(
        "这种文件这里打不开。请换一张照片或图片（JPG、PNG、WEBP）；录音用 MP3、M4A 或 WAV。"
    ),
    "heic": _l(
        "这是苹果手机的 HEIC 照片，这里打不开。请给它截一张图，再传截图；或者在手机里存成 JPG。"
    ),
    "animated": _l("这张图会动。请传一张不会动的图。"),
    "unreadable": _l("这个文件打不开，可能坏了。请重新拍、重新录，或者再存一次。"),
    "too_many_pixels": _l("这张图太大了，电脑算不过来。请把它缩小一些再传。"),
    "too_small": _l("这张图太小了，看不清楚。请传一张大一点的。"),
    "bomb": _l("这个文件里藏着太多东西，这里不能打开。请重新拍一张，或者再存一次。"),
    "unsafe_drawing": _l("这张画里有这里不能打开的东西。请把它存成 PNG 图片再传。"),
    "picture_inside": _l(
        "这张画里还贴着照片或别的图，这里只能打开画出来的线和颜色。请把它存成 PNG 图片再传。"
    ),
    "too_long": _l("这段声音太长了，最多五分钟。请录短一点。"),
    "too_slow": _l("打开这个文件用了太久，只好停下来。请再存一次，或者换一个文件。"),
    "infected": _l("检查文件的程序说，这个文件里可能有病毒，所以没有收下。请告诉老师或家人。"),
}


def refusal(unusable: Unusable, *, field: str = "file") -> RuleBroken:
    """The refusal that a form shows at its file input."""
    return RuleBroken(SENTENCES[unusable.code], field=field)
