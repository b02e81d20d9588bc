/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What compiled views call: typed, escaped output, addresses, dates, texts. A view is
 * views/V.html of a module or platform part, compiled by tools/tmplc (its README is the
 * grammar); "views/M.h" declares a folder's views. Components that views share are in
 * view_parts.h. page_begin (web.h) makes a struct out for a request. */
#ifndef HT_WEB_VIEW_H
#define HT_WEB_VIEW_H
#include "platform/base/buf.h"
#include "platform/base/clock.h"
#include "platform/text/texts.h"

/* A label and where it leads: crumbs, pagers, tabs. A table of them ends with a zero row. */
struct view_link {
    str label, url; /* url: own path; empty = only the label */
};

struct view_tabs;

/* Where a page is: the menu entry NAME, which leads to /NAME, then `here`; or a thing /NAME/ID
 * between them. */
const struct view_link *view_crumbs(struct arena *mem, const char *menu, str here);
const struct view_link *view_crumbs_of(struct arena *mem, const char *menu, i64 id, str thing,
                                       str here);

/* An entry of the navigation. tab: also in the phone's bottom bar. */
struct view_menu_item {
    str url, label, icon;
    bool active, tab;
    i64 count; /* shown when > 0 */
};

/* Entries under a heading, which opens and closes; "" = they stand open, without one. open: at
 * first, because one of them is the present one. */
struct view_menu_group {
    str heading;
    bool open;
    const struct view_menu_item *items;
    size_t count;
};

/* A fault of a form's field, worded; field empty = the form as a whole. A table of them ends
 * with words.ptr NULL. */
struct view_fault {
    str field, words;
};

/* A value as it was typed into a field of the form that is redrawn; a repeated field has several
 * rows. */
struct view_typed {
    str field, value;
};

/* A field of a form that somebody else has saved in between: <del> is what stands now, <ins> what
 * was typed. A table of them ends with label.ptr NULL. */
struct view_difference {
    str label;
    html diff;
};

/* What every page's frame needs; filled once per request. All texts are unescaped. */
struct view_page {
    str title; /* of <title>; the heading is the page's own */
    str csrf;  /* empty = forms carry no token */
    /* sent along with csrf: the same submission twice is done once; may be empty */
    str idempotency;
    /* data-mode: "elder", "contrast", "dark", combined by spaces; empty or "standard" = standard */
    str mode;
    str size;       /* data-size in elder mode: "24", "30" or empty */
    str person;     /* name of who is signed in; empty = nobody */
    str acting_for; /* name of the delegator while acting for another; empty = as oneself */
    str org;        /* organisation's name */
    str org_phone;  /* shown in the footer; may be empty */
    str request_id;
    str path;       /* own path with query, to come back to */
    str flash;      /* message shown once, already worded; empty = none */
    bool flash_bad; /* it tells of something that failed */
    bool demo;      /* banner: demo data, nothing here is real */
    bool faulty;    /* a form redrawn with faults: typed values win, the title says so */
    const struct view_fault *faults; /* NULL = none */
    const struct view_typed *typed;
    size_t typed_count;
    const struct view_difference *differences; /* NULL = no conflict */
    str anew;        /* page of the form as it stands now, to drop what was typed; empty = none */
    bool files_lost; /* the form has files: they must be chosen again */
    bool bound; /* must first change the password or set up a second factor: nothing else opens */
    i64 idle_s; /* seconds until an idle login ends, for the warning; 0 = never or nobody */
    i64 unread; /* unread messages */
    i64 now_ms; /* UTC milliseconds */
    const struct view_menu_item *menu;
    size_t menu_count;
    const struct view_menu_group *groups; /* the same entries, as the side navigation shows them */
    size_t group_count;
    const struct view_tabs *tabs; /* beside the present page (menu.h); NULL = none */
};

/* Where a view writes to, and for which page. */
struct out {
    struct buf *buf;
    const struct view_page *page;
};

/* PUT(out, x): writes x by its type: str escaped, numbers in decimal, html as it is. Anything
 * else, such as char * or bool, does not compile. */
/* clang-format off */
#define PUT(out_, x_)                                                                              \
    _Generic((x_), str: view_put_str, html: view_put_html, i64: view_put_i64, int: view_put_int,   \
             size_t: view_put_size)(out_, x_)
/* clang-format on */

/* What PUT chooses from. */
void view_put_str(struct out *out, str text);
void view_put_html(struct out *out, html safe);
void view_put_i64(struct out *out, i64 number);
void view_put_int(struct out *out, int number);
void view_put_size(struct out *out, size_t number);

/* A number of at least so many digits, zeros before it. */
void view_padded(struct out *out, i64 number, int digits);

/* Percent-encodes a value as a part of an address: all but letters, digits and - . _ ~ */
void view_url_str(struct out *out, str value);

/* Writes a whole address that is data, escaped for an attribute: own path (a single / first), ?
 * or # first, or https://, http://, tel:, mailto:. Anything else becomes "#", so that data never
 * gives a script address. */
void view_url(struct out *out, str address);

/* The words of a stable name (texts.h), escaped. */
void view_text(struct out *out, const char *name);

/* The words of "prefix.code", e.g. ("states.proposals", p->state), escaped; the code itself
 * where there are none. */
void view_label(struct out *out, const char *prefix, str code);

/* Hidden field with the page's CSRF token; emitted by tmplc behind each <form method="post">. */
void view_csrf(struct out *out);

/* Address of a file of the interface by its own name, "app.css" -> "/assets/app.3f2a….css";
 * "/assets/NAME" if unknown. */
void view_asset(struct out *out, const char *name);

/* A sprite icon, hidden from readers: <svg class="i" …><use href="…#name"/></svg>. */
void view_icon(struct out *out, const char *name);
void view_icon_of(struct out *out, str name);

/* A day number as 2026年11月25日, 11-25, 2026-11-25 (for datetime= and value=). 0 and -1 mean no
 * day: a dash, the last one nothing. */
void view_date(struct out *out, i64 day);
void view_date_short(struct out *out, i64 day);
void view_date_iso(struct out *out, i64 day);

/* UTC milliseconds as 2026年11月25日 09:30 in China Standard Time; 0 = a dash. */
void view_datetime(struct out *out, i64 ms);

/* Days from the page's today to a due day in words: 剩 5 天, 今天到期, 逾期 3 天; a dash for 0 and
 * -1. Calendar days. */
void view_days_left(struct out *out, i64 due_on);

/* The worded fault of a field (empty: the form's own), or the empty str. */
str view_fault_of(const struct out *out, str field);

/* What to show in a field: as typed when the form is redrawn (empty if it was not sent), else
 * the stored value. */
str view_value(const struct out *out, str field, str stored);

/* Whether a choice of a field is on: typed when redrawn, else as stored. */
bool view_is_on(const struct out *out, str field, str value, bool stored);

/* The icon that goes with a tone ("ok", "warn", "bad", "info"); empty for others. */
str view_tone_icon(const char *tone);

/* The page's today as a day number. */
i64 view_today(const struct out *out);
#endif
