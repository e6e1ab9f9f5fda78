"""THE table: which rooms are mounted, and what follows from what. Read it from top to bottom."""

from collections.abc import Mapping, Sequence
from typing import Final

from click import Command
from flask import Blueprint

from participation.accounts import policies as accounts_policies
from participation.accounts.actions.clearing import clear_sign_in_traces
from participation.accounts.actions.links import SEND_LINK, send_password_link
from participation.accounts.actions.people import close_grown_up
from participation.accounts.actions.roster import clear_drafts
from participation.accounts.cli import import_districts
from participation.accounts.happenings import (
    CardIssued,
    CardOpened,
    ConsentFormsPrinted,
    ConsentRecorded,
    ConsentWithdrawn,
    PasswordForgotten,
    PasswordSet,
    PersonChanged,
    PersonJoined,
    PersonLeft,
    RosterImported,
    SchoolAdded,
    SchoolChanged,
    SignedIn,
    SignInLocked,
    SignInsEnded,
    StaffInvited,
    TeachersNamed,
)
from participation.accounts.views import pages as accounts_pages
from participation.audit import listeners as audit
from participation.audit.views import pages as audit_pages
from participation.consultations import listeners as consultations
from participation.consultations import policies as consultations_policies
from participation.consultations.actions import closing
from participation.consultations.actions.hearing import publish_hearings
from participation.consultations.happenings import (
    ConsultationChanged,
    ConsultationClosed,
    ConsultationDrafted,
    ConsultationPublished,
    HearingGiven,
    OpinionGiven,
    OpinionWithdrawn,
    ResultFrozen,
    UnreadWordsTakenBack,
    WordsAsideSet,
    WordsMended,
    WordsPublished,
    WordsRefused,
    WordsReturned,
    WordsWaitAgain,
)
from participation.consultations.queries import find_writer, read_words, written_words
from participation.consultations.views import lanes as consultations_lanes
from participation.consultations.views import pages as consultations_pages
from participation.contests import listeners as contests
from participation.contests.actions import closing as contests_closing
from participation.contests.actions.licences import end_licences
from participation.contests.actions.rehearsing import end_old_rehearsals
from participation.contests.happenings.calls import (
    CallChanged,
    CallClosed,
    CallDrafted,
    CallPublished,
)
from participation.contests.happenings.entries import (
    LicenceDecided,
    LicenceEnded,
    UnreadWorksTakenBack,
    WorkApproved,
    WorkAsideSet,
    WorkHandedIn,
    WorkLeft,
    WorkRefused,
    WorkReturned,
    WorkWaitsAgain,
    WorkWithdrawn,
)
from participation.contests.happenings.juries import (
    JurorAnswered,
    JurorCapped,
    JurorInvited,
    JurorReplaced,
    QuorumChanged,
    RoundChanged,
    RoundClosed,
    RoundDealt,
    RoundDropped,
    RoundOpened,
    RoundPlanned,
    ShortlistMade,
    WorkJudged,
    WorkRecused,
)
from participation.contests.happenings.rehearsing import (
    RehearsalBegun,
    RehearsalChanged,
    RehearsalClosed,
    RehearsalEnded,
    RehearsalFilled,
    RehearsalShared,
)
from participation.contests.policies import calls as contests_policies
from participation.contests.policies import entries as entries_policies
from participation.contests.policies import juries as juries_policies
from participation.contests.queries.exhibits import exhibits_of
from participation.contests.queries.writers import find_maker, read_work, written_works
from participation.contests.views import pages as contests_pages
from participation.deliveries import actions as deliveries
from participation.deliveries import policies as deliveries_policies
from participation.deliveries.happenings import (
    DossierSent,
    ReceiptGiven,
    ReplyGiven,
    ReplyOverdue,
)
from participation.deliveries.papers import fetch_paper, render_papers
from participation.deliveries.views import pages as deliveries_pages
from participation.front.views import pages as front_pages
from participation.kernel import commands, jobs, limits, mail
from participation.kernel.announcing import Listener
from participation.kernel.exhibits import Exhibitor
from participation.kernel.express import Lane
from participation.kernel.finders import Finder
from participation.kernel.happenings import Happening
from participation.kernel.lately import lately
from participation.kernel.mail import Fetch
from participation.kernel.policy import Right
from participation.kernel.readers import Reader
from participation.kernel.working import Timer, Workshop
from participation.kernel.writings import Writings
from participation.media.happenings import (
    CoversKept,
    FileCovered,
    FileDiscarded,
    FilePressed,
    FileRefused,
    FileTakenDown,
    FileTakenIn,
)
from participation.media.views import pages as media_pages
from participation.moderation.actions import forget_texts
from participation.moderation.cli import moderation as moderation_commands
from participation.moderation.happenings import (
    AppealMade,
    CaseClaimed,
    CaseDecided,
    CaseOpened,
    CaseReopened,
    CaseReread,
    CaseSetAside,
    GoldAdded,
    GoldEnded,
    GoldJudged,
    MonthFrozen,
    SkillSet,
    TextReported,
)
from participation.moderation.views import pages as moderation_pages
from participation.moderation.wordlist.happenings import WordListed, WordUnlisted
from participation.moderation.wordlist.views import pages as moderation_words_pages
from participation.notifications import listeners as notifications
from participation.notifications.digest import DIGEST, digest_moderators
from participation.notifications.happenings import LetterSentAgain
from participation.notifications.views import pages as notifications_pages
from participation.safeguarding import listeners as safeguarding
from participation.safeguarding.actions import remind_untaken, seal_some
from participation.safeguarding.cli import safeguarding as safeguarding_commands
from participation.safeguarding.happenings import (
    AnswersRead,
    ChildAnswered,
    ClosingAsked,
    ClosingRefused,
    ClosingWithdrawn,
    ComplaintHandedOver,
    ComplaintMade,
    ComplaintTaken,
    ConcernDone,
    ConcernLogged,
    ConcernNoted,
    ConcernReleased,
    ConcernRemoved,
    ConcernReopened,
    ConcernReported,
    ConcernSeen,
    ConcernTaken,
    ConcernTakenOver,
    ConcernWaits,
    DrillBegun,
    DutyDropped,
    DutySet,
    EmergencyJudged,
    HeadNamed,
    HelpAsked,
    IdentityAsked,
    IdentityDecided,
    IdentitySeen,
    IdentitySeenAlone,
    LevelSet,
    OfficerConfirmed,
    OfficerRefused,
    OfficerWaits,
    ReportNumbered,
)
from participation.safeguarding.views import pages as safeguarding_pages

