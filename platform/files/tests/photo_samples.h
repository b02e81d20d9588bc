/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pictures made from code, by the libraries and by hand, with all that a phone hides in them; and
 * an independent look at a JPEG. For the tests of photos. */
#ifndef HT_FILES_TESTS_PHOTO_SAMPLES_H
#define HT_FILES_TESTS_PHOTO_SAMPLES_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

/* Words that are planted wherever a format has room for words: none may come through. */
#define SAMPLE_CANARY "CANARY-GPS-27N-112E"

enum sample_kind { SAMPLE_PLAIN, SAMPLE_PROGRESSIVE, SAMPLE_CMYK, SAMPLE_GRAY };

/* Pixels: width * height * 3 bytes. Four quarters of one colour each (red, green / blue, yellow);
 * every pixel by chance. */
unsigned char *sample_quarters(struct arena *mem, int width, int height);
unsigned char *sample_noise(struct arena *mem, int width, int height, uint32_t seed);

/* A JPEG of RGB pixels. */
bytes sample_jpeg(struct arena *mem, const unsigned char *rgb, int width, int height,
                  enum sample_kind kind);

/* A PNG; rgba: 4 bytes a pixel, else 3; NULL pixels: black and white ones, all black. */
struct sample_png {
    int width, height;
    const unsigned char *pixels;
    bool rgba, interlaced;
};
bytes sample_png(struct arena *mem, const struct sample_png *how);

bytes sample_webp(struct arena *mem, const unsigned char *rgb, int width, int height,
                  bool lossless);

/* An EXIF block (TIFF, big or little) with an orientation, a place and the canary. */
bytes sample_exif(struct arena *mem, int orientation, bool little);

/* A JPEG with EXIF (NULL: none), and with everything else: XMP, IPTC, a profile, a comment, a
 * thumbnail, bytes behind the end. */
bytes sample_jpeg_with(struct arena *mem, bytes jpeg, bytes exif, bool everything);

/* A PNG with a chunk before its picture. */
bytes sample_png_with(struct arena *mem, bytes png, const char *type, bytes chunk);

/* A WebP in the extended form, with EXIF and XMP. animated: it says that it moves. */
bytes sample_webp_with(struct arena *mem, bytes webp, bytes exif, bool animated);

/* Both, one behind the other. */
bytes sample_join(struct arena *mem, bytes a, bytes b);

/* Whether the words are in the bytes. */
bool sample_has(bytes data, const char *words);

/* Decodes a JPEG by the library itself: RGB. Stops the test when there is a fault. */
unsigned char *sample_decode(struct arena *mem, bytes jpeg, int *width, int *height);

/* The place of the n-th byte of a mark in a JPEG (its 0xFF), 0 when there is none. */
size_t sample_mark(bytes jpeg, unsigned char mark);

/* Puts right the checksum of the chunk that begins at `at`. */
void sample_png_mend(unsigned char *png, size_t at);
#endif
