-- SPDX-License-Identifier: MulanPSL-2.0
-- Who may come in and do what: organisations served, accounts, secrets, logins, API tokens, roles, holdings, delegations.
-- People stand in modules/members, bodies in modules/orgs; only their numbers are here. The audit log is platform/audit.

CREATE TABLE tenants (
    id @int PRIMARY KEY,                -- number of the cppcc in modules/orgs; every org_id of the house is one of these
    name TEXT NOT NULL,                 -- its name, as headers show it
    position @int NOT NULL DEFAULT 0,   -- the lowest is shown to visitors who are not signed in
    founded_at @int NOT NULL            -- when its data was begun, UTC milliseconds
);

CREATE TABLE accounts (
    id @id,
    org_id @int NOT NULL REFERENCES tenants (id),
    version @int NOT NULL DEFAULT 1,
    login_name TEXT NOT NULL,           -- what is typed to sign in, folded to lower case; unique over the installation
    kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'body')), -- body: a shared account of an org (集体账号)
    name TEXT NOT NULL,                 -- name of the person or body
    person_id @int NOT NULL DEFAULT 0,  -- persons.id in modules/members; 0 = none
    member_id @int NOT NULL DEFAULT 0,  -- members.id when the person is a member of org_id; 0 = none
    agency_id @int NOT NULL DEFAULT 0,  -- orgs.id of the body an operator works for; 0 = none
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
    created_at @int NOT NULL,           -- UTC milliseconds
    created_by @int NOT NULL DEFAULT 0, -- account; 0 = command line or set-up
    disabled_at @int NOT NULL DEFAULT 0 -- UTC milliseconds; 0 = active
);
CREATE UNIQUE INDEX accounts_login_name ON accounts (login_name);
CREATE UNIQUE INDEX accounts_org ON accounts (org_id, id);
CREATE INDEX accounts_person ON accounts (org_id, person_id);
CREATE INDEX accounts_agency ON accounts (org_id, agency_id);
CREATE INDEX accounts_created ON accounts (org_id, created_at, id);

-- What changes at signing in, apart from accounts so that a failed password never collides with a clerk's edit.
CREATE TABLE secrets (
    org_id @int NOT NULL,
    account_id @int NOT NULL,
    password_hash TEXT NOT NULL DEFAULT '',          -- argon2id in its own text form; empty = no password, cannot sign in
    password_changed_at @int NOT NULL DEFAULT 0,     -- UTC milliseconds
    must_change_password @int NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)), -- a one-time password was given
    failures @int NOT NULL DEFAULT 0,                -- wrong passwords since the last right one
    locked_until_at @int NOT NULL DEFAULT 0,         -- UTC milliseconds; 0 = not locked
    totp_secret @bytes,                              -- sealed (secret.h); NULL = second factor not set up
    totp_pending @bytes,                             -- sealed; shown as QR code, becomes totp_secret by its first right code
    totp_step @int NOT NULL DEFAULT 0,               -- last time step used: a code counts once
    totp_failures @int NOT NULL DEFAULT 0,           -- wrong codes since the last right one
    PRIMARY KEY (org_id, account_id),
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);

