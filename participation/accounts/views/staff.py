"""The door of the work desk: password, forgotten password, and the link that sets one."""

from typing import Any

from flask import flash, render_template, request, url_for

from participation.accounts.actions.entering import sign_in_staff
from participation.accounts.actions.links import forget_password, owner_of_link
from participation.accounts.actions.links import set_password as keep_password
from participation.accounts.forms.entering import ForgotForm, PasswordForm, StaffForm
from participation.accounts.passwords import SHORTEST
from participation.accounts.views.blueprint import pages
from participation.accounts.views.entering import around, come_in
from participation.kernel.doors import anyone, door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import see


@pages.route("/staff/sign-in", methods=["GET", "POST"])
@door(anyone)
def staff_sign_in() -> Any:
    """Address and password."""
    if request.method == "GET":
        form = StaffForm(next=request.args.get("next", ""))
        return render_template("accounts/staff_sign_in.html", form=form)
    form = StaffForm()
    if form.validate():
        try:
            identity = sign_in_staff(form.email.data, form.password.data, **around())
            return come_in(identity, form.next.data, url_for("front.desk"))
        except RuleBroken as refusal:
            form.take(refusal)
    return render_template("accounts/staff_sign_in.html", form=form), 422


@pages.route("/staff/forgot", methods=["GET", "POST"])
@door(anyone)
def forgot_password() -> Any:
    """Ask for a link; the answer is the same whether the address is known or not."""
    form = ForgotForm()
    if request.method == "POST" and form.validate():
        forget_password(form.email.data, address=around()["address"])
        flash(
            _(
                "如果这个邮箱在我们这里登记过，几分钟内会收到一封信，里面的链接 48 小时内能用一次。"
                "没有新的信，就用这两天收到过的那封。"
            )
        )
        return see(url_for("accounts.staff_sign_in"))
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/forgot_password.html", form=form), status


@pages.route("/staff/password/<code>", methods=["GET", "POST"])
@door(anyone)
def set_password(code: str) -> Any:
    """Set a password by a link; a link that is over does not exist."""
    form, person = PasswordForm(), owner_of_link(code)
    if request.method == "POST" and form.validate():
        try:
            keep_password(code, form.password.data)
            flash(_("新密码记下了。请用它进来。"), "thanks")
            return see(url_for("accounts.staff_sign_in"))
        except RuleBroken as refusal:
            form.take(refusal)
    shown = {"form": form, "email": person.email, "shortest": SHORTEST}
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/set_password.html", **shown), status
