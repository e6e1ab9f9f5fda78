"""What a moderator takes, and from which schools she keeps away: set by an administrator."""

from collections.abc import Sequence
from typing import Final

from participation.accounts.models import Person
from participation.accounts.queries import person, schools_by_code
from participation.accounts.roles import MODERATOR
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.moderation.happenings import SkillSet
from participation.moderation.models import Skill
from participation.moderation.policies import may_set_skills
from participation.moderation.routing import QUEUES

MOST_SCHOOLS: Final = 20


def set_skill(
    who: Person, person_id: int, *, queues: Sequence[str], english: bool, avoids: Sequence[str]
) -> None:
    """Set the queues of a moderator, whether she reads English, and the codes of schools whose
    texts she must not see (her children's, her former ones); her own she never sees.

    Raises `RuleBroken` on `avoids` for a code that no school has, on `queues` where there is none.
    """
    may_set_skills.require(who, None, now())
    reader = person(person_id)
    if reader is None or reader.role != MODERATOR:
        raise Missing
    taken = [queue.code for queue in QUEUES if queue.code in queues]
    if not taken:
        raise RuleBroken(_l("至少选一类"), field="queues")
    schools = _schools(avoids)
    skill = session().get(Skill, person_id) or Skill(person_id=person_id)
    skill.queues, skill.english, skill.avoids = taken, english, schools
    skill.by, skill.at = who.id, now()
    session().add(skill)
    session().flush()
    announce(
        SkillSet(
            subject=Subject("person", str(person_id)),
            by=who.id,
            queues=tuple(taken),
            english=english,
            avoids=tuple(schools),
        )
    )


def _schools(codes: Sequence[str]) -> list[int]:
    named = [code.strip().upper() for code in codes if code.strip()][:MOST_SCHOOLS]
    found = schools_by_code(named)
    unknown = [code for code in named if code not in found]
    if unknown:
        said = _l("没有这个学校代码：%(codes)s", codes=", ".join(unknown))
        raise RuleBroken(said, field="avoids")
    return sorted(found.values())
