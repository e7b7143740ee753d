"""The values that everything else works on: commands, events, states, reminders.

Frozen values, with what can be said of one value alone. Imports nothing else of ``workflow``.
"""
