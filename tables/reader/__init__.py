"""Plain Python: the bytes of a Markdown document in, a `Reading` of its topics, tables, rows and problems out."""
