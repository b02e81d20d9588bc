/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Attachments through the front door on both engines: what is kept, refused, sent, removed, swept
 * (quality.md U1). Types: every ending against every content. HUOTANG_TEST_DB. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/files/blob.h"
#include "platform/files/file_type.h"
#include "platform/files/files.h"
#include "platform/files/tests/sheet_fixture.h"
#include "platform/jobs/jobs.h"
#include "platform/web/digest.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

struct thing_input {
    ids files;
    bool fail;
};
static const struct input INPUTS[] = {
    { FIELD(struct thing_input, files), .kind = INPUT_FILES,
      .label = "list.all"
               "",
      .max = 20 },
    { FIELD(struct thing_input, fail), .kind = INPUT_BOOL, .label = "list.all" },
    { .field = { 0 } },
};
static const struct form FORM = { "things", sizeof(struct thing_input), INPUTS };

static err page_files_add(struct rq *rq, struct res *res)
{
    const struct thing_input *input = rq->input;
    TRY(attachment_keep(rq, "files", "things", rq->path_id));
    if (input->fail)
        return err_make(ERR_CONFLICT, "things.no");
    res_redirect(res, str_of("/things"));
    return OK;
}
static err page_file(struct rq *rq, struct res *res)
{
    return attachment_send(rq, res, "things", 7, rq->path_id);
}
static err page_file_remove(struct rq *rq, struct res *res)
{
    TRY(attachment_remove(rq, "things", 7, rq->path_id));
    res_redirect(res, str_of("/things"));
    return OK;
}

static const struct route ROUTES[] = { { .method = POST,
                                         .path = "/things/{id}/files"
                                                 "",
                                         .slow = attachment_receive,
                                         .handler = page_files_add,
                                         .may = "things.read",
                                         .form = &FORM,
                                         .max_body = 64 << 20 },
                                       { .method = POST,
                                         .path = "/things/{id}/quick"
                                                 "",
                                         .handler = page_files_add,
                                         .may = "things.read",
                                         .form = &FORM,
                                         .max_body = 64 << 20 },
                                       { GET, "/files/{id}", page_file, .may = "things.read" },
                                       { .method = POST,
                                         .path = "/files/{id}/remove"
                                                 "",
                                         .handler = page_file_remove,
                                         .may = "things.read" },
                                       { 0 } };
static const struct permission PERMISSIONS[] = { { "things.read", "staff", ADMIN_NONE }, { 0 } };
static const struct module MODULE = {
    .name = "things", .routes = ROUTES, .permissions = PERMISSIONS, .settings = ACCESS_SETTINGS
};
static const struct module *const TEST_MODULES[] = { &MODULE, &files_module, NULL };

static struct test_app *app;

static int setup(void **state)
{
    (void)state;
    app = test_app_new(TEST_MODULES);
    test_as_role(app, "staff");
    return 0;
}
static int teardown(void **state)
{
    (void)state;
    test_app_free(app);
    return 0;
}

static str literal(const char *data, size_t size)
{
    return (str){ data, size };
}
static const char PDF[] = "%PDF-1.4\n1 0 obj";
static const char PNG[] = "\x89PNG\r\n\x1A\n....";

static struct test_answer send(const char *path, const char *name, str data)
{
    const struct test_file files[] = { { "files", name, data }, { 0 } };
    return test_upload(app, path, files, NULL);
}

static struct rows list(void)
{
    struct rq rq = test_system_rq(app);
    struct rows rows = { 0 };
    assert_ok(attachment_list(&rq, "things", 7, &rows));
    return rows;
}

static const struct attachment *at(const struct rows *rows, size_t i)
{
    assert_true(i < rows->count);
    return &((const struct attachment *)rows->items)[i];
}

static void stored_path(const struct attachment *a, char out[300])
{
    snprintf(out, 300,
             "%.*s/files/%.2s/%.2s/%.64s"
             "",
             (int)app->app.config.data.len, app->app.config.data.ptr, a->sha256.ptr,
             a->sha256.ptr + 2, a->sha256.ptr);
}

