"""The request as our middleware hands it to a view."""

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from apps.organisation.models import Organisation, User

# What a page with a form is asked with.
GET_OR_POST = ["GET", "POST"]


class Request(HttpRequest):
    user: User
    htmx: HtmxDetails
    organisation: Organisation
    now: datetime
    today: date
