"""The deeds of ballots, as other rooms call them."""

from participation.ballots.actions.casting import cast_ballot
from participation.ballots.actions.closing import close_due, close_job, close_voting
from participation.ballots.actions.counting import count_job, sweep_job
from participation.ballots.actions.forgetting import forget_rolls
from participation.ballots.actions.opening import Entitled, Rules, draft_voting, open_voting
from participation.ballots.actions.stirring import stir_all_due, stir_due, stir_job

__all__ = [
    "Entitled",
    "Rules",
    "cast_ballot",
    "close_due",
    "close_job",
    "close_voting",
    "count_job",
    "draft_voting",
    "forget_rolls",
    "open_voting",
    "stir_all_due",
    "stir_due",
    "stir_job",
    "sweep_job",
]
