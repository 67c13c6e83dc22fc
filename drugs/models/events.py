"""What regulators did: dated events with their source, added and corrected, never edited away.

They are records of the monograph's document, chained and guarded like its editions (see editions/models/records.py).
"""

from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import Record
from editorial.editions.tree.addresses import is_safe_link
from editorial.library.models import Reference

from .approvals import Approval
from .parts import Product


class EventKind(models.TextChoices):
    """What may happen to an approval, to a product, to what is known of a drug's safety, and to the drug as a whole."""

    GRANTED = "granted", _("granted")
    CONVERTED = "converted", _("converted to regular approval")
    WIDENED = "widened", _("widened to more people")
    NARROWED = "narrowed", _("narrowed to fewer people")
    REWORDED = "reworded", _("reworded")
    TRANSFERRED = "transferred", _("transferred to another company")
    SUSPENDED = "suspended", _("suspended")
    REINSTATED = "reinstated", _("reinstated")
    WITHDRAWAL_ANNOUNCED = "withdrawal-announced", _("withdrawal announced")
    BY_SPONSOR = "withdrawn-by-sponsor", _("withdrawn by the company")
    BY_AGENCY = "withdrawn-by-agency", _("withdrawn or revoked by the regulator")
    REFUSED = "refused", _("refused")
    LAUNCHED = "launched", _("launched")
    NEW_FORMULATION = "new-formulation", _("new formulation approved")
    BIOSIMILAR_APPROVED = "biosimilar-approved", _("biosimilar or generic approved")
    SHORTAGE_BEGAN = "shortage-began", _("shortage began")
    SHORTAGE_ENDED = "shortage-ended", _("shortage ended")
    DISCONTINUED = "discontinued", _("discontinued")
    WARNING_ADDED = "boxed-warning-added", _("boxed warning added")
    WARNING_CHANGED = "boxed-warning-changed", _("boxed warning changed")
    WARNING_REMOVED = "boxed-warning-removed", _("boxed warning removed")
    SAFETY_COMMUNICATION = "safety-communication", _("safety communication")
    REMS_SET = "rems-set", _("REMS set")
    REMS_LIFTED = "rems-lifted", _("REMS lifted")
    LABEL_CHANGED = "label-changed", _("label changed")
    OTHER = "other", _("other submission")


OF_A_PRODUCT = (
    EventKind.LAUNCHED, EventKind.NEW_FORMULATION, EventKind.BIOSIMILAR_APPROVED, EventKind.SHORTAGE_BEGAN,
    EventKind.SHORTAGE_ENDED, EventKind.DISCONTINUED,
)  # fmt: skip
OF_SAFETY = (
    EventKind.WARNING_ADDED, EventKind.WARNING_CHANGED, EventKind.WARNING_REMOVED, EventKind.SAFETY_COMMUNICATION,
    EventKind.REMS_SET, EventKind.REMS_LIFTED,
)  # fmt: skip
OF_THE_LABEL = (EventKind.LABEL_CHANGED, EventKind.OTHER)  # most submissions are no more
# What concerns the drug as a whole, so no approval of it, and is never on public pages.
OF_THE_DRUG = (*OF_A_PRODUCT, *OF_SAFETY, *OF_THE_LABEL)
OF_AN_APPROVAL = tuple(kind for kind in EventKind if kind not in OF_THE_DRUG)
KIND_GROUPS = (
    (_("An approval"), OF_AN_APPROVAL),
    (_("A product"), OF_A_PRODUCT),
    (_("Safety"), OF_SAFETY),
    (_("The drug as a whole"), OF_THE_LABEL),
)


class Pathway(models.TextChoices):
    ACCELERATED = "accelerated", _("accelerated")
    CONDITIONAL = "conditional", _("conditional")
    PROVISIONAL = "provisional", _("provisional")
    REGULAR = "regular", _("regular")


def _before_it_was_known(day: str, row: str) -> str:
    """SQL for whether a day is before `ApprovalEvent.known_on`."""
    return f"{day} < {row}.happened_on AND ({row}.announced_on IS NULL OR {day} < {row}.announced_on)"


