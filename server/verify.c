/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang verify`: reads only, on a snapshot of its own, so that the house serves and writes
 * meanwhile. What a chain is: platform/audit/verify.c. What a backup's manifest is: backup.c. */
#include <stdio.h>

#include "modules/dashboards/dashboard.h"
#include "platform/audit/audit.h"
#include "platform/files/files.h"
#include "platform/files/pack.h"
#include "platform/text/texts.h"
#include "platform/web/digest.h"
#include "server/backup.h"
#include "server/command.h"

enum { MANIFEST_MAX = 256 << 20, PIECE = 64 * 1024, WORK = 32 << 20 };

/* ---- every organisation ---- */

/* What is counted over all of them. */
struct found {
    i64 lost;
    struct dashboard_check counted;
};

static err find_lost(struct rq *rq, struct found *found)
{
    i64 bad = 0;
    TRY(attachment_verify(rq, &bad));
    found->lost += bad;
    return OK;
}

static err find_miscounted(struct rq *rq, struct found *found)
{
    struct dashboard_check check;
    TRY(dashboard_verify(rq, &check));
    found->counted.stale += check.stale;
    found->counted.counters += check.counters;
    return OK;
}

static err look_at_orgs(struct command_line *line, struct app *app,
                        err (*look)(struct rq *rq, struct found *found), struct found *found)
{
    ids orgs;
    struct db *db;
    TRY(command_orgs(line, app, &orgs));
    TRY(db_open(app->config.db, DB_READ, &db));
    struct arena *mem = arena_new(WORK, 0);
    err e = OK;
    for (size_t i = 0; i < orgs.count && !e.code; i++) {
        struct rq rq;
        db_set_org(db, orgs.items[i]);
        app_system_rq(app, db, mem, orgs.items[i], &rq);
        e = look(&rq, found);
    }
    arena_free(mem);
    db_close(db);
    return e;
}

static str number(struct command_line *line, i64 n)
{
    return arena_printf(line->mem, "%lld", (long long)n);
}

err command_attachments(struct command_line *line, struct app *app)
{
    struct found found = { 0 };
    TRY(look_at_orgs(line, app, find_lost, &found));
    return found.lost
               ? err_make_with(ERR_INTERNAL, "verify.lost", number(line, found.lost), str_of(""))
               : OK;
}

static err check_counters(struct command_line *line, struct app *app)
{
    struct found found = { 0 };
    TRY(look_at_orgs(line, app, find_miscounted, &found));
    return found.counted.stale + found.counted.counters
               ? err_make_with(ERR_INTERNAL, "verify.miscounted", number(line, found.counted.stale),
                               number(line, found.counted.counters))
               : OK;
}

/* ---- an earlier backup ---- */

static err read_entry(struct unpack *unpack, struct arena *mem, struct buf *out)
{
    char *piece = arena_zero(mem, PIECE);
    size_t n = 0;
    do {
        TRY(unpack_read(unpack, piece, PIECE, &n));
        buf_add(out, (str){ piece, n });
    } while (n > 0);
    return OK;
}

static err read_manifest(struct arena *mem, str path, struct buf *out)
{
    struct unpack *unpack;
    struct unpack_entry entry;
    TRY(unpack_open(mem, path, &unpack));
    for (;;) {
        TRY(unpack_next(unpack, &entry));
        if (str_is(entry.name, BACKUP_MANIFEST))
            return read_entry(unpack, mem, out);
        if (entry.name.len == 0)
            return err_make_with(ERR_INVALID, "verify.backup", path, str_of(""));
    }
}

/* What stands behind the parts' lines, once the signature over all of it is found right. */
static err read_tail(struct arena *mem, const struct app *app, str path, str *tail)
{
    struct buf *manifest = buf_new(mem, MANIFEST_MAX);
    TRY(read_manifest(mem, path, manifest));
    str text = buf_str(manifest);
    i64 begin = str_find(text, str_of("# huotang backup "), 0);
    i64 end = begin < 0 ? -1 : str_find(text, str_of("# sign "), (size_t)begin);
    if (end < 0 || buf_is_full(manifest))
        return err_make_with(ERR_INVALID, "verify.backup", path, str_of(""));
    *tail = str_sub(text, (size_t)begin, (size_t)(end - begin));
    str lines = digest_hex(mem, str_sub(text, 0, (size_t)begin));
    str sign = str_sub(text, (size_t)end, text.len);
    return digest_is_same(sign, backup_sign(mem, app, lines, *tail))
               ? OK
               : err_make_with(ERR_INVALID, "verify.backup", path, str_of(""));
}

/* "# head ORG SEQ DIGEST" */
static bool head_read(str line, i64 *org_id, i64 *seq, str *digest)
{
    str word, rest = line;
    bool good = str_split(&rest, ' ', &word) && str_is(word, "#") && str_split(&rest, ' ', &word) &&
                str_is(word, "head") && str_split(&rest, ' ', &word) && str_to_i64(word, org_id) &&
                str_split(&rest, ' ', &word) && str_to_i64(word, seq);
    *digest = rest;
    return good;
}

static err check_head(struct db *db, struct arena *mem, str line)
{
    i64 org_id, seq;
    str then, now;
    if (!head_read(line, &org_id, &seq, &then) || seq == 0)
        return OK;
    err e = audit_find_digest(db, org_id, seq, mem, &now);
    if (err_is(e, "audit.retired")) /* by the keeping time: the chain says so itself */
        return OK;
    TRY(e);
    return str_eq(then, now) ? OK
                             : err_make_with(ERR_INTERNAL, "verify.rewritten",
                                             arena_printf(mem, "%lld", (long long)org_id),
                                             arena_printf(mem, "%lld", (long long)seq));
}

static err check_since(struct arena *mem, const struct app *app, struct db *db, str path)
{
    str tail, line;
    TRY(read_tail(mem, app, path, &tail));
    while (str_split(&tail, '\n', &line))
        TRY(check_head(db, mem, line));
    return OK;
}

/* ---- the command ---- */

struct verify {
    struct command_line *line;
    struct app app;
    struct audit_check check;
    struct rows tops;
};

static err look(struct verify *v, struct db *db)
{
    struct arena *mem = v->line->mem;
    str since = command_option(v->line, "since");
    TRY(db_check(db));
    TRY(audit_verify(&v->app, db, mem, &v->check));
    TRY(audit_list_tops(db, mem, &v->tops));
    return since.len ? check_since(mem, &v->app, db, since) : OK;
}

static err check_all(struct verify *v)
{
    struct db *db;
    TRY(db_open(v->app.config.db, DB_READ, &db));
    err e = db_begin(db);
    if (!e.code) {
        e = look(v, db);
        db_rollback(db);
    }
    db_close(db);
    TRY(e);
    TRY(command_attachments(v->line, &v->app));
    return check_counters(v->line, &v->app);
}

static void say(struct verify *v)
{
    struct arena *mem = v->line->mem;
    str since = command_option(v->line, "since");
    const struct audit_top *tops = v->tops.items;
    for (size_t i = 0; i < v->tops.count; i++) {
        str org = arena_printf(mem, "%lld", (long long)tops[i].org_id);
        str head = arena_printf(mem, "%lld %.*s", (long long)tops[i].seq, (int)tops[i].digest.len,
                                tops[i].digest.ptr);
        command_say(text_format(mem, "verify.head", org, head));
    }
    if (since.len)
        command_say(text_format(mem, "verify.since", since, str_of("")));
    command_say(text_format(mem, "command.verified",
                            arena_printf(mem, "%lld", (long long)v->check.entries), str_of("")));
}

int command_verify(struct command_line *line)
{
    struct verify v = { .line = line };
    if (line->words.count)
        return command_failed(line, err_make_with(ERR_INVALID, "command.option",
                                                  line->words.items[0], str_of(""))),
               EXIT_USAGE;
    if (!command_open(line, false, &v.app))
        return EXIT_FAILED;
    err e = check_all(&v);
    command_close(&v.app);
    if (e.code)
        return command_failed(line, e);
    say(&v);
    return EXIT_DONE;
}
