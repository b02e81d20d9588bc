/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forms that anybody may send without saying who he is (quality P1, P3, P4). A module declares one
 * struct anonymous for each such form and names it in the form's rows of routes (`.anonymous`), for
 * the page that shows the form and the POST that takes it; a row that is not sound does not start.
 * Everything else follows from the row:
 *
 * - Nobody is known. rq->address and rq->agent are empty, no log-in, token or cookie is looked at
 *   (a member who is signed in writes as anybody), no cookie is set, rq->actor is nobody of the
 *   organisation with the name "public"; so audits, logs and rows can hold nothing of the sender.
 *   The answer is never kept in the database, whatever it shows (a receipt).
 * - The form carries a stamp (stamp.h): good for this form of this organisation for four hours, and
 *   once. The browser proves some work for it while the person types. A form that comes with a
 *   proof is in the lane ANONYMOUS_PROVED; one without (no script) in ANONYMOUS_UNPROVED, which is
 *   narrow: the owner lets staff look at those apart.
 * - Both lanes have limits an hour for a network (IPv4 /24, IPv6 /48) and in all, as settings of
 *   the organisation, counted in memory of each node. Half of the room in all is kept for networks
 *   that have sent nothing within the hour: a flood leaves room for everybody else. The work grows
 *   with what came in, of all and of the network.
 * - The handler runs in the write lane only when all this is well; a form that cannot be taken is
 *   drawn again by .redraw with everything typed, a new stamp and words that say what to do.
 * - A row with .slow uses up its stamp before that work begins, in a transaction of its own: what
 *   .slow refuses has cost its stamp, and where the same form comes again .redraw is told
 *   web.stamp_spent, whether or not something was kept: it looks (anonymous_secret). Few networks
 * have slow work under way at a time, each little of it.
 * - A form may belong to another organisation of the house than the first (.org_by): a field of the
 *   address says which, and all that is counted, read and written is that one's.
 *
 * A letterbox declares it so:
 *
 *     static const struct anonymous LETTER = { .name = "letters" };
 *     { GET, "/letters/new", page_letter_new, .may = PUBLIC, .anonymous = &LETTER },
 *     { POST, "/letters/new", page_letter_add, .may = PUBLIC, .form = &LETTER_FORM,
 *       .redraw = page_letter_new, .anonymous = &LETTER },
 *
 * draws {call view_stamp(v->stamp)} inside its form, with v->stamp = anonymous_stamp(rq, &LETTER),
 * and asks anonymous_lane(rq) in the handler. A secret that the sender keeps (receipt) is shown in
 * the answer to the POST or travels in a body, never in a path: paths stand in logs of proxies. */
#ifndef HT_WEB_ANONYMOUS_H
#define HT_WEB_ANONYMOUS_H
#include "platform/web/web.h"

struct anonymous_org {
    i64 id;
    str name;
};

/* A form, and how much of it is taken. The limits are names of settings (numbers, posts an hour)
 * of the owner; NULL = those of the house: "anonymous.network_hour", "anonymous.hour",
 * "anonymous.unproved_network_hour", "anonymous.unproved_hour". */
struct anonymous {
    const char *name; /* of the form, once in the house: what stamps and counts are bound to */
    const char *network_hour, *hour;                   /* with proof: of one network, in all */
    const char *unproved_network_hour, *unproved_hour; /* without; 0 = not at all */
    /* Where the form tries a secret: how many wrong ones of a network within an hour, then it is
     * turned away; and of all within a day, then it takes more work and no form without. NULL =
     * there is no secret. */
    const char *wrong_network_hour, *wrong_day;
    /* Name of the query field by which org_of finds the organisation; NULL = the house's first.
     * org_of: id 0 = the first. Reads only; value is as it was sent. */
    const char *org_by;
    err (*org_of)(struct rq *rq, str value, struct anonymous_org *out);
};

enum anonymous_lane { ANONYMOUS_UNPROVED, ANONYMOUS_PROVED };

/* The lane that the form came in by. Only in the handler (or .slow) of an anonymous POST. */
enum anonymous_lane anonymous_lane(const struct rq *rq);

/* 32 bytes that belong to the stamp the form came with, for one purpose of the owner: always the
 * same for it, known to nobody who has not the house's secret. A receipt made of them can be told
 * again when the sender did not get the first answer and sends once more. Only in the handler of an
 * anonymous POST (or its .slow), and in its .redraw where rq->error is web.stamp_used or
 * web.stamp_spent. */
void anonymous_secret(const struct rq *rq, const char *purpose, unsigned char out[32]);

/* The secret that came with the form was wrong: counted for its network and for all (the form's
 * wrong_network_hour, wrong_day). In the handler or .slow, which then refuses. */
void anonymous_wrong(const struct rq *rq);

/* A new stamp for a form that is drawn on an anonymous page, as hard as the moment asks for. */
str anonymous_stamp(struct rq *rq, const struct anonymous *form);

/* Whether a row of routes is sound: PUBLIC, not .cached, not .reauth; what writes has a form
 * without password, and as a page .redraw. True without .anonymous. */
bool anonymous_is_sound(const struct route *route);

/* ---- platform only: stages of exchange.c ---- */

struct exchange;
struct web;

/* Once at start: keys, counts. Without an anonymous route nothing is made. Errors: INVALID
 * web.anonymous with the form and the setting that is missing. */
err anonymous_start(struct web *web);

/* The route is found: from here on the address is known as a network only. */
void anonymous_enter(struct exchange *ex);

/* Whoever asks is nobody of the organisation. */
void anonymous_forget(struct exchange *ex);

/* The form's organisation, by its address. Errors: those of org_of. */
err anonymous_settle(struct exchange *ex, struct db *db);

/* Before the body is read: so that files of a network that has no room left are not even written.
 * Errors: LIMIT web.network_full, web.network_wrong; NOT_FOUND when nothing is founded yet. */
err anonymous_admit(struct exchange *ex);

/* The whole input is there and without faults: judges stamp, proof and limits, and counts it.
 * Errors: INVALID web.stamp_missing, web.stamp_bad, web.stamp_old, web.stamp_unsolved; CONFLICT
 * web.stamp_weak (meanwhile it takes more work); LIMIT web.network_full, web.hour_full,
 * web.unproved_full. A stamp used before is told in the write lane, or here where that has told so
 * lately: CONFLICT web.stamp_used; of a form with slow work CONFLICT web.stamp_spent. */
err anonymous_judge(struct exchange *ex);

/* CONFLICT web.stamp_used; before slow work, where it does not say that anything was kept, CONFLICT
 * web.stamp_spent. */
err anonymous_used(const struct exchange *ex);

/* What was counted was not taken after all (refused by the owner, rolled back): there is room for
 * another one in all. The network's own count stays: trying costs its share. Only a stamp that was
 * used before (anonymous_used) costs no share: who reloads a page, or has taken somebody's used
 * form, must not shut out the network; that stamp is remembered, so that it does not reach the
 * write lane again. */
void anonymous_give_back(struct exchange *ex, err why);
#endif
