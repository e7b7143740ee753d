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
INSERT INTO "decisions" VALUES('vooraf','voorstel','raden',1,'oost.raad','voor','for','2026-01-12','2026-01-12',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('vooraf','voorstel','raden',1,'west.raad','voor','for','2026-01-13','2026-01-13',4,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('blijft-open','voorstel','raden',1,'oost.raad','voor','for','2026-01-13','2026-01-13',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('blijft-open','voorstel','raden',1,'west.raad','voor','for','2026-01-13','2026-01-13',4,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('vooraf','voorstel','raden',1,'zuid.raad','voor','for','2026-01-19','2026-01-19',5,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('terug','voorstel','raden',1,'oost.raad','voor','for','2026-01-19','2026-01-19',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('vragen','voorstel','raden',1,'oost.raad','voor','for','2026-02-03','2026-02-03',5,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('vragen','voorstel','raden',1,'west.raad','voor','for','2026-02-03','2026-02-03',6,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('vragen','voorstel','raden',1,'zuid.raad','voor','for','2026-02-03','2026-02-03',7,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('blijft-open','voorstel','raden',1,'zuid.raad','voor','for','2026-02-16','2026-02-16',6,NULL,'[]',0,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('76e45edcce6b952588a2ee8b2cc8657756cd232f9cac3790976711942f1c4490','vooraf',1,'{"id":"vooraf","version":1,"title":{"en":"Answers before the first round"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["voor","open","genomen","weg"],"final":{"good":["genomen"],"bad":["weg"]},"slots":["besluit"],"transitions":{"vervroegd":{"from":"voor","to":"genomen","gate":{"slot":"besluit"},"explicit":true},"openen":{"from":"voor","to":"open","opens":"round"},"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}},"stoppen":{"from":["voor","open"],"to":"weg","explicit":true,"permission":"stop"}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["voor","open"],"due":"2026-02-20"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"}}}}}');
INSERT INTO "definitions" VALUES('2fa256bd965c05d03ce516fe4aae3371ee805a3ee9b842b24ea0960025d784ad','terug',1,'{"id":"terug","version":1,"title":{"en":"A round is only opened by going back"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":1,"bodies":["raad","college"]}}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["open","gereed","klaar"],"final":{"good":["klaar"]},"slots":["besluit"],"transitions":{"af":{"from":"open","to":"gereed","gate":{"slot":"besluit"}},"door":{"from":"gereed","to":"klaar","explicit":true},"terug":{"from":"gereed","to":"open","opens":"round"}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"raden":{"of":"oost.raad","instrument":"besluit","in":["open"],"due":"none"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"}}}}}');
INSERT INTO "definitions" VALUES('610810d3149df7b4843bc617d750e443ac0f0bc541d544511cda4f2044e03168','vragen',1,'{"id":"vragen","version":1,"title":{"en":"A task of the round is done before the round"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["voor","open","genomen"],"final":{"good":["genomen"]},"slots":["besluit"],"tasks":{"vragen":{"owner":"secretaris","in":"voor","each":"round","results":{"gesloten":"done"}}},"transitions":{"openen":{"from":"voor","to":"open","opens":"round"},"nemen":{"from":"open","to":"genomen","gate":{"all":[{"slot":"besluit"},{"tasks":"vragen","rule":"all"}]}}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["open"],"due":"none"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"}}}}}');
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
INSERT INTO "journal" VALUES('vooraf',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"vooraf","sha256":"76e45edcce6b952588a2ee8b2cc8657756cd232f9cac3790976711942f1c4490","version":1}','0000000000000000000000000000000000000000000000000000000000000000','2256d2e467c62fcb3a2269239d62aa5c47d0cd3beea852874113630817ef0c09');
INSERT INTO "journal" VALUES('vooraf',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','2256d2e467c62fcb3a2269239d62aa5c47d0cd3beea852874113630817ef0c09','d42132c6af3457f6a9ca47c3396e8b99a8411314ba799805aec5a4a8a9e760f2');
INSERT INTO "journal" VALUES('blijft-open',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"vooraf","sha256":"76e45edcce6b952588a2ee8b2cc8657756cd232f9cac3790976711942f1c4490","version":1}','0000000000000000000000000000000000000000000000000000000000000000','e1eb7f8f244bf7f62388ea05380ae3d3d937ef83e8e76c5eefa77575e60eca90');
INSERT INTO "journal" VALUES('blijft-open',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','e1eb7f8f244bf7f62388ea05380ae3d3d937ef83e8e76c5eefa77575e60eca90','0203c9f7ca181bf53881528e98d2439e04443971a6d7b0d756af867cb2aaf742');
INSERT INTO "journal" VALUES('terug',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"terug","sha256":"2fa256bd965c05d03ce516fe4aae3371ee805a3ee9b842b24ea0960025d784ad","version":1}','0000000000000000000000000000000000000000000000000000000000000000','5ffa8c086237995f7992696107fbeaffd2636e4331335365a1b0c71e36faee5a');
INSERT INTO "journal" VALUES('terug',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','5ffa8c086237995f7992696107fbeaffd2636e4331335365a1b0c71e36faee5a','2bbdd7c5e1dacabf98d4eed477c859f9a31904e0ba2cf272ed2d2f443784a301');
INSERT INTO "journal" VALUES('vragen',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"vragen","sha256":"610810d3149df7b4843bc617d750e443ac0f0bc541d544511cda4f2044e03168","version":1}','0000000000000000000000000000000000000000000000000000000000000000','52252914b2c6b3c22b455d0f11948c1238dc0a289e5eeb4bbd89ff0ec5ae3408');
INSERT INTO "journal" VALUES('vragen',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','52252914b2c6b3c22b455d0f11948c1238dc0a289e5eeb4bbd89ff0ec5ae3408','0f4d9e5c8d10e40d3bed80f9701076c31d2ad4c2b4a9df850daf8c7d45f2d4b5');
INSERT INTO "journal" VALUES('vooraf',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-12T10:00:00.000000+00:00','2026-01-12','2026-01-12','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','d42132c6af3457f6a9ca47c3396e8b99a8411314ba799805aec5a4a8a9e760f2','32715f8d5ebea82f7fca60331afae13e7b843f05d7a7b721f9211736a28ba9c5');
INSERT INTO "journal" VALUES('vooraf',4,'decision-recorded','person-1','secretaris','secretaris','2026-01-13T10:00:00.000000+00:00','2026-01-13','2026-01-13','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','32715f8d5ebea82f7fca60331afae13e7b843f05d7a7b721f9211736a28ba9c5','bc6aa46971f339cc40bf635396bf1d51b3d34f2c454758382c0f527869264bc8');
INSERT INTO "journal" VALUES('blijft-open',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-13T10:00:00.000000+00:00','2026-01-13','2026-01-13','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','0203c9f7ca181bf53881528e98d2439e04443971a6d7b0d756af867cb2aaf742','c21c54f24bcae44959cad31f7b2a58b6f53cff546503188a814d8557399e5658');
INSERT INTO "journal" VALUES('blijft-open',4,'decision-recorded','person-1','secretaris','secretaris','2026-01-13T10:00:00.000000+00:00','2026-01-13','2026-01-13','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','c21c54f24bcae44959cad31f7b2a58b6f53cff546503188a814d8557399e5658','9bcaf1c42db60fae7db2ab06b94f7234b8f5cdc328fdebac660f50cfc8f93999');
INSERT INTO "journal" VALUES('vooraf',5,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','bc6aa46971f339cc40bf635396bf1d51b3d34f2c454758382c0f527869264bc8','d7ffaa2eb1a220479e1a3b411c87ff15467f1bfa0c318de9522a14982c44f7f7');
INSERT INTO "journal" VALUES('terug',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-20T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','2bbdd7c5e1dacabf98d4eed477c859f9a31904e0ba2cf272ed2d2f443784a301','5557558d5a038e703d1e58ca6b955303125166453479f24543b89d12be66c3be');
INSERT INTO "journal" VALUES('vragen',3,'task-reported','person-1','secretaris','secretaris','2026-01-20T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"milestone":"voorstel","reference":"minutes","result":"gesloten","round":0,"subject":"","task":"vragen"}','0f4d9e5c8d10e40d3bed80f9701076c31d2ad4c2b4a9df850daf8c7d45f2d4b5','88e6a10efe82c04f53e99159a143988c8b37d2cec0728e2d0a9aafebb95e4a06');
INSERT INTO "journal" VALUES('vooraf',6,'milestone-moved','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"milestone":"voorstel","source":"voor","target":"open","trigger":"openen"}','d7ffaa2eb1a220479e1a3b411c87ff15467f1bfa0c318de9522a14982c44f7f7','caf0615c96a92ea306aef1693c44aaf7e8beecbabf78a48ec6fadb6ba891a42d');
INSERT INTO "journal" VALUES('vooraf',7,'milestone-moved','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"milestone":"voorstel","source":"open","target":"genomen","trigger":"nemen"}','caf0615c96a92ea306aef1693c44aaf7e8beecbabf78a48ec6fadb6ba891a42d','00d4674bd7813e472a440d073856799b927a46574aab1d5f75cd32da8c49456a');
INSERT INTO "journal" VALUES('blijft-open',5,'milestone-moved','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"milestone":"voorstel","source":"voor","target":"open","trigger":"openen"}','9bcaf1c42db60fae7db2ab06b94f7234b8f5cdc328fdebac660f50cfc8f93999','16c0d4a27c52d81ad1576b2343205baa3d12ff2ffe161a4da925b3214b8a686e');
INSERT INTO "journal" VALUES('vragen',4,'milestone-moved','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"milestone":"voorstel","source":"voor","target":"open","trigger":"openen"}','88e6a10efe82c04f53e99159a143988c8b37d2cec0728e2d0a9aafebb95e4a06','a7d7c39bf2ba33fbfdbbf54f1de3aba23542441281e46876eceb545d4d23a70d');
INSERT INTO "journal" VALUES('vragen',5,'decision-recorded','person-1','secretaris','secretaris','2026-02-03T10:00:00.000000+00:00','2026-02-03','2026-02-03','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','a7d7c39bf2ba33fbfdbbf54f1de3aba23542441281e46876eceb545d4d23a70d','8999dbf15186a951cbc53d32f46e61afe61688cfddbb5522f768a67744f65f78');
INSERT INTO "journal" VALUES('vragen',6,'decision-recorded','person-1','secretaris','secretaris','2026-02-03T10:00:00.000000+00:00','2026-02-03','2026-02-03','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','8999dbf15186a951cbc53d32f46e61afe61688cfddbb5522f768a67744f65f78','9432693956de91519ca04b53241bb749c154a5c28fcb16f4e8d9e4b54d253dd9');
INSERT INTO "journal" VALUES('vragen',7,'decision-recorded','person-1','secretaris','secretaris','2026-02-03T10:00:00.000000+00:00','2026-02-03','2026-02-03','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','9432693956de91519ca04b53241bb749c154a5c28fcb16f4e8d9e4b54d253dd9','0754255ef7cd30f9da1a1e659f83482bb50be0c5f23cd86c111ff1616cdc496e');
INSERT INTO "journal" VALUES('blijft-open',6,'decision-recorded','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-16','2026-02-16','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','16c0d4a27c52d81ad1576b2343205baa3d12ff2ffe161a4da925b3214b8a686e','06b5d0e4f221687132b19b749a4aa5ad8689a17188382d06444ad639f8cdddcc');
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
INSERT INTO "milestones" VALUES('vooraf','voorstel','genomen','2026-02-02','2026-02-02',7,'decided',1,'["voor", "open"]','{"voor": "2026-01-05", "open": "2026-02-02", "genomen": "2026-02-02"}');
INSERT INTO "milestones" VALUES('blijft-open','voorstel','open','2026-02-02','2026-02-02',5,NULL,1,'["voor"]','{"voor": "2026-01-05", "open": "2026-02-02"}');
INSERT INTO "milestones" VALUES('terug','voorstel','open','2026-01-05','',0,NULL,0,'[]','{"open": "2026-01-05"}');
INSERT INTO "milestones" VALUES('vragen','voorstel','open','2026-02-02','2026-02-02',4,NULL,1,'["voor"]','{"voor": "2026-01-05", "open": "2026-02-02"}');
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
INSERT INTO "moves" VALUES('vooraf','voorstel','nemen','open','genomen','2026-02-02','2026-02-02',7,'decided',1,NULL);
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
INSERT INTO "processes" VALUES('vooraf','76e45edcce6b952588a2ee8b2cc8657756cd232f9cac3790976711942f1c4490','2026-01-05','2026-02-02',0,7,'00d4674bd7813e472a440d073856799b927a46574aab1d5f75cd32da8c49456a',7,NULL);
INSERT INTO "processes" VALUES('blijft-open','76e45edcce6b952588a2ee8b2cc8657756cd232f9cac3790976711942f1c4490','2026-01-05','2026-02-16',0,6,'06b5d0e4f221687132b19b749a4aa5ad8689a17188382d06444ad639f8cdddcc',6,NULL);
INSERT INTO "processes" VALUES('terug','2fa256bd965c05d03ce516fe4aae3371ee805a3ee9b842b24ea0960025d784ad','2026-01-05','2026-01-19',0,3,'5557558d5a038e703d1e58ca6b955303125166453479f24543b89d12be66c3be',3,NULL);
INSERT INTO "processes" VALUES('vragen','610810d3149df7b4843bc617d750e443ac0f0bc541d544511cda4f2044e03168','2026-01-05','2026-02-03',0,7,'0754255ef7cd30f9da1a1e659f83482bb50be0c5f23cd86c111ff1616cdc496e',7,NULL);
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
INSERT INTO "seats" VALUES('vooraf',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('blijft-open',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('terug',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('vragen',2,'secretaris','','person-1','2026-01-05',NULL);
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
INSERT INTO "tasks" VALUES('vragen','voorstel','vragen','',0,'gesloten',1,'2026-01-19','2026-01-19',3);
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
