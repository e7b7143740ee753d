"""What every command runs in: its surroundings, its output, its errors, and Click in our words."""
