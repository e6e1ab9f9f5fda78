"""What a prize and a licence may not say, and what only sounds like it."""

import pytest

from participation.contests.promises import rights_for_ever, school_or_money


class TestPrizes:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("一等奖奖金 500 元", "奖金"),
            ("每人发500元", "500元"),
            ("一百块钱", "一百块钱"),
            ("选中的中考加分", "加分"),
            ("中考加 分", "加分"),
            ("升·学优先", "升学"),
            ("可以用来择校", "择校"),
            ("报名费由学校出", "报名费"),
            ("优先录取", "录取"),
            ("購物 ¥50", "¥5"),
            ("ＣＡＳＨ", "cash"),
            ("A gift card for each winner", "gift card"),
            ("Bonus points for the entrance exam", "bonus points"),
            ("no fee, but admission to the best school", "admission"),
            ("不加分。但是升学优先", "升学"),
        ],
    )
    def test_refused(self, text: str, word: str) -> None:
        assert word in school_or_money(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "一盒彩笔，作品印在站牌上",
            "元旦那天来领一本画册",
            "不收费，不加分，没有奖金。",
            "不作为中小学招生入学依据",
            "There is no fee. A box of crayons.",
            "A book without any admission value",
        ],
    )
    def test_allowed(self, text: str) -> None:
        assert school_or_money(text) == ()


class TestRights:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("版权归主办方所有", "版权归"),
            ("作者转让全部权利", "转让"),
            ("永久使用", "永久"),
            ("All rights go to the city", "all rights"),
            ("used for ever", "for ever"),
        ],
    )
    def test_refused(self, text: str, word: str) -> None:
        assert word in rights_for_ever(text)

    @pytest.mark.parametrize("text", ["印在公交站牌上", "不转让", "not exclusive", ""])
    def test_allowed(self, text: str) -> None:
        assert rights_for_ever(text) == ()
