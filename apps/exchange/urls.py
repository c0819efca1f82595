from django.urls import path

from apps.exchange import views
from apps.exchange.unblend_urls import urlpatterns as unblend_urls

app_name = "exchange"

urlpatterns = [
    path("import/", views.prepare_import, name="prepare_import"),
    path("import/<int:pk>/", views.import_list, name="import_list"),
    path("import/sample.csv", views.sample, name="sample"),
    path("key-results/<int:pk>/numbers.csv", views.numbers, name="numbers"),
    path("export/", views.export, name="export"),
    path("export/<str:name>", views.download, name="download"),
    *unblend_urls,
]
