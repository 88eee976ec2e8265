-- From format 2 to format 3: records know from which day they count, so that a question about a past day steps over nothing that
-- came later; events know where in their sentence the evidence stands, so that a list is made from the tables alone.

ALTER TABLE events ADD COLUMN known TEXT NOT NULL DEFAULT '';     -- of its page
ALTER TABLE events ADD COLUMN lead INTEGER;                       -- characters of the sentence before the evidence; NULL where
                                                                  -- that was not noted (read before format 3) or it is elsewhere
ALTER TABLE statements ADD COLUMN known TEXT NOT NULL DEFAULT '';
UPDATE events SET known = (SELECT known FROM pages WHERE key = page);
UPDATE statements SET known = (SELECT known FROM pages WHERE key = page);
-- What is dated after the day on which it was told: few, and the only records that a past day knew of days to come.
CREATE INDEX events_ahead ON events (day, known) WHERE day > known;
CREATE INDEX statements_ahead ON statements (day, known) WHERE day > known;
