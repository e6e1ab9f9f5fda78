"""The blueprint of this room; every view module hangs its pages on it."""

from flask import Blueprint

pages = Blueprint("contests", __name__)
