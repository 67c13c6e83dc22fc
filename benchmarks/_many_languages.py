"""Settings of a site with 30 languages, for benchmarks: what they have besides the demonstration's five is made up."""

from immuno_site.settings.local import *  # noqa: F403
from immuno_site.settings.local import LANGUAGES as SHIPPED

MANY = 30
_MORE = str.split("bg ca cs da de el et fa fi fr he hi hr hu it ja ko lt nl pl pt ro ru sk sl sr sv th tr uk")
LANGUAGES = [*SHIPPED, *((code, code) for code in _MORE)][:MANY]
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
