/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_handlings.h. Who may: modules/mailbox/README.md, modules/handlings/README.md. */
#include "tests/matrix/world_handlings.h"

#include <unistd.h>

#include "modules/mailbox/letter_forms.h"
#include "modules/mailbox/letter_rules.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "tests/matrix/rules.h"

static err letter_make(struct rq *rq, struct world *w, int set, int thing)
{
    struct letter_triage_input sort = { .category = str_of("roads"), .kind = str_of("concern") };
    struct letter_new new = { .kind = str_of("concern"),
                              .lane = str_of("staff"),
                              .via = str_of("phone"),
                              .body = str_of(set == SET_FOREIGN ? "CANARY-LETTER in a dark lane."
                                                                : "The lane is dark.") };
    TRY(letter_add(rq, &new, &w->thing[set][thing]));
    return flow_move(rq, &LETTERS_FLOW, w->thing[set][thing], "triage", &sort);
}

static err paper_write(void *context, int fd)
{
    static const char PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n";
    (void)context;
    return write(fd, PDF, sizeof PDF - 1) == (ssize_t)(sizeof PDF - 1)
               ? OK
               : err_make(ERR_INTERNAL, "test.write");
}

/* With the set's agency, which sees its one picture. */
static err shown_make(struct rq *rq, struct world *w, int set)
{
    struct attachment_made made = { .type = "application/pdf" };
    i64 id, picture, *assignment = &w->assignment[set][HANDLING_SHOWN];
    TRY(letter_make(rq, w, set, HANDLING_SHOWN));
    id = w->thing[set][HANDLING_SHOWN];
    TRY(attachment_make(rq, paper_write, NULL, &made));
    made.owner = str_of("letters");
    made.owner_id = id;
    made.name = str_of("paper.pdf");
    made.made_by = str_of("");
    TRY(attachment_add(rq, &made));
    TRY(db_i64(rq->db, SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"), &picture));
    w->thing[set][HANDLING_PICTURE] = w->attachment[set][HANDLING_SHOWN] = picture;
    const struct letter_assign_input out = { .host_id = w->agency[set], .photos = { &picture, 1 } };
    TRY(flow_move(rq, &LETTERS_FLOW, id, "assign", &out));
    return db_i64(rq->db,
                  SQL("SELECT id FROM assignments WHERE org_id = :org AND matter = 'letters' AND "
                      "matter_id = :id",
                      P(id)),
                  assignment);
}

static err letters_make(struct rq *rq, struct world *w, int set)
{
    struct letter_text_input answer = { .opinion = str_of("It will be mended.") };
    TRY(letter_make(rq, w, set, HANDLING_SORTED));
    TRY(letter_make(rq, w, set, HANDLING_LEAD));
    TRY(letter_make(rq, w, set, HANDLING_ANSWERED));
    TRY(shown_make(rq, w, set));
    return flow_move(rq, &LETTERS_FLOW, w->thing[set][HANDLING_ANSWERED], "answer", &answer);
}

static void handlings_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, letters_make);
}

static i64 handlings_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM letters WHERE org_id = :org AND id = :id", P(id)));
}

/* A photo at an assignment: for the unit that handles the letter, and who reads letters. */
static char handlings_own(const struct question *q)
{
    bool at_assignment = strncmp(q->entry->route.path, "/assignments/", 13) == 0;
    bool sees =
        rules_is_agency(q) || (WHO[q->who].scope == SCOPE_ORG && rules_holds(q, "letters.read"));
    return at_assignment && !sees ? 'n' : 'o';
}

static const struct thing THINGS_OWN[] = {
    { HANDLING_SORTED, "sorted_letter", NULL, false },
    { HANDLING_ANSWERED, "answered_letter", NULL, false },
    { HANDLING_LEAD, "lead_letter", "lead", false },
    { HANDLING_SHOWN, "shown_letter", NULL, false },
    { HANDLING_PICTURE, "picture", "picture", false },
    { 0 },
};

const struct part PART_OF_HANDLINGS = { .name = "handlings",
                                        .specimens = SPECIMENS_HANDLINGS,
                                        .things = THINGS_OWN,
                                        .make = handlings_make,
                                        .version = handlings_version,
                                        .own = handlings_own };
