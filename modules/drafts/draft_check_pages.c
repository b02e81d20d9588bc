/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Check your answers: what will be handed in, or sent to those who are asked to sign it, what is
 * missing, and what modules above say to it. The steps themselves: modules/proposals. */
#include "modules/drafts/draft.h"
#include "modules/drafts/draft_hints.h"
#include "modules/drafts/draft_pages.h"
#include "modules/drafts/draft_views.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/drafts.h"

enum { CHECK_LINES = 16, PART_MAX = 1 << 20 };

/* The proposal for the page of a verb that its reader may do now. Errors: those of flow_may. */
static err find_for(struct rq *rq, const char *verb, struct proposal **out)
{
    struct flow_subject subject = { 0 };
    TRY(PROPOSALS_FLOW.load(rq, rq->path_id, &subject));
    *out = subject.row;
    return flow_may(rq, &PROPOSALS_FLOW, &subject, verb);
}

static str consent_words(struct rq *rq, const struct proposal *p)
{
    if (p->consent.len == 0)
        return str_of("");
    str words = text_label("proposals.consent", p->consent);
    return p->consent_reason.len
               ? text_format(rq->mem, "proposals.member_choice", words, p->consent_reason)
               : words;
}

static str numbered(struct rq *rq, const strs *suggestions)
{
    strs lines = { 0 };
    for (size_t i = 0; i < suggestions->count; i++)
        strs_add(rq->mem, &lines,
                 text_format(rq->mem, "proposals.numbered", arena_printf(rq->mem, "%zu", i + 1),
                             suggestions->items[i]));
    return proposal_join(rq->mem, &lines, str_of("\n"));
}

static str wishes_words(struct rq *rq, const struct rows *wishes)
{
    const struct wish *all = wishes->items;
    strs names = { 0 };
    for (size_t i = 0; i < wishes->count; i++)
        if (str_is(all[i].by_whom, "proposer"))
            strs_add(rq->mem, &names,
                     text_format(rq->mem,
                                 str_is(all[i].role, "host") ? "proposals.paper.host"
                                                             : "proposals.paper.cohost",
                                 all[i].name, str_of("")));
    return proposal_join(rq->mem, &names, text_find("proposals.and"));
}

