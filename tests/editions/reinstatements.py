"""What everybody brings back, and the ledger's word on whether they may."""

from django.utils import timezone

from editorial.editions.models import Edition
from tests.editions.expected_state import Frozen
from tests.factories import pages


class Reinstatements:
    """The part of `actors.Everybody` that is about bringing back."""

    def bring_back(self, who: str, language: str, *, which: int = 0) -> None:
        """The edition that was read last; `which` is another one, by how many numbers it lies behind the newest."""
        self.tick()
        now, last = timezone.now(), self.public.served_last(language, timezone.now())
        editions = sorted(self.public.of(language), key=lambda edition: -edition.number)
        frozen = editions[which % len(editions)] if which and editions else last
        if frozen is None:
            return
        may_come_back = self.may_bring_back(who, frozen, last)
        record = self.attempt(pages.bring_back, Edition.objects.get(pk=frozen.pk), self.user(who))
        if record is None:
            assert not may_come_back
            return
        assert self.people[who].may_sign(language, self.today)
        assert frozen is last and not self.public.is_open(language, now) and self.public.withdrawn_since(frozen)
        assert self.open_remarks(language) == []
        own = {token for token in frozen.words if self.typed[token][0] == who}
        assert {token for token in own if not self.public.vouched(token, who, before=frozen)} == set()
        if frozen.source:
            source, live = self.public.editions[frozen.source], self.public.served("en", now)
            # Every word here holds a number, so none of them may have changed.
            assert self.public.stands(source) and live is not None and live.words == source.words
        self.public.bring_back(frozen, record.pk, who, now)
        self.tick()

    def may_bring_back(self, who: str, frozen: Frozen, last: Frozen | None) -> bool:
        """Whether nothing stands in the way, so that a refusal would keep readers from a page for no reason."""
        now = timezone.now()
        source, live = self.public.editions.get(frozen.source), self.public.served("en", now)
        return (
            self.people[who].may_sign(frozen.language, self.today)
            and frozen is last
            and not self.public.is_open(frozen.language, now)
            and self.open_remarks(frozen.language) == []
            and who not in self.public.barred(frozen)
            and who not in {signer for signer, _until in frozen.signers.values()}
            and (source is None or (live is source and self.public.stands(source)))
        )
