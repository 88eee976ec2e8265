-- From format 1 to format 2: how often a name is used stands with it; names are found in any case; pages know their kin, so
-- that a new page is compared with those that may be like it and no others; each page is judged as a source where it lies;
-- earlier wordings of a page keep the day from which they counted.

-- In how many records a name does something, something is done to it, it speaks.
ALTER TABLE names ADD COLUMN did INTEGER NOT NULL DEFAULT 0;
ALTER TABLE names ADD COLUMN undergone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE names ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
UPDATE names SET did = n FROM (SELECT name, count(*) AS n FROM parties WHERE role = 'actor' GROUP BY name) c WHERE c.name = names.key;
UPDATE names SET undergone = n FROM (SELECT name, count(*) AS n FROM parties WHERE role = 'recipient' GROUP BY name) c WHERE c.name = names.key;
UPDATE names SET said = n FROM (SELECT name, count(*) AS n FROM speakers GROUP BY name) c WHERE c.name = names.key;
CREATE TRIGGER party_in AFTER INSERT ON parties BEGIN
  UPDATE names SET did = did + (new.role = 'actor'), undergone = undergone + (new.role = 'recipient') WHERE key = new.name;
END;
CREATE TRIGGER party_out AFTER DELETE ON parties BEGIN
  UPDATE names SET did = did - (old.role = 'actor'), undergone = undergone - (old.role = 'recipient') WHERE key = old.name;
END;
CREATE TRIGGER speaker_in AFTER INSERT ON speakers BEGIN
  UPDATE names SET said = said + 1 WHERE key = new.name;
END;
CREATE TRIGGER speaker_out AFTER DELETE ON speakers BEGIN
  UPDATE names SET said = said - 1 WHERE key = old.name;
END;

CREATE INDEX names_by_name ON names (name COLLATE NOCASE);
CREATE INDEX names_by_words ON names (words COLLATE NOCASE);
-- Records of several categories are few.
CREATE INDEX events_several ON events (events) WHERE instr(events, ',') > 0;
CREATE INDEX statements_reviewed ON statements (status) WHERE status <> 'read';
CREATE INDEX pages_retracted ON pages (retracted) WHERE retracted IS NOT NULL;

-- What a page is looked up by when another may be like it: groups of words, quotations, voices of a day; as numbers.
CREATE TABLE signs (
  sign INTEGER NOT NULL,
  page INTEGER NOT NULL,
  PRIMARY KEY (sign, page)
) STRICT, WITHOUT ROWID;

-- Pages that have something in common, both ways round. `tie`: 0 they share passages, 1 they may be one report or from one
-- origin.
CREATE TABLE kin (
  page INTEGER NOT NULL,
  other INTEGER NOT NULL,
  tie INTEGER NOT NULL,
  PRIMARY KEY (page, other)
) STRICT, WITHOUT ROWID;

-- Pages not yet compared with the others.
ALTER TABLE pages ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pages_unsettled ON pages (id) WHERE settled = 0;

-- What each page is as a source.
CREATE TABLE sources (
  page INTEGER PRIMARY KEY REFERENCES pages (key),
  role TEXT NOT NULL,                 -- single, original, copy, excerpt, rewrite
  copy_of TEXT,                       -- the page it is likely taken from
  overlap REAL,                       -- the share of its sentences found there
  verdict TEXT NOT NULL,              -- good, usable, poor
  judged TEXT NOT NULL                -- all of it, as JSON
) STRICT;
CREATE VIEW source_list AS
  SELECT g.id AS page, g.path, g.url, g.title, g.publisher, g.published, g.cluster, g.origin, s.role, s.copy_of, s.overlap, s.verdict,
    g.why_none, g.retracted
  FROM pages g LEFT JOIN sources s ON s.page = g.key;

-- Wordings: `words` tells pages with the same words apart from others, whatever day was given with them. Of one wording the one
-- published last is kept, and of all wordings the one published last is the page. Those set aside keep their reading.
ALTER TABLE pages ADD COLUMN words TEXT NOT NULL DEFAULT '';
UPDATE pages SET words = hash;
ALTER TABLE versions ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN known TEXT;
ALTER TABLE versions ADD COLUMN facts TEXT;
ALTER TABLE versions ADD COLUMN reading BLOB;
UPDATE versions SET words = hash, known = published;
-- Log: what came with the same words and changed nothing.
CREATE TABLE same_words (
  page TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (page, hash)
) STRICT, WITHOUT ROWID;
