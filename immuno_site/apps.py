from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "immuno_site"

    def ready(self):
        from django.contrib import admin

        from editorial.accounts.forms import LoginForm
        from editorial.checks.registry import register_checks

        from .page_checks import CHECKS

        # The desk has its own navigation; a list of tables would not help anybody here.
        admin.site.enable_nav_sidebar = False
        admin.site.login_form = LoginForm
        register_checks(CHECKS)
