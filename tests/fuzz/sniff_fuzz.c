/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the judge of what an uploaded file is. The first line is its name, the rest its bytes. */
#include <assert.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/base/str.h"
#include "platform/files/file_type.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str bytes = { (const char *)data, size }, name = str_of("");
    struct arena *mem = arena_new(64 << 20, 0);
    str_split(&bytes, '\n', &name);
    if (str_is_utf8(name)) {
        int fd = memfd_create("file", 0);
        assert(fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
        str clean = file_name_clean(mem, name);
        const char *type = file_type_of(mem, fd, clean);
        if (type && !strchr(type, '/'))
            abort();
        if (clean.len == 0 || !str_is_utf8(clean) || str_chars(clean) > 120 ||
            memchr(clean.ptr, '/', clean.len))
            abort();
        close(fd);
    }
    arena_free(mem);
    return 0;
}
