/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The scalar and slice types of the whole house, and the reading macros FIELD and P need them by
 * name. A `str` is a view: pointer and length, never owning, not NUL-terminated. Next: arena.h,
 * buf.h. */
#ifndef HT_BASE_TYPES_H
#define HT_BASE_TYPES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t i64;

/* UTF-8 text by pointer and length. The empty str has len 0 and any ptr. */
typedef struct str {
    const char *ptr;
    size_t len;
} str;

/* Raw bytes by pointer and length. */
typedef struct bytes {
    const unsigned char *ptr;
    size_t len;
} bytes;

/* Text that is already safe HTML: made only by views and the sanitizer. */
typedef struct html {
    str s;
} html;

/* A list of texts, of ids: items live in the arena of whoever made the list. */
typedef struct strs {
    str *items;
    size_t count;
} strs;
typedef struct ids {
    i64 *items;
    size_t count;
} ids;

/* How FIELD tells what a member is; shared by row maps (platform/db) and forms (platform/web). */
enum field_type {
    FIELD_NONE,
    FIELD_I64,
    FIELD_BOOL,
    FIELD_STR,
    FIELD_BYTES,
    FIELD_STRS,
    FIELD_IDS
};

/* One member of a struct, by name, place and type. A table of them ends with a zero row. */
struct field {
    const char *name;
    size_t offset;
    enum field_type type;
};

/* FIELD(struct t, m): describes member m; a member of an unknown type does not compile. */
#define FIELD(type_, member_)                                 \
    {                                                         \
        .name = #member_, .offset = offsetof(type_, member_), \
        .type = _Generic(((type_ *)0)->member_, i64           \
                         : FIELD_I64, bool                    \
                         : FIELD_BOOL, str                    \
                         : FIELD_STR, bytes                   \
                         : FIELD_BYTES, strs                  \
                         : FIELD_STRS, ids                    \
                         : FIELD_IDS)                         \
    }
#endif
