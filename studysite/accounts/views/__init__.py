"""Pages of the people: beside those that allauth gives, those of their study groups."""
