"""Plain Python: what was answered in; what is still remembered, what to ask next and what to expect of an exam out."""
