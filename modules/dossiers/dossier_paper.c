/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A dossier on paper: what stands on it, its digits and digest, issuing, and what a holder of the
 * digits is told. The digest is of the texts, not of the file: PDF and Word of the same dossier
 * have the same one, and digits and digest can stand on the paper itself. */
#include "modules/dossiers/dossier.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/digits.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

#include <unistd.h>

enum { CODE_DIGITS = 20, ROWS = 16, PARTS = 12 + 3 * DOSSIER_YEARS, TEXT_MAX = 4 << 20 };
enum { DIGEST_HEX = 64, DIGEST_LEAST = 8 };

/* ---- what stands on it ----
 * Three faces of four: each that a PDF holds takes the time of a page, and many are made at once.
 */

struct sheet {
    struct rq *rq;
    const struct dossier *d;
    struct paper_row rows[ROWS];
    struct paper_part parts[PARTS];
    size_t row_count, part_count;
    int heading_count;
};

static void row_add(struct sheet *s, const char *label, str value)
{
    if (value.len)
        s->rows[s->row_count++] = (struct paper_row){ text_find(label), value };
}

static void part_add(struct sheet *s, enum paper_kind kind, str text)
{
    if (text.len)
        s->parts[s->part_count++] = (struct paper_part){ kind, text };
}

/* "一、履职成果": numbered as they come, since some may be left out. */
static void heading_add(struct sheet *s, const char *text)
{
    const char *number = arena_printf(s->rq->mem, "dossiers.heading.%d", ++s->heading_count).ptr;
    part_add(s, PAPER_HEADING1, text_format(s->rq->mem, number, text_find(text), str_of("")));
}

static void lines_put(struct buf *b, str line)
{
    if (line.len == 0)
        return;
    if (b->len)
        buf_put_byte(b, '\n');
    buf_add(b, line);
}

static str line_of(struct rq *rq, const char *text, str a, str b)
{
    return b.len ? text_format(rq->mem, text, a, b) : str_of("");
}

/* What the roster knows of the person. */
static void person_rows(struct sheet *s)
{
    const struct member_traits *t = &s->d->traits;
    if (!s->d->is_known)
        return;
    if (t->gender.len)
        row_add(s, "dossiers.paper.gender", text_label("members.gender", t->gender));
    row_add(s, "dossiers.paper.ethnic", t->ethnic);
    if (t->birth_on != BIRTH_UNKNOWN)
        row_add(s, "dossiers.paper.birth", text_date(s->rq->mem, t->birth_on));
    if (t->party.len)
        row_add(s, "dossiers.paper.party", dictionary_label(s->rq, "members.parties", t->party));
    row_add(s, "dossiers.paper.education", t->education);
}

static void rows_make(struct sheet *s)
{
    const struct dossier *d = s->d;
    row_add(s, "dossiers.paper.org", d->span->org_name);
    row_add(s, "dossiers.paper.term", dossier_term_words(s->rq, d));
    row_add(s, "dossiers.paper.name", d->member.name);
    person_rows(s);
    row_add(s, "dossiers.paper.code", d->member.code);
    row_add(s, "dossiers.paper.sector", d->person->sector);
    row_add(s, "dossiers.paper.committee", d->person->committee);
    row_add(s, "dossiers.paper.employer",
            line_of(s->rq, "dossiers.joined", d->member.employer, d->member.job));
    row_add(s, "dossiers.paper.posts", d->posts);
    row_add(s, "dossiers.paper.days", dossier_span_words(s->rq, d));
    row_add(s, "dossiers.paper.stand",
            d->person->stand == SCORES_SERVING
                ? str_of("")
                : text_label("dossiers.stand", str_number(s->rq->mem, d->person->stand)));
}

