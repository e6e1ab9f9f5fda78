"""The WSGI entry: `granian --interface wsgi wsgi:app`."""

from participation import create_app

app = create_app()
