/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes what the child does with a photo (photo_read.h): whatever the bytes are, either a refusal
 * by name or two plain JPEG within their sizes. Checksums of a PNG are put right, so that the
 * fuzzer gets past them; an EXIF block is read by itself too, and the house's judge of JPEG sees
 * the bytes as they are. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/files/photo_read.h"
#include "platform/files/tests/photo_samples.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FACTS = 6, SIGNATURE = 8, FRAME = 12 };

static err facts_take(void *context, const struct sheet_row *row)
{
    i64 *facts = context;
    assert(row->cells.count == FACTS);
    for (size_t i = 0; i < FACTS; i++) {
        bool number = str_to_i64(row->cells.items[i], &facts[i]);
        assert(number && facts[i] >= 1);
    }
    return OK;
}

static void is_plain(struct arena *mem, int fd, i64 at, const i64 facts[3])
{
    size_t size = (size_t)facts[2];
    unsigned char *jpeg = arena_bytes(mem, size);
    ssize_t n = pread(fd, jpeg, size, at);
    assert(n == (ssize_t)size);
    bool plain = photo_is_plain((bytes){ jpeg, size }, (struct photo_size){ facts[0], facts[1] });
    assert(plain);
}

static void checksums_mend(unsigned char *png, size_t size)
{
    for (size_t at = SIGNATURE; at + FRAME <= size;) {
        size_t length = (size_t)png[at] << 24 | (size_t)png[at + 1] << 16 |
                        (size_t)png[at + 2] << 8 | png[at + 3];
        if (length > size - at - FRAME)
            break;
        sample_png_mend(png, at);
        at += FRAME + length;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    i64 facts[FACTS] = { 0 };
    struct arena *mem = arena_new(512 << 20, 0);
    unsigned char *file = malloc(size + 1);
    const struct sheet_reader reader = { .row = facts_take, .context = facts };
    const struct sheet_input in = {
        memfd_create("photo", 0), memfd_create("clean", 0), { "", 0 }, true
    };
    if (size)
        memcpy(file, data, size);
    if (size > SIGNATURE && memcmp(data, "\x89PNG", 4) == 0)
        checksums_mend(file, size);
    ssize_t written = size ? write(in.fd, file, size) : 0;
    assert(in.fd >= 0 && in.spool_fd >= 0 && written == (ssize_t)size);
    photo_exif_orientation((bytes){ file, size });
    photo_is_plain((bytes){ file, size }, (struct photo_size){ 16, 16 });
    err e = photo_parse(mem, &in, &reader);
    assert(e.code == ERR_NONE || (e.code == ERR_INVALID && e.name));
    if (!e.code) {
        assert(facts[0] <= PHOTO_SIDE && facts[1] <= PHOTO_SIDE);
        assert(facts[3] <= PHOTO_PREVIEW_SIDE && facts[4] <= PHOTO_PREVIEW_SIDE);
        is_plain(mem, in.spool_fd, 0, facts);
        is_plain(mem, in.spool_fd, facts[2], facts + 3);
    }
    close(in.fd);
    close(in.spool_fd);
    free(file);
    arena_free(mem);
    return 0;
}
