"""The same answer page as most Flask sites have it: Flask-Login, Flask-WTF, ORM and Jinja.

User, consultation, questions and options are loaded by the ORM for every request, with the lazy
relationships that SQLAlchemy has by default, and the page is rendered anew.
"""

import os
from typing import Any

from flask import Flask, g, render_template
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_wtf import FlaskForm
from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from bench.matter import ASKED, OPTIONS

app = Flask(__name__, template_folder="pages", static_folder=None)
app.config["SECRET_KEY"] = "s" * 40
engine = create_engine(f"sqlite:///{os.environ['BENCH_DB']}", connect_args={"timeout": 8})
logins = LoginManager(app)


class Base(DeclarativeBase):
    """The base class."""


class User(UserMixin, Base):
    """A child."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    nickname: Mapped[str]


class Consultation(Base):
    """A matter."""

    __tablename__ = "consultations"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    unit: Mapped[str]
    due: Mapped[str]
    questions: Mapped[list["Question"]] = relationship(order_by="Question.id")


class Question(Base):
    """One question."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id))
    kind: Mapped[str]
    wording: Mapped[str]
    options: Mapped[list["Option"]] = relationship(order_by="Option.id")


class Option(Base):
    """One answer to choose."""

    __tablename__ = "options"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id))
    place: Mapped[int]
    label: Mapped[str]


class AnswerForm(FlaskForm):
    """The form that guards the page with its token."""


@app.before_request
def begin() -> None:
    """A session for every request."""
    g.session = Session(engine)


@app.teardown_request
def end(_problem: BaseException | None) -> None:
    """Close it again."""
    g.session.close()


@logins.user_loader
def load_user(user_id: str) -> User | None:
    """The user of this request."""
    return g.session.get(User, int(user_id))


@app.get("/")
def ready() -> str:
    """Sign in the child, so that the measured requests carry a real session."""
    login_user(g.session.get(User, 1))
    return "ready"


@app.get("/help")
@app.get("/about/<page>")
def elsewhere(**_more: Any) -> str:
    """Where the links of the page lead."""
    return "elsewhere"


@app.get("/<int:number>")
@login_required
def answer(number: int) -> str:
    """The page with its form."""
    found = g.session.get(Consultation, number)
    return render_template("answer.html", topic=found, form=AnswerForm(), me=current_user)


FACES = ("很不好", "不太好", "一般", "还不错", "很好")


def _question(kind: str, wording: str) -> Question:
    labels = FACES if kind == "faces" else [zh for zh, _en in OPTIONS] if kind != "words" else ()
    options = [Option(place=place, label=label) for place, label in enumerate(labels, start=1)]
    return Question(kind=kind, wording=wording, options=options)


def seed() -> None:
    """The matter of the product, in these tables."""
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        if session.get(User, 1) is None:
            session.add(User(id=1, nickname="小星"))
            session.add(
                Consultation(
                    id=1,
                    title="上学路上，安全又好走吗？",
                    summary="市交通局明年要改 30 个学校门口的路。你最清楚哪里不好走。",
                    unit="市交通局",
                    due="2027 年 1 月 15 日",
                    questions=[_question(kind, zh) for kind, zh, _en in ASKED],
                )
            )
            session.commit()


if __name__ == "__main__":
    seed()
