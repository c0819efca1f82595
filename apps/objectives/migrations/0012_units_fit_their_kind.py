"""What a unit keeps fits its kind. Added without a look at what stands, then looked at: new rows
are never locked out for longer than the statement itself."""

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models

CONSTRAINTS = [
    models.CheckConstraint(condition=models.Q(models.Q(('unit_kind', 'percent'), _negated=True), ('unit', '%'), _connector='OR'), name='key_result_in_percent_has_no_other_unit'),
    models.CheckConstraint(condition=models.Q(models.Q(('unit_kind', 'money'), _negated=True), models.Q(('unit', ''), _negated=True), _connector='OR'), name='key_result_in_money_says_its_currency'),
    models.CheckConstraint(condition=models.Q(models.Q(('unit_kind', 'time'), _negated=True), ('unit__in', ['s', 'min', 'h', 'days', 'weeks', 'months', 'years']), _connector='OR'), name='key_result_in_time_says_its_measure'),
    models.CheckConstraint(condition=models.Q(models.Q(('unit_kind', 'score'), _negated=True), ('unit__regex', '^([1-9][0-9]{0,5})?$'), _connector='OR'), name='key_result_with_a_score_says_the_best_one_in_digits'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('objectives', '0011_unit_kind'),
    ]

    operations = [
        *(AddConstraintNotValid('keyresult', constraint) for constraint in CONSTRAINTS),
        *(ValidateConstraint('keyresult', constraint.name) for constraint in CONSTRAINTS),
    ]
