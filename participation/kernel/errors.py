"""Refusals as exceptions, each with a sentence that a child understands."""

from participation.kernel.i18n import LazyWords, _l

Sentence = str | LazyWords
NOT_FOUND = _l("没有找到这一页")


class Refusal(Exception):
    """The base: a status code for the web and a translatable sentence for the reader."""

    status = 400

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """This person may not do this to this thing now (403)."""

    status = 403


class Missing(Refusal):
    """The thing does not exist for this person (404)."""

    status = 404

    def __init__(self, sentence: Sentence = NOT_FOUND) -> None:
        super().__init__(sentence)


class RuleBroken(Refusal):
    """The state of things forbids the deed (409, or 422 on a named field).

    `field` names the input it belongs to, where there is one.
    """

    status = 409

    def __init__(self, sentence: Sentence, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class RulesBroken(Refusal):
    """Several rules at once: one named sentence for each part that is missing or wrong (422)."""

    status = 422

    def __init__(self, broken: list[RuleBroken]) -> None:
        super().__init__(broken[0].sentence)
        self.broken = broken


class TooMany(Refusal):
    """Too many tries in a short time (429); `seconds` says when to come back."""

    status = 429

    def __init__(self, sentence: Sentence, *, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds
