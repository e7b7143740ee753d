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
INSERT INTO "decisions" VALUES('verkenning-samenwerking','motie','raad',1,'dordrecht.raad','aangenomen','for','2019-10-29','2019-10-29',3,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('verkenning-samenwerking','bandbreedte','raad',1,'dordrecht.raad','vastgesteld','for','2020-03-10','2020-03-10',13,NULL,'["aanpassen-gr", "centrumgemeente", "combinatie"]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('verkenning-samenwerking','conferentie-2','trechter',1,'collegeconferentie','bereikt','for','2020-07-03','2020-07-03',18,NULL,'[]',2,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('af3e9995b62f5d2694fd1597d379a33af5fd2f01481ada88dc4858d1c04961f9','verkenning-samenwerking',2,'{"id":"verkenning-samenwerking","version":2,"title":{"nl":"Verkenning samenwerking in de Drechtsteden","en":"Exploring cooperation in the Drechtsteden"},"sources":[{"id":"001","what":{"nl":"brief van het college aan de raad van Dordrecht","en":"letter of the college to the council of Dordrecht"},"date":"2019-11-11"},{"id":"002","what":{"nl":"brief van het college aan de raad van Dordrecht","en":"letter of the college to the council of Dordrecht"},"date":"2020-07-03/2020-10-31"}],"timezone":"Europe/Amsterdam","begins":"2019-10-29","goal":"none","parties":{"define":{"alblasserdam":{"name":"Alblasserdam","kind":"gemeente","code":"GM0482","bodies":["raad","college"],"route":["raad"]},"dordrecht":{"name":"Dordrecht","kind":"gemeente","code":"GM0505","bodies":["raad","college"],"route":["adviescommissie","raad"]},"hardinxveld-giessendam":{"name":"Hardinxveld-Giessendam","kind":"gemeente","code":"GM0523","bodies":["raad","college"],"route":["Ontmoeting","Debat en Besluit"]},"hendrik-ido-ambacht":{"name":"Hendrik-Ido-Ambacht","kind":"gemeente","code":"GM0531","bodies":["raad","college"],"route":["agendacommissie","commissie","raad"]},"papendrecht":{"name":"Papendrecht","kind":"gemeente","code":"GM0590","bodies":["raad","college"],"route":["commissie","raad"]},"sliedrecht":{"name":"Sliedrecht","kind":"gemeente","code":"GM0610","bodies":["raad","college"],"route":["beeldvormend","oordeelsvormend","besluitvormend"]},"zwijndrecht":{"name":"Zwijndrecht","kind":"gemeente","code":"GM0642","bodies":["raad","college"],"route":["carrousel","raad"]}}},"bodies":{"collegeconferentie":{"name":"Conferentie van de colleges van de Drechtsteden"}},"participants":["portefeuillehouders","gemeentesecretarissen"],"roles":{"projectsecretaris":{"may":["advance","replan","record-on-behalf","amend","note","member","party","stop"],"assumed":{"nl":"geen brief noemt wie de administratie voert","en":"no letter names who keeps the records"}},"gemeentesecretaris":{"per":"party","may":["task"]},"college":{"per":"party","may":["task"]},"griffier":{"per":"party","may":["record"]},"lezer":{"may":[]}},"starter":["projectsecretaris"],"instruments":{"motie":{"aangenomen":"for","verworpen":"against","aangehouden":"pending","ingetrokken":"pending"},"vaststelling":{"vastgesteld":"for","gewijzigd-vastgesteld":"for","verworpen":"against","aangehouden":"pending"},"conclusie":{"bereikt":"for","niet-bereikt":"against"}},"structures":{"besluit":{"states":["open","genomen","vervallen"],"final":{"good":["genomen"],"bad":["vervallen"]},"slots":["besluit"],"transitions":{"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}},"laten-vervallen":{"from":"open","to":"vervallen","explicit":true,"permission":"stop"}}},"bijeenkomst":{"states":["gepland","gehouden","vervallen"],"final":{"good":["gehouden"],"bad":["vervallen"]},"slots":["vooraf"],"transitions":{"houden":{"from":"gepland","to":"gehouden","gate":{"slot":"vooraf"}},"afgelasten":{"from":"gepland","to":"vervallen","explicit":true,"permission":"stop"}}}},"milestones":{"motie":{"title":{"nl":"Motie Samenwerking in de Drechtsteden","en":"Motion on cooperation"},"structure":"besluit","requests":{"raad":{"of":"dordrecht.raad","instrument":"motie","in":["open"],"due":"none"}},"tasks":{"verzoek-colleges":{"per":["alblasserdam","hardinxveld-giessendam","hendrik-ido-ambacht","papendrecht","sliedrecht","zwijndrecht"],"owner":"college","results":{"toegezonden":"done"}}},"gates":{"besluit":{"request":"raad","rule":"all","counts":"for"}}},"conferentie-1":{"title":{"nl":"Eerste conferentie","en":"First conference"},"structure":"bijeenkomst","due":{"gehouden":"2020-01"},"gates":{"vooraf":{"milestone":"motie","state":"genomen"}},"tasks":{"gesprek-raad":{"per":["dordrecht"],"owner":"college","arises":{"state":"gehouden"},"due":"2020-02","results":{"gevoerd":"done"}}}},"bandbreedte":{"title":{"nl":"Bandbreedte van Dordrecht","en":"Dordrecht''s bandwidth"},"structure":"besluit","requests":{"raad":{"of":"dordrecht.raad","instrument":"vaststelling","in":["open"],"due":"2020-03","options":{"named_by":"decision"}}},"gates":{"besluit":{"request":"raad","rule":"all","counts":"for"}}},"conferentie-2":{"title":{"nl":"Tweede conferentie","en":"Second conference"},"structure":"bijeenkomst","due":{"gehouden":{"unknown":{"nl":"geen brief noemt de eerste datum; door Covid-19 is zij uitgesteld","en":"no letter gives the first date; Covid-19 put it off"}}},"requests":{"trechter":{"of":"collegeconferentie","instrument":"conclusie","in":["gepland","gehouden"],"due":"none","options":{"within":"bandbreedte/raad","count":2}}},"gates":{"vooraf":{"milestone":"conferentie-1","state":"gehouden"}},"tasks":{"advies-maatwerk":{"owner":"portefeuillehouders","results":{"uitgebracht":"done"}},"informeer-raad":{"per":["dordrecht"],"owner":"college","arises":{"state":"gehouden"},"due":"none","results":{"geinformeerd":"done"}}}},"conferentie-3":{"title":{"nl":"Derde conferentie","en":"Third conference"},"structure":"bijeenkomst","due":{"gehouden":{"target":"end 2020-10"}},"requests":{"voorkeur":{"of":"collegeconferentie","instrument":"conclusie","in":["gepland","gehouden"],"due":"none","options":{"within":"conferentie-2/trechter","count":1}}},"gates":{"vooraf":{"all":[{"milestone":"conferentie-2","state":"gehouden"},{"tasks":"uitwerking","rule":"all"}]}},"tasks":{"uitwerking":{"owner":"gemeentesecretarissen","due":{"before":"conferentie-3.gehouden"},"results":{"gereed":"done"}},"bijeenkomst-raad-college":{"per":["dordrecht"],"owner":"college","arises":{"state":"gehouden"},"due":"none","results":{"gehouden":"done"}},"informeer-raad":{"per":["dordrecht"],"owner":"college","arises":{"state":"gehouden"},"due":"none","results":{"geinformeerd":"done"}}}}},"tasks":{"gesprek-voor-positie":{"per":["dordrecht"],"owner":"college","due":"none","results":{"gevoerd":"done"}},"dialoog-colleges":{"owner":"college","due":{"after":"bandbreedte.genomen"},"results":{"gevoerd":"done"}},"dialoog-raden":{"per":"party","owner":"college","due":{"after":"dialoog-colleges"},"results":{"gevoerd":"done"}},"voorstel-raad":{"per":["dordrecht"],"owner":"college","arises":{"milestone":"conferentie-3","state":"gehouden"},"due":"none","results":{"aangeboden":"done"}}},"unknown":[{"nl":"welke twee varianten op 3 juli 2020 de voorkeur kregen","en":"which two variants were preferred on 3 July 2020"},{"nl":"of en wanneer de derde conferentie is gehouden","en":"whether and when the third conference was held"}]}');
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
INSERT INTO "dues" VALUES('verkenning-samenwerking','conferentie-2.gehouden',16,'2020-07-03','because of Covid-19 it could take place only then','by 2020-07-03','2020-07-03');
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
INSERT INTO "journal" VALUES('verkenning-samenwerking',1,'process-started','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-29','2019-10-29','day',NULL,NULL,'{"definition":"verkenning-samenwerking","reconstruction":true,"sha256":"af3e9995b62f5d2694fd1597d379a33af5fd2f01481ada88dc4858d1c04961f9","version":2}','0000000000000000000000000000000000000000000000000000000000000000','50dde67b5f35b2d2a59b169b23def83a543f656bba7b7f65371492a944e19789');
INSERT INTO "journal" VALUES('verkenning-samenwerking',2,'seat-given','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-29','2019-10-29','day',NULL,NULL,'{"person":"person-1","place":"","role":"projectsecretaris"}','50dde67b5f35b2d2a59b169b23def83a543f656bba7b7f65371492a944e19789','a110c3515fd11b10b00a4900b73962dcc95a509c3e2b7e440ac261d54e4ee29a');
INSERT INTO "journal" VALUES('verkenning-samenwerking',3,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-29','2019-10-29','day','fact:motion','e75ec3d56aa66ea4a5a28ebfb8d6baa5cbf13049dd81a9258b168974291774db','{"body":"dordrecht.raad","milestone":"motie","on_behalf":true,"outcome":"aangenomen","reference":"letter 001","request":"raad","round":1}','a110c3515fd11b10b00a4900b73962dcc95a509c3e2b7e440ac261d54e4ee29a','2e5b0d2fc15350c15d08196884fe0c280096d43fcac447b65437d59815ff4df7');
INSERT INTO "journal" VALUES('verkenning-samenwerking',4,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-29','2019-10-29','day','fact:motion-adopted','de2dc0f51fc466c7a7e13d0f36878084bc50bd5cd1f00f84bd3b890e3d8c72a7','{"milestone":"motie","reference":"letter 001","source":"open","target":"genomen","trigger":"nemen"}','2e5b0d2fc15350c15d08196884fe0c280096d43fcac447b65437d59815ff4df7','777770a6b55ba4d906bd9a4828bcb34f746968a35ff195aea770ee7406f03c0c');
INSERT INTO "journal" VALUES('verkenning-samenwerking',5,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2019-11-11','2019-11-11','by','fact:request-alblasserdam','44f947a0b51b892692c87d7f5712f76a751dcb090a538561ebf279e01cba30e1','{"milestone":"motie","on_behalf":true,"reference":"letter 001","result":"toegezonden","round":0,"subject":"alblasserdam","task":"verzoek-colleges"}','777770a6b55ba4d906bd9a4828bcb34f746968a35ff195aea770ee7406f03c0c','a0032f1a5f918afd55b8972184215ef900048dfb4329d12bd51e9b129c253894');
INSERT INTO "journal" VALUES('verkenning-samenwerking',6,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2019-11-11','2019-11-11','by','fact:request-hardinxveld-giessendam','67262a141faacaf80bada63bb792ea280de7500a100b30b7d76e98d52735dd6e','{"milestone":"motie","on_behalf":true,"reference":"letter 001","result":"toegezonden","round":0,"subject":"hardinxveld-giessendam","task":"verzoek-colleges"}','a0032f1a5f918afd55b8972184215ef900048dfb4329d12bd51e9b129c253894','cc678d2e149cb709ad73ddbb7677a174519b0a4157446e2cb80ed8b899ecde3b');
INSERT INTO "journal" VALUES('verkenning-samenwerking',7,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2019-11-11','2019-11-11','by','fact:request-hendrik-ido-ambacht','537beac2fb999cb74f2bb67bbadf17d3d460a2dee808466f9888f2bdda478eaa','{"milestone":"motie","on_behalf":true,"reference":"letter 001","result":"toegezonden","round":0,"subject":"hendrik-ido-ambacht","task":"verzoek-colleges"}','cc678d2e149cb709ad73ddbb7677a174519b0a4157446e2cb80ed8b899ecde3b','6c1cd8b663a7c3b734515063a009b9bd5812b4e7b663472cae3a0141d8f37c73');
INSERT INTO "journal" VALUES('verkenning-samenwerking',8,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2019-11-11','2019-11-11','by','fact:request-papendrecht','0eaa8e677e6525f72e3e50cfc080dc525eeee71cc2dc7a7bce4877e9052fd26f','{"milestone":"motie","on_behalf":true,"reference":"letter 001","result":"toegezonden","round":0,"subject":"papendrecht","task":"verzoek-colleges"}','6c1cd8b663a7c3b734515063a009b9bd5812b4e7b663472cae3a0141d8f37c73','ce12c5cdd189ea257c4a24dd96b5d686d661102f49277e2516306aac4c3abc0d');
INSERT INTO "journal" VALUES('verkenning-samenwerking',9,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2019-11-11','2019-11-11','by','fact:request-sliedrecht','3aab560c5d9c14741fcbdcc616a7fa0538e55a9b6906d17c530ae29c1abc4482','{"milestone":"motie","on_behalf":true,"reference":"letter 001","result":"toegezonden","round":0,"subject":"sliedrecht","task":"verzoek-colleges"}','ce12c5cdd189ea257c4a24dd96b5d686d661102f49277e2516306aac4c3abc0d','a82dbeeeb7f5f07484095d1a27eadc640f7cd5272fdb4d690e774afc60ce82dd');
INSERT INTO "journal" VALUES('verkenning-samenwerking',10,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2019-11-11','2019-11-11','by','fact:request-zwijndrecht','f1d0a3b8b232adb7bf7ec6b90241843b80248324f319c876bd67d209f6ccd167','{"milestone":"motie","on_behalf":true,"reference":"letter 001","result":"toegezonden","round":0,"subject":"zwijndrecht","task":"verzoek-colleges"}','a82dbeeeb7f5f07484095d1a27eadc640f7cd5272fdb4d690e774afc60ce82dd','3841c48e44a2e05721fa91ef8306d31b5849ee8e68f1cfb7a28bdc2fbc9f9353');
INSERT INTO "journal" VALUES('verkenning-samenwerking',11,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-02-14','2020-02-14','day','fact:conference-1','05c1153f389000af021ffe243f45b2055afbd766b0fde3dace3354dc3c5672cd','{"milestone":"conferentie-1","reference":"letter 002","remark":"The talk was asked for January; why it was in February is not recorded.","source":"gepland","target":"gehouden","trigger":"houden"}','3841c48e44a2e05721fa91ef8306d31b5849ee8e68f1cfb7a28bdc2fbc9f9353','2e2a412f8b9dff10708075cb0f5aa6faec823cded5d71d930cb772b187ec9ad2');
INSERT INTO "journal" VALUES('verkenning-samenwerking',12,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-02-18','2020-02-18','day','fact:council-informed-1','af01e8fcf9cfe6b699d782e6331a74908d509ddfae9ef637a8d392536ce972d9','{"milestone":"conferentie-1","on_behalf":true,"reference":"letter 002","result":"gevoerd","round":0,"subject":"dordrecht","task":"gesprek-raad"}','2e2a412f8b9dff10708075cb0f5aa6faec823cded5d71d930cb772b187ec9ad2','06722a09369ca0367a2f7473c36d1d64028736a89eabc6dd724c8bfd4fb5a851');
INSERT INTO "journal" VALUES('verkenning-samenwerking',13,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-03-10','2020-03-10','day','fact:bandwidth','725033015c1d92f7632854980562e840ed4f0c2794bf29a03e0ec6b493a6d872','{"body":"dordrecht.raad","milestone":"bandbreedte","on_behalf":true,"options":["aanpassen-gr","centrumgemeente","combinatie"],"outcome":"vastgesteld","reference":"letter 002","remark":"For Dordrecht; a combination depending on the tasks. The council also asks to go on talking in conferences.","request":"raad","round":1}','06722a09369ca0367a2f7473c36d1d64028736a89eabc6dd724c8bfd4fb5a851','e7c2440c00d42208699f303f52065ed78f88142c16e0201c33e4165f8c036760');
INSERT INTO "journal" VALUES('verkenning-samenwerking',14,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-03-10','2020-03-10','day','fact:bandwidth-set','d33216ce7857538b88339d5e0312268caaee564b9f0ea6653ae1e7996f2d5756','{"milestone":"bandbreedte","reference":"letter 002","source":"open","target":"genomen","trigger":"nemen"}','e7c2440c00d42208699f303f52065ed78f88142c16e0201c33e4165f8c036760','8b32a9b1eccd0accb0b9b01e553b89cbef5452952a1fe4efbd2e860e17f1cf38');
INSERT INTO "journal" VALUES('verkenning-samenwerking',15,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-02-14/2020-07-03','2020-07-03','between','fact:advice-maatwerk','eb1b6f3347916be35fa66b9d29546562cb0a5cf106b4295dc9279b973a51f591','{"milestone":"conferentie-2","on_behalf":true,"reference":"letter 002","remark":"Between the two conferences; the day is not known.","result":"uitgebracht","round":0,"subject":"","task":"advies-maatwerk"}','8b32a9b1eccd0accb0b9b01e553b89cbef5452952a1fe4efbd2e860e17f1cf38','87585c65e471a8ef3708aae1b1e53f9c4420dc7bf05227c07065247661ce1858');
INSERT INTO "journal" VALUES('verkenning-samenwerking',16,'due-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2020-07-03','2020-07-03','by','fact:conference-2-replanned','d303112d02009d1eea751067127bb025b8699be9f5b143f71a414db6d727a956','{"date":"2020-07-03","due":"conferentie-2.gehouden","reason":"because of Covid-19 it could take place only then","reference":"letter 002","remark":"Neither the date before nor the day on which it was put off is known."}','87585c65e471a8ef3708aae1b1e53f9c4420dc7bf05227c07065247661ce1858','008a82550fec248bea8f2f5e47c1db760c767fcb175f3e0d2025acea2510b97a');
INSERT INTO "journal" VALUES('verkenning-samenwerking',17,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-07-03','2020-07-03','day','fact:conference-2','7410192ddcf034631e8d655f2efe6f15392cc4aa2b2085a94b539cd03461a1c6','{"milestone":"conferentie-2","reference":"letter 002","source":"gepland","target":"gehouden","trigger":"houden"}','008a82550fec248bea8f2f5e47c1db760c767fcb175f3e0d2025acea2510b97a','0d28cd659de3159892f9d7b89f61d2bb857815e3dd2af5f3aa50f3667d2a7dde');
INSERT INTO "journal" VALUES('verkenning-samenwerking',18,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-07-03','2020-07-03','day','fact:narrowing','73c6f0b3951c472a6cf5afbc2a5644f23f84a47d3dc5c973a6c1b2af16a67b96','{"body":"collegeconferentie","milestone":"conferentie-2","on_behalf":true,"outcome":"bereikt","reference":"letter 002","remark":"Two preferred variants within the bandwidth, not named; the parties'' reasons and pictures of them differ.","request":"trechter","round":1,"unnamed_options":2}','0d28cd659de3159892f9d7b89f61d2bb857815e3dd2af5f3aa50f3667d2a7dde','b31f3e31fdf6d26bb46784e1d4c11c2563555eee6c506f257da807c417e6e789');
INSERT INTO "journal" VALUES('verkenning-samenwerking',19,'task-reported','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-07-03/2020-10-31','2020-10-31','between','fact:council-informed-2','6f068f7f1111f40b8187f751aa91044c181714f740ebf4864fe11b06f99bb3ab','{"milestone":"conferentie-2","on_behalf":true,"reference":"letter 002","remark":"The letter has no date; it speaks of 3 July as past and of the end of October as to come.","result":"geinformeerd","round":0,"subject":"dordrecht","task":"informeer-raad"}','b31f3e31fdf6d26bb46784e1d4c11c2563555eee6c506f257da807c417e6e789','b042bf5ca640a519319c73b0f82aa66f23db4a1ae830027212349b20a322f3f1');
INSERT INTO "journal" VALUES('verkenning-samenwerking',20,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-10','2020-10-31','month','fact:colleges-agree','654cfc64c4e3a7e27b9b18606cf1ac044b90f426e0ddc08feee0b4cf8786cdcc','{"about":"conferentie-3","note":"The colleges agree; whether in the third conference, and on which variant, is not recorded.","reference":"public sources on the later decision in principle"}','b042bf5ca640a519319c73b0f82aa66f23db4a1ae830027212349b20a322f3f1','856ec795c5e7a7b5daa468344cc01bbebca37691c24c9011f25ff78e7fe11f58');
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
INSERT INTO "milestones" VALUES('verkenning-samenwerking','motie','genomen','2019-10-29','2019-10-29',4,'decided',1,'["open"]','{"open": "2019-10-29", "genomen": "2019-10-29"}');
INSERT INTO "milestones" VALUES('verkenning-samenwerking','conferentie-1','gehouden','2020-02-14','2020-02-14',11,'decided',1,'["gepland"]','{"gepland": "2019-10-29", "gehouden": "2020-02-14"}');
INSERT INTO "milestones" VALUES('verkenning-samenwerking','bandbreedte','genomen','2020-03-10','2020-03-10',14,'decided',1,'["open"]','{"open": "2019-10-29", "genomen": "2020-03-10"}');
INSERT INTO "milestones" VALUES('verkenning-samenwerking','conferentie-2','gehouden','2020-07-03','2020-07-03',17,'decided',1,'["gepland"]','{"gepland": "2019-10-29", "gehouden": "2020-07-03"}');
INSERT INTO "milestones" VALUES('verkenning-samenwerking','conferentie-3','gepland','2019-10-29','',0,NULL,1,'[]','{"gepland": "2019-10-29"}');
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
INSERT INTO "moves" VALUES('verkenning-samenwerking','motie','nemen','open','genomen','2019-10-29','2019-10-29',4,'decided',1,'letter 001');
INSERT INTO "moves" VALUES('verkenning-samenwerking','conferentie-1','houden','gepland','gehouden','2020-02-14','2020-02-14',11,'decided',1,'letter 002');
INSERT INTO "moves" VALUES('verkenning-samenwerking','bandbreedte','nemen','open','genomen','2020-03-10','2020-03-10',14,'decided',1,'letter 002');
INSERT INTO "moves" VALUES('verkenning-samenwerking','conferentie-2','houden','gepland','gehouden','2020-07-03','2020-07-03',17,'decided',1,'letter 002');
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
INSERT INTO "processes" VALUES('verkenning-samenwerking','af3e9995b62f5d2694fd1597d379a33af5fd2f01481ada88dc4858d1c04961f9','2019-10-29','2020-10-31',1,20,'856ec795c5e7a7b5daa468344cc01bbebca37691c24c9011f25ff78e7fe11f58',20,NULL);
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
INSERT INTO "seats" VALUES('verkenning-samenwerking',2,'projectsecretaris','','person-1','2019-10-29',NULL);
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
INSERT INTO "tasks" VALUES('verkenning-samenwerking','motie','verzoek-colleges','alblasserdam',0,'toegezonden',1,'by 2019-11-11','2019-11-11',5);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','motie','verzoek-colleges','hardinxveld-giessendam',0,'toegezonden',1,'by 2019-11-11','2019-11-11',6);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','motie','verzoek-colleges','hendrik-ido-ambacht',0,'toegezonden',1,'by 2019-11-11','2019-11-11',7);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','motie','verzoek-colleges','papendrecht',0,'toegezonden',1,'by 2019-11-11','2019-11-11',8);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','motie','verzoek-colleges','sliedrecht',0,'toegezonden',1,'by 2019-11-11','2019-11-11',9);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','motie','verzoek-colleges','zwijndrecht',0,'toegezonden',1,'by 2019-11-11','2019-11-11',10);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','conferentie-1','gesprek-raad','dordrecht',0,'gevoerd',1,'2020-02-18','2020-02-18',12);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','conferentie-2','advies-maatwerk','',0,'uitgebracht',1,'2020-02-14/2020-07-03','2020-07-03',15);
INSERT INTO "tasks" VALUES('verkenning-samenwerking','conferentie-2','informeer-raad','dordrecht',0,'geinformeerd',1,'2020-07-03/2020-10-31','2020-10-31',19);
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
