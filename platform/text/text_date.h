/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Days in sentences. Fields and files have text_day (texts.h), views view_date. */
#ifndef HT_TEXT_TEXT_DATE_H
#define HT_TEXT_TEXT_DATE_H

#include "platform/base/arena.h"
#include "platform/base/str.h"

/* A day as sentences and letters have it: "2026年11月25日". */
str text_date(struct arena *mem, i64 day);

#endif
