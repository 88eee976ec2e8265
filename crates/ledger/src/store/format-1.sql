-- A ledger, format 1. Dates are ISO 8601 text; offsets are Unicode characters, end exclusive; unknown is NULL.
-- `key` columns join the tables of one file and mean nothing outside it: ids are what lasts.

-- One page, with the facts of its article.
CREATE TABLE pages (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,                 -- of the page as it came
  path TEXT,                          -- the first in alphabet of the files it came from
  place INTEGER NOT NULL DEFAULT 0,   -- which page of that file
  url TEXT,
  title TEXT,
  byline TEXT,
  publisher TEXT,
  language TEXT,
  published TEXT,
  published_from TEXT,
  fetched TEXT,
  known TEXT NOT NULL,                -- published, else fetched, else the day it came in (then no part of the content)
  translation_suspect REAL NOT NULL DEFAULT 0,
  cluster TEXT,                       -- smallest page id among its near-copies
  origin TEXT,                        -- whose account it repeats
  why_none TEXT,                      -- why it yielded no record, where it did not
  revision TEXT NOT NULL,             -- lexicon and model that read it
  retracted TEXT                      -- the day on which it was retracted
) STRICT;
CREATE INDEX pages_in_order ON pages (path, place, id);
CREATE INDEX pages_by_day ON pages (known);

-- The page as it came and what was read from it, both as raw deflate streams of UTF-8 JSON.
CREATE TABLE texts (
  page INTEGER PRIMARY KEY REFERENCES pages (key),
  raw BLOB NOT NULL,
  reading BLOB NOT NULL,
  digest BLOB                         -- what comparing it with other pages needs
) STRICT;

-- Other wordings that came in under the same page id; the one with the latest publication day is the page.
CREATE TABLE versions (
  page TEXT NOT NULL,
  hash TEXT NOT NULL,
  published TEXT,
  raw BLOB NOT NULL,
  PRIMARY KEY (page, hash)
) STRICT, WITHOUT ROWID;

-- One way in which a party is named: words of a page, and who is meant.
CREATE TABLE names (
  key INTEGER PRIMARY KEY,
  words TEXT NOT NULL,
  actor TEXT NOT NULL,                -- stable id of the party
  name TEXT NOT NULL,                 -- its canonical name
  code TEXT,
  sectors TEXT,                       -- joined with ", ", primary first
  office TEXT,
  collective INTEGER NOT NULL
) STRICT;
CREATE INDEX names_by_actor ON names (actor);
CREATE INDEX names_by_code ON names (code);
CREATE VIRTUAL TABLE name_search USING fts5(words, name, code, content='names', content_rowid='key', tokenize='unicode61 remove_diacritics 2');

-- One place as pages name it.
CREATE TABLE places (
  key INTEGER PRIMARY KEY,
  words TEXT NOT NULL,
  name TEXT,
  city TEXT,
  province TEXT,
  country TEXT,
  country_code TEXT,
  latitude REAL,
  longitude REAL,
  geonameid INTEGER
) STRICT;
CREATE VIRTUAL TABLE place_search USING fts5(words, name, city, province, country, country_code, content='places', content_rowid='key', tokenize='unicode61 remove_diacritics 2');

-- Who said what. `status`: read (by the machine), accepted, corrected, rejected (by a person).
CREATE TABLE statements (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  page INTEGER NOT NULL REFERENCES pages (key),
  position INTEGER NOT NULL,
  form TEXT NOT NULL,
  stance TEXT NOT NULL,
  speaker TEXT,
  speakers TEXT,                      -- canonical names, joined with "; "
  cue TEXT,
  content TEXT NOT NULL,
  channel TEXT,
  addressee TEXT,
  date TEXT,
  day TEXT NOT NULL,                  -- date, else the day of the page: what --since and --until look at
  part TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  finder TEXT NOT NULL,
  status TEXT NOT NULL
) STRICT;
CREATE INDEX statements_by_page ON statements (page, position);
CREATE INDEX statements_by_day ON statements (day);

