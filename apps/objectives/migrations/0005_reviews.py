import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('objectives', '0004_objective_moves'),
        ('organisation', '0004_outbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LookBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('helped', models.TextField(blank=True, verbose_name='What helped?')),
                ('differently', models.TextField(blank=True, verbose_name='What would we do differently?')),
                ('learnt', models.TextField(blank=True, verbose_name='What did we learn about our means?')),
                ('at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['team__name'],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
            ],
            options={
                'ordering': ['key_result__position', 'key_result'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('learnt', models.TextField(blank=True, verbose_name='What did we learn?')),
                ('what_next', models.CharField(blank=True, choices=[('continue', 'Continue it in a later cycle'), ('replace', 'Replace it by another goal'), ('done', 'It is done')], max_length=10, verbose_name='What next?')),
                ('at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='keyresult',
            name='baseline_is_proposed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='keyresult',
            name='carried_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='objectives.keyresult'),
        ),
        migrations.AddField(
            model_name='objective',
            name='carried_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='objectives.objective'),
        ),
        migrations.AddField(
            model_name='objective',
            name='without_review',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.CheckConstraint(condition=models.Q(('without_review', False), ('state', 'closed'), _connector='OR'), name='objective_without_review_is_closed'),
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('carried_from', 'cycle'), name='objective_is_carried_over_once_into_a_cycle'),
        ),
        migrations.AddField(
            model_name='lookback',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='lookback',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='look_backs', to='objectives.cycle'),
        ),
        migrations.AddField(
            model_name='lookback',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='look_backs', to='organisation.team'),
        ),
        migrations.AddField(
            model_name='remark',
            name='key_result',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='remark', to='objectives.keyresult'),
        ),
        migrations.AddField(
            model_name='review',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='objective',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='objectives.objective'),
        ),
        migrations.AddField(
            model_name='remark',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='objectives.review'),
        ),
        migrations.AddConstraint(
            model_name='lookback',
            constraint=models.UniqueConstraint(fields=('team', 'cycle'), name='team_looks_back_once_a_cycle'),
        ),
        # Until now nobody could write a review.
        migrations.RunSQL(
            "UPDATE objectives_objective SET without_review = TRUE WHERE state = 'closed'",
            migrations.RunSQL.noop,
        ),
    ]
