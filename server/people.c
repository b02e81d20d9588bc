/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Commands about organisations and accounts: init, user, token. Passwords are never arguments: they
 * come from a file or are made up and printed once. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "modules/accounts/account.h"
#include "modules/orgs/org.h"
#include "platform/access/access_store.h"
#include "platform/db/db.h"
#include "platform/text/texts.h"
#include "platform/web/builtin.h"
#include "platform/web/web.h"
#include "server/command.h"
#include "server/start.h"

/* ---- init ---- */

struct init_call {
    str name, code;
};

static err init(struct rq *rq, void *context)
{
    struct init_call *call = context;
    struct org org = { .name = call->name };
    bool needed;
    i64 id;
    TRY(org_found_cppcc(rq, &org, &id));
    TRY(first_is_needed(rq, &needed));
    if (!needed)
        return OK;
    TRY(first_code_make(rq, &call->code));
    call->code = arena_str(rq->app->mem, call->code); /* outlives the transaction */
    return OK;
}

int command_init(struct command_line *line)
{
    struct app app;
    struct init_call call = { command_option(line, "name"), str_of("") };
    if (call.name.len == 0)
        return command_failed(line, err_make(ERR_INVALID, "command.need_name")), EXIT_USAGE;
    if (!command_open(line, true, &app))
        return EXIT_FAILED;
    err e = start_write(&app, 0, init, &call);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    command_say(text_format(line->mem, "command.inited", call.name, call.code));
    return EXIT_DONE;
}

/* ---- the organisation that a command works in ---- */

err command_orgs(struct command_line *line, struct app *app, ids *out)
{
    struct rows rows;
    struct db *db;
    *out = (ids){ 0 };
    TRY(db_open(app->config.db, DB_READ, &db));
    err e = db_begin(db);
    if (!e.code)
        e = access_store_list_tenants(db, line->mem, &rows);
    db_rollback(db);
    db_close(db);
    TRY(e);
    const struct tenant *all = rows.items;
    out->items = arena_array(line->mem, rows.count + 1, sizeof(i64));
    for (size_t i = 0; i < rows.count; i++)
        out->items[out->count++] = all[i].id;
    return OK;
}

i64 command_org(struct command_line *line, struct app *app)
{
    i64 org_id = 0;
    ids all;
    str given = command_option(line, "org");
    if (given.len)
        return str_to_i64(given, &org_id) ? org_id : 0;
    err e = command_orgs(line, app, &all);
    return e.code || all.count == 0 ? 0 : all.items[0];
}

/* ---- user ---- */

struct user_call {
    str verb, login_name, name, role, agency, password, hash;
    bool made;
};

static err prepare_password(struct command_line *line, struct rq *rq, struct user_call *call)
{
    str file = command_option(line, "password-file");
    if (file.len == 0) {
        call->made = true;
        return account_make_password(rq, &call->password, &call->hash);
    }
    char space[1024];
    int fd = open(arena_cstr(line->mem, file), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, space, sizeof space);
    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return err_make_with(ERR_INVALID, "command.password_file", file, str_of(""));
    str password = str_trim((str){ space, (size_t)n });
    return account_hash_password(rq, &(struct account_names){ call->login_name, call->name },
                                 password, &call->hash);
}

/* The body that --agency names; id 0 when it was not given. */
static err find_agency(struct rq *rq, const struct user_call *call, struct org *out)
{
    *out = (struct org){ 0 };
    if (call->agency.len == 0)
        return OK;
    TRY(org_find_agency(rq, call->agency, out));
    return out->id ? OK : err_make_with(ERR_INVALID, "command.no_agency", call->agency, str_of(""));
}

/* Who works for an agency operates there unless a role is given. */
static err user_add(struct rq *rq, struct user_call *call)
{
    i64 id;
    struct org agency;
    TRY(find_agency(rq, call, &agency));
    TRY(account_create(rq,
                       &(struct account_new){ .login_name = call->login_name,
                                              .name = call->name,
                                              .password_hash = call->hash,
                                              .agency_id = agency.id,
                                              .one_time = call->made },
                       &id));
    struct holding_new holding = { .role = call->role };
    if (agency.id && holding.role.len == 0)
        holding.role = str_of("operator");
    if (agency.id && (str_is(holding.role, "operator") || str_is(holding.role, "agency_leader")))
        holding.scope = str_of("agency");
    return holding.role.len ? account_give_role(rq, id, &holding, NULL) : OK;
}