static void kept_and_sent_as_attachment(void **state)
{
    (void)state;
    struct test_answer a = send("/things/7/files",
                                "C:\\docs\\调研 报告\xE2\x80\xAE.pdf"
                                "",
                                literal(PDF, sizeof PDF - 1));
    assert_int_equal(a.status, 303);
    a = send("/things/7/quick", "图.PNG", literal(PNG, sizeof PNG - 1));
    assert_int_equal(a.status, 303);
    struct rows rows = list();
    assert_int_equal(rows.count, 2);
    assert_true(str_is(at(&rows, 0)->name, "调研 报告.pdf"));
    assert_true(str_is(at(&rows, 0)->type, "application/pdf"));
    assert_int_equal(at(&rows, 0)->size_bytes, sizeof PDF - 1);
    assert_int_equal(at(&rows, 0)->uploaded_at, TEST_NOW_MS);
    char path[300];
    struct stat stat_of_file;
    stored_path(at(&rows, 0), path);
    assert_int_equal(stat(path, &stat_of_file), 0);
    assert_int_equal(stat_of_file.st_mode & 0777, 0600);
    snprintf(path, sizeof path, "/files/%lld", (long long)at(&rows, 0)->id);
    a = test_get(app, path);
    assert_int_equal(a.status, 200);
    assert_true(str_eq(a.body, literal(PDF, sizeof PDF - 1)));
    str disposition = test_header_of(&a, "Content-Disposition");
    assert_true(str_starts(disposition, str_of("attachment")));
    assert_true(str_find(disposition,
                         str_of("filename*=UTF-8''%E8%B0%83%E7%A0%94%20%E6%8A%A"
                                "5%E5%91%8A.pdf"),
                         0) > 0);
    assert_true(str_starts(test_header_of(&a, "Content-Security-Policy"), str_of("sandbox")));
    assert_true(str_is(test_header_of(&a, "X-Content-Type-Options"), "nosniff"));
}

static str bytes_of(struct arena *mem, const char *path)
{
    char *data = arena_zero(mem, 64 * 1024);
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    ssize_t n = read(fd, data, 64 * 1024);
    close(fd);
    assert_true(n > 0);
    return (str){ data, (size_t)n };
}

/* Also where the disk and the row agree on its bytes; a route that has no slow half takes none. */
static void who_wrote_an_office_file_is_not_kept(void **state)
{
    static const struct zip_entry WORD[] = {
        { "[Content_Types].xml", "<Types/>", 0 },
        { "word/document.xml", "<w:document/>", 0 },
        { "docProps/core.xml", "<dc:creator>张三</dc:creator>", 0 },
        { 0 },
    };
    void *own = NULL;
    (void)state;
    fixture_open(&own);
    struct fixture *f = own;
    fixture_zip(f, WORD);
    str sent = bytes_of(f->mem, f->file);
    assert_int_equal(send("/things/7/files", "报告.docx", sent).status, 303);
    struct rows rows = list();
    stored_path(at(&rows, 0), f->file);
    str kept = bytes_of(f->mem, f->file);
    assert_int_equal(at(&rows, 0)->size_bytes, kept.len);
    assert_true(str_eq(digest_hex(f->mem, kept), at(&rows, 0)->sha256));
    assert_true(str_find(fixture_zip_part(f, "docProps/core.xml", 0), str_of("张三"), 0) < 0);
    assert_true(str_is(fixture_zip_part(f, "word/document.xml", 0), "<w:document/>"));
    assert_int_equal(send("/things/7/quick", "报告.docx", sent).status, 500);
    str cut = str_sub(sent, 0, sent.len - 30);
    assert_int_equal(send("/things/7/files", "报告.docx", cut).status, 422);
    assert_int_equal(list().count, 1);
    fixture_close(&own);
}

static void the_same_bytes_are_stored_once(void **state)
{
    (void)state;
    assert_int_equal(send("/things/7/files", "a.pdf", literal(PDF, sizeof PDF - 1)).status, 303);
    assert_int_equal(send("/things/7/files", "b.pdf", literal(PDF, sizeof PDF - 1)).status, 303);
    struct rows rows = list();
    assert_int_equal(rows.count, 2);
    assert_true(str_eq(at(&rows, 0)->sha256, at(&rows, 1)->sha256));
    assert_true(str_is(at(&rows, 1)->name, "b.pdf"));
}

static void refused_files_leave_no_row(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes, *fault;
    } CASES[] = { { "a.html", "<html>", "files.type" },
                  { "a.pdf", "<html>",
                    "files.type"
                    "" },
                  { "a.exe", "MZ", "files.type" },
                  { "a.svg", "<svg>", "files.type" },
                  { "a.txt", "<!doctype html>", "files.type" },
                  { "a.zip", "PK\x03\x04", "files.type" } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = send(i % 2 ? "/things/7/files"
                                          : "/things/7/quick"
                                            "",
                                    CASES[i].name, str_of(CASES[i].bytes));
        assert_int_equal(a.status, 422);
    }
    size_t big = 21 << 20;
    char *data = malloc(big);
    memset(data, ' ', big);
    memcpy(data, "%PDF-", 5);
    struct test_answer a = send("/things/7/files", "big.pdf", literal(data, big));
    assert_int_equal(a.status, 422);
    free(data);
    assert_int_equal(list().count, 0);
}

