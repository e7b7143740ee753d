"""What must be said: the reminders, written and sent.

The reminders that are due are handed to a mail server, or a folder, with APScheduler as the alarm
clock: the rows in the database are the truth, and the clock only wakes us. Rows are claimed and
settled through `workflow`, which does not know that this package exists.
"""
