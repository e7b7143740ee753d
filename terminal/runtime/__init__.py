"""The runtime of every command: set-up, output, errors, and Click's texts in our words."""