/* One line for each group of kinds, then each outcome with its day. */
static void outcomes_make(struct sheet *s)
{
    static const enum dossier_group GROUPS[] = { DOSSIER_PROPOSALS, DOSSIER_OPINIONS,
                                                 DOSSIER_HONOURS, DOSSIER_OTHERS };
    struct rq *rq = s->rq;
    struct buf *b = buf_new(rq->mem, TEXT_MAX);
    for (size_t i = 0; i < sizeof GROUPS / sizeof *GROUPS; i++) {
        const char *name =
            arena_printf(rq->mem, "dossiers.group.%s", dossier_group_name(GROUPS[i])).ptr;
        lines_put(b, line_of(rq, "dossiers.labelled", text_find(name),
                             dossier_group_words(rq, &s->d->counts, GROUPS[i])));
    }
    for (size_t i = 0; i < s->d->event_count; i++) {
        const struct dossier_event *e = &s->d->events[i];
        if (e->entry && e->entry->is_outcome)
            lines_put(b, text_format(rq->mem, "dossiers.dated", text_date(rq->mem, e->on_on),
                                     dossier_event_words(rq, e)));
    }
    heading_add(s, "dossiers.paper.outcomes");
    part_add(s, PAPER_BODY, b->len ? buf_str(b) : text_find("dossiers.paper.none"));
}

static str absences_words(struct rq *rq, const struct dossier *d)
{
    str words =
        text_format(rq->mem, "dossiers.paper.plenary", str_number(rq->mem, d->plenary_absent),
                    str_number(rq->mem, d->plenary_leave));
    if (!d->stands)
        return words;
    return text_format(rq->mem, "dossiers.paper.lines", words,
                       text_format(rq->mem, "dossiers.paper.standing",
                                   str_number(rq->mem, d->standing_absent),
                                   str_number(rq->mem, d->standing_leave)));
}

static void sittings_make(struct sheet *s)
{
    str words = dossier_group_words(s->rq, &s->d->counts, DOSSIER_SITTINGS);
    heading_add(s, "dossiers.paper.sittings");
    part_add(s, PAPER_BODY, absences_words(s->rq, s->d));
    if (words.len)
        part_add(s, PAPER_BODY,
                 text_format(s->rq->mem, "dossiers.paper.counts", words, str_of("")));
}

static str year_text(struct rq *rq, i64 year)
{
    return text_format(rq->mem, "dossiers.paper.year", str_number(rq->mem, year), str_of(""));
}

static str gates_words(struct rq *rq, const struct dossier_year *y)
{
    if (!y->assessed || y->gates_due == 0)
        return str_of("");
    str words = text_format(rq->mem, "dossiers.paper.gates", str_number(rq->mem, y->gates_due),
                            str_number(rq->mem, y->gates_met));
    return y->missing.len ? text_format(rq->mem, "dossiers.paper.missing", words, y->missing)
                          : words;
}

/* Gates, pledge, report and grade: a line a year. */
static void years_make(struct sheet *s)
{
    struct rq *rq = s->rq;
    struct buf *b = buf_new(rq->mem, TEXT_MAX);
    for (size_t i = 0; i < s->d->year_count; i++) {
        struct dossier_year y = s->d->years[i];
        if (!y.told) /* the member may take any paper of his, and is told by the assessment */
            y.grade = y.honour = str_of("");
        str gates = gates_words(rq, &y), papers = dossier_year_words(rq, &y);
        str words = gates.len && papers.len
                        ? text_format(rq->mem, "dossiers.paper.both", gates, papers)
                        : (gates.len ? gates : papers);
        lines_put(b, line_of(rq, "dossiers.labelled", year_text(rq, y.year), words));
    }
    if (b->len == 0)
        return;
    heading_add(s, "dossiers.paper.years");
    part_add(s, PAPER_BODY, buf_str(b));
}

static void story_make(struct sheet *s)
{
    struct rq *rq = s->rq;
    heading_add(s, "dossiers.paper.story");
    for (size_t i = 0; i < s->d->year_count; i++) {
        const struct dossier_year *y = &s->d->years[i];
        struct buf *b = buf_new(rq->mem, TEXT_MAX);
        for (size_t k = 0; k < y->event_count; k++)
            lines_put(b,
                      text_format(rq->mem, "dossiers.dated", text_date(rq->mem, y->events[k].on_on),
                                  dossier_event_words(rq, &y->events[k])));
        part_add(s, PAPER_HEADING3, year_text(rq, y->year));
        part_add(s, PAPER_BODY, b->len ? buf_str(b) : text_find("dossiers.paper.none"));
    }
}

