"""The unit says of which kind it is; what stands so far tells by its text."""

import re

from django.db import migrations, models

CURRENCIES = {
    "€", "$", "£", "¥",
    "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF",
    "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "ZAR",
}
TIMES = {
    "s": "s sec second seconds sek sekunde sekunden",
    "min": "min minute minutes minuten",
    "h": "h hour hours std stunde stunden",
    "days": "d day days tag tage",
    "weeks": "week weeks woche wochen",
    "months": "month months monat monate",
    "years": "year years jahr jahre",
}
SCORE = re.compile(r"(?:(?:out )?of|von|/) ?([1-9][0-9]{0,5})", re.IGNORECASE | re.ASCII)


def told(unit):
    text = unit.strip()
    if text.lower() in {"%", "percent", "per cent", "prozent"}:
        return "percent", "%"
    if text.upper() in CURRENCIES:
        return "money", text.upper()
    for kept, words in TIMES.items():
        if text.lower().rstrip(".") in words.split():
            return "time", kept
    if best := SCORE.fullmatch(text):
        return "score", best[1]
    return "free", unit


def say_the_kind(apps, schema_editor):
    key_results = apps.get_model("objectives", "KeyResult").objects
    for unit in key_results.exclude(unit="").values_list("unit", flat=True).distinct():
        kind, kept = told(unit)
        if kind != "free":
            key_results.filter(unit=unit, unit_kind="free").update(unit_kind=kind, unit=kept)


def say_scores_in_words(apps, schema_editor):
    scores = apps.get_model("objectives", "KeyResult").objects.filter(unit_kind="score")
    for best in scores.exclude(unit="").values_list("unit", flat=True).distinct():
        scores.filter(unit=best).update(unit=f"of {best}")


class Migration(migrations.Migration):

    dependencies = [
        ('objectives', '0010_cycle_goes_step_by_step'),
    ]

    operations = [
        migrations.AddField(
            model_name='keyresult',
            name='unit_kind',
            field=models.CharField(choices=[('percent', 'Percent'), ('count', 'Count'), ('money', 'Money'), ('time', 'Time'), ('score', 'Score'), ('free', 'Other')], default='free', max_length=7, verbose_name='Kind of unit'),
        ),
        migrations.RunPython(say_the_kind, say_scores_in_words),
    ]
