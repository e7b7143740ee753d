"""The values of the domain: commands, events, states, reminders.

Frozen values, with the functions of one value alone. Imports nothing else of ``workflow``.
"""
