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
INSERT INTO "decisions" VALUES('eerst-besloten','voorstel','raden',1,'oost.raad','voor','for','2026-01-19','2026-01-19',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-geopend','voorstel','raden',1,'oost.raad','voor','for','2026-01-19','2026-01-19',4,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-besloten','voorstel','raden',1,'west.raad','voor','for','2026-02-02','2026-02-02',5,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-geopend','voorstel','raden',1,'west.raad','voor','for','2026-02-02','2026-02-02',5,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-besloten','voorstel','raden',1,'zuid.raad','tegen','against','2026-02-16','2026-02-16',6,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-geopend','voorstel','raden',1,'zuid.raad','tegen','against','2026-02-09','2026-02-09',6,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-geopend','voorstel','raden',2,'zuid.raad','voor','for','2026-02-16','2026-02-16',8,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-besloten','voorstel','raden',2,'oost.raad','voor','for','2026-03-02','2026-03-02',8,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-besloten','voorstel','raden',2,'west.raad','voor','for','2026-03-02','2026-03-02',9,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-geopend','voorstel','raden',2,'oost.raad','voor','for','2026-03-02','2026-03-02',9,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('eerst-geopend','voorstel','raden',2,'west.raad','voor','for','2026-03-02','2026-03-02',10,NULL,'[]',0,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('fbcdedcbfcc5477946e734d170e2cfcac90d557538e36ad2d00067632bf0ac76','ronden',1,'{"id":"ronden","version":1,"title":{"en":"Rounds that are opened anew"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["voor","open","genomen"],"final":{"good":["genomen"]},"slots":["besluit","verworpen"],"transitions":{"openen":{"from":"voor","to":"open","opens":"round"},"opnieuw":{"from":"open","to":"open","gate":{"slot":"verworpen"},"explicit":true,"opens":"round"},"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["voor","open"],"due":"2026-02-27"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}}}}}');
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
INSERT INTO "journal" VALUES('eerst-besloten',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"ronden","sha256":"fbcdedcbfcc5477946e734d170e2cfcac90d557538e36ad2d00067632bf0ac76","version":1}','0000000000000000000000000000000000000000000000000000000000000000','626c78049ac2c87e907e49604494bcdd13c673ef0fa1bcec283b912ccfa4720b');
INSERT INTO "journal" VALUES('eerst-besloten',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','626c78049ac2c87e907e49604494bcdd13c673ef0fa1bcec283b912ccfa4720b','3baa17263f4aa039539d8b6d9f5497fdf0497685b1cd4c9ba054dfd2cfbec26c');
INSERT INTO "journal" VALUES('eerst-geopend',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"ronden","sha256":"fbcdedcbfcc5477946e734d170e2cfcac90d557538e36ad2d00067632bf0ac76","version":1}','0000000000000000000000000000000000000000000000000000000000000000','079597e2c83aa726be6477345f8e4149c1353124c0383e149ce95844a83d9115');
INSERT INTO "journal" VALUES('eerst-geopend',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','079597e2c83aa726be6477345f8e4149c1353124c0383e149ce95844a83d9115','2e6043fc8ad399723fc48c5ac5f0a687f9e220497151305383abb5941be4a842');
INSERT INTO "journal" VALUES('eerst-besloten',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','3baa17263f4aa039539d8b6d9f5497fdf0497685b1cd4c9ba054dfd2cfbec26c','df082830c446993bdc9d7220fefff8142581df86e76de55355093ed42824ae31');
INSERT INTO "journal" VALUES('eerst-besloten',4,'milestone-moved','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"milestone":"voorstel","source":"voor","target":"open","trigger":"openen"}','df082830c446993bdc9d7220fefff8142581df86e76de55355093ed42824ae31','543aac82720e27f12133975c2960ce43933aefe084066461bec5d2b5f5f1d32f');
INSERT INTO "journal" VALUES('eerst-geopend',3,'milestone-moved','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"milestone":"voorstel","source":"voor","target":"open","trigger":"openen"}','2e6043fc8ad399723fc48c5ac5f0a687f9e220497151305383abb5941be4a842','e5fc9ba7dca2746b405d66a3ca759584b0adaf1154acb43425ac063c4ce00556');
INSERT INTO "journal" VALUES('eerst-geopend',4,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','e5fc9ba7dca2746b405d66a3ca759584b0adaf1154acb43425ac063c4ce00556','58c8a9da0ceeedc35e5cca6467620633adb863e61db1ef2ecd0d05e55782c032');
INSERT INTO "journal" VALUES('eerst-besloten',5,'decision-recorded','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','543aac82720e27f12133975c2960ce43933aefe084066461bec5d2b5f5f1d32f','0097de2ac955a07d54e7cd2a6dbfadba37b42dfb8436bebb257b9d07c31e044a');
INSERT INTO "journal" VALUES('eerst-geopend',5,'decision-recorded','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','58c8a9da0ceeedc35e5cca6467620633adb863e61db1ef2ecd0d05e55782c032','98c1b05d538c29791a5aad53b28c327d1ab6cf4f0bf890d08c9cf8dda28dbe06');
INSERT INTO "journal" VALUES('eerst-besloten',6,'decision-recorded','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-16','2026-02-16','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"tegen","reference":"minutes","request":"raden","round":1}','0097de2ac955a07d54e7cd2a6dbfadba37b42dfb8436bebb257b9d07c31e044a','f0d5ab7f0b3cfd8df26ddd92e89201279e347f61462c74992629b8a116a27a2a');
INSERT INTO "journal" VALUES('eerst-besloten',7,'milestone-moved','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-16','2026-02-16','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"open","trigger":"opnieuw"}','f0d5ab7f0b3cfd8df26ddd92e89201279e347f61462c74992629b8a116a27a2a','4f59e5b06510f60d950381883a41fdca5ac598537187ef982235758b23fd3839');
INSERT INTO "journal" VALUES('eerst-geopend',6,'decision-recorded','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-09','2026-02-09','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"tegen","reference":"minutes","request":"raden","round":1}','98c1b05d538c29791a5aad53b28c327d1ab6cf4f0bf890d08c9cf8dda28dbe06','216d91d260c9f015b71f20894547bf05738b7c05c1401f98555291d8ac787dba');
INSERT INTO "journal" VALUES('eerst-geopend',7,'milestone-moved','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-16','2026-02-16','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"open","trigger":"opnieuw"}','216d91d260c9f015b71f20894547bf05738b7c05c1401f98555291d8ac787dba','cd34d385c6adc28cae1c0bd6682fbef207c60afb34545ab3d36bcf806f21436d');
INSERT INTO "journal" VALUES('eerst-geopend',8,'decision-recorded','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-16','2026-02-16','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":2}','cd34d385c6adc28cae1c0bd6682fbef207c60afb34545ab3d36bcf806f21436d','bfb395824d0ac9c65ce04449b1c18da56ed0aa5b039677006fcb8e359bfadb0d');
INSERT INTO "journal" VALUES('eerst-besloten',8,'decision-recorded','person-1','secretaris','secretaris','2026-03-02T10:00:00.000000+00:00','2026-03-02','2026-03-02','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":2}','4f59e5b06510f60d950381883a41fdca5ac598537187ef982235758b23fd3839','756e518803febecb2040c6dff69dde168818062bae55c6c5eb40d7c69bb82d29');
INSERT INTO "journal" VALUES('eerst-besloten',9,'decision-recorded','person-1','secretaris','secretaris','2026-03-02T10:00:00.000000+00:00','2026-03-02','2026-03-02','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":2}','756e518803febecb2040c6dff69dde168818062bae55c6c5eb40d7c69bb82d29','41024229ba36a5c65bf16473a0f321ef172cc15b37b9c81ad22d701b05ce2b9f');
INSERT INTO "journal" VALUES('eerst-geopend',9,'decision-recorded','person-1','secretaris','secretaris','2026-03-02T10:00:00.000000+00:00','2026-03-02','2026-03-02','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":2}','bfb395824d0ac9c65ce04449b1c18da56ed0aa5b039677006fcb8e359bfadb0d','c7d1c8c35677f1386e019064d9ab6663f597b5dd98d5bdcc8eff31fbf7e80a1f');
INSERT INTO "journal" VALUES('eerst-geopend',10,'decision-recorded','person-1','secretaris','secretaris','2026-03-02T10:00:00.000000+00:00','2026-03-02','2026-03-02','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":2}','c7d1c8c35677f1386e019064d9ab6663f597b5dd98d5bdcc8eff31fbf7e80a1f','fb96d67cb54bf40da124e619fe5d15b4d33493f5d046cd6e3b5c63e197d85db9');
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
INSERT INTO "milestones" VALUES('eerst-besloten','voorstel','open','2026-02-16','2026-02-16',7,'decided',2,'["open"]','{"voor": "2026-01-05", "open": "2026-02-16"}');
INSERT INTO "milestones" VALUES('eerst-geopend','voorstel','open','2026-02-16','2026-02-16',7,'decided',2,'["open"]','{"voor": "2026-01-05", "open": "2026-02-16"}');
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
INSERT INTO "moves" VALUES('eerst-besloten','voorstel','opnieuw','open','open','2026-02-16','2026-02-16',7,'decided',2,NULL);
INSERT INTO "moves" VALUES('eerst-geopend','voorstel','opnieuw','open','open','2026-02-16','2026-02-16',7,'decided',2,NULL);
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
INSERT INTO "processes" VALUES('eerst-besloten','fbcdedcbfcc5477946e734d170e2cfcac90d557538e36ad2d00067632bf0ac76','2026-01-05','2026-03-02',0,9,'41024229ba36a5c65bf16473a0f321ef172cc15b37b9c81ad22d701b05ce2b9f',9,NULL);
INSERT INTO "processes" VALUES('eerst-geopend','fbcdedcbfcc5477946e734d170e2cfcac90d557538e36ad2d00067632bf0ac76','2026-01-05','2026-03-02',0,10,'fb96d67cb54bf40da124e619fe5d15b4d33493f5d046cd6e3b5c63e197d85db9',10,NULL);
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
INSERT INTO "seats" VALUES('eerst-besloten',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('eerst-geopend',2,'secretaris','','person-1','2026-01-05',NULL);
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
