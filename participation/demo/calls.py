"""The calls for works of the demo city: drawings of the road at one's door, songs, a logo."""

from dataclasses import replace
from datetime import datetime, timedelta

from participation.contests.actions.drafting import change_call, draft_call, publish_call
from participation.contests.defaults import USUAL
from participation.contests.outline import CallOutline, PlannedPart
from participation.contests.queries.calls import whole_call
from participation.demo.city import City
from participation.demo.people import staff_identity
from participation.demo.works import hang_drawings, judge_songs
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import at, city_day, start_of
from participation.kernel.database import unit_of_work
from participation.kernel.tables import Words

DAY = timedelta(days=1)


def _part(zh: str, en: str) -> PlannedPart:
    return PlannedPart(Words(zh=zh, en=en))


ROAD = CallOutline(
    kind="drawing",
    title=Words(zh="我家门前的路", en="The road at my door"),
    sign="画",
    brief=Words(
        zh="画一画你家门前的路。\n它现在什么样？你想让它变成什么样？",
        en="Draw the road at your door.\nWhat is it like? What would you like it to be?",
    ),
    brief_small=Words(zh="画一画你家门前的路。", en="Draw the road at your door."),
    brief_older=Words(
        zh="画出你家门前的路可以成为的样子。\n想一想：谁走这条路？谁走不了？",
        en="Draw what the road at your door could become.\nWho walks it? Who can't?",
    ),
    rules=Words(
        zh="什么纸、什么笔都行。\n可以请人教，不能请人代画。\n画里别写名字、学校和门牌号。",
        en="Any paper, any pen.\nSomebody may teach you, nobody may draw for you.\n"
        "Leave out names, schools and house numbers.",
    ),
    prizes=Words(
        zh="选中的画印在公交站牌上，再送你一本印好的画册。",
        en="Chosen drawings are printed at bus stops, and you get a printed book of them.",
    ),
    use_for=Words(zh="印在公交站牌上，编成一本画册", en="printed at bus stops and in one book"),
    use_where=Words(zh="本市的公交站和这个网站", en="bus stops of this city and this site"),
    years=2,
    bands="abc",
    pictures_most=3,
    authors_most=4,
    criteria=USUAL["drawing"].criteria,
    themes=(
        _part("过马路", "Crossing"),
        _part("等车", "Waiting for the bus"),
        _part("树和影子", "Trees and shade"),
        _part("一起走", "Walking together"),
    ),
    uses=(_part("在地铁里展出", "Shown in the metro"), _part("印成明信片", "Printed as postcards")),
)

LOGO = CallOutline(
    kind="logo",
    title=Words(zh="给儿童友好的城市画个标志", en="A logo for a city that is good to children"),
    sign="标",
    brief=Words(
        zh="儿童友好的地方，门口会挂一个标志。\n你来画：一看就知道，这里欢迎孩子。",
        en="Places that are good to children will show a sign.\nDraw it: one look, and a child "
        "knows she is welcome.",
    ),
    brief_small=Words(
        zh="画一个小标志。\n看到它，就知道这里欢迎你。", en="Draw a sign that says: come in."
    ),
    rules=Words(
        zh="一张图，颜色不超过四种。\n不用城市的真徽章，也不用别人的卡通人物。",
        en="One picture, at most four colours.\nNo real coats of arms, nobody else's characters.",
    ),
    prizes=Words(
        zh="用上的标志，第一块牌子请你来挂。",
        en="If yours is used, you hang up the first sign.",
    ),
    use_for=Words(
        zh="做成儿童友好地方的标志牌", en="made into signs for places that are good to children"
    ),
    use_where=Words(
        zh="本市的学校、公园、医院和这个网站",
        en="schools, parks and hospitals of this city and this site",
    ),
    years=5,
    bands="abc",
    criteria=USUAL["logo"].criteria,
    uses=(_part("印在孩子的公交卡上", "Printed on children's bus cards"),),
)


SONG = CallOutline(
    kind="lyrics",
    title=Words(zh="给我们的城市写首歌", en="A song for our city"),
    sign="歌",
    brief=Words(
        zh="写一首能唱的短歌。\n写你每天看见的，写大人看不见的。",
        en="Write a short song to sing.\nWrite what you see each day, and what grown-ups miss.",
    ),
    brief_small=Words(zh="写几句能唱的话。", en="Write a few lines to sing."),
    rules=Words(
        zh="四行就行，不押韵也行。\n歌里别写名字、学校和电话。",
        en="Four lines will do, without rhyme too.\nLeave out names, schools and numbers.",
    ),
    prizes=Words(
        zh="选中的歌请合唱团唱出来，请你来听。",
        en="A choir sings the chosen songs, and you are asked to come and hear.",
    ),
    use_for=Words(zh="由合唱团演唱和录音", en="sung and recorded by a choir"),
    use_where=Words(zh="本市的学校、广播和这个网站", en="schools, radio and this site"),
    years=3,
    bands="abc",
    pictures_most=0,
    criteria=USUAL["lyrics"].criteria,
)


def make_calls(city: City, start: datetime) -> None:
    """Drawings hang already, logos are still to come, songs are up for public notice."""
    midnight = start_of(city_day(start))
    morning, evening = midnight + timedelta(hours=8), midnight + timedelta(hours=20)
    road = _put(city, ROAD, morning - 12 * DAY, evening + 33 * DAY, official="chen")
    songs = _put(city, SONG, morning - 45 * DAY, evening - 15 * DAY, official="han")
    hang_drawings(city, road, start - 9 * DAY)
    judge_songs(city, songs, start)
    _put(city, LOGO, morning - 3 * DAY, evening + 42 * DAY, official="han", choice=True)


def _put(
    city: City,
    outline: CallOutline,
    opens: datetime,
    closes: datetime,
    *,
    official: str,
    choice: bool = False,
) -> int:
    secretary, decides = staff_identity(city.staff["feng"]), city.staff[official]
    notice = add_working_days(city_day(closes + 14 * DAY), 5).date
    until = add_working_days(notice, 7).date
    whole = replace(
        outline,
        opens_at=opens,
        closes_at=closes,
        choice="any_school" if choice else "none",
        choice_opens_at=closes + DAY if choice else None,
        choice_closes_at=closes + 8 * DAY if choice else None,
        notice_from=notice,
        notice_until=until,
        shows_until=until + 60 * DAY,
        unit_id=decides.unit_id,
        official_id=decides.id,
        answer_due=add_working_days(until, 15).date,
    )
    with at(opens - DAY), unit_of_work():
        row = whole_call(draft_call(secretary, whole.kind, whole.title, whole.sign).id)
        change_call(secretary, row, whole, version=row.version)
        publish_call(secretary, row.id)
        return row.id
