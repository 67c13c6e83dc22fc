"""What regulators did: dated events with their source, added and corrected, never edited away.

They are records of the monograph's document, chained and guarded like its editions (see editions/models/records.py).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import Record
from editorial.editions.tree.addresses import is_safe_link
from editorial.library.models import Reference

from .parts import Approval


class EventKind(models.TextChoices):
    """Of an approval; the last two of the drug as a whole, never on public pages."""

    GRANTED = "granted", _("granted")
    CONVERTED = "converted", _("converted to regular approval")
    NARROWED = "narrowed", _("narrowed to fewer people")
    BY_SPONSOR = "withdrawn-by-sponsor", _("withdrawn by the company")
    BY_AGENCY = "withdrawn-by-agency", _("withdrawn by the regulator")
    LABEL_CHANGED = "label-changed", _("label changed")
    OTHER = "other", _("other submission")


# What concerns the drug as a whole, so no approval of it. The importers of submissions record most of them so.
OF_THE_DRUG = (EventKind.LABEL_CHANGED, EventKind.OTHER)


class Pathway(models.TextChoices):
    ACCELERATED = "accelerated", _("accelerated")
    REGULAR = "regular", _("regular")


class ApprovalEvent(Record):
    """One decision of a regulator, as somebody recorded it from a source.

    A later event may correct an earlier one, which then counts no more; with `is_void` it only takes it back.
    """

    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="events", verbose_name=_("approval"))
    approval_words = models.TextField(blank=True)  # as they were when it was recorded
    kind = models.CharField(_("what happened"), max_length=24, choices=EventKind)
    pathway = models.CharField(_("pathway"), max_length=12, choices=Pathway, blank=True)
    happened_on = models.DateField(_("happened on"))
    authority = models.CharField(_("authority"), max_length=10, blank=True)
    jurisdiction = models.CharField(_("jurisdiction"), max_length=4, blank=True)
    application = models.CharField(_("application number"), max_length=20, blank=True)
    submission = models.CharField(_("submission"), max_length=30, blank=True, help_text=_("For example SUPPL-96."))
    reference = models.ForeignKey(Reference, models.PROTECT, related_name="+", verbose_name=_("source"))
    source_key = models.CharField(max_length=40)
    source_title = models.CharField(max_length=300)
    source_address = models.CharField(max_length=400)
    source_read_on = models.DateField(_("source read on"))
    note = models.TextField(_("note, for the record"), blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_void = models.BooleanField(default=False)

    TYPED = ("application", "submission", "note")

    class Meta:
        verbose_name = _("regulator's decision")
        verbose_name_plural = _("regulators' decisions")
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="event_one_link_per_number"),
            models.CheckConstraint(
                condition=models.Q(kind=EventKind.GRANTED) ^ models.Q(pathway=""), name="grants_alone_have_a_pathway"
            ),
            models.CheckConstraint(
                condition=models.Q(is_void=False) | models.Q(corrects__isnull=False) & ~models.Q(note=""),
                name="taking_back_names_the_event_and_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=OF_THE_DRUG) ^ models.Q(approval__isnull=False),
                name="decisions_name_their_approval_or_concern_the_drug",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.get_kind_display()}"

    @classmethod
    def database_rules(cls) -> list[tuple[str, str]]:
        """[(condition in SQL over NEW, message)] of what the database refuses; see editions/triggers.py."""
        approvals, events = Approval._meta.db_table, cls._meta.db_table
        return [
            (
                f"NEW.approval_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {approvals} a "  # noqa: S608 (ours)
                "WHERE a.id = NEW.approval_id AND a.monograph_id = NEW.document_id)",
                "a decision is about an approval of its own drug",
            ),
            (
                f"NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {events} e "  # noqa: S608 (ours)
                "WHERE e.id = NEW.corrects_id AND e.document_id = NEW.document_id AND NOT e.is_void)",
                "a correction is of a decision about the same drug",
            ),
            (
                "NEW.source_read_on < NEW.happened_on AND NOT NEW.is_void",
                "a source is read when the decision has been made",
            ),
        ]

    @property
    def source_link(self) -> str:
        """Where its source can be read on the web; "" when it was recorded without such an address."""
        scheme, _colon, rest = self.source_address.partition(":")
        if scheme == "doi":
            return f"https://doi.org/{rest}"
        return self.source_address if is_safe_link(self.source_address) and scheme.startswith("http") else ""

    @property
    def is_counted(self) -> bool:
        """Whether it stands: neither corrected since nor only taking another back."""
        return not self.is_void and not hasattr(self, "corrected_by")


class Verification(Record):
    """Somebody else read the source of an event, and it says so."""

    event = models.OneToOneField(ApprovalEvent, models.PROTECT, related_name="verification")
    verified_on = models.DateField(_("verified on"))

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="verification_one_link_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.recorded_by_name}: {self.event_id}"

    @classmethod
    def database_rules(cls) -> list[tuple[str, str]]:
        """[(condition in SQL over NEW, message)] of what the database refuses; see editions/triggers.py."""
        events = ApprovalEvent._meta.db_table
        its = f"SELECT 1 FROM {events} e WHERE e.id = NEW.event_id"  # noqa: S608 (a name of ours)
        later = f"SELECT 1 FROM {events} c WHERE c.corrects_id = NEW.event_id"  # noqa: S608 (a name of ours)
        stands = f"EXISTS ({its} AND e.document_id = NEW.document_id AND NOT e.is_void) AND NOT EXISTS ({later})"
        return [
            (
                f"EXISTS ({its} AND e.recorded_by_id = NEW.recorded_by_id)",
                "nobody verifies what they recorded themselves",
            ),
            (f"NOT ({stands})", "a verification is of a decision that stands"),
            (f"EXISTS ({its} AND e.happened_on > NEW.verified_on)", "what was decided later was not verified before"),
        ]
