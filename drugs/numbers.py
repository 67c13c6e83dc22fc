"""How regulators write the numbers of applications and submissions. Pure functions over what was typed.

The forms are those of Drugs@FDA (type and six digits; ORIG or SUPPL and a number), of the EMA's public reports
(EMEA/H/C and six digits; EU/1, year and number of a marketing authorisation), of the UK's product licences (PL, PLGB or
PLNI, the company's five digits and four of its own) and of Health Canada (a DIN has eight digits). Of any other
authority every number is taken as it is typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

_SPACES = re.compile(r"\s+")
_FDA = re.compile(r"(?P<type>NDA|ANDA|BLA)[ :#-]*(?P<number>\d{6}|\d{2}-\d{3})")
_FDA_SUPPLEMENT = re.compile(r"[ /,-]*(?:SUPPL(?:EMENT)?[ /-]*|S[ /-]*)0*(?P<number>[1-9]\d{0,4})")
_FDA_SUBMISSION = re.compile(
    r"(?P<original>ORIG(?:INAL)?)[ -]*0*(?P<original_number>[1-9]\d{0,4})"
    r"|(?:SUPPL(?:EMENT)?|SUPP|S)[ -]*0*(?P<number>[1-9]\d{0,4})"
)
_EMA = re.compile(r"EMEA[ /-]*H[ /-]*C[ /-]*(?P<number>\d{3,6})")
_EMA_SUBMISSION = re.compile(r"[ /-]*(?P<type>IA|IAIN|IB|II|N|R|S|T|X|WS|PSUSA)[ /-]*(?P<number>\d{2,5})(?:/G)?")
_EU = re.compile(r"EU/1/(?P<year>\d{2})/(?P<number>\d{3,4})(?P<pack>/\d{3})?")
_UK = re.compile(r"(?P<type>PLGB|PLNI|PL)[ :]*(?P<company>\d{5})[ ]?[/-][ ]?(?P<number>\d{4})")
_DIN = re.compile(r"(?:DIN)?[ :#-]*(?P<number>\d{8})")


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A number as it is kept, and what is wrong with it: "" where nothing is."""

    value: str
    problem: str = ""


def check_application(authority: str, typed: str) -> CheckedNumber:
    """The application, licence or identification number in its authority's own form; `authority` is a code."""
    return _check(_APPLICATIONS, authority, typed)


def check_submission(authority: str, typed: str) -> CheckedNumber:
    """The number of a submission under an application, as `check_application`."""
    return _check(_SUBMISSIONS, authority, typed)


_Check = Callable[[str, str], CheckedNumber]  # of the capitals with single spaces, and of what was typed


def _check(forms: Mapping[str, _Check], authority: str, typed: str) -> CheckedNumber:
    typed = _SPACES.sub(" ", typed).strip()
    check = forms.get(authority)
    return check(typed.upper(), typed) if check and typed else CheckedNumber(typed)


def _fda_application(text: str, typed: str) -> CheckedNumber:
    match = _FDA.match(text)
    if match:
        number = match["type"] + match["number"].replace("-", "").zfill(6)
        rest = text[match.end() :]
        if not rest:
            return CheckedNumber(number)
        if supplement := _FDA_SUPPLEMENT.fullmatch(rest):
            message = _(
                "“%(typed)s” names a supplement too. Enter the application alone, %(application)s, and the supplement "
                "as the submission: %(submission)s."
            )
            places = {"application": number, "submission": f"SUPPL-{supplement['number']}"}
            return CheckedNumber(typed, message % {"typed": typed, **places})
    message = _(
        "“%(typed)s” is not an FDA application number. Enter NDA, ANDA or BLA and six digits, such as BLA125514."
    )
    return CheckedNumber(typed, message % {"typed": typed})


def _fda_submission(text: str, typed: str) -> CheckedNumber:
    match = _FDA_SUBMISSION.fullmatch(text)
    if match and match["original"]:
        return CheckedNumber(f"ORIG-{match['original_number']}")
    if match:
        return CheckedNumber(f"SUPPL-{match['number']}")
    message = _("“%(typed)s” is not an FDA submission. Enter ORIG or SUPPL and its number, such as SUPPL-14.")
    return CheckedNumber(typed, message % {"typed": typed})


def _ema_application(text: str, typed: str) -> CheckedNumber:
    if match := _EU.fullmatch(text):
        return CheckedNumber(text)
    match = _EMA.match(text)
    if match:
        number = f"EMEA/H/C/{match['number'].zfill(6)}"
        rest = text[match.end() :]
        if rest in ("", "/0000"):  # the first application has this number among its submissions
            return CheckedNumber(number)
        if _EMA_SUBMISSION.fullmatch(rest):
            message = _(
                "“%(typed)s” names a variation too. Enter the product alone, %(application)s, and the variation as the "
                "submission: %(submission)s."
            )
            places = {"application": number, "submission": _ema_submission(rest.lstrip(" /-"), rest).value}
            return CheckedNumber(typed, message % {"typed": typed, **places})
    message = _(
        "“%(typed)s” is not an EMA product number. Enter EMEA/H/C/ and six digits, such as EMEA/H/C/003820, or an EU "
        "number, such as EU/1/15/1024/001."
    )
    return CheckedNumber(typed, message % {"typed": typed})


def _ema_submission(text: str, typed: str) -> CheckedNumber:
    if text == "0000":
        return CheckedNumber(text)
    if match := _EMA_SUBMISSION.fullmatch(text):
        group = "/G" if text.endswith("/G") else ""
        return CheckedNumber(f"{match['type']}/{match['number'].zfill(4)}{group}")
    message = _(
        "“%(typed)s” is not an EMA procedure. Enter its type and number, such as II/0042, or 0000 for the first "
        "application."
    )
    return CheckedNumber(typed, message % {"typed": typed})


def _uk_application(text: str, typed: str) -> CheckedNumber:
    if match := _UK.fullmatch(text):
        return CheckedNumber(f"{match['type']} {match['company']}/{match['number']}")
    message = _(
        "“%(typed)s” is not a UK product licence number. Enter PLGB, PL or PLNI, five digits, a slash and four digits, "
        "such as PLGB 12345/0001."
    )
    return CheckedNumber(typed, message % {"typed": typed})


def _canadian_application(text: str, typed: str) -> CheckedNumber:
    if match := _DIN.fullmatch(text):
        return CheckedNumber(f"DIN {match['number']}")
    message = _("“%(typed)s” is not a Canadian DIN. Enter DIN and eight digits, such as DIN 01234567.")
    return CheckedNumber(typed, message % {"typed": typed})


_APPLICATIONS: Mapping[str, _Check] = {
    "FDA": _fda_application, "EMA": _ema_application, "MHRA": _uk_application, "HC": _canadian_application,
}  # fmt: skip
_SUBMISSIONS: Mapping[str, _Check] = {"FDA": _fda_submission, "EMA": _ema_submission}
