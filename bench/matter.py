"""The matter that everything is measured with: ten questions in two languages, put to children."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from bench.people import City
from participation.accounts.identity import Identity
from participation.consultations.actions.drafting import (
    change_topic,
    draft_topic,
    publish_topic,
    usual_dates,
)
from participation.consultations.outline import (
    Outline,
    PlannedOption,
    PlannedQuestion,
    PlannedTheme,
)
from participation.consultations.topic import Topic
from participation.kernel.clock import today
from participation.kernel.tables import Words

OPTIONS: Final = (
    ("红绿灯再长一点", "A longer green light"),
    ("不让车停在学校门口", "No cars at the school gate"),
    ("画一条只给走路的人的线", "A line for walkers only"),
    ("每天早上多一位护学的人", "One more crossing guard each morning"),
    ("把天桥的电梯修好", "Mend the lift of the footbridge"),
    ("别的，我写在最后一题", "Something else, in the last question"),
)
ASKED: Final = (
    ("faces", "走路上学，你觉得怎么样？", "How do you find walking to school?"),
    ("single", "上学路上，你最想先改哪里？", "What should be mended first on your way?"),
    ("several", "哪些时候你会害怕？最多选三个。", "When are you afraid? Up to three."),
    ("single", "你每天怎么上学？", "How do you get to school?"),
    ("single", "路上要多久？", "How long does it take?"),
    ("several", "谁可以帮你？最多选三个。", "Who could help you? Up to three."),
    ("faces", "过马路，你觉得安全吗？", "How safe is crossing the road?"),
    ("single", "哪个路口最难过？", "Which crossing is the hardest?"),
    ("single", "放学的时候呢？", "And on the way home?"),
    ("words", "还想对他们说什么？", "What else would you like to tell them?"),
)
SAID: Final = "绿灯太短了，走到一半就变红，弟弟每次都要跑。下雨的时候路边的水很深，鞋子会湿一整天。"


def _question(place: int, kind: str, zh: str, en: str, *, easy: bool) -> PlannedQuestion:
    choices = tuple(
        PlannedOption(f"{place}-{code}", Words(zh=one, en=other), Words(zh=one, en=other))
        for code, (one, other) in enumerate(OPTIONS)
    )
    return PlannedQuestion(
        kind=kind,
        wording=Words(zh=zh, en=en),
        easy=Words(zh=zh, en=en) if easy else Words(),
        most=3 if kind == "several" else 1,
        options=choices if kind in ("single", "several") else (),
    )


def outline(city: City, sign: str, *, coded_only: bool = False) -> Outline:
    """A complete outline that is open since yesterday; `coded_only` asks ten coded questions."""
    opens = usual_dates(today() - timedelta(days=1))[0]
    _opens, closes, answer, follow_up = usual_dates(today())
    asked = [*ASKED[:-1], ("single", "几月最需要改？", "When?")] if coded_only else ASKED
    return Outline(
        title=Words(zh="上学路上，安全又好走吗？", en="The way to school: safe and easy to walk?"),
        sign=sign,
        summary=Words(
            zh="市交通局明年要改 30 个学校门口的路。你每天走这些路，你最清楚哪里不好走。",
            en="Next year the bureau will rebuild the road at 30 school gates. You know it best.",
        ),
        decided=Words(zh="30 所学校已经选好，钱也够。", en="The 30 schools are chosen."),
        changeable=Words(zh="先改什么，绿灯多长，车停在哪里。", en="What comes first."),
        bands="abc",
        opens_at=opens,
        closes_at=closes,
        unit_id=city.unit_id,
        official_id=city.official,
        answer_due=answer,
        follow_up_on=follow_up,
        questions=tuple(
            _question(place, *one, easy=0 < place < 3) for place, one in enumerate(asked)
        ),
        themes=(PlannedTheme(Words(zh="先改哪里", en="What comes first"), "1-0"),),
    )


def publish(secretary: Identity, city: City, sign: str, *, coded_only: bool = False) -> int:
    """Draft and publish the matter by the deeds of the house; returns its id."""
    row = draft_topic(secretary, Words(zh="上学路上"), sign)
    plan = outline(city, sign, coded_only=coded_only)
    change_topic(secretary, row, plan, version=row.version)
    return publish_topic(secretary, row.id).id


def answers(topic: Topic, turn: int) -> Mapping[str, Any]:
    """A filled-in form: every question answered, the open one in a sentence of its own."""
    fields: dict[str, Any] = {}
    for place, question in enumerate(topic.questions):
        first = 1 + (turn + place) % 5
        if question.kind == "several":
            fields[question.name] = [str(first), str(first % 5 + 1)]
        elif question.kind == "words":
            fields[question.name] = f"{SAID}（{turn}）"
            fields[question.quote] = "y"
        else:
            fields[question.name] = str(first)
    return fields
