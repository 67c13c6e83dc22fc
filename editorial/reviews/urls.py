from django.urls import path

from .views import absence, document, edition, findings, history, mail, overview, preview, queue, revoking

app_name = "desk"

urlpatterns = [
    path("", queue.waiting, name="queue"),
    path("mail/", mail.choose, name="mail"),
    path("absence/", absence.absence, name="absence"),
    path("absence/<int:pk>/end/", absence.end_absence, name="end-absence"),
    path("table/", queue.export, name="export"),
    path("overview/", overview.overview, name="overview"),
    path("overview/table/", overview.export, name="overview-export"),
    path("editions/<int:pk>/", edition.edition, name="edition"),
    path("editions/<int:pk>/page/", edition.reader_view, name="reader-view"),
    path("editions/<int:pk>/sign/", edition.sign, name="sign"),
    path("editions/<int:pk>/reaffirm/", edition.reaffirm, name="reaffirm"),
    path("editions/<int:pk>/remark/", edition.remark, name="remark"),
    path("editions/<int:pk>/send-back/", edition.send_back, name="send-back"),
    path("rechecks/<int:pk>/dismiss/", edition.dismiss, name="dismiss"),
    path("documents/<int:pk>/", document.document, name="document"),
    path("documents/<int:pk>/address/", document.address, name="address"),
    path("documents/<int:pk>/<str:language>/submit/", document.submit, name="submit"),
    path("documents/<int:pk>/<str:language>/withdraw/", document.withdraw, name="withdraw"),
    path("documents/<int:pk>/history/", history.history, name="history"),
    path("documents/<int:pk>/<str:language>/restore/", history.restore, name="restore"),
    path("documents/<int:pk>/<str:language>/changes/", history.changes, name="changes"),
    path("sign-offs/<int:pk>/revoke/", revoking.revoke, name="revoke"),
    path("sign-offs/revoke/", revoking.revoke_since, name="revoke-since"),
    path("documents/<int:pk>/<str:language>/findings/", findings.dismiss, name="dismiss-finding"),
    path("documents/<int:pk>/<str:language>/preview/", preview.working_copy, name="preview"),
    path("documents/<int:pk>/previews/", preview.previews, name="previews"),
    path("previews/<int:pk>/revoke/", preview.revoke, name="revoke-preview"),
]

# Outside of the desk and of every language: whoever has the link needs nothing else.
shared_patterns = [path("preview/<str:token>/", preview.shared, name="shared-preview")]
