/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of reader.h: the words by which the program knows that it is the reader's helper,
 * on both sides. What that does: platform/files/sheet_process.c. */
#include "server/reader.h"

#include <string.h>

#include "platform/files/sheet_process.h"
#include "server/sandbox.h"

static char NAME[] = "huotang", VERB[] = "(reader)", LOCKED[] = "locked";

err reader_start(bool locked)
{
    char *const argv[] = { NAME, VERB, locked ? LOCKED : NULL, NULL };
    return sheet_process_start(&(struct sheet_process){ .argv = argv });
}

void reader_become(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], VERB) != 0)
        return;
    bool locked = argc > 2 && strcmp(argv[2], LOCKED) == 0;
    sheet_process_serve(&(struct sheet_process){ .lock = locked ? sandbox_reader : NULL });
}
