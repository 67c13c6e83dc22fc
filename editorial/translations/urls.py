from django.urls import path

from .views import translate

app_name = "translations"

urlpatterns = [path("<int:pk>/<str:language>/", translate, name="translate")]