ROOMS: Final[Sequence[Blueprint]] = (
    front_pages,
    accounts_pages,
    audit_pages,
    consultations_pages,
    contests_pages,
    deliveries_pages,
    media_pages,
    moderation_pages,
    moderation_words_pages,
    notifications_pages,
    safeguarding_pages,
)
"""The pages of each room."""

LANES: Final[Sequence[Lane]] = consultations_lanes.LANES
"""The busiest requests, which are answered before Flask where nothing about them is special."""

LISTENERS: Final[Mapping[type[Happening], Sequence[Listener]]] = {
    Happening: (audit.write_down,),
    CardIssued: (),
    CardOpened: (),
    ConsentFormsPrinted: (),
    ConsentRecorded: (
        consultations.take_back_words,
        contests.take_back_works,
        contests.juror_left,
    ),
    ConsentWithdrawn: (
        consultations.take_back_words,
        contests.take_back_works,
        contests.juror_left,
    ),
    PasswordForgotten: (notifications.password_forgotten,),
    PasswordSet: (),
    PersonChanged: (safeguarding.officer_changed,),
    PersonJoined: (safeguarding.officer_joined,),
    PersonLeft: (safeguarding.officer_left, contests.person_left, contests.juror_left),
    RosterImported: (),
    SchoolAdded: (),
    SchoolChanged: (),
    SignInLocked: (),
    SignInsEnded: (),
    SignedIn: (),
    StaffInvited: (notifications.staff_invited,),
    TeachersNamed: (),
    ConsultationChanged: (),
    ConsultationClosed: (),
    ConsultationDrafted: (),
    ConsultationPublished: (),
    HearingGiven: (),
    OpinionGiven: (),
    OpinionWithdrawn: (),
    ResultFrozen: (),
    UnreadWordsTakenBack: (),
    WordsAsideSet: (),
    WordsMended: (),
    WordsPublished: (),
    WordsRefused: (),
    WordsReturned: (),
    WordsWaitAgain: (),
    LicenceDecided: (),
    LicenceEnded: (),
    UnreadWorksTakenBack: (),
    WorkApproved: (),
    WorkAsideSet: (),
    WorkHandedIn: (),
    WorkLeft: (),
    WorkRefused: (),
    WorkReturned: (),
    WorkWaitsAgain: (),
    WorkWithdrawn: (),
    CallChanged: (),
    CallClosed: (),
    CallDrafted: (),
    CallPublished: (),
    RehearsalBegun: (),
    RehearsalChanged: (),
    RehearsalClosed: (),
    RehearsalEnded: (),
    RehearsalFilled: (),
    RehearsalShared: (),
    JurorAnswered: (),
    JurorCapped: (),
    JurorInvited: (notifications.juror_invited,),
    JurorReplaced: (),
    QuorumChanged: (),
    RoundChanged: (),
    RoundClosed: (),
    RoundDealt: (),
    RoundDropped: (),
    RoundOpened: (),
    RoundPlanned: (),
    ShortlistMade: (),
    WorkJudged: (),
    WorkRecused: (),
    DossierSent: (notifications.dossier_sent,),
    ReceiptGiven: (consultations.show_anew,),
    ReplyGiven: (consultations.show_anew, notifications.reply_given),
    ReplyOverdue: (consultations.show_anew, notifications.reply_overdue),
    CoversKept: (),
    FileCovered: (),
    FileDiscarded: (),
    FilePressed: (contests.note_ready,),
    FileRefused: (contests.note_refused,),
    FileTakenDown: (),
    FileTakenIn: (),
    AppealMade: (notifications.case_opened,),
    CaseClaimed: (),
    CaseDecided: (
        safeguarding.note_escalation,
        consultations.apply_verdict,
        contests.apply_verdict,
    ),
    CaseOpened: (notifications.case_opened,),
    CaseReopened: (consultations.read_again, contests.read_again),
    CaseReread: (),
    CaseSetAside: (safeguarding.note_sign, consultations.let_aside, contests.let_aside),
    GoldAdded: (),
    GoldEnded: (),
    GoldJudged: (),
    MonthFrozen: (),
    SkillSet: (),
    TextReported: (safeguarding.note_reader,),
    AnswersRead: (),
    ChildAnswered: (),
    ClosingAsked: (notifications.closing_asked,),
    ClosingRefused: (notifications.closing_refused,),
    ClosingWithdrawn: (),
    WordListed: (),
    WordUnlisted: (),
    ComplaintHandedOver: (),
    ComplaintMade: (),
    ComplaintTaken: (),
    ConcernDone: (),
    ConcernLogged: (),
    ConcernNoted: (),
    ConcernReleased: (consultations.give_back, contests.give_back),
    ConcernRemoved: (),
    ConcernReopened: (),
    ConcernReported: (),
    ConcernSeen: (),
    ConcernTaken: (),
    ConcernTakenOver: (notifications.concern_taken_over,),
    ConcernWaits: (notifications.concern_waits,),
    DrillBegun: (),
    DutyDropped: (notifications.duty_dropped,),
    DutySet: (),
    EmergencyJudged: (),
    HeadNamed: (),
    HelpAsked: (),
    IdentityAsked: (notifications.identity_asked,),
    IdentityDecided: (notifications.identity_decided,),
    IdentitySeen: (),
    IdentitySeenAlone: (notifications.identity_seen_alone,),
    LevelSet: (),
    OfficerConfirmed: (),
    OfficerRefused: (),
    OfficerWaits: (notifications.officer_waits,),
    ReportNumbered: (),
    LetterSentAgain: (),
}

