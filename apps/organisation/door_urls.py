"""The way in and out, and passwords; under the names by which allauth looks them up."""

from allauth.account.views import logout, password_reset_done, password_reset_from_key_done
from django.urls import path, re_path

from apps.organisation.views.door import AskForPassword, SetPassword, SignIn
from apps.organisation.views.profile import change_password

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("password/forgotten/", AskForPassword.as_view(), name="account_reset_password"),
    path("password/forgotten/sent/", password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        SetPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("password/change/", change_password, name="account_change_password"),
]
