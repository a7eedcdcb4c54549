"""Japanese: words, chunks, names, references and wording. SudachiPy is loaded at the first analysis."""
