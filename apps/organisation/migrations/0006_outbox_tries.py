from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0005_team_rhythm'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='outboxmessage',
            name='messages_waiting',
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='dropped_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='dropped_because',
            field=models.CharField(blank=True, choices=[('moot', 'What it asks for is done'), ('stopped', 'The person wants none of this kind'), ('closed', 'The account is closed'), ('refused', 'The mail server refuses the address')], db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='try_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='thing',
            field=models.CharField(max_length=120),
        ),
        migrations.AddIndex(
            model_name='outboxmessage',
            index=models.Index(condition=models.Q(('dropped_at', None), ('sent_at', None)), fields=['put_at'], name='messages_to_be_sent'),
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dropped_at', None), ('dropped_because', '')), models.Q(('dropped_at__isnull', False), ('sent_at', None), models.Q(('dropped_because', ''), _negated=True)), _connector='OR'), name='message_is_sent_or_dropped_for_a_reason'),
        ),
    ]
