"""What happens to accounts and their sessions."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from studysite.accounts.models import User


@transaction.atomic
def delete_user(user: User) -> None:
    """
    Delete an account, with what hangs on it and what the admin's log says of it.

    What the person did themselves in the admin goes too.
    """
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=about, object_id=str(user.pk)).delete()
    user.delete()
