"""The rights by their names."""

from collections.abc import Mapping
from typing import Final

from participation.accounts import policies as accounts_policies
from participation.consultations import policies as consultations_policies
from participation.contests.policies import calls as contests_policies
from participation.contests.policies import entries as entries_policies
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
    "make_certificate": recognition_policies.may_make_certificate,
    "name_adopted": recognition_policies.may_name_adopted,
    "see_card": recognition_policies.may_see_card,
    "take_back_adopted": recognition_policies.may_take_back_adopted,
    "change_call": contests_policies.may_change_call,
    "draft_call": contests_policies.may_draft_call,
    "extend_call": contests_policies.may_extend_call,
    "publish_call": contests_policies.may_publish_call,
    "rehearse_call": contests_policies.may_rehearse_call,
    "run_rehearsal": contests_policies.may_run_rehearsal,
    "see_call": contests_policies.may_see_call,
    "see_rehearsal": contests_policies.may_see_rehearsal,
    "acknowledge": deliveries_policies.may_acknowledge,
    "give_reply": deliveries_policies.may_give_reply,
    "read_dossier": deliveries_policies.may_read_dossier,
}
"""The rights that templates may ask for: `can("give_opinion", thing)`."""
