from django.apps import AppConfig


class OkrsiteConfig(AppConfig):
    """The site itself: only its commands and template tags, never a model."""

    name = "okrsite"
    label = "okrsite"
