CREATE TABLE public.facts (
    report_id character varying NOT NULL,
    number integer NOT NULL,
    paragraph integer NOT NULL,
    section text NOT NULL,
    indicator character varying,
    label character varying NOT NULL,
    value double precision,
    low double precision,
    high double precision,
    unit character varying NOT NULL,
    qualifier character varying NOT NULL,
    kind character varying NOT NULL,
    actor character varying,
    period character varying,
    start integer NOT NULL,
    "end" integer NOT NULL,
    value_start integer NOT NULL,
    value_end integer NOT NULL,
    raw text NOT NULL,
    quote text NOT NULL,
    sentence text NOT NULL,
    whole integer,
    rule character varying NOT NULL
);

CREATE TABLE public.files (
    path character varying NOT NULL,
    sha256 character varying(64),
    verdict character varying NOT NULL,
    report_id character varying,
    error text,
    run_id integer,
    checked character varying NOT NULL
);

CREATE TABLE public.index_state (
    index character varying NOT NULL,
    report_id character varying NOT NULL,
    version integer NOT NULL
);

CREATE TABLE public.meta (
    key character varying NOT NULL,
    value text NOT NULL
);

CREATE TABLE public.paragraphs (
    report_id character varying NOT NULL,
    number integer NOT NULL,
    id character varying NOT NULL,
    section text NOT NULL,
    role character varying NOT NULL,
    text text NOT NULL,
    reading text NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    page integer
);

CREATE TABLE public.removals (
    report_id character varying NOT NULL,
    number integer NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    reason character varying NOT NULL
);

CREATE TABLE public.reports (
    id character varying NOT NULL,
    source character varying NOT NULL,
    sha256 character varying(64) NOT NULL,
    title text,
    type character varying NOT NULL,
    town character varying,
    county character varying,
    city character varying,
    province character varying,
    code character varying,
    year integer,
    year_doubtful boolean NOT NULL,
    published character varying,
    issuers text NOT NULL,
    encoding character varying NOT NULL,
    pages integer,
    warnings text NOT NULL,
    sections integer NOT NULL,
    paragraphs integer NOT NULL,
    facts integer NOT NULL,
    sample boolean NOT NULL,
    superseded_by character varying,
    unreadable boolean NOT NULL,
    made_with text NOT NULL,
    version integer NOT NULL,
    passages_version integer NOT NULL
);

CREATE TABLE public.runs (
    id integer NOT NULL,
    started character varying NOT NULL,
    finished character varying
);

CREATE SEQUENCE public.runs_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.runs_id_seq OWNED BY public.runs.id;

CREATE TABLE public.sections (
    report_id character varying NOT NULL,
    number integer NOT NULL,
    id character varying NOT NULL,
    headings text NOT NULL,
    role character varying NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL
);

CREATE TABLE public.texts (
    report_id character varying NOT NULL,
    text text NOT NULL,
    page_starts text,
    load_warnings text NOT NULL
);

ALTER TABLE ONLY public.runs ALTER COLUMN id SET DEFAULT nextval('public.runs_id_seq'::regclass);

INSERT INTO public.facts VALUES ('b2692d444ca3', 0, 0, '["一、主要举措和成效"]', '负责人应出庭次数', '马武镇行政机关负责人应出庭', 7, NULL, NULL, '次', 'exact', 'achieved', NULL, '2024', 53, 68, 66, 68, '马武镇行政机关负责人应出庭7次', '马武镇行政机关负责人应出庭7次', '2024年,马武镇行政机关负责人应出庭7次,行政诉讼应诉率100%。', NULL, 'label_before/stated');
INSERT INTO public.facts VALUES ('b2692d444ca3', 1, 0, '["一、主要举措和成效"]', '行政诉讼应诉率', '行政诉讼应诉率', 100, NULL, NULL, '%', 'exact', 'achieved', NULL, '2024', 69, 80, 76, 80, '行政诉讼应诉率100%', '行政诉讼应诉率100%', '2024年,马武镇行政机关负责人应出庭7次,行政诉讼应诉率100%。', NULL, 'label_before/stated');

INSERT INTO public.files VALUES ('/reports/mawu.txt', 'b2692d444ca3ef3ccfcde210f562a1d3498f44358e3021372b3374b32c0fd81d', 'added', 'b2692d444ca3', NULL, 1, '2026-11-22T01:14:00+00:00');

INSERT INTO public.index_state VALUES ('lexical', 'b2692d444ca3', 1);
INSERT INTO public.index_state VALUES ('vectors', 'b2692d444ca3', 1);

