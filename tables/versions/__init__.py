"""Plain Python: what is stored of a guide and a newer reading in, the guide's next state and the difference out."""
