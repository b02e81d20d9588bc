/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a handler sees: a typed request in, a response out. Handlers know neither socket nor
 * thread, begin no transaction and may be run again (fresh arena, empty response). Routes and
 * forms are constant tables. */
#ifndef HT_WEB_WEB_H
#define HT_WEB_WEB_H
#include "platform/access/access.h"
#include "platform/base/arena.h"
#include "platform/base/buf.h"
#include "platform/base/clock.h"
#include "platform/base/err.h"
#include "platform/db/db.h"
#include "platform/module.h"

struct anonymous;
struct app;
struct rq;
struct res;

/* ---- routes ---- */

enum web_method { GET = 1, POST, PUT, PATCH, DELETE };

/* `.may` of a route that anybody may call. */
#define PUBLIC "public"
/* `.may` of a route for anyone who is signed in. */
#define SIGNED_IN "signed_in"

struct list_look;
struct route {
    enum web_method method;
    /* "/proposals/{id}/submit"; {names} are fields of the form; a lone {id} needs no form: it is
     * rq->path_id */
    const char *path;
    err (*handler)(struct rq *rq, struct res *res);
    const char *may; /* permission, PUBLIC or SIGNED_IN; a route without it does not start */
    const struct form *form;
    /* runs first, on the slow lane, read-only; may answer alone */
    err (*slow)(struct rq *rq, struct res *res);
    /* page that shows faults and typed values again, status 4xx */
    err (*redraw)(struct rq *rq, struct res *res);
    /* Also under /api/v1, by the same handler, where …/new is the collection itself and …/edit is
     * PUT: POST /notices/new is POST /api/v1/notices. rq->api tells them apart. */
    bool api;
    bool cached;  /* public page: ETag over the bytes, If-None-Match answered with 304 */
    bool locates; /* its page may ask the browser where it is, when somebody presses for it */
    /* also answers accounts that still must enrol a second factor or change the password */
    bool unenrolled;
    bool unnamed; /* the access log does not say whose account asked: somebody may hide here */
    bool reauth;  /* password given within setting accounts.reauth_minutes, else asked again */
    i64 max_body; /* bytes; 0 = 1 MiB */
    const struct anonymous *anonymous; /* nobody is known who asks: anonymous.h */
    /* of which list, where a handler of all lists answers (platform/list/list.h) */
    const struct list_look *look;
};

/* ---- forms ---- */

enum input_kind {
    INPUT_TEXT,     /* one line: line breaks refused, trimmed, control characters refused */
    INPUT_AREA,     /* several lines, tidied (platform/text/tidy.h) */
    INPUT_NUMBER,   /* i64 within min..max */
    INPUT_DAY,      /* a date, stored as a day number; -1 when empty */
    INPUT_BOOL,     /* present and not "0", "false", "no" */
    INPUT_CHOICE,   /* str, one of choices or of the dictionary */
    INPUT_ID,       /* i64 > 0; 0 when empty */
    INPUT_IDS,      /* repeated */
    INPUT_LINES,    /* strs: repeated text fields, tidied, empty ones dropped */
    INPUT_PASSWORD, /* text as typed, never logged, never redrawn */
    INPUT_FILES     /* ids of stored attachments (platform/files) */
};

/* One input. text limits in characters. label: text key of the field's label, default
 * "FORM.NAME" from .field.name. */
struct input {
    struct field field; /* FIELD(struct x_input, title) */
    enum input_kind kind;
    bool required;
    /* characters, value, or number of items; 0 = none; default maximum 200 (area 20,000) */
    i64 min, max;
    const char *limit_setting; /* setting that gives the maximum instead, by organisation */
    const char *choices;       /* "yes no maybe": labels are texts "CHOICE.FIELD.value" */
    const char *dictionary;    /* dictionary whose codes are allowed */
    /* choices that are data: rows of struct view_choice (view_parts.h); NOT_FOUND of the thing on
     * which they hang leaves the refusal to the handler */
    err (*values)(struct rq *rq, struct rows *out);
    const char *label; /* text key */
    const char *hint;  /* text key or NULL */
    bool query;        /* taken from the query string even for POST */
    /* INPUT_LINES: empty ones keep their place, so that two lists can go side by side */
    bool keep_empty;
};

struct form {
    const char *name; /* prefix of label keys: text "NAME.FIELD" */
    size_t size;      /* of the struct that is filled */
    const struct input *inputs;
};

