"""The blueprint of this room; every view module hangs its pages on it."""

from flask import Blueprint
from flask.sansio.blueprints import BlueprintSetupState

from participation.kernel import slots

pages = Blueprint("consultations", __name__)


@pages.record_once
def teach(state: BlueprintSetupState) -> None:
    """Give the templates of this application their slots."""
    slots.init_app(state.app)  # type: ignore[arg-type]
