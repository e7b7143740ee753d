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
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'papendrecht.raad','ingestemd','for','2021-01-21/2021-01-26','2021-01-26',9,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'sliedrecht.raad','ingestemd','for','2021-02-10','2021-02-10',14,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','hoofdlijnennotitie','raden',1,'papendrecht.raad','reactie','answered','2021-04-01','2021-04-01',20,NULL,'[]',0,'[]','[]',1);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('088db926ecd4f08d7fbdaf2390d568f4b5d66a0f34077b9c7bac083488be64ad','gr-sociaal-domein',3,'{"id":"gr-sociaal-domein","version":3,"title":{"nl":"Nieuwe GR sociaal domein","en":"New joint arrangement for the social domain"},"sources":[{"id":"003","what":{"nl":"nieuwsbrief aan de raden en de colleges","en":"newsletter to councils and colleges"},"date":"by 2021-02-01"}],"timezone":"Europe/Amsterdam","begins":"2020-11","goal":{"date":"2022-01-01","what":{"nl":"operationeel","en":"operational"}},"parties":{"define":{"alblasserdam":{"name":"Alblasserdam","kind":"gemeente","code":"GM0482","bodies":["raad","college"],"route":["raad"]},"dordrecht":{"name":"Dordrecht","kind":"gemeente","code":"GM0505","bodies":["raad","college"],"route":["adviescommissie","raad"]},"hardinxveld-giessendam":{"name":"Hardinxveld-Giessendam","kind":"gemeente","code":"GM0523","bodies":["raad","college"],"route":["Ontmoeting","Debat en Besluit"]},"hendrik-ido-ambacht":{"name":"Hendrik-Ido-Ambacht","kind":"gemeente","code":"GM0531","bodies":["raad","college"],"route":["agendacommissie","commissie","raad"]},"papendrecht":{"name":"Papendrecht","kind":"gemeente","code":"GM0590","bodies":["raad","college"],"route":["commissie","raad"]},"sliedrecht":{"name":"Sliedrecht","kind":"gemeente","code":"GM0610","bodies":["raad","college"],"route":["beeldvormend","oordeelsvormend","besluitvormend"]},"zwijndrecht":{"name":"Zwijndrecht","kind":"gemeente","code":"GM0642","bodies":["raad","college"],"route":["carrousel","raad"]}}},"groups":{"werkgroep-1":{"name":"unknown"},"werkgroep-2":{"name":"unknown"},"werkgroep-3":{"name":"unknown"},"werkgroep-4":{"name":"unknown"}},"participants":["sociale-dienst-drechtsteden"],"roles":{"stuurgroep":{"may":["advance","replan","stop","task","note"]},"projectsecretaris":{"may":["advance","replan","record-on-behalf","amend","note","member","party"],"assumed":{"nl":"de brief noemt een stuurgroep; dat iemand haar administratie voert, is van ons","en":"the letter has a stuurgroep; that somebody keeps its records is ours"}},"werkgroepleider":{"per":"group","may":["task","deliverable"]},"griffier":{"per":"party","may":["record","task"]},"college":{"per":"party","may":["task"]},"lezer":{"may":[]}},"starter":["projectsecretaris","stuurgroep"],"deliverables":{"hoofdlijnennotitie":{"levels":["leeg","uitgangspunten","leidend","volledig"],"assumed":{"nl":"de brief gebruikt de drie woorden; hun volgorde is van ons","en":"the letter uses the three words; their order is ours"},"parts":{"waarom":{},"wat":{"per":"party"},"hoe-juridisch":{},"hoe-financieel":{}}},"concepttekst":{"levels":["leeg","concept","volledig"],"parts":{"regeling":{},"consequenties":{}}},"definitieve-tekst":{"levels":["leeg","volledig"],"parts":{"regeling":{},"verordeningen":{}}}},"instruments":{"principebesluit":{"ingestemd":"for","gewijzigd-ingestemd":"for","verworpen":"against","aangehouden":"pending","ingetrokken":"pending"},"vaststelling":{"vastgesteld":"for","gewijzigd-vastgesteld":"for","verworpen":"against","aangehouden":"pending","ingetrokken":"pending"},"consultatie":{"reactie":"answered","geen-reactie":"answered"},"toestemming":{"verleend":"for","onthouden":{"counts":"against","needs":"ground"},"aangehouden":"pending"},"treffen":{"besloten":"for","afgewezen":"against"},"onbekend":{"ingestemd":"for","gewijzigd-ingestemd":"for","verworpen":"against","aangehouden":"pending"}},"ladders":{"gewoon":["-28d","-21d","-14d","-7d","-3wd","-1wd","0d",{"after":"3d","every":"7d","times":4,"to":"projectsecretaris"}]},"structures":{"ronde":{"states":["in-voorbereiding","in-route","vastgesteld","aanpassing","beeindigd"],"final":{"good":["vastgesteld"],"bad":["beeindigd"]},"slots":["besluit","verworpen"],"transitions":{"in-route":{"from":"in-voorbereiding","to":"in-route","opens":"round"},"vaststellen":{"from":"in-route","to":"vastgesteld","gate":{"slot":"besluit"}},"aanpassen":{"from":"in-route","to":"aanpassing","gate":{"slot":"verworpen"},"explicit":true},"opnieuw":{"from":"aanpassing","to":"in-route","opens":"round"},"beeindigen":{"from":["in-voorbereiding","in-route","aanpassing"],"to":"beeindigd","explicit":true,"permission":"stop"}}},"mijlpaal":{"states":["gepland","voorbereiding","dialoog","oplevering","in-route","vastgesteld","aanpassing","beeindigd"],"final":{"good":["vastgesteld"],"bad":["beeindigd"]},"slots":["voorganger","rijp","besluit","verworpen"],"tasks":{"ambtelijke-sessie":{"per":"group","owner":"werkgroepleider","in":"dialoog","results":{"gehouden":"done","vervallen":"done"}},"bestuurlijke-sessie":{"owner":"stuurgroep","in":"dialoog","results":{"gehouden":"done"}},"raadsgesprek":{"per":"party","owner":"stuurgroep","in":"dialoog","results":{"aangeboden":"open","gehouden":"done","afgeslagen":"done"}},"technische-vragen":{"per":"party","owner":"griffier","in":"in-route","each":"round","results":{"gesloten":"done"}}},"transitions":{"voorbereiden":{"from":"gepland","to":"voorbereiding"},"dialoog":{"from":"voorbereiding","to":"dialoog"},"opleveren":{"from":"dialoog","to":"oplevering","gate":{"tasks":["ambtelijke-sessie","bestuurlijke-sessie","raadsgesprek"],"rule":"all"}},"in-route":{"from":"oplevering","to":"in-route","opens":"round","gate":{"all":[{"slot":"voorganger"},{"slot":"rijp"}]}},"vaststellen":{"from":"in-route","to":"vastgesteld","gate":{"slot":"besluit"}},"aanpassen":{"from":"in-route","to":"aanpassing","gate":{"slot":"verworpen"},"explicit":true},"opnieuw":{"from":"aanpassing","to":"oplevering"},"beeindigen":{"from":["gepland","voorbereiding","dialoog","oplevering","in-route","aanpassing"],"to":"beeindigd","explicit":true,"permission":"stop"}}},"regeling":{"extends":"mijlpaal","states":{"vastgesteld":["toestemming-compleet","getroffen"]},"final":{"good":["getroffen"]},"slots":["getroffen"],"transitions":{"vaststellen":{"to":"toestemming-compleet"},"treffen":{"from":"toestemming-compleet","to":"getroffen","gate":{"slot":"getroffen"}},"aanpassen":{"from":["in-route","toestemming-compleet"]},"beeindigen":{"from":["gepland","voorbereiding","dialoog","oplevering","in-route","toestemming-compleet","aanpassing"]}}},"inwerking":{"states":["gepland","ondertekend","bekendgemaakt","in-werking","beeindigd"],"final":{"good":["in-werking"],"bad":["beeindigd"]},"slots":["voorganger"],"transitions":{"ondertekenen":{"from":"gepland","to":"ondertekend","gate":{"slot":"voorganger"}},"bekendmaken":{"from":"ondertekend","to":"bekendgemaakt"},"in-werking":{"from":"bekendgemaakt","to":"in-werking","gate":{"date":"goal"}},"beeindigen":{"from":["gepland","ondertekend","bekendgemaakt"],"to":"beeindigd","explicit":true,"permission":"stop"}}}},"milestones":{"principebesluit":{"title":{"nl":"Principebesluit","en":"Decision in principle"},"assumed":{"nl":"de brief behandelt het als een besluit dat ernaast loopt, niet als een van haar drie mijlpalen","en":"the letter treats it as a decision that runs in parallel, not as one of its three milestones"},"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"principebesluit","in":["in-route"],"due":"2021-02","ladder":"gewoon"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}}},"hoofdlijnennotitie":{"title":{"nl":"Hoofdlijnennotitie","en":"Outline memorandum"},"structure":"mijlpaal","due":{"in-route":"2021-03"},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"vaststelling","instrument_for":{"papendrecht":"consultatie"},"text":"hoofdlijnennotitie","in":["in-route"],"due":"2021-04","ladder":"gewoon","after":{"tasks":"technische-vragen","of":"own"}}},"gates":{"voorganger":{"milestone":"principebesluit","state":"vastgesteld","assumed":{"nl":"volgens de brief loopt beide tegelijk; dat er geen stuk rondgaat voordat het principebesluit er is, is van ons","en":"the letter lets both run at the same time; that no paper goes round before the principle is decided is ours"}},"rijp":{"all":[{"part":"hoofdlijnennotitie/waarom","level":"leidend"},{"part":"hoofdlijnennotitie/wat","level":"leidend"},{"part":"hoofdlijnennotitie/hoe-juridisch","level":"uitgangspunten"},{"part":"hoofdlijnennotitie/hoe-financieel","level":"uitgangspunten"}]},"besluit":{"request":"raden","rule":"all","counts":["for","answered"]},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}}},"concepttekst":{"title":{"nl":"Concepttekst GR","en":"Draft text of the arrangement"},"structure":"mijlpaal","due":{"in-route":"2021-05"},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"onbekend","text":"concepttekst","in":["in-route"],"due":"unknown","ladder":"gewoon"}},"gates":{"voorganger":{"milestone":"hoofdlijnennotitie","state":"vastgesteld"},"rijp":{"all":[{"parts":"hoofdlijnennotitie","level":"volledig"},{"parts":"concepttekst","level":"concept"}]},"besluit":{"request":"raden","rule":"all","counts":"for"},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}},"unknown":[{"nl":"wanneer erover besloten wordt","en":"when it is decided"},{"nl":"met welk instrument de raden besluiten","en":"by which instrument the councils decide"}]},"definitieve-tekst":{"title":{"nl":"Definitieve tekst GR en verordeningen","en":"Final text and by-laws"},"structure":"regeling","due":{"in-route":{"by":"2021-08-31"}},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"toestemming","assumed":{"nl":"GR Sociaal is een collegeregeling, dus de raden geven toestemming (Wgr 1.2)","en":"GR Sociaal is a collegeregeling, so the councils give toestemming (Wgr 1.2)"},"text":"definitieve-tekst/regeling","in":["in-route"],"due":"unknown","ladder":"gewoon"},"colleges":{"of":"each college","instrument":"treffen","text":"definitieve-tekst/regeling","in":["in-route","toestemming-compleet"],"due":"unknown","after":{"request":"raden","of":"own","counts":"for"}},"verordeningen":{"of":"each raad","instrument":"onbekend","text":"definitieve-tekst/verordeningen","in":["in-route","toestemming-compleet"],"due":"unknown"}},"gates":{"voorganger":{"milestone":"concepttekst","state":"vastgesteld"},"rijp":{"parts":"definitieve-tekst","level":"volledig"},"besluit":{"request":"raden","rule":"all","counts":"for"},"getroffen":{"request":"colleges","rule":"all","counts":"for"},"verworpen":{"any":[{"request":"raden","rule":{"at_least":1},"counts":"against"},{"request":"colleges","rule":{"at_least":1},"counts":"against"}]}},"unknown":[{"nl":"wanneer de raden en de colleges besluiten","en":"when the councils and the colleges decide"},{"nl":"wiens verordeningen bedoeld zijn, en hoe daarover besloten wordt","en":"whose by-laws the “verordeningen” are, and how they are decided"}]},"inwerkingtreding":{"title":{"nl":"Inwerkingtreding","en":"Entry into force"},"structure":"inwerking","due":{"in-werking":"goal"},"ladder":"gewoon","gates":{"voorganger":{"milestone":"definitieve-tekst","state":"getroffen"}},"unknown":[{"nl":"wie ondertekent","en":"who signs"}]}},"tasks":{"nieuwsbrief":{"owner":"stuurgroep","arises":{"every":"unknown"},"due":"unknown","results":{"verzonden":"done"}},"informeer-raad":{"per":"party","owner":"college","arises":{"event":"replanned"},"due":"none","results":{"verzonden":"done"}}},"unknown":[{"nl":"hoe lang vóór een vergadering de stukken binnen moeten zijn, bij elk van de zeven raden","en":"how long before a meeting papers must be in, for each of the seven councils"}]}');
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
INSERT INTO "journal" VALUES('gr-sociaal-domein',1,'process-started','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"definition":"gr-sociaal-domein","reconstruction":true,"sha256":"088db926ecd4f08d7fbdaf2390d568f4b5d66a0f34077b9c7bac083488be64ad","version":3}','0000000000000000000000000000000000000000000000000000000000000000','764140ed0e7930a3859ebaba73b925a7256c37514fd473f1f30c00acbc1f3bc6');
INSERT INTO "journal" VALUES('gr-sociaal-domein',2,'seat-given','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"person":"person-1","place":"","role":"projectsecretaris"}','764140ed0e7930a3859ebaba73b925a7256c37514fd473f1f30c00acbc1f3bc6','d2e4eaad5273969a578f48c952677c461782f5510e96fa25a224cc709b6574a8');
INSERT INTO "journal" VALUES('gr-sociaal-domein',3,'seat-given','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"person":"person-1","place":"","role":"stuurgroep"}','d2e4eaad5273969a578f48c952677c461782f5510e96fa25a224cc709b6574a8','d6836373675447790ef368f77eb72bae31206968789f34d3c71528ef965722d9');
INSERT INTO "journal" VALUES('gr-sociaal-domein',4,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2020-11-24','2020-11-24','by','fact:principebesluit-in-route','d1c288c4231ad872d0aa0616841b6fb6d5164a155b2fcac23dd74d8c872300fd','{"milestone":"principebesluit","reference":"zwijndrecht.net, 25 November 2020","remark":"Zwijndrecht debates it on 24 November 2020, so it was in route by then.","source":"in-voorbereiding","target":"in-route","trigger":"in-route"}','d6836373675447790ef368f77eb72bae31206968789f34d3c71528ef965722d9','1dc63c7f13a5a9a2002640b7e8117ed975af6e6f7de391f8257f1617441807b2');
INSERT INTO "journal" VALUES('gr-sociaal-domein',5,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11-24','2020-11-24','day','fact:zwijndrecht-debate','1be45c4616d91b81171a9fe77d429e8894e86cbda107b37010368b2790e4b2e3','{"about":["principebesluit","zwijndrecht"],"note":"Zwijndrecht debates the principebesluit; a formal vote was not found.","reference":"zwijndrecht.net, 25 November 2020"}','1dc63c7f13a5a9a2002640b7e8117ed975af6e6f7de391f8257f1617441807b2','56fc1c46d7f8b0213eda0cc3c61460954ee6258fedae5d7585a5a69c28b537dd');
INSERT INTO "journal" VALUES('gr-sociaal-domein',6,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-30','month','fact:work-begun','df5c0938267694d03d6059a20e043764bb5020803d1cc91b3e8d8885f8d84e97','{"note":"Work on the preparation, the dialogue and the formal papers has gone on since November 2020.","reference":"newsletter to councils and colleges (letter 003)"}','56fc1c46d7f8b0213eda0cc3c61460954ee6258fedae5d7585a5a69c28b537dd','00843b3b138d0bd7a243d16df2cd98b269d029d4aeaa29751e265d59f0807857');
INSERT INTO "journal" VALUES('gr-sociaal-domein',7,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-12-14','2020-12-14','day','fact:sliedrecht-beeldvormend','92eb5db1e1d252c39e8f695f5c3a7996e7e0dd96654f25177c6ab8c27dee0a9c','{"about":["principebesluit","sliedrecht"],"note":"Sliedrecht discusses the principebesluit, beeldvormend.","reference":"sliedrecht24.nl, beeldvormende vergadering over toekomstige samenwerking Drechtsteden"}','00843b3b138d0bd7a243d16df2cd98b269d029d4aeaa29751e265d59f0807857','f95bff252e5c10a2cadc50ad21e35d8f106a3c49edb4cd7870581b5750dfabd6');
INSERT INTO "journal" VALUES('gr-sociaal-domein',8,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-01-19','2021-01-19','day','fact:sliedrecht-oordeelsvormend-1','275acc12173578c3675ef1288e3ac9526f10f042bae226a92816bb9826e5e306','{"about":["principebesluit","sliedrecht"],"note":"Sliedrecht discusses the principebesluit, oordeelsvormend.","reference":"public pages on Sliedrecht''s council"}','f95bff252e5c10a2cadc50ad21e35d8f106a3c49edb4cd7870581b5750dfabd6','e43c76a37e214d8d391ed44dd554729b9172572c1401aff7ea695e46029994f6');
INSERT INTO "journal" VALUES('gr-sociaal-domein',9,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-01-21/2021-01-26','2021-01-26','between','fact:papendrecht-principebesluit','7e209f8b0e9eb4b464916261dc525d600f6d6aea4d1d7c7c47a346bf7f1559bc','{"body":"papendrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"raad.papendrecht.nl, terugblik raadsvergadering 21/26 januari 2021","remark":"The meeting of the 21st was resumed on the 26th; on which of the two was voted cannot be told.","request":"raden","round":1,"votes":"unanimous"}','e43c76a37e214d8d391ed44dd554729b9172572c1401aff7ea695e46029994f6','74c704bda1f8f93a474230c51fc1845f7bff25d4cfd5a3659cfecce5f16f8a5e');
INSERT INTO "journal" VALUES('gr-sociaal-domein',10,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-01-21/2021-01-26','2021-01-26','between','fact:papendrecht-motion','feb52785aab40cb4cbce575504147c1d828c189516e4563afd9f625e019f8355','{"about":["principebesluit","papendrecht"],"note":"Papendrecht''s council adopts, 19 to 4, a motion for an advisory commission of councils.","reference":"raad.papendrecht.nl, terugblik raadsvergadering 21/26 januari 2021"}','74c704bda1f8f93a474230c51fc1845f7bff25d4cfd5a3659cfecce5f16f8a5e','f096bfeda5df904437cd1eef50fc5ab300135cc4f6da7a65ceceb7c8af6c427f');
INSERT INTO "journal" VALUES('gr-sociaal-domein',11,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-01-26','2021-01-26','day','fact:sliedrecht-oordeelsvormend-2','b41cbd64cad5225398598c77c52b7e06b36886a6fc57add0985c51a5031a805c','{"about":["principebesluit","sliedrecht"],"note":"Sliedrecht discusses the principebesluit again, oordeelsvormend; the decision is announced for 9 February 2021.","reference":"public pages on Sliedrecht''s council"}','f096bfeda5df904437cd1eef50fc5ab300135cc4f6da7a65ceceb7c8af6c427f','df0a1834ceacaf0dfd9f13c36b9de4b34d81d64f00f350a3fd66bc838d4e9b3b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',12,'task-reported','person-1','stuurgroep','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-02-01','2021-02-01','by','fact:newsletter','dabd106a22140651ce9b685aebf7db3f337a2391ef08e2decade0d90b7d6e4a8','{"milestone":"","reference":"docslib.org document 11194690 (aanbiedingsbrief aan griffiers, 1 februari 2021)","remark":"The newsletter bears no date; its covering letter is of 1 February 2021.","result":"verzonden","round":0,"subject":"","task":"nieuwsbrief"}','df0a1834ceacaf0dfd9f13c36b9de4b34d81d64f00f350a3fd66bc838d4e9b3b','232aaac233510b78f8215c0b9a1864107cdd98100cac186bc492c8b64c64c0b0');
INSERT INTO "journal" VALUES('gr-sociaal-domein',13,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-02-01','2021-02-01','by','fact:hoofdlijnennotitie-prepared','c876dace32fe19235f245305caeec5d7f3eebe0d728abbe99be2042db8536d54','{"milestone":"hoofdlijnennotitie","reference":"newsletter to councils and colleges (letter 003)","remark":"A stuurgroep and four werkgroepen are at work on it.","source":"gepland","target":"voorbereiding","trigger":"voorbereiden"}','232aaac233510b78f8215c0b9a1864107cdd98100cac186bc492c8b64c64c0b0','749add8f733c1310ac485eefef8a85865fcfd4d8f416958a99af6c7f65c0460a');
INSERT INTO "journal" VALUES('gr-sociaal-domein',14,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-10','2021-02-10','day','fact:sliedrecht-principebesluit','3ac3d5e84b981dce5c14b0495151a350281a5ea69d691545456c3de36a98d7e6','{"body":"sliedrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"public pages on Sliedrecht''s council","remark":"One day later than announced.","request":"raden","round":1}','749add8f733c1310ac485eefef8a85865fcfd4d8f416958a99af6c7f65c0460a','07ed7719587aa073966d4f48175ae45e168c61e4c8c71c25b2e616e0e3920794');
INSERT INTO "journal" VALUES('gr-sociaal-domein',15,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:principebesluit-through','31d7e640af9cdb68a68537910915a810e44bf37343d1809a5c509c87dc86ff4a','{"attested":true,"milestone":"principebesluit","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","remark":"Sliedrecht discusses the hoofdlijnennotitie on 16 March 2021, so the principebesluit was through.","source":"in-route","target":"vastgesteld","trigger":"vaststellen"}','07ed7719587aa073966d4f48175ae45e168c61e4c8c71c25b2e616e0e3920794','40863d636bb03a929025e193c0a7efb903d20a1442bfc61515297f1c90aa3406');
INSERT INTO "journal" VALUES('gr-sociaal-domein',16,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:hoofdlijnennotitie-dialogue','7f860a5e5b2ec29e498701fc1a07496c490198c2c5cf4d49ab49f28b87679c69','{"milestone":"hoofdlijnennotitie","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","source":"voorbereiding","target":"dialoog","trigger":"dialoog"}','40863d636bb03a929025e193c0a7efb903d20a1442bfc61515297f1c90aa3406','e939a2d50b3ffc494a54f188a79163f45c71e9558f2ea83e8d940e489a791f33');
INSERT INTO "journal" VALUES('gr-sociaal-domein',17,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:hoofdlijnennotitie-delivered','7d574770915b7b9e29d300b466171daa0ab8329980f001283287f2d0e416ae08','{"attested":true,"milestone":"hoofdlijnennotitie","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","source":"dialoog","target":"oplevering","trigger":"opleveren"}','e939a2d50b3ffc494a54f188a79163f45c71e9558f2ea83e8d940e489a791f33','39bde5d65f96bf25cbf24454bb7c2186e84401a4f1fecf902ed500d3f6e274a1');
INSERT INTO "journal" VALUES('gr-sociaal-domein',18,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:hoofdlijnennotitie-in-route','aa1e881b0505b1ece592220f3f3b78edbd5e323305eeb59fe7d09b0a36b147c6','{"attested":true,"milestone":"hoofdlijnennotitie","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","source":"oplevering","target":"in-route","trigger":"in-route"}','39bde5d65f96bf25cbf24454bb7c2186e84401a4f1fecf902ed500d3f6e274a1','437aa89f94bcafd162204f66b5f870b152664cb928016891b0a908ad58bf369c');
INSERT INTO "journal" VALUES('gr-sociaal-domein',19,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-03-16','2021-03-16','day','fact:sliedrecht-hoofdlijnennotitie','f627be354d1875e9d603d2e97cb6803da44f9e2123ab4180aa6a2c41887dca71','{"about":["hoofdlijnennotitie","sliedrecht"],"note":"Sliedrecht discusses the hoofdlijnennotitie, beeldvormend.","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021"}','437aa89f94bcafd162204f66b5f870b152664cb928016891b0a908ad58bf369c','990ddd984690bc7d89ecd44879603431a59517e794bd4c58899d9432972e05b4');
INSERT INTO "journal" VALUES('gr-sociaal-domein',20,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-04-01','2021-04-01','day','fact:papendrecht-hoofdlijnennotitie','0f91ac26200799c4cfa46238f88b4b302ca91b835f54f282f7bb21f7acb83521','{"body":"papendrecht.raad","milestone":"hoofdlijnennotitie","on_behalf":true,"out_of_order":"no source says whether the technical questions had been closed","outcome":"reactie","reference":"raad.papendrecht.nl, terugblik raadsvergadering 1 april 2021","remark":"Discussed as a consultation, with a reaction to the stuurgroep.","request":"raden","round":1}','990ddd984690bc7d89ecd44879603431a59517e794bd4c58899d9432972e05b4','a703213b10381a3dca8655d9b8abe73b51d32d88309f7cc704f7433f97347119');
INSERT INTO "journal" VALUES('gr-sociaal-domein',21,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-08-30','2021-08-30','by','fact:definitieve-tekst-prepared','e9c71e0e59a3f71f4ed73895d371a5f2504ab300911ba4f7e83c1bfcd4cdfd45','{"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","remark":"Its explanatory memorandum is dated 30 August 2021, which is not the day it went in route.","source":"gepland","target":"voorbereiding","trigger":"voorbereiden"}','a703213b10381a3dca8655d9b8abe73b51d32d88309f7cc704f7433f97347119','0d91e44cb682c9431b58b2bb451be0ed647ff364d2a03d90dec8d65ba338eba8');
INSERT INTO "journal" VALUES('gr-sociaal-domein',22,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:hoofdlijnennotitie-through','55bebcd715da45d18b951b2ebef061f39c90321a9b02d8f7952b394aaadb2460','{"attested":true,"milestone":"hoofdlijnennotitie","reference":"CVDR668607/1 (GR Sociaal)","remark":"The arrangement that builds on it was signed on 2 December 2021; when it was adopted is not known.","source":"in-route","target":"vastgesteld","trigger":"vaststellen"}','0d91e44cb682c9431b58b2bb451be0ed647ff364d2a03d90dec8d65ba338eba8','70c206d95a0c86586e50e082d83935c80daa98bd7b7a97492008acf96e826723');
INSERT INTO "journal" VALUES('gr-sociaal-domein',23,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-prepared','a186973d8bf7d676621aa1d244fe6179b44a4e15ffd7219f36da8d8101609365','{"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"gepland","target":"voorbereiding","trigger":"voorbereiden"}','70c206d95a0c86586e50e082d83935c80daa98bd7b7a97492008acf96e826723','cd6e0b95466d0af0f6c549bc3974ffbb72421d1737d11de8bfc70fb0e41c4dd4');
INSERT INTO "journal" VALUES('gr-sociaal-domein',24,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-dialogue','88e5c641041c7fb773c396eb04d98ad20c9b0c22805878910d7cf13b20d35b7c','{"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"voorbereiding","target":"dialoog","trigger":"dialoog"}','cd6e0b95466d0af0f6c549bc3974ffbb72421d1737d11de8bfc70fb0e41c4dd4','4f2d8f1e0ddc087a3d34c2382d24d174f315003df7247ebc50c9b787629ce78e');
INSERT INTO "journal" VALUES('gr-sociaal-domein',25,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-delivered','da2c994027d55d2e4797df08ea94fc49810f2f1a191eb22a4bb396138cb5f1a1','{"attested":true,"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"dialoog","target":"oplevering","trigger":"opleveren"}','4f2d8f1e0ddc087a3d34c2382d24d174f315003df7247ebc50c9b787629ce78e','456b6de4ee9271f5dede2ac98e04fe7f08504ab2a70a5fb76338c986fadedb8b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',26,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-in-route','5b6a874fdef2fe9fd2d51664c2fbb87832454d7e6265177ffc286bb504c019ec','{"attested":true,"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"oplevering","target":"in-route","trigger":"in-route"}','456b6de4ee9271f5dede2ac98e04fe7f08504ab2a70a5fb76338c986fadedb8b','5bd6029f521bdc44f0f835a97010b3546ecd175687cc259af4ecc8fdb5b52be8');
INSERT INTO "journal" VALUES('gr-sociaal-domein',27,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-through','a14d6007ac6f7762aa52a54b8031df72fae1b28c95856137882663a15dd9611c','{"attested":true,"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"in-route","target":"vastgesteld","trigger":"vaststellen"}','5bd6029f521bdc44f0f835a97010b3546ecd175687cc259af4ecc8fdb5b52be8','7ef167728caecb8568de26a6f8e83a8a7e49c6bb12b18cb5bf9f22f9b2a19a1c');
INSERT INTO "journal" VALUES('gr-sociaal-domein',28,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:definitieve-tekst-dialogue','6ef88959221e9a6dda5a72a6380f9b8ff33226352ac9e9ee12b0c273df3ede01','{"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"voorbereiding","target":"dialoog","trigger":"dialoog"}','7ef167728caecb8568de26a6f8e83a8a7e49c6bb12b18cb5bf9f22f9b2a19a1c','c7fab3ff1ad9e042ae171614a2a3f80b927eae937ccb4928bb0807fb8efa3f3e');
INSERT INTO "journal" VALUES('gr-sociaal-domein',29,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:definitieve-tekst-delivered','67cc2fd7c329f368e61f06da969e004f0be45cb08db762f9c9b696f0c2567d8b','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"dialoog","target":"oplevering","trigger":"opleveren"}','c7fab3ff1ad9e042ae171614a2a3f80b927eae937ccb4928bb0807fb8efa3f3e','15a4f0902f2c805de7992e3d04641463542b3316a53dab8f8b77e6baf9c357c5');
INSERT INTO "journal" VALUES('gr-sociaal-domein',30,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:definitieve-tekst-in-route','a5dbf437fb39ae9d793c28cca2676b389987e2923342d84fa060ac10e25a4ef1','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"oplevering","target":"in-route","trigger":"in-route"}','15a4f0902f2c805de7992e3d04641463542b3316a53dab8f8b77e6baf9c357c5','7bf4571f612f63c5ba87baf0bf8b820d698a8287555d907165ea3eb1cb4ab550');
INSERT INTO "journal" VALUES('gr-sociaal-domein',31,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:toestemming-complete','7a547318dca5a8c0e89aaad881c7a8fe4d2ca6dac153c43b8f11b5483371e8c4','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","remark":"No council''s vote on the toestemming is on record.","source":"in-route","target":"toestemming-compleet","trigger":"vaststellen"}','7bf4571f612f63c5ba87baf0bf8b820d698a8287555d907165ea3eb1cb4ab550','771c0be3150530c52a33ff52a16c4a501520fde8deb0e62d393bbcb3d99efc38');
INSERT INTO "journal" VALUES('gr-sociaal-domein',32,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:getroffen','8267ab34f50a64e5b7cd6d9aad7b853d51b10c3984a16bd7444eac90af6695b4','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"toestemming-compleet","target":"getroffen","trigger":"treffen"}','771c0be3150530c52a33ff52a16c4a501520fde8deb0e62d393bbcb3d99efc38','a946cc2e83cb83bd737b231467e7107c94cb740e1e068981f4634d6811f4c165');
INSERT INTO "journal" VALUES('gr-sociaal-domein',33,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-12-02','2021-12-02','day','fact:signed','7d9d86c30f1a3bee78b17879df499f617373f97107ebcf03f480cc8a358c383b','{"attested":true,"milestone":"inwerkingtreding","reference":"CVDR668607/1 (GR Sociaal)","remark":"GR Sociaal signed; by whom is not recorded here.","source":"gepland","target":"ondertekend","trigger":"ondertekenen"}','a946cc2e83cb83bd737b231467e7107c94cb740e1e068981f4634d6811f4c165','d18802c21a25ef479c6dd2e7f35275251c42e15ec9498173e1ef8f846b27eb43');
INSERT INTO "journal" VALUES('gr-sociaal-domein',34,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','by 2022-01-01','2022-01-01','by','fact:published','5bfbe7f86a1537be5c04de2482f57143ce3bd08163bf179c17413b4d5f245103','{"milestone":"inwerkingtreding","reference":"CVDR668607/1 (GR Sociaal)","remark":"An arrangement does not enter into force before it is published; the day is not known.","source":"ondertekend","target":"bekendgemaakt","trigger":"bekendmaken"}','d18802c21a25ef479c6dd2e7f35275251c42e15ec9498173e1ef8f846b27eb43','1605a3d9dcd6396a5df772205ca2ebfbd2e1dfb57da914515b3664f378881f1b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',35,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2022-01-01','2022-01-01','day','fact:in-force','b0782a9c8fe1509d7872f26e953a1a4152a8f2b8512d70f94535a04f04cedf0b','{"milestone":"inwerkingtreding","reference":"CVDR668607/1 (GR Sociaal)","remark":"The promised date was met.","source":"bekendgemaakt","target":"in-werking","trigger":"in-werking"}','1605a3d9dcd6396a5df772205ca2ebfbd2e1dfb57da914515b3664f378881f1b','9e5d5bbfcf8732a139a6eed03a529b36ac1d735ed8032f36120287de5af555b9');
INSERT INTO "journal" VALUES('gr-sociaal-domein',36,'note-added','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','unknown',NULL,'unknown','fact:principebesluit-confirmed','65f2b7cec3f0a76a0963f8e723fbc41fcc10a453659a1e814adb8043d8a3016d','{"about":"principebesluit","note":"The councils confirmed the principebesluit; of five of them no date is given.","reference":"a public source without a date"}','9e5d5bbfcf8732a139a6eed03a529b36ac1d735ed8032f36120287de5af555b9','d992debfdab60c2b38e5b3b9687b5554b2041895219880176f68a07b9f53a1e1');
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
INSERT INTO "milestones" VALUES('gr-sociaal-domein','principebesluit','vastgesteld','2021-03-16','by 2021-03-16',15,'attested',1,'["in-route"]','{"in-voorbereiding": "2020-11-01", "in-route": "2020-11-24", "vastgesteld": "2021-03-16"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','hoofdlijnennotitie','vastgesteld','2021-12-02','by 2021-12-02',22,'attested',1,'["in-route"]','{"gepland": "2020-11-01", "voorbereiding": "2021-02-01", "dialoog": "2021-03-16", "oplevering": "2021-03-16", "in-route": "2021-03-16", "vastgesteld": "2021-12-02"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','concepttekst','vastgesteld','2021-12-02','by 2021-12-02',27,'attested',1,'["gepland", "voorbereiding", "dialoog", "oplevering", "in-route"]','{"gepland": "2020-11-01", "voorbereiding": "2021-12-02", "dialoog": "2021-12-02", "oplevering": "2021-12-02", "in-route": "2021-12-02", "vastgesteld": "2021-12-02"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','definitieve-tekst','getroffen','2021-12-02','by 2021-12-02',32,'attested',1,'["voorbereiding", "dialoog", "oplevering", "in-route", "toestemming-compleet"]','{"gepland": "2020-11-01", "voorbereiding": "2021-08-30", "dialoog": "2021-12-02", "oplevering": "2021-12-02", "in-route": "2021-12-02", "toestemming-compleet": "2021-12-02", "getroffen": "2021-12-02"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','inwerkingtreding','in-werking','2022-01-01','2022-01-01',35,'decided',1,'["ondertekend", "bekendgemaakt"]','{"gepland": "2020-11-01", "ondertekend": "2021-12-02", "bekendgemaakt": "2022-01-01", "in-werking": "2022-01-01"}');
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
INSERT INTO "moves" VALUES('gr-sociaal-domein','principebesluit','vaststellen','in-route','vastgesteld','by 2021-03-16','2021-03-16',15,'attested',1,'raad.sliedrecht.nl, beeldvormend 16 maart 2021');
INSERT INTO "moves" VALUES('gr-sociaal-domein','hoofdlijnennotitie','opleveren','dialoog','oplevering','by 2021-03-16','2021-03-16',17,'attested',0,'raad.sliedrecht.nl, beeldvormend 16 maart 2021');
INSERT INTO "moves" VALUES('gr-sociaal-domein','hoofdlijnennotitie','in-route','oplevering','in-route','by 2021-03-16','2021-03-16',18,'attested',1,'raad.sliedrecht.nl, beeldvormend 16 maart 2021');
INSERT INTO "moves" VALUES('gr-sociaal-domein','hoofdlijnennotitie','vaststellen','in-route','vastgesteld','by 2021-12-02','2021-12-02',22,'attested',1,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','concepttekst','opleveren','dialoog','oplevering','by 2021-12-02','2021-12-02',25,'attested',0,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','concepttekst','in-route','oplevering','in-route','by 2021-12-02','2021-12-02',26,'attested',1,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','concepttekst','vaststellen','in-route','vastgesteld','by 2021-12-02','2021-12-02',27,'attested',1,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','opleveren','dialoog','oplevering','by 2021-12-02','2021-12-02',29,'attested',0,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','in-route','oplevering','in-route','by 2021-12-02','2021-12-02',30,'attested',1,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','vaststellen','in-route','toestemming-compleet','by 2021-12-02','2021-12-02',31,'attested',1,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','treffen','toestemming-compleet','getroffen','by 2021-12-02','2021-12-02',32,'attested',1,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','inwerkingtreding','ondertekenen','gepland','ondertekend','2021-12-02','2021-12-02',33,'attested',1,'CVDR668607/1 (GR Sociaal)');
INSERT INTO "moves" VALUES('gr-sociaal-domein','inwerkingtreding','in-werking','bekendgemaakt','in-werking','2022-01-01','2022-01-01',35,'decided',1,'CVDR668607/1 (GR Sociaal)');
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
INSERT INTO "processes" VALUES('gr-sociaal-domein','088db926ecd4f08d7fbdaf2390d568f4b5d66a0f34077b9c7bac083488be64ad','2020-11-01','2022-01-01',1,36,'d992debfdab60c2b38e5b3b9687b5554b2041895219880176f68a07b9f53a1e1',36,NULL);
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
INSERT INTO "seats" VALUES('gr-sociaal-domein',2,'projectsecretaris','','person-1','2020-11-01',NULL);
INSERT INTO "seats" VALUES('gr-sociaal-domein',3,'stuurgroep','','person-1','2020-11-01',NULL);
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
INSERT INTO "tasks" VALUES('gr-sociaal-domein','','nieuwsbrief','',0,'verzonden',1,'by 2021-02-01','2021-02-01',12);
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
