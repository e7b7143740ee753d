"""Writing and sending reminders.

Due reminders go to a mail server or a folder. APScheduler is only the alarm clock; the rows in the
database are the truth. Rows are claimed and settled through `workflow`, which does not know that
this package exists.
"""
