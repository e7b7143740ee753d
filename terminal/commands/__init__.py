"""What can be typed: one module a noun, with its arguments, options and helps."""
