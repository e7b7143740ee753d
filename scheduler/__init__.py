"""What must be said: the reminders, rendered and sent.

This package will render the reminders that are due and hand them to a mail server, with APScheduler
as its alarm clock: the reminder rows in the database are the truth, and the clock only wakes us.
Rows are claimed and settled through `workflow`, which does not know that this package exists.

This version holds no code here, and sends nothing.
"""
