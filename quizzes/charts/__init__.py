"""Plain Python: numbers in; where to draw what, in the units of an SVG, and the same in words, out."""
