"""
The entries that a search looks through, and the index of their words in the database's own way.

SQLite: a full text table beside the entries, kept by triggers. Whoever changes the table of entries by a later
migration has to make the triggers anew, for Django then copies the table. PostgreSQL: generated columns with their
indexes, and one for misspelt names where the extension pg_trgm is there or may be installed.
"""

import django.db.models.deletion
from django.db import DatabaseError, migrations, models, transaction

COLUMNS = "name, body, context, scope"
NEW, OLD = (", ".join(f"{row}.{name}" for name in COLUMNS.split(", ")) for row in ("new", "old"))
TAKE_OUT = f"INSERT INTO tables_entry_words (tables_entry_words, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});"
PUT_IN = f"INSERT INTO tables_entry_words (rowid, {COLUMNS}) VALUES (new.id, {NEW});"
SIGNS = "#$+<=>|~"  # the words of plain ASCII that are neither letters nor digits

# Prepared texts are folded and spaced already: only spaces and line ends part their words.
SQLITE = [
    f"""
    CREATE VIRTUAL TABLE tables_entry_words USING fts5(
        {COLUMNS}, content='tables_entry', content_rowid='id', detail=column, prefix='1 2 3',
        tokenize="ascii tokenchars '{SIGNS}'"
    )
    """,
    "CREATE VIRTUAL TABLE tables_entry_vocabulary USING fts5vocab(tables_entry_words, col)",
    f"CREATE TRIGGER tables_entry_added AFTER INSERT ON tables_entry BEGIN {PUT_IN} END",
    f"CREATE TRIGGER tables_entry_removed AFTER DELETE ON tables_entry BEGIN {TAKE_OUT} END",
    f"CREATE TRIGGER tables_entry_changed AFTER UPDATE ON tables_entry BEGIN {TAKE_OUT} {PUT_IN} END",
]
WORDS = "array_to_tsvector(array_remove(string_to_array(replace({0}, E'\\n', ' '), ' '), ''))"
TEXTS = ["name", "body", "context"]
POSTGRESQL = [
    f"ALTER TABLE tables_entry ADD COLUMN {name}_words tsvector GENERATED ALWAYS AS ({WORDS.format(name)}) STORED"
    for name in TEXTS
] + [f"CREATE INDEX tables_entry_{name}_words ON tables_entry USING gin ({name}_words)" for name in TEXTS]
MISSPELT = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX tables_entry_name_misspelt ON tables_entry USING gin (name gin_trgm_ops)",
]


def make_indexes(apps, schema_editor):
    """Index the words of entries as this database does it."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            try:
                with transaction.atomic(connection.alias):
                    for statement in MISSPELT:
                        cursor.execute(statement)
            except DatabaseError:
                pass  # the host has no pg_trgm or does not let us: then misspelt words find nothing


def drop_indexes(apps, schema_editor):
    """Take back what the table of entries does not take along when it goes."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in ("vocabulary", "words"):
                cursor.execute(f"DROP TABLE tables_entry_{name}")


class Migration(migrations.Migration):

    dependencies = [
        ('tables', '0004_concepts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('guide', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='search_index', to='tables.guide')),
            ],
            options={
                'verbose_name_plural': 'search indexes',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(editable=False, unique=True)),
                ('kind', models.CharField(choices=[('guide', 'Guide'), ('topic', 'Topic'), ('table', 'Table'), ('row', 'Row'), ('question', 'Question'), ('point', 'Key point')], max_length=10)),
                ('scope', models.CharField(max_length=40)),
                ('name', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('context', models.TextField(blank=True)),
                ('guide', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='tables.guide')),
                ('table', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='tables.table')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['guide', 'kind'], name='entry_kinds_of_guide')],
            },
        ),
        migrations.RunPython(make_indexes, drop_indexes),
    ]
