"""What the attributes of a monograph's blocks, and their values, are called on the desk."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from editorial.editions.fields import Label
from editorial.library.models import CareLevel

from .models import CancerType, Comparison, DecisionTerm, DoseUnit, EventKind, IntervalUnit, Line, Pathway, Route, Stage

ATTRS = {
    "brand": gettext_lazy("brand name"),
    "application": gettext_lazy("application number"),
    "authority": gettext_lazy("authority"),
    "jurisdiction": gettext_lazy("jurisdiction"),
    "decision": gettext_lazy("what its decisions are called"),
    "dose": gettext_lazy("dose"),
    "unit": gettext_lazy("unit"),
    "every": gettext_lazy("every"),
    "every_unit": gettext_lazy("weeks or days"),
    "number": gettext_lazy("number of doses"),
    "route": gettext_lazy("route"),
    "serious": gettext_lazy("serious"),
    "care": gettext_lazy("care level"),
    "partner": gettext_lazy("partner drug"),
    "approval": gettext_lazy("goes with"),
    "name": gettext_lazy("biomarker"),
    "comparison": gettext_lazy("comparison"),
    "cutoff": gettext_lazy("cut-off"),
    "test": gettext_lazy("companion test"),
    "cancer": gettext_lazy("type of cancer"),
    "stage": gettext_lazy("stage"),
    "line": gettext_lazy("line of treatment"),
    "biomarker": gettext_lazy("biomarker needed"),
    "kind": gettext_lazy("what happened"),
    "pathway": gettext_lazy("pathway"),
    "on": gettext_lazy("happened on"),
    "announced": gettext_lazy("announced on"),
    "reference": gettext_lazy("source"),
    "verified_on": gettext_lazy("verified on"),
}
VALUES: dict[str, Mapping[Any, Label]] = {
    "decision": dict(DecisionTerm.choices),
    "unit": dict(DoseUnit.choices),
    "every_unit": dict(IntervalUnit.choices),
    "number": {0: gettext_lazy("until the care team stops it")},
    "route": dict(Route.choices),
    "care": dict(CareLevel.choices),
    "comparison": dict(Comparison.choices),
    "cancer": dict(CancerType.choices),
    "stage": dict(Stage.choices),
    "line": dict(Line.choices),
    "kind": dict(EventKind.choices),
    "pathway": dict(Pathway.choices),
}
# How an approval or a funder's decision may stand: see approval_history.ApprovalState.
STATES: dict[str, Label] = {
    "none": gettext_lazy("no approval"),
    "accelerated": gettext_lazy("accelerated approval"),
    "conditional": gettext_lazy("conditional approval"),
    "provisional": gettext_lazy("provisional approval"),
    "regular": gettext_lazy("regular approval"),
    "suspended": gettext_lazy("approval suspended"),
    "withdrawn": gettext_lazy("approval withdrawn"),
    "recommended": gettext_lazy("recommended for use in the NHS"),
    "recommended-for-now": gettext_lazy("recommended until more is known"),
    "recommended-on-hold": gettext_lazy("recommendation on hold"),
    "recommended-ended": gettext_lazy("no longer recommended"),
    "funded": gettext_lazy("paid for by the health service"),
    "funded-for-now": gettext_lazy("paid for until more is known"),
    "funded-on-hold": gettext_lazy("payment on hold"),
    "funded-ended": gettext_lazy("no longer paid for"),
}
