"""The shapes of input of this room."""

from participation.consultations.forms.drafting import DraftForm, ExtendForm, StartForm
from participation.consultations.forms.opinion import Given, OpinionForm, form_of

__all__ = ["DraftForm", "ExtendForm", "Given", "OpinionForm", "StartForm", "form_of"]
