-- SPDX-License-Identifier: MulanPSL-2.0
-- What has not left is looked at by the administrator, beside the many that have.

CREATE INDEX outbox_unsent ON outbox (org_id, id) WHERE sent_at = 0;
