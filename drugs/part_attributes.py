"""What of a monograph's parts is not words: the attributes of their blocks in the tree.

A key that says nothing is left out where it came later than the first editions, so that those equal what would be
frozen of them now.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .cycle_days import normal_cycle_days
from .models import Approval, Authority, Dose, PatientGroup


def part_attributes(related: str, part: Any, authorities: Mapping[str, Authority]) -> dict[str, Any]:
    """{key: value} of a part of the list with this related name."""
    match related:
        case "products":
            return {
                "brand": part.brand, "application": part.application_number, "authority": part.authority,
                "jurisdiction": _jurisdiction(part, authorities),
            }  # fmt: skip
        case "doses":
            return _dose(part)
        case "side_effects":
            return {"serious": part.serious, "care": part.care_level}
        case "boxed_warnings":
            return {"partner": part.partner_id or "", "approval": part.approval.block_id if part.approval else ""}
        case "biomarkers":
            cutoff = "" if part.cutoff is None else number_text(part.cutoff)
            return {
                "name": part.name, "comparison": part.comparison, "cutoff": cutoff, "unit": part.unit,
                "test": part.test,
            }  # fmt: skip
        case _:
            return _approval(part, authorities.get(part.authority))


def number_text(number: Decimal) -> str:
    """Exactly, without zeros at its end."""
    return f"{number.normalize():f}"


def _dose(dose: Dose) -> dict[str, Any]:
    return {
        "dose": number_text(dose.dose), "unit": dose.unit, "every": dose.every, "every_unit": dose.every_unit,
        "number": dose.number, "route": dose.route,
    } | _said(
        most=dose.most, days=normal_cycle_days(dose.cycle_days), per_day=dose.per_day if dose.per_day != 1 else None,
        until=dose.until, longest=dose.longest, longest_unit=dose.longest_unit, product=_block_id(dose.product),
        approval=_block_id(dose.approval), **_patients(dose),
    )  # fmt: skip


def _jurisdiction(part: Any, authorities: Mapping[str, Authority]) -> str:
    authority = authorities.get(part.authority)
    return authority.jurisdiction if authority else ""


def _approval(approval: Approval, authority: Authority | None) -> dict[str, Any]:
    return {
        **{name: getattr(approval, name) for name in ("authority", "cancer", "stage", "line")},
        "jurisdiction": authority.jurisdiction if authority else "",
        "biomarker": _block_id(approval.biomarker),
        **_said(
            hormone_receptors=approval.hormone_receptors, her2=approval.her2, setting=approval.setting,
            prior=approval.prior, prior_least=approval.prior_least, biomarker_2=_block_id(approval.biomarker_2),
            biomarker_3=_block_id(approval.biomarker_3), joined=approval.joined, sex=approval.sex,
            partner=approval.partner_id,
            decision=authority.funding_term if authority else "",  # of a regulator, as before there were others
            **_patients(approval),
        ),
    }  # fmt: skip


def _patients(group: PatientGroup) -> dict[str, Any]:
    return {
        "age": group.age_group, "age_from": group.age_from, "weight": group.weight,
        "weight_comparison": group.weight_comparison,
    }  # fmt: skip


def _block_id(part: Any) -> str:
    """Of a part that another one names; "" of none, and of one that is not on the page any more."""
    return part.block_id if part and not part.retired else ""


def _said(**values: Any) -> dict[str, Any]:
    """Those that say something."""
    return {
        name: number_text(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
        if value not in ("", None)
    }
