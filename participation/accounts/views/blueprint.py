"""The blueprint of the accounts room, which each module of views adds its pages to."""

from flask import Blueprint

pages = Blueprint("accounts", __name__)
