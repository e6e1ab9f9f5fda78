"""The least that Flask can do: a bare hello."""

from flask import Flask

app = Flask(__name__, static_folder=None)


@app.get("/")
def hello() -> str:
    """Say hello."""
    return "hello"
