"""The blueprint of the pages that gather several rooms."""

from flask import Blueprint

pages = Blueprint("front", __name__)
