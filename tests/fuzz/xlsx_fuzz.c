/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes the reader of workbooks: bytes that begin with PK are the whole file; others are one part
 * of a sound one, so that the fuzzer reaches the XML without having to invent checksums. The first
 * byte says which part. */
#include <assert.h>
#include <stdlib.h>
#include <zip.h>

#include "platform/base/str.h"
#include "tests/fuzz/sheet_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    const char *name, *text;
} PARTS[] = {
    { "xl/worksheets/sheet1.xml",
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><v>0</v></c><c r=\"B1\""
      " s=\"1\">"
      "<v>46351.5</v></c></row></sheetData></worksheet>" },
    { "xl/sharedStrings.xml", "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>" },
    { "xl/styles.xml",
      "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>" },
    { "xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>" },
};
enum { PART_COUNT = sizeof PARTS / sizeof *PARTS };

static void part_add(zip_t *zip, const char *name, str text)
{
    zip_source_t *source = zip_source_buffer(zip, text.ptr, text.len, 0);
    zip_int64_t index = zip_file_add(zip, name, source, 0);
    assert(index >= 0);
    zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

static void workbook_read(size_t which, str part)
{
    zip_error_t error;
    zip_stat_t stat;
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
    assert(zip);
    zip_source_keep(whole);
    for (size_t i = 0; i < PART_COUNT; i++)
        part_add(zip, PARTS[i].name, i == which ? part : str_of(PARTS[i].text));
    int closed = zip_close(zip);
    assert(closed == 0 && zip_source_open(whole) == 0 && zip_source_stat(whole, &stat) == 0);
    char *file = malloc(stat.size);
    zip_int64_t n = zip_source_read(whole, file, stat.size);
    assert(n == (zip_int64_t)stat.size);
    sheet_input_read(file, stat.size, ".xlsx");
    free(file);
    zip_source_close(whole);
    zip_source_free(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size >= 2 && data[0] == 'P' && data[1] == 'K')
        sheet_input_read(data, size, ".xlsx");
    else if (size)
        workbook_read(data[0] % PART_COUNT, (str){ (const char *)data + 1, size - 1 });
    return 0;
}
