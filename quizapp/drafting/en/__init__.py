"""English: statements and names by regular expressions alone. Where they are not sure, nothing is asked."""
