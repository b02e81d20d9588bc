/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One request from its head to its answer, apart from any socket: the HTTP adapter (http_mhd.c)
 * and the test harness both drive it. Stages: exchange_head, exchange_body, exchange_slow,
 * exchange_run in a lane, exchange_finish. Platform only; what a handler sees is web.h. */
#ifndef HT_WEB_EXCHANGE_H
#define HT_WEB_EXCHANGE_H
#include "platform/access/login.h"
#include "platform/web/choices.h"
#include "platform/web/conflict.h"
#include "platform/web/digest.h"
#include "platform/web/lanes.h"
#include "platform/web/router.h"
#include "platform/web/upload.h"

enum { HTTP_HEADERS_MAX = 64, RES_HEADERS_MAX = 32, BODY_DEFAULT_MAX = 1 << 20 };
enum {
    REQUEST_SOFT_CAP = 16 << 20,
    SLOW_SOFT_CAP = 64 << 20, /* of the slow lane, which few are in at once: a year of 10,000 */
    REQUEST_HARD_CAP = 128 << 20,
    PAGE_MAX = 8 << 20,
    PAGE_USUAL = 48 << 10
};

struct http_header {
    str name, value; /* name in lower case */
};

/* What came in. Everything lives in the exchange's arena. */
struct http_request {
    str method; /* as sent: "GET", "HEAD" … */
    str target; /* path and query as sent */
    str peer;   /* address of the other end of the connection */
    struct http_header headers[HTTP_HEADERS_MAX];
    size_t header_count;
    str body; /* url-encoded or JSON; empty for multipart */
};

enum res_kind {
    RES_NONE,
    RES_HTML,
    RES_JSON,
    RES_REDIRECT,
    RES_DOWNLOAD,
    RES_FILE,
    RES_TEXT,
    RES_STREAM
};

/* The answer being made. */
struct res {
    struct rq *rq;
    int status; /* 0 = 200 */
    enum res_kind kind;
    bool overflow;  /* the text did not fit its buffer */
    bool is_inline; /* a download that may be shown */
    bool once;      /* shown once: never kept for a second submission */
    bytes body;
    const char *type; /* with charset where it is text */
    int fd;           /* RES_FILE: owned by the response until the adapter takes it (then -1) */
    i64 size;
    str location;
    str flash_key, flash_arg;
    struct http_header headers[RES_HEADERS_MAX];
    size_t header_count;
};

/* What only the platform knows of a request: rq->web. */
struct web_request {
    struct exchange *exchange;
    struct params params;
    struct upload_set *uploads;
    const struct fault *collected; /* faults noted by rq_fault, table ended by zero row */
    size_t fault_count, fault_cap;
    str visitor;       /* id of an anonymous browser, from its cookie or made now */
    bool visitor_new;  /* not yet in the cookie */
    bool token_used;   /* a form with a token was drawn: the page belongs to this visitor */
    choice_find *find; /* of the input that is read or drawn, by rq_choices_find; NULL = none */
    str flash;         /* worded message to show once */
    bool flash_taken;
    str login_cookie;
    bool login_stale; /* the login that was sent does not count any more */
    str idempotency;  /* key sent by the client */
    i64 version;      /* of the subject that the form was drawn for; 0 = not given */
    struct conflict conflict;
    /* of an anonymous route: network of the client; nonce of the stamp, whether it was proved, and
     * used up already (before .slow); whether the network sent nothing else within the hour */
    str network, stamp;
    bool proved, claimed, first;
    bool counted; /* against the limits of the form */
};

enum exchange_next {
    NEXT_BODY,  /* after the head: read the body, then exchange_body */
    NEXT_READ,  /* exchange_run with a read-only connection */
    NEXT_WRITE, /* exchange_run in a write transaction */
    NEXT_SLOW,  /* exchange_slow in the slow lane */
    NEXT_FINISH /* exchange_finish in the read lane, then send */
};

