/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Messages to people: the in-app inbox always, other gateways (mail first) as the person and the
 * site chose, through the outbox. Wording is a text key with arguments, worded once at sending.
 * Live: the bell's count goes out on /events. Pages: notify_pages.c. */
#ifndef HT_NOTIFY_NOTIFY_H
#define HT_NOTIFY_NOTIFY_H
#include "platform/web/web.h"

/* Who is told: one of these is set. */
struct notify_to {
    i64 account_id;
    i64 person_id;          /* all accounts of the person in the organisation */
    i64 agency_id;          /* all operators of the body; with a permission: who of them holds it */
    const char *permission; /* everyone who holds it in scope organisation, at most 500 */
    i64 except_account_id;  /* who need not be told: did it himself; 0 = nobody */
    ids except_agencies;    /* whose people must not be told, though the rest reaches them */
};

/* A message. text: key; args fill {0} and {1}. url: own path, may be empty. key: drops repeats to
 * the same account (NULL = never). */
struct notify_message {
    const char *text;
    str arg[2];
    str url;
    const char *key;
};

/* Sends in the present transaction; nothing is sent when it rolls back. Whom nobody matches is
 * told to nobody, which is no error. */
err notify_send(struct rq *rq, const struct notify_to *to, const struct notify_message *message);

/* Whether anybody would be told. */
err notify_reaches(struct rq *rq, const struct notify_to *to, bool *out);

/* Unread messages of the actor's account, counted to 100; cheap enough for every page. */
err notify_unread(struct rq *rq, i64 *count);

/* A message of the actor's inbox. */
struct notify_delivery {
    i64 id, sent_at, read_at;
    str words, url;
};

/* The actor's messages below an id (0 = newest first), unread ones only where wanted. */
struct notify_query {
    i64 after, limit;
    bool unread;
};
err notify_list(struct rq *rq, const struct notify_query *query, struct rows *out);

/* Marks one of the actor's messages read and gives it; all of them. Reading again changes nothing.
 * Errors: NOT_FOUND. */
err notify_read(struct rq *rq, i64 id, struct notify_delivery *out);
err notify_read_all(struct rq *rq);

/* Where an account is told besides the inbox. address: empty = nowhere.
 * Errors: INVALID notify.address. */
err notify_address_store(struct rq *rq, i64 account_id, const char *gateway, str address,
                         bool active);
err notify_address(struct rq *rq, const char *gateway, str *address, bool *active);

/* An adapter that carries outbox rows of its gateway, on the slow lane with a read-only
 * connection. Returns an error to be retried. */
struct gateway {
    const char *name; /* "mail" */
    err (*send)(struct rq *rq, str payload);
};

/* All adapters, ended by NULL: gateways.c. */
extern const struct gateway *const GATEWAYS[];

/* Mail by SMTP (configuration smtp_url, smtp_from, smtp_password_file): payload is the address, the
 * sender's name (may be empty), the subject and the text, each but the last ended by a line feed.
 * TLS is required unless the server is this machine. Errors: INVALID notify.address; BUSY
 * notify.mail_away (no connection, refused for now); INTERNAL notify.mail_refused,
 * notify.mail_config. */
err mail_send(struct rq *rq, str payload);

/* Whether a text can be a mail address: ASCII, one @ with something on both sides, no white space,
 * control characters or angle brackets, at most 254 bytes. */
bool mail_is_address(str address);

/* The whole message with its headers (RFC 5322, UTF-8 in encoded words and base64). The same mail
 * has the same Message-ID, so that a second copy after a crash can be known as such. */
struct mail {
    str from_name, from, to, subject, text;
    str id; /* of its row in the outbox: equal mails are not one mail, a mail sent again is */
    i64 at; /* UTC milliseconds */
};
str mail_write(struct arena *mem, const struct mail *mail);

/* Live events: to one account's streams, or to all of an organisation (account_id 0), after COMMIT.
 * data: JSON. Defined in platform/web/live.c. */
void live_send(struct rq *rq, i64 account_id, const char *event, str data);

/* Pages /inbox, settings, and the timer that forgets old messages. */
extern const struct module notify_module;
#endif