/* A fault of one input: stable name, worded by text/; args as in err. field NULL = the form as a
 * whole. */
struct fault {
    const char *field;
    const char *name;
    str arg[2];
};

/* ---- request ---- */

struct rq {
    struct app *app;
    struct arena *mem;         /* freed after the answer */
    struct db *db;             /* scoped to actor->org_id */
    const struct actor *actor; /* never NULL */
    const struct route *route;
    const void *input; /* struct of route->form, filled and checked; NULL without a form */
    i64 path_id;       /* {id} of the path, 0 if none */
    i64 now_ms;
    i64 today; /* day_of_ms(now_ms) */
    struct rng *rng;
    str id;        /* request id, shown on error pages */
    str path;      /* as asked, without query */
    str query;     /* raw, for links back to the same list only */
    str address;   /* of the client, behind trusted proxies the forwarded one */
    str agent;     /* User-Agent, cut to 200 bytes */
    str mode;      /* display mode words: "standard", "elder" … from the cookie */
    bool api;      /* /api/v1: JSON in and out */
    bool fragment; /* htmx asks for a part */
    /* What .slow worked out for the handler (NULL without). The memory .slow ran in is kept until
     * the answer, also when the handler is run again. */
    const void *found;
    const struct rows *supposed; /* settings read as if these were stored: settings_suppose */
    err error;                   /* when redrawing: what happened */
    /* when redrawing or collecting: table ended by zero row, or NULL */
    const struct fault *faults;
    struct web_request *web; /* platform only */
};

/* Notes a fault of a field; go on, then return err_make(ERR_INVALID, "form.faults") if
 * rq_has_faults. */
void rq_fault(struct rq *rq, const char *field, const char *name, str a, str b);
bool rq_has_faults(const struct rq *rq);

/* Whoever changes a thing that is there says which version of it he has seen. version: as given, 0
 * = not. Errors: INVALID form.faults with web.version_missing at `version`. */
err rq_need_version(struct rq *rq, i64 version);

/* The fault of a field, or NULL. */
const struct fault *rq_fault_of(const struct rq *rq, const char *field);

/* What was typed into a declared field when redrawing after a fault, else the given stored
 * value. */
str rq_typed(const struct rq *rq, const char *field, str stored);

/* What was typed into a repeated field (each value), else the stored ones. */
strs rq_typed_all(const struct rq *rq, const char *field, strs stored);

/* ---- response ---- */

/* An HTML page made in b; also sets no-store, CSP and the other headers by route. */
void res_html(struct res *res, const struct buf *b);

/* JSON text made in b (platform/web/json.h). */
void res_json(struct res *res, const struct buf *b);

/* 303 See Other to an own path (starts with a single '/', else the process stops). The API
 * answers 200 with {"location":…} unless it has set a body. */
void res_redirect(struct res *res, str path);

/* Whether a text is an own path that res_redirect takes; to judge a ?next= of sign-in. */
bool web_is_own_path(str path);

/* A message shown once on the next page ("flash"): text key and argument; kept in a signed
 * cookie, not in the URL. */
void res_flash(struct res *res, const char *text_key, str arg);

/* The answer shows a secret once (a new password, token, code): it is not kept in the database, and
 * the same submission sent again is told that it was done. */
void res_once(struct res *res);

/* Status other than 200; a header (name literal, value without control characters). */
void res_status(struct res *res, int status);
void res_header(struct res *res, const char *name, str value);

/* A download from an open file descriptor, which the response then owns. name: UTF-8, sent per
 * RFC 6266; inline_: only for types the platform itself made (PDF). */
void res_file(struct res *res, int fd, str name, const char *type, bool inline_);

/* Bytes made in memory, e.g. a small PDF. */
void res_bytes(struct res *res, bytes body, str name, const char *type, bool inline_);

/* Cookie of the house's own: HttpOnly, SameSite=Lax, Secure and __Host- when served over TLS.
 * max_age_s 0 = session, <0 = delete. The login's is named "login", display modes are "mode" and
 * "size". */
void res_cookie(struct res *res, const char *name, str value, i64 max_age_s);

/* The page frame for views: menu, names, flash, csrf; made once per request. title is for
 * <title>. active: menu name. */
struct out;
struct out *page_begin(struct rq *rq, str title, const char *active);

/* Sends what the view wrote into out. */
void page_end(struct res *res, struct out *out);
#endif