static void count_and_quota(void **state)
{
    (void)state;
    struct test_file files[12] = { { 0 } };
    for (size_t i = 0; i < 11; i++)
        files[i] = (struct test_file){ "files", "a.pdf", literal(PDF, sizeof PDF - 1) };
    struct test_answer a = test_upload(app, "/things/7/files", files, NULL);
    assert_int_equal(a.status, 422);
    files[10] = (struct test_file){ 0 };
    a = test_upload(app, "/things/7/files", files, NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(list().count, 10);
    assert_int_equal(send("/things/7/files", "one.pdf", literal(PDF, sizeof PDF - 1)).status, 422);
    i64 account_id = 100, size_bytes = (i64)2000 << 20;
    assert_ok(db_run(app->db,
                     SQL("UPDATE attachments SET size_bytes = :size_bytes, account_id = :acc"
                         "ount_id, owner_id = 8 "
                         "WHERE org_id = :org AND id = (SELECT MIN(id) FROM attachments WHER"
                         "E org_id = :org)",
                         P(size_bytes), P(account_id)),
                     NULL));
    assert_int_equal(send("/things/7/files", "one.pdf", literal(PDF, sizeof PDF - 1)).status, 422);
}

static void a_rollback_leaves_no_row(void **state)
{
    (void)state;
    const struct test_file files[] = { { "files", "a.pdf", literal(PDF, sizeof PDF - 1) }, { 0 } };
    struct test_answer a = test_upload(app, "/things/7/files", files, "fail", "1", NULL);
    assert_int_equal(a.status, 409);
    assert_int_equal(list().count, 0);
}

static void removed_and_swept(void **state)
{
    (void)state;
    assert_int_equal(send("/things/7/files", "a.pdf", literal(PDF, sizeof PDF - 1)).status, 303);
    assert_int_equal(send("/things/7/files", "b.png", literal(PNG, sizeof PNG - 1)).status, 303);
    struct rows rows = list();
    char path[300], url[100];
    stored_path(at(&rows, 0), path);
    snprintf(url, sizeof url, "/files/%lld/remove", (long long)at(&rows, 0)->id);
    assert_int_equal(test_post(app, url, NULL).status, 303);
    assert_int_equal(test_post(app, url, NULL).status, 404);
    assert_int_equal(list().count, 1);
    struct rq rq = test_system_rq(app);
    bool again = true;
    i64 deleted, all = 0, bad = -1;
    assert_ok(attachment_sweep(&rq, TEST_NOW_MS, &again)); /* not before that moment */
    assert_ok(attachment_sweep(&rq, TEST_NOW_MS + 1, &again));
    assert_false(again);
    rq.now_ms = clock_system().now_ms(NULL) + 2 * 86400000; /* the disk has its own clock */
    for (i64 bucket = 0; bucket < 256; bucket++) {
        assert_ok(attachment_sweep_bytes(&rq, bucket, &deleted));
        all += deleted;
    }
    assert_int_equal(all, 1);
    assert_int_equal(access(path, R_OK), -1);
    assert_ok(attachment_verify(&rq, &bad));
    assert_int_equal(bad, 0);
    stored_path(at(&rows, 1), path);
    FILE *broken = fopen(path, "r+b");
    fputc('x', broken);
    fclose(broken);
    assert_ok(attachment_verify(&rq, &bad));
    assert_int_equal(bad, 1);
    unlink(path);
    snprintf(url, sizeof url, "/files/%lld", (long long)at(&rows, 1)->id);
    assert_int_equal(test_get(app, url).status, 500);
}

/* A process that died over an upload left it as it was sent. */
static void uploads_left_lying_are_swept(void **state)
{
    (void)state;
    char old[300], young[300];
    const struct timespec long_ago[2] = { { 0, 0 }, { 0, 0 } };
    const char *data = arena_cstr(app->mem, app->app.config.data);
    i64 deleted = -1, now_ms = clock_system().now_ms(NULL);
    snprintf(old, sizeof old, "%s/incoming/left", data);
    snprintf(young, sizeof young, "%s/incoming/now", data);
    fclose(fopen(old, "w"));
    fclose(fopen(young, "w"));
    assert_int_equal(utimensat(AT_FDCWD, old, long_ago, 0), 0);
    blob_sweep_incoming(&app->app, app->mem, now_ms - 86400000, &deleted);
    assert_int_equal(deleted, 1);
    assert_int_equal(access(old, F_OK), -1);
    assert_int_equal(access(young, F_OK), 0);
}

static i64 rows_left(void)
{
    i64 count = -1;
    assert_ok(db_i64(app->db, SQL("SELECT COUNT(*) FROM attachments WHERE org_id = :org"), &count));
    return count;
}

/* 29 days: the row is there; 31: it is gone, and the bytes that no row has with it. */
static void the_timers_sweep_what_was_removed_a_month_ago(void **state)
{
    (void)state;
    static const struct timespec LONG_AGO[2] = { { 0, 0 }, { 0, 0 } };
    const i64 day_ms = 86400000;
    assert_int_equal(send("/things/7/files", "a.pdf", literal(PDF, sizeof PDF - 1)).status, 303);
    struct rows rows = list();
    char path[300], url[100];
    stored_path(at(&rows, 0), path);
    assert_int_equal(utimensat(AT_FDCWD, path, LONG_AGO, 0), 0); /* the disk has its own clock */
    assert_ok(jobs_run_due(&app->app, TEST_NOW_MS, NULL));
    snprintf(url, sizeof url, "/files/%lld/remove", (long long)at(&rows, 0)->id);
    assert_int_equal(test_post(app, url, NULL).status, 303);
    app->app.clock.fixed_ms = TEST_NOW_MS + 29 * day_ms;
    assert_ok(jobs_run_due(&app->app, app->app.clock.fixed_ms, NULL));
    assert_int_equal(rows_left(), 1);
    assert_int_equal(access(path, R_OK), 0);
    app->app.clock.fixed_ms = TEST_NOW_MS + 31 * day_ms;
    assert_ok(jobs_run_due(&app->app, app->app.clock.fixed_ms, NULL));
    assert_int_equal(rows_left(), 0);
    assert_int_equal(access(path, R_OK), -1);
}

/* Between the list of what is old and its deletion somebody may have sent the same bytes again. */
static void bytes_put_again_are_not_swept(void **state)
{
    (void)state;
    assert_int_equal(send("/things/7/files", "a.pdf", literal(PDF, sizeof PDF - 1)).status, 303);
    struct rows rows = list();
    str sha256 = at(&rows, 0)->sha256;
    i64 now_ms = clock_system().now_ms(NULL);
    assert_false(blob_delete_old(&app->app, app->mem, sha256, now_ms - 60000));
    assert_true(blob_delete_old(&app->app, app->mem, sha256, now_ms + 60000));
    assert_false(blob_delete_old(&app->app, app->mem, sha256, now_ms + 60000));
}

static void another_owner_or_organisation_has_none(void **state)
{
    (void)state;
    assert_int_equal(send("/things/8/files", "a.pdf", literal(PDF, sizeof PDF - 1)).status, 303);
    assert_int_equal(list().count, 0);
    assert_int_equal(test_get(app, "/files/1").status, 404); /* owner 8, asked as 7 */
    db_set_org(app->db, app->org + 1);
    struct rq rq = test_system_rq(app);
    struct rows rows = { 0 };
    db_set_org(app->db, app->org + 1);
    assert_ok(attachment_list(&rq, "things", 8, &rows));
    assert_int_equal(rows.count, 0);
    db_set_org(app->db, app->org);
}

/* ---- types: every ending against every content ---- */

static const struct {
    const char *content;
    size_t size;
    const char *endings; /* of names that fit */
} CONTENTS[] = {
    { "%PDF-1.7\n", 9, " pdf " },
    { "\xFF\xD8\xFF\xE0JFIF", 8, " jpg jpeg " },
    { "\x89PNG\r\n\x1A\n", 8, " png " },
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, " doc wps xls et ppt dps " },
    { "PK\x03\x04 [Content_Types].xml word/document.xml", 43, " docx " },
    { "PK\x03\x04 [Content_Types].xml xl/workbook.xml", 41, " xlsx " },
    { "PK\x03\x04 [Content_Types].xml ppt/presentation.xml", 46, " pptx " },
    { "PK\x03\x04 OFD.xml", 12, " ofd " },
    { "PK\x03\x04 [Content_Types].xml word/document.xml word/vbaProject.bin", 63, "" },
    { "PK\x03\x04 anything", 13, "" },
    { "\xE6\x8F\x90\xE6\xA1\x88,1\n", 9, " txt csv " },
    { "\xCC\xE1\xB0\xB8\r\n", 6, " txt csv " },
    { "<svg onload=alert(1)>", 21, "" },
    { " \n<html>", 8, "" },
    { "MZ\x90\0\x03", 5, "" },
    { "\x7F\x45LF", 4, "" },
    { "GIF89a", 6, " txt csv " }, /* without its binary part it is text */
    { "", 0, "" },
};
static const char *const ENDINGS[] = { "pdf",  "jpg", "jpeg", "png",    "docx", "xlsx",
                                       "pptx", "ofd", "doc",  "wps",    "xls",  "et",
                                       "ppt",  "dps", "txt",  "csv",    "html", "svg",
                                       "exe",  "zip", "js",   "pdf.exe" };

