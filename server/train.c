/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang train`: what can be guessed is learned anew from what people have decided. Texts are
 * read and the model is kept in short transactions, so that a house that serves does not wait. */
#include "modules/guesses/guess.h"
#include "platform/text/texts.h"
#include "server/command.h"
#include "server/start.h"

struct train_call {
    const struct guess_question *question;
    struct arena *mem;
    struct rows texts;
    struct guess_model model;
};

static err read_texts(struct rq *rq, void *context)
{
    struct train_call *call = context;
    return guess_read(rq, call->question, call->mem, &call->texts);
}

static err keep_model(struct rq *rq, void *context)
{
    struct train_call *call = context;
    return guess_keep(rq, &call->model);
}

static err learn(struct app *app, i64 org_id, struct train_call *call)
{
    TRY(start_write(app, org_id, read_texts, call));
    bool learned = guess_learn(call->mem, call->question, &call->texts, &call->model);
    str name = text_label("guesses.question", str_of(call->question->name));
    str count = arena_printf(call->mem, "%lld", (long long)call->model.texts);
    command_say(
        text_format(call->mem, learned ? "command.trained" : "command.too_few", name, count));
    return learned ? start_write(app, org_id, keep_model, call) : OK;
}

static err learn_all(struct app *app, i64 org_id)
{
    for (const struct guess_question *q = GUESS_QUESTIONS; q->name; q++) {
        if (!q->list)
            continue;
        struct train_call call = { .question = q, .mem = arena_new(GUESS_MEMORY, 0) };
        err e = learn(app, org_id, &call);
        arena_free(call.mem);
        TRY(e);
    }
    return OK;
}

int command_train(struct command_line *line)
{
    struct app app;
    ids orgs;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    err e = command_orgs(line, &app, &orgs);
    for (size_t i = 0; !e.code && i < orgs.count; i++)
        e = learn_all(&app, orgs.items[i]);
    command_close(&app);
    return e.code ? command_failed(line, e) : EXIT_DONE;
}
