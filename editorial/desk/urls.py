from django.urls import path

from .views import absences, documents, editions, findings, history, mail, previews, queue, reports, revocations

app_name = "desk"

urlpatterns = [
    path("", queue.review_queue, name="queue"),
    path("mail/", mail.email_settings, name="mail"),
    path("absence/", absences.absence, name="absence"),
    path("absence/<int:pk>/end/", absences.end_absence, name="end-absence"),
    path("table/", queue.export_queue, name="export"),
    path("overview/", reports.overview, name="overview"),
    path("overview/table/", reports.export_chart, name="overview-export"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/page/", editions.reader_view, name="reader-view"),
    path("editions/<int:pk>/sign/", editions.sign, name="sign"),
    path("editions/<int:pk>/reaffirm/", editions.reaffirm, name="reaffirm"),
    path("editions/<int:pk>/remark/", editions.remark, name="remark"),
    path("editions/<int:pk>/send-back/", editions.send_back, name="send-back"),
    path("rechecks/<int:pk>/dismiss/", editions.dismiss, name="dismiss"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/address/", documents.address, name="address"),
    path("documents/<int:pk>/<str:language>/submit/", documents.submit, name="submit"),
    path("documents/<int:pk>/<str:language>/withdraw/", documents.withdraw, name="withdraw"),
    path("documents/<int:pk>/history/", history.history, name="history"),
    path("documents/<int:pk>/<str:language>/restore/", history.restore, name="restore"),
    path("documents/<int:pk>/<str:language>/changes/", history.changes, name="changes"),
    path("sign-offs/<int:pk>/revoke/", revocations.revoke, name="revoke"),
    path("sign-offs/revoke/", revocations.revoke_since, name="revoke-since"),
    path("documents/<int:pk>/<str:language>/findings/", findings.dismiss, name="dismiss-finding"),
    path("documents/<int:pk>/<str:language>/preview/", previews.working_copy, name="preview"),
    path("documents/<int:pk>/previews/", previews.previews, name="previews"),
    path("previews/<int:pk>/revoke/", previews.revoke, name="revoke-preview"),
]
