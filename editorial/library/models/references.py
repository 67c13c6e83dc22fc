"""References: one record for each source, cited from any page as [@key].

Not translated: a title is quoted as it was published. An edition keeps a copy of those that it cites.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Reference(models.Model):
    """A source that pages cite. Found again by at least one of DOI, PMID and web address."""

    key = models.CharField(
        _("key"), max_length=40, unique=True, help_text=_("Cite it in the text as [@key]."),
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use lower-case letters, digits and hyphens."))],
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=300)
    source = models.CharField(_("source"), max_length=200, help_text=_("Journal or publisher, year, pages."))
    doi = models.CharField(
        _("DOI"), max_length=100, blank=True, validators=[
            RegexValidator(r"^10\.\d{4,9}/\S+$", _("For example 10.1056/NEJMoa1910549."))
        ]
    )  # fmt: skip
    pmid = models.CharField(
        _("PMID"), max_length=12, blank=True, validators=[
            RegexValidator(r"^[1-9][0-9]{0,8}$", _("A number that does not begin with 0."))
        ]
    )  # fmt: skip
    url = models.URLField(_("web address"), max_length=400, blank=True)
    accessed_on = models.DateField(_("read on"))
    set_id = models.CharField(
        _("set id of the label"), max_length=36, blank=True, help_text=_("Of a drug label: all its versions have it."),
        validators=[
            RegexValidator(
                r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
                _("For example 6fa682c9-a312-4932-9831-f286908660ee."),
            )
        ],
    )  # fmt: skip
    label_version = models.PositiveIntegerField(_("version of the label"), null=True, blank=True)
    label_date = models.DateField(_("date of the label"), null=True, blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(Lower("doi"), condition=~models.Q(doi=""), name="one_reference_per_doi"),
            models.UniqueConstraint(fields=["pmid"], condition=~models.Q(pmid=""), name="one_reference_per_pmid"),
            models.UniqueConstraint(
                fields=["set_id", "label_version"], condition=~models.Q(set_id=""), name="one_reference_per_label"
            ),
            models.CheckConstraint(
                condition=~models.Q(doi="", pmid="", url=""), name="references_can_be_found",
                violation_error_message=_("A reference needs a DOI, a PMID or a web address, so that it can be found."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"[@{self.key}] {self.title}"
