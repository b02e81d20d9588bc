-- SPDX-License-Identifier: MulanPSL-2.0
-- Whether a member is named for the coming term is asked of everybody on the roster (modules/renewals): without this, each time over all who are named.

CREATE INDEX nominations_member ON nominations (org_id, member_id, term_number);