RIGHTS: Final[Mapping[str, Right]] = {
    "choose_nickname": accounts_policies.may_choose_nickname,
    "decide_for_oneself": accounts_policies.may_decide_for_oneself,
    "end_sign_ins": accounts_policies.may_end_sign_ins,
    "issue_cards": accounts_policies.may_issue_cards,
    "print_consent_forms": accounts_policies.may_print_consent_forms,
    "record_consent": accounts_policies.may_record_consent,
    "reissue_card": accounts_policies.may_reissue_card,
    "see_consents": accounts_policies.may_see_consents,
    "appeal_words": consultations_policies.may_appeal_words,
    "change_topic": consultations_policies.may_change_topic,
    "draft_topic": consultations_policies.may_draft_topic,
    "extend_topic": consultations_policies.may_extend_topic,
    "give_opinion": consultations_policies.may_give_opinion,
    "mend_words": consultations_policies.may_mend_words,
    "publish_topic": consultations_policies.may_publish_topic,
    "say_listened": consultations_policies.may_say_listened,
    "see_topic": consultations_policies.may_see_topic,
    "withdraw_opinion": consultations_policies.may_withdraw_opinion,
    "agree_to_work": entries_policies.may_agree_to_work,
    "appeal_work": entries_policies.may_appeal_work,
    "begin_work": entries_policies.may_begin_work,
    "change_work": entries_policies.may_change_work,
    "end_use": entries_policies.may_end_use,
    "hand_in": entries_policies.may_hand_in,
    "join_work": entries_policies.may_join_work,
    "leave_work": entries_policies.may_leave_work,
    "see_own_work": entries_policies.may_see_own_work,
    "withdraw_work": entries_policies.may_withdraw_work,
    "change_call": contests_policies.may_change_call,
    "draft_call": contests_policies.may_draft_call,
    "extend_call": contests_policies.may_extend_call,
    "publish_call": contests_policies.may_publish_call,
    "rehearse_call": contests_policies.may_rehearse_call,
    "run_rehearsal": contests_policies.may_run_rehearsal,
    "see_call": contests_policies.may_see_call,
    "see_rehearsal": contests_policies.may_see_rehearsal,
    "answer_invitation": juries_policies.may_answer_invitation,
    "change_round": juries_policies.may_change_round,
    "decline_invitation": juries_policies.may_decline_invitation,
    "judge_work": juries_policies.may_judge_work,
    "leave_panel": juries_policies.may_leave_panel,
    "open_round": juries_policies.may_open_round,
    "plan_round": juries_policies.may_plan_round,
    "read_report": juries_policies.may_read_report,
    "seat_jury": juries_policies.may_seat_jury,
    "see_work": juries_policies.may_see_work,
    "settle_outcomes": juries_policies.may_settle_outcomes,
    "steer_round": juries_policies.may_steer_round,
    "acknowledge": deliveries_policies.may_acknowledge,
    "give_reply": deliveries_policies.may_give_reply,
    "read_dossier": deliveries_policies.may_read_dossier,
}
"""The rights that templates may ask for: `can("give_opinion", thing)`."""

