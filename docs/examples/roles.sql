-- Two roles on PostgreSQL: one that owns the schema and upgrades it, one that the program runs as.
-- As the owner of the database, after “mijlpaal db upgrade” with the role mijlpaal_owner:

GRANT USAGE ON SCHEMA public TO mijlpaal_app;
GRANT SELECT ON alembic_version TO mijlpaal_app;

-- What was written stays: it can be read and added to, not changed, taken away or emptied.
GRANT SELECT, INSERT ON journal, definitions TO mijlpaal_app;

-- What follows from the journal, and the people, who may be forgotten.
GRANT SELECT, INSERT, UPDATE, DELETE ON
    people, processes, milestones, moves, decisions, follow_ups, tasks, parts, seats, dues,
    departures, amendments, shifts
TO mijlpaal_app;

-- Reminders, the messages that bring them, and the nodes that send those.
GRANT SELECT, INSERT, UPDATE, DELETE ON reminders, messages, nodes TO mijlpaal_app;

-- By which calendars reminders were planned.
GRANT SELECT, INSERT, UPDATE ON calendars TO mijlpaal_app;
