"""The demonstration's figures: drawn for it, uploaded as a person's would be, and translated with the pages."""

from functools import cache

from editorial.library.models import Figure
from editorial.library.services import create_figure
from editorial.library.services.figures import WORDS

from .content_files import CONTENT, read_content


@cache
def figure_data() -> dict[str, dict]:
    """{key: what the file says about the figure}."""
    return {data["key"]: data for data in read_content("figures")["figures"]}


def load_figures(people: dict) -> None:
    """Upload those that are not there yet; their words in other languages come with the pages that show them."""
    for key, data in figure_data().items():
        if Figure.objects.filter(key=key).exists():
            continue
        with (CONTENT / "figures" / data["file"]).open("rb") as upload:
            create_figure(
                upload,
                key=key,
                **{name: data[name]["en"] for name in WORDS},
                licence=data["licence"],
                licence_url=data["licence_url"],
                user=people["author"],
            )


def find_figure(key: str | None) -> Figure | None:
    """The figure that a page's file names, if it names one."""
    return Figure.objects.get(key=key) if key else None


def figure_words(key: str | None, code: str) -> dict:
    """{place: words} of a figure in the language whose columns end in `code`, as a translator types them."""
    figure = find_figure(key)
    return {(figure.block_id, name): figure_data()[key][name][code] for name in WORDS} if figure else {}
