from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtailcache.cache import WagtailCacheMixin


class ArticlePage(WagtailCacheMixin, Page):
    body = RichTextField()
    template = "page.html"