INSERT INTO public.meta VALUES ('schema', '1');
INSERT INTO public.meta VALUES ('columns of sections', 'report_id String(), number Integer(), id String(), headings Text(), role String(), start Integer(), end Integer()');
INSERT INTO public.meta VALUES ('columns of paragraphs', 'report_id String(), number Integer(), id String(), section Text(), role String(), text Text(), reading Text(), start Integer(), end Integer(), page Integer()');
INSERT INTO public.meta VALUES ('columns of facts', 'report_id String(), number Integer(), paragraph Integer(), section Text(), indicator String(), label String(), value Double(), low Double(), high Double(), unit String(), qualifier String(), kind String(), actor String(), period String(), start Integer(), end Integer(), value_start Integer(), value_end Integer(), raw Text(), quote Text(), sentence Text(), whole Integer(), rule String()');
INSERT INTO public.meta VALUES ('columns of removals', 'report_id String(), number Integer(), start Integer(), end Integer(), reason String()');
INSERT INTO public.meta VALUES ('columns of index_state', 'index String(), report_id String(), version Integer()');
INSERT INTO public.meta VALUES ('generation', '1');
INSERT INTO public.meta VALUES ('indexes_generation', '2');

INSERT INTO public.paragraphs VALUES ('b2692d444ca3', 0, 'b2692d444ca3#0', '["一、主要举措和成效"]', 'achievements', '2024年，马武镇行政机关负责人应出庭7次，行政诉讼应诉率100%。', '2024年,马武镇行政机关负责人应出庭7次,行政诉讼应诉率100%。', 47, 81, NULL);

INSERT INTO public.reports VALUES ('b2692d444ca3', 'mawu.txt', 'b2692d444ca3ef3ccfcde210f562a1d3498f44358e3021372b3374b32c0fd81d', '石柱土家族自治县马武镇人民政府 关于2024年法治政府建设情况的报告', 'report', '马武镇', '石柱土家族自治县', '重庆市', '重庆市', '500240106', 2024, false, NULL, '["石柱土家族自治县马武镇人民政府"]', 'utf-8', NULL, '[]', 1, 1, 2, false, NULL, false, '{"load": "7fcc499788cf3c18", "steps": "67d907c1a0440b49"}', 1, 1);

INSERT INTO public.runs VALUES (1, '2026-11-22T01:14:00+00:00', '2026-11-22T01:14:11+00:00');

INSERT INTO public.sections VALUES ('b2692d444ca3', 0, 'b2692d444ca3/0', '["一、主要举措和成效"]', 'achievements', 36, 81);

INSERT INTO public.texts VALUES ('b2692d444ca3', '石柱土家族自治县马武镇人民政府
关于2024年法治政府建设情况的报告

一、主要举措和成效

2024年，马武镇行政机关负责人应出庭7次，行政诉讼应诉率100%。
', NULL, '[]');

ALTER TABLE ONLY public.facts
    ADD CONSTRAINT facts_pkey PRIMARY KEY (report_id, number);

ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (path);

ALTER TABLE ONLY public.index_state
    ADD CONSTRAINT index_state_pkey PRIMARY KEY (index, report_id);

ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.paragraphs
    ADD CONSTRAINT paragraphs_id_key UNIQUE (id);

ALTER TABLE ONLY public.paragraphs
    ADD CONSTRAINT paragraphs_pkey PRIMARY KEY (report_id, number);

ALTER TABLE ONLY public.removals
    ADD CONSTRAINT removals_pkey PRIMARY KEY (report_id, number);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_pkey PRIMARY KEY (report_id, number);

ALTER TABLE ONLY public.texts
    ADD CONSTRAINT texts_pkey PRIMARY KEY (report_id);

CREATE INDEX ix_facts_indicator ON public.facts USING btree (indicator);

CREATE INDEX ix_files_report_id ON public.files USING btree (report_id);

CREATE INDEX ix_files_sha256 ON public.files USING btree (sha256);

CREATE INDEX ix_reports_sha256 ON public.reports USING btree (sha256);

CREATE INDEX reports_by_place_and_year ON public.reports USING btree (town, year);

ALTER TABLE ONLY public.facts
    ADD CONSTRAINT facts_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.paragraphs
    ADD CONSTRAINT paragraphs_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.removals
    ADD CONSTRAINT removals_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.texts
    ADD CONSTRAINT texts_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id) ON DELETE CASCADE;