static void types_are_told_by_content_and_ending(void **state)
{
    (void)state;
    struct arena *mem = arena_new(16 << 20, 0);
    char path[] = "/tmp/type-test-XXXXXX", name[40], word[20];
    int fd = mkstemp(path), count = 0;
    unlink(path);
    for (size_t c = 0; c < sizeof CONTENTS / sizeof *CONTENTS; c++) {
        assert_int_equal(ftruncate(fd, 0), 0);
        assert_int_equal(pwrite(fd, CONTENTS[c].content, CONTENTS[c].size, 0),
                         (ssize_t)CONTENTS[c].size);
        for (size_t e = 0; e < sizeof ENDINGS / sizeof *ENDINGS; e++, count++) {
            snprintf(name, sizeof name, "x.%s", ENDINGS[e]);
            snprintf(word, sizeof word, " %s ", ENDINGS[e]);
            bool fits = strstr(CONTENTS[c].endings, word) != NULL;
            struct arena_mark mark = arena_mark(mem);
            const char *type = file_type_of(mem, fd, str_of(name));
            if ((type != NULL) != fits)
                fail_msg("content %zu as %s: %s", c, name, type ? type : "refused");
            arena_reset_to(mem, mark);
        }
    }
    assert_true(count >= 200);
    close(fd);
    arena_free(mem);
}

