"""What the program does: one function, one transaction. Pages and commands call these alike."""
