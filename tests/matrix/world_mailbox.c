/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_mailbox.h. Whose they are: modules/mailbox/README.md, "Who may": whoever may read them
 * at all reads those of his organisation. */
#include "tests/matrix/world_mailbox.h"

#include <unistd.h>

#include "modules/mailbox/letter_rules.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static err paper_write(void *context, int fd)
{
    static const char PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n";
    (void)context;
    return write(fd, PDF, sizeof PDF - 1) == (ssize_t)(sizeof PDF - 1)
               ? OK
               : err_make(ERR_INTERNAL, "test.write");
}

static err letter_make(struct rq *rq, struct world *w, int set, int thing)
{
    const char *mark = set == SET_FOREIGN ? "CANARY " : "";
    const struct letter_new in = {
        .kind = str_of("concern"),
        .lane = str_of("staff"),
        .via = str_of("phone"),
        .title = arena_printf(rq->mem, "%sLamp %d", mark, thing),
        .body = arena_printf(rq->mem, "%sThe lamp is out.", mark),
        .place = str_of(""),
        .category = str_of(""),
        .source = str_of(""),
        .source_id = str_of(""),
        .receipt_hash = str_of(""),
        .notice = str_of("1"),
        .sender = { arena_printf(rq->mem, "%sLi", mark), str_of("13800001234"), str_of(""), true,
                    false },
        .quiet = true,
    };
    return letter_add(rq, &in, &w->thing[set][thing]);
}

static err answered(struct rq *rq, i64 id)
{
    const struct letter_text_input in = { id, str_of("It is mended.") };
    return flow_move(rq, &LETTERS_FLOW, id, "answer", &in);
}

static err asked(struct rq *rq, i64 id)
{
    const struct letter_text_input in = { id, str_of("Which lamp is it?") };
    return flow_move(rq, &LETTERS_FLOW, id, "ask", &in);
}

/* By the one who may take it back. */
static err dismissed(const struct rq *rq, struct world *w, int set)
{
    i64 id = w->thing[set][LETTER_DISMISSED];
    const struct letter_dismiss_input in = { id, str_of("spam"), str_of("") };
    struct rq own = *rq;
    own.actor = &w->actor[set == SET_FOREIGN ? FOREIGN_STAFF : A_STAFF];
    own.input = &in;
    return flow_act(&own, &LETTERS_FLOW, id, "dismiss", 0);
}

static err pictured(struct rq *rq, struct world *w, int set)
{
    struct attachment_made made = { .type = "application/pdf" };
    TRY(attachment_make(rq, paper_write, NULL, &made));
    made.owner = str_of("letters");
    made.owner_id = w->thing[set][LETTER_PICTURED];
    made.name = str_of("paper.pdf");
    made.made_by = str_of("");
    TRY(attachment_add(rq, &made));
    return db_i64(rq->db, SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"),
                  &w->attachment[set][LETTER_PICTURED]);
}

static err letters_make(struct rq *rq, struct world *w, int set)
{
    const struct letter_evaluate_input good = { str_of("solved"), str_of("") };
    for (int thing = LETTER_RECEIVED; thing <= LETTER_DISMISSED; thing++)
        TRY(letter_make(rq, w, set, thing));
    TRY(answered(rq, w->thing[set][LETTER_REPLIED]));
    TRY(answered(rq, w->thing[set][LETTER_EVALUATED]));
    TRY(asked(rq, w->thing[set][LETTER_ASKED]));
    TRY(dismissed(rq, w, set));
    TRY(flow_move(rq, &LETTERS_FLOW, w->thing[set][LETTER_EVALUATED], "evaluate", &good));
    return pictured(rq, w, set);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, letters_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM letters WHERE org_id = :org AND id = :id", P(id)));
}

/* The sender has the last word: an answer that he has not judged is not closed by hand. What was
 * never asked is not taken back, what was not dismissed not brought back. */
static char own(const struct question *q)
{
    bool closes = strcmp(rules_verb(q), "close") == 0;
    bool undoes = strcmp(rules_verb(q), "recall") == 0 || strcmp(rules_verb(q), "restore") == 0;
    return (closes && q->thing == LETTER_REPLIED) || (undoes && q->thing == LETTER_RECEIVED) ? 'c'
                                                                                             : 'o';
}

static const struct thing THINGS_OWN[] = {
    { LETTER_RECEIVED, "received_letter", NULL, false },
    { LETTER_REPLIED, "replied_letter", NULL, false },
    { LETTER_EVALUATED, "evaluated_letter", NULL, false },
    { LETTER_PICTURED, "pictured_letter", NULL, false },
    { LETTER_ASKED, "asked_letter", NULL, false },
    { LETTER_DISMISSED, "dismissed_letter", NULL, false },
    { 0 },
};

const struct part PART_OF_MAILBOX = { .name = "mailbox",
                                      .specimens = SPECIMENS_MAILBOX,
                                      .things = THINGS_OWN,
                                      .make = make,
                                      .version = version,
                                      .own = own };
