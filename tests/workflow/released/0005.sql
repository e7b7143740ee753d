BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
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
CREATE TABLE calendars (
	sha256 VARCHAR(64) NOT NULL, 
	zone VARCHAR(100) NOT NULL, 
	edition INTEGER NOT NULL, 
	release VARCHAR(100) NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_calendars PRIMARY KEY (sha256), 
	CONSTRAINT ck_calendars_sha256_whole CHECK (length(sha256) = 64)
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
INSERT INTO "decisions" VALUES('rondes','m','raden',1,'a.raad','nee','against','2021-01-18','2021-01-18',4,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('rondes','m','raden',1,'b.raad','ja','for','2021-01-25','2021-01-25',8,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('rondes','m','raden',2,'c.raad','ja','for','2021-01-25','2021-01-25',9,NULL,'[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('regeling','m','colleges',1,'a.college','ja','for','2026-02-03','2026-02-03',3,NULL,'[]',0,'[]','[]',1);
INSERT INTO "decisions" VALUES('regeling','m','colleges',1,'b.college','ja','for','2026-02-03','2026-02-03',4,NULL,'[]',0,'[]','[]',1);
INSERT INTO "decisions" VALUES('regeling','m','colleges',1,'c.college','ja','for','2026-02-03','2026-02-03',5,NULL,'[]',0,'[]','[]',1);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('218e7eeada81c1ede4336f2a7f69dc4bc66c25e002d5b47fd339a3db343021cb','gr-sociaal-domein',2,'{"id":"gr-sociaal-domein","version":2,"title":{"nl":"Nieuwe GR sociaal domein","en":"New joint arrangement for the social domain"},"sources":[{"id":"003","what":"newsletter to councils and colleges","date":"by 2021-02-01"}],"timezone":"Europe/Amsterdam","begins":"2020-11","goal":{"date":"2022-01-01","what":"operationeel"},"parties":{"define":{"alblasserdam":{"name":"Alblasserdam","kind":"gemeente","code":"GM0482","bodies":["raad","college"],"route":["raad"]},"dordrecht":{"name":"Dordrecht","kind":"gemeente","code":"GM0505","bodies":["raad","college"],"route":["adviescommissie","raad"]},"hardinxveld-giessendam":{"name":"Hardinxveld-Giessendam","kind":"gemeente","code":"GM0523","bodies":["raad","college"],"route":["Ontmoeting","Debat en Besluit"]},"hendrik-ido-ambacht":{"name":"Hendrik-Ido-Ambacht","kind":"gemeente","code":"GM0531","bodies":["raad","college"],"route":["agendacommissie","commissie","raad"]},"papendrecht":{"name":"Papendrecht","kind":"gemeente","code":"GM0590","bodies":["raad","college"],"route":["commissie","raad"]},"sliedrecht":{"name":"Sliedrecht","kind":"gemeente","code":"GM0610","bodies":["raad","college"],"route":["beeldvormend","oordeelsvormend","besluitvormend"]},"zwijndrecht":{"name":"Zwijndrecht","kind":"gemeente","code":"GM0642","bodies":["raad","college"],"route":["carrousel","raad"]}}},"groups":{"werkgroep-1":{"name":"unknown"},"werkgroep-2":{"name":"unknown"},"werkgroep-3":{"name":"unknown"},"werkgroep-4":{"name":"unknown"}},"participants":["sociale-dienst-drechtsteden"],"roles":{"stuurgroep":{"may":["advance","replan","stop","task","note"]},"projectsecretaris":{"may":["advance","replan","record-on-behalf","amend","note","member","party"],"assumed":"the letter has a stuurgroep; that somebody keeps its records is ours"},"werkgroepleider":{"per":"group","may":["task","deliverable"]},"griffier":{"per":"party","may":["record","task"]},"college":{"per":"party","may":["task"]},"lezer":{"may":[]}},"starter":["projectsecretaris","stuurgroep"],"deliverables":{"hoofdlijnennotitie":{"levels":["leeg","uitgangspunten","leidend","volledig"],"assumed":"the letter uses the three words; their order is ours","parts":{"waarom":{},"wat":{"per":"party"},"hoe-juridisch":{},"hoe-financieel":{}}},"concepttekst":{"levels":["leeg","concept","volledig"],"parts":{"regeling":{},"consequenties":{}}},"definitieve-tekst":{"levels":["leeg","volledig"],"parts":{"regeling":{},"verordeningen":{}}}},"instruments":{"principebesluit":{"ingestemd":"for","gewijzigd-ingestemd":"for","verworpen":"against","aangehouden":"pending","ingetrokken":"pending"},"vaststelling":{"vastgesteld":"for","gewijzigd-vastgesteld":"for","verworpen":"against","aangehouden":"pending","ingetrokken":"pending"},"consultatie":{"reactie":"answered","geen-reactie":"answered"},"toestemming":{"verleend":"for","onthouden":{"counts":"against","needs":"ground"},"aangehouden":"pending"},"treffen":{"besloten":"for","afgewezen":"against"},"onbekend":{"ingestemd":"for","gewijzigd-ingestemd":"for","verworpen":"against","aangehouden":"pending"}},"ladders":{"gewoon":["-28d","-21d","-14d","-7d","-3wd","-1wd","0d",{"after":"3d","every":"7d","times":4,"to":"projectsecretaris"}]},"structures":{"ronde":{"states":["in-voorbereiding","in-route","vastgesteld","aanpassing","beeindigd"],"final":{"good":["vastgesteld"],"bad":["beeindigd"]},"slots":["besluit","verworpen"],"transitions":{"in-route":{"from":"in-voorbereiding","to":"in-route","opens":"round"},"vaststellen":{"from":"in-route","to":"vastgesteld","gate":{"slot":"besluit"}},"aanpassen":{"from":"in-route","to":"aanpassing","gate":{"slot":"verworpen"},"explicit":true},"opnieuw":{"from":"aanpassing","to":"in-route","opens":"round"},"beeindigen":{"from":["in-voorbereiding","in-route","aanpassing"],"to":"beeindigd","explicit":true,"permission":"stop"}}},"mijlpaal":{"states":["gepland","voorbereiding","dialoog","oplevering","in-route","vastgesteld","aanpassing","beeindigd"],"final":{"good":["vastgesteld"],"bad":["beeindigd"]},"slots":["voorganger","rijp","besluit","verworpen"],"tasks":{"ambtelijke-sessie":{"per":"group","owner":"werkgroepleider","in":"dialoog","results":{"gehouden":"done","vervallen":"done"}},"bestuurlijke-sessie":{"owner":"stuurgroep","in":"dialoog","results":{"gehouden":"done"}},"raadsgesprek":{"per":"party","owner":"stuurgroep","in":"dialoog","results":{"aangeboden":"open","gehouden":"done","afgeslagen":"done"}},"technische-vragen":{"per":"party","owner":"griffier","in":"in-route","each":"round","results":{"gesloten":"done"}}},"transitions":{"voorbereiden":{"from":"gepland","to":"voorbereiding"},"dialoog":{"from":"voorbereiding","to":"dialoog"},"opleveren":{"from":"dialoog","to":"oplevering","gate":{"tasks":["ambtelijke-sessie","bestuurlijke-sessie","raadsgesprek"],"rule":"all"}},"in-route":{"from":"oplevering","to":"in-route","opens":"round","gate":{"all":[{"slot":"voorganger"},{"slot":"rijp"}]}},"vaststellen":{"from":"in-route","to":"vastgesteld","gate":{"slot":"besluit"}},"aanpassen":{"from":"in-route","to":"aanpassing","gate":{"slot":"verworpen"},"explicit":true},"opnieuw":{"from":"aanpassing","to":"oplevering"},"beeindigen":{"from":["gepland","voorbereiding","dialoog","oplevering","in-route","aanpassing"],"to":"beeindigd","explicit":true,"permission":"stop"}}},"regeling":{"extends":"mijlpaal","states":{"vastgesteld":["toestemming-compleet","getroffen"]},"final":{"good":["getroffen"]},"slots":["getroffen"],"transitions":{"vaststellen":{"to":"toestemming-compleet"},"treffen":{"from":"toestemming-compleet","to":"getroffen","gate":{"slot":"getroffen"}},"aanpassen":{"from":["in-route","toestemming-compleet"]},"beeindigen":{"from":["gepland","voorbereiding","dialoog","oplevering","in-route","toestemming-compleet","aanpassing"]}}},"inwerking":{"states":["gepland","ondertekend","bekendgemaakt","in-werking","beeindigd"],"final":{"good":["in-werking"],"bad":["beeindigd"]},"slots":["voorganger"],"transitions":{"ondertekenen":{"from":"gepland","to":"ondertekend","gate":{"slot":"voorganger"}},"bekendmaken":{"from":"ondertekend","to":"bekendgemaakt"},"in-werking":{"from":"bekendgemaakt","to":"in-werking","gate":{"date":"goal"}},"beeindigen":{"from":["gepland","ondertekend","bekendgemaakt"],"to":"beeindigd","explicit":true,"permission":"stop"}}}},"milestones":{"principebesluit":{"title":{"nl":"Principebesluit","en":"Decision in principle"},"assumed":"the letter treats it as a decision that runs in parallel, not as one of its three milestones","structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"principebesluit","in":["in-route"],"due":"2021-02","ladder":"gewoon"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}}},"hoofdlijnennotitie":{"title":{"nl":"Hoofdlijnennotitie","en":"Outline memorandum"},"structure":"mijlpaal","due":{"in-route":"2021-03"},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"vaststelling","instrument_for":{"papendrecht":"consultatie"},"text":"hoofdlijnennotitie","in":["in-route"],"due":"2021-04","ladder":"gewoon","after":{"tasks":"technische-vragen","of":"own"}}},"gates":{"voorganger":{"milestone":"principebesluit","state":"vastgesteld","assumed":"the letter lets both run at the same time; that no paper goes round before the principle is decided is ours"},"rijp":{"all":[{"part":"hoofdlijnennotitie/waarom","level":"leidend"},{"part":"hoofdlijnennotitie/wat","level":"leidend"},{"part":"hoofdlijnennotitie/hoe-juridisch","level":"uitgangspunten"},{"part":"hoofdlijnennotitie/hoe-financieel","level":"uitgangspunten"}]},"besluit":{"request":"raden","rule":"all","counts":["for","answered"]},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}}},"concepttekst":{"title":{"nl":"Concepttekst GR","en":"Draft text of the arrangement"},"structure":"mijlpaal","due":{"in-route":"2021-05"},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"onbekend","text":"concepttekst","in":["in-route"],"due":"unknown","ladder":"gewoon"}},"gates":{"voorganger":{"milestone":"hoofdlijnennotitie","state":"vastgesteld"},"rijp":{"all":[{"parts":"hoofdlijnennotitie","level":"volledig"},{"parts":"concepttekst","level":"concept"}]},"besluit":{"request":"raden","rule":"all","counts":"for"},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}},"unknown":["when it is decided","by which instrument the councils decide"]},"definitieve-tekst":{"title":{"nl":"Definitieve tekst GR en verordeningen","en":"Final text and by-laws"},"structure":"regeling","due":{"in-route":{"by":"2021-08-31"}},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"toestemming","assumed":"GR Sociaal is a collegeregeling, so the councils give toestemming (Wgr 1.2)","text":"definitieve-tekst/regeling","in":["in-route"],"due":"unknown","ladder":"gewoon"},"colleges":{"of":"each college","instrument":"treffen","text":"definitieve-tekst/regeling","in":["in-route","toestemming-compleet"],"due":"unknown","after":{"request":"raden","of":"own","counts":"for"}},"verordeningen":{"of":"each raad","instrument":"onbekend","text":"definitieve-tekst/verordeningen","in":["in-route","toestemming-compleet"],"due":"unknown"}},"gates":{"voorganger":{"milestone":"concepttekst","state":"vastgesteld"},"rijp":{"parts":"definitieve-tekst","level":"volledig"},"besluit":{"request":"raden","rule":"all","counts":"for"},"getroffen":{"request":"colleges","rule":"all","counts":"for"},"verworpen":{"any":[{"request":"raden","rule":{"at_least":1},"counts":"against"},{"request":"colleges","rule":{"at_least":1},"counts":"against"}]}},"unknown":["when the councils and the colleges decide","whose by-laws the \"verordeningen\" are, and how they are decided"]},"inwerkingtreding":{"title":{"nl":"Inwerkingtreding","en":"Entry into force"},"structure":"inwerking","due":{"in-werking":"goal"},"ladder":"gewoon","gates":{"voorganger":{"milestone":"definitieve-tekst","state":"getroffen"}},"unknown":["who signs"]}},"tasks":{"nieuwsbrief":{"owner":"stuurgroep","arises":{"every":"unknown"},"due":"unknown","results":{"verzonden":"done"}},"informeer-raad":{"per":"party","owner":"college","arises":{"event":"replanned"},"due":"none","results":{"verzonden":"done"}}}}');
INSERT INTO "definitions" VALUES('7814c2fb990511ba517cb085f394b167c9135ae4ffb60eee3edf8ba5730cc6a2','example',1,'{"id":"example","version":1,"title":{"nl":"Voorbeeld","en":"Example"},"sources":[{"id":"brief","what":"a letter","date":"2021-01-04"}],"timezone":"Europe/Amsterdam","begins":"2021-01-04","goal":{"date":"2022-01-01","what":"in force"},"parties":{"define":{"oost":{"name":"Oost","kind":"gemeente","bodies":["raad","college"]},"west":{"name":"West","kind":"gemeente","bodies":["raad","college"]},"zuid":{"name":"Zuid","kind":"gemeente","bodies":["raad","college"]}}},"groups":{"juristen":{"name":"Juristen"}},"roles":{"secretaris":{"may":["advance","stop","replan","record-on-behalf","task","amend","note","member"]},"griffier":{"per":"party","may":["record","task"]},"trekker":{"per":"group","may":["task","deliverable"]}},"starter":["secretaris"],"deliverables":{"tekst":{"levels":["leeg","concept","volledig"],"parts":{"kern":{},"bijlage":{"per":"party"}}}},"instruments":{"besluit":{"voor":"for","tegen":{"counts":"against","needs":"ground"},"aangehouden":"pending"},"consultatie":{"reactie":"answered"}},"ladders":{"gewoon":["-14d","-3wd","0d",{"after":"3d","every":"7d","times":4,"to":"secretaris"}]},"structures":{"ronde":{"states":["open","in-route","genomen","vervallen"],"final":{"good":["genomen"],"bad":["vervallen"]},"slots":["rijp","besluit"],"tasks":{"overleg":{"per":"group","owner":"trekker","in":"open","results":{"gehouden":"done","uitgesteld":"open"}}},"transitions":{"in-route":{"from":"open","to":"in-route","opens":"round","gate":{"slot":"rijp"}},"nemen":{"from":"in-route","to":"genomen","gate":{"slot":"besluit"}},"stoppen":{"from":["open","in-route"],"to":"vervallen","explicit":true,"permission":"stop"}}}},"milestones":{"voorstel":{"title":{"nl":"Voorstel","en":"Proposal"},"structure":"ronde","due":{"in-route":"2021-06"},"requests":{"raden":{"of":"each raad","instrument":"besluit","text":"tekst/kern","in":["in-route"],"due":"2021-09","ladder":"gewoon"},"colleges":{"of":"each college","instrument":"besluit","in":["in-route"],"after":{"request":"raden","of":"own","counts":"for"}}},"tasks":{"vragen":{"per":"party","owner":"griffier","in":"in-route","each":"round","results":{"gesloten":"done"}}},"gates":{"rijp":{"all":[{"part":"tekst/kern","level":"volledig"},{"tasks":"overleg"}]},"besluit":{"request":"raden","rule":"majority","counts":"for"}}},"slot":{"title":{"nl":"Slot","en":"Close"},"structure":"ronde","due":{"genomen":"goal"},"gates":{"rijp":{"milestone":"voorstel","state":"genomen"},"besluit":{"date":"goal"}}}},"tasks":{"nieuwsbrief":{"owner":"secretaris","arises":{"every":"unknown"},"results":{"verzonden":"done"}},"flyer":{"owner":"external","results":{"verspreid":"done"}}}}');
INSERT INTO "definitions" VALUES('f521d765d684bc82884ffa827892d5d945db453649ac5eeee82147982a778c87','rondes',1,'{"id":"rondes","version":1,"title":{"nl":"Rondes","en":"Rounds"},"timezone":"Europe/Amsterdam","begins":"2021-01-04","goal":"none","parties":{"define":{"a":{"name":"A","kind":"gemeente","bodies":["raad","college"]},"b":{"name":"B","kind":"gemeente","bodies":["raad","college"]},"c":{"name":"C","kind":"gemeente","bodies":["raad","college"]}}},"roles":{"s":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","record"]}},"starter":["s"],"instruments":{"besluit":{"ja":"for","nee":"against","later":"pending"}},"structures":{"x":{"states":["voor","open","bijna","genomen","weg"],"final":{"good":["genomen"],"bad":["weg"]},"slots":["besluit"],"tasks":{"vragen":{"owner":"s","in":["voor","open","bijna"],"each":"round","results":{"gesloten":"done"}}},"transitions":{"vervroegd":{"from":"voor","to":"genomen","gate":{"slot":"besluit"},"explicit":true},"openen":{"from":"voor","to":"open","opens":"round"},"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}},"terug":{"from":"open","to":"bijna","explicit":true},"opnieuw":{"from":"bijna","to":"open","opens":"round"},"stoppen":{"from":["voor","open","bijna"],"to":"weg","explicit":true,"permission":"stop"}}}},"milestones":{"m":{"structure":"x","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["open"],"due":"none"}},"gates":{"besluit":{"all":[{"request":"raden","rule":"all","counts":"for"},{"tasks":"vragen"}]}}}}}');
INSERT INTO "definitions" VALUES('a21b540ac94c6df2e1e555faa5aa7aefffa4b0db1bd635112e006d4def68db52','regeling',1,'{"id":"regeling","version":1,"title":{"nl":"Regeling","en":"Arrangement"},"timezone":"Europe/Amsterdam","begins":"2026-01-05","goal":"none","parties":{"define":{"a":{"name":"A","kind":"gemeente","bodies":["raad","college"]},"b":{"name":"B","kind":"gemeente","bodies":["raad","college"]},"c":{"name":"C","kind":"gemeente","bodies":["raad","college"]}}},"bodies":{"ab":{"name":"AB","members":{"a":6,"b":5,"c":2},"quorum":7}},"roles":{"s":{"may":["advance","stop","replan","record-on-behalf","amend","note","member","party","task","record"]}},"starter":["s"],"instruments":{"besluit":{"ja":"for","nee":"against"}},"structures":{"x":{"states":["open","genomen"],"final":{"good":["genomen"]},"slots":["besluit"],"tasks":{"vragen":{"owner":"s","in":"genomen","results":{"gesloten":"done"}}},"transitions":{"nemen":{"from":"open","to":"genomen","gate":{"slot":"besluit"}}}},"y":{"states":["open","af"],"final":{"good":["af"]},"slots":["klaar"],"transitions":{"sluiten":{"from":"open","to":"af","gate":{"slot":"klaar"}}}}},"milestones":{"m":{"structure":"x","requests":{"raden":{"of":"each raad","instrument":"besluit","in":["open"],"due":"none"},"colleges":{"of":"each college","instrument":"besluit","in":["open"],"due":"none","after":{"request":"raden","of":"own","counts":"for"}}},"tasks":{"afrekening":{"per":"party","owner":"s","arises":{"decision":"raden"},"results":{"betaald":"done"}}},"gates":{"besluit":{"request":"colleges","rule":"all","counts":"for"}}},"n":{"structure":"y","requests":{"bestuur":{"of":"ab","instrument":"besluit","in":["open"],"due":"none"}},"gates":{"klaar":{"milestone":"m","state":"genomen"}}}}}');
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
INSERT INTO "departures" VALUES('regeling','a','2026-03-01','2026-03-01','it joined another region',7);
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
INSERT INTO "dues" VALUES('example','voorstel/raden',6,'2021-09-30','the papers were late','2021-01-04','2021-01-04');
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
INSERT INTO "journal" VALUES('gr-sociaal-domein',1,'process-started','person-1','starter','tester','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"definition":"gr-sociaal-domein","reconstruction":true,"sha256":"218e7eeada81c1ede4336f2a7f69dc4bc66c25e002d5b47fd339a3db343021cb","version":2}','0000000000000000000000000000000000000000000000000000000000000000','a481bce2768caf97e8e1b4c3b1b8dd4ad08296a46cbeb73ca35ff66d655ed39d');
INSERT INTO "journal" VALUES('gr-sociaal-domein',2,'seat-given','person-1','starter','tester','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"person":"person-1","place":"","role":"projectsecretaris"}','a481bce2768caf97e8e1b4c3b1b8dd4ad08296a46cbeb73ca35ff66d655ed39d','00d7e4d5b677a2da0d233b151a7ccf1dedeacf7417d629f2a6a8799ed86137b5');
INSERT INTO "journal" VALUES('gr-sociaal-domein',3,'seat-given','person-1','starter','tester','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"person":"person-1","place":"","role":"stuurgroep"}','00d7e4d5b677a2da0d233b151a7ccf1dedeacf7417d629f2a6a8799ed86137b5','44fe8972f8b5a415bdc6d0486922514d3c71f96ba12018c9d0aac3112fd9baab');
INSERT INTO "journal" VALUES('gr-sociaal-domein',4,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2020-11-24','2020-11-24','by','fact:principebesluit-in-route','d1c288c4231ad872d0aa0616841b6fb6d5164a155b2fcac23dd74d8c872300fd','{"milestone":"principebesluit","reference":"zwijndrecht.net, 25 November 2020","remark":"Zwijndrecht debates it on 24 November 2020, so it was in route by then.","source":"in-voorbereiding","target":"in-route","trigger":"in-route"}','44fe8972f8b5a415bdc6d0486922514d3c71f96ba12018c9d0aac3112fd9baab','037459df19588ced3b7b80301fd4c82dc2166ae4b8801a8dbd07ceff1b177437');
INSERT INTO "journal" VALUES('gr-sociaal-domein',5,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2020-11-24','2020-11-24','day','fact:zwijndrecht-debate','fa0eb7cadeae212142edaa82b6ff15dc100feba400a1fcd3956506fd445fe2f3','{"about":"principebesluit","note":"Zwijndrecht debates the principebesluit; a formal vote was not found.","reference":"zwijndrecht.net, 25 November 2020"}','037459df19588ced3b7b80301fd4c82dc2166ae4b8801a8dbd07ceff1b177437','9d20f997abd71ccccf9a45ad4f7e49700a9c488b541719f409dba42b178dba44');
INSERT INTO "journal" VALUES('gr-sociaal-domein',6,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-30','month','fact:work-begun','df5c0938267694d03d6059a20e043764bb5020803d1cc91b3e8d8885f8d84e97','{"note":"Work on the preparation, the dialogue and the formal papers has gone on since November 2020.","reference":"newsletter to councils and colleges (letter 003)"}','9d20f997abd71ccccf9a45ad4f7e49700a9c488b541719f409dba42b178dba44','2e2900b47d237a1dce5d00b78b6269b3cf0df48f1e7ba44f2f1b95545ef4bc35');
INSERT INTO "journal" VALUES('gr-sociaal-domein',7,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2020-12-14','2020-12-14','day','fact:sliedrecht-beeldvormend','4181a7f6a7386f361127d94ed4c3a25b01149120ff20b13302266f6e1eabf816','{"about":"principebesluit","note":"Sliedrecht discusses the principebesluit, beeldvormend.","reference":"sliedrecht24.nl, beeldvormende vergadering over toekomstige samenwerking Drechtsteden"}','2e2900b47d237a1dce5d00b78b6269b3cf0df48f1e7ba44f2f1b95545ef4bc35','cdbc6c778dc5b4aed552018659659652caff8329c017512aa2909c6faf1e7269');
INSERT INTO "journal" VALUES('gr-sociaal-domein',8,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-01-19','2021-01-19','day','fact:sliedrecht-oordeelsvormend-1','22e3cd5f181528a9b0785f927b8cbdd4e93146711d1389320ae7864e6338384f','{"about":"principebesluit","note":"Sliedrecht discusses the principebesluit, oordeelsvormend.","reference":"public pages on Sliedrecht''s council"}','cdbc6c778dc5b4aed552018659659652caff8329c017512aa2909c6faf1e7269','7af1b44f4abcc93f3ccc9cbf0be7f58472c839d43aaa31dbfc3ce4a94da79d3b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',9,'decision-recorded','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-01-21/2021-01-26','2021-01-26','between','fact:papendrecht-principebesluit','7e209f8b0e9eb4b464916261dc525d600f6d6aea4d1d7c7c47a346bf7f1559bc','{"body":"papendrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"raad.papendrecht.nl, terugblik raadsvergadering 21/26 januari 2021","remark":"The meeting of the 21st was resumed on the 26th; on which of the two was voted cannot be told.","request":"raden","round":1,"votes":"unanimous"}','7af1b44f4abcc93f3ccc9cbf0be7f58472c839d43aaa31dbfc3ce4a94da79d3b','8e7be301e45b535a92c6e9b77d52e92311d10f1f1d307b83c6937cf2148da415');
INSERT INTO "journal" VALUES('gr-sociaal-domein',10,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-01-21/2021-01-26','2021-01-26','between','fact:papendrecht-motion','57d47ac58fe85cfad8835f0cef2728ecf3f50f0bc5403e3687e4426ebf3f00f5','{"about":"principebesluit","note":"Papendrecht''s council adopts, 19 to 4, a motion for an advisory commission of councils.","reference":"raad.papendrecht.nl, terugblik raadsvergadering 21/26 januari 2021"}','8e7be301e45b535a92c6e9b77d52e92311d10f1f1d307b83c6937cf2148da415','ba4551c935c459eaafccbec60330c84fad625d82166f2d0320c94b9ea9189ab7');
INSERT INTO "journal" VALUES('gr-sociaal-domein',11,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-01-26','2021-01-26','day','fact:sliedrecht-oordeelsvormend-2','08888da3dd2940503ee23d711ad30d55e9a986c05f1ccc16966502038ac5cedb','{"about":"principebesluit","note":"Sliedrecht discusses the principebesluit again, oordeelsvormend; the decision is announced for 9 February 2021.","reference":"public pages on Sliedrecht''s council"}','ba4551c935c459eaafccbec60330c84fad625d82166f2d0320c94b9ea9189ab7','87e1f05259e35fbfc9683496d2848226575ade402f966250e54f68396cf1b6dc');
INSERT INTO "journal" VALUES('gr-sociaal-domein',12,'task-reported','person-1','stuurgroep','tester','2022-06-01T10:00:00.000000+00:00','by 2021-02-01','2021-02-01','by','fact:newsletter','dabd106a22140651ce9b685aebf7db3f337a2391ef08e2decade0d90b7d6e4a8','{"milestone":"","reference":"docslib.org document 11194690 (aanbiedingsbrief aan griffiers, 1 februari 2021)","remark":"The newsletter bears no date; its covering letter is of 1 February 2021.","result":"verzonden","round":0,"subject":"","task":"nieuwsbrief"}','87e1f05259e35fbfc9683496d2848226575ade402f966250e54f68396cf1b6dc','d23714bb5d4fdc910ba6b1bb5485a3dfef120d01e6526a956e51a5d738c0ade4');
INSERT INTO "journal" VALUES('gr-sociaal-domein',13,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-02-01','2021-02-01','by','fact:hoofdlijnennotitie-prepared','c876dace32fe19235f245305caeec5d7f3eebe0d728abbe99be2042db8536d54','{"milestone":"hoofdlijnennotitie","reference":"newsletter to councils and colleges (letter 003)","remark":"A stuurgroep and four werkgroepen are at work on it.","source":"gepland","target":"voorbereiding","trigger":"voorbereiden"}','d23714bb5d4fdc910ba6b1bb5485a3dfef120d01e6526a956e51a5d738c0ade4','b787efc655a9bf5d76ca83685c800ebef40af9bc82019a70cd9caef973ef984c');
INSERT INTO "journal" VALUES('gr-sociaal-domein',14,'decision-recorded','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-02-10','2021-02-10','day','fact:sliedrecht-principebesluit','3ac3d5e84b981dce5c14b0495151a350281a5ea69d691545456c3de36a98d7e6','{"body":"sliedrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"public pages on Sliedrecht''s council","remark":"One day later than announced.","request":"raden","round":1}','b787efc655a9bf5d76ca83685c800ebef40af9bc82019a70cd9caef973ef984c','ca21092faca1c467129f5995660e9e213bf36401f189803dd76998057b83331b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',15,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:principebesluit-through','31d7e640af9cdb68a68537910915a810e44bf37343d1809a5c509c87dc86ff4a','{"attested":true,"milestone":"principebesluit","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","remark":"Sliedrecht discusses the hoofdlijnennotitie on 16 March 2021, so the principebesluit was through.","source":"in-route","target":"vastgesteld","trigger":"vaststellen"}','ca21092faca1c467129f5995660e9e213bf36401f189803dd76998057b83331b','fd11b1bdffa549f7e22b28b3c0b09fce96ff5150aff95ccb03b6b4edeb25e542');
INSERT INTO "journal" VALUES('gr-sociaal-domein',16,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:hoofdlijnennotitie-dialogue','7f860a5e5b2ec29e498701fc1a07496c490198c2c5cf4d49ab49f28b87679c69','{"milestone":"hoofdlijnennotitie","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","source":"voorbereiding","target":"dialoog","trigger":"dialoog"}','fd11b1bdffa549f7e22b28b3c0b09fce96ff5150aff95ccb03b6b4edeb25e542','d2ede13ae7b1ef006858fab0ba075d8e20bc2fc3f5c79eaa4ecae30cd5a5cfd6');
INSERT INTO "journal" VALUES('gr-sociaal-domein',17,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:hoofdlijnennotitie-delivered','7d574770915b7b9e29d300b466171daa0ab8329980f001283287f2d0e416ae08','{"attested":true,"milestone":"hoofdlijnennotitie","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","source":"dialoog","target":"oplevering","trigger":"opleveren"}','d2ede13ae7b1ef006858fab0ba075d8e20bc2fc3f5c79eaa4ecae30cd5a5cfd6','e275ab40677846b2493295ac481b163eed1693bd9084e1aa31bb86da901a3864');
INSERT INTO "journal" VALUES('gr-sociaal-domein',18,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-03-16','2021-03-16','by','fact:hoofdlijnennotitie-in-route','aa1e881b0505b1ece592220f3f3b78edbd5e323305eeb59fe7d09b0a36b147c6','{"attested":true,"milestone":"hoofdlijnennotitie","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021","source":"oplevering","target":"in-route","trigger":"in-route"}','e275ab40677846b2493295ac481b163eed1693bd9084e1aa31bb86da901a3864','5d3186c7c8fc32878862bee75e96161656a369629bb4528d8ece2339ac054a94');
INSERT INTO "journal" VALUES('gr-sociaal-domein',19,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-03-16','2021-03-16','day','fact:sliedrecht-hoofdlijnennotitie','93b97e00a2b975f49bc13a7398d065898b0700c878fec0973bcc45f07bb6331e','{"about":"hoofdlijnennotitie","note":"Sliedrecht discusses the hoofdlijnennotitie, beeldvormend.","reference":"raad.sliedrecht.nl, beeldvormend 16 maart 2021"}','5d3186c7c8fc32878862bee75e96161656a369629bb4528d8ece2339ac054a94','59a9c6224ea1450ff934a7d043ab629a00623e9fd1b05d8a24a2bcebd2240d22');
INSERT INTO "journal" VALUES('gr-sociaal-domein',20,'decision-recorded','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-04-01','2021-04-01','day','fact:papendrecht-hoofdlijnennotitie','0f91ac26200799c4cfa46238f88b4b302ca91b835f54f282f7bb21f7acb83521','{"body":"papendrecht.raad","milestone":"hoofdlijnennotitie","on_behalf":true,"out_of_order":"no source says whether the technical questions had been closed","outcome":"reactie","reference":"raad.papendrecht.nl, terugblik raadsvergadering 1 april 2021","remark":"Discussed as a consultation, with a reaction to the stuurgroep.","request":"raden","round":1}','59a9c6224ea1450ff934a7d043ab629a00623e9fd1b05d8a24a2bcebd2240d22','69f7abcee95c7dae510ffcded89c3193981c942f218d412b2535e8b97e8fc613');
INSERT INTO "journal" VALUES('gr-sociaal-domein',21,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-08-30','2021-08-30','by','fact:definitieve-tekst-prepared','e9c71e0e59a3f71f4ed73895d371a5f2504ab300911ba4f7e83c1bfcd4cdfd45','{"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","remark":"Its explanatory memorandum is dated 30 August 2021, which is not the day it went in route.","source":"gepland","target":"voorbereiding","trigger":"voorbereiden"}','69f7abcee95c7dae510ffcded89c3193981c942f218d412b2535e8b97e8fc613','580432a060dc15c8b54d3ff3d350a891dfa455786e3f3bd7a1b6d488c96c618b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',22,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:hoofdlijnennotitie-through','55bebcd715da45d18b951b2ebef061f39c90321a9b02d8f7952b394aaadb2460','{"attested":true,"milestone":"hoofdlijnennotitie","reference":"CVDR668607/1 (GR Sociaal)","remark":"The arrangement that builds on it was signed on 2 December 2021; when it was adopted is not known.","source":"in-route","target":"vastgesteld","trigger":"vaststellen"}','580432a060dc15c8b54d3ff3d350a891dfa455786e3f3bd7a1b6d488c96c618b','bb03ec92077cab19cb5ac196968e523e9a90a2865519078e3833f46b99480aa8');
INSERT INTO "journal" VALUES('gr-sociaal-domein',23,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-prepared','a186973d8bf7d676621aa1d244fe6179b44a4e15ffd7219f36da8d8101609365','{"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"gepland","target":"voorbereiding","trigger":"voorbereiden"}','bb03ec92077cab19cb5ac196968e523e9a90a2865519078e3833f46b99480aa8','04426d544ae79316435a80e5a5486a20eca7be7c82bfa6f6b1cffe523856fb8b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',24,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-dialogue','88e5c641041c7fb773c396eb04d98ad20c9b0c22805878910d7cf13b20d35b7c','{"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"voorbereiding","target":"dialoog","trigger":"dialoog"}','04426d544ae79316435a80e5a5486a20eca7be7c82bfa6f6b1cffe523856fb8b','bbbbdc40d77339e0554454bce7c28cb5d2980e9700086196c0c7a30ea4e8e004');
INSERT INTO "journal" VALUES('gr-sociaal-domein',25,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-delivered','da2c994027d55d2e4797df08ea94fc49810f2f1a191eb22a4bb396138cb5f1a1','{"attested":true,"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"dialoog","target":"oplevering","trigger":"opleveren"}','bbbbdc40d77339e0554454bce7c28cb5d2980e9700086196c0c7a30ea4e8e004','6ad600af20943b156fef1d693f27e682d0e5dcbd01f48281b24d4094b2ffc038');
INSERT INTO "journal" VALUES('gr-sociaal-domein',26,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-in-route','5b6a874fdef2fe9fd2d51664c2fbb87832454d7e6265177ffc286bb504c019ec','{"attested":true,"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"oplevering","target":"in-route","trigger":"in-route"}','6ad600af20943b156fef1d693f27e682d0e5dcbd01f48281b24d4094b2ffc038','751a5f1a755032f72dfea767bd2b4505741b7a1adc6b661e3dd89a47e6ce1d1f');
INSERT INTO "journal" VALUES('gr-sociaal-domein',27,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:concepttekst-through','a14d6007ac6f7762aa52a54b8031df72fae1b28c95856137882663a15dd9611c','{"attested":true,"milestone":"concepttekst","reference":"CVDR668607/1 (GR Sociaal)","source":"in-route","target":"vastgesteld","trigger":"vaststellen"}','751a5f1a755032f72dfea767bd2b4505741b7a1adc6b661e3dd89a47e6ce1d1f','cd1f4ba1f9202b5ff629da6f838ac8541228360ae11b11795b9b2349e77c70a4');
INSERT INTO "journal" VALUES('gr-sociaal-domein',28,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:definitieve-tekst-dialogue','6ef88959221e9a6dda5a72a6380f9b8ff33226352ac9e9ee12b0c273df3ede01','{"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"voorbereiding","target":"dialoog","trigger":"dialoog"}','cd1f4ba1f9202b5ff629da6f838ac8541228360ae11b11795b9b2349e77c70a4','2112272ee1ff1ee45d82ea375ebad4c1004ef556016a24c9485a5f951854058f');
INSERT INTO "journal" VALUES('gr-sociaal-domein',29,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:definitieve-tekst-delivered','67cc2fd7c329f368e61f06da969e004f0be45cb08db762f9c9b696f0c2567d8b','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"dialoog","target":"oplevering","trigger":"opleveren"}','2112272ee1ff1ee45d82ea375ebad4c1004ef556016a24c9485a5f951854058f','94f7d8d6e0bbdc58bc68392a979241eed66f9125a9e523f5a55ce29d49e95873');
INSERT INTO "journal" VALUES('gr-sociaal-domein',30,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:definitieve-tekst-in-route','a5dbf437fb39ae9d793c28cca2676b389987e2923342d84fa060ac10e25a4ef1','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"oplevering","target":"in-route","trigger":"in-route"}','94f7d8d6e0bbdc58bc68392a979241eed66f9125a9e523f5a55ce29d49e95873','aabf37da283a17816fce4056eb738ee435915b34e96439bc5f1a53e0ad26f40f');
INSERT INTO "journal" VALUES('gr-sociaal-domein',31,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:toestemming-complete','7a547318dca5a8c0e89aaad881c7a8fe4d2ca6dac153c43b8f11b5483371e8c4','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","remark":"No council''s vote on the toestemming is on record.","source":"in-route","target":"toestemming-compleet","trigger":"vaststellen"}','aabf37da283a17816fce4056eb738ee435915b34e96439bc5f1a53e0ad26f40f','67f613fd2e366c826411bfa395a8a18f870c59c2c30ccca3173c98ae3637ae93');
INSERT INTO "journal" VALUES('gr-sociaal-domein',32,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2021-12-02','2021-12-02','by','fact:getroffen','8267ab34f50a64e5b7cd6d9aad7b853d51b10c3984a16bd7444eac90af6695b4','{"attested":true,"milestone":"definitieve-tekst","reference":"CVDR668607/1 (GR Sociaal)","source":"toestemming-compleet","target":"getroffen","trigger":"treffen"}','67f613fd2e366c826411bfa395a8a18f870c59c2c30ccca3173c98ae3637ae93','b8f23122190e1c1a2b8930ed8bca45bece8a1bee17bd7a2f6f8361f03541f98f');
INSERT INTO "journal" VALUES('gr-sociaal-domein',33,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2021-12-02','2021-12-02','day','fact:signed','7d9d86c30f1a3bee78b17879df499f617373f97107ebcf03f480cc8a358c383b','{"attested":true,"milestone":"inwerkingtreding","reference":"CVDR668607/1 (GR Sociaal)","remark":"GR Sociaal signed; by whom is not recorded here.","source":"gepland","target":"ondertekend","trigger":"ondertekenen"}','b8f23122190e1c1a2b8930ed8bca45bece8a1bee17bd7a2f6f8361f03541f98f','fdd045a9d1e167fb116fcdcc58859651314c541f66c7ece8669cdbdecd34036a');
INSERT INTO "journal" VALUES('gr-sociaal-domein',34,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','by 2022-01-01','2022-01-01','by','fact:published','5bfbe7f86a1537be5c04de2482f57143ce3bd08163bf179c17413b4d5f245103','{"milestone":"inwerkingtreding","reference":"CVDR668607/1 (GR Sociaal)","remark":"An arrangement does not enter into force before it is published; the day is not known.","source":"ondertekend","target":"bekendgemaakt","trigger":"bekendmaken"}','fdd045a9d1e167fb116fcdcc58859651314c541f66c7ece8669cdbdecd34036a','32a3895fe4cb78e98afa28b5e4653749871bdf406ebbacec12010bb658a7d41c');
INSERT INTO "journal" VALUES('gr-sociaal-domein',35,'milestone-moved','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','2022-01-01','2022-01-01','day','fact:in-force','b0782a9c8fe1509d7872f26e953a1a4152a8f2b8512d70f94535a04f04cedf0b','{"milestone":"inwerkingtreding","reference":"CVDR668607/1 (GR Sociaal)","remark":"The promised date was met.","source":"bekendgemaakt","target":"in-werking","trigger":"in-werking"}','32a3895fe4cb78e98afa28b5e4653749871bdf406ebbacec12010bb658a7d41c','3776c5cc96ca7993e8bd4a94001ec5fdf8b45add2ec2c88a354a436190806fbc');
INSERT INTO "journal" VALUES('gr-sociaal-domein',36,'note-added','person-1','projectsecretaris','tester','2022-06-01T10:00:00.000000+00:00','unknown',NULL,'unknown','fact:principebesluit-confirmed','65f2b7cec3f0a76a0963f8e723fbc41fcc10a453659a1e814adb8043d8a3016d','{"about":"principebesluit","note":"The councils confirmed the principebesluit; of five of them no date is given.","reference":"a public source without a date"}','3776c5cc96ca7993e8bd4a94001ec5fdf8b45add2ec2c88a354a436190806fbc','aa7f094a8f7dfd32802f81fa548cb0146d4675ee011dd6e44151e1bc435479b9');
INSERT INTO "journal" VALUES('example',1,'process-started','person-1','starter','tester','2021-01-04T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"definition":"example","sha256":"7814c2fb990511ba517cb085f394b167c9135ae4ffb60eee3edf8ba5730cc6a2","version":1}','0000000000000000000000000000000000000000000000000000000000000000','69e22e159cbed93d15b1427fa2fe991d5bb03347bea748b2470ec3572ac41307');
INSERT INTO "journal" VALUES('example',2,'seat-given','person-1','starter','tester','2021-01-04T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"person":"person-1","place":"","role":"secretaris"}','69e22e159cbed93d15b1427fa2fe991d5bb03347bea748b2470ec3572ac41307','5a4ffbc95e4f2aea0369bb19b27a8901747e234c7ef78e6f5ed1c22f3233d4d7');
INSERT INTO "journal" VALUES('example',3,'seat-given','person-1','secretaris','tester','2021-01-04T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"person":"person-2","place":"oost","role":"griffier"}','5a4ffbc95e4f2aea0369bb19b27a8901747e234c7ef78e6f5ed1c22f3233d4d7','d80826aa951e27fe8cdf37dbaaa9d5268d80f245ffdad192ffc310039842ca58');
INSERT INTO "journal" VALUES('example',4,'seat-given','person-1','secretaris','tester','2021-01-04T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"person":"person-3","place":"west","role":"griffier"}','d80826aa951e27fe8cdf37dbaaa9d5268d80f245ffdad192ffc310039842ca58','1bc079c72eb77efe0d873419c37a781dfa160e7c849d94ca8247dbf3d71b6a41');
INSERT INTO "journal" VALUES('example',5,'seat-given','person-1','secretaris','tester','2021-01-04T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"person":"person-4","place":"zuid","role":"griffier"}','1bc079c72eb77efe0d873419c37a781dfa160e7c849d94ca8247dbf3d71b6a41','17fe4b7a853969ce2007797b804ef946f4773a0bba98130b30f58a4e26c32808');
INSERT INTO "journal" VALUES('example',6,'due-moved','person-1','secretaris','tester','2021-01-04T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"date":"2021-09-30","due":"voorstel/raden","reason":"the papers were late"}','17fe4b7a853969ce2007797b804ef946f4773a0bba98130b30f58a4e26c32808','8041b130e901549c1a7e096f2c60930f571d286eba9d77f08568c925c4edc45c');
INSERT INTO "journal" VALUES('rondes',1,'process-started','person-1','starter','tester','2022-06-01T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"definition":"rondes","sha256":"f521d765d684bc82884ffa827892d5d945db453649ac5eeee82147982a778c87","version":1}','0000000000000000000000000000000000000000000000000000000000000000','d3a970a1ed3c95ce6263a74b39ce61779ca213804238d976aa478ad5213771ae');
INSERT INTO "journal" VALUES('rondes',2,'seat-given','person-1','starter','tester','2022-06-01T10:00:00.000000+00:00','2021-01-04','2021-01-04','day',NULL,NULL,'{"person":"person-1","place":"","role":"s"}','d3a970a1ed3c95ce6263a74b39ce61779ca213804238d976aa478ad5213771ae','d21d35d52ba78812a3ad221af3e53c0d5b46a7f6c75d281f0898917c0316f142');
INSERT INTO "journal" VALUES('rondes',3,'milestone-moved','person-1','s','tester','2022-06-01T10:00:00.000000+00:00','2021-01-11','2021-01-11','day',NULL,NULL,'{"milestone":"m","source":"voor","target":"open","trigger":"openen"}','d21d35d52ba78812a3ad221af3e53c0d5b46a7f6c75d281f0898917c0316f142','2307d5e872bdb6ead18689661f6ed0d261899c6cd9b2101ec20dcf3a0fda4a0a');
INSERT INTO "journal" VALUES('rondes',4,'decision-recorded','person-1','s','tester','2022-06-01T10:00:00.000000+00:00','2021-01-18','2021-01-18','day',NULL,NULL,'{"body":"a.raad","milestone":"m","outcome":"nee","reference":"a source","request":"raden","round":1}','2307d5e872bdb6ead18689661f6ed0d261899c6cd9b2101ec20dcf3a0fda4a0a','79e630e29841120c81ee81f36e31b95e9c0e04b45089422a1ee2bbb5cad274a6');
INSERT INTO "journal" VALUES('rondes',5,'task-reported','person-1','s','tester','2022-06-01T10:00:00.000000+00:00','2021-01-19','2021-01-19','day',NULL,NULL,'{"milestone":"m","reference":"a source","result":"gesloten","round":1,"subject":"","task":"vragen"}','79e630e29841120c81ee81f36e31b95e9c0e04b45089422a1ee2bbb5cad274a6','bd3f2a059c3e7acc1cf6f80f2ae14862a321ba84d48b6efdcd4c8dd0700edcfc');
INSERT INTO "journal" VALUES('rondes',6,'milestone-moved','person-1','s','tester','2022-06-01T10:00:00.000000+00:00','2021-01-25','2021-01-25','day',NULL,NULL,'{"milestone":"m","source":"open","target":"bijna","trigger":"terug"}','bd3f2a059c3e7acc1cf6f80f2ae14862a321ba84d48b6efdcd4c8dd0700edcfc','0bf39288fe34b287b46b5f698b539ee8a2c55fb8117d1f1fc68d070b0040cffd');
INSERT INTO "journal" VALUES('rondes',7,'milestone-moved','person-1','s','tester','2022-06-01T10:00:00.000000+00:00','2021-01-25','2021-01-25','day',NULL,NULL,'{"milestone":"m","source":"bijna","target":"open","trigger":"opnieuw"}','0bf39288fe34b287b46b5f698b539ee8a2c55fb8117d1f1fc68d070b0040cffd','600091b60bab9c68dee0f9829412b66abf4437d8bc9bb28c73e24522d68021f2');
INSERT INTO "journal" VALUES('rondes',8,'decision-recorded','person-1','s','tester','2022-06-01T10:00:00.000000+00:00','2021-01-25','2021-01-25','day',NULL,NULL,'{"body":"b.raad","milestone":"m","of_round":1,"outcome":"ja","reference":"a source","request":"raden","round":1}','600091b60bab9c68dee0f9829412b66abf4437d8bc9bb28c73e24522d68021f2','a60b10a73baeea507da79eef55fd532c273c79fc57d472408889b24616cab0f3');
INSERT INTO "journal" VALUES('rondes',9,'decision-recorded','person-1','s','tester','2022-06-01T10:00:00.000000+00:00','2021-01-25','2021-01-25','day',NULL,NULL,'{"body":"c.raad","milestone":"m","of_round":2,"outcome":"ja","reference":"a source","request":"raden","round":2}','a60b10a73baeea507da79eef55fd532c273c79fc57d472408889b24616cab0f3','65c25184ee2015ea91107cc1100a2dabefc07e527ecca1f9dbfb17d40fa54daa');
INSERT INTO "journal" VALUES('regeling',1,'process-started','person-1','starter','tester','2026-12-01T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"definition":"regeling","sha256":"a21b540ac94c6df2e1e555faa5aa7aefffa4b0db1bd635112e006d4def68db52","version":1}','0000000000000000000000000000000000000000000000000000000000000000','049b443966697a0470b957881ab45b49b831ea770a17e8fa7a58a6f98f35fabe');
INSERT INTO "journal" VALUES('regeling',2,'seat-given','person-1','starter','tester','2026-12-01T10:00:00.000000+00:00','2026-01-05','2026-01-05','day',NULL,NULL,'{"person":"person-1","place":"","role":"s"}','049b443966697a0470b957881ab45b49b831ea770a17e8fa7a58a6f98f35fabe','f698f3a8bce8e772a25d5d0419c60583e735f092757193dc01373434526e52b6');
INSERT INTO "journal" VALUES('regeling',3,'decision-recorded','person-1','s','tester','2026-12-01T10:00:00.000000+00:00','2026-02-03','2026-02-03','day',NULL,NULL,'{"body":"a.college","milestone":"m","out_of_order":"the list of decisions says so","outcome":"ja","reference":"a source","request":"colleges","round":1}','f698f3a8bce8e772a25d5d0419c60583e735f092757193dc01373434526e52b6','bf81081fbca925479b607a7d0c89ec1eb95c0032a5341047bf9b6959047f1324');
INSERT INTO "journal" VALUES('regeling',4,'decision-recorded','person-1','s','tester','2026-12-01T10:00:00.000000+00:00','2026-02-03','2026-02-03','day',NULL,NULL,'{"body":"b.college","milestone":"m","out_of_order":"the list of decisions says so","outcome":"ja","reference":"a source","request":"colleges","round":1}','bf81081fbca925479b607a7d0c89ec1eb95c0032a5341047bf9b6959047f1324','1daccce2f1a97b972a9b3319d36b99b83bd0cd1a511c2e630101959abf77b06a');
INSERT INTO "journal" VALUES('regeling',5,'decision-recorded','person-1','s','tester','2026-12-01T10:00:00.000000+00:00','2026-02-03','2026-02-03','day',NULL,NULL,'{"body":"c.college","milestone":"m","out_of_order":"the list of decisions says so","outcome":"ja","reference":"a source","request":"colleges","round":1}','1daccce2f1a97b972a9b3319d36b99b83bd0cd1a511c2e630101959abf77b06a','06b7356439b1ecbf07eb1d00d2a1ebcf38194109be043b88db5d70c4148be3f5');
INSERT INTO "journal" VALUES('regeling',6,'milestone-moved','person-1','s','tester','2026-12-01T10:00:00.000000+00:00','2026-02-10','2026-02-10','day',NULL,NULL,'{"milestone":"m","source":"open","target":"genomen","trigger":"nemen"}','06b7356439b1ecbf07eb1d00d2a1ebcf38194109be043b88db5d70c4148be3f5','72eaa17fc98c419c8f593d3118827fafc6c9cbdf6f6f799bce6d15ed8328b90f');
INSERT INTO "journal" VALUES('regeling',7,'party-left','person-1','s','tester','2026-12-01T10:00:00.000000+00:00','2026-03-01','2026-03-01','day',NULL,NULL,'{"party":"a","reason":"it joined another region"}','72eaa17fc98c419c8f593d3118827fafc6c9cbdf6f6f799bce6d15ed8328b90f','08e66543952c8dda8c9f960b7f3c463dac2b5d8dea1c5a1e442e835c74636953');
INSERT INTO "journal" VALUES('example',7,'seat-given','person-1','secretaris','tester','2026-12-01T10:00:00.000000+00:00','2021-01-05','2021-01-05','day',NULL,NULL,'{"mailbox":true,"person":"mailbox-1","place":"oost","role":"griffier"}','8041b130e901549c1a7e096f2c60930f571d286eba9d77f08568c925c4edc45c','06aaf0b6715f986f674fee62c267b6192325c7bfc16d4c645cd20b1e655d6b5b');
INSERT INTO "journal" VALUES('gr-sociaal-domein',37,'seat-given','person-1','projectsecretaris','tester','2022-05-01T10:00:00.000000+00:00','2022-05-01','2022-05-01','day',NULL,NULL,'{"person":"person-80","place":"","role":"lezer"}','aa7f094a8f7dfd32802f81fa548cb0146d4675ee011dd6e44151e1bc435479b9','90d7ae8a8ae04e4bbf364c7ef1570cbd9117601c4d4da711ffc16c7f8bb4073e');
INSERT INTO "journal" VALUES('gr-sociaal-domein',38,'seat-given','person-1','projectsecretaris','tester','2022-05-01T10:00:00.000000+00:00','2022-05-01','2022-05-01','day',NULL,NULL,'{"person":"person-81","place":"","role":"lezer"}','90d7ae8a8ae04e4bbf364c7ef1570cbd9117601c4d4da711ffc16c7f8bb4073e','44194762b0e5f49959fbdc887d4daa30d71b8b30520586dc392b856fc0df4db8');
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
INSERT INTO "messages" VALUES('letter-1-person-5','person-2','griffie@oost.example','<letter-1-person-5@example>','voorstel/raden',X'766F6F727374656C2F726164656E206F6F73742E72616164202D313464','undelivered','2021-09-16T10:00:00.000000+00:00','2021-09-27T07:00:00.000000+00:00',NULL,1,0,NULL,'2021-09-16T10:00:00.000000+00:00','no such mailbox');
INSERT INTO "messages" VALUES('letter-2-person-6','person-3','griffie@west.example','<letter-2-person-6@example>','voorstel/raden',X'766F6F727374656C2F726164656E20776573742E72616164202D313464','sent','2021-09-16T10:00:00.000000+00:00','2021-09-27T07:00:00.000000+00:00',NULL,1,0,NULL,'2021-09-16T10:00:00.000000+00:00',NULL);
INSERT INTO "messages" VALUES('letter-3-person-7','person-4','griffie@zuid.example','<letter-3-person-7@example>','voorstel/raden',X'766F6F727374656C2F726164656E207A7569642E72616164202D313464','waiting','2021-09-16T10:00:00.000000+00:00','2021-09-27T07:00:00.000000+00:00','2021-09-16T10:01:00.000000+00:00',1,1,NULL,NULL,'busy');
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
	entered TEXT NOT NULL, opened_on DATE, opened_from TEXT DEFAULT '[]' NOT NULL, out_of_order BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_milestones PRIMARY KEY (process, milestone), 
	CONSTRAINT ck_milestones_basis_known CHECK (basis IN ('decided', 'latched', 'attested', 'in-question')), 
	CONSTRAINT ck_milestones_round_counts CHECK (round >= 0), 
	CONSTRAINT fk_milestones_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "milestones" VALUES('gr-sociaal-domein','principebesluit','vastgesteld','2021-03-16','by 2021-03-16',15,'attested',1,'["in-route"]','{"in-voorbereiding": "2020-11-01", "in-route": "2020-11-24", "vastgesteld": "2021-03-16"}',NULL,'[]',0);
INSERT INTO "milestones" VALUES('gr-sociaal-domein','hoofdlijnennotitie','vastgesteld','2021-12-02','by 2021-12-02',22,'attested',1,'["in-route"]','{"gepland": "2020-11-01", "voorbereiding": "2021-02-01", "dialoog": "2021-03-16", "oplevering": "2021-03-16", "in-route": "2021-03-16", "vastgesteld": "2021-12-02"}',NULL,'[]',0);
INSERT INTO "milestones" VALUES('gr-sociaal-domein','concepttekst','vastgesteld','2021-12-02','by 2021-12-02',27,'attested',1,'["gepland", "voorbereiding", "dialoog", "oplevering", "in-route"]','{"gepland": "2020-11-01", "voorbereiding": "2021-12-02", "dialoog": "2021-12-02", "oplevering": "2021-12-02", "in-route": "2021-12-02", "vastgesteld": "2021-12-02"}',NULL,'[]',0);
INSERT INTO "milestones" VALUES('gr-sociaal-domein','definitieve-tekst','getroffen','2021-12-02','by 2021-12-02',32,'attested',1,'["voorbereiding", "dialoog", "oplevering", "in-route", "toestemming-compleet"]','{"gepland": "2020-11-01", "voorbereiding": "2021-08-30", "dialoog": "2021-12-02", "oplevering": "2021-12-02", "in-route": "2021-12-02", "toestemming-compleet": "2021-12-02", "getroffen": "2021-12-02"}',NULL,'[]',0);
INSERT INTO "milestones" VALUES('gr-sociaal-domein','inwerkingtreding','in-werking','2022-01-01','2022-01-01',35,'decided',1,'["ondertekend", "bekendgemaakt"]','{"gepland": "2020-11-01", "ondertekend": "2021-12-02", "bekendgemaakt": "2022-01-01", "in-werking": "2022-01-01"}',NULL,'[]',0);
INSERT INTO "milestones" VALUES('example','voorstel','open','2021-01-04','',0,NULL,1,'[]','{"open": "2021-01-04"}',NULL,'[]',0);
INSERT INTO "milestones" VALUES('example','slot','open','2021-01-04','',0,NULL,1,'[]','{"open": "2021-01-04"}',NULL,'[]',0);
INSERT INTO "milestones" VALUES('rondes','m','open','2021-01-25','2021-01-25',7,NULL,2,'["open", "bijna"]','{"voor": "2021-01-04", "open": "2021-01-25", "bijna": "2021-01-25"}','2021-01-25','["open", "bijna"]',0);
INSERT INTO "milestones" VALUES('regeling','m','genomen','2026-02-10','2026-02-10',6,'decided',1,'["open"]','{"open": "2026-01-05", "genomen": "2026-02-10"}',NULL,'[]',1);
INSERT INTO "milestones" VALUES('regeling','n','open','2026-01-05','',0,NULL,1,'[]','{"open": "2026-01-05"}',NULL,'[]',0);
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
	reference TEXT, out_of_order BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_moves PRIMARY KEY (process, milestone, "trigger", source, target), 
	CONSTRAINT ck_moves_basis_known CHECK (basis IN ('decided', 'latched', 'attested', 'in-question')), 
	CONSTRAINT fk_moves_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_moves_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "moves" VALUES('gr-sociaal-domein','principebesluit','vaststellen','in-route','vastgesteld','by 2021-03-16','2021-03-16',15,'attested',1,'raad.sliedrecht.nl, beeldvormend 16 maart 2021',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','hoofdlijnennotitie','opleveren','dialoog','oplevering','by 2021-03-16','2021-03-16',17,'attested',1,'raad.sliedrecht.nl, beeldvormend 16 maart 2021',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','hoofdlijnennotitie','in-route','oplevering','in-route','by 2021-03-16','2021-03-16',18,'attested',1,'raad.sliedrecht.nl, beeldvormend 16 maart 2021',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','hoofdlijnennotitie','vaststellen','in-route','vastgesteld','by 2021-12-02','2021-12-02',22,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','concepttekst','opleveren','dialoog','oplevering','by 2021-12-02','2021-12-02',25,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','concepttekst','in-route','oplevering','in-route','by 2021-12-02','2021-12-02',26,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','concepttekst','vaststellen','in-route','vastgesteld','by 2021-12-02','2021-12-02',27,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','opleveren','dialoog','oplevering','by 2021-12-02','2021-12-02',29,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','in-route','oplevering','in-route','by 2021-12-02','2021-12-02',30,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','vaststellen','in-route','toestemming-compleet','by 2021-12-02','2021-12-02',31,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','definitieve-tekst','treffen','toestemming-compleet','getroffen','by 2021-12-02','2021-12-02',32,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','inwerkingtreding','ondertekenen','gepland','ondertekend','2021-12-02','2021-12-02',33,'attested',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('gr-sociaal-domein','inwerkingtreding','in-werking','bekendgemaakt','in-werking','2022-01-01','2022-01-01',35,'decided',1,'CVDR668607/1 (GR Sociaal)',0);
INSERT INTO "moves" VALUES('regeling','m','nemen','open','genomen','2026-02-10','2026-02-10',6,'decided',1,NULL,1);
CREATE TABLE nodes (
	id VARCHAR(100) NOT NULL, 
	started_at VARCHAR(32) NOT NULL, 
	beat_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_nodes PRIMARY KEY (id)
);
INSERT INTO "nodes" VALUES('node','2021-09-16T10:00:00.000000+00:00','2021-09-16T10:00:00.000000+00:00');
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
CREATE TABLE "people" (
	id VARCHAR(100) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	address VARCHAR(320), 
	language VARCHAR(16), 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
INSERT INTO "people" VALUES('person-1','secretaris','secretaris@voorbeeld.example',NULL);
INSERT INTO "people" VALUES('person-2','griffier van oost','griffie@oost.example','nl');
INSERT INTO "people" VALUES('person-3','griffier van west','griffie@west.example','nl');
INSERT INTO "people" VALUES('person-4','griffier van zuid','griffie@zuid.example','nl');
INSERT INTO "people" VALUES('mailbox-1','griffie@oost.example','griffie@oost.example',NULL);
INSERT INTO "people" VALUES('person-80','anna','anna@oost.example',NULL);
INSERT INTO "people" VALUES('person-81','anna','anna@west.example',NULL);
CREATE TABLE processes (
	id VARCHAR(100) NOT NULL, 
	definition VARCHAR(64) NOT NULL, 
	begins DATE NOT NULL, 
	last_day DATE NOT NULL, 
	reconstruction BOOLEAN NOT NULL, 
	head_seq INTEGER NOT NULL, 
	head_hash VARCHAR(64) NOT NULL, planned_seq INTEGER, planned_until VARCHAR(32), planned_year INTEGER, calendar VARCHAR(64), 
	CONSTRAINT pk_processes PRIMARY KEY (id), 
	CONSTRAINT ck_processes_head_seq_positive CHECK (head_seq > 0), 
	CONSTRAINT ck_processes_last_day_not_before CHECK (last_day >= begins), 
	CONSTRAINT fk_processes_definition FOREIGN KEY(definition) REFERENCES definitions (sha256)
);
INSERT INTO "processes" VALUES('gr-sociaal-domein','218e7eeada81c1ede4336f2a7f69dc4bc66c25e002d5b47fd339a3db343021cb','2020-11-01','2022-01-01',1,38,'44194762b0e5f49959fbdc887d4daa30d71b8b30520586dc392b856fc0df4db8',NULL,NULL,NULL,NULL);
INSERT INTO "processes" VALUES('example','7814c2fb990511ba517cb085f394b167c9135ae4ffb60eee3edf8ba5730cc6a2','2021-01-04','2021-01-04',0,7,'06aaf0b6715f986f674fee62c267b6192325c7bfc16d4c645cd20b1e655d6b5b',NULL,NULL,NULL,NULL);
INSERT INTO "processes" VALUES('rondes','f521d765d684bc82884ffa827892d5d945db453649ac5eeee82147982a778c87','2021-01-04','2021-01-25',0,9,'65c25184ee2015ea91107cc1100a2dabefc07e527ecca1f9dbfb17d40fa54daa',9,NULL,NULL,NULL);
INSERT INTO "processes" VALUES('regeling','a21b540ac94c6df2e1e555faa5aa7aefffa4b0db1bd635112e006d4def68db52','2026-01-05','2026-03-01',0,7,'08e66543952c8dda8c9f960b7f3c463dac2b5d8dea1c5a1e442e835c74636953',7,NULL,NULL,NULL);
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
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','-14d','griffier','oost','',0,2,'2021-09-30','2021-09-16T07:00:00.000000+00:00','undelivered',NULL,'letter-1-person-5','2021-09-16T10:00:00.000000+00:00','no such mailbox');
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','-3wd','griffier','oost','',0,2,'2021-09-30','2021-09-27T07:00:00.000000+00:00','planned','2021-09-27T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','0d','griffier','oost','',0,2,'2021-09-30','2021-09-30T07:00:00.000000+00:00','planned','2021-09-30T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','+3d','secretaris','','',0,2,'2021-09-30','2021-10-03T07:00:00.000000+00:00','planned','2021-10-03T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','+10d','secretaris','','',0,2,'2021-09-30','2021-10-10T07:00:00.000000+00:00','planned','2021-10-10T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','+17d','secretaris','','',0,2,'2021-09-30','2021-10-17T07:00:00.000000+00:00','planned','2021-10-17T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','+24d','secretaris','','',0,2,'2021-09-30','2021-10-24T07:00:00.000000+00:00','planned','2021-10-24T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','west.raad','-14d','griffier','west','',0,2,'2021-09-30','2021-09-16T07:00:00.000000+00:00','sent',NULL,'letter-2-person-6','2021-09-16T10:00:00.000000+00:00',NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','west.raad','-3wd','griffier','west','',0,2,'2021-09-30','2021-09-27T07:00:00.000000+00:00','planned','2021-09-27T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','west.raad','0d','griffier','west','',0,2,'2021-09-30','2021-09-30T07:00:00.000000+00:00','planned','2021-09-30T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','west.raad','+3d','secretaris','','',0,2,'2021-09-30','2021-10-03T07:00:00.000000+00:00','planned','2021-10-03T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','west.raad','+10d','secretaris','','',0,2,'2021-09-30','2021-10-10T07:00:00.000000+00:00','planned','2021-10-10T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','west.raad','+17d','secretaris','','',0,2,'2021-09-30','2021-10-17T07:00:00.000000+00:00','planned','2021-10-17T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','west.raad','+24d','secretaris','','',0,2,'2021-09-30','2021-10-24T07:00:00.000000+00:00','planned','2021-10-24T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','zuid.raad','-14d','griffier','zuid','',0,2,'2021-09-30','2021-09-16T07:00:00.000000+00:00','planned',NULL,'letter-3-person-7',NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','zuid.raad','-3wd','griffier','zuid','',0,2,'2021-09-30','2021-09-27T07:00:00.000000+00:00','planned','2021-09-27T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','zuid.raad','0d','griffier','zuid','',0,2,'2021-09-30','2021-09-30T07:00:00.000000+00:00','planned','2021-09-30T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','zuid.raad','+3d','secretaris','','',0,2,'2021-09-30','2021-10-03T07:00:00.000000+00:00','planned','2021-10-03T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','zuid.raad','+10d','secretaris','','',0,2,'2021-09-30','2021-10-10T07:00:00.000000+00:00','planned','2021-10-10T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','zuid.raad','+17d','secretaris','','',0,2,'2021-09-30','2021-10-17T07:00:00.000000+00:00','planned','2021-10-17T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','zuid.raad','+24d','secretaris','','',0,2,'2021-09-30','2021-10-24T07:00:00.000000+00:00','planned','2021-10-24T07:00:00.000000+00:00',NULL,NULL,NULL);
INSERT INTO "reminders" VALUES('example','voorstel/raden','oost.raad','-14d','secretaris','','griffier@oost',0,2,'2021-09-30','2021-09-16T07:00:00.000000+00:00','planned','2021-09-16T10:00:00.000000+00:00',NULL,NULL,NULL);
CREATE TABLE seats (
	process VARCHAR(100) NOT NULL, 
	seq INTEGER NOT NULL, 
	role VARCHAR(100) NOT NULL, 
	place VARCHAR(100) NOT NULL, 
	person VARCHAR(100) NOT NULL, 
	since DATE NOT NULL, 
	until DATE, mailbox BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_seats PRIMARY KEY (process, seq), 
	CONSTRAINT ck_seats_until_not_before CHECK (until IS NULL OR until >= since), 
	CONSTRAINT fk_seats_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_seats_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "seats" VALUES('gr-sociaal-domein',2,'projectsecretaris','','person-1','2020-11-01',NULL,0);
INSERT INTO "seats" VALUES('gr-sociaal-domein',3,'stuurgroep','','person-1','2020-11-01',NULL,0);
INSERT INTO "seats" VALUES('example',2,'secretaris','','person-1','2021-01-04',NULL,0);
INSERT INTO "seats" VALUES('example',3,'griffier','oost','person-2','2021-01-04',NULL,0);
INSERT INTO "seats" VALUES('example',4,'griffier','west','person-3','2021-01-04',NULL,0);
INSERT INTO "seats" VALUES('example',5,'griffier','zuid','person-4','2021-01-04',NULL,0);
INSERT INTO "seats" VALUES('rondes',2,'s','','person-1','2021-01-04',NULL,0);
INSERT INTO "seats" VALUES('regeling',2,'s','','person-1','2026-01-05',NULL,0);
INSERT INTO "seats" VALUES('example',7,'griffier','oost','mailbox-1','2021-01-05',NULL,1);
INSERT INTO "seats" VALUES('gr-sociaal-domein',37,'lezer','','person-80','2022-05-01',NULL,0);
INSERT INTO "seats" VALUES('gr-sociaal-domein',38,'lezer','','person-81','2022-05-01',NULL,0);
CREATE TABLE shifts (
	process VARCHAR(100) NOT NULL, 
	due VARCHAR(200) NOT NULL, 
	party VARCHAR(100) NOT NULL, 
	was DATE NOT NULL, 
	ends DATE NOT NULL, 
	counted_from VARCHAR(100) NOT NULL, 
	closed BOOLEAN NOT NULL, 
	effective_on DATE NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_shifts PRIMARY KEY (process, due, party), 
	CONSTRAINT fk_shifts_process FOREIGN KEY(process) REFERENCES processes (id), 
	CONSTRAINT fk_shifts_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq)
);
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
	seq INTEGER NOT NULL, out_of_order BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_tasks PRIMARY KEY (process, round, milestone, task, subject), 
	CONSTRAINT fk_tasks_process_seq FOREIGN KEY(process, seq) REFERENCES journal (process, seq), 
	CONSTRAINT fk_tasks_process FOREIGN KEY(process) REFERENCES processes (id)
);
INSERT INTO "tasks" VALUES('gr-sociaal-domein','','nieuwsbrief','',0,'verzonden',1,'by 2021-02-01','2021-02-01',12,0);
INSERT INTO "tasks" VALUES('rondes','m','vragen','',1,'gesloten',1,'2021-01-19','2021-01-19',5,0);
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
CREATE INDEX ix_reminders_kept ON reminders (process, due, subject) WHERE status <> 'cancelled' OR message IS NOT NULL;
CREATE INDEX ix_reminders_cancelled ON reminders (process, version) WHERE status = 'cancelled';
CREATE INDEX ix_people_name ON people (name);
COMMIT;
