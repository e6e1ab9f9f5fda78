"""The blueprint that the pages of this room stand on."""

from flask import Blueprint

pages = Blueprint("deliveries", __name__)
