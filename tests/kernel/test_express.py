"""What the express lanes read by themselves, held equal to the library that Flask reads it with."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from participation.kernel.express import read_fields

PIECES = st.sampled_from(
    [b"&", b"=", b"+", b"%", b"%2", b"%E7%BB%BF", b"%e7%bb%bf", b"%20", b"%zz"]
)


def read_by_library(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(body.decode(), keep_blank_values=True, errors="strict")


@given(st.lists(st.tuples(st.text(), st.text())))
@example([("q1", "绿灯太短，走到一半就变红。"), ("q1", ""), ("", "a+b&c=d%"), ("😀", "\r\n")])
def test_what_a_browser_sends(fields: list[tuple[str, str]]) -> None:
    body = urlencode(fields).encode()
    assert read_fields(body) == read_by_library(body)


@given(st.lists(st.one_of(PIECES, st.binary(max_size=4)), max_size=12).map(b"".join))
@example(b"a=%ff")
@example(b"a;b=1;c")
@example(b"a=1&&b&=&c==d")
def test_what_nobody_should_send(body: bytes) -> None:
    try:
        expected = read_by_library(body)
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            read_fields(body)
    else:
        assert read_fields(body) == expected
