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
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','visie','drechtraad',1,'drechtraad','vastgesteld','for','2019-10-01','2019-10-01',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'papendrecht.raad','zienswijze','answered','2020-01-30','2020-01-30',8,NULL,'[]',0,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('86305b84994a297ecbd87c6d13c0870753d67c3c431e7f626705ac585fcf6641','zienswijze-regionale-visie',2,'{"id":"zienswijze-regionale-visie","version":2,"title":{"nl":"Zienswijze regionale visie sociaal domein","en":"Opinions on the regional vision"},"sources":[{"id":"000","what":{"nl":"brief van het Drechtstedenbestuur aan de zeven colleges","en":"letter of the Drechtstedenbestuur to the seven colleges"},"date":"2019-10-09"},{"id":"004","what":{"nl":"niet ondertekend concept van de zienswijze van Dordrecht","en":"unsigned draft of Dordrecht''s zienswijze"},"date":"2020-01-16"}],"timezone":"Europe/Amsterdam","begins":"2019-10-01","goal":"none","parties":{"define":{"alblasserdam":{"name":"Alblasserdam","kind":"gemeente","code":"GM0482","bodies":["raad","college"],"route":["raad"]},"dordrecht":{"name":"Dordrecht","kind":"gemeente","code":"GM0505","bodies":["raad","college"],"route":["adviescommissie","raad"]},"hardinxveld-giessendam":{"name":"Hardinxveld-Giessendam","kind":"gemeente","code":"GM0523","bodies":["raad","college"],"route":["Ontmoeting","Debat en Besluit"]},"hendrik-ido-ambacht":{"name":"Hendrik-Ido-Ambacht","kind":"gemeente","code":"GM0531","bodies":["raad","college"],"route":["agendacommissie","commissie","raad"]},"papendrecht":{"name":"Papendrecht","kind":"gemeente","code":"GM0590","bodies":["raad","college"],"route":["commissie","raad"]},"sliedrecht":{"name":"Sliedrecht","kind":"gemeente","code":"GM0610","bodies":["raad","college"],"route":["beeldvormend","oordeelsvormend","besluitvormend"]},"zwijndrecht":{"name":"Zwijndrecht","kind":"gemeente","code":"GM0642","bodies":["raad","college"],"route":["carrousel","raad"]}}},"bodies":{"drechtraad":{"name":"Drechtraad"},"drechtstedenbestuur":{"name":"Drechtstedenbestuur"}},"roles":{"projectsecretaris":{"may":["advance","replan","record-on-behalf","amend","note","member","party","stop"],"assumed":{"nl":"geen brief noemt wie de administratie voert","en":"no letter names who keeps the records"}},"griffier":{"per":"party","may":["record"]},"lezer":{"may":[]}},"starter":["projectsecretaris"],"instruments":{"vaststelling":{"vastgesteld":"for","gewijzigd-vastgesteld":"for","verworpen":"against","aangehouden":"pending"},"zienswijze":{"zienswijze":"answered","ziet-af":"answered","termijn-verstreken":{"counts":"answered","needs":"past-due"},"aangehouden":"pending"}},"ladders":{"gewoon":["-28d","-14d","-7d","-3wd","-1wd","0d",{"after":"3d","every":"7d","times":3,"to":"projectsecretaris"}]},"structures":{"besluit":{"states":["open","genomen","vervallen"],"final":{"good":["genomen"],"bad":["vervallen"]},"slots":["besluit"],"transitions":{"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}},"laten-vervallen":{"from":"open","to":"vervallen","explicit":true,"permission":"stop"}}},"ronde":{"states":["open","gesloten","vervallen"],"final":{"good":["gesloten"],"bad":["vervallen"]},"slots":["besluit"],"transitions":{"sluiten":{"from":"open","to":"gesloten","gate":{"slot":"besluit"}},"intrekken":{"from":"open","to":"vervallen","explicit":true,"permission":"stop"}}},"plan":{"states":["wacht","opstellen","carrousel","drechtraad","vastgesteld","vervallen"],"final":{"good":["vastgesteld"],"bad":["vervallen"]},"slots":["invoer","besluit","verworpen"],"transitions":{"opstellen":{"from":"wacht","to":"opstellen","gate":{"slot":"invoer"}},"carrousel":{"from":"opstellen","to":"carrousel"},"drechtraad":{"from":"carrousel","to":"drechtraad","opens":"round"},"vaststellen":{"from":"drechtraad","to":"vastgesteld","gate":{"slot":"besluit"}},"terug":{"from":"drechtraad","to":"opstellen","gate":{"slot":"verworpen"},"explicit":true},"laten-vervallen":{"from":["wacht","opstellen","carrousel","drechtraad"],"to":"vervallen","explicit":true,"permission":"stop"}}}},"milestones":{"visie":{"title":{"nl":"Regionale visie","en":"Regional vision"},"structure":"besluit","requests":{"drechtraad":{"of":"drechtraad","instrument":"vaststelling","in":["open"],"due":"none"}},"gates":{"besluit":{"request":"drechtraad","rule":"all","counts":"for"}}},"zienswijzeronde":{"title":{"nl":"Zienswijzen van de raden","en":"Opinions of the councils"},"structure":"ronde","requests":{"raden":{"of":"each raad","via":"each college","instrument":"zienswijze","in":["open"],"due":"2020-02-01","met_by":"receipt","signed_by":["griffier","voorzitter"],"ladder":"gewoon"}},"tasks":{"toelichting":{"per":"party","owner":"drechtstedenbestuur","in":"open","results":{"aangeboden":"open","gegeven":"done","niet-gevraagd":"done"}},"reactie":{"per":"party","replies_to":"raden","owner":"drechtstedenbestuur","arises":{"decision":"raden","outcome":"zienswijze"},"due":"none","results":{"verzonden":"done"}}},"gates":{"besluit":{"any":[{"request":"raden","rule":"all","counts":"answered"},{"past":"zienswijzeronde/raden"}]}}},"uitvoeringsplan":{"title":{"nl":"Regionaal uitvoeringsplan","en":"Regional implementation plan"},"structure":"plan","due":{"drechtraad":{"unknown":{"nl":"de planning is nog niet bekend","en":"the planning is not yet known"},"waits_for":["zienswijzeronde","middelen","taskforce"]}},"requests":{"drechtraad":{"of":"drechtraad","instrument":"vaststelling","in":["drechtraad"],"due":"unknown"}},"tasks":{"middelen":{"owner":"external","results":{"duidelijk":"done"}},"taskforce":{"owner":"external","results":{"uitkomst-bekend":"done"}}},"gates":{"invoer":{"all":[{"milestone":"zienswijzeronde","state":"gesloten"},{"tasks":["middelen","taskforce"],"rule":"all"}]},"besluit":{"request":"drechtraad","rule":"all","counts":"for"},"verworpen":{"request":"drechtraad","rule":"all","counts":"against"}}}},"tasks":{"bijstelling":{"owner":"drechtstedenbestuur","arises":{"every":"year","from":"uitvoeringsplan.vastgesteld","until":"unknown"},"due":"unknown","results":{"gedaan":"done"}},"rapportage":{"owner":"drechtstedenbestuur","arises":{"every":"year","from":"uitvoeringsplan.vastgesteld","until":"unknown"},"due":"unknown","results":{"gedaan":"done"}}},"unknown":[{"nl":"of de raad van Dordrecht zijn zienswijze zo heeft vastgesteld als zij was opgesteld","en":"whether Dordrecht''s council adopted its zienswijze as drafted"},{"nl":"de zienswijzen van de andere vijf raden","en":"the zienswijzen of the other five councils"},{"nl":"hoe lang vóór een vergadering de stukken binnen moeten zijn, bij elk van de zeven raden","en":"how long before a meeting papers must be in, for each of the seven councils"}]}');
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
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',1,'process-started','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day',NULL,NULL,'{"definition":"zienswijze-regionale-visie","reconstruction":true,"sha256":"86305b84994a297ecbd87c6d13c0870753d67c3c431e7f626705ac585fcf6641","version":2}','0000000000000000000000000000000000000000000000000000000000000000','e41af7145b4bd332a858e4d087003cc3c8fa1cf536b8eb1d649c6bc64dccd729');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',2,'seat-given','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day',NULL,NULL,'{"person":"person-1","place":"","role":"projectsecretaris"}','e41af7145b4bd332a858e4d087003cc3c8fa1cf536b8eb1d649c6bc64dccd729','e9ff9fbccce629c552223a0255a48022a743c6b258d2e93c1cb1b86f351937be');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',3,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day','fact:vision','cc31899464ac5f9335a6afa2f2a7c95e1dd8ef4376dc40d5b4e08f59fd94dadf','{"body":"drechtraad","milestone":"visie","on_behalf":true,"outcome":"vastgesteld","reference":"letter 000","remark":"Three opgaven; the councils are asked for a zienswijze.","request":"drechtraad","round":1}','e9ff9fbccce629c552223a0255a48022a743c6b258d2e93c1cb1b86f351937be','052c628e79b556bbc5b96af0c3f11794bf60edab62e0b2aaf8fa0c136f40d1c6');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',4,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day','fact:vision-adopted','0e1f82d97e3ca0417b322949c24cce7e13668d3fb531c47c1ab3e3dac371f445','{"milestone":"visie","reference":"letter 000","source":"open","target":"genomen","trigger":"nemen"}','052c628e79b556bbc5b96af0c3f11794bf60edab62e0b2aaf8fa0c136f40d1c6','ae81414ce6667b10fc1fea44cf361a86059d677e40fca0b072876469b390632f');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',5,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-09','2019-10-09','day','fact:request-sent','5aeea4396a7432e4dc8738178c8baff382e876c2c325db5413a3e1ec51793056','{"about":"zienswijzeronde","note":"The Drechtstedenbestuur asks each municipality, through its college, for a zienswijze by 1 February 2020, and offers an explanation on request.","reference":"letter 000"}','ae81414ce6667b10fc1fea44cf361a86059d677e40fca0b072876469b390632f','85f97a49eaf52163a99e12c820b267254d3eecd10bbd6a8b0e5189b8389de004');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',6,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-11-26','2019-11-26','day','fact:presentation-dordrecht','7254e8369f329e01cb28ee46fa67bb1b0b0925e448ddbb86e46f184c8d40b4a6','{"about":["zienswijzeronde","dordrecht"],"note":"The Sociale Dienst presents the vision in a commission of Dordrecht''s council.","reference":"letter 004"}','85f97a49eaf52163a99e12c820b267254d3eecd10bbd6a8b0e5189b8389de004','820c106b8acd01674aec1fd14840dadbf4638b114e42bad7a89ceba8ca7262fe');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',7,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-16','2020-01-16','day','fact:draft-dordrecht','b0a1b39f97c0e94168c3c668f66838d408a09fe6d4b4c5ee9623181b3144044a','{"about":["zienswijzeronde","dordrecht"],"note":"Draft of Dordrecht''s zienswijze, unsigned; whether it was adopted so is not known.","reference":"letter 004"}','820c106b8acd01674aec1fd14840dadbf4638b114e42bad7a89ceba8ca7262fe','009931c5ba108c36e8e8fef3b1d8028f9ba3c44671753753806876af7b0f66f7');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',8,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-30','2020-01-30','day','fact:papendrecht','29c552e16af6479e6b22a0ffdd100c7083f9c58af634c4acdfd669b9ebe524c8','{"body":"papendrecht.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"raad.papendrecht.nl, terugblik raadsvergadering 30 januari 2020","remark":"The day of sending is not known.","request":"raden","round":1,"votes":"unanimous"}','009931c5ba108c36e8e8fef3b1d8028f9ba3c44671753753806876af7b0f66f7','9e460af5b72bc61c054f66f23d909755fece14f763de50ec0e16c6099dc3a7a0');
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
INSERT INTO "milestones" VALUES('zienswijze-regionale-visie','visie','genomen','2019-10-01','2019-10-01',4,'decided',1,'["open"]','{"open": "2019-10-01", "genomen": "2019-10-01"}');
INSERT INTO "milestones" VALUES('zienswijze-regionale-visie','zienswijzeronde','open','2019-10-01','',0,NULL,1,'[]','{"open": "2019-10-01"}');
INSERT INTO "milestones" VALUES('zienswijze-regionale-visie','uitvoeringsplan','wacht','2019-10-01','',0,NULL,0,'[]','{"wacht": "2019-10-01"}');
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
INSERT INTO "moves" VALUES('zienswijze-regionale-visie','visie','nemen','open','genomen','2019-10-01','2019-10-01',4,'decided',1,'letter 000');
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
INSERT INTO "processes" VALUES('zienswijze-regionale-visie','86305b84994a297ecbd87c6d13c0870753d67c3c431e7f626705ac585fcf6641','2019-10-01','2020-01-30',1,8,'9e460af5b72bc61c054f66f23d909755fece14f763de50ec0e16c6099dc3a7a0',8,NULL);
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
INSERT INTO "seats" VALUES('zienswijze-regionale-visie',2,'projectsecretaris','','person-1','2019-10-01',NULL);
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
