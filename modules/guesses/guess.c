/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of guesses: what is guessed of a text, that it is kept beside the decision, when the house
 * learns anew. Where the texts come from: guess_questions.c. No SQL (guess_store.c). */
#include "modules/guesses/guess.h"

#include "modules/guesses/guess_store.h"
#include "platform/jobs/jobs.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"

enum { GROWN = 20 }; /* learned anew when a twentieth more was decided, at least GUESS_LEAST */

/* ---- guessing ---- */

err guess_list(struct rq *rq, const char *question, const struct classify_text *text,
               struct rows *out)
{
    struct guess_model m;
    *out = (struct rows){ .size = sizeof(struct classify_guess) };
    err e = guess_store_find_model(rq->db, str_of(question), rq->mem, &m);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    if (!classify_guess(rq->mem, m.model, text, out))
        out->count = 0; /* of a later version of the program, before it was gone back from */
    out->count = out->count < GUESS_SHOWN ? out->count : GUESS_SHOWN;
    return OK;
}

str guess_words(struct arena *mem, const strs *words)
{
    struct buf *b = buf_new(mem, 1000);
    for (size_t i = 0; i < words->count; i++) {
        buf_add(b, i ? text_find("guesses.and") : str_of(""));
        buf_add(b, words->items[i]);
    }
    return buf_str(b);
}

err guess_note(struct rq *rq, const char *question, i64 id, const struct classify_text *text)
{
    struct rows rows;
    TRY(guess_list(rq, question, text, &rows));
    struct guess g = { .subject_id = id,
                       .decided_at = rq->now_ms,
                       .question = str_of(question),
                       .decided = text->label,
                       .label = str_of(""),
                       .because = str_of("") };
    if (rows.count) {
        const struct classify_guess *first = rows.items;
        g.label = first->label;
        g.degree = first->degree;
        g.because = guess_words(rq->mem, &first->because);
        g.is_right = str_eq(first->label, text->label);
    }
    return guess_store_put(rq->db, &g);
}

/* ---- learning ---- */

err guess_read(struct rq *rq, const struct guess_question *q, struct arena *mem, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct classify_text) };
    return q->list(rq, GUESS_TEXTS_MAX, mem, out);
}

bool guess_learn(struct arena *mem, const struct guess_question *q, const struct rows *texts,
                 struct guess_model *out)
{
    const struct classify_text *all = texts->items;
    *out = (struct guess_model){ .question = str_of(q->name) };
    for (size_t i = 0; i < texts->count; i++)
        out->texts += all[i].label.len > 0;
    return out->texts >= GUESS_LEAST && classify_train(mem, all, texts->count, &out->model);
}

err guess_keep(struct rq *rq, struct guess_model *m)
{
    m->made_at = rq->now_ms;
    return guess_store_put_model(rq->db, m);
}

struct keeping {
    struct guess_model model;
    i64 org_id, now_ms;
};

static err keep_write(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct keeping *k = context;
    struct rq rq;
    db_set_org(db, k->org_id);
    app_system_rq(app, db, mem, k->org_id, &rq);
    rq.now_ms = k->now_ms;
    return guess_keep(&rq, &k->model);
}

static err learn(struct rq *rq, const struct guess_question *q, struct arena *mem)
{
    struct keeping k = { .org_id = rq->actor->org_id, .now_ms = rq->now_ms };
    struct rows texts;
    TRY(guess_read(rq, q, mem, &texts));
    return guess_learn(mem, q, &texts, &k.model) ? lanes_write(rq->app, keep_write, &k) : OK;
}

err job_guess_learn(struct rq *rq, str payload)
{
    const struct guess_question *q = guess_question_find(payload);
    if (!q || !q->list)
        return OK; /* asked by a program of another version */
    struct arena *mem = arena_new(GUESS_MEMORY, 0);
    err e = learn(rq, q, mem);
    arena_free(mem);
    return e;
}

err guess_ask(struct rq *rq)
{
    for (const struct guess_question *q = GUESS_QUESTIONS; q->name; q++)
        if (q->list)
            TRY(job_queue_once(rq, "guesses.learn", str_of(q->name)));
    return OK;
}

err job_guess_watch(struct rq *rq, bool *again)
{
    *again = false;
    for (const struct guess_question *q = GUESS_QUESTIONS; q->name; q++) {
        struct guess_model m;
        i64 count;
        if (!q->list)
            continue;
        err e = guess_store_find_made(rq->db, str_of(q->name), rq->mem, &m);
        if (e.code && e.code != ERR_NOT_FOUND)
            return e;
        if (e.code)
            m = (struct guess_model){ 0 };
        TRY(guess_store_count_after(rq->db, str_of(q->name), m.made_at, &count));
        if (count >= GUESS_LEAST && count * GROWN >= m.texts)
            TRY(job_queue_once(rq, "guesses.learn", str_of(q->name)));
    }
    return OK;
}
