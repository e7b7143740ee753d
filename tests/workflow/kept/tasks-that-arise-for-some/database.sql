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
INSERT INTO "decisions" VALUES('reacties','voorstel','raden',1,'oost.raad','voor','for','2026-01-19','2026-01-19',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('reacties','voorstel','raden',1,'west.raad','tegen','against','2026-01-20','2026-01-20',4,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('reacties','voorstel','raden',1,'zuid.raad','neutraal','answered','2026-01-21','2026-01-21',5,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('begroting','begroting','zienswijzen',1,'oost.raad','zienswijze','answered','2026-02-16','2026-02-16',4,NULL,'[]',0,'["the debt is too high"]','[]',0);
INSERT INTO "decisions" VALUES('begroting','begroting','zienswijzen',1,'west.raad','ziet-af','answered','2026-02-17','2026-02-17',5,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('begroting','begroting','zienswijzen',1,'zuid.raad','zienswijze','answered','2026-02-18','2026-02-18',6,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('begroting','begroting','vaststelling',1,'algemeen-bestuur','vastgesteld','for','2026-03-09','2026-03-09',8,NULL,'[]',0,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('0f34d9835850c1522ddedd023820bcb5eebe01fdfd1d2bf924bf940bce156f3b','reacties',1,'{"id":"reacties","version":1,"title":{"en":"A reply to who said yes"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"besluit":{"voor":"for","tegen":"against","neutraal":"answered","aangehouden":"pending"}},"structures":{"ronde":{"states":["open","klaar"],"final":{"good":["klaar"]},"slots":["besluit"],"transitions":{"af":{"from":"open","to":"klaar","gate":{"slot":"besluit"}}}}},"milestones":{"voorstel":{"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["open"],"due":"none"}},"tasks":{"reactie":{"per":"party","owner":"secretaris","replies_to":"raden","arises":{"decision":"raden","outcome":"voor"},"due":"none","results":{"verzonden":"done"}}},"gates":{"besluit":{"all":[{"request":"raden","rule":"all","counts":["for","against","answered"]},{"tasks":"reactie"}]}}}}}');
INSERT INTO "definitions" VALUES('382adf3bb9d29567c8f53dfa3aa20a2477ef166e2fa1c6baad419920a86cce6e','begroting',1,'{"id":"begroting","version":1,"title":{"en":"A budget of which two have an opinion"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","weight":3,"bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","weight":2,"bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","weight":2,"bodies":["raad","college"]}}},"bodies":{"algemeen-bestuur":{"name":"Algemeen bestuur","members":{"oost":3,"west":2,"zuid":2},"votes":7,"quorum":4}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","deliverable"]}},"starter":["secretaris"],"instruments":{"zienswijze":{"zienswijze":"answered","ziet-af":"answered","aangehouden":"pending"},"vaststelling":{"vastgesteld":"for","verworpen":"against","aangehouden":"pending"}},"structures":{"begroting":{"states":["ontwerp","bij-de-raden","bij-het-ab","vastgesteld"],"final":{"good":["vastgesteld"]},"slots":["rijp","besluit"],"transitions":{"toezenden":{"from":"ontwerp","to":"bij-de-raden","opens":"round"},"aanbieden":{"from":"bij-de-raden","to":"bij-het-ab","gate":{"slot":"rijp"}},"terug":{"from":"bij-het-ab","to":"ontwerp","explicit":true},"vaststellen":{"from":"bij-het-ab","to":"vastgesteld","gate":{"slot":"besluit"}}}}},"milestones":{"begroting":{"structure":"begroting","requests":{"zienswijzen":{"of":"each raad","instrument":"zienswijze","in":["bij-de-raden"],"due":"2026-02-27"},"vaststelling":{"of":"algemeen-bestuur","instrument":"vaststelling","in":["bij-het-ab"],"due":"2026-03-20"}},"tasks":{"oordeel":{"per":"party","owner":"secretaris","replies_to":"zienswijzen","arises":{"decision":"zienswijzen","outcome":"zienswijze"},"due":{"before":"begroting.vastgesteld"},"results":{"verzonden":"done"}}},"gates":{"rijp":{"request":"zienswijzen","rule":"all","counts":"answered"},"besluit":{"all":[{"request":"vaststelling","rule":"all","counts":"for"},{"tasks":"oordeel"}]}}}}}');
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
INSERT INTO "follow_ups" VALUES('begroting','begroting','zienswijzen',1,'oost.raad','replied',1,'2026-03-10','2026-03-10',9);
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
INSERT INTO "journal" VALUES('reacties',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"reacties","sha256":"0f34d9835850c1522ddedd023820bcb5eebe01fdfd1d2bf924bf940bce156f3b","version":1}','0000000000000000000000000000000000000000000000000000000000000000','bc59b4932323fded76294139b0876346b7976363cba456a20c678912f9e81a62');
INSERT INTO "journal" VALUES('reacties',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','bc59b4932323fded76294139b0876346b7976363cba456a20c678912f9e81a62','b30b0552de92ba077e6158f3884913cbfe6501cd15f5bb9582a5ac7769ddcd9a');
INSERT INTO "journal" VALUES('begroting',1,'process-started','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"begroting","sha256":"382adf3bb9d29567c8f53dfa3aa20a2477ef166e2fa1c6baad419920a86cce6e","version":1}','0000000000000000000000000000000000000000000000000000000000000000','57601dc048c37a8882e313ace05c96eb745945054792d985f3e288bdcdc832f7');
INSERT INTO "journal" VALUES('begroting',2,'seat-given','person-1','starter','secretaris','2026-01-05T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','57601dc048c37a8882e313ace05c96eb745945054792d985f3e288bdcdc832f7','16cddd4b87b2c056dd9b4b6cf0de06112365305d4431bc3b0655384e9fc64cbc');
INSERT INTO "journal" VALUES('reacties',3,'decision-recorded','person-1','secretaris','secretaris','2026-01-19T10:00:00.000000+00:00','2026-01-19','2026-01-19','day',NULL,NULL,'{"body":"oost.raad","milestone":"voorstel","on_behalf":true,"outcome":"voor","reference":"minutes","request":"raden","round":1}','b30b0552de92ba077e6158f3884913cbfe6501cd15f5bb9582a5ac7769ddcd9a','436c8a66ccd4da3b76fe988cbd48bde5ba3bb71537e22268201244e6f827c165');
INSERT INTO "journal" VALUES('reacties',4,'decision-recorded','person-1','secretaris','secretaris','2026-01-20T10:00:00.000000+00:00','2026-01-20','2026-01-20','day',NULL,NULL,'{"body":"west.raad","milestone":"voorstel","on_behalf":true,"outcome":"tegen","reference":"minutes","request":"raden","round":1}','436c8a66ccd4da3b76fe988cbd48bde5ba3bb71537e22268201244e6f827c165','1b985ec59e49ed6f3349e461cb5c9660ff886e3abe99c5bef7f232f54c0742d9');
INSERT INTO "journal" VALUES('reacties',5,'decision-recorded','person-1','secretaris','secretaris','2026-01-21T10:00:00.000000+00:00','2026-01-21','2026-01-21','day',NULL,NULL,'{"body":"zuid.raad","milestone":"voorstel","on_behalf":true,"outcome":"neutraal","reference":"minutes","request":"raden","round":1}','1b985ec59e49ed6f3349e461cb5c9660ff886e3abe99c5bef7f232f54c0742d9','150eb72320a9ffefb067ddb8fd373fc8fac38ba6ee3e802e666eeb77019f3f34');
INSERT INTO "journal" VALUES('reacties',6,'task-reported','person-1','secretaris','secretaris','2026-01-26T10:00:00.000000+00:00','2026-01-26','2026-01-26','day',NULL,NULL,'{"milestone":"voorstel","reference":"letter","result":"verzonden","round":0,"subject":"oost","task":"reactie"}','150eb72320a9ffefb067ddb8fd373fc8fac38ba6ee3e802e666eeb77019f3f34','c7b1174d14affd26ba141e96b8211c1f435aa6dfb036e4909deb3b903ec61a21');
INSERT INTO "journal" VALUES('begroting',3,'milestone-moved','person-1','secretaris','secretaris','2026-02-02T10:00:00.000000+00:00','2026-02-02','2026-02-02','day',NULL,NULL,'{"milestone":"begroting","source":"ontwerp","target":"bij-de-raden","trigger":"toezenden"}','16cddd4b87b2c056dd9b4b6cf0de06112365305d4431bc3b0655384e9fc64cbc','ebd895ec44021606fb846018db4b67d3da0ba58bcbb1764d0b6dc59b417f7349');
INSERT INTO "journal" VALUES('begroting',4,'decision-recorded','person-1','secretaris','secretaris','2026-02-16T10:00:00.000000+00:00','2026-02-16','2026-02-16','day',NULL,NULL,'{"body":"oost.raad","milestone":"begroting","on_behalf":true,"outcome":"zienswijze","points":["the debt is too high"],"reference":"minutes","request":"zienswijzen","round":1}','ebd895ec44021606fb846018db4b67d3da0ba58bcbb1764d0b6dc59b417f7349','28ac063445bc015f55e940dcb66b4c1e5c26cc4dcf0eb49ae3fc976e49ab5e45');
INSERT INTO "journal" VALUES('begroting',5,'decision-recorded','person-1','secretaris','secretaris','2026-02-17T10:00:00.000000+00:00','2026-02-17','2026-02-17','day',NULL,NULL,'{"body":"west.raad","milestone":"begroting","on_behalf":true,"outcome":"ziet-af","reference":"minutes","request":"zienswijzen","round":1}','28ac063445bc015f55e940dcb66b4c1e5c26cc4dcf0eb49ae3fc976e49ab5e45','dbb3bc8c1afe137acc26a6ae46ffea0c391636024eaecca1d8c28657228bd661');
INSERT INTO "journal" VALUES('begroting',6,'decision-recorded','person-1','secretaris','secretaris','2026-02-18T10:00:00.000000+00:00','2026-02-18','2026-02-18','day',NULL,NULL,'{"body":"zuid.raad","milestone":"begroting","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"zienswijzen","round":1}','dbb3bc8c1afe137acc26a6ae46ffea0c391636024eaecca1d8c28657228bd661','d0559606d2fcb0df1dfae25d289ea44e155397adb802cf1342fc1c531ebcd6d7');
INSERT INTO "journal" VALUES('begroting',7,'milestone-moved','person-1','secretaris','secretaris','2026-03-02T10:00:00.000000+00:00','2026-03-02','2026-03-02','day',NULL,NULL,'{"milestone":"begroting","source":"bij-de-raden","target":"bij-het-ab","trigger":"aanbieden"}','d0559606d2fcb0df1dfae25d289ea44e155397adb802cf1342fc1c531ebcd6d7','c87bdc9e05ce7c006075f2afa06c4d3e6757d1a7c06c5292cf1bdfcc2ce6fccb');
INSERT INTO "journal" VALUES('begroting',8,'decision-recorded','person-1','secretaris','secretaris','2026-03-09T10:00:00.000000+00:00','2026-03-09','2026-03-09','day',NULL,NULL,'{"body":"algemeen-bestuur","milestone":"begroting","on_behalf":true,"outcome":"vastgesteld","reference":"minutes","request":"vaststelling","round":1,"votes":"7-0"}','c87bdc9e05ce7c006075f2afa06c4d3e6757d1a7c06c5292cf1bdfcc2ce6fccb','2ea591e02779735b646588ba25e9ca76673c2a9de0f41b8659938e311ca0e8ce');
INSERT INTO "journal" VALUES('begroting',9,'answer-followed-up','person-1','secretaris','secretaris','2026-03-10T10:00:00.000000+00:00','2026-03-10','2026-03-10','day',NULL,NULL,'{"body":"oost.raad","milestone":"begroting","point":1,"reference":"letter","request":"zienswijzen","round":1,"step":"replied"}','2ea591e02779735b646588ba25e9ca76673c2a9de0f41b8659938e311ca0e8ce','18512085627c4b40fac754bf862b56abc3431c175cfe63aa8f43548b8242c863');
INSERT INTO "journal" VALUES('begroting',10,'task-reported','person-1','secretaris','secretaris','2026-03-10T10:00:00.000000+00:00','2026-03-10','2026-03-10','day',NULL,NULL,'{"milestone":"begroting","reference":"letter","result":"verzonden","round":0,"subject":"oost","task":"oordeel"}','18512085627c4b40fac754bf862b56abc3431c175cfe63aa8f43548b8242c863','a07ce3313b756c69f38f474b9b95fcc1d3d5910313bd3adb60fd4c5c04187914');
INSERT INTO "journal" VALUES('begroting',11,'task-reported','person-1','secretaris','secretaris','2026-03-10T10:00:00.000000+00:00','2026-03-10','2026-03-10','day',NULL,NULL,'{"milestone":"begroting","reference":"letter","result":"verzonden","round":0,"subject":"zuid","task":"oordeel"}','a07ce3313b756c69f38f474b9b95fcc1d3d5910313bd3adb60fd4c5c04187914','55566e05d38685872b3f502808011036bb63fa81ea6f0e766ab1cc3e5acc611e');
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
INSERT INTO "milestones" VALUES('reacties','voorstel','open','2026-01-05','',0,NULL,1,'[]','{"open": "2026-01-05"}');
INSERT INTO "milestones" VALUES('begroting','begroting','bij-het-ab','2026-03-02','2026-03-02',7,'decided',1,'["bij-de-raden"]','{"ontwerp": "2026-01-05", "bij-de-raden": "2026-02-02", "bij-het-ab": "2026-03-02"}');
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
INSERT INTO "moves" VALUES('begroting','begroting','aanbieden','bij-de-raden','bij-het-ab','2026-03-02','2026-03-02',7,'decided',1,NULL);
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
INSERT INTO "processes" VALUES('reacties','0f34d9835850c1522ddedd023820bcb5eebe01fdfd1d2bf924bf940bce156f3b','2026-01-05','2026-01-26',0,6,'c7b1174d14affd26ba141e96b8211c1f435aa6dfb036e4909deb3b903ec61a21',6,NULL);
INSERT INTO "processes" VALUES('begroting','382adf3bb9d29567c8f53dfa3aa20a2477ef166e2fa1c6baad419920a86cce6e','2026-01-05','2026-03-10',0,11,'55566e05d38685872b3f502808011036bb63fa81ea6f0e766ab1cc3e5acc611e',11,NULL);
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
INSERT INTO "seats" VALUES('reacties',2,'secretaris','','person-1','2026-01-05',NULL);
INSERT INTO "seats" VALUES('begroting',2,'secretaris','','person-1','2026-01-05',NULL);
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
INSERT INTO "tasks" VALUES('reacties','voorstel','reactie','oost',0,'verzonden',1,'2026-01-26','2026-01-26',6);
INSERT INTO "tasks" VALUES('begroting','begroting','oordeel','oost',0,'verzonden',1,'2026-03-10','2026-03-10',10);
INSERT INTO "tasks" VALUES('begroting','begroting','oordeel','zuid',0,'verzonden',1,'2026-03-10','2026-03-10',11);
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