static err user_move(struct rq *rq, struct user_call *call, const struct account *account)
{
    struct org agency;
    TRY(find_agency(rq, call, &agency));
    return account_set_agency(rq, account->id, account->version, agency.id);
}

static err user(struct rq *rq, void *context)
{
    struct user_call *call = context;
    struct account account;
    if (str_is(call->verb, "add"))
        return user_add(rq, call);
    TRY(account_find_by_login_name(rq, call->login_name, &account));
    if (str_is(call->verb, "passwd"))
        return account_set_password(rq, account.id, call->hash, call->made);
    if (str_is(call->verb, "move"))
        return user_move(rq, call, &account);
    return account_give_role(rq, account.id, &(struct holding_new){ .role = call->role }, NULL);
}

static err run_user(struct command_line *line, struct app *app, struct user_call *call)
{
    struct rq rq;
    struct db *db;
    i64 org_id = command_org(line, app);
    if (org_id == 0)
        return err_make(ERR_INVALID, "command.no_org");
    TRY(db_open(app->config.db, DB_READ, &db));
    err e = db_begin(db);
    app_system_rq(app, db, line->mem, org_id, &rq);
    if (!e.code && (str_is(call->verb, "add") || str_is(call->verb, "passwd")))
        e = prepare_password(line, &rq, call);
    db_rollback(db);
    db_close(db);
    TRY(e);
    return start_write(app, org_id, user, call);
}

static bool is_user_verb(str word)
{
    return str_is(word, "add") || str_is(word, "passwd") || str_is(word, "role") ||
           str_is(word, "move");
}

int command_user(struct command_line *line)
{
    struct app app;
    if (line->words.count < 2 || !is_user_verb(line->words.items[0]) ||
        (str_is(line->words.items[0], "move") && command_option(line, "agency").len == 0))
        return command_failed(line, err_make(ERR_INVALID, "command.user_usage")), EXIT_USAGE;
    struct user_call call = { .verb = line->words.items[0],
                              .login_name = line->words.items[1],
                              .name = command_option(line, "name"),
                              .role = command_option(line, "role"),
                              .agency = command_option(line, "agency") };
    if (call.name.len == 0)
        call.name = call.login_name;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = run_user(line, &app, &call);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    command_say(
        call.made ? text_format(line->mem, "command.user_password", call.login_name, call.password)
                  : text_format(line->mem, "command.user_done", call.login_name, str_of("")));
    return EXIT_DONE;
}

/* ---- token ---- */

struct token_call {
    str login_name, token;
    i64 days;
};

static err token(struct rq *rq, void *context)
{
    struct token_call *call = context;
    struct account account;
    TRY(account_find_by_login_name(rq, call->login_name, &account));
    TRY(token_create(rq,
                     &(struct token_new){ .account_id = account.id,
                                          .days = call->days,
                                          .name = str_of("huotang token") },
                     &call->token));
    call->token = arena_str(rq->app->mem, call->token); /* outlives the transaction */
    return OK;
}

static int token_of_metrics(struct command_line *line)
{
    struct app app;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    command_say(builtin_metrics_token(&app, line->mem));
    command_close(&app);
    return EXIT_DONE;
}

int command_token(struct command_line *line)
{
    struct app app;
    struct token_call call = { .days = 90 };
    str days = command_option(line, "days");
    if (line->words.count == 1 && str_is(line->words.items[0], "metrics") && !days.len)
        return token_of_metrics(line);
    if (line->words.count != 2 || !str_is(line->words.items[0], "add") ||
        (days.len && !str_to_i64(days, &call.days)))
        return command_failed(line, err_make(ERR_INVALID, "command.token_usage")), EXIT_USAGE;
    call.login_name = line->words.items[1];
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = start_write(&app, command_org(line, &app), token, &call);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    command_say(call.token);
    return EXIT_DONE;
}
