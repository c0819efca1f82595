import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrsite.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as refusal:
    sys.exit(f"Bearing did not start: {refusal}")
