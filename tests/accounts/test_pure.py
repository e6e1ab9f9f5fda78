"""The thinking of the room without a database: ages, consent, cards, nicknames, passwords."""

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.accounts import cards, nicknames, passwords
from participation.accounts.ages import age_on, band_of
from participation.accounts.consent import becomes, holds, order_of
from participation.accounts.notice import NOTICE_VERSION, NOTICES, present_notice
from participation.kernel import pseudonyms
from participation.kernel.codes import ALPHABET, new_code


@pytest.fixture(autouse=True)
def key() -> None:
    pseudonyms.use_key("p" * 40)


class TestAges:
    @pytest.mark.parametrize(
        ("day", "age"),
        [(date(2026, 3, 31), 8), (date(2026, 4, 1), 9), (date(2027, 3, 31), 9)],
    )
    def test_the_birthday_counts_from_the_first_of_its_month(self, day: date, age: int) -> None:
        assert age_on(date(2017, 4, 1), day) == age

    @pytest.mark.parametrize(
        ("age", "band"), [(6, "a"), (9, "a"), (10, "b"), (13, "b"), (14, "c"), (17, "c"), (18, "")]
    )
    def test_bands(self, age: int, band: str) -> None:
        assert band_of(age) == band


class TestConsent:
    BORN = date(2012, 11, 1)

    @pytest.mark.parametrize(
        ("decision", "decided", "day", "counts"),
        [
            ("agreed", date(2026, 10, 1), date(2026, 10, 31), True),
            ("agreed", date(2026, 10, 31), date(2026, 11, 1), False),
            ("agreed", date(2026, 11, 1), date(2027, 5, 1), True),
            ("refused", date(2026, 11, 1), date(2027, 5, 1), False),
            ("withdrawn", date(2026, 10, 1), date(2026, 10, 1), False),
        ],
    )
    def test_an_agreement_ends_with_the_fourteenth_birthday(
        self, decision: str, decided: date, day: date, counts: bool
    ) -> None:
        assert holds(decision, decided, self.BORN, day) is counts

    @pytest.mark.parametrize(
        ("standing", "wish", "decision"),
        [
            ("", "agreed", "agreed"),
            ("", "refused", "refused"),
            ("agreed", "agreed", ""),
            ("agreed", "refused", "withdrawn"),
            ("refused", "agreed", "agreed"),
            ("refused", "refused", ""),
            ("withdrawn", "agreed", "agreed"),
            ("withdrawn", "refused", ""),
        ],
    )
    def test_what_a_wish_becomes(self, standing: str, wish: str, decision: str) -> None:
        assert becomes(standing, wish) == decision

    def test_the_order_is_even_by_chance_and_stable_for_a_code(self) -> None:
        codes = [new_code() for _ in range(400)]
        seen = Counter(order_of(code) for code in codes)
        assert set(seen) == {("agreed", "refused"), ("refused", "agreed")}
        assert min(seen.values()) > 140
        assert all(order_of(code) == order_of(code) for code in codes)


class TestNotice:
    def test_it_has_the_six_items_in_both_languages(self) -> None:
        notice = present_notice()
        assert notice.version == NOTICE_VERSION == max(NOTICES)
        assert len(notice.items) == 6
        assert len(notice.own.items) == 6
        for told in (notice, notice.own):
            for one in (told.intro, told.question, *(item.text for item in told.items)):
                assert one["zh"] and one["en"] and one["zh"] != one["en"]
        assert not [item for item in notice.own.items if "您" in item.text["zh"]]

    def test_it_names_what_the_law_asks_for(self) -> None:
        said = "".join(item.heading["zh"] + item.text["zh"] for item in present_notice().items)
        for word in ("为什么收集", "存在哪里", "存多久", "保护", "不同意", "投诉", "更正", "删除"):
            assert word in said


