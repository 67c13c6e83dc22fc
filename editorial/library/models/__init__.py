"""What all kinds of content share."""

from .care import CareLevel
from .drawings import DrawingWords
from .figures import Figure
from .references import Reference
from .search import FigureWords, ReferenceWords, RowWords
from .topics import Topic, TopicLink, TopicWords

__all__ = [
    "CareLevel", "DrawingWords", "Figure", "FigureWords", "Reference", "ReferenceWords", "RowWords", "Topic",
    "TopicLink", "TopicWords",
]  # fmt: skip
