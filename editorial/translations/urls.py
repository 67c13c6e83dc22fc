from django.urls import path

from .views import live_findings, translate

app_name = "translations"

urlpatterns = [
    path("<int:pk>/<str:language>/", translate, name="translate"),
    path("<int:pk>/<str:language>/findings/", live_findings, name="findings"),
]