static err file_names(struct rq *rq, i64 id, str *out)
{
    struct rows rows;
    strs names = { 0 };
    TRY(attachment_list(rq, "proposals", id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, &names, all[i].name);
    *out = proposal_join(rq->mem, &names, str_of("\n"));
    return OK;
}

static void hint_add(struct draft_check *v, const char *field, str words)
{
    struct draft_hint_shown *hints = (struct draft_hint_shown *)v->hints;
    hints[v->hint_count++] = (struct draft_hint_shown){ words, str_of(field) };
}

/* Another one with the same title: told, where the site neither minds nor refuses. */
static err title_hint(struct rq *rq, struct draft_check *v)
{
    struct proposal other;
    bool found = false;
    if (!str_is(setting_text(rq, "proposals.same_title"), "warn"))
        return OK;
    TRY(proposal_find_same_title(rq, v->p, &other, &found));
    if (found)
        hint_add(v, "title",
                 text_format(rq->mem, "drafts.hint.same_title",
                             other.id ? proposal_number(rq, &other)
                                      : text_find("proposals.another"),
                             str_of("")));
    return OK;
}

static err hints_make(struct rq *rq, const strs *suggestions, struct draft_check *v)
{
    const struct draft_text text = { v->p->title, v->p->situation, v->p->analysis, suggestions };
    struct draft_hint hints[DRAFT_HINTS_MAX];
    size_t count = draft_hints(rq->mem, &text, hints);
    v->hints = arena_array(rq->mem, DRAFT_HINTS_MAX + 1, sizeof *v->hints);
    TRY(title_hint(rq, v));
    for (size_t i = 0; i < count; i++)
        hint_add(v, hints[i].field,
                 text_format(rq->mem, hints[i].name,
                             arena_printf(rq->mem, "%lld", (long long)hints[i].number),
                             str_of("")));
    return OK;
}

static err check_make(struct rq *rq, struct draft_check *v)
{
    const struct proposal *p = v->p;
    struct view_fact *f = arena_array(rq->mem, CHECK_LINES, sizeof *f);
    struct proposal_sheet sheet;
    str files;
    size_t n = 0;
    struct draft_note note;
    TRY(proposal_sheet_load(rq, p, &sheet));
    TRY(draft_note_find(rq, p->id, &note));
    TRY(file_names(rq, p->id, &files));
    const struct {
        const char *field;
        str value;
    } lines[] = {
        { "kind", text_label("proposals.kind", p->kind) },
        { "title", p->title },
        { "situation", p->situation },
        { "analysis", p->analysis },
        { "suggestions", numbered(rq, &sheet.suggestions) },
        { "consent", consent_words(rq, p) },
        { "researched", text_find(p->researched ? "proposals.yes" : "proposals.no") },
        { "research", p->research },
        { "attachments", files },
        { "hosts", wishes_words(rq, &sheet.wishes) },
        { "authorship",
          note.authorship.len ? text_label("choices.authorship", note.authorship) : str_of("") },
        { "talk_wish", note.talk_wish.len
                           ? dictionary_label(rq, "assignments.contact_ways", note.talk_wish)
                           : str_of("") },
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        f[n++] = (struct view_fact){
            .label = text_find(arena_printf(rq->mem, "proposals.%s", lines[i].field).ptr),
            .value = lines[i].value,
            .note = str_of(lines[i].field),
        };
    v->facts = (struct view_facts){ f, n };
    return hints_make(rq, &sheet.suggestions, v);
}

/* What is missing is noted as faults, whose links lead to the lines of this page. */
static err completeness(struct rq *rq, struct draft_check *v)
{
    bool redrawn = rq->error.code != ERR_NONE; /* then the submission has noted them already */
    err e = redrawn ? OK : proposal_check_complete(rq, v->p);
    if (e.code != ERR_NONE && !err_is(e, "form.faults"))
        return e;
    v->complete = true;
    for (const struct fault *f = rq->faults; f && f->name; f++)
        if (!f->field || (strcmp(f->field, "confirmed") && strcmp(f->field, "unanswered")))
            v->complete = false;
    return OK;
}

/* Before it is handed in, or sent to those who are asked to sign it. */
static err check_before(struct rq *rq, struct res *res, const char *verb, const char *title)
{
    struct proposal *p, own;
    TRY(proposal_find(rq, rq->path_id, &own));
    if (!str_is(own.state, "cosigning")) /* another's: forbidden, not "later" */
        TRY(proposal_find_editable(rq, rq->path_id, &own));
    TRY(find_for(rq, verb, &p));
    struct draft_check v = { .p = p, .verb = verb, .crumbs = proposal_crumbs(rq, p, title) };
    TRY(completeness(rq, &v));
    TRY(check_make(rq, &v));
    err late = proposal_check_window(rq, p);
    if (late.code != ERR_NONE && late.code != ERR_CONFLICT)
        return late;
    if (late.code == ERR_CONFLICT && strcmp(verb, "submit") == 0)
        v.window = text_format(rq->mem, late.name, late.arg[0], str_of(""));
    struct out *out = page_begin(rq, text_find(title), "proposals");
    struct out part = { .buf = buf_new(rq->mem, PART_MAX), .page = out->page };
    struct proposal_shown shown = { .proposal = p, .place = "check", .out = &part };
    TRY(event_emit(rq, "proposals.shown", p->id, &shown));
    v.more = (html){ buf_str(part.buf) };
    view_drafts_check(out, &v);
    page_end(res, out);
    return OK;
}

err page_draft_submit(struct rq *rq, struct res *res)
{
    return check_before(rq, res, "submit", "proposals.page.submit");
}

err page_draft_invite(struct rq *rq, struct res *res)
{
    return check_before(rq, res, "invite", "proposals.page.invite");
}
