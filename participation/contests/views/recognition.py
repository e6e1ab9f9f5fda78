"""A child's thank-you card, and the certificate that she makes for herself."""

from typing import Any, Final

from flask import current_app, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from participation.accounts.roles import children
from participation.contests.actions import recognition as deeds
from participation.contests.forms.recognition import CertificateForm
from participation.contests.policies.recognition import may_make_certificate, may_see_card
from participation.contests.queries.recognition import (
    Recognised,
    card_of,
    picture_of,
    picture_svg,
    recognised,
)
from participation.contests.recognition import CertificateText, card_data, certificate_data
from participation.contests.views.blueprint import pages
from participation.contests.views.papers import fresh_paper
from participation.kernel import codes, pdf
from participation.kernel.addresses import absolute
from participation.kernel.clock import now, today
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.tables import Words
from participation.media.queries import address

CARD: Final = "contests/card.typ"
CERTIFICATE: Final = "contests/certificate.typ"


@pages.get("/works/<key>/card")
@door(children)
def card(key: str) -> Any:
    """Her thank-you card, with the way to a certificate where there is one."""
    found = recognised(current_user, key)
    may_see_card.require(current_user, found.right, now())
    file = picture_of(found)
    return render_template(
        "contests/card.html",
        found=found,
        card=card_of(found),
        picture=address(file, "medium", viewer=current_user.sign_in) if file else "",
        size=file.renditions.get("medium") if file else None,
        certifiable=may_make_certificate(current_user, found.right, now()),
    )


@pages.get("/works/<key>/card.pdf")
@door(children)
def card_paper(key: str) -> Response:
    """The same on one sheet of A5."""
    found = recognised(current_user, key)
    may_see_card.require(current_user, found.right, now())
    data = card_data(
        card_of(found),
        site=_("童声"),
        day=today(),
        picture=picture_svg(picture_of(found)),
        alt=found.own.entry.alt,
    )
    return fresh_paper(CARD, data, f"card-{found.own.entry.code}.pdf")


@pages.route("/works/<key>/certificate", methods=["GET", "POST"])
@door(children)
def certificate(key: str) -> Any:
    """Choose the name, then have it printed; nothing of the name is kept."""
    found, form = recognised(current_user, key), CertificateForm()
    may_make_certificate.require(current_user, found.right, now())
    names = deeds.names_for(current_user)
    form.offer(names)
    if form.validate_on_submit():
        try:
            made = deeds.make_certificate(current_user, found, form.name_form.data or "")
            return _printed(found, made)
        except RuleBroken as refusal:
            form.take(refusal)
    rare = {which: pdf.unprintable(name) for which, name in names.items()}
    status = 422 if form.is_submitted() else 200
    return render_template(
        "contests/certificate.html", found=found, form=form, names=names, rare=rare
    ), status


def _printed(found: Recognised, made: deeds.MadeCertificate) -> Response:
    url = absolute(url_for(".verify_certificate", code=made.code))
    settings = current_app.extensions["settings"]
    text = CertificateText(
        name=made.name,
        by_hand=bool(pdf.unprintable(made.name)),
        call=str(found.own.call.title),
        title=found.own.entry.title,
        level=found.level,
        together=bool(found.own.others),
        city=str(Words(zh=settings.city_zh, en=settings.city_en)),
        made_on=today(),
        code=made.code,
    )
    square = codes.qr_svg(url, alt=_("核对证书的二维码"))
    check = _("扫码，或者打开下面的地址，就能核对。")
    data = certificate_data(text, site=_("童声"), url=url, square=square, check=check)
    return fresh_paper(CERTIFICATE, data, f"certificate-{made.code}.pdf")