class TestCards:
    def test_a_number_is_the_school_and_four_letters(self) -> None:
        number = cards.new_number("HB3X", ())
        assert number.startswith("HB3X")
        assert len(number) == 8
        assert set(number) <= set(ALPHABET)

    def test_no_number_is_given_twice(self) -> None:
        taken: set[str] = set()
        for _ in range(300):
            taken.add(cards.new_number("HB3X", taken))
        assert len(taken) == 300

    def test_the_secret_has_sixty_bits_and_the_pictures_are_three(self) -> None:
        card = cards.new_card(1, "王小满", "HB3XABCD")
        assert 5 * (len(card.secret.replace("-", "")) - 1) >= 60
        assert len(set(card.pictures)) == 3
        assert set(card.pictures) <= set(cards.PICTURES)
        assert card.secret not in repr(card)

    @pytest.mark.parametrize("typed", ["hb3xk7mq", "HB3X-K7MQ", " ＨＢ３Ｘ—K7M0 ", "hb3x k7mo"])
    def test_a_number_is_read_as_it_was_meant(self, typed: str) -> None:
        assert cards.typed_number(typed) == "HB3XK7MQ"

    def test_pictures_in_any_order_have_one_key_and_every_choice_its_own(self) -> None:
        assert cards.pictures_key("N", ["fish", "kite", "moon"]) == cards.pictures_key(
            "N", ["moon", "fish", "kite"]
        )
        choices = list(combinations(cards.PICTURES, 3))
        assert len({cards.pictures_key("N", choice) for choice in choices}) == len(choices) == 84
        assert cards.pictures_key("N", choices[0]) != cards.pictures_key("M", choices[0])


class TestNicknames:
    def test_the_lists_are_long_short_worded_and_plain(self) -> None:
        assert len(set(nicknames.FIRST)) == len(nicknames.FIRST) >= 40
        assert len(set(nicknames.SECOND)) == len(nicknames.SECOND) >= 40
        longest = max(map(len, nicknames.FIRST)) + 1 + max(map(len, nicknames.SECOND))
        assert longest <= 8
        assert not any(letter.isdigit() for name in nicknames.FIRST for letter in name)

    @given(seed=st.text(max_size=16), name=st.text(max_size=60))
    def test_six_different_safe_ones_for_any_seed_and_name(self, seed: str, name: str) -> None:
        offered = nicknames.offered(seed, name)
        assert len(set(offered)) == 6
        assert all(nicknames.is_made_here(one) for one in offered)
        assert not any(nicknames.tells_name(one, name) for one in offered)
        assert offered == nicknames.offered(seed, name)

    @pytest.mark.parametrize(
        "name", ["", "柚子", "爱跑的", "的柚子", "爱跑的13800138000", "王小满"]
    )
    def test_others_are_not_made_here(self, name: str) -> None:
        assert not nicknames.is_made_here(name)

    def test_a_nickname_that_tells_the_name_is_known(self) -> None:
        assert nicknames.tells_name("爱跑的柚子", "王柚子")
        assert not nicknames.tells_name("爱跑的柚子", "王小满")


class TestPasswords:
    def test_a_password_is_known_again_however_its_letters_are_composed(self) -> None:
        kept = passwords.hash_password("sechs schöne Wörter")
        assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        assert passwords.is_password(kept, "sechs scho\u0308ne Wo\u0308rter")
        assert not passwords.is_password(kept, "sechs schöne Worter")

    @pytest.mark.parametrize("kept", ["", "nonsense", "$argon2id$"])
    def test_without_a_hash_nothing_is_right(self, kept: str) -> None:
        assert not passwords.is_password(kept, "")

    @pytest.mark.parametrize(
        ("password", "good"),
        [("elf zeichen", False), ("ababababababab", False), ("zwölf zeichen!", True)],
    )
    def test_length_and_variety(self, password: str, good: bool) -> None:
        assert passwords.is_long_enough(password) is good

    @pytest.mark.parametrize(
        "password", ["LIN.ming-2026-xy", "我是林老师我是林老师", "lin.ming@city.example!"]
    )
    def test_the_owner_is_not_in_it(self, password: str) -> None:
        assert passwords.tells_who(password, "lin.ming@city.example", "林老师")
        assert not passwords.tells_who(password, "a@other.example", "褚远")
