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
INSERT INTO "decisions" VALUES('meerderheid','voorstel','raden',1,'oost.raad','voor','for','2026-01-19','2026-01-19',3,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('op-tijd','voorstel','raden',1,'oost.raad','voor','for','2026-01-19','2026-01-19',3,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('meerderheid','voorstel','raden',1,'west.raad','voor','for','2026-01-26','2026-01-26',4,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('op-tijd','voorstel','raden',1,'west.raad','voor','for','2026-01-26','2026-01-26',4,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('meerderheid','voorstel','raden',1,'zuid.raad','voor','for','2026-02-02','2026-02-02',5,'8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('op-tijd','voorstel','raden',1,'zuid.raad','voor','for','2026-01-26','2026-01-26',6,'8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff','[]',0,'[]','[]',1);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('004dfc06623d43915b3246c5bf053a2ca6082587d84caa5449f16f98ff293d8c','meerderheid',1,'{"id":"meerderheid","version":1,"title":{"en":"A majority decides"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["open","genomen","weg"],"final":{"good":["genomen"],"bad":["weg"]},"slots":["besluit"],"transitions":{"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}},"stoppen":{"from":"open","to":"weg","explicit":true,"permission":"stop"}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["open"],"due":"2026-02-20"}},"gates":{"besluit":{"request":"raden","rule":"majority","counts":"for"}}}}}');
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
INSERT INTO "journal" VALUES('meerderheid',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"meerderheid","sha256":"004dfc06623d43915b3246c5bf053a2ca6082587d84caa5449f16f98ff293d8c","version":1}','0000000000000000000000000000000000000000000000000000000000000000','7a26e4b0673f4505fe45655622bd0e219d08450688dbdd8ea13355d2ed510a7e');
INSERT INTO "journal" VALUES('meerderheid',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','7a26e4b0673f4505fe45655622bd0e219d08450688dbdd8ea13355d2ed510a7e','4365ac5c4d90fad380fa87fef9248449a2797cb2e82a136953a71c022399c21e');
INSERT INTO "journal" VALUES('op-tijd',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"meerderheid","sha256":"004dfc06623d43915b3246c5bf053a2ca6082587d84caa5449f16f98ff293d8c","version":1}','0000000000000000000000000000000000000000000000000000000000000000','82636c5a2197d26bb368966a6430e4265fedad245e538ee449f6ecd6d6f47cae');
INSERT INTO "journal" VALUES('op-tijd',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','82636c5a2197d26bb368966a6430e4265fedad245e538ee449f6ecd6d6f47cae','2d8f7e1caa0eade7d515fbc6c0da00a07375d6be2c55ae9b6b48b0679a56d115');
INSERT INTO "journal" VALUES('meerderheid',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','4365ac5c4d90fad380fa87fef9248449a2797cb2e82a136953a71c022399c21e','a3a6b983a7dd9bc70798ae8f608359408792e7fa2b9179b96e891c39b9afcc7a');
INSERT INTO "journal" VALUES('op-tijd',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','2d8f7e1caa0eade7d515fbc6c0da00a07375d6be2c55ae9b6b48b0679a56d115','1109b99e29a152025e422896776dad44fed5f97996d4e2f475ee53ecbd445371');
INSERT INTO "journal" VALUES('meerderheid',4,'decision-recorded','person-1','secretaris','secretaris','2026-01-26T10:00:00.000000+00:00','2026-01-26','2026-01-26','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','a3a6b983a7dd9bc70798ae8f608359408792e7fa2b9179b96e891c39b9afcc7a','be4bfc756c4a4f6e70d52a1e04be6779dc4471b846515b2194eb8294e264467d');
INSERT INTO "journal" VALUES('op-tijd',4,'decision-recorded','person-1','secretaris','secretaris','2026-01-26T10:00:00.000000+00:00','2026-01-26','2026-01-26','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','1109b99e29a152025e422896776dad44fed5f97996d4e2f475ee53ecbd445371','0fef47a44895c28343f9b4c570e18e5b38ebf29314a08e7258bccbef4b11b190');
INSERT INTO "journal" VALUES('op-tijd',5,'milestone-moved','person-1','secretaris','secretaris','2026-01-27T10:00:00.000000+00:00','2026-01-27','2026-01-27','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"genomen","trigger":"nemen"}','0fef47a44895c28343f9b4c570e18e5b38ebf29314a08e7258bccbef4b11b190','d1d493bd96d5da7c5f21cf28177fb5d8f93f37269ef48f5ffb629616bf741b28');
INSERT INTO "journal" VALUES('meerderheid',5,'decision-recorded','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1,"text":"8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff"}','be4bfc756c4a4f6e70d52a1e04be6779dc4471b846515b2194eb8294e264467d','0ef703b44a00f6be6bb12c4de1b19d43f7e7fc47fd820e072d082670459cd253');
INSERT INTO "journal" VALUES('op-tijd',6,'decision-recorded','person-1','secretaris','secretaris','2026-02-03T10:00:00.000000+00:00','2026-01-26','2026-01-26','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"out_of_order":"it came in late","outcome":"voor","reference":"minutes","request":"raden","round":1,"text":"8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff"}','d1d493bd96d5da7c5f21cf28177fb5d8f93f37269ef48f5ffb629616bf741b28','aa5e1a83d778d2a737b21d5dd9add74f4eb6c4507fe3a1e7fbaebd7e51298b54');
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
INSERT INTO "milestones" VALUES('meerderheid','voorstel','open','2026-01-05','',0,NULL,1,'[]','{"open": "2026-01-05"}');
INSERT INTO "milestones" VALUES('op-tijd','voorstel','genomen','2026-01-27','2026-01-27',5,'in-question',1,'["open"]','{"open": "2026-01-05", "genomen": "2026-01-27"}');
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
INSERT INTO "moves" VALUES('op-tijd','voorstel','nemen','open','genomen','2026-01-27','2026-01-27',5,'in-question',1,NULL);
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
INSERT INTO "processes" VALUES('meerderheid','004dfc06623d43915b3246c5bf053a2ca6082587d84caa5449f16f98ff293d8c','2026-01-05','2026-02-02',0,5,'0ef703b44a00f6be6bb12c4de1b19d43f7e7fc47fd820e072d082670459cd253',5,NULL);
INSERT INTO "processes" VALUES('op-tijd','004dfc06623d43915b3246c5bf053a2ca6082587d84caa5449f16f98ff293d8c','2026-01-05','2026-01-27',0,6,'aa5e1a83d778d2a737b21d5dd9add74f4eb6c4507fe3a1e7fbaebd7e51298b54',6,NULL);
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
INSERT INTO "seats" VALUES('meerderheid',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('op-tijd',2,'secretaris','','person-1','2026-01-05',NULL);
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
