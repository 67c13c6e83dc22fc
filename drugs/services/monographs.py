"""Writing monographs, through `editing` like every working copy."""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions.blockers import validation_blockers
from editorial.editions.kinds import Rows
from editorial.editions.models import Document
from editorial.editions.working.pages import create_page
from editorial.editions.working.rows import set_fields
from editorial.library.services.topics import save_topical_page

from .. import numbers
from ..cycle_days import normal_cycle_days
from ..fields import MONOGRAPH
from ..models import KIND, Approval, BoxedWarning, Dose, Monograph, Product
from .authorities import find_authorities
from .events_in_force import has_decisions


def create_monograph(slug: str, title: str, *, user: User) -> Monograph:
    """A new monograph that has only a name. Raises Blocked when the address is taken."""
    monograph: Monograph = create_page(KIND, slug, title, user=user)
    return monograph


def save_monograph(document: Document, *, user: User, token: int | None, reason: str = "", **typed: Any) -> Monograph:
    """Save the source language: `typed` is what `write_topical_page` takes. Raises Blocked or WorkingCopyChanged."""
    monograph: Monograph = save_topical_page(document, user=user, token=token, reason=reason, **typed)
    return monograph


def clean_rows(monograph: Monograph, parts: Rows) -> Rows:
    """The rows with application numbers as their authorities write them, and the days of a cycle as pages tell them.

    What nobody changed stays as it is.
    """
    products: dict[Any, Product] = {product.pk: product for product in monograph.products.all()}
    doses: dict[Any, Dose] = {dose.pk: dose for dose in monograph.doses.all()}
    return {
        **parts,
        "products": [_clean_product(row, products.get(row.get("id"))) for row in parts["products"]],
        "doses": [_clean_dose(row, doses.get(row.get("id"))) for row in parts["doses"]],
    }


def _clean_dose(row: dict[str, Any], stored: Dose | None) -> dict[str, Any]:
    typed = row.get("cycle_days")
    if not isinstance(typed, str) or (stored and typed == stored.cycle_days):
        return row
    return {**row, "cycle_days": normal_cycle_days(typed)}


def _clean_product(row: dict[str, Any], stored: Product | None) -> dict[str, Any]:
    typed = row.get("application_number")
    if not isinstance(typed, str) or (stored and typed == stored.application_number):
        return row
    authority = row.get("authority", (stored or Product()).authority)
    return {**row, "application_number": numbers.check_application(authority, typed).value}


def save_blockers(monograph: Monograph, parts: Rows) -> Iterator[str]:
    """What the models' own rules say of the monograph as it would be, each part's with its name before it."""
    yield from _own_rules(monograph)
    typed = {row["authority"] for rows in parts.values() for row in rows if row.get("authority")}
    unknown = typed - find_authorities(typed).keys()
    for fields in MONOGRAPH.parts:
        manager = getattr(monograph, fields.related)
        known = {part.pk: part for part in manager.all()}
        for place, row in enumerate(parts[fields.related], 1):
            part = known.get(row.get("id")) or manager.model(monograph=monograph)
            before, label = copy(part), f"“{part}”" if row.get("id") in known else place
            set_fields(part, row, fields)
            problems = list(_own_rules(part))
            if isinstance(part, Approval | Product) and part.authority in unknown:
                problems += [_("No authority has the code “%(code)s”. Choose one.") % {"code": part.authority}]
            if isinstance(part, Product):
                problems += _number_blockers(part, before)
            if isinstance(part, Approval):
                problems += _approval_blockers(part, before)
            if isinstance(part, BoxedWarning):
                problems += _warning_blockers(part)
            if isinstance(part, Dose):
                problems += _dose_blockers(part)
            yield from (f"{part._meta.verbose_name} {label}: {problem}" for problem in problems)


def _own_rules(row: models.Model) -> Iterator[str]:
    try:
        row.full_clean(exclude=["document", "monograph"], validate_unique=False)
    except ValidationError as error:
        yield from validation_blockers(error, type(row))


def _number_blockers(product: Product, before: Product) -> Iterator[str]:
    """Numbers of before are left alone until somebody changes them, or whose they are."""
    named, was = ((row.authority, row.application_number) for row in (product, before))
    if not before.pk or named != was:
        problem = numbers.check_application(*named).problem
        yield from [problem] if problem else []


def _partner_blockers(part: Approval | BoxedWarning) -> Iterator[str]:
    if part.partner and part.partner.kind != KIND:
        yield _("Its partner is not a drug of this site. Choose one from the list.")
    if part.partner_id == part.monograph_id:
        yield _("It names the drug itself as its partner. Choose another, or none.")


def _warning_blockers(warning: BoxedWarning) -> Iterator[str]:
    if warning.approval and warning.approval.monograph_id != warning.monograph_id:
        yield _("It goes with an approval of another drug. Choose one of this page.")
    yield from _partner_blockers(warning)


def _dose_blockers(dose: Dose) -> Iterator[str]:
    if dose.product and dose.product.monograph_id != dose.monograph_id:
        yield _("It is of a product of another drug. Choose one of this page.")
    if dose.approval and dose.approval.monograph_id != dose.monograph_id:
        yield _("It is for an approved use of another drug. Choose one of this page.")


def _approval_blockers(approval: Approval, before: Approval) -> Iterator[str]:
    if any(biomarker.monograph_id != approval.monograph_id for biomarker in approval.biomarkers):
        yield _("It names a biomarker of another drug. Choose one of this page.")
    yield from _partner_blockers(approval)
    is_retired, is_moved = approval.retired and not before.retired, approval.authority != before.authority
    if not before.pk or not (is_retired or is_moved) or not has_decisions(before):
        return
    if is_retired:
        yield _(
            "What a regulator decided stays on the page. If it never did, take its decisions back first, and have that "
            "verified."
        )
    if is_moved:
        yield _(
            "Its decisions were recorded as those of %(authority)s. Add an approval of its own for another authority, "
            "or take its decisions back first, and have that verified."
        ) % {"authority": find_authorities([before.authority]).get(before.authority, before.authority)}
