"""
A backup is one gzipped file of JSON lines, the same for every database: what SQLite gave, PostgreSQL takes.

The first line says what made it and names the migrations it stands at. Then for each table an object with its name and
fields, and an array for each row; the last line has the number of rows of each table.
"""