static void names_are_cleaned(void **state)
{
    (void)state;
    static const struct {
        const char *given, *wanted;
    } CASES[] = { { "报告.docx", "报告.docx" },
                  { "../../etc/passwd", "passwd" },
                  { "C:\\a\\b.pdf", "b.pdf" },
                  { "a\r\nX: y.pdf", "aX y.pdf" },
                  { "fdp.\xE2\x80\xAE\"exe", "fdp.exe" },
                  { ".htaccess", "htaccess" },
                  { "", "file" },
                  { "...", "file" },
                  { "\x80\xFFx.pdf", "x.pdf" },
                  { "王\U00020164.pdf", "王\U00020164.pdf" } };
    struct arena *mem = arena_new(1 << 20, 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (!str_is(file_name_clean(mem, str_of(CASES[i].given)), CASES[i].wanted))
            fail_msg("%s", CASES[i].given);
    char long_name[1000];
    memset(long_name, 'x', sizeof long_name);
    memcpy(long_name + sizeof long_name - 6, ".docx", 6);
    str cut = file_name_clean(mem, str_of(long_name));
    assert_int_equal(str_chars(cut), 120);
    assert_true(str_ends(cut, str_of(".docx")));
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_and_sent_as_attachment, setup, teardown),
        cmocka_unit_test_setup_teardown(who_wrote_an_office_file_is_not_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_bytes_are_stored_once, setup, teardown),
        cmocka_unit_test_setup_teardown(refused_files_leave_no_row, setup, teardown),
        cmocka_unit_test_setup_teardown(count_and_quota, setup, teardown),
        cmocka_unit_test_setup_teardown(a_rollback_leaves_no_row, setup, teardown),
        cmocka_unit_test_setup_teardown(uploads_left_lying_are_swept, setup, teardown),
        cmocka_unit_test_setup_teardown(bytes_put_again_are_not_swept, setup, teardown),
        cmocka_unit_test_setup_teardown(removed_and_swept, setup, teardown),
        cmocka_unit_test_setup_teardown(the_timers_sweep_what_was_removed_a_month_ago, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(another_owner_or_organisation_has_none, setup, teardown),
        cmocka_unit_test(types_are_told_by_content_and_ending),
        cmocka_unit_test(names_are_cleaned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
