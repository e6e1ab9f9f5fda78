"""Deeds of the safeguarding room: its face for the rooms above."""

from participation.safeguarding.actions.asking import (
    Asked,
    ask_for_help,
    ask_once,
    promise_answer,
)
from participation.safeguarding.actions.closing import (
    ask_closing,
    confirm_closing,
    refuse_closing,
    remove_concern,
    reopen_concern,
    withdraw_closing,
)
from participation.safeguarding.actions.complaining import (
    complain,
    hand_to_officers,
    hear_complaint,
    take_complaint,
)
from participation.safeguarding.actions.duty import drop_duty, droppable_duty, set_duty
from participation.safeguarding.actions.identity import (
    ask_identity,
    decide_identity,
    judge_emergency,
    see_alone,
    see_identity,
)
from participation.safeguarding.actions.knowing import read_answers
from participation.safeguarding.actions.lines import subject_of
from participation.safeguarding.actions.officers import (
    confirm_officer,
    end_head,
    make_head,
    name_head,
    note_officer,
)
from participation.safeguarding.actions.reminding import remind_untaken
from participation.safeguarding.actions.reporting import Report, add_number, report_concern
from participation.safeguarding.actions.sealing import SEALED, reseal_after, seal_plain, seal_some
from participation.safeguarding.actions.working import (
    answer_child,
    finish_complaint,
    note_complaint,
    note_concern,
    read_concern,
    set_level,
    take_concern,
    take_over,
)
from participation.safeguarding.actions.writing import begin_drill, note_case, note_report

__all__ = [
    "SEALED",
    "Asked",
    "Report",
    "add_number",
    "answer_child",
    "ask_closing",
    "ask_for_help",
    "ask_identity",
    "ask_once",
    "begin_drill",
    "complain",
    "confirm_closing",
    "confirm_officer",
    "decide_identity",
    "drop_duty",
    "droppable_duty",
    "end_head",
    "finish_complaint",
    "hand_to_officers",
    "hear_complaint",
    "judge_emergency",
    "make_head",
    "name_head",
    "note_case",
    "note_complaint",
    "note_concern",
    "note_officer",
    "note_report",
    "promise_answer",
    "read_answers",
    "read_concern",
    "refuse_closing",
    "remind_untaken",
    "remove_concern",
    "reopen_concern",
    "report_concern",
    "reseal_after",
    "seal_plain",
    "seal_some",
    "see_alone",
    "see_identity",
    "set_duty",
    "set_level",
    "subject_of",
    "take_complaint",
    "take_concern",
    "take_over",
    "withdraw_closing",
]
