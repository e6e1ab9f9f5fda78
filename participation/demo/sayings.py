"""Short things that children of the demo city wrote about lunch, and how each was judged."""

from typing import Final, NamedTuple


class Saying(NamedTuple):
    """One text and its verdict."""

    text: str
    verdict: str
    reasons: tuple[str, ...] = ()


FOODS: Final = (
    *("土豆", "红烧肉", "豆腐", "汤", "米饭", "青菜", "鸡腿", "面条", "馒头", "番茄炒蛋"),
)
WISHES: Final = ("能不能少放一点盐。", "到五楼就凉了。", "想多要一勺。", "切小一点就好了。")
NAMES: Final = (
    *("马晓晓", "高小宇", "林朵朵", "何一诺", "罗子安", "郭欣怡", "孙若晨", "朱嘉言"),
    *("胡思远", "杨乐怡", "黄明可"),
)

TOO_STRICT: Final = Saying("食堂的汤难喝得要命，求求你们换一锅。", "returned", ("hurtful",))
"""Asked about again, and published: it speaks of a soup."""
RIGHTLY: Final = Saying("打饭慢的都是懒猪，活该吃凉的。", "refused", ("hurtful",))
"""Asked about again, and still not published."""

SAYINGS: Final = (
    TOO_STRICT,
    RIGHTLY,
    *(Saying(f"我叫{name}，我想每周吃一次饺子。", "returned", ("name",)) for name in NAMES),
    *(Saying(f"{food}{wish}", "approved") for food in FOODS for wish in WISHES),
)
BY_TEXT: Final = {saying.text: saying for saying in SAYINGS}
