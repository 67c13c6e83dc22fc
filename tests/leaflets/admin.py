from django.contrib import admin

from editorial.desk.writing.forms import write_form
from editorial.desk.writing.writing_admin import WritingAdmin
from tests.leaflets.kind import LeafletKind
from tests.leaflets.models import Leaflet


@admin.register(Leaflet)
class LeafletAdmin(WritingAdmin):
    new_title = "New leaflet"
    write_form = write_form(LeafletKind.fields)
