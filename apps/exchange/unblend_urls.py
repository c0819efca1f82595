"""Un-blend a list; apps/exchange/urls.py takes these in."""

from django.urls import path

from apps.exchange import unblend_views as views

urlpatterns = [
    path("import/unblend/", views.unblend, name="unblend"),
    path("import/unblend/<int:pk>/", views.unblended, name="unblended"),
    path("import/unblend/<int:pk>/sort/", views.unblend_sort, name="unblend_sort"),
    path("import/unblend/<int:pk>/create/", views.unblend_create, name="unblend_create"),
]
