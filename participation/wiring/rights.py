"""The rights by their names."""

from collections.abc import Mapping
from typing import Final

from participation.accounts import policies as accounts_policies
from participation.consultations import policies as consultations_policies
from participation.contests.policies import batches as batches_policies
from participation.contests.policies import calls as contests_policies
from participation.contests.policies import choice as choice_policies
from participation.contests.policies import entries as entries_policies
from participation.contests.policies import gallery as gallery_policies
from participation.contests.policies import juries as juries_policies
from participation.contests.policies import notice as notice_policies
from participation.contests.policies import printing as printing_policies
from participation.contests.policies import recognition as recognition_policies
from participation.deliveries import policies as deliveries_policies
from participation.kernel.policy import Right

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
    "acknowledge": deliveries_policies.may_acknowledge,
    "give_reply": deliveries_policies.may_give_reply,
    "read_dossier": deliveries_policies.may_read_dossier,
    "change_call": contests_policies.may_change_call,
    "draft_call": contests_policies.may_draft_call,
    "extend_call": contests_policies.may_extend_call,
    "publish_call": contests_policies.may_publish_call,
    "rehearse_call": contests_policies.may_rehearse_call,
    "run_rehearsal": contests_policies.may_run_rehearsal,
    "see_call": contests_policies.may_see_call,
    "see_rehearsal": contests_policies.may_see_rehearsal,
    "agree_to_work": entries_policies.may_agree_to_work,
    "appeal_work": entries_policies.may_appeal_work,
    "begin_work": entries_policies.may_begin_work,
    "bring_works": batches_policies.may_bring_works,
    "change_work": entries_policies.may_change_work,
    "disown_work": entries_policies.may_disown_work,
    "end_use": entries_policies.may_end_use,
    "hand_in": entries_policies.may_hand_in,
    "join_work": entries_policies.may_join_work,
    "leave_work": entries_policies.may_leave_work,
    "see_own_work": entries_policies.may_see_own_work,
    "sign_licence": entries_policies.may_sign_licence,
    "withdraw_work": entries_policies.may_withdraw_work,
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
    "answer_objection": notice_policies.may_answer_objection,
    "disqualify_work": notice_policies.may_disqualify_work,
    "end_call": notice_policies.may_end_call,
    "object": notice_policies.may_object,
    "print_works": printing_policies.may_print_works,
    "put_up_notice": notice_policies.may_put_up_notice,
    "see_notice": notice_policies.may_see_notice,
    "choose_work": choice_policies.may_choose_work,
    "see_choice": choice_policies.may_see_choice,
    "see_choice_bursts": choice_policies.may_see_choice_bursts,
    "see_works": gallery_policies.may_see_works,
    "make_certificate": recognition_policies.may_make_certificate,
    "name_adopted": recognition_policies.may_name_adopted,
    "see_card": recognition_policies.may_see_card,
    "take_back_adopted": recognition_policies.may_take_back_adopted,
}
"""The rights that templates may ask for: `can("give_opinion", thing)`."""
