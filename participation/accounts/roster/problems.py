"""What can be wrong with a roster, as codes with values, and the sentence for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from participation.kernel.i18n import LazyWords, _l

FIELD_NAMES: Final[Mapping[str, LazyWords]] = {
    "pupil_number": _l("学号"),
    "legal_name": _l("姓名"),
    "gender": _l("性别"),
    "born": _l("出生年月"),
    "grade": _l("年级"),
    "number": _l("班级"),
    "school_code": _l("学校代码"),
    "left": _l("离校"),
}
"""What a column is called on our pages."""

SENTENCES: Final[Mapping[str, LazyWords]] = {
    "empty_file": _l("这个文件是空的"),
    "too_big": _l("文件太大了，最多 %(value)s KB"),
    "unreadable": _l("读不出这个文件的文字。请在表格软件里另存为 CSV UTF-8"),
    "not_text": _l("这不是 CSV 文件。请在表格软件里另存为 CSV UTF-8"),
    "quotes": _l("第 %(value)s 行附近的引号没有配对"),
    "too_many": _l("行数太多了，一次最多 %(value)s 行"),
    "too_wide": _l("列太多了，最多 %(value)s 列"),
    "no_header": _l("没有找到表头。第一行要写：学号、姓名、性别、出生年月、年级、班级"),
    "no_column": _l("缺少这一列：%(value)s"),
    "no_rows": _l("表头下面没有学生"),
    "missing": _l("这里还空着"),
    "too_long": _l("太长了，最多 %(value)s 个字"),
    "formula": _l("“%(value)s”不像名字：名字不能用 =、+、@ 开头"),
    "bad_number": _l("“%(value)s”不能当学号：只用字母、数字、- 和 ."),
    "lost_digits": _l("“%(value)s”是表格软件缩写过的，后面的数字丢了。请把这一列设成文本"),
    "resident_id": _l("这是身份证号。请换成学校自己的学号，我们不收身份证号"),
    "bad_gender": _l("“%(value)s”看不懂，请写男或女"),
    "bad_date": _l("“%(value)s”看不懂，请写成 2017-03 这样"),
    "bad_age": _l("%(value)s 出生，年龄不像在校学生"),
    "bad_grade": _l("“%(value)s”看不懂，请写 1–12，或三年级、初一、高二"),
    "bad_class": _l("“%(value)s”看不懂，请写 1–99，或 2班、三年级2班"),
    "grade_differs": _l("年级一列和班级里写的年级（%(value)s）不一样"),
    "repeated": _l("和第 %(value)s 行是同一个学号"),
    "other_school": _l("写的是别的学校：%(value)s"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the row as the sheet counts it (0: the file), the field, why."""

    row: int
    field: str
    code: str
    value: str = ""

    def __str__(self) -> str:
        """The sentence in the reader's language."""
        sentence = SENTENCES[self.code]
        value = FIELD_NAMES.get(self.value, self.value) if self.code == "no_column" else self.value
        return sentence % {"value": value} if self.value else str(sentence)