CREATE TABLE old_passwords (
    id @id,
    org_id @int NOT NULL,
    account_id @int NOT NULL,
    password_hash TEXT NOT NULL,        -- argon2id of a password no longer in use
    changed_at @int NOT NULL,           -- when it was replaced, UTC milliseconds
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE INDEX old_passwords_account ON old_passwords (org_id, account_id, id);

CREATE TABLE recovery_codes (
    id @id,
    org_id @int NOT NULL,
    account_id @int NOT NULL,
    code_hash TEXT NOT NULL,            -- hex digest of a code that replaces one TOTP code
    used_at @int NOT NULL DEFAULT 0,    -- UTC milliseconds; 0 = still good
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE UNIQUE INDEX recovery_codes_code ON recovery_codes (org_id, account_id, code_hash);

-- Failed sign-ins by client address. An address belongs to no organisation: no org_id.
CREATE TABLE addresses (
    address TEXT PRIMARY KEY,           -- as the proxy or socket gave it
    failures @int NOT NULL,             -- since first_at
    first_at @int NOT NULL,             -- begin of the counting window, UTC milliseconds
    locked_until_at @int NOT NULL DEFAULT 0 -- UTC milliseconds; 0 = not locked
);

CREATE TABLE logins (
    id @id,
    org_id @int NOT NULL,
    account_id @int NOT NULL,
    token_hash TEXT NOT NULL,           -- hex digest of the cookie's value; found before the organisation is known
    csrf TEXT NOT NULL,                 -- token that forms of this login carry
    state TEXT NOT NULL CHECK (state IN ('pending', 'open')), -- pending: password right, second factor still to come
    created_at @int NOT NULL,           -- UTC milliseconds
    seen_at @int NOT NULL,              -- last request, within a minute
    authenticated_at @int NOT NULL,     -- password last given
    address TEXT NOT NULL DEFAULT '',   -- at sign-in
    agent TEXT NOT NULL DEFAULT '',     -- User-Agent at sign-in
    delegation_id @int NOT NULL DEFAULT 0, -- acting for another on this delegation; 0 = as oneself
    ended_at @int NOT NULL DEFAULT 0,   -- signed out or revoked; 0 = open
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE UNIQUE INDEX logins_token ON logins (token_hash);
CREATE INDEX logins_account ON logins (org_id, account_id, ended_at, id);

CREATE TABLE tokens (
    id @id,
    org_id @int NOT NULL,
    account_id @int NOT NULL,           -- whose permissions it has, or some of them
    name TEXT NOT NULL,                 -- what it is for
    token_hash TEXT NOT NULL,           -- hex digest of the token; found before the organisation is known
    permissions TEXT NOT NULL DEFAULT '', -- names separated by spaces; empty = all of the account's
    created_at @int NOT NULL,           -- UTC milliseconds
    expires_at @int NOT NULL,           -- UTC milliseconds
    seen_at @int NOT NULL DEFAULT 0,    -- last use, within a minute
    ended_at @int NOT NULL DEFAULT 0,   -- revoked; 0 = good
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id)
);
CREATE UNIQUE INDEX tokens_token ON tokens (token_hash);
CREATE INDEX tokens_account ON tokens (org_id, account_id, id);

CREATE TABLE roles (
    id @id,
    org_id @int NOT NULL REFERENCES tenants (id),
    version @int NOT NULL DEFAULT 1,
    code TEXT NOT NULL,                 -- shipped: member, staff, sysadmin …; own roles get one from the site
    name TEXT NOT NULL DEFAULT '',      -- empty = the shipped label, text "roles.CODE"
    area TEXT NOT NULL DEFAULT '' CHECK (area IN ('', 'system', 'security', 'audit')), -- one of the separated administrators
    office @int NOT NULL DEFAULT 0 CHECK (office IN (0, 1)) -- works in the office: short time-outs, second factor
);
CREATE UNIQUE INDEX roles_code ON roles (org_id, code);
CREATE UNIQUE INDEX roles_org ON roles (org_id, id);

CREATE TABLE role_permissions (
    org_id @int NOT NULL,
    role_id @int NOT NULL,
    permission TEXT NOT NULL,           -- "proposals.docket"
    effect TEXT NOT NULL CHECK (effect IN ('allow', 'deny')), -- a deny of any role wins over every allow
    PRIMARY KEY (org_id, role_id, permission),
    FOREIGN KEY (org_id, role_id) REFERENCES roles (org_id, id)
);

-- Permissions whose declared roles were written once; afterwards the site decides.
CREATE TABLE seeded_permissions (
    org_id @int NOT NULL,
    permission TEXT NOT NULL,           -- "proposals.docket"
    PRIMARY KEY (org_id, permission)
);

CREATE TABLE holdings (
    id @id,
    org_id @int NOT NULL,
    account_id @int NOT NULL,
    role_id @int NOT NULL,
    scope_kind TEXT NOT NULL CHECK (scope_kind IN ('self', 'committee', 'agency', 'org')), -- how far the role reaches
    scope_id @int NOT NULL DEFAULT 0,   -- the committee for 'committee'; 0 otherwise
    from_on @int NOT NULL,              -- first day
    to_on @int NOT NULL DEFAULT 0,      -- last day; 0 = open
    given_at @int NOT NULL,             -- UTC milliseconds
    given_by @int NOT NULL DEFAULT 0,   -- account; 0 = command line or set-up
    FOREIGN KEY (org_id, account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, role_id) REFERENCES roles (org_id, id)
);
CREATE INDEX holdings_account ON holdings (org_id, account_id, role_id);
CREATE INDEX holdings_role ON holdings (org_id, role_id, account_id);

CREATE TABLE delegations (
    id @id,
    org_id @int NOT NULL,
    from_account_id @int NOT NULL,      -- who lets another act
    to_account_id @int NOT NULL,        -- who acts
    permissions TEXT NOT NULL,          -- names separated by spaces: what may be done
    note TEXT NOT NULL DEFAULT '',      -- why
    from_on @int NOT NULL,              -- first day
    to_on @int NOT NULL,                -- last day; never open
    created_at @int NOT NULL,           -- UTC milliseconds
    ended_at @int NOT NULL DEFAULT 0,   -- revoked by either side; 0 = not
    FOREIGN KEY (org_id, from_account_id) REFERENCES accounts (org_id, id),
    FOREIGN KEY (org_id, to_account_id) REFERENCES accounts (org_id, id)
);
CREATE INDEX delegations_from ON delegations (org_id, from_account_id, id);
CREATE INDEX delegations_to ON delegations (org_id, to_account_id, id);

-- The code printed on the console that lets the first administrators be made. The installation's, not an organisation's: no org_id.
CREATE TABLE first_codes (
    id @id,
    code_hash TEXT NOT NULL,            -- hex digest
    made_at @int NOT NULL,              -- UTC milliseconds; good for 24 hours
    used_at @int NOT NULL DEFAULT 0     -- UTC milliseconds; 0 = unused
);
