"""The fixed cast of every test: who may, who may not, and the stranger who must not see."""

from dataclasses import dataclass
from datetime import date

from participation.accounts.models import District, Person, School, SchoolClass, Teaching, Unit
from participation.kernel.clock import today
from tests.support import factories


@dataclass(frozen=True)
class Cast:
    """Persons by part. `stranger` is a child of another school and district without any part."""

    district: District
    far_district: District
    school: School
    far_school: School
    school_class: SchoolClass
    far_class: SchoolClass
    unit: Unit
    far_unit: Unit
    child: Person
    middle_child: Person
    teenager: Person
    unconsented: Person
    far_child: Person
    stranger: Person
    teacher: Person
    far_teacher: Person
    moderator: Person
    second_moderator: Person
    safeguarding: Person
    second_safeguarding: Person
    secretary: Person
    official: Person
    far_official: Person
    administrator: Person
    juror: Person

    @property
    def children(self) -> tuple[Person, ...]:
        return (self.child, self.middle_child, self.teenager, self.unconsented, self.far_child)


def _years_ago(years: int) -> date:
    day = today()
    return date(day.year - years, 1, 1)


def make_cast() -> Cast:
    """Write the cast into the database of the present unit of work.

    All people at once: a test in three starts with this, and a flush costs half a millisecond.
    """
    lake = factories.district("330901", "湖滨区", "Lakeside")
    hill = factories.district("330902", "云岭区", "Cloud Ridge")
    school = factories.school(
        lake, "HB3X", "湖滨路第三小学", "Lakeside No. 3 Primary", named_adult="林老师"
    )
    far_school = factories.school(hill, "YL1M", "云岭中学", "Cloud Ridge School", kind="junior")
    school_class = factories.school_class(school, grade=3, number=2)
    far_class = factories.school_class(far_school, grade=8, number=1)
    unit = factories.unit("市交通局", "Transport Bureau")
    far_unit = factories.unit("市教育局", "Education Bureau")
    child_of, staff = factories.new_child, factories.new_staff
    child = child_of(school_class, "王小满", "小满", born=_years_ago(9), gender="f")
    middle = child_of(school_class, "李一林", "林一", born=_years_ago(11), gender="m")
    teen = child_of(far_class, "赵知了", "知了", born=_years_ago(15), gender="f")
    unconsented = child_of(school_class, "孙阿柚", "阿柚", born=_years_ago(9))
    far_child = child_of(far_class, "周糖糕", "糖糕", born=_years_ago(12), gender="m")
    stranger = child_of(far_class, "钱陌生", "陌生", born=_years_ago(13))
    teacher = staff("teacher", "林老师", school=school)
    far_teacher = staff("teacher", "高老师", school=far_school)
    moderators = staff("moderator", "周敏"), staff("moderator", "吴静")
    officers = staff("safeguarding", "郑安"), staff("safeguarding", "许宁")
    secretary = staff("secretary", "冯秘书")
    official = staff("official", "陈立", unit=unit)
    far_official = staff("official", "褚远", unit=far_unit)
    administrator, juror = staff("administrator", "卫管"), staff("juror", "秦画")
    consented = (child, middle, teen, far_child, stranger)
    factories.keep_all(
        *(child, middle, teen, unconsented, far_child, stranger, teacher, far_teacher),
        *(*moderators, *officers, secretary, official, far_official, administrator, juror),
    )
    factories.keep_all(
        *map(factories.consent_for, consented),
        *map(factories.confirmation_of, officers),
        Teaching(teacher_id=teacher.id, class_id=school_class.id),
        Teaching(teacher_id=far_teacher.id, class_id=far_class.id),
    )
    return Cast(
        district=lake,
        far_district=hill,
        school=school,
        far_school=far_school,
        school_class=school_class,
        far_class=far_class,
        unit=unit,
        far_unit=far_unit,
        child=child,
        middle_child=middle,
        teenager=teen,
        unconsented=unconsented,
        far_child=far_child,
        stranger=stranger,
        teacher=teacher,
        far_teacher=far_teacher,
        moderator=moderators[0],
        second_moderator=moderators[1],
        safeguarding=officers[0],
        second_safeguarding=officers[1],
        secretary=secretary,
        official=official,
        far_official=far_official,
        administrator=administrator,
        juror=juror,
    )
