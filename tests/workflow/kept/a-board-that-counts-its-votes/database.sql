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
INSERT INTO "decisions" VALUES('zes-vijf','voorstel','bestuur',1,'bestuur','voor','for','2026-01-19','2026-01-19',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('vijf-vier','voorstel','bestuur',1,'bestuur','voor','for','2026-01-19','2026-01-19',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('vijf-zes','voorstel','bestuur',1,'bestuur','tegen','against','2026-02-02','2026-02-02',4,NULL,'[]',0,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('b1ea054fcdace8903da7bff8a1767956c891c907c75d2ec71d537ce7a15cc8de','bestuur',1,'{"id":"bestuur","version":1,"title":{"en":"A board of eleven votes"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"bodies":{"bestuur":{"name":"Bestuur","members":{"oost":6,"west":5},"quorum":6}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["open","klaar","weg"],"final":{"good":["klaar"],"bad":["weg"]},"slots":["voor","tegen"],"transitions":{"aannemen":{"from":"open","to":"klaar","gate":{"slot":"voor"}},"verwerpen":{"from":"open","to":"weg","gate":{"slot":"tegen"}}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"bestuur":{"of":"bestuur","instrument":"besluit","in":["open"],"due":"2026-02-20"}},"gates":{"voor":{"request":"bestuur","rule":"all","counts":"for"},"tegen":{"request":"bestuur","rule":"all","counts":"against"}}}}}');
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
INSERT INTO "journal" VALUES('zes-vijf',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"bestuur","sha256":"b1ea054fcdace8903da7bff8a1767956c891c907c75d2ec71d537ce7a15cc8de","version":1}','0000000000000000000000000000000000000000000000000000000000000000','000e99169190fae5de4a8b25eb7aac442e27fe0372b18de29de304aff703a7ba');
INSERT INTO "journal" VALUES('zes-vijf',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','000e99169190fae5de4a8b25eb7aac442e27fe0372b18de29de304aff703a7ba','0cb591d3a144e7be08dd2dbe23a3a8dbdb66ea364cb62b3568876e695a0b048b');
INSERT INTO "journal" VALUES('vijf-vier',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"bestuur","sha256":"b1ea054fcdace8903da7bff8a1767956c891c907c75d2ec71d537ce7a15cc8de","version":1}','0000000000000000000000000000000000000000000000000000000000000000','c56c17075d054f61f348dce99c0c25f56712ad865838b6dd0b16edebf90f254a');
INSERT INTO "journal" VALUES('vijf-vier',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','c56c17075d054f61f348dce99c0c25f56712ad865838b6dd0b16edebf90f254a','5c357d0cee3471a123e265b4bffdf2aa6859933d0d3190264ba7f5c4474900fc');
INSERT INTO "journal" VALUES('vijf-zes',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"bestuur","sha256":"b1ea054fcdace8903da7bff8a1767956c891c907c75d2ec71d537ce7a15cc8de","version":1}','0000000000000000000000000000000000000000000000000000000000000000','43a44c583308f1080e71d472e7cc872b81aa3bec0f1c504da7c7c792e7c0e6c4');
INSERT INTO "journal" VALUES('vijf-zes',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','43a44c583308f1080e71d472e7cc872b81aa3bec0f1c504da7c7c792e7c0e6c4','da045380b69d40efe08a7e4d4dd7905729178034f7c11ae1f91331ce8c05fe5c');
INSERT INTO "journal" VALUES('zes-vijf',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"bestuur","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"bestuur","round":1,"votes":"6-5"}','0cb591d3a144e7be08dd2dbe23a3a8dbdb66ea364cb62b3568876e695a0b048b','77e8f18d19a31acb5762642c08b588a7a77ad5a23bd6984d39ff126c9ba03b9c');
INSERT INTO "journal" VALUES('vijf-vier',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"bestuur","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"bestuur","round":1,"votes":"5-4"}','5c357d0cee3471a123e265b4bffdf2aa6859933d0d3190264ba7f5c4474900fc','1d8bd352012d5e682bc67c590aeba2b144a4d4c9e1171bf9b0d18941b99bc5bb');
INSERT INTO "journal" VALUES('vijf-zes',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"bestuur","milestone":"voorstel","on_behalf":true,"outcome":"aangehouden","reference":"minutes","request":"bestuur","round":1}','da045380b69d40efe08a7e4d4dd7905729178034f7c11ae1f91331ce8c05fe5c','ecbca705e60d8bcdfbe46637483029c8d7315f4d19cea461e1cefbe0be95e31c');
INSERT INTO "journal" VALUES('vijf-zes',4,'decision-recorded','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"body":"bestuur","milestone":"voorstel","on_behalf":true,"outcome":"tegen","reference":"minutes","request":"bestuur","round":1,"votes":"5-6"}','ecbca705e60d8bcdfbe46637483029c8d7315f4d19cea461e1cefbe0be95e31c','435c941ecf1af17718e29f3867127dde2f4dcddaf364a70b98c06bcba81023cb');
INSERT INTO "journal" VALUES('zes-vijf',4,'milestone-moved','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"klaar","trigger":"aannemen"}','77e8f18d19a31acb5762642c08b588a7a77ad5a23bd6984d39ff126c9ba03b9c','bb0bc87d804ec75bca180ee64363f64e0d9e1c20fdf07b71c0afca84b46ac160');
INSERT INTO "journal" VALUES('vijf-vier',4,'milestone-moved','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"klaar","trigger":"aannemen"}','1d8bd352012d5e682bc67c590aeba2b144a4d4c9e1171bf9b0d18941b99bc5bb','bf0b7a63a3794a707a82179fb418119fdd275a8d4fdebabae3c5c3420ba6ba37');
INSERT INTO "journal" VALUES('vijf-zes',5,'milestone-moved','person-1','secretaris','secretaris','2026-02-09T10:00:00.000000+00:00','2026-02-09','2026-02-09','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"weg","trigger":"verwerpen"}','435c941ecf1af17718e29f3867127dde2f4dcddaf364a70b98c06bcba81023cb','9d583d8b2892d92ffc63611de7f4fa75d8d3074b4db52a4f2a3671faf83a4a7d');
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
INSERT INTO "milestones" VALUES('zes-vijf','voorstel','klaar','2026-02-02','2026-02-02',4,'decided',1,'["open"]','{"open": "2026-01-05", "klaar": "2026-02-02"}');
INSERT INTO "milestones" VALUES('vijf-vier','voorstel','klaar','2026-02-02','2026-02-02',4,'decided',1,'["open"]','{"open": "2026-01-05", "klaar": "2026-02-02"}');
INSERT INTO "milestones" VALUES('vijf-zes','voorstel','weg','2026-02-09','2026-02-09',5,'decided',1,'["open"]','{"open": "2026-01-05", "weg": "2026-02-09"}');
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
INSERT INTO "moves" VALUES('zes-vijf','voorstel','aannemen','open','klaar','2026-02-02','2026-02-02',4,'decided',1,NULL);
INSERT INTO "moves" VALUES('vijf-vier','voorstel','aannemen','open','klaar','2026-02-02','2026-02-02',4,'decided',1,NULL);
INSERT INTO "moves" VALUES('vijf-zes','voorstel','verwerpen','open','weg','2026-02-09','2026-02-09',5,'decided',1,NULL);
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
INSERT INTO "processes" VALUES('zes-vijf','b1ea054fcdace8903da7bff8a1767956c891c907c75d2ec71d537ce7a15cc8de','2026-01-05','2026-02-02',0,4,'bb0bc87d804ec75bca180ee64363f64e0d9e1c20fdf07b71c0afca84b46ac160',4,NULL);
INSERT INTO "processes" VALUES('vijf-vier','b1ea054fcdace8903da7bff8a1767956c891c907c75d2ec71d537ce7a15cc8de','2026-01-05','2026-02-02',0,4,'bf0b7a63a3794a707a82179fb418119fdd275a8d4fdebabae3c5c3420ba6ba37',4,NULL);
INSERT INTO "processes" VALUES('vijf-zes','b1ea054fcdace8903da7bff8a1767956c891c907c75d2ec71d537ce7a15cc8de','2026-01-05','2026-02-09',0,5,'9d583d8b2892d92ffc63611de7f4fa75d8d3074b4db52a4f2a3671faf83a4a7d',5,NULL);
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
INSERT INTO "seats" VALUES('zes-vijf',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('vijf-vier',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('vijf-zes',2,'secretaris','','person-1','2026-01-05',NULL);
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
