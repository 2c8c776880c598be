"""Plain Python: guides and learners made up by chance, the same for the same seed, to try the site at any size."""
