"""The facts that rights ask for about a class or a person, or a refusal where there is none."""

from participation.accounts.policies import ClassFacts, PersonFacts
from participation.accounts.queries.classes import class_facts, person_facts
from participation.kernel.errors import Missing


def facts_of_class(class_id: int) -> ClassFacts:
    """The facts about a class; raises `Missing` where there is none."""
    facts = class_facts(class_id)
    if facts is None:
        raise Missing
    return facts


def facts_of_person(person_id: int) -> PersonFacts:
    """The facts about a person; raises `Missing` where there is none."""
    facts = person_facts(person_id)
    if facts is None:
        raise Missing
    return facts
