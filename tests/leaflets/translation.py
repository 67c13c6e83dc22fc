from editorial.editions.working.tracking import register_words
from tests.leaflets.kind import LeafletKind

register_words(LeafletKind.fields)
