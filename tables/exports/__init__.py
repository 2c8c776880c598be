"""Plain Python: stored guides and tables in, files of other formats out."""