/* ---- digits and digest ---- */

static str code_make(struct rq *rq)
{
    char *digits = arena_zero(rq->mem, CODE_DIGITS + 1);
    for (int i = 0; i < CODE_DIGITS; i++)
        digits[i] = (char)('0' + rng_below(rq->rng, 10));
    return (str){ digits, CODE_DIGITS };
}

/* In groups, as people read and type them. */
static str grouped(struct rq *rq, str text, size_t size)
{
    struct buf *b = buf_new(rq->mem, 2 * text.len + 1);
    for (size_t i = 0; i < text.len; i += size) {
        if (i)
            buf_put_byte(b, ' ');
        buf_add(b, str_sub(text, i, size));
    }
    return buf_str(b);
}

static str digest_of(const struct sheet *s, const struct paper_form *form)
{
    str *texts = arena_array(s->rq->mem, 3 + 2 * ROWS + PARTS, sizeof *texts);
    size_t n = 0;
    texts[n++] = form->title;
    for (size_t i = 0; i < s->row_count; i++) {
        texts[n++] = s->rows[i].label;
        texts[n++] = s->rows[i].value;
    }
    for (size_t i = 0; i < s->part_count; i++)
        texts[n++] = s->parts[i].text;
    return attestation_digest(s->rq->mem, texts, n);
}

static str footer_of(struct rq *rq, const struct dossier *d, const struct dossier_paper *paper)
{
    str base = rq->app->config.public_url;
    str head = text_format(rq->mem, "dossiers.paper.footer", d->span->org_name,
                           text_date(rq->mem, rq->today));
    str proof = text_format(rq->mem, "dossiers.paper.proof", grouped(rq, paper->code, 4),
                            grouped(rq, paper->digest, 8));
    str where = text_format(rq->mem, "dossiers.paper.where", base, str_of(""));
    return text_format(rq->mem, "dossiers.paper.lines",
                       text_format(rq->mem, "dossiers.paper.lines", head, proof), where);
}

err dossier_paper_make(struct rq *rq, const struct dossier *d, str format, struct dossier_made *out)
{
    struct sheet *s = arena_zero(rq->mem, sizeof *s);
    str base = rq->app->config.public_url;
    s->rq = rq;
    s->d = d;
    *out = (struct dossier_made){ .paper = { .member_id = d->member.id,
                                             .term_number = d->span->term.number,
                                             .until_on = d->span->until_on,
                                             .entries = (i64)d->entry_count,
                                             .outcomes = d->outcome_count,
                                             .issued_at = rq->now_ms,
                                             .issued_by = rq->actor->account_id,
                                             .issued_name = rq->actor->name,
                                             .name = d->member.name,
                                             .code = code_make(rq),
                                             .format = format } };
    rows_make(s);
    outcomes_make(s);
    sittings_make(s);
    years_make(s);
    story_make(s);
    struct paper_form form = { .title = text_find("dossiers.paper.title"),
                               .rows = s->rows,
                               .row_count = s->row_count,
                               .parts = s->parts,
                               .part_count = s->part_count };
    out->paper.digest = digest_of(s, &form);
    form.footer = footer_of(rq, d, &out->paper);
    form.code = arena_printf(rq->mem, "%.*s/dossiers/check?code=%.*s", (int)base.len, base.ptr,
                             (int)out->paper.code.len, out->paper.code.ptr);
    out->file_name =
        text_format(rq->mem, str_is(format, "pdf") ? "dossiers.file_pdf" : "dossiers.file_docx",
                    d->member.name, dossier_term_words(rq, d));
    return str_is(format, "pdf") ? paper_form_pdf(rq->mem, &form, &out->body)
                                 : paper_form_docx(rq->mem, &form, &out->body);
}

/* ---- issuing ---- */

static err body_write(void *context, int fd)
{
    const struct dossier_made *made = context;
    const unsigned char *at = made->body.ptr;
    for (size_t left = made->body.len; left > 0;) {
        ssize_t n = write(fd, at, left);
        if (n <= 0)
            return err_make(ERR_BUSY, "docs.disk");
        at += n;
        left -= (size_t)n;
    }
    return OK;
}

