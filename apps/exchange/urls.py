from apps.exchange.unblend_urls import urlpatterns as unblend_urls

app_name = "exchange"

urlpatterns = [*unblend_urls]
