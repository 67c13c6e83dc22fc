from cms.models.pluginmodel import CMSPlugin
from django.db import models


class Html(CMSPlugin):
    body = models.TextField()
