/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The form filled from a Word or text file: read on the slow lane in a process of its own
 * (platform/files), cut into parts, shown, not saved. What the writer has typed stays; only what is
 * empty is filled. */
#include "modules/drafts/draft_cut.h"
#include "modules/drafts/draft_form.h"
#include "modules/drafts/draft_pages.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/text/tidy.h"
#include "platform/web/upload.h"
#include "views/drafts.h"

/* What the slow half found. */
struct filled {
    struct draft_parts parts;
    strs suggestions;
};

err page_draft_fill_read(struct rq *rq, struct res *res)
{
    struct uploads files = rq_uploads(rq, "document");
    struct filled *found = arena_zero(rq->mem, sizeof *found);
    struct proposal p;
    strs paragraphs;
    (void)res;
    rq->found = found;
    TRY(proposal_find_editable(rq, rq->path_id, &p)); /* nobody else's file is looked at */
    if (files.count == 0) {
        rq_fault(rq, "document", "drafts.no_document", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    err e = document_read(rq->mem, files.items[0].path, &paragraphs);
    if (e.code == ERR_INVALID) {
        rq_fault(rq, "document", e.name, e.arg[0], e.arg[1]);
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(e);
    draft_cut_paragraphs(rq->mem, &paragraphs, &found->parts);
    found->suggestions = draft_cut_paragraph_suggestions(rq->mem, found->parts.suggestions,
                                                         PROPOSAL_SUGGESTIONS_MAX);
    return OK;
}

/* ---- the form ---- */

struct filling {
    struct rq *rq;
    strs filled, kept; /* labels of the parts */
};

/* Takes what the file has where nothing stands. */
static void part_take(struct filling *f, const char *label, str from, str *to)
{
    if (from.len == 0)
        return;
    bool empty = str_trim(*to).len == 0;
    strs_add(f->rq->mem, empty ? &f->filled : &f->kept, text_find(label));
    if (empty)
        *to = from;
}

static bool has_text(const strs *texts)
{
    bool any = false;
    for (size_t i = 0; i < texts->count; i++)
        any |= str_trim(texts->items[i]).len > 0;
    return any;
}

static void suggestions_take(struct filling *f, const strs *from, strs *to)
{
    if (from->count == 0)
        return;
    bool empty = !has_text(to);
    strs_add(f->rq->mem, empty ? &f->filled : &f->kept, text_find("proposals.suggestions"));
    if (empty)
        *to = *from;
}

/* The wishes as they were ticked. */
static struct rows wishes_of(struct rq *rq, const struct proposal_input *in)
{
    struct wish *all = arena_array(rq->mem, in->hosts.count + in->cohosts.count + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < in->hosts.count; i++)
        all[n++] = (struct wish){ in->hosts.items[i], str_of("host"), str_of("proposer"), { 0 } };
    for (size_t i = 0; i < in->cohosts.count; i++)
        all[n++] =
            (struct wish){ in->cohosts.items[i], str_of("cohost"), str_of("proposer"), { 0 } };
    return (struct rows){ all, n, sizeof *all };
}

static void typed_take(const struct proposal_input *in, struct proposal *p)
{
    p->title = in->title;
    p->situation = in->situation;
    p->analysis = in->analysis;
    p->research = in->research;
    p->researched = in->researched;
    p->consent = in->consent;
    p->consent_reason = in->consent_reason;
}

/* With one field for both the analysis follows the situation. */
static str joined(struct rq *rq, const struct draft_parts *parts)
{
    if (parts->situation.len == 0 || parts->analysis.len == 0)
        return parts->situation.len ? parts->situation : parts->analysis;
    return arena_printf(rq->mem, "%.*s\n%.*s", (int)parts->situation.len, parts->situation.ptr,
                        (int)parts->analysis.len, parts->analysis.ptr);
}

err page_draft_fill(struct rq *rq, struct res *res)
{
    const struct proposal_input *in = rq->input;
    const struct filled *found = rq->found;
    const struct draft_parts *parts = &found->parts;
    struct filling f = { .rq = rq };
    struct proposal p;
    struct draft_form v;
    bool one = setting_on(rq, "proposals.joined_parts");
    TRY(proposal_find_editable(rq, rq->path_id, &p));
    typed_take(in, &p);
    struct draft_stand stand = { .p = &p,
                                 .suggestions = in->suggestions,
                                 .wishes = wishes_of(rq, in),
                                 .note = { in->authorship, in->talk_wish } };
    part_take(&f, "proposals.title", parts->title, &p.title);
    part_take(&f, "proposals.situation",
              text_tidy(rq->mem, one ? joined(rq, parts) : parts->situation), &p.situation);
    if (!one)
        part_take(&f, "proposals.analysis", text_tidy(rq->mem, parts->analysis), &p.analysis);
    suggestions_take(&f, &found->suggestions, &stand.suggestions);
    TRY(draft_form_make(rq, &stand, false, &v));
    v.version = in->version; /* what was seen: saving it finds what came in between */
    v.filled = proposal_join(rq->mem, &f.filled, text_find("proposals.and"));
    v.kept = proposal_join(rq->mem, &f.kept, text_find("proposals.and"));
    v.is_filled = true;
    v.choose_anew = rq_uploads(rq, "attachments").count > 0;
    struct out *out = page_begin(rq, text_find("proposals.page.edit"), "proposals");
    view_drafts_form(out, &v);
    page_end(res, out);
    return OK;
}
