"""The matters of the demo city as data: words, questions, themes, opinions and the reply."""

from dataclasses import dataclass, field

Two = tuple[str, str]
"""Chinese and English."""


@dataclass(frozen=True)
class Choice:
    """One option: its label, a short label for the youngest, a picture, its share of answers."""

    label: Two
    easy: Two
    icon: str
    weight: int


@dataclass(frozen=True)
class Ask:
    """One question."""

    kind: str
    wording: Two
    easy: Two
    most: int = 1
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Matter:
    """One matter put to children."""

    title: Two
    sign: str
    summary: Two
    decided: Two
    changeable: Two
    unit: int
    bands: str
    asks: tuple[Ask, ...]
    themes: tuple[tuple[Two, int], ...]
    """Title and the place (from 1) of the option of the first choice question it stands for."""
    words: tuple[tuple[str, int, bool], ...] = ()
    """What children wrote: the text, the theme (from 1, 0 for none), a minority view or not."""
    answers: tuple[tuple[str, str, str, Two], ...] = field(default_factory=tuple)
    """The reply per theme: outcome, reason, next step, version for children."""
    minutes: int = 4


ROAD = Matter(
    title=("上学路上，安全又好走吗？", "The way to school: safe and easy to walk?"),
    sign="路",
    summary=(
        "市交通局明年要改 30 个学校门口的路。你每天走这些路，你最清楚哪里不好走。请告诉我们先改什么。",
        "Next year the transport bureau will rebuild the road at 30 school gates. You walk there every "
        "day, so you know best. Tell us what to mend first.",
    ),
    decided=(
        "30 所学校已经选好，钱也够。不会拆房子。",
        "The 30 schools are chosen and the money is there. No houses will be pulled down.",
    ),
    changeable=(
        "先改什么，绿灯多长，车停在哪里，要不要路灯和树。",
        "What comes first, how long the light stays green, where cars stop, and whether to add lamps and trees.",
    ),
    unit=0,
    bands="abc",
    asks=(
        Ask(
            "faces",
            ("走路上学，你觉得怎么样？", "How do you find walking to school?"),
            ("走路上学，好不好？", "Walking to school?"),
        ),
        Ask(
            "several",
            ("上学路上，你最想先改哪里？", "What should be mended first on your way to school?"),
            ("你最想先改哪里？", "What to mend first?"),
            most=3,
            choices=(
                Choice(("路口的红绿灯", "Traffic lights"), ("红绿灯", "Lights"), "t-light", 58),
                Choice(("人行道", "The pavement"), ("走的路", "Pavement"), "t-walk", 44),
                Choice(("斑马线", "Zebra crossings"), ("斑马线", "Crossing"), "t-cross", 37),
                Choice(("路灯", "Street lamps"), ("路灯", "Lamps"), "t-lightbulb", 25),
                Choice(("树和树荫", "Trees and shade"), ("大树", "Trees"), "t-tree", 18),
            ),
        ),
        Ask(
            "single",
            ("接送的车，应该停在哪里？", "Where should cars that bring children stop?"),
            ("", ""),
            choices=(
                Choice(("学校门口", "At the school gate"), ("门口", "Gate"), "school", 31),
                Choice(
                    ("停远一点，走 3 分钟", "Further off, a 3-minute walk"),
                    ("远一点", "Further"),
                    "t-walk",
                    49,
                ),
                Choice(("都可以", "Either is fine"), ("都行", "Either"), "check", 20),
            ),
        ),
        Ask(
            "words",
            ("还想告诉市交通局什么？", "What else would you tell the transport bureau?"),
            ("还想说什么？", "Anything else?"),
        ),
    ),
    themes=(
        (("延长路口的绿灯", "Longer green lights"), 1),
        (("上下学时段人行道不停车", "No cars on pavements at school hours"), 2),
        (("斑马线画得更清楚", "Clearer zebra crossings"), 3),
    ),
    words=(
        ("绿灯只有 15 秒，我拄拐杖要走 22 秒，我数过。", 1, False),
        ("接人的车把路都停满了，我们要从车缝里钻。", 2, False),
        ("冬天放学天黑，那条路没有灯，我都跑着过去。", 0, False),
        ("斑马线应该画成钢琴键，走一步响一声，大家就会慢慢走。", 3, False),
        ("我妈妈上班赶时间，停远了她会迟到。", 2, True),
    ),
)

