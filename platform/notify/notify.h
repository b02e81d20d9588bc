/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Messages to people: the in-app inbox always, other gateways (mail first) as the person or the
 * site chose, through the outbox. Wording is a text key with arguments, worded once at sending.
 * Live: the bell's count goes out on /events. */
#ifndef HT_NOTIFY_NOTIFY_H
#define HT_NOTIFY_NOTIFY_H
#include "platform/web/web.h"

/* Who is told: one of these is set. */
struct notify_to {
    i64 account_id;
    i64 person_id;          /* all accounts of the person in the organisation */
    i64 agency_id;          /* all operators of the body */
    const char *permission; /* everyone who holds it in scope organisation */
    i64 except_account_id;  /* who need not be told: did it himself; 0 = nobody */
};

/* A message. text: key; args fill {0} and {1}. url: own path. key: drops repeats (NULL = never). */
struct notify_message {
    const char *text;
    str arg[2];
    str url;
    const char *key;
};

/* Sends in the present transaction; nothing is sent when it rolls back. */
err notify_send(struct rq *rq, const struct notify_to *to, const struct notify_message *message);

/* Unread messages of the actor's account; cheap enough for every page. */
err notify_unread(struct rq *rq, i64 *count);

/* An adapter that carries outbox rows of its gateway. Returns an error to be retried. */
struct gateway {
    const char *name; /* "mail" */
    err (*send)(struct rq *rq, str payload);
};
extern const struct gateway *const GATEWAYS[];

/* Live events: to one account's streams, or to all of an organisation (account_id 0), after COMMIT.
 * data: JSON. */
void live_send(struct rq *rq, i64 account_id, const char *event, str data);
#endif
