"""Questions to the consultations: topics, a child's own answers, the secretary's desk."""

from participation.consultations.queries.answers import (
    Own,
    OwnWords,
    key_of,
    others_in,
    own_in,
    own_words,
    read_words,
    said_in,
)
from participation.consultations.queries.topics import (
    TopicPage,
    coming_topics,
    open_topics,
    over_topics,
    topic,
)
from participation.consultations.queries.writers import find_writer, written_words

__all__ = [
    "Own",
    "OwnWords",
    "TopicPage",
    "coming_topics",
    "find_writer",
    "key_of",
    "open_topics",
    "others_in",
    "over_topics",
    "own_in",
    "own_words",
    "read_words",
    "said_in",
    "topic",
    "written_words",
]