LUNCH = Matter(
    title=("学校午餐，你想怎么改？", "School lunch: what would you change?"),
    sign="餐",
    summary=(
        "市教育局每年看一次学校午餐。今年先听吃饭的人怎么说。",
        "The education bureau looks at school lunches once a year. This year those who eat them speak first.",
    ),
    decided=(
        "价钱不变，每天都有肉和青菜。",
        "The price stays, and there is meat and greens every day.",
    ),
    changeable=(
        "菜的样子、份量、吃饭的时间和地方。",
        "The dishes, the size, the time and the place.",
    ),
    unit=1,
    bands="abc",
    asks=(
        Ask(
            "faces",
            ("学校的午餐，你觉得怎么样？", "How do you find school lunch?"),
            ("午餐好不好吃？", "Lunch?"),
        ),
        Ask(
            "several",
            ("你最想改什么？", "What would you change most?"),
            ("最想改什么？", "Change what?"),
            most=2,
            choices=(
                Choice(("菜更热一点", "Warmer food"), ("热一点", "Warm"), "t-bowl", 52),
                Choice(("可以自己选份量", "Choose how much"), ("自己选", "Choose"), "people", 41),
                Choice(("吃饭时间长一点", "More time to eat"), ("慢慢吃", "Time"), "clock", 33),
                Choice(("水果多一点", "More fruit"), ("水果", "Fruit"), "t-tree", 22),
            ),
        ),
        Ask("words", ("说说你的主意", "Tell us your idea"), ("你的主意？", "Your idea?")),
    ),
    themes=(
        (("饭菜保温", "Keeping food warm"), 1),
        (("自己选份量", "Choosing how much"), 2),
        (("吃饭时间", "Time to eat"), 3),
    ),
    words=(
        ("我们班在五楼，饭到的时候汤已经凉了。", 1, False),
        ("有的同学吃不完，有的不够，能不能小份中份大份自己拿。", 2, False),
        ("排队二十分钟，吃饭只有十分钟。", 3, False),
        ("我不想改，阿姨每次都给我多一块排骨。", 0, True),
    ),
    answers=(
        (
            "adopted",
            "保温车经费已列入今年预算，全市学校统一配备。",
            "9 月底前每层楼放一台保温车",
            (
                "每一层楼会有一台保温车。饭到你手里还是热的。",
                "Every floor gets a warming trolley. Your food will still be hot.",
            ),
        ),
        (
            "partly",
            "先在 40 所学校试行，检查浪费是否减少，再决定推广。",
            "下学期在 40 所学校试一试",
            (
                "40 所学校先试小份、中份、大份。试得好，大家都有。",
                "40 schools try small, medium and large first. If it works, everyone gets it.",
            ),
        ),
        (
            "not",
            "午休总时长由课程标准规定，暂时不能加长；可以错峰排队缩短等候。",
            "各校分两批吃饭，少排队",
            (
                "这次不能多给时间，因为下午的课要准时。换个办法：分两批吃，少排队。",
                "We can't give more time now, because afternoon lessons start on time. Instead: two sittings, less queueing.",
            ),
        ),
    ),
)

