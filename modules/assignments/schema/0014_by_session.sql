-- SPDX-License-Identifier: MulanPSL-2.0
-- What stands in a state in one session, in order of its day: boards and lists of a session, which read all of a state before.
CREATE INDEX assignments_session ON assignments (org_id, session_id, state, due_on, id);
-- Answered suggestions one by one, the newest first.
CREATE INDEX reply_answers_newest ON reply_answers (org_id, id);
