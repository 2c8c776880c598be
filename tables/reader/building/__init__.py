"""Plain Python: blocks in, topics, tables, rows, points and notes out."""
