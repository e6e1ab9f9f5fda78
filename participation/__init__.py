"""A child-safe site on which a city's children are heard and answered."""

from participation.app import create_app

__all__ = ["create_app"]