SCREEN = Matter(
    title=("上网的规矩，谁来定才公平？", "Rules for going online: who should make them?"),
    sign="网",
    summary=(
        "市网信办要写一份上网约定，给每个家庭用。先问问你们。",
        "The internet office is writing an agreement that families can use. You are asked first.",
    ),
    decided=("约定是建议，不是命令。", "The agreement is advice and no order."),
    changeable=("约定里写什么，谁和谁一起定。", "What it says, and who makes it together."),
    unit=2,
    bands="bc",
    asks=(
        Ask(
            "single",
            ("上网的规矩应该谁来定？", "Who should make the rules?"),
            ("谁来定规矩？", "Who decides?"),
            choices=(
                Choice(("大人定", "Grown-ups"), ("大人", "Grown-ups"), "people", 20),
                Choice(("我自己定", "I do"), ("自己", "Me"), "me", 24),
                Choice(("一起商量", "We talk it over"), ("一起", "Together"), "together", 56),
            ),
        ),
        Ask(
            "words",
            ("你想写进约定里的一句话", "One sentence you want in the agreement"),
            ("写一句", "One sentence"),
        ),
    ),
    themes=((("一起商量的办法", "A way to decide together"), 3),),
    minutes=3,
)

BUS = Matter(
    title=("公交车站，怎样等车更舒服？", "Bus stops: how to wait more comfortably?"),
    sign="车",
    summary=(
        "市交通局要改 200 个公交站。等车的人里，很多是你们。先改什么？",
        "The transport bureau rebuilds 200 bus stops. Many who wait there are children. What comes first?",
    ),
    decided=("每个站都会有站牌和灯。", "Every stop gets a sign and a light."),
    changeable=("要不要雨棚和座位，站牌多高。", "Shelter and seats, and how high the sign hangs."),
    unit=0,
    bands="abc",
    asks=(
        Ask(
            "single",
            ("公交站最先加什么？", "What should a stop get first?"),
            ("先加什么？", "What first?"),
            choices=(
                Choice(("雨棚", "A shelter"), ("雨棚", "Shelter"), "t-rain", 57),
                Choice(("座位", "Seats"), ("座位", "Seats"), "t-bench", 22),
                Choice(("看得见的站牌", "A sign I can read"), ("站牌", "Sign"), "t-bus", 21),
            ),
        ),
        Ask(
            "faces",
            ("现在等公交，你觉得怎么样？", "How do you find waiting for the bus now?"),
            ("等车好不好？", "Waiting?"),
        ),
        Ask(
            "words",
            ("哪个站最难等？为什么？", "Which stop is hardest, and why?"),
            ("为什么？", "Why?"),
        ),
    ),
    themes=(
        (("给车站加雨棚", "Shelters at stops"), 1),
        (("给车站加座位", "Seats at stops"), 2),
    ),
    words=(
        ("下雨的时候我们六个人挤一把伞。", 1, False),
        ("站牌太高，我要跳起来才看得见。", 0, False),
        ("奶奶膝盖疼，没有地方坐。", 2, False),
        ("不用座位，我想站着，跑得快。", 2, True),
    ),
    minutes=3,
)

UNITS: tuple[Two, ...] = (
    ("市交通局", "Transport Bureau"),
    ("市教育局", "Education Bureau"),
    ("市网信办", "Internet Office"),
)

LIBRARY = Matter(
    title=("教室的图书角，放什么书？", "The book corner in your classroom: which books?"),
    sign="书",
    summary=(
        "市教育局要给每个班添 30 本书。放什么书，你们来挑。",
        "The education bureau gives every class 30 books. You choose which.",
    ),
    decided=("每个班 30 本，开学前送到。", "30 books for every class, there before term starts."),
    changeable=(
        "哪一类书最多，要不要漫画。",
        "Which kind most of all, and whether comics are among them.",
    ),
    unit=1,
    bands="abc",
    asks=(
        Ask(
            "single",
            ("最想多要哪一类书？", "Which kind would you like most?"),
            ("想要什么书？", "Which books?"),
            choices=(
                Choice(("故事书", "Stories"), ("故事", "Stories"), "t-book", 46),
                Choice(("科学书", "Science"), ("科学", "Science"), "t-lightbulb", 31),
                Choice(("漫画书", "Comics"), ("漫画", "Comics"), "brush", 23),
            ),
        ),
        Ask("words", ("推荐一本书", "Recommend a book"), ("你爱的书？", "A book you love?")),
    ),
    themes=((("多买哪一类书", "Which books to buy"), 1),),
    minutes=2,
)
