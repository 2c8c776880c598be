"""What outlives the database: keys."""

from uuid import UUID

from django.db import models


class KeyedQuerySet[Model: models.Model](models.QuerySet[Model]):
    """Things that fixtures find by the keys they keep in every database."""

    def get_by_natural_key(self, key: str) -> Model:
        """The one of this key. Raises DoesNotExist."""
        return self.get(key=key)


class Keyed(models.Model):
    """A thing whose key outlives the database it stands in."""

    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[UUID]:
        """What a fixture calls it."""
        return (self.key,)
