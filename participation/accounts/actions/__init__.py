"""Deeds of the accounts room: its face for the rooms above."""

from participation.accounts.actions.cards import issue_cards, reissue_card
from participation.accounts.actions.clearing import clear_sign_in_traces
from participation.accounts.actions.confirming import keep_confirmation
from participation.accounts.actions.consents import (
    decide_by_code,
    decide_for_oneself,
    find_code,
    print_consent_forms,
    record_consents,
)
from participation.accounts.actions.entering import (
    enter_with_code,
    enter_with_number,
    sign_in_staff,
)
from participation.accounts.actions.links import forget_password, make_password_link, set_password
from participation.accounts.actions.naming import choose_nickname
from participation.accounts.actions.people import (
    change_pupil,
    change_staff,
    end_pupil,
    end_staff,
    invite_again,
    invite_staff,
)
from participation.accounts.actions.roster import clear_drafts, import_roster, keep_draft
from participation.accounts.actions.schools import (
    add_school,
    add_unit,
    change_school,
    name_teachers,
    take_districts,
)
from participation.accounts.actions.sign_ins import end_all, end_sign_ins, sign_out

__all__ = [
    "add_school",
    "add_unit",
    "change_pupil",
    "change_school",
    "change_staff",
    "choose_nickname",
    "clear_drafts",
    "clear_sign_in_traces",
    "decide_by_code",
    "decide_for_oneself",
    "end_all",
    "end_pupil",
    "end_sign_ins",
    "end_staff",
    "enter_with_code",
    "enter_with_number",
    "find_code",
    "forget_password",
    "import_roster",
    "invite_again",
    "invite_staff",
    "issue_cards",
    "keep_confirmation",
    "keep_draft",
    "make_password_link",
    "name_teachers",
    "print_consent_forms",
    "record_consents",
    "reissue_card",
    "set_password",
    "sign_in_staff",
    "sign_out",
    "take_districts",
]
