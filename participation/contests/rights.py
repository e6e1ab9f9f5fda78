"""The rights that a call asks for, as plain sentences made from its data: nobody rewrites them."""

from participation.contests.call import ShownCall
from participation.kernel.i18n import LazyWords, _l


def rights_for_children(call: ShownCall) -> tuple[LazyWords, ...]:
    """What a child reads before she hands in a work (R66): use, place, years, and her no."""
    return (
        _l("作品永远是你的。"),
        _l("我们想借它做这些：%(what)s", what=call.use_for),
        _l("只在这些地方用：%(where)s", where=call.use_where),
        _l("最多用 %(years)s 年，到时候就拿下来。", years=call.years),
        _l("写你的笔名、姓，或者什么都不写，你来定。"),
        _l("家里的大人也同意了，我们才用。"),
        _l("哪天不想让我们用了，告诉我们，马上拿下来。"),
    )


def rights_for_guardians(call: ShownCall) -> tuple[LazyWords, ...]:
    """The same for who signs with the child (著作权法 10 and 11, 民法典 19 and 20)."""
    return (
        _l("著作权属于孩子。这是一份许可，不是转让，也不独占。"),
        _l("用途：%(what)s", what=call.use_for),
        _l("范围：%(where)s", where=call.use_where),
        _l("期限：从你同意那天起 %(years)s 年，到期自动停用。", years=call.years),
        _l("署名由孩子选：笔名、姓，或者不署名。"),
        _l("孩子或你随时可以收回，以后的使用当天停止；已经印出来的收不回。"),
        _l("另外的用法，同意或不同意都不影响评选。"),
    )
