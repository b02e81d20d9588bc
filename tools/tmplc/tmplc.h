/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The view compiler: one pass over a template that writes C while it follows where in the HTML it
 * stands. compile.c reads the statements, markup.c the HTML between them, main.c the command line.
 * The grammar is in README.md; what the made C calls is in platform/web/view.h. */
#ifndef HT_TOOLS_TMPLC_H
#define HT_TOOLS_TMPLC_H
#include "platform/base/buf.h"

enum place { IN_TEXT, IN_TAG_NAME, IN_TAG, IN_NAME, BEFORE_VALUE, IN_VALUE };

/* What may stand in the value of the attribute being read. */
enum value { VALUE_TEXT, VALUE_ADDRESS, VALUE_LITERAL };

/* Where in the HTML the template stands. Names are kept in lower case. */
struct markup {
    enum place place;
    enum value value;
    char quote, tag[32], name[32];
    bool space;   /* white space stands before, so an attribute may begin */
    bool begun;   /* the address in this value has begun */
    bool post;    /* a form with method="post" */
    bool has_src; /* a script from a file */
    bool script;  /* between <script src> and </script> */
    bool keep;    /* in textarea or pre: white space counts */
};

enum { DEPTH_MAX = 32 };

/* An open {if}, {for} or {wrap}: where it began, and what its branches leave behind. */
struct block {
    char kind; /* 'i', 'e' after {else}, 'f', 'w' */
    int line;
    struct markup at;
    bool before, white; /* white space stood before; at the end of every branch */
    str name, args;     /* of a wrap */
};

struct tmpl {
    const char *file;
    str src;
    size_t at;
    int line, view_line; /* view_line: where the open view began, 0 outside of views */
    struct markup html;
    struct block stack[DEPTH_MAX];
    int depth;
    bool has_content, white; /* white: what was last written is white space */
    str name, params;        /* of the view being read; params with a comma in front */
    struct buf *includes, *protos, *views, *body, *literal, *error;
};

/* Prepares reading src, which came from file; everything lives in mem. */
void tmpl_init(struct tmpl *t, struct arena *mem, const char *file, str src);

/* Compiles: afterwards includes, protos and views hold C. False: error is "file:line: message". */
bool tmpl_compile(struct tmpl *t);

/* Notes the first error, at the present line; whoever calls it stops. Always false. */
bool tmpl_fail(struct tmpl *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes the literal read so far as C into the body. */
void tmpl_flush(struct tmpl *t);

/* Reads the character of HTML at t->at into the literal. */
void markup_read(struct tmpl *t);

/* Ends a half-read tag or attribute name, because a statement follows. */
void markup_settle(struct tmpl *t);

/* Whether two places in the HTML are the same, so that a branch may end there. */
bool markup_same(const struct markup *a, const struct markup *b);
#endif
