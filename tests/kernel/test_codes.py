"""Codes are random, forgiving to type, catch slips, and are stored only as a keyed fingerprint."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.kernel.codes import (
    ALPHABET,
    fingerprint,
    grouped,
    is_sound,
    new_code,
    qr_svg,
    tidy,
)

KEY = b"a key of the test, long enough"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(address, alt):
    return ElementTree.fromstring(qr_svg(address, alt=alt))  # noqa: S314 (our own drawing)


class TestNewCode:
    def test_the_alphabet_is_32_characters_without_lookalikes(self):
        assert len(set(ALPHABET)) == 32
        assert not set(ALPHABET) & set("01OI")

    @pytest.mark.parametrize(("bits", "length"), [(20, 5), (60, 13), (64, 14), (128, 27)])
    def test_it_holds_the_bits_and_a_check_character(self, bits, length):
        assert len(tidy(new_code(bits))) == length

    def test_it_stands_in_groups_of_four(self):
        assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{2}}", new_code())

    def test_codes_differ_and_are_sound(self):
        codes = {new_code() for _ in range(500)}
        assert len(codes) == 500
        assert all(is_sound(code) for code in codes)

    def test_every_character_comes_up(self):
        assert set("".join(tidy(new_code(128)) for _ in range(100))) == set(ALPHABET)

    def test_too_short_a_code_is_refused(self):
        with pytest.raises(ValueError, match="20 bits"):
            new_code(19)


class TestTyping:
    @pytest.mark.parametrize(
        "typed",
        ["k7mq-482x", "K7MQ 482X", " k7mq—482x。", "Ｋ７ＭＱ－４８２Ｘ", "k7m0-482x", "K7MO·482x"],
    )
    def test_spelling_does_not_matter(self, typed):
        assert tidy(typed) == "K7MQ482X"

    @pytest.mark.parametrize("typed", ["l", "1", "I", "i", "|", "L"])
    def test_strokes_are_read_as_l(self, typed):
        assert tidy(typed) == "L"

    def test_a_tidied_code_is_grouped_again(self):
        assert grouped("k7mq482xab") == "K7MQ-482X-AB"

    @pytest.mark.parametrize("typed", ["", "A", "你好你好", "----", "AAAA", "ÄÖÜß"])
    def test_what_is_no_code_is_not_sound(self, typed):
        assert not is_sound(typed)

    @given(st.text(max_size=40))
    def test_any_text_is_tidied_once_and_for_all(self, typed):
        assert tidy(tidy(typed)) == tidy(typed)
        assert is_sound(typed) in (True, False)

    def test_every_wrong_character_is_found(self):
        code = tidy(new_code())
        for place in range(len(code)):
            for wrong in set(ALPHABET) - {code[place]}:
                assert not is_sound(code[:place] + wrong + code[place + 1 :])

    def test_every_exchange_of_two_characters_is_found(self):
        code = "ABCDEFGHJKLMN"
        sound = next(code + last for last in ALPHABET if is_sound(code + last))
        for first, second in combinations(range(len(sound)), 2):
            letters = list(sound)
            letters[first], letters[second] = letters[second], letters[first]
            assert is_sound("".join(letters)) == ("".join(letters) == sound)

    def test_a_lost_first_character_is_found(self):
        codes = [tidy(new_code()) for _ in range(200)]
        assert not is_sound("A" + codes[0])
        assert sum(is_sound(code[1:]) for code in codes) < 25


class TestFingerprint:
    def test_the_same_code_however_typed(self):
        code = new_code()
        assert fingerprint(code, KEY) == fingerprint(code.lower().replace("-", " "), KEY)

    def test_it_depends_on_code_and_key(self):
        assert len(fingerprint("K7MQ-482X", KEY)) == 32
        assert fingerprint("K7MQ-482X", KEY) != fingerprint("K7MQ-482Y", KEY)
        assert fingerprint("K7MQ-482X", KEY) != fingerprint("K7MQ-482X", KEY + b"!")

    def test_the_value_that_openssl_gives(self):
        expected = "fd3efb9cf0beacd1e289b53874ac9642081eb5e6249575ff872ff5c1301aa06f"
        assert fingerprint("k7mq-482x", bytes(range(32))).hex() == expected

    def test_a_short_key_is_refused(self):
        with pytest.raises(ValueError, match="16 bytes"):
            fingerprint("K7MQ-482X", b"short")


class TestQrSvg:
    def test_it_is_a_labelled_drawing_without_style_or_id(self):
        root = drawn("https://a.example/?a=1&b=2", '答复 <"page">')
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        assert root.get("aria-label") == root.findtext(f"{SVG}title") == '答复 <"page">'
        attributes = {name for node in root.iter() for name in node.attrib}
        assert not attributes & {"style", "id", "class", "width", "height"}

    def test_the_modules_are_those_of_the_code(self):
        root = drawn("https://a.example/c/K7MQ-482X", "card")
        sides = root.get("viewBox", "").split()[2:]
        assert sides[0] == sides[1]
        assert (int(sides[0]) - 8 - 17) % 4 == 0

    def test_too_long_an_address_is_refused(self):
        with pytest.raises(ValueError):
            qr_svg("https://a.example/" + "x" * 3000, alt="long")
