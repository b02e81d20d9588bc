/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Cases that go to another house and come from one (docs/guide/transfer.md): writing the file,
 * looking at one, taking it in. Pages: transfer_pages.h; the command line: server/transfer.c. */
#ifndef HT_TRANSFERS_TRANSFER_CASE_H
#define HT_TRANSFERS_TRANSFER_CASE_H
#include "platform/web/web.h"

/* One file that left or came. */
struct transfer {
    i64 id, case_count, left_count, open_links, made_at, made_by;
    bool files, confidential;
    str direction, purpose, peer, peer_name, digest, made_name;
};

/* One case of it: which of ours, which of whose (struct transfer_origin). */
struct transfer_case {
    i64 id, transfer_id, proposal_id, house_id, begun_at, agency_id, due_on, noted_at;
    str direction, purpose, house;
};

/* What is to leave. query: of the list of proposals ("session_id=3&state=closed"); or one id. */
struct transfer_ask {
    i64 id, agency_id; /* agency_id: of purpose handle, in whose place */
    str purpose, query, peer_name;
    bool files, confidential;
};

/* Which cases an ask names, for who may export: whole organisation, single evaluations too, no
 * agency. Drafts never; confidential ones only if asked for. left: how many those were. Errors:
 * FORBIDDEN transfers.office_only; INVALID transfers.nothing; LIMIT transfers.too_many_cases; those
 * of list_parse_text. */
struct transfer_choice {
    ids ids;
    i64 left;
};
err transfer_choose(struct rq *rq, const struct transfer_ask *ask, struct transfer_choice *out);

/* Writes the file at constant memory (one case at a time) and says what is in it. Only reads.
 * Errors: LIMIT transfers.case_too_big; CONFLICT transfers.not_with, .not_answered_yet; those
 * of transfer_write; BUSY docs.disk. */
err transfer_cases_write(struct rq *rq, const struct transfer_ask *ask,
                         const struct transfer_choice *choice, int fd, struct transfer *out);

/* Notes what has left, in the transaction in which it leaves; audited. */
err transfer_note_left(struct rq *rq, const struct transfer_ask *ask,
                       const struct transfer_choice *choice, struct transfer *t);

/* Somebody whom the file names and who is not found here, nor has been said to be somebody. kind:
 * orgs persons sessions sectors committees, or the dictionary of a code. */
struct transfer_stranger {
    str kind, name, code;
};

/* Whether one can be said to be somebody here. A person without a number cannot: two of one name
 * would become one, who then reads what the other wrote; the name stays. */
bool transfer_stranger_may_be(const struct transfer_stranger *who);

/* A case of the file that is here and stays as it is. differs: where the file says otherwise,
 * worded; empty = nowhere. */
struct transfer_same {
    i64 proposal_id;
    str title, differs;
};

/* A case of the file that may be here, or may be another one of the same number: the one here came
 * before houses told when a case began. key: names it in what somebody says of it, once. */
struct transfer_doubt {
    str key, title, here_title;
    i64 proposal_id;
};

/* What a look at a file says. here: cases that are here already; same: struct transfer_same rows of
 * copies among them. strangers: struct transfer_stranger rows; meanings: struct transfer_meaning
 * rows, what was said of others whom the file names, as it is in force; doubts: struct
 * transfer_doubt rows. unsaid: what is wrong with what is said now, which then counts as not said.
 */
struct transfer_report {
    str purpose, peer, peer_name, digest;
    i64 made_at, cases, here, files;
    struct rows same, strangers, meanings, doubts;
    err unsaid;
};

/* How to take in. loose: persons who are not found stay as names; said: struct transfer_meaning
 * rows, what strangers are here, kept for the next file of that house, in place of what was said
 * before; with an empty `to` it is taken back. same, other: keys of doubts. */
struct transfer_taking {
    bool loose;
    struct rows said;
    strs same, other;
};

/* Looks at a whole file, as if what `how` says had been said, without changing a row; bytes of
 * attachments are put into the store, where they are swept if nobody takes them. out: filled as far
 * as the reading came. Errors: INVALID transfers.not_ours, .newer, .cut_off, .digest,
 * .broken_case, .bad_file; those of transfer_check. */
err transfer_cases_look(struct rq *rq, int fd, const struct transfer_taking *how,
                        struct transfer_report *out);

/* Keeps what is said of names of a house, and takes back, without taking anything in; audited.
 * Errors: INVALID transfers.meaning_unknown. */
err transfer_meanings_keep(struct rq *rq, str peer, const struct rows *said);

/* Takes in what was looked at, in the present transaction: all or nothing; audited. Errors: as
 * above; CONFLICT transfers.stranger, .doubtful; INVALID transfers.meaning_unknown; those of
 * transfer_read. */
err transfer_cases_take(struct rq *rq, int fd, const struct transfer_taking *how,
                        struct transfer *out);

/* Where a case here came from, for its page. Errors: NOT_FOUND db.no_row. */
err transfer_find_origin(struct rq *rq, i64 proposal_id, struct transfer *t,
                         struct transfer_case *out);

/* Listener of proposals.shown: says where the case came from. */
err on_transfer_proposal_shown(struct rq *rq, i64 id, const void *fact);
#endif
