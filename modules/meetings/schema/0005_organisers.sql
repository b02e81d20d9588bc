-- SPDX-License-Identifier: MulanPSL-2.0
-- Organising meetings and reading the list of who was asked are permissions of their own now (meetings.organise, meetings.follow). Roles, delegations
-- and tokens that could do it by meetings.manage or meetings.excuse still can.

INSERT INTO role_permissions (org_id, role_id, permission, effect)
SELECT org_id, role_id, 'meetings.organise', effect FROM role_permissions WHERE permission = 'meetings.manage'
ON CONFLICT (org_id, role_id, permission) DO NOTHING;
INSERT INTO role_permissions (org_id, role_id, permission, effect)
SELECT org_id, role_id, 'meetings.follow', effect FROM role_permissions WHERE permission = 'meetings.excuse'
ON CONFLICT (org_id, role_id, permission) DO NOTHING;
INSERT INTO role_permissions (org_id, role_id, permission, effect)
SELECT org_id, role_id, 'meetings.follow', effect FROM role_permissions WHERE permission = 'meetings.manage' AND effect = 'allow'
ON CONFLICT (org_id, role_id, permission) DO NOTHING;

UPDATE delegations SET permissions = permissions || ' meetings.organise'
WHERE ' ' || permissions || ' ' LIKE '% meetings.manage %' AND ' ' || permissions || ' ' NOT LIKE '% meetings.organise %';
UPDATE delegations SET permissions = permissions || ' meetings.follow'
WHERE (' ' || permissions || ' ' LIKE '% meetings.manage %' OR ' ' || permissions || ' ' LIKE '% meetings.excuse %')
AND ' ' || permissions || ' ' NOT LIKE '% meetings.follow %';
UPDATE tokens SET permissions = permissions || ' meetings.organise'
WHERE ' ' || permissions || ' ' LIKE '% meetings.manage %' AND ' ' || permissions || ' ' NOT LIKE '% meetings.organise %';
UPDATE tokens SET permissions = permissions || ' meetings.follow'
WHERE (' ' || permissions || ' ' LIKE '% meetings.manage %' OR ' ' || permissions || ' ' LIKE '% meetings.excuse %')
AND ' ' || permissions || ' ' NOT LIKE '% meetings.follow %';
