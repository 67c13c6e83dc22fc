"""Addresses of the readers' pages. They never change."""

from django.urls import path

from . import addresses, change_views, feeds, list_views, preview_views, title_views, views  # noqa: F401 (addresses registers the converter of kinds)
from .search.views import search, suggest

# The caller puts the language before them.
urlpatterns = [
    path("reviewers/<slug:slug>/", list_views.reviewer, name="reviewer"),
    path("search/", search, name="search"),
    path("search/suggest", suggest, name="suggest"),
    path("topics/", title_views.topics, name="topics"),
    path("topics/<slug:slug>/", title_views.topic, name="topic"),
    path("a-z/", title_views.a_to_z, name="a-to-z"),
    path("changes/", change_views.changes, name="changes"),
    path("feed/", feeds.feed, name="feed"),
    path("topics/<slug:slug>/feed/", feeds.topic_feed, name="topic-feed"),
    path("<kind:kind>/", list_views.page_list, name="list"),
    path("<kind:kind>/<slug:slug>/", views.page, name="page"),
]

# Without a language: the link says which one.
preview_patterns = [path("preview/<str:token>/", preview_views.shared_preview, name="shared-preview")]
