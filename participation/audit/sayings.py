"""What the record calls each happening and each kind of thing, in a reader's words."""

from collections.abc import Mapping
from typing import Final

from participation.kernel.i18n import LazyWords, _l

SAYINGS: Final[Mapping[str, LazyWords]] = {
    # accounts
    "CardIssued": _l("做了新的童声卡"),
    "CardOpened": _l("解开了锁住的童声卡"),
    "ConsentFormsPrinted": _l("打印了监护人同意书"),
    "ConsentRecorded": _l("记下了监护人的决定"),
    "ConsentWithdrawn": _l("监护人收回了同意"),
    "PasswordForgotten": _l("有人忘了密码，要一个新链接"),
    "PasswordSet": _l("设了密码"),
    "PersonChanged": _l("改了一个人的资料"),
    "PersonJoined": _l("加了一个人"),
    "PersonLeft": _l("一个人离开了"),
    "RosterImported": _l("导入了学校名册"),
    "SchoolAdded": _l("加了一所学校"),
    "SchoolChanged": _l("改了学校的资料"),
    "SignInLocked": _l("几次进不来，锁住了"),
    "SignInsEnded": _l("在所有设备上退出了"),
    "SignedIn": _l("工作人员进来了"),
    "StaffInvited": _l("请了一位工作人员"),
    "TeachersNamed": _l("定了班级的老师"),
    # consultations
    "ConsultationChanged": _l("改了征求意见"),
    "ConsultationClosed": _l("征求意见结束了"),
    "ConsultationDrafted": _l("开始写一个征求意见"),
    "ConsultationPublished": _l("发布了征求意见"),
    "HearingGiven": _l("一个孩子说了有没有被听见"),
    "OpinionGiven": _l("一个孩子说了意见"),
    "OpinionWithdrawn": _l("一个孩子收回了意见"),
    "ResultFrozen": _l("意见汇总定下来了"),
    "UnreadWordsTakenBack": _l("同意没有了，还没看的话收了回来"),
    "WordsAsideSet": _l("孩子的话交给了保护老师"),
    "WordsMended": _l("一个孩子改好了话，又交来"),
    "WordsPublished": _l("孩子的话通过了"),
    "WordsRefused": _l("孩子的话没有发布"),
    "WordsReturned": _l("请孩子改一改"),
    "WordsWaitAgain": _l("孩子的话重新等人看"),
    # deliveries
    "DossierSent": _l("把汇总送给了决策单位"),
    "ReceiptGiven": _l("决策单位签收了"),
    "ReplyGiven": _l("决策单位答复了"),
    "ReplyOverdue": _l("过了日子还没有答复，催办了"),
    # moderation
    "AppealMade": _l("一个孩子请另一位老师再看"),
    "CaseClaimed": _l("审核员拿了一条来看"),
    "CaseDecided": _l("审核员决定了一条"),
    "CaseReopened": _l("审核员撤销了自己的决定"),
    "CaseReread": _l("审核员又打开了自己看过的一条"),
    "GoldAdded": _l("加了一条练习用的话"),
    "GoldEnded": _l("不再用一条练习用的话"),
    "GoldJudged": _l("审核员看了一条练习用的话"),
    "MonthFrozen": _l("一个月的审核数字数完了"),
    "SkillSet": _l("定了审核员看哪几类"),
    "TextReported": _l("有人举报了一段话"),
    "WordListed": _l("词表加了一个词"),
    "WordUnlisted": _l("词表去掉了一个词"),
    # safeguarding
    "ChildAnswered": _l("保护老师给孩子写了回答"),
    "ClosingAsked": _l("保护老师请同事同意办结"),
    "ClosingRefused": _l("另一位保护老师不同意办结"),
    "ComplaintMade": _l("有人投诉"),
    "ConcernDone": _l("一件求助或投诉办结了"),
    "ConcernLogged": _l("保护老师记了一笔"),
    "ConcernNoted": _l("一段话交到了保护老师那里"),
    "ConcernReleased": _l("保护老师看了，不用管，交回审核"),
    "ConcernRemoved": _l("存够了时间，删掉了"),
    "ConcernReported": _l("保护老师报告了公安、民政或教育部门"),
    "ConcernSeen": _l("保护老师打开看了"),
    "ConcernTaken": _l("保护老师接手了"),
    "DrillBegun": _l("开始了一次演练"),
    "DutyDropped": _l("去掉了一班值班"),
    "DutySet": _l("排了一班值班"),
    "HeadNamed": _l("定了保护老师的负责人"),
    "HelpAsked": _l("有人在“我要帮助”里写了话"),
    "IdentityAsked": _l("保护老师请求知道孩子是谁"),
    "IdentityDecided": _l("另一位保护老师决定了能不能知道"),
    "IdentitySeen": _l("保护老师看到了孩子是谁"),
    "LevelSet": _l("改了紧急程度"),
    # notifications
    "LetterSentAgain": _l("一封没送到的信又送了一次"),
}
"""By the name of the happening; a test holds that every one that is recorded has its words."""

THINGS: Final[Mapping[str, LazyWords]] = {
    "consultation": _l("征求意见"),
    "consultation.words": _l("孩子的话"),
    "person": _l("一个人"),
    "school": _l("学校"),
    "class": _l("班级"),
    "concern": _l("求助或投诉"),
    "duty": _l("值班"),
    "letter": _l("信"),
    "gold": _l("练习用的话"),
    "moderation.month": _l("审核的数字"),
    "moderation.word": _l("词表的词"),
    "sign-in": _l("登录"),
}
"""By the kind of a subject."""
