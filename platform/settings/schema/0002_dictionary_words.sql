-- SPDX-License-Identifier: MulanPSL-2.0
-- What a code is called from a day on, where that changed: an old case keeps the word of its time, for the meaning of a code may
-- change with the rules (class C of four is not class C of three). Before the first row the word in dictionaries holds.

CREATE TABLE dictionary_words (
    org_id @int NOT NULL,
    name TEXT NOT NULL,              -- of the dictionary, "assignments.classes"
    code TEXT NOT NULL,              -- a code of the dictionary
    from_on @int NOT NULL,           -- called so from this day until a later row takes over
    label TEXT NOT NULL,             -- what people read
    note TEXT NOT NULL DEFAULT '',   -- explanation beside the choice
    changed_at @int NOT NULL,        -- UTC milliseconds
    changed_by @int NOT NULL,        -- account; 0 = the house
    mark @int NOT NULL,              -- as in settings
    PRIMARY KEY (org_id, name, code, from_on)
);
CREATE INDEX dictionary_words_mark ON dictionary_words (org_id, mark);
