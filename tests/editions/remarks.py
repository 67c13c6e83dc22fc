"""What everybody at work on a document remarks and sends back, and the ledger's word on what of it is open."""

from editorial.editions.models import Edition
from editorial.reviews.models import Act, Remark
from editorial.reviews.services import add_remark, answer_remark, send_back


class Remarks:
    """The part of `actors.Everybody` that is about remarks and sending back."""

    remarks: dict[int, list]  # key of what began a thread: [language, who opened it, is it open]

    def open_remarks(self, language: str) -> list[int]:
        return [key for key, (about, _who, is_open) in self.remarks.items() if is_open and about == language]

    def remark(self, who: str, language: str, which: int) -> None:
        frozen = self.public.newest(language)
        if frozen is None:
            return
        edition = Edition.objects.get(pk=frozen.pk)
        nodes = ["", *(node.id for node in edition.tree.walk())]
        made = self.attempt(add_remark, edition, user=self.user(who), text="Why?", node_id=nodes[which % len(nodes)])
        if made:
            self.remarks[made.pk] = [language, who, True]

    def settle_all(self, language: str, signer: str) -> None:
        """Whoever opened one may have left: then a signer says why it is no matter."""
        for key in self.open_remarks(language):
            self.settle(self.remarks[key][1], key, Act.RESOLVED)
            self.settle(signer, key, Act.SET_ASIDE)

    def settle(self, who: str, key: int, act: str) -> None:
        """Whoever opened it resolves it; a signer sets aside what somebody else opened; both may be undone."""
        language, opener, is_open = self.remarks[key]
        first = Remark.objects.get(pk=key)
        if not self.attempt(answer_remark, first.edition, first, user=self.user(who), text="Because.", act=act):
            return
        match act:
            case Act.RESOLVED:
                assert is_open and who == opener
            case Act.SET_ASIDE:
                assert is_open and who != opener and self.people[who].may_sign(language, self.today)
            case Act.REOPENED:
                assert not is_open
                self.remarks[key][1] = who
        if act not in (Act.SAID, Act.DONE):
            self.remarks[key][2] = act == Act.REOPENED

    def send_back(self, who: str, language: str) -> None:
        frozen = self.public.newest(language)
        if frozen and self.attempt(
            send_back, Edition.objects.get(pk=frozen.pk), user=self.user(who), remarks="Not right."
        ):
            assert self.people[who].may_sign(language, self.today)
            frozen.sent_back = True
