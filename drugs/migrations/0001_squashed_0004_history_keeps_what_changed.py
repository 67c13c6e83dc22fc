"""What a new database gets at once; one of before goes on along what this replaces (CONTRIBUTING.md)."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import drugs.models.parts
from editorial.editions.model_creation import CreateModels

warnings = import_module(f"{__package__}.0002_editions_repeat_their_partners_warnings")


class Migration(migrations.Migration):
    replaces = [
        ("drugs", "0001_initial"),
        ("drugs", "0002_editions_repeat_their_partners_warnings"),
        ("drugs", "0003_approvals_in_the_list_of_drugs"),
        ("drugs", "0004_history_keeps_what_changed"),
    ]

    initial = True

    dependencies = [
        ("editions", "0001_squashed_0017_signatures_and_reviews_by_person"),
        ("library", "0001_squashed_0004_history_keeps_what_changed"),
        ("reading", "0001_squashed_0004_translators_ask_by_an_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Monograph",
                    fields=[
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="monograph",
                                serialize=False,
                                to="editions.document",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="generic name")),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        ("pronunciation", models.CharField(blank=True, max_length=120, verbose_name="how to say it")),
                        (
                            "pronunciation_en",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_es",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_ar",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_zh_hans",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_vi",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        ("drug_class", models.CharField(blank=True, max_length=200, verbose_name="kind of drug")),
                        (
                            "drug_class_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        ("lead", models.TextField(blank=True, verbose_name="lead")),
                        ("lead_en", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_es", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_ar", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_zh_hans", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_vi", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("how_it_works", models.TextField(blank=True, verbose_name="how it works")),
                        ("how_it_works_en", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_es", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_ar", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_zh_hans", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_vi", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_given", models.TextField(blank=True, verbose_name="how it is given")),
                        ("how_given_en", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_es", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_ar", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_zh_hans", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_vi", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("tell_team", models.TextField(blank=True, verbose_name="what to tell the care team")),
                        (
                            "tell_team_en",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_es",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_ar",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_zh_hans",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_vi",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "change_note",
                            models.CharField(blank=True, max_length=300, verbose_name="what changed, for readers"),
                        ),
                        (
                            "change_note_en",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_es",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_ar",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_zh_hans",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_vi",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        ("is_minor", models.BooleanField(default=False, verbose_name="a minor change")),
                        (
                            "review_interval_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(36),
                                ],
                                verbose_name="review every … months",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "drug monograph",
                        "verbose_name_plural": "drug monographs",
                    },
                ),
                migrations.CreateModel(
                    name="Biomarker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("name", models.CharField(max_length=80, verbose_name="biomarker")),
                        (
                            "comparison",
                            models.CharField(
                                blank=True, choices=[(">=", "≥"), (">", ">")], max_length=4, verbose_name="comparison"
                            ),
                        ),
                        (
                            "cutoff",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=9, null=True, verbose_name="cut-off"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
                        ("test", models.CharField(blank=True, max_length=200, verbose_name="companion test")),
                        ("meaning", models.TextField(blank=True, verbose_name="what it means")),
                        ("meaning_en", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_es", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_ar", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_zh_hans", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_vi", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        (
                            "monograph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="biomarkers",
                                to="drugs.monograph",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "biomarker",
                        "verbose_name_plural": "biomarkers",
                        "ordering": ["order", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("monograph", "block_id"), name="biomarkers_have_own_ids"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("comparison", ""), ("cutoff__isnull", True)),
                                    models.Q(
                                        ("cutoff__isnull", False),
                                        models.Q(("unit", ""), _negated=True),
                                        models.Q(("comparison", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="cut_offs_have_a_unit_and_a_comparison",
                                violation_error_message="A cut-off needs a unit and a comparison.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("FDA", "US Food and Drug Administration (FDA)"),
                                    ("EMA", "European Medicines Agency (EMA)"),
                                    ("MHRA", "UK medicines regulator (MHRA)"),
                                ],
                                default="FDA",
                                max_length=10,
                                verbose_name="authority",
                            ),
                        ),
                        (
                            "cancer",
                            models.CharField(
                                choices=[
                                    ("triple-negative", "triple-negative"),
                                    ("hr-positive", "hormone receptor-positive"),
                                    ("her2-positive", "HER2-positive"),
                                    ("any-solid", "any solid tumor with the marker"),
                                ],
                                max_length=20,
                                verbose_name="type of cancer",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("early", "early, high risk"), ("advanced", "advanced")],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "line",
                            models.CharField(
                                choices=[
                                    ("surgery", "before and after surgery"),
                                    ("first", "first treatment"),
                                    ("later", "after earlier treatment"),
                                    ("any", "any"),
                                ],
                                default="any",
                                max_length=12,
                                verbose_name="line of treatment",
                            ),
                        ),
                        ("partners", models.CharField(blank=True, max_length=300, verbose_name="given with")),
                        (
                            "partners_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_zh_hans",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_vi",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        ("plain", models.TextField(blank=True, verbose_name="approved for, in plain words")),
                        (
                            "plain_en",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_es",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_ar",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_zh_hans",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_vi",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        ("terms", models.TextField(blank=True, verbose_name="in the regulator's terms")),
                        ("terms_en", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        ("terms_es", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        ("terms_ar", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        (
                            "terms_zh_hans",
                            models.TextField(blank=True, null=True, verbose_name="in the regulator's terms"),
                        ),
                        ("terms_vi", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        (
                            "meaning",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_en",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_es",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_ar",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_zh_hans",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_vi",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "biomarker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="drugs.biomarker",
                                verbose_name="biomarker needed",
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="drugs.monograph",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval",
                        "verbose_name_plural": "approvals",
                        "ordering": ["order", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("monograph", "block_id"), name="approvals_have_own_ids")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("approval_words", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("granted", "granted"),
                                    ("converted", "converted to regular approval"),
                                    ("narrowed", "narrowed to fewer people"),
                                    ("withdrawn-by-sponsor", "withdrawn by the company"),
                                    ("withdrawn-by-agency", "withdrawn by the regulator"),
                                    ("label-changed", "label changed"),
                                    ("other", "other submission"),
                                ],
                                max_length=24,
                                verbose_name="what happened",
                            ),
                        ),
                        (
                            "pathway",
                            models.CharField(
                                blank=True,
                                choices=[("accelerated", "accelerated"), ("regular", "regular")],
                                max_length=12,
                                verbose_name="pathway",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="happened on")),
                        ("authority", models.CharField(blank=True, max_length=10, verbose_name="authority")),
                        ("jurisdiction", models.CharField(blank=True, max_length=4, verbose_name="jurisdiction")),
                        ("application", models.CharField(blank=True, max_length=20, verbose_name="application number")),
                        (
                            "submission",
                            models.CharField(
                                blank=True, help_text="For example SUPPL-96.", max_length=30, verbose_name="submission"
                            ),
                        ),
                        ("source_key", models.CharField(max_length=40)),
                        ("source_title", models.CharField(max_length=300)),
                        ("source_address", models.CharField(max_length=400)),
                        ("source_read_on", models.DateField(verbose_name="source read on")),
                        ("note", models.TextField(blank=True, verbose_name="note, for the record")),
                        ("is_void", models.BooleanField(default=False)),
                        (
                            "approval",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="drugs.approval",
                                verbose_name="approval",
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="drugs.approvalevent",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reference",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="library.reference",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "regulator's decision",
                        "verbose_name_plural": "regulators' decisions",
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "sequence"), name="event_one_link_per_number"),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "granted"), ("pathway", ""), _connector="XOR"),
                                name="grants_alone_have_a_pathway",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_void", False),
                                    models.Q(("corrects__isnull", False), models.Q(("note", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="taking_back_names_the_event_and_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ("label-changed", "other")),
                                    ("approval__isnull", False),
                                    _connector="XOR",
                                ),
                                name="decisions_name_their_approval_or_concern_the_drug",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalMonograph",
                    fields=[
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "title_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="generic name"),
                        ),
                        (
                            "pronunciation_en",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_es",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_ar",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_zh_hans",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "pronunciation_vi",
                            models.CharField(blank=True, max_length=120, null=True, verbose_name="how to say it"),
                        ),
                        (
                            "drug_class_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        (
                            "drug_class_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="kind of drug"),
                        ),
                        ("lead_en", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_es", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_ar", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_zh_hans", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("lead_vi", models.TextField(blank=True, null=True, verbose_name="lead")),
                        ("how_it_works_en", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_es", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_ar", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_zh_hans", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_it_works_vi", models.TextField(blank=True, null=True, verbose_name="how it works")),
                        ("how_given_en", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_es", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_ar", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_zh_hans", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        ("how_given_vi", models.TextField(blank=True, null=True, verbose_name="how it is given")),
                        (
                            "tell_team_en",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_es",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_ar",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_zh_hans",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "tell_team_vi",
                            models.TextField(blank=True, null=True, verbose_name="what to tell the care team"),
                        ),
                        (
                            "change_note_en",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_es",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_ar",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_zh_hans",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        (
                            "change_note_vi",
                            models.CharField(
                                blank=True, max_length=300, null=True, verbose_name="what changed, for readers"
                            ),
                        ),
                        ("is_minor", models.BooleanField(default=False, verbose_name="a minor change")),
                        (
                            "review_interval_months",
                            models.PositiveSmallIntegerField(
                                default=6,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(36),
                                ],
                                verbose_name="review every … months",
                            ),
                        ),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="editions.document",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical drug monograph",
                        "verbose_name_plural": "historical drug monographs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSideEffect",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("serious", models.BooleanField(default=False, verbose_name="serious")),
                        (
                            "care_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("non-urgent", "Call during office hours"),
                                    ("urgent", "Call today"),
                                    ("emergency", "Emergency"),
                                ],
                                max_length=20,
                                verbose_name="care level",
                            ),
                        ),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        ("signs_en", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_es", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_ar", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_zh_hans", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_vi", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("what_to_do_en", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_es", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_ar", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_zh_hans", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_vi", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.monograph",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical side effect",
                        "verbose_name_plural": "historical side effects",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProduct",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("FDA", "US Food and Drug Administration (FDA)"),
                                    ("EMA", "European Medicines Agency (EMA)"),
                                    ("MHRA", "UK medicines regulator (MHRA)"),
                                ],
                                default="FDA",
                                max_length=10,
                                verbose_name="authority",
                            ),
                        ),
                        ("brand", models.CharField(max_length=80, verbose_name="brand name")),
                        (
                            "application_number",
                            models.CharField(
                                help_text="For example BLA125514.", max_length=20, verbose_name="application number"
                            ),
                        ),
                        (
                            "formulation_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.monograph",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical product",
                        "verbose_name_plural": "historical products",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDose",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("dose", models.DecimalField(decimal_places=3, max_digits=9, verbose_name="dose")),
                        (
                            "unit",
                            models.CharField(
                                choices=[("mg", "mg"), ("mg-per-kg", "mg/kg")],
                                default="mg",
                                max_length=12,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "every",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="every"
                            ),
                        ),
                        (
                            "every_unit",
                            models.CharField(
                                choices=[("weeks", "weeks"), ("days", "days")],
                                default="weeks",
                                max_length=10,
                                verbose_name="weeks or days",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="0: until the care team stops it.", verbose_name="number of doses"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("vein", "into a vein"), ("skin", "under the skin")],
                                default="vein",
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "phase_en",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_es",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_ar",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_vi",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.monograph",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical dose",
                        "verbose_name_plural": "historical doses",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBoxedWarning",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("title_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        (
                            "title_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                        ),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("text_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "approval",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The approval of giving both, if there is one: readers see the warning when it is verified.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.approval",
                                verbose_name="goes with",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The drug given together with this one, if the warning is theirs.",
                                limit_choices_to={"kind": "monograph"},
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="editions.document",
                                verbose_name="partner drug",
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.monograph",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical boxed warning",
                        "verbose_name_plural": "historical boxed warnings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalBiomarker",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("name", models.CharField(max_length=80, verbose_name="biomarker")),
                        (
                            "comparison",
                            models.CharField(
                                blank=True, choices=[(">=", "≥"), (">", ">")], max_length=4, verbose_name="comparison"
                            ),
                        ),
                        (
                            "cutoff",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=9, null=True, verbose_name="cut-off"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
                        ("test", models.CharField(blank=True, max_length=200, verbose_name="companion test")),
                        ("meaning_en", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_es", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_ar", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_zh_hans", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("meaning_vi", models.TextField(blank=True, null=True, verbose_name="what it means")),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.monograph",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical biomarker",
                        "verbose_name_plural": "historical biomarkers",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalApproval",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("FDA", "US Food and Drug Administration (FDA)"),
                                    ("EMA", "European Medicines Agency (EMA)"),
                                    ("MHRA", "UK medicines regulator (MHRA)"),
                                ],
                                default="FDA",
                                max_length=10,
                                verbose_name="authority",
                            ),
                        ),
                        (
                            "cancer",
                            models.CharField(
                                choices=[
                                    ("triple-negative", "triple-negative"),
                                    ("hr-positive", "hormone receptor-positive"),
                                    ("her2-positive", "HER2-positive"),
                                    ("any-solid", "any solid tumor with the marker"),
                                ],
                                max_length=20,
                                verbose_name="type of cancer",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("early", "early, high risk"), ("advanced", "advanced")],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "line",
                            models.CharField(
                                choices=[
                                    ("surgery", "before and after surgery"),
                                    ("first", "first treatment"),
                                    ("later", "after earlier treatment"),
                                    ("any", "any"),
                                ],
                                default="any",
                                max_length=12,
                                verbose_name="line of treatment",
                            ),
                        ),
                        (
                            "partners_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_zh_hans",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "partners_vi",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="given with"),
                        ),
                        (
                            "plain_en",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_es",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_ar",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_zh_hans",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        (
                            "plain_vi",
                            models.TextField(blank=True, null=True, verbose_name="approved for, in plain words"),
                        ),
                        ("terms_en", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        ("terms_es", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        ("terms_ar", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        (
                            "terms_zh_hans",
                            models.TextField(blank=True, null=True, verbose_name="in the regulator's terms"),
                        ),
                        ("terms_vi", models.TextField(blank=True, null=True, verbose_name="in the regulator's terms")),
                        (
                            "meaning_en",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_es",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_ar",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_zh_hans",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        (
                            "meaning_vi",
                            models.TextField(
                                blank=True,
                                help_text="For somebody who takes the drug now.",
                                null=True,
                                verbose_name="when withdrawn: what it means",
                            ),
                        ),
                        ("history_user_name", models.CharField(max_length=301)),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "biomarker",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.biomarker",
                                verbose_name="biomarker needed",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="drugs.monograph",
                            ),
                        ),
                        ("changed_languages", models.TextField(null=True)),
                        ("full_row", models.BigIntegerField(null=True)),
                        ("rows_since_full", models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "historical approval",
                        "verbose_name_plural": "historical approvals",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Dose",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("dose", models.DecimalField(decimal_places=3, max_digits=9, verbose_name="dose")),
                        (
                            "unit",
                            models.CharField(
                                choices=[("mg", "mg"), ("mg-per-kg", "mg/kg")],
                                default="mg",
                                max_length=12,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "every",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="every"
                            ),
                        ),
                        (
                            "every_unit",
                            models.CharField(
                                choices=[("weeks", "weeks"), ("days", "days")],
                                default="weeks",
                                max_length=10,
                                verbose_name="weeks or days",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="0: until the care team stops it.", verbose_name="number of doses"
                            ),
                        ),
                        (
                            "route",
                            models.CharField(
                                choices=[("vein", "into a vein"), ("skin", "under the skin")],
                                default="vein",
                                max_length=10,
                                verbose_name="route",
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_en",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_es",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_ar",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_zh_hans",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "phase_vi",
                            models.CharField(
                                blank=True,
                                help_text="For example: The first four doses.",
                                max_length=200,
                                null=True,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="doses", to="drugs.monograph"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dose",
                        "verbose_name_plural": "doses",
                        "ordering": ["order", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("monograph", "block_id"), name="doses_have_own_ids"),
                            models.CheckConstraint(
                                condition=models.Q(("dose__gt", 0)),
                                name="doses_are_more_than_nothing",
                                violation_error_message="Dose must be greater than zero.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every__gte", 1)),
                                name="doses_come_again",
                                violation_error_message="Say after how many weeks or days the dose comes again.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BoxedWarning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        ("title_en", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_es", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("title_ar", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        (
                            "title_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="title"),
                        ),
                        ("title_vi", models.CharField(blank=True, max_length=200, null=True, verbose_name="title")),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("text_en", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_es", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_ar", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_zh_hans", models.TextField(blank=True, null=True, verbose_name="text")),
                        ("text_vi", models.TextField(blank=True, null=True, verbose_name="text")),
                        (
                            "approval",
                            models.ForeignKey(
                                blank=True,
                                help_text="The approval of giving both, if there is one: readers see the warning when it is verified.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="boxed_warnings",
                                to="drugs.approval",
                                verbose_name="goes with",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                help_text="The drug given together with this one, if the warning is theirs.",
                                limit_choices_to={"kind": "monograph"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="editions.document",
                                verbose_name="partner drug",
                            ),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="boxed_warnings",
                                to="drugs.monograph",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "boxed warning",
                        "verbose_name_plural": "boxed warnings",
                        "ordering": ["order", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("monograph", "block_id"), name="boxed_warnings_have_own_ids"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("FDA", "US Food and Drug Administration (FDA)"),
                                    ("EMA", "European Medicines Agency (EMA)"),
                                    ("MHRA", "UK medicines regulator (MHRA)"),
                                ],
                                default="FDA",
                                max_length=10,
                                verbose_name="authority",
                            ),
                        ),
                        ("brand", models.CharField(max_length=80, verbose_name="brand name")),
                        (
                            "application_number",
                            models.CharField(
                                help_text="For example BLA125514.", max_length=20, verbose_name="application number"
                            ),
                        ),
                        ("formulation", models.CharField(blank=True, max_length=200, verbose_name="form")),
                        (
                            "formulation_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "formulation_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="form"),
                        ),
                        (
                            "monograph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="products",
                                to="drugs.monograph",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product",
                        "verbose_name_plural": "products",
                        "ordering": ["order", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("monograph", "block_id"), name="products_have_own_ids")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SideEffect",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "block_id",
                            models.CharField(default=drugs.models.parts.part_id, editable=False, max_length=20),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("retired", models.BooleanField(default=False, verbose_name="retired")),
                        ("serious", models.BooleanField(default=False, verbose_name="serious")),
                        (
                            "care_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("non-urgent", "Call during office hours"),
                                    ("urgent", "Call today"),
                                    ("emergency", "Emergency"),
                                ],
                                max_length=20,
                                verbose_name="care level",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="side effect")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_zh_hans",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        (
                            "name_vi",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="side effect"),
                        ),
                        ("signs", models.TextField(blank=True, verbose_name="signs")),
                        ("signs_en", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_es", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_ar", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_zh_hans", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("signs_vi", models.TextField(blank=True, null=True, verbose_name="signs")),
                        ("what_to_do", models.TextField(blank=True, verbose_name="what to do")),
                        ("what_to_do_en", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_es", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_ar", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_zh_hans", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        ("what_to_do_vi", models.TextField(blank=True, null=True, verbose_name="what to do")),
                        (
                            "monograph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="side_effects",
                                to="drugs.monograph",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "side effect",
                        "verbose_name_plural": "side effects",
                        "ordering": ["order", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("monograph", "block_id"), name="side_effects_have_own_ids"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("care_level", ""), ("serious", False)),
                                    models.Q(("serious", True), models.Q(("care_level", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="serious_side_effects_have_a_care_level",
                                violation_error_message="Say how soon a reader has to act on a serious side effect; if you said so of this one, mark it as serious.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(editable=False)),
                        ("recorded_at", models.DateTimeField(editable=False)),
                        ("recorded_by_name", models.CharField(max_length=301)),
                        ("previous_digest", models.CharField(editable=False, max_length=64)),
                        ("record_digest", models.CharField(editable=False, max_length=64, unique=True)),
                        ("verified_on", models.DateField(verbose_name="verified on")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="editions.document"
                            ),
                        ),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verification",
                                to="drugs.approvalevent",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "verification",
                        "verbose_name_plural": "verifications",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("document", "sequence"), name="verification_one_link_per_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListedApproval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("block_id", models.CharField(max_length=60)),
                        ("cancer", models.CharField(max_length=60)),
                        ("stage", models.CharField(max_length=60)),
                        ("jurisdiction", models.CharField(max_length=60)),
                        ("state", models.CharField(max_length=20)),
                        ("position", models.BinaryField(max_length=180)),
                        ("from_day", models.DateField()),
                        ("until_day", models.DateField(null=True)),
                        (
                            "page",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="reading.listedpage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "listed approval",
                        "indexes": [
                            models.Index(fields=["language", "position"], name="listed_approvals"),
                            models.Index(fields=["language", "cancer", "position"], name="listed_approvals_by_cancer"),
                            models.Index(
                                fields=["language", "jurisdiction", "position"], name="listed_approvals_by_place"
                            ),
                            models.Index(fields=["language", "state", "position"], name="listed_approvals_by_state"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListedBiomarker",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=10)),
                        ("slug", models.CharField(max_length=120)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        (
                            "approval",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="biomarkers",
                                to="drugs.listedapproval",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "listed biomarker",
                        "indexes": [models.Index(fields=["language", "slug"], name="listed_biomarkers")],
                    },
                ),
            ]
        ),
        # Of editions, which may have been there before this app.
        migrations.RunPython(warnings.name_repeated_partners, migrations.RunPython.noop),
    ]
