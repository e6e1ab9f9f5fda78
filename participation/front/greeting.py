"""How a day begins: the greeting that fits the hour in the city."""

from datetime import datetime

from participation.kernel.clock import CITY_ZONE
from participation.kernel.i18n import LazyWords, _l

MORNING, NOON, EVENING = 5, 12, 18


def greeting(moment: datetime) -> LazyWords:
    """The greeting at an aware moment, by the city's clock."""
    hour = moment.astimezone(CITY_ZONE).hour
    if MORNING <= hour < NOON:
        return _l("早上好")
    return _l("下午好") if NOON <= hour < EVENING else _l("晚上好")