class ApprovalEvent(Record):
    """One decision of a regulator, as somebody recorded it from a source.

    A later event may correct an earlier one; with `is_void` it only takes it back. Events that correct one another are
    a chain, of which one at most is in force: see services/events_in_force.py.
    """

    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="events", verbose_name=_("approval"))
    approval_words = models.TextField(blank=True)  # as they were when it was recorded
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("product"),
        help_text=_("Of what happened to a product only."),
    )  # fmt: skip
    kind = models.CharField(_("what happened"), max_length=24, choices=EventKind)
    pathway = models.CharField(_("pathway"), max_length=12, choices=Pathway, blank=True)
    happened_on = models.DateField(_("happened on"), help_text=_("The day from which it holds."))
    announced_on = models.DateField(
        _("announced on"), null=True, blank=True, help_text=_("Only where it was made known on another day.")
    )
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
    # Of a correction: what is in force of its chain stays so until this is verified, or is unsafe and counts no more.
    # Neither, where nothing was in force; corrections of before decision 0079 took the place of theirs at once.
    keeps_corrected = models.BooleanField(default=False, editable=False)
    is_unsafe = models.BooleanField(default=False)

    TYPED = ("application", "submission", "note")
    LATER = ("product_id", "announced_on", "keeps_corrected", "is_unsafe")

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
            models.CheckConstraint(
                condition=models.Q(kind__in=OF_A_PRODUCT) ^ models.Q(product__isnull=True),
                name="what_happens_to_products_names_one",
            ),
            models.CheckConstraint(
                condition=models.Q(keeps_corrected=False, is_unsafe=False)
                | models.Q(corrects__isnull=False) & ~models.Q(keeps_corrected=True, is_unsafe=True),
                name="corrections_alone_keep_what_they_correct_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.happened_on, 'DATE_FORMAT')}: {self.get_kind_display()}"

    @classmethod
    def database_rules(cls) -> list[tuple[str, str]]:
        """[(condition in SQL over NEW, message)] of what the database refuses; see editions/triggers.py."""
        approvals, events, products = Approval._meta.db_table, cls._meta.db_table, Product._meta.db_table
        corrected = f"SELECT 1 FROM {events} e WHERE e.id = NEW.corrects_id"  # noqa: S608 (ours)
        verified = f"EXISTS (SELECT 1 FROM {Verification._meta.db_table} v WHERE v.event_id = e.id)"  # noqa: S608 (ours)
        # As `keeps_in_force` and `is_unsafe_in_force` say of the corrected one.
        in_force = (
            f"EXISTS ({corrected} AND (({verified} AND NOT e.is_void) OR (NOT {verified} AND e.keeps_corrected)))"
        )
        unsafe = f"EXISTS ({corrected} AND NOT {verified} AND e.is_unsafe)"
        return [
            (
                f"NEW.approval_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {approvals} a "  # noqa: S608 (ours)
                "WHERE a.id = NEW.approval_id AND a.monograph_id = NEW.document_id)",
                "a decision is about an approval of its own drug",
            ),
            (
                f"NEW.product_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {products} p "  # noqa: S608 (ours)
                "WHERE p.id = NEW.product_id AND p.monograph_id = NEW.document_id)",
                "a decision is about a product of its own drug",
            ),
            (
                f"NEW.corrects_id IS NOT NULL AND NOT EXISTS ({corrected} AND e.document_id = NEW.document_id "
                f"AND (NOT e.is_void OR (NOT {verified} AND (e.keeps_corrected OR e.is_unsafe))))",
                "a correction is of a decision about the same drug",
            ),
            (
                f"NEW.corrects_id IS NOT NULL AND NOT NEW.keeps_corrected AND NOT NEW.is_unsafe "
                f"AND ({in_force} OR {unsafe})",
                "what is in force stays so until its correction is verified, or is marked as unsafe",
            ),
            (f"NEW.keeps_corrected AND NOT {in_force}", "a correction keeps what is in force"),
            (f"NEW.is_unsafe AND NOT ({in_force} OR {unsafe})", "what was in force is marked as unsafe"),
            (
                f"{_before_it_was_known('NEW.source_read_on', 'NEW')} AND NOT NEW.is_void",
                "a source is read when the decision has been made",
            ),
        ]

    @classmethod
    def database_effect(cls) -> str:
        """SQL over NEW that the database runs with each new row; see editions/triggers.py."""
        table = UnverifiedEvent._meta.db_table
        awaits = "NOT NEW.is_void OR NEW.keeps_corrected OR NEW.is_unsafe"
        return (
            f"DELETE FROM {table} WHERE event_id = NEW.corrects_id; "  # noqa: S608 (names of ours)
            f"INSERT INTO {table} (event_id, recorded_at) SELECT NEW.id, NEW.recorded_at WHERE {awaits}"
        )

    @property
    def block_id(self) -> str:
        """Of its block in trees."""
        return f"event-{self.pk}"

    @property
    def subject_words(self) -> str:
        return self.approval_words

    @property
    def known_on(self) -> date:
        """Since when one could know of it."""
        return min(self.announced_on or self.happened_on, self.happened_on)

    @property
    def source_link(self) -> str:
        """Where its source can be read on the web; "" when it was recorded without such an address."""
        scheme, _colon, rest = self.source_address.partition(":")
        if scheme == "doi":
            return f"https://doi.org/{rest}"
        return self.source_address if is_safe_link(self.source_address) and scheme.startswith("http") else ""

    @property
    def is_counted(self) -> bool:
        """Whether it is what is on record: neither corrected since nor only taking another back.

        What readers see is another question: an event that was corrected may still be in force.
        """
        return not self.is_void and not hasattr(self, "corrected_by")

    @property
    def is_verified(self) -> bool:
        return hasattr(self, "verification")

    @property
    def keeps_in_force(self) -> bool:
        """Whether this event, or what it corrects until it is verified, is in force."""
        return not self.is_void if self.is_verified else self.keeps_corrected

    @property
    def takes_back_at_once(self) -> bool:
        """Whether it takes back what readers could not see anyway, so that there is nothing to verify."""
        return self.is_void and not (self.keeps_corrected or self.is_unsafe)

    @property
    def has_taken_back(self) -> bool:
        """Whether it took a decision back for good."""
        return self.takes_back_at_once or (self.is_void and self.is_verified)

    @property
    def is_final(self) -> bool:
        """Whether nothing can take its place any more: something has, or it took a decision back for good."""
        return self.has_taken_back or hasattr(self, "corrected_by")

    @property
    def awaits_verification(self) -> bool:
        """Whether somebody else has still to read its source."""
        return not self.is_verified and not self.is_final


class Verification(Record):
    """Somebody else read the source of an event, and it says so."""

    event = models.OneToOneField(ApprovalEvent, models.PROTECT, related_name="verification")
    verified_on = models.DateField(_("verified on"))
    sentence = models.TextField(blank=True)  # of the source, which says it
    # What spoke against it and was seen, in words, as the verifier read it: see source_checks.py.
    disagreements = models.JSONField(default=list)

    TYPED = ("sentence",)
    LATER = ("sentence", "disagreements")

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
        # What took back what nobody had verified did so at once.
        stands = "(NOT e.is_void OR e.keeps_corrected OR e.is_unsafe)"
        stands = f"EXISTS ({its} AND e.document_id = NEW.document_id AND {stands}) AND NOT EXISTS ({later})"
        return [
            (
                f"EXISTS ({its} AND e.recorded_by_id = NEW.recorded_by_id)",
                "nobody verifies what they recorded themselves",
            ),
            (f"NOT ({stands})", "a verification is of a decision that stands"),
            (
                f"EXISTS ({its} AND {_before_it_was_known('NEW.verified_on', 'e')})",
                "what was decided later was not verified before",
            ),
            ("NEW.sentence = ''", "a verification has the sentence of the source that says it"),
        ]

    @classmethod
    def database_effect(cls) -> str:
        """SQL over NEW that the database runs with each new row; see editions/triggers.py."""
        return f"DELETE FROM {UnverifiedEvent._meta.db_table} WHERE event_id = NEW.event_id"  # noqa: S608 (ours)


class UnverifiedEvent(models.Model):
    """An event that awaits verification: the database writes the row with it, and takes it away in the end."""

    event = models.OneToOneField(ApprovalEvent, models.CASCADE, primary_key=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "event that awaits verification"
        indexes = [models.Index(fields=["recorded_at", "event"], name="unverified_events_in_order")]

    def __str__(self) -> str:
        return str(self.event_id)
