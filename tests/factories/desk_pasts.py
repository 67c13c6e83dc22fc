"""A page's past as the desk asks of it: also what was submitted, signed, sent back, revoked, typed since and held."""

from datetime import datetime, timedelta

from django.db.models import F
from hypothesis import strategies as st

from editorial.editions.models import (
    Edition,
    EndCause,
    Meaning,
    Release,
    ReleaseEnd,
    Review,
    Revocation,
    SignOff,
    Verdict,
    WorkingVersion,
)
from tests.factories.recorded_pasts import SECOND, Past

_language, _wait = st.sampled_from(["en", "es", "es"]), st.integers(0, 50)
_published = st.tuples(st.just("publish"), _wait, _language, st.sampled_from([0, 0, 30, 70]))
_withdrawn = st.tuples(st.just("withdraw"), _wait, st.sampled_from(["", "es"]))
_worked = st.tuples(
    st.sampled_from(["freeze", "freeze", "sign", "send_back", "revoke", "save", "open", "hold"]), _wait, _language
)
# What may happen, with the seconds until then and, of releases and ends, until it takes effect.
steps = st.lists(st.one_of(_published, _worked, _worked, _worked, _withdrawn), min_size=3, max_size=12)


class DeskPast(Past):
    """What a step cannot be done to is left as it is."""

    def do(self, what: str, wait: int, language: str, delay: int = 0) -> None:
        self.at += wait * SECOND
        if what in ("publish", "withdraw"):
            getattr(self, what)(language, self.at + delay * SECOND)
        elif what != "freeze" or language == "en" or self.source:
            getattr(self, what)(language)
        self.refresh()

    def newest(self, language: str) -> Edition | None:
        return Edition.objects.filter(document=self.document, language=language).order_by("number").last()

    def publish(self, language: str, since: datetime) -> None:
        before = self.newest(language)
        self.release(language, since)
        if self.newest(language) != before:
            self.sign(language)

    def sign(self, language: str) -> None:
        if edition := self.newest(language):
            review = self.write(Review(edition=edition, verdict=Verdict.ACCEPTED))
            self.write(
                SignOff(
                    edition=edition, review=review, review_digest="", language=language, number=edition.number,
                    content_digest="", signer_name="-", signer_letters="-", signer_specialty="-", signer_slug="-",
                    signer_valid_until=self.at.date(), signer_languages=[], meaning=Meaning.SIGNED, meaning_words="-",
                    review_due_on=self.at.date() + timedelta(days=self.at.second),
                )
            )  # fmt: skip

    def send_back(self, language: str) -> None:
        edition = self.newest(language)
        if edition and not edition.releases.exists():
            self.write(Review(edition=edition, verdict=Verdict.SENT_BACK, remarks="-"))

    def revoke(self, language: str) -> None:
        standing = SignOff.objects.filter(document=self.document, language=language, revocation__isnull=True)
        if sign_off := standing.order_by("-sequence").first():
            self.write(Revocation(sign_off=sign_off, reason="-"))

    def save(self, language: str) -> None:
        WorkingVersion.objects.update_or_create(
            document=self.document, language=language, defaults={"token": F("token") + 1, "changed_at": self.at},
            create_defaults={"token": 1, "changed_at": self.at},
        )  # fmt: skip

    def open(self, language: str) -> None:
        """Somebody looked at the draft and saved nothing."""
        WorkingVersion.objects.get_or_create(
            document=self.document, language=language, defaults={"token": 0, "changed_at": self.at}
        )

    def hold(self, language: str) -> None:
        scheduled = Release.objects.filter(document=self.document, language=language, released_from__gt=self.at)
        for release in scheduled.open_after(self.at):
            self.write(ReleaseEnd(release=release, released_until=release.released_from, cause=EndCause.HELD))
