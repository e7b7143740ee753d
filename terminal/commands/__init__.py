"""The commands: one module a noun, with arguments, options and help texts."""
