BEGIN TRANSACTION;
CREATE TABLE facts (
	report_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	paragraph INTEGER NOT NULL, 
	section TEXT NOT NULL, 
	indicator VARCHAR, 
	label VARCHAR NOT NULL, 
	value DOUBLE, 
	low DOUBLE, 
	high DOUBLE, 
	unit VARCHAR NOT NULL, 
	qualifier VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	actor VARCHAR, 
	period VARCHAR, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	value_start INTEGER NOT NULL, 
	value_end INTEGER NOT NULL, 
	raw TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	sentence TEXT NOT NULL, 
	whole INTEGER, 
	rule VARCHAR NOT NULL, 
	PRIMARY KEY (report_id, number), 
	FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE
);
INSERT INTO "facts" VALUES('b2692d444ca3',0,0,'["一、主要举措和成效"]','负责人应出庭次数','马武镇行政机关负责人应出庭',7.0,NULL,NULL,'次','exact','achieved',NULL,'2024',53,68,66,68,'马武镇行政机关负责人应出庭7次','马武镇行政机关负责人应出庭7次','2024年,马武镇行政机关负责人应出庭7次,行政诉讼应诉率100%。',NULL,'label_before/stated');
INSERT INTO "facts" VALUES('b2692d444ca3',1,0,'["一、主要举措和成效"]','行政诉讼应诉率','行政诉讼应诉率',100.0,NULL,NULL,'%','exact','achieved',NULL,'2024',69,80,76,80,'行政诉讼应诉率100%','行政诉讼应诉率100%','2024年,马武镇行政机关负责人应出庭7次,行政诉讼应诉率100%。',NULL,'label_before/stated');
CREATE TABLE files (
	path VARCHAR NOT NULL, 
	sha256 VARCHAR(64), 
	verdict VARCHAR NOT NULL, 
	report_id VARCHAR, 
	error TEXT, 
	run_id INTEGER, 
	checked VARCHAR NOT NULL, 
	PRIMARY KEY (path)
);
INSERT INTO "files" VALUES('/reports/mawu.txt','b2692d444ca3ef3ccfcde210f562a1d3498f44358e3021372b3374b32c0fd81d','added','b2692d444ca3',NULL,1,'2026-11-22T00:54:49+00:00');
CREATE TABLE index_state (
	"index" VARCHAR NOT NULL, 
	report_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY ("index", report_id)
);
INSERT INTO "index_state" VALUES('lexical','b2692d444ca3',1);
INSERT INTO "index_state" VALUES('vectors','b2692d444ca3',1);
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema','1');
INSERT INTO "meta" VALUES('generation','1');
INSERT INTO "meta" VALUES('indexes_generation','2');
INSERT INTO "meta" VALUES('columns of sections','report_id String(), number Integer(), id String(), headings Text(), role String(), start Integer(), end Integer()');
INSERT INTO "meta" VALUES('columns of paragraphs','report_id String(), number Integer(), id String(), section Text(), role String(), text Text(), reading Text(), start Integer(), end Integer(), page Integer()');
INSERT INTO "meta" VALUES('columns of facts','report_id String(), number Integer(), paragraph Integer(), section Text(), indicator String(), label String(), value Double(), low Double(), high Double(), unit String(), qualifier String(), kind String(), actor String(), period String(), start Integer(), end Integer(), value_start Integer(), value_end Integer(), raw Text(), quote Text(), sentence Text(), whole Integer(), rule String()');
INSERT INTO "meta" VALUES('columns of removals','report_id String(), number Integer(), start Integer(), end Integer(), reason String()');
INSERT INTO "meta" VALUES('columns of index_state','index String(), report_id String(), version Integer()');
CREATE TABLE paragraphs (
	report_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	section TEXT NOT NULL, 
	role VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	reading TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	page INTEGER, 
	PRIMARY KEY (report_id, number), 
	FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE, 
	UNIQUE (id)
);
INSERT INTO "paragraphs" VALUES('b2692d444ca3',0,'b2692d444ca3#0','["一、主要举措和成效"]','achievements','2024年，马武镇行政机关负责人应出庭7次，行政诉讼应诉率100%。','2024年,马武镇行政机关负责人应出庭7次,行政诉讼应诉率100%。',47,81,NULL);
CREATE TABLE removals (
	report_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	PRIMARY KEY (report_id, number), 
	FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE
);
CREATE TABLE reports (
	id VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	title TEXT, 
	type VARCHAR NOT NULL, 
	town VARCHAR, 
	county VARCHAR, 
	city VARCHAR, 
	province VARCHAR, 
	code VARCHAR, 
	year INTEGER, 
	year_doubtful BOOLEAN NOT NULL, 
	published VARCHAR, 
	issuers TEXT NOT NULL, 
	encoding VARCHAR NOT NULL, 
	pages INTEGER, 
	warnings TEXT NOT NULL, 
	sections INTEGER NOT NULL, 
	paragraphs INTEGER NOT NULL, 
	facts INTEGER NOT NULL, 
	sample BOOLEAN NOT NULL, 
	superseded_by VARCHAR, 
	unreadable BOOLEAN NOT NULL, 
	made_with TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	passages_version INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES('b2692d444ca3','mawu.txt','b2692d444ca3ef3ccfcde210f562a1d3498f44358e3021372b3374b32c0fd81d','石柱土家族自治县马武镇人民政府 关于2024年法治政府建设情况的报告','report','马武镇','石柱土家族自治县','重庆市','重庆市','500240106',2024,0,NULL,'["石柱土家族自治县马武镇人民政府"]','utf-8',NULL,'[]',1,1,2,0,NULL,0,'{"load": "7fcc499788cf3c18", "steps": "3ec08c02092b72cc"}',1,1);
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	started VARCHAR NOT NULL, 
	finished VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES(1,'2026-11-22T00:54:48+00:00','2026-11-22T00:54:59+00:00');
CREATE TABLE sections (
	report_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	headings TEXT NOT NULL, 
	role VARCHAR NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	PRIMARY KEY (report_id, number), 
	FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE
);
INSERT INTO "sections" VALUES('b2692d444ca3',0,'b2692d444ca3/0','["一、主要举措和成效"]','achievements',36,81);
CREATE TABLE texts (
	report_id VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	page_starts TEXT, 
	load_warnings TEXT NOT NULL, 
	PRIMARY KEY (report_id), 
	FOREIGN KEY(report_id) REFERENCES reports (id) ON DELETE CASCADE
);
INSERT INTO "texts" VALUES('b2692d444ca3','石柱土家族自治县马武镇人民政府
关于2024年法治政府建设情况的报告

一、主要举措和成效

2024年，马武镇行政机关负责人应出庭7次，行政诉讼应诉率100%。
',NULL,'[]');
CREATE INDEX reports_by_place_and_year ON reports (town, year);
CREATE INDEX ix_reports_sha256 ON reports (sha256);
CREATE INDEX ix_files_report_id ON files (report_id);
CREATE INDEX ix_files_sha256 ON files (sha256);
CREATE INDEX ix_facts_indicator ON facts (indicator);
COMMIT;
