/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The running program: configuration, clock, randomness, database addresses, lanes. Made by
 * server/ (or by the test harness, with fixed clock and seeded randomness), then read-only. */
#ifndef HT_PLATFORM_APP_H
#define HT_PLATFORM_APP_H
#include "platform/base/arena.h"
#include "platform/base/clock.h"
#include "platform/base/err.h"
#include "platform/db/db.h"
#include "platform/module.h"

struct lanes;
struct web;

/* huotang.conf and HUOTANG_KEY; see server/config.c for the table with defaults and help. */
struct config {
    str listen;          /* "127.0.0.1:8080" */
    str data;            /* directory for database, attachments */
    str db;              /* "sqlite:PATH" or "postgresql://…" */
    str trusted_proxies; /* addresses whose X-Forwarded-For and -Proto count */
    str log_level;
    str secret_file; /* 32 random bytes, made on first start with mode 0600 */
    str public_url;  /* for links in mail and QR codes */
    str smtp_url, smtp_from, smtp_password_file;
    str security_contact; /* mailto:, https: or tel:, where weaknesses are told; empty = nowhere */
    i64 loops;            /* loop threads; 0 = number of cores */
    i64 max_connections;
    i64 backup_hours;    /* not ready when the last backup is older; 0 = whatever its age */
    bool secure_cookies; /* behind TLS */
    bool demo;
    i64 days_ahead; /* of a demo only: its clock goes so many days ahead; 0 elsewhere */
    bool sandbox;   /* the worker locks itself in (server/sandbox.h) */
};

struct app {
    struct arena *mem;
    struct config config;
    struct clock clock; /* .now_ms(&clock) */
    struct rng rng;     /* only under lanes; requests get their own */
    bytes secret;       /* from secret_file: keys are derived from it per purpose */
    const struct module *const *modules;
    struct lanes *lanes;
    struct web *web;
};

/* The schemas of the platform's parts and of the modules, in order. Ends with {0}. */
const struct db_schema *app_schemas(struct arena *mem, const struct module *const *modules);

/* A key of 32 bytes for a purpose ("fields", "receipts", "csrf"), derived from the secret
 * (HKDF/BLAKE2b). */
void app_key(const struct app *app, const char *purpose, unsigned char out[32]);

/* A system request for jobs, command line and tests: actor without account but with every scope
 * in org_id. mem, db are the caller's. */
void app_system_rq(struct app *app, struct db *db, struct arena *mem, i64 org_id, struct rq *out);
#endif
