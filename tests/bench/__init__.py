"""How fast the site is, beside other programs on the same machine in the same run: `make bench`."""