struct exchange {
    struct web *web;
    struct arena *mem;
    struct http_request in;
    const struct route_entry *entry; /* NULL when nothing was found */
    struct route_hit hit;
    struct rq rq;
    struct rng rng;
    struct web_request request;
    struct actor actor;
    struct res res;
    enum exchange_next next;
    struct arena_mark mark; /* where a run begins */
    bool marked;
    bool is_head;
    bool secure;         /* came over TLS at a trusted proxy */
    bool secure_cookies; /* cookies get Secure and __Host- */
    bool forwarded;      /* came through a proxy */
    bool refused;        /* judged at the head: the body was not read, the connection must close */
    bool replayed;       /* the answer was kept from an earlier submission */
    struct cache *cache; /* of the loop that serves it; NULL = none */
    struct cache_page *cached; /* the page it was answered from */
    uint64_t generation;       /* of the data when the run began */
    /* known at the head already, answered after the body so that nothing typed is lost */
    err pending;
    err failure;        /* what is to be answered by redraw or error page */
    int failure_status; /* 0 = by failure.code */
    i64 started_ns;
    i64 max_body;
    struct buf *body;      /* of a body that is kept in memory, while it arrives */
    struct lane_task task; /* for lanes_submit_…; its functions are the adapter's */
    void *owner;           /* the adapter's own */
};

/* The web layer of a process: made by web_new, shared by all loops. */
struct web {
    struct app *app;
    struct router *router;
    const struct menu *menu;
    unsigned char csrf_key[DIGEST_SIZE], cookie_key[DIGEST_SIZE], answers_key[DIGEST_SIZE];
    str upload_dir;
    struct hub *hub;
    struct anonymous_house *anonymous; /* NULL = no route is */
    _Atomic uint64_t serial;
    _Atomic int64_t connections;
    struct route_figures other_figures;      /* of answers without a route */
    _Atomic int64_t refusals[REFUSAL_KINDS]; /* by REFUSALS of metrics.c */
    i64 started_ms;
    _Atomic bool stopping;
    _Atomic bool proxy_unknown; /* a proxy of this machine has come that nobody trusts */
    /* Who asks: access_actor, or a fake of a test. */
    err (*identify)(struct app *app, struct db *db, const struct credentials *credentials,
                    struct arena *mem, struct actor *out, bool *stale);
};

/* Makes the web layer of the app's modules and sets app->web. Errors: those of router_new. */
err web_new(struct app *app);

/* The folder, below the data directory, of uploads under way; web_new makes it. */
str web_upload_dir(struct arena *mem, const struct config *config);

/* A new exchange in mem, which it shares from now on; in->… is to be filled by the caller. */
struct exchange *exchange_new(struct web *web, struct arena *mem);

/* Judges path, headers, login, permission and origin before any body is read. Sets next to
 * NEXT_BODY (also when there is none) or NEXT_FINISH. db: read-only; NULL when the database is
 * away. */
void exchange_head(struct exchange *ex, struct db *db);

/* Whether who asked is still signed in, for an answer that goes on for minutes. db: read-only. */
bool exchange_still_holds(struct exchange *ex, struct db *db);

/* Takes the next piece of the body as it arrives; past the limit sets next to NEXT_FINISH. */
void exchange_add_body(struct exchange *ex, str piece);

/* Judges the whole input: CSRF, form. Sets next to NEXT_READ, NEXT_WRITE, NEXT_SLOW or
 * NEXT_FINISH. db: read-only, or NULL. */
void exchange_body(struct exchange *ex, struct db *db);

/* The route's slow function. Sets next to NEXT_READ, NEXT_WRITE or NEXT_FINISH. db: read-only. */
void exchange_slow(struct exchange *ex, struct db *db);

/* The handler; may be called again after a rollback. In the write lane the caller commits when
 * it returns OK. The error is not yet noted: exchange_done does that when the lane has decided. */
err exchange_run(struct exchange *ex, struct db *db);

/* The lane's word: OK (committed) or what to answer instead. Sets next to NEXT_FINISH. */
void exchange_done(struct exchange *ex, err result);

/* Completes the answer in the read lane: redraw or error page, standard headers; counts and logs
 * it. db NULL: database away, plain pages only. */
void exchange_finish(struct exchange *ex, struct db *db);

/* Back to an empty answer; a file that was opened for it is closed. */
void res_reset(struct exchange *ex);

/* A header's value, empty if not sent; how often it was sent. name in lower case. */
str http_header_of(const struct http_request *in, const char *name);
size_t http_header_count(const struct http_request *in, const char *name);

/* A cookie's value, empty if not sent. */
str http_cookie_of(const struct http_request *in, str name);

/* The exchange that a lane's task belongs to. */
struct exchange *exchange_of(struct lane_task *task);

/* Notes a refusal that does not come from a handler: status, code and name for the error page. */
void exchange_fail(struct exchange *ex, int status, err failure);
#endif
