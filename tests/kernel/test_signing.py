"""A kept signer accepts and refuses what a plain one of itsdangerous does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import BadSignature, URLSafeTimedSerializer

from participation.kernel.signing import keep_signer

VALUES = st.one_of(st.text(), st.dictionaries(st.text(), st.integers() | st.text(), max_size=4))
PLAIN = URLSafeTimedSerializer("k" * 40, salt="one")
KEPT = keep_signer(URLSafeTimedSerializer("k" * 40, salt="one"))


def read_by(serializer: URLSafeTimedSerializer, text: str) -> Any:
    try:
        return serializer.loads(text, return_timestamp=True)
    except BadSignature as problem:
        return type(problem), str(problem)


@given(VALUES, st.integers(0, 30), st.text(max_size=3))
def test_what_one_signs_the_other_reads(value: Any, cut: int, more: str) -> None:
    for text in (PLAIN.dumps(value), KEPT.dumps(value)):
        assert KEPT.loads(text) == PLAIN.loads(text) == value
        for bent in (text[:cut] + more + text[cut:], text[cut:], text[:-cut], more):
            assert read_by(KEPT, bent) == read_by(PLAIN, bent)


def test_another_key_and_another_salt_are_refused() -> None:
    for other in (("o" * 40, "one"), ("k" * 40, "two")):
        text = keep_signer(URLSafeTimedSerializer(other[0], salt=other[1])).dumps("a")
        with pytest.raises(BadSignature):
            KEPT.loads(text)


def test_an_older_key_is_still_read_and_the_newest_signs() -> None:
    both = keep_signer(URLSafeTimedSerializer(["o" * 40, "k" * 40], salt="one"))
    old = URLSafeTimedSerializer("o" * 40, salt="one").dumps("a")
    assert both.loads(old) == KEPT.loads(both.dumps("a")) == "a"
