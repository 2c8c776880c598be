"""Plain Python: a stored guide and its author's pins in, what an author may want to mend in the notes out."""
