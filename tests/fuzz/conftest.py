"""The world in which every address has something to show, shared with the test of permissions."""

from tests.test_permissions import people, world  # noqa: F401  (fixtures are found by their names)