err dossier_paper_file(struct rq *rq, const struct dossier *d, str format, struct dossier_made *out)
{
    TRY(dossier_paper_make(rq, d, format, out));
    TRY(attachment_make(rq, body_write, out, &out->file));
    out->file.owner = str_of("dossier_papers");
    out->file.name = out->file_name;
    out->file.type = str_is(format, "pdf") ? "application/pdf" : DOCX_TYPE;
    out->file.made_by = rq->actor->name;
    return OK;
}

bool dossier_may_issue(const struct rq *rq, i64 member_id)
{
    return (rq->actor->member_id && rq->actor->member_id == member_id) ||
           actor_may(rq->actor, "dossiers.export");
}

bool dossier_may_take(const struct rq *rq, const struct dossier_paper *paper)
{
    return (rq->actor->member_id && rq->actor->member_id == paper->member_id) ||
           paper->issued_by == rq->actor->account_id;
}

err dossier_paper_issue(struct rq *rq, const struct dossier_made *made, i64 *id)
{
    TRY(dossier_paper_store_add(rq->db, &made->paper, id));
    TRY(attestation_add(rq, "dossier_papers", *id, made->paper.digest));
    if (made->paper.run_id) /* the run is audited */
        return OK;
    struct attachment_made file = made->file;
    file.owner_id = *id;
    TRY(attachment_add(rq, &file));
    return audit_add(rq, &(struct audit_entry){ .act = "dossiers.issue",
                                                .object = "dossier_papers",
                                                .object_id = *id,
                                                .after = made->file_name });
}

/* ---- checking ---- */

/* The family name, and a mark for each further character. */
static str family_name(struct rq *rq, str name)
{
    struct buf *b = buf_new(rq->mem, 256);
    buf_add(b, str_cut_chars(name, 1));
    for (i64 i = 1; i < str_chars(name) && i < 4; i++)
        buf_add(b, text_find("dossiers.masked"));
    return buf_str(b);
}

/* Digits of a digest as typed: the first eight or more, blanks between them. Empty = no digest. */
static str digest_read(struct rq *rq, str typed)
{
    struct buf *b = buf_new(rq->mem, DIGEST_HEX + 2);
    str low = str_lower_ascii(rq->mem, typed);
    for (size_t i = 0; i < low.len; i++) {
        char c = low.ptr[i];
        if (c == ' ' || c == '-')
            continue;
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) || b->len == DIGEST_HEX)
            return str_of("");
        buf_put_byte(b, c);
    }
    return b->len < DIGEST_LEAST ? str_of("") : buf_str(b);
}

static err found_load(struct rq *rq, str code, struct dossier_found *out)
{
    struct org org;
    TRY(dossier_paper_store_find_code(rq->db, code, rq->mem, &out->paper));
    TRY(attestation_find(rq, "dossier_papers", out->paper.id, &out->attested));
    out->attested.text_now = out->paper.digest;
    TRY(org_find_cppcc(rq, &org));
    out->org_name = org.name;
    out->name = family_name(rq, out->paper.name);
    return OK;
}

err dossier_paper_check(struct rq *rq, str code, str digest, struct dossier_found *out)
{
    i64 org_id = 0, own = db_org(rq->db);
    str digits = digits_read(rq->mem, code, CODE_DIGITS), typed = digest_read(rq, digest);
    *out = (struct dossier_found){ .asked = digest.len > 0 };
    if (digits.len == 0)
        rq_fault(rq, "code", "dossiers.code_form", str_of(""), str_of(""));
    if (digest.len && typed.len == 0)
        rq_fault(rq, "digest", "dossiers.digest_form", str_of(""), str_of(""));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(dossier_paper_store_find_org(rq->db, digits, &org_id));
    if (org_id == 0) {
        rq_fault(rq, "code", "dossiers.code_unknown", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    db_set_org(rq->db, org_id);
    err e = found_load(rq, digits, out);
    db_set_org(rq->db, own);
    out->same = str_starts(out->paper.digest, typed);
    return e;
}
