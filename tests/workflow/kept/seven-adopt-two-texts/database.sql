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
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'alblasserdam.raad','ingestemd','for','2021-02-02','2021-02-02',5,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'dordrecht.raad','ingestemd','for','2021-02-03','2021-02-03',6,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'hardinxveld-giessendam.raad','ingestemd','for','2021-02-04','2021-02-04',7,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'hendrik-ido-ambacht.raad','ingestemd','for','2021-02-05','2021-02-05',8,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'papendrecht.raad','ingestemd','for','2021-02-06','2021-02-06',9,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'sliedrecht.raad','ingestemd','for','2021-02-07','2021-02-07',10,'8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('gr-sociaal-domein','principebesluit','raden',1,'zwijndrecht.raad','ingestemd','for','2021-02-08','2021-02-08',11,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','visie','drechtraad',1,'drechtraad','vastgesteld','for','2019-10-01','2019-10-01',3,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'alblasserdam.raad','zienswijze','answered','2020-01-12','2020-01-12',5,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'dordrecht.raad','zienswijze','answered','2020-01-13','2020-01-13',6,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'hardinxveld-giessendam.raad','zienswijze','answered','2020-01-14','2020-01-14',7,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'hendrik-ido-ambacht.raad','zienswijze','answered','2020-01-15','2020-01-15',8,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'papendrecht.raad','zienswijze','answered','2020-01-16','2020-01-16',9,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'sliedrecht.raad','zienswijze','answered','2020-01-17','2020-01-17',10,'8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff','[]',0,'[]','[]',0);
INSERT INTO "decisions" VALUES('zienswijze-regionale-visie','zienswijzeronde','raden',1,'zwijndrecht.raad','zienswijze','answered','2020-01-18','2020-01-18',11,'0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40','[]',0,'[]','[]',0);
CREATE TABLE definitions (
	sha256 VARCHAR(64) NOT NULL, 
	id VARCHAR(100) NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (sha256), 
	CONSTRAINT ck_definitions_sha256_whole CHECK (length(sha256) = 64)
);
INSERT INTO "definitions" VALUES('088db926ecd4f08d7fbdaf2390d568f4b5d66a0f34077b9c7bac083488be64ad','gr-sociaal-domein',3,'{"id":"gr-sociaal-domein","version":3,"title":{"nl":"Nieuwe GR sociaal domein","en":"New joint arrangement for the social domain"},"sources":[{"id":"003","what":{"nl":"nieuwsbrief aan de raden en de colleges","en":"newsletter to councils and colleges"},"date":"by 2021-02-01"}],"timezone":"Europe/Amsterdam","begins":"2020-11","goal":{"date":"2022-01-01","what":{"nl":"operationeel","en":"operational"}},"parties":{"define":{"alblasserdam":{"name":"Alblasserdam","kind":"gemeente","code":"GM0482","bodies":["raad","college"],"route":["raad"]},"dordrecht":{"name":"Dordrecht","kind":"gemeente","code":"GM0505","bodies":["raad","college"],"route":["adviescommissie","raad"]},"hardinxveld-giessendam":{"name":"Hardinxveld-Giessendam","kind":"gemeente","code":"GM0523","bodies":["raad","college"],"route":["Ontmoeting","Debat en Besluit"]},"hendrik-ido-ambacht":{"name":"Hendrik-Ido-Ambacht","kind":"gemeente","code":"GM0531","bodies":["raad","college"],"route":["agendacommissie","commissie","raad"]},"papendrecht":{"name":"Papendrecht","kind":"gemeente","code":"GM0590","bodies":["raad","college"],"route":["commissie","raad"]},"sliedrecht":{"name":"Sliedrecht","kind":"gemeente","code":"GM0610","bodies":["raad","college"],"route":["beeldvormend","oordeelsvormend","besluitvormend"]},"zwijndrecht":{"name":"Zwijndrecht","kind":"gemeente","code":"GM0642","bodies":["raad","college"],"route":["carrousel","raad"]}}},"groups":{"werkgroep-1":{"name":"unknown"},"werkgroep-2":{"name":"unknown"},"werkgroep-3":{"name":"unknown"},"werkgroep-4":{"name":"unknown"}},"participants":["sociale-dienst-drechtsteden"],"roles":{"stuurgroep":{"may":["advance","replan","stop","task","note"]},"projectsecretaris":{"may":["advance","replan","record-on-behalf","amend","note","member","party"],"assumed":{"nl":"de brief noemt een stuurgroep; dat iemand haar administratie voert, is van ons","en":"the letter has a stuurgroep; that somebody keeps its records is ours"}},"werkgroepleider":{"per":"group","may":["task","deliverable"]},"griffier":{"per":"party","may":["record","task"]},"college":{"per":"party","may":["task"]},"lezer":{"may":[]}},"starter":["projectsecretaris","stuurgroep"],"deliverables":{"hoofdlijnennotitie":{"levels":["leeg","uitgangspunten","leidend","volledig"],"assumed":{"nl":"de brief gebruikt de drie woorden; hun volgorde is van ons","en":"the letter uses the three words; their order is ours"},"parts":{"waarom":{},"wat":{"per":"party"},"hoe-juridisch":{},"hoe-financieel":{}}},"concepttekst":{"levels":["leeg","concept","volledig"],"parts":{"regeling":{},"consequenties":{}}},"definitieve-tekst":{"levels":["leeg","volledig"],"parts":{"regeling":{},"verordeningen":{}}}},"instruments":{"principebesluit":{"ingestemd":"for","gewijzigd-ingestemd":"for","verworpen":"against","aangehouden":"pending","ingetrokken":"pending"},"vaststelling":{"vastgesteld":"for","gewijzigd-vastgesteld":"for","verworpen":"against","aangehouden":"pending","ingetrokken":"pending"},"consultatie":{"reactie":"answered","geen-reactie":"answered"},"toestemming":{"verleend":"for","onthouden":{"counts":"against","needs":"ground"},"aangehouden":"pending"},"treffen":{"besloten":"for","afgewezen":"against"},"onbekend":{"ingestemd":"for","gewijzigd-ingestemd":"for","verworpen":"against","aangehouden":"pending"}},"ladders":{"gewoon":["-28d","-21d","-14d","-7d","-3wd","-1wd","0d",{"after":"3d","every":"7d","times":4,"to":"projectsecretaris"}]},"structures":{"ronde":{"states":["in-voorbereiding","in-route","vastgesteld","aanpassing","beeindigd"],"final":{"good":["vastgesteld"],"bad":["beeindigd"]},"slots":["besluit","verworpen"],"transitions":{"in-route":{"from":"in-voorbereiding","to":"in-route","opens":"round"},"vaststellen":{"from":"in-route","to":"vastgesteld","gate":{"slot":"besluit"}},"aanpassen":{"from":"in-route","to":"aanpassing","gate":{"slot":"verworpen"},"explicit":true},"opnieuw":{"from":"aanpassing","to":"in-route","opens":"round"},"beeindigen":{"from":["in-voorbereiding","in-route","aanpassing"],"to":"beeindigd","explicit":true,"permission":"stop"}}},"mijlpaal":{"states":["gepland","voorbereiding","dialoog","oplevering","in-route","vastgesteld","aanpassing","beeindigd"],"final":{"good":["vastgesteld"],"bad":["beeindigd"]},"slots":["voorganger","rijp","besluit","verworpen"],"tasks":{"ambtelijke-sessie":{"per":"group","owner":"werkgroepleider","in":"dialoog","results":{"gehouden":"done","vervallen":"done"}},"bestuurlijke-sessie":{"owner":"stuurgroep","in":"dialoog","results":{"gehouden":"done"}},"raadsgesprek":{"per":"party","owner":"stuurgroep","in":"dialoog","results":{"aangeboden":"open","gehouden":"done","afgeslagen":"done"}},"technische-vragen":{"per":"party","owner":"griffier","in":"in-route","each":"round","results":{"gesloten":"done"}}},"transitions":{"voorbereiden":{"from":"gepland","to":"voorbereiding"},"dialoog":{"from":"voorbereiding","to":"dialoog"},"opleveren":{"from":"dialoog","to":"oplevering","gate":{"tasks":["ambtelijke-sessie","bestuurlijke-sessie","raadsgesprek"],"rule":"all"}},"in-route":{"from":"oplevering","to":"in-route","opens":"round","gate":{"all":[{"slot":"voorganger"},{"slot":"rijp"}]}},"vaststellen":{"from":"in-route","to":"vastgesteld","gate":{"slot":"besluit"}},"aanpassen":{"from":"in-route","to":"aanpassing","gate":{"slot":"verworpen"},"explicit":true},"opnieuw":{"from":"aanpassing","to":"oplevering"},"beeindigen":{"from":["gepland","voorbereiding","dialoog","oplevering","in-route","aanpassing"],"to":"beeindigd","explicit":true,"permission":"stop"}}},"regeling":{"extends":"mijlpaal","states":{"vastgesteld":["toestemming-compleet","getroffen"]},"final":{"good":["getroffen"]},"slots":["getroffen"],"transitions":{"vaststellen":{"to":"toestemming-compleet"},"treffen":{"from":"toestemming-compleet","to":"getroffen","gate":{"slot":"getroffen"}},"aanpassen":{"from":["in-route","toestemming-compleet"]},"beeindigen":{"from":["gepland","voorbereiding","dialoog","oplevering","in-route","toestemming-compleet","aanpassing"]}}},"inwerking":{"states":["gepland","ondertekend","bekendgemaakt","in-werking","beeindigd"],"final":{"good":["in-werking"],"bad":["beeindigd"]},"slots":["voorganger"],"transitions":{"ondertekenen":{"from":"gepland","to":"ondertekend","gate":{"slot":"voorganger"}},"bekendmaken":{"from":"ondertekend","to":"bekendgemaakt"},"in-werking":{"from":"bekendgemaakt","to":"in-werking","gate":{"date":"goal"}},"beeindigen":{"from":["gepland","ondertekend","bekendgemaakt"],"to":"beeindigd","explicit":true,"permission":"stop"}}}},"milestones":{"principebesluit":{"title":{"nl":"Principebesluit","en":"Decision in principle"},"assumed":{"nl":"de brief behandelt het als een besluit dat ernaast loopt, niet als een van haar drie mijlpalen","en":"the letter treats it as a decision that runs in parallel, not as one of its three milestones"},"structure":"ronde","requests":{"raden":{"of":"each raad","instrument":"principebesluit","in":["in-route"],"due":"2021-02","ladder":"gewoon"}},"gates":{"besluit":{"request":"raden","rule":"all","counts":"for"},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}}},"hoofdlijnennotitie":{"title":{"nl":"Hoofdlijnennotitie","en":"Outline memorandum"},"structure":"mijlpaal","due":{"in-route":"2021-03"},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"vaststelling","instrument_for":{"papendrecht":"consultatie"},"text":"hoofdlijnennotitie","in":["in-route"],"due":"2021-04","ladder":"gewoon","after":{"tasks":"technische-vragen","of":"own"}}},"gates":{"voorganger":{"milestone":"principebesluit","state":"vastgesteld","assumed":{"nl":"volgens de brief loopt beide tegelijk; dat er geen stuk rondgaat voordat het principebesluit er is, is van ons","en":"the letter lets both run at the same time; that no paper goes round before the principle is decided is ours"}},"rijp":{"all":[{"part":"hoofdlijnennotitie/waarom","level":"leidend"},{"part":"hoofdlijnennotitie/wat","level":"leidend"},{"part":"hoofdlijnennotitie/hoe-juridisch","level":"uitgangspunten"},{"part":"hoofdlijnennotitie/hoe-financieel","level":"uitgangspunten"}]},"besluit":{"request":"raden","rule":"all","counts":["for","answered"]},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}}},"concepttekst":{"title":{"nl":"Concepttekst GR","en":"Draft text of the arrangement"},"structure":"mijlpaal","due":{"in-route":"2021-05"},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"onbekend","text":"concepttekst","in":["in-route"],"due":"unknown","ladder":"gewoon"}},"gates":{"voorganger":{"milestone":"hoofdlijnennotitie","state":"vastgesteld"},"rijp":{"all":[{"parts":"hoofdlijnennotitie","level":"volledig"},{"parts":"concepttekst","level":"concept"}]},"besluit":{"request":"raden","rule":"all","counts":"for"},"verworpen":{"request":"raden","rule":{"at_least":1},"counts":"against"}},"unknown":[{"nl":"wanneer erover besloten wordt","en":"when it is decided"},{"nl":"met welk instrument de raden besluiten","en":"by which instrument the councils decide"}]},"definitieve-tekst":{"title":{"nl":"Definitieve tekst GR en verordeningen","en":"Final text and by-laws"},"structure":"regeling","due":{"in-route":{"by":"2021-08-31"}},"ladder":"gewoon","requests":{"raden":{"of":"each raad","instrument":"toestemming","assumed":{"nl":"GR Sociaal is een collegeregeling, dus de raden geven toestemming (Wgr 1.2)","en":"GR Sociaal is a collegeregeling, so the councils give toestemming (Wgr 1.2)"},"text":"definitieve-tekst/regeling","in":["in-route"],"due":"unknown","ladder":"gewoon"},"colleges":{"of":"each college","instrument":"treffen","text":"definitieve-tekst/regeling","in":["in-route","toestemming-compleet"],"due":"unknown","after":{"request":"raden","of":"own","counts":"for"}},"verordeningen":{"of":"each raad","instrument":"onbekend","text":"definitieve-tekst/verordeningen","in":["in-route","toestemming-compleet"],"due":"unknown"}},"gates":{"voorganger":{"milestone":"concepttekst","state":"vastgesteld"},"rijp":{"parts":"definitieve-tekst","level":"volledig"},"besluit":{"request":"raden","rule":"all","counts":"for"},"getroffen":{"request":"colleges","rule":"all","counts":"for"},"verworpen":{"any":[{"request":"raden","rule":{"at_least":1},"counts":"against"},{"request":"colleges","rule":{"at_least":1},"counts":"against"}]}},"unknown":[{"nl":"wanneer de raden en de colleges besluiten","en":"when the councils and the colleges decide"},{"nl":"wiens verordeningen bedoeld zijn, en hoe daarover besloten wordt","en":"whose by-laws the “verordeningen” are, and how they are decided"}]},"inwerkingtreding":{"title":{"nl":"Inwerkingtreding","en":"Entry into force"},"structure":"inwerking","due":{"in-werking":"goal"},"ladder":"gewoon","gates":{"voorganger":{"milestone":"definitieve-tekst","state":"getroffen"}},"unknown":[{"nl":"wie ondertekent","en":"who signs"}]}},"tasks":{"nieuwsbrief":{"owner":"stuurgroep","arises":{"every":"unknown"},"due":"unknown","results":{"verzonden":"done"}},"informeer-raad":{"per":"party","owner":"college","arises":{"event":"replanned"},"due":"none","results":{"verzonden":"done"}}},"unknown":[{"nl":"hoe lang vóór een vergadering de stukken binnen moeten zijn, bij elk van de zeven raden","en":"how long before a meeting papers must be in, for each of the seven councils"}]}');
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
INSERT INTO "journal" VALUES('gr-sociaal-domein',1,'process-started','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"definition":"gr-sociaal-domein","reconstruction":true,"sha256":"088db926ecd4f08d7fbdaf2390d568f4b5d66a0f34077b9c7bac083488be64ad","version":3}','0000000000000000000000000000000000000000000000000000000000000000','764140ed0e7930a3859ebaba73b925a7256c37514fd473f1f30c00acbc1f3bc6');
INSERT INTO "journal" VALUES('gr-sociaal-domein',2,'seat-given','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"person":"person-1","place":"","role":"projectsecretaris"}','764140ed0e7930a3859ebaba73b925a7256c37514fd473f1f30c00acbc1f3bc6','d2e4eaad5273969a578f48c952677c461782f5510e96fa25a224cc709b6574a8');
INSERT INTO "journal" VALUES('gr-sociaal-domein',3,'seat-given','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2020-11','2020-11-01','month',NULL,NULL,'{"person":"person-1","place":"","role":"stuurgroep"}','d2e4eaad5273969a578f48c952677c461782f5510e96fa25a224cc709b6574a8','d6836373675447790ef368f77eb72bae31206968789f34d3c71528ef965722d9');
INSERT INTO "journal" VALUES('gr-sociaal-domein',4,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-12-01','2020-12-01','day',NULL,NULL,'{"milestone":"principebesluit","reference":"minutes","source":"in-voorbereiding","target":"in-route","trigger":"in-route"}','d6836373675447790ef368f77eb72bae31206968789f34d3c71528ef965722d9','11a5202762321400790683487f9f091f2fe08ad16c12c4e85c160ecd02a98a35');
INSERT INTO "journal" VALUES('gr-sociaal-domein',5,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-02','2021-02-02','day',NULL,NULL,'{"body":"alblasserdam.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','11a5202762321400790683487f9f091f2fe08ad16c12c4e85c160ecd02a98a35','dfc59f853a551674fbe5ccaa62ac493352d53fe6fe81bd0f46b3db300d234648');
INSERT INTO "journal" VALUES('gr-sociaal-domein',6,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-03','2021-02-03','day',NULL,NULL,'{"body":"dordrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','dfc59f853a551674fbe5ccaa62ac493352d53fe6fe81bd0f46b3db300d234648','29169af2b1a555ac94e2132af3aa086a00a40cd127150dc0a158179f9027f265');
INSERT INTO "journal" VALUES('gr-sociaal-domein',7,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-04','2021-02-04','day',NULL,NULL,'{"body":"hardinxveld-giessendam.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','29169af2b1a555ac94e2132af3aa086a00a40cd127150dc0a158179f9027f265','ed36f1dd42c7139d8f9f587657ccbc0e74fa193fadfdca53c067dffe2135ddd7');
INSERT INTO "journal" VALUES('gr-sociaal-domein',8,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-05','2021-02-05','day',NULL,NULL,'{"body":"hendrik-ido-ambacht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','ed36f1dd42c7139d8f9f587657ccbc0e74fa193fadfdca53c067dffe2135ddd7','733f69514bcca6f5c77f8cae2d5dfc20624794ecd3fea6f970869865de68b351');
INSERT INTO "journal" VALUES('gr-sociaal-domein',9,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-06','2021-02-06','day',NULL,NULL,'{"body":"papendrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','733f69514bcca6f5c77f8cae2d5dfc20624794ecd3fea6f970869865de68b351','dd99f04f21b8a69dfc86ba1a10dd88b23cd17afd8012648c0cfeed28f052340c');
INSERT INTO "journal" VALUES('gr-sociaal-domein',10,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-07','2021-02-07','day',NULL,NULL,'{"body":"sliedrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"minutes","request":"raden","round":1,"text":"8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff"}','dd99f04f21b8a69dfc86ba1a10dd88b23cd17afd8012648c0cfeed28f052340c','ff2c7a86516712fbe74ac15483a5024b76d6de22715d86360904873dfb8daaa6');
INSERT INTO "journal" VALUES('gr-sociaal-domein',11,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2021-02-08','2021-02-08','day',NULL,NULL,'{"body":"zwijndrecht.raad","milestone":"principebesluit","on_behalf":true,"outcome":"ingestemd","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','ff2c7a86516712fbe74ac15483a5024b76d6de22715d86360904873dfb8daaa6','9e1aa84c27ddcf1f9b6674dee85d84eae07165a81a644b877f86655487957137');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',1,'process-started','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day',NULL,NULL,'{"definition":"zienswijze-regionale-visie","reconstruction":true,"sha256":"86305b84994a297ecbd87c6d13c0870753d67c3c431e7f626705ac585fcf6641","version":2}','0000000000000000000000000000000000000000000000000000000000000000','e41af7145b4bd332a858e4d087003cc3c8fa1cf536b8eb1d649c6bc64dccd729');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',2,'seat-given','person-1','starter','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day',NULL,NULL,'{"person":"person-1","place":"","role":"projectsecretaris"}','e41af7145b4bd332a858e4d087003cc3c8fa1cf536b8eb1d649c6bc64dccd729','e9ff9fbccce629c552223a0255a48022a743c6b258d2e93c1cb1b86f351937be');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',3,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day',NULL,NULL,'{"body":"drechtraad","milestone":"visie","on_behalf":true,"outcome":"vastgesteld","reference":"minutes","request":"drechtraad","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','e9ff9fbccce629c552223a0255a48022a743c6b258d2e93c1cb1b86f351937be','376f792d25fc52a63bac83c67e94949e5ee2e0e631ded1f4ab515f36512f7792');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',4,'milestone-moved','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2019-10-01','2019-10-01','day',NULL,NULL,'{"milestone":"visie","reference":"minutes","source":"open","target":"genomen","trigger":"nemen"}','376f792d25fc52a63bac83c67e94949e5ee2e0e631ded1f4ab515f36512f7792','139b5bef9568202732c06eb1d2abef4fe881ec08b4ad92754a832b7158a148e3');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',5,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-12','2020-01-12','day',NULL,NULL,'{"body":"alblasserdam.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','139b5bef9568202732c06eb1d2abef4fe881ec08b4ad92754a832b7158a148e3','3686820b9eb63b221e4ea38247672a1c75d22a48b31211a50531975217764e19');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',6,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-13','2020-01-13','day',NULL,NULL,'{"body":"dordrecht.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','3686820b9eb63b221e4ea38247672a1c75d22a48b31211a50531975217764e19','edb2dd80055e501030400c599fce90b1d63c7b052d0f2723d29ba2302cffda92');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',7,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-14','2020-01-14','day',NULL,NULL,'{"body":"hardinxveld-giessendam.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','edb2dd80055e501030400c599fce90b1d63c7b052d0f2723d29ba2302cffda92','c86ea57c40eb5b1bdef6302a5f7163918eb8cb08c350dda7c810c45e60c426aa');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',8,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-15','2020-01-15','day',NULL,NULL,'{"body":"hendrik-ido-ambacht.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','c86ea57c40eb5b1bdef6302a5f7163918eb8cb08c350dda7c810c45e60c426aa','3cb82ba080c969ba409bbb9774de6344868159e7d9b08ec1dce9d1a271ba9627');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',9,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-16','2020-01-16','day',NULL,NULL,'{"body":"papendrecht.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','3cb82ba080c969ba409bbb9774de6344868159e7d9b08ec1dce9d1a271ba9627','825797b2dd9068e37631cc5b11e4069a844ca6623fdea1f948844403c9a8dedf');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',10,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-17','2020-01-17','day',NULL,NULL,'{"body":"sliedrecht.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"raden","round":1,"text":"8790a97509a032cce06a70ddec378244d158e07ad8e8fceab2117ae4773f81ff"}','825797b2dd9068e37631cc5b11e4069a844ca6623fdea1f948844403c9a8dedf','9737332d4bdc65a188d0ca5bb5a16e5fe241285eb4fb0e19fb33a10dd974a2c7');
INSERT INTO "journal" VALUES('zienswijze-regionale-visie',11,'decision-recorded','person-1','projectsecretaris','secretaris','2022-06-01T10:00:00.000000+00:00','2020-01-18','2020-01-18','day',NULL,NULL,'{"body":"zwijndrecht.raad","milestone":"zienswijzeronde","on_behalf":true,"outcome":"zienswijze","reference":"minutes","request":"raden","round":1,"text":"0c8b6cba5929c63a2a198e5513652601972dbbb23ea678dc39da8fc844e1fe40"}','9737332d4bdc65a188d0ca5bb5a16e5fe241285eb4fb0e19fb33a10dd974a2c7','ef98f4c227358f3200c77e8c486e9b0d76437259a61da44b63c4607478e29e23');
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
INSERT INTO "milestones" VALUES('gr-sociaal-domein','principebesluit','in-route','2020-12-01','2020-12-01',4,NULL,1,'["in-voorbereiding"]','{"in-voorbereiding": "2020-11-01", "in-route": "2020-12-01"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','hoofdlijnennotitie','gepland','2020-11-01','',0,NULL,0,'[]','{"gepland": "2020-11-01"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','concepttekst','gepland','2020-11-01','',0,NULL,0,'[]','{"gepland": "2020-11-01"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','definitieve-tekst','gepland','2020-11-01','',0,NULL,0,'[]','{"gepland": "2020-11-01"}');
INSERT INTO "milestones" VALUES('gr-sociaal-domein','inwerkingtreding','gepland','2020-11-01','',0,NULL,1,'[]','{"gepland": "2020-11-01"}');
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
INSERT INTO "moves" VALUES('zienswijze-regionale-visie','visie','nemen','open','genomen','2019-10-01','2019-10-01',4,'decided',1,'minutes');
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
INSERT INTO "processes" VALUES('gr-sociaal-domein','088db926ecd4f08d7fbdaf2390d568f4b5d66a0f34077b9c7bac083488be64ad','2020-11-01','2021-02-08',1,11,'9e1aa84c27ddcf1f9b6674dee85d84eae07165a81a644b877f86655487957137',11,NULL);
INSERT INTO "processes" VALUES('zienswijze-regionale-visie','86305b84994a297ecbd87c6d13c0870753d67c3c431e7f626705ac585fcf6641','2019-10-01','2020-01-18',1,11,'ef98f4c227358f3200c77e8c486e9b0d76437259a61da44b63c4607478e29e23',11,NULL);
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
