/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The process beside the house that has lists taken apart (platform/files/sheet_process.h): it is
 * this program executed again by words that no person types. Its lock: sandbox.h. */
#ifndef HT_SERVER_READER_H
#define HT_SERVER_READER_H
#include "platform/base/err.h"

/* Starts it. locked: its children give up all rights (sandbox_reader). To be called while there is
 * one thread. Errors: BUSY files.reader_gone. */
err reader_start(bool locked);

/* Becomes it, if these are its words; otherwise returns. For main, before anything else. */
void reader_become(int argc, char **argv);
#endif