READERS: Final[Mapping[str, Reader]] = {
    "consultation.words": read_words,
    "contest.entry": read_work,
}
"""How the words behind a subject are read."""

FINDERS: Final[Mapping[str, Finder]] = {
    "consultation.words": find_writer,
    "contest.entry": find_maker,
}
"""How the person behind a subject is found: asked by safeguarding alone, after two officers."""

EXHIBITORS: Final[Mapping[str, Exhibitor]] = {
    "contest.entry": exhibits_of,
}
"""What there is to see and to hear of a subject, for who judges it."""

WRITINGS: Final[Sequence[Writings]] = (written_words, written_works)
"""What the child at the screen wrote, so that she finds the answers of the officers to it."""

ENCLOSURES: Final[Mapping[str, Fetch]] = {
    "deliveries.csv": fetch_paper("csv"),
    "deliveries.json": fetch_paper("json"),
    "deliveries.pdf": fetch_paper("pdf"),
}
"""How a letter's enclosure is fetched."""

HANDLERS: Final[Mapping[str, jobs.Handler]] = {
    "close-due": closing.close_due,
    "close-topic": closing.close_job,
    "close-calls": contests_closing.close_due,
    contests_closing.CLOSE: contests_closing.close_job,
    "compact-due": closing.compact_due,
    "compact-tally": lately("participation.consultations.actions.counting:compact_job"),
    "end-rehearsals": end_old_rehearsals,
    "fold-due": closing.fold_due,
    "fold-tally": lately("participation.consultations.actions.counting:fold_job"),
    "freeze-due": closing.freeze_due,
    "freeze-result": lately("participation.consultations.actions.freezing:freeze_job"),
    "publish-hearings": publish_hearings,
    "deal-round": lately("participation.contests.actions.dealing:deal_job"),
    "reckon-round": lately("participation.contests.actions.reckoning:reckon_job"),
    "settle-outcomes": lately("participation.contests.actions.shortlisting:settle_job"),
    "forget-texts": forget_texts,
    "moderation-month": lately("participation.moderation.actions.months:month_job"),
    "clear-import-drafts": lambda _arguments: clear_drafts,
    "close-grown-up": lambda _arguments: close_grown_up,
    "clear-sign-in-traces": lambda _arguments: clear_sign_in_traces,
    "clear-jobs": lambda _arguments: jobs.clear_done,
    "clear-windows": lambda _arguments: limits.clear_old,
    DIGEST: digest_moderators,
    "end-licences": end_licences,
    "drop-bytes": lately("participation.media.actions.ending:drop_job"),
    "forget-file-times": lately("participation.media.actions.sweeping:forget_times"),
    "press-file": lately("participation.media.actions.pressing:press_job"),
    "sweep-files": lately("participation.media.actions.sweeping:sweep_job"),
    "forget-letters": lambda _arguments: mail.forget_words,
    "remind-overdue": lambda _arguments: deliveries.remind_overdue,
    "remind-untaken": lambda _arguments: remind_untaken,
    "render-papers": render_papers,
    "seal-plain": lambda _arguments: seal_some,
    SEND_LINK: send_password_link,
}

TIMERS: Final[Sequence[Timer]] = (
    Timer("close-calls", 60),
    Timer("close-due", 60),
    Timer("fold-due", 60),
    Timer("freeze-due", 60),
    Timer("compact-due", 3600),
    Timer("end-rehearsals", 86400),
    Timer("publish-hearings", 86400),
    Timer("end-licences", 60),
    Timer("clear-import-drafts", 600),
    Timer("clear-jobs", 3600),
    Timer("clear-sign-in-traces", 86400),
    Timer("close-grown-up", 86400),
    Timer("clear-windows", 3600),
    Timer("forget-file-times", 60),
    Timer("sweep-files", 3600),
    Timer("forget-letters", 86400),
    Timer("forget-texts", 86400),
    Timer("moderation-month", 86400),
    Timer("remind-overdue", 86400),
    Timer("remind-untaken", 60),
    Timer("seal-plain", 600),
)

WORKSHOP: Final = Workshop(HANDLERS, TIMERS, ENCLOSURES)

COMMANDS: Final[Sequence[Command]] = (
    commands.migrate,
    commands.worker_of(WORKSHOP),
    import_districts,
    moderation_commands,
    safeguarding_commands,
)
"""Commands of the shell: `flask --app wsgi <name>`."""
