BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE amendments (
	process VARCHAR(100) NOT NULL, 
	what VARCHAR(200) NOT NULL, 
	value TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	effective_on DATE NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_amendments PRIMARY KEY (process, what), 
	CONSTRAINT fk_amendments_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_amendments_process FOREIGN KEY(process) REFERENCES processes (id)
);
CREATE TABLE decisions (
	process VARCHAR(100) NOT NULL, 
	milestone VARCHAR(100) NOT NULL, 
	request VARCHAR(100) NOT NULL, 
	round INTEGER NOT NULL, 
	body VARCHAR(200) NOT NULL, 
	outcome VARCHAR(100) NOT NULL, 
	effect VARCHAR(16) NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE NOT NULL, 
	seq INTEGER NOT NULL, 
	text VARCHAR(64), 
	options TEXT NOT NULL, 
	unnamed_options INTEGER NOT NULL, 
	points TEXT NOT NULL, 
	signed_by TEXT NOT NULL, 
	out_of_order BOOLEAN NOT NULL, 
	CONSTRAINT pk_decisions PRIMARY KEY (process, round, milestone, request, body), 
	CONSTRAINT ck_decisions_effect_known CHECK (effect IN ('for', 'against', 'answered', 'pending')), 
	CONSTRAINT ck_decisions_round_opened CHECK (round > 0), 
	CONSTRAINT fk_decisions_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_decisions_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "decisions" VALUES('hamer','voorstel','raden',1,'oost.raad','voor','for','2026-01-19','2026-01-19',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('hamer','voorstel','raden',1,'west.raad','voor','for','2026-01-20','2026-01-20',4,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('hamer','voorstel','raden',1,'zuid.raad','voor','for','2026-02-16','2026-02-16',6,NULL,'[]',0,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('fae2c4a7caf2c2c95e1027cda92f616ad13a8a4ac6a1d70bd9e955bd3e0b431a','hamer',1,'{"id":"hamer","version":1,"title":{"en":"Adopted without a vote"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["open","genomen"],"final":{"good":["genomen"]},"slots":["besluit"],"transitions":{"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["open"],"due":"2026-02-20"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"}}}}}');
CREATE TABLE departures (
	process VARCHAR(100) NOT NULL, 
	party VARCHAR(100) NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE NOT NULL, 
	reason TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_departures PRIMARY KEY (process, party), 
	CONSTRAINT fk_departures_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_departures_process FOREIGN KEY(process) REFERENCES processes (id)
);
CREATE TABLE dues (
	process VARCHAR(100) NOT NULL, 
	due VARCHAR(200) NOT NULL, 
	seq INTEGER NOT NULL, 
	date VARCHAR(100) NOT NULL, 
	reason TEXT NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE NOT NULL, 
	CONSTRAINT pk_dues PRIMARY KEY (process, due, seq), 
	CONSTRAINT fk_dues_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_dues_process FOREIGN KEY(process) REFERENCES processes (id)
);
CREATE TABLE follow_ups (
	process VARCHAR(100) NOT NULL, 
	milestone VARCHAR(100) NOT NULL, 
	request VARCHAR(100) NOT NULL, 
	round INTEGER NOT NULL, 
	body VARCHAR(200) NOT NULL, 
	step VARCHAR(16) NOT NULL, 
	point INTEGER NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_follow_ups PRIMARY KEY (process, round, milestone, request, body, step, point), 
	CONSTRAINT ck_follow_ups_step_known CHECK (step IN ('sent', 'received', 'replied')), 
	CONSTRAINT ck_follow_ups_point_with_reply CHECK ((step = 'replied') = (point > 0)), 
	CONSTRAINT fk_follow_ups_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_follow_ups_process FOREIGN KEY(process) REFERENCES processes (id)
);
CREATE TABLE journal (
	process VARCHAR(100) NOT NULL, 
	seq INTEGER NOT NULL, 
	type VARCHAR(100) NOT NULL, 
	actor VARCHAR(100) NOT NULL, 
	role VARCHAR(200) NOT NULL, 
	os_user VARCHAR(100) NOT NULL, 
	recorded_at VARCHAR(32) NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE, 
	precision VARCHAR(16) NOT NULL, 
	"key" VARCHAR(300), 
	digest VARCHAR(64), 
	payload JSON NOT NULL, 
	prev_hash VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_journal PRIMARY KEY (process, seq), 
	CONSTRAINT ck_journal_key_with_digest CHECK ((key IS NULL) = (digest IS NULL)), 
	CONSTRAINT ck_journal_hash_whole CHECK (length(hash) = 64 AND length(prev_hash) = 64), 
	CONSTRAINT ck_journal_seq_positive CHECK (seq > 0), 
	CONSTRAINT fk_journal_process FOREIGN KEY(process) REFERENCES processes (id), 
	CONSTRAINT uq_journal_process_key UNIQUE (process, "key")
);
INSERT INTO "journal" VALUES('hamer',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"hamer","sha256":"fae2c4a7caf2c2c95e1027cda92f616ad13a8a4ac6a1d70bd9e955bd3e0b431a","version":1}','0000000000000000000000000000000000000000000000000000000000000000','1d6e50b474aa19619baa0e86a41f4ee9a05b1c070074ec608ee632f51af22318');
INSERT INTO "journal" VALUES('hamer',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','1d6e50b474aa19619baa0e86a41f4ee9a05b1c070074ec608ee632f51af22318','5205c6c14c4bf52e5cea7808ec1b105df83b10656e15a9e5d7b12d5a485a0117');
INSERT INTO "journal" VALUES('hamer',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","remark":"hamerstuk","request":"raden","round":1}','5205c6c14c4bf52e5cea7808ec1b105df83b10656e15a9e5d7b12d5a485a0117','0a7b5850c3875ddaef3ce828413654ac0f468915e1628608094c85b532a2c44f');
INSERT INTO "journal" VALUES('hamer',4,'decision-recorded','person-1','secretaris','secretaris','2026-01-20T10:00:00.000000+00:00','2026-01-20','2026-01-20','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","remark":"hamerstuk","request":"raden","round":1,"votes":"unanimous"}','0a7b5850c3875ddaef3ce828413654ac0f468915e1628608094c85b532a2c44f','129fa008f965dbf8c31778319c14bd27e92a931233b1ecef267c68c844bff187');
INSERT INTO "journal" VALUES('hamer',5,'decision-recorded','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"aangehouden","reference":"minutes","remark":"taken off the agenda","request":"raden","round":1}','129fa008f965dbf8c31778319c14bd27e92a931233b1ecef267c68c844bff187','8399ff97f4fd52f83fce482f9293bf6126a03a3caa90010531b193777af2d630');
INSERT INTO "journal" VALUES('hamer',6,'decision-recorded','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-16','2026-02-16','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1,"votes":"19-4"}','8399ff97f4fd52f83fce482f9293bf6126a03a3caa90010531b193777af2d630','5e006f3b17d1e86b63d333d51c1888f3e42ac9fd2d5987de488499f22020a126');
INSERT INTO "journal" VALUES('hamer',7,'milestone-moved','person-1','secretaris','secretaris','2026-02-17T10:00:00.000000+00:00','2026-02-17','2026-02-17','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"genomen","trigger":"nemen"}','5e006f3b17d1e86b63d333d51c1888f3e42ac9fd2d5987de488499f22020a126','04dd4a9200b683c4500e3cc566037bc487965aecf8742e4f63acc77d3f326c33');
CREATE TABLE messages (
	id VARCHAR(100) NOT NULL, 
	person VARCHAR(100), 
	address VARCHAR(320), 
	message_id VARCHAR(200) NOT NULL, 
	subject TEXT NOT NULL, 
	content BLOB NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	written_at VARCHAR(32) NOT NULL, 
	give_up_at VARCHAR(32) NOT NULL, 
	next_at VARCHAR(32), 
	attempt INTEGER NOT NULL, 
	unsure BOOLEAN NOT NULL, 
	holder VARCHAR(100), 
	settled_at VARCHAR(32), 
	fault TEXT, 
	CONSTRAINT pk_messages PRIMARY KEY (id), 
	CONSTRAINT ck_messages_attempt_counts CHECK (attempt >= 0), 
	CONSTRAINT ck_messages_status_known CHECK (status IN ('waiting', 'sent', 'undelivered', 'dropped')), 
	CONSTRAINT ck_messages_waiting_has_next CHECK ((next_at IS NULL) = (status <> 'waiting')), 
	CONSTRAINT uq_messages_message_id UNIQUE (message_id)
);
CREATE TABLE milestones (
	process VARCHAR(100) NOT NULL, 
	milestone VARCHAR(100) NOT NULL, 
	state VARCHAR(100) NOT NULL, 
	since DATE NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	seq INTEGER NOT NULL, 
	basis VARCHAR(16), 
	round INTEGER NOT NULL, 
	that_day TEXT NOT NULL, 
	entered TEXT NOT NULL, 
	CONSTRAINT pk_milestones PRIMARY KEY (process, milestone), 
	CONSTRAINT ck_milestones_basis_known CHECK (basis IN ('decided', 'latched', 'attested', 'in-question')), 
	CONSTRAINT ck_milestones_round_counts CHECK (round >= 0), 
	CONSTRAINT fk_milestones_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "milestones" VALUES('hamer','voorstel','genomen','2026-02-17','2026-02-17',7,'decided',1,'["open"]','{"open": "2026-01-05", "genomen": "2026-02-17"}');
CREATE TABLE moves (
	process VARCHAR(100) NOT NULL, 
	milestone VARCHAR(100) NOT NULL, 
	"trigger" VARCHAR(100) NOT NULL, 
	source VARCHAR(100) NOT NULL, 
	target VARCHAR(100) NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE NOT NULL, 
	seq INTEGER NOT NULL, 
	basis VARCHAR(16) NOT NULL, 
	round INTEGER NOT NULL, 
	reference TEXT, 
	CONSTRAINT pk_moves PRIMARY KEY (process, milestone, "trigger", source, target), 
	CONSTRAINT ck_moves_basis_known CHECK (basis IN ('decided', 'latched', 'attested', 'in-question')), 
	CONSTRAINT fk_moves_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_moves_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "moves" VALUES('hamer','voorstel','nemen','open','genomen','2026-02-17','2026-02-17',7,'decided',1,NULL);
CREATE TABLE nodes (
	id VARCHAR(100) NOT NULL, 
	started_at VARCHAR(32) NOT NULL, 
	beat_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_nodes PRIMARY KEY (id)
);
CREATE TABLE parts (
	process VARCHAR(100) NOT NULL, 
	deliverable VARCHAR(100) NOT NULL, 
	part VARCHAR(100) NOT NULL, 
	subject VARCHAR(100) NOT NULL, 
	level VARCHAR(100) NOT NULL, 
	version VARCHAR(100), 
	text VARCHAR(64), 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_parts PRIMARY KEY (process, deliverable, part, subject), 
	CONSTRAINT fk_parts_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_parts_process FOREIGN KEY(process) REFERENCES processes (id)
);
CREATE TABLE people (
	id VARCHAR(100) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	address VARCHAR(320), language VARCHAR(16), 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_name UNIQUE (name)
);
INSERT INTO "people" VALUES('person-1','secretaris',NULL,NULL);
CREATE TABLE processes (
	id VARCHAR(100) NOT NULL, 
	definition VARCHAR(64) NOT NULL, 
	begins DATE NOT NULL, 
	last_day DATE NOT NULL, 
	reconstruction BOOLEAN NOT NULL, 
	head_seq INTEGER NOT NULL, 
	head_hash VARCHAR(64) NOT NULL, planned_seq INTEGER, planned_until VARCHAR(32), 
	CONSTRAINT pk_processes PRIMARY KEY (id), 
	CONSTRAINT ck_processes_head_seq_positive CHECK (head_seq > 0), 
	CONSTRAINT ck_processes_last_day_not_before CHECK (last_day >= begins), 
	CONSTRAINT fk_processes_definition FOREIGN KEY(definition) REFERENCES definitions (sha256)
);
INSERT INTO "processes" VALUES('hamer','fae2c4a7caf2c2c95e1027cda92f616ad13a8a4ac6a1d70bd9e955bd3e0b431a','2026-01-05','2026-02-17',0,7,'04dd4a9200b683c4500e3cc566037bc487965aecf8742e4f63acc77d3f326c33',7,NULL);
CREATE TABLE reminders (
	process VARCHAR(100) NOT NULL, 
	due VARCHAR(200) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	rung VARCHAR(100) NOT NULL, 
	role VARCHAR(100) NOT NULL, 
	place VARCHAR(100) NOT NULL, 
	meant_for VARCHAR(200) NOT NULL, 
	copy INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	deadline DATE NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	next_at VARCHAR(32), 
	message VARCHAR(100), 
	settled_at VARCHAR(32), 
	why TEXT, 
	CONSTRAINT pk_reminders PRIMARY KEY (process, due, subject, rung, role, place, meant_for, copy, version), 
	CONSTRAINT ck_reminders_bound_or_due CHECK (next_at IS NULL OR message IS NULL), 
	CONSTRAINT ck_reminders_only_planned_are_due CHECK (next_at IS NULL OR status = 'planned'), 
	CONSTRAINT ck_reminders_status_known CHECK (status IN ('planned', 'sent', 'lapsed', 'cancelled', 'undelivered')), 
	CONSTRAINT fk_reminders_message FOREIGN KEY(message) REFERENCES messages (id), 
	CONSTRAINT fk_reminders_process FOREIGN KEY(process) REFERENCES processes (id)
);
CREATE TABLE seats (
	process VARCHAR(100) NOT NULL, 
	seq INTEGER NOT NULL, 
	role VARCHAR(100) NOT NULL, 
	place VARCHAR(100) NOT NULL, 
	person VARCHAR(100) NOT NULL, 
	since DATE NOT NULL, 
	until DATE, 
	CONSTRAINT pk_seats PRIMARY KEY (process, seq), 
	CONSTRAINT ck_seats_until_not_before CHECK (until IS NULL OR until >= since), 
	CONSTRAINT fk_seats_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_seats_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "seats" VALUES('hamer',2,'secretaris','','person-1','2026-01-05',NULL);
CREATE TABLE tasks (
	process VARCHAR(100) NOT NULL, 
	milestone VARCHAR(100) NOT NULL, 
	task VARCHAR(100) NOT NULL, 
	subject VARCHAR(100) NOT NULL, 
	round INTEGER NOT NULL, 
	result VARCHAR(100) NOT NULL, 
	done BOOLEAN NOT NULL, 
	effective VARCHAR(100) NOT NULL, 
	effective_on DATE NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_tasks PRIMARY KEY (process, round, milestone, task, subject), 
	CONSTRAINT fk_tasks_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_tasks_process FOREIGN KEY(process) REFERENCES processes (id)
);
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal WHEN EXISTS (SELECT 1 FROM journal WHERE process = NEW.process AND (seq = NEW.seq OR key = NEW.key)) BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER definitions_no_update BEFORE UPDATE ON definitions BEGIN SELECT RAISE(ABORT, 'definitions is append-only'); END;
CREATE TRIGGER definitions_no_delete BEFORE DELETE ON definitions BEGIN SELECT RAISE(ABORT, 'definitions is append-only'); END;
CREATE TRIGGER definitions_no_replace BEFORE INSERT ON definitions WHEN EXISTS (SELECT 1 FROM definitions WHERE sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, 'definitions is append-only'); END;
CREATE INDEX ix_processes_planned_until ON processes (planned_until);
CREATE INDEX ix_processes_unplanned ON processes (id) WHERE planned_seq IS NULL OR planned_seq <> head_seq;
CREATE INDEX ix_messages_next_at ON messages (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_messages_person ON messages (person) WHERE person IS NOT NULL;
CREATE INDEX ix_reminders_next_at ON reminders (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX ix_reminders_message ON reminders (message) WHERE message IS NOT NULL;
CREATE INDEX ix_reminders_undelivered ON reminders (process) WHERE status = 'undelivered';
COMMIT;