CREATE TABLE speakers (
  statement INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name INTEGER NOT NULL REFERENCES names (key),
  PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX speakers_by_name ON speakers (name, statement);

-- Who did what to whom, as one page tells it.
CREATE TABLE events (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  page INTEGER NOT NULL REFERENCES pages (key),
  position INTEGER NOT NULL,
  event TEXT NOT NULL,                -- main category
  events TEXT NOT NULL,               -- all categories, joined with ", "
  mode TEXT,                          -- joined with ", "
  modality TEXT NOT NULL,
  context TEXT,                       -- joined with ", "
  actors TEXT,                        -- canonical names, joined with "; "
  recipients TEXT,
  date TEXT,
  end_date TEXT,
  date_basis TEXT NOT NULL,
  day TEXT NOT NULL,                  -- date, else the day of the page: what --since and --until look at
  place INTEGER REFERENCES places (key),
  said_by TEXT,                       -- id of a statement; NULL for the reporter
  proposition TEXT,
  proposition_event TEXT,
  dead REAL,
  injured REAL,
  arrested REAL,
  troops REAL,
  participants REAL,
  money REAL,
  quad INTEGER NOT NULL,
  scale REAL NOT NULL,
  confidence REAL NOT NULL,
  "trigger" TEXT NOT NULL,
  sentence TEXT NOT NULL,
  part TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  finder TEXT NOT NULL,
  status TEXT NOT NULL,
  happening TEXT NOT NULL             -- smallest record id among all accounts of the same thing
) STRICT;
CREATE INDEX events_by_page ON events (page, position);
CREATE INDEX events_by_day ON events (day, event);
CREATE INDEX events_by_category ON events (event, day);
CREATE INDEX events_by_happening ON events (happening);
CREATE INDEX events_by_statement ON events (said_by) WHERE said_by IS NOT NULL;
CREATE INDEX events_by_place ON events (place) WHERE place IS NOT NULL;
CREATE INDEX events_uncommon ON events (modality, day) WHERE modality <> 'asserted';
CREATE INDEX events_reviewed ON events (status) WHERE status <> 'read';

CREATE TABLE parties (
  event INTEGER NOT NULL,
  role TEXT NOT NULL,                 -- actor or recipient
  position INTEGER NOT NULL,
  name INTEGER NOT NULL REFERENCES names (key),
  PRIMARY KEY (event, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX parties_by_name ON parties (name, event, role);

-- What makes two records accounts of one thing: records with the same tie are.
CREATE TABLE ties (
  tie INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (tie, event)
) STRICT, WITHOUT ROWID;

-- Happenings told by more than one record: on how many pages, by how many publishers, from how many origins.
CREATE TABLE happenings (
  id TEXT PRIMARY KEY,
  records INTEGER NOT NULL,
  copies INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  origins INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX happenings_by_origins ON happenings (origins);

-- What people decided about records, anchored on page and trigger span so that it survives a new reading.
CREATE TABLE corrections (
  key INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('event', 'statement')),
  record TEXT NOT NULL,               -- the record's id when it was corrected
  page TEXT NOT NULL,
  part TEXT NOT NULL,
  start INTEGER NOT NULL,             -- the trigger, or the content of a statement
  "end" INTEGER NOT NULL,
  words TEXT NOT NULL,                -- what stood there
  category TEXT NOT NULL,             -- or form, when it was corrected
  verdict TEXT NOT NULL CHECK (verdict IN ('set', 'reject', 'accept')),
  field TEXT,
  value TEXT
) STRICT;
CREATE INDEX corrections_by_page ON corrections (page);

CREATE TABLE retractions (
  page TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Pages that were removed on request; their words are gone.
CREATE TABLE forgotten (
  page TEXT PRIMARY KEY,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Words of titles and articles; the text itself is in `texts`.
CREATE VIRTUAL TABLE search USING fts5(title, text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');

-- Logs: when and how things came about. No part of the content.
CREATE TABLE arrivals (
  page TEXT NOT NULL,
  path TEXT NOT NULL,                 -- '' where it came without a file
  place INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (page, path, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE former_happenings (
  former TEXT NOT NULL,
  happening TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE changes (
  at TEXT NOT NULL,
  what TEXT NOT NULL,                 -- recode, retract, forget, version …
  page TEXT NOT NULL,
  record TEXT,
  detail TEXT NOT NULL
) STRICT;

-- For people with a table browser, a spreadsheet, R or pandas.
CREATE VIEW event_list AS
  SELECT e.id, e.event, e.mode, e.modality, e.date, e.end_date, e.actors, e.recipients, p.words AS place, p.country_code AS place_country,
    p.latitude, p.longitude, e.proposition, s.speaker AS said_by, e."trigger", e.sentence, e.confidence, e.quad, e.scale, e.status,
    g.id AS page, e.part, e.start, e."end", g.title, g.publisher, g.published, g.url, e.happening,
    coalesce(h.copies, 1) AS copies, coalesce(h.outlets, 1) AS outlets, coalesce(h.origins, 1) AS origins
  FROM events e JOIN pages g ON g.key = e.page LEFT JOIN places p ON p.key = e.place LEFT JOIN statements s ON s.id = e.said_by
    LEFT JOIN happenings h ON h.id = e.happening
  WHERE e.status <> 'rejected' AND g.retracted IS NULL;
CREATE VIEW statement_list AS
  SELECT s.id, s.speaker, s.speakers, s.cue, s.content, s.form, s.stance, s.channel, s.addressee, s.date, s.status,
    g.id AS page, s.part, s.start, s."end", g.title, g.publisher, g.published, g.url
  FROM statements s JOIN pages g ON g.key = s.page
  WHERE s.status <> 'rejected' AND g.retracted IS NULL;
CREATE VIEW actors AS
  SELECT n.actor AS id, min(n.name) AS name, min(n.code) AS code, count(DISTINCT p.event) AS events, min(e.day) AS first, max(e.day) AS last
  FROM names n JOIN parties p ON p.name = n.key JOIN events e ON e.key = p.event
  WHERE e.status <> 'rejected'
  GROUP BY n.actor;
CREATE VIEW dyads AS
  SELECT a.code AS actor, r.code AS recipient, e.event, e.day, e.modality, e.scale, e.id
  FROM events e JOIN parties pa ON pa.event = e.key AND pa.role = 'actor' JOIN names a ON a.key = pa.name
    JOIN parties pr ON pr.event = e.key AND pr.role = 'recipient' JOIN names r ON r.key = pr.name
  WHERE e.status <> 'rejected' AND a.code IS NOT NULL AND r.code IS NOT NULL;
