"""Reminders: planned with each command, put into messages, claimed, settled, and listed."""
