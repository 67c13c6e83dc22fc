from cms.plugin_base import CMSPluginBase
from cms.plugin_pool import plugin_pool

from .models import Html


@plugin_pool.register_plugin
class HtmlPlugin(CMSPluginBase):
    model = Html
    render_template = "html.html"
