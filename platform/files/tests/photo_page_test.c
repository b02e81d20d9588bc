/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Photos through the front door on both engines (photo.h; quality U1, U4): what is stored is the
 * clean one and its preview, nowhere a trace of what was sent; both are seen by whoever may see the
 * owner, and by nobody else; refusals say the file and the reason. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/access/access_settings.h"
#include "platform/files/attachment_internal.h"
#include "platform/files/photo.h"
#include "platform/files/photo_read.h"
#include "platform/files/sheet_process.h"
#include "platform/files/tests/photo_samples.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

enum { MOST = 3, OWNER = 7 };

struct letter_input {
    ids photos;
    bool fail;
};
static const struct input INPUTS[] = {
    { FIELD(struct letter_input, photos), .kind = INPUT_FILES, .label = "list.all", .max = 20 },
    { FIELD(struct letter_input, fail), .kind = INPUT_BOOL, .label = "list.all" },
    { .field = { 0 } },
};
static const struct form FORM = { "letters", sizeof(struct letter_input), INPUTS };

static err slow_letter_send(struct rq *rq, struct res *res)
{
    struct photos *photos = arena_zero(rq->mem, sizeof *photos);
    (void)res;
    TRY(photo_take(rq, "photos", MOST, photos));
    rq->found = photos;
    return OK;
}
static err page_letter_send(struct rq *rq, struct res *res)
{
    const struct letter_input *in = rq->input;
    TRY(photo_keep(rq, rq->found, "letters", rq->path_id));
    if (in->fail)
        return err_make(ERR_CONFLICT, "letters.no");
    res_redirect(res, str_of("/letters"));
    return OK;
}
static err send_one(struct rq *rq, struct res *res, enum photo_form form)
{
    const struct photo_key key = { "letters", OWNER, rq->path_id };
    return photo_send(rq, res, &key, form);
}
static err page_photo(struct rq *rq, struct res *res)
{
    return send_one(rq, res, PHOTO_PICTURE);
}
static err page_preview(struct rq *rq, struct res *res)
{
    return send_one(rq, res, PHOTO_PREVIEW);
}
static err page_photo_remove(struct rq *rq, struct res *res)
{
    TRY(attachment_remove(rq, "letters", OWNER, rq->path_id));
    res_redirect(res, str_of("/letters"));
    return OK;
}
static err page_keep_plain(struct rq *rq, struct res *res)
{
    TRY(attachment_keep(rq, "photos", "letters", rq->path_id));
    res_redirect(res, str_of("/letters"));
    return OK;
}

static const struct route ROUTES[] = {
    { .method = POST,
      .path = "/letters/{id}",
      .slow = slow_letter_send,
      .handler = page_letter_send,
      .may = "letters.read",
      .form = &FORM,
      .max_body = 64 << 20 },
    { .method = POST,
      .path = "/api/v1/letters/{id}",
      .slow = slow_letter_send,
      .handler = page_letter_send,
      .may = "letters.read",
      .form = &FORM,
      .max_body = 64 << 20 },
    { .method = POST,
      .path = "/letters/{id}/plain",
      .handler = page_keep_plain,
      .may = "letters.read",
      .form = &FORM,
      .max_body = 64 << 20 },
    { GET, "/photos/{id}", page_photo, .may = "letters.read" },
    { GET, "/photos/{id}/preview", page_preview, .may = "letters.read" },
    { .method = POST,
      .path = "/photos/{id}/remove",
      .handler = page_photo_remove,
      .may = "letters.read" },
    { 0 },
};
static const struct permission PERMISSIONS[] = { { "letters.read", "staff", ADMIN_NONE }, { 0 } };
static const struct module MODULE = {
    .name = "letters", .routes = ROUTES, .permissions = PERMISSIONS, .settings = ACCESS_SETTINGS
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

static str text(bytes data)
{
    return (str){ (const char *)data.ptr, data.len };
}

/* As a phone sends it: 600 by 400, lying on its side, with everything that a phone hides in it. */
static str phone_photo(void)
{
    const bytes jpeg =
        sample_jpeg(app->mem, sample_quarters(app->mem, 600, 400), 600, 400, SAMPLE_PLAIN);
    return text(sample_jpeg_with(app->mem, jpeg, sample_exif(app->mem, 6, true), true));
}

static struct test_answer send(const char *path, const char *name, str data)
{
    const struct test_file files[] = { { "photos", name, data }, { 0 } };
    return test_upload(app, path, files, NULL);
}

static struct rows list_of(const char *owner, i64 id)
{
    struct rq rq = test_system_rq(app);
    struct rows rows = { 0 };
    assert_ok(attachment_list(&rq, owner, id, &rows));
    return rows;
}

static const struct attachment *at(const struct rows *rows, size_t i)
{
    assert_true(i < rows->count);
    return &((const struct attachment *)rows->items)[i];
}

static struct test_answer see(i64 id, const char *what)
{
    char url[60];
    snprintf(url, sizeof url, "/photos/%lld%s", (long long)id, what);
    return test_get(app, url);
}

static void shown(const struct test_answer *a, int width, int height)
{
    int w, h;
    assert_int_equal(a->status, 200);
    const bytes body = { (const unsigned char *)a->body.ptr, a->body.len };
    assert_true(photo_is_plain(body, (struct photo_size){ width, height }));
    sample_decode(app->mem, body, &w, &h);
    assert_int_equal(w, width);
    assert_int_equal(h, height);
    assert_false(sample_has(body, "CANARY"));
    assert_true(str_is(test_header_of(a, "Content-Type"), "image/jpeg"));
    assert_true(str_starts(test_header_of(a, "Content-Disposition"), str_of("inline")));
    assert_true(str_starts(test_header_of(a, "Content-Security-Policy"), str_of("sandbox;")));
    assert_true(str_is(test_header_of(a, "X-Content-Type-Options"), "nosniff"));
    assert_true(str_is(test_header_of(a, "Cache-Control"), "no-store"));
    assert_true(str_is(test_header_of(a, "Cross-Origin-Resource-Policy"), "same-origin"));
}

static int holding; /* files of the walk that hold the canary */
static int files_seen;

static int look_into(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)where;
    if (kind != FTW_F || info->st_size == 0)
        return 0;
    int fd = open(path, O_RDONLY);
    size_t size = (size_t)info->st_size;
    void *whole = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    assert_true(fd >= 0 && whole != MAP_FAILED);
    files_seen++;
    holding += memmem(whole, size, "CANARY", 6) || memmem(whole, size, "IMG_4711", 8);
    munmap(whole, size);
    close(fd);
    return 0;
}

/* The whole folder of the data: with SQLite the database and its log as well. */
static void no_trace_is_left(void)
{
    holding = files_seen = 0;
    assert_int_equal(nftw(arena_cstr(app->mem, app->app.config.data), look_into, 20, FTW_PHYS), 0);
    assert_true(files_seen >= 2);
    assert_int_equal(holding, 0);
}

static void a_photo_is_kept_clean_with_its_preview(void **state)
{
    (void)state;
    str file = phone_photo();
    assert_int_equal(send("/letters/7", "IMG_4711.HEIC.jpg", file).status, 303);
    assert_int_equal(send("/letters/7", "", file).status, 303);
    struct rows rows = list_of("letters", OWNER);
    assert_int_equal(rows.count, 2);
    assert_true(str_is(at(&rows, 0)->name, "照片1.jpg"));
    assert_true(str_is(at(&rows, 1)->name, "照片2.jpg"));
    assert_true(str_is(at(&rows, 0)->type, "image/jpeg"));
    assert_true(str_eq(at(&rows, 0)->sha256, at(&rows, 1)->sha256)); /* stored once */
    struct rows previews = list_of(ATTACHMENT_PREVIEWS, at(&rows, 0)->id);
    assert_int_equal(previews.count, 1);
    struct test_answer a = see(at(&rows, 0)->id, "");
    shown(&a, 400, 600);
    assert_int_equal(a.body.len, at(&rows, 0)->size_bytes);
    a = see(at(&rows, 0)->id, "/preview");
    shown(&a, 213, 320); /* 400 * 320 / 600 = 213.3 */
    assert_int_equal(a.body.len, at(&previews, 0)->size_bytes);
    no_trace_is_left();
}

static void only_who_may_see_the_owner_sees_it(void **state)
{
    (void)state;
    assert_int_equal(send("/letters/8", "a.jpg", phone_photo()).status, 303);
    struct rows rows = list_of("letters", 8);
    i64 id = at(&rows, 0)->id;
    assert_int_equal(see(id, "").status, 404); /* of 8, asked as of 7 */
    assert_int_equal(see(id, "/preview").status, 404);
    struct rows previews = list_of(ATTACHMENT_PREVIEWS, id);
    assert_int_equal(see(at(&previews, 0)->id, "").status, 404); /* a preview is no photo */
    assert_int_equal(send("/letters/7", "a.jpg", phone_photo()).status, 303);
    rows = list_of("letters", OWNER);
    id = at(&rows, 0)->id;
    assert_int_equal(see(id, "/preview").status, 200);
    struct actor other = *test_as_role(app, "staff");
    other.org_id = app->org + 1;
    test_as(app, &other);
    assert_int_equal(see(id, "").status, 404);
    assert_int_equal(see(id, "/preview").status, 404);
    test_as_nobody(app);
    assert_true(see(id, "/preview").status != 200);
}

static void refusals_say_file_and_reason(void **state)
{
    (void)state;
    str good = phone_photo();
    unsigned char *big = arena_zero(app->mem, 21 << 20);
    memcpy(big, good.ptr, good.len);
    const struct {
        str data;
        const char *words;
    } CASES[] = {
        { str_of("GIF89a"), "不是可以接收的照片。请发送 JPG、PNG 或 WebP" },
        { { "\0\0\0\x18"
            "ftypheic",
            12 },
          "HEIC 格式的照片" },
        { { good.ptr, good.len / 2 }, "不完整或已损坏" },
        { { (const char *)big, 21 << 20 }, "超过 20 MB" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = send("/api/v1/letters/7", "村口.jpg", CASES[i].data);
        assert_int_equal(a.status, 422);
        if (!test_has(&a, CASES[i].words) || !test_has(&a, "村口.jpg"))
            fail_msg("case %zu: %.*s", i, (int)a.body.len, a.body.ptr);
    }
    const struct test_file two[] = { { "photos", "a.jpg", good },
                                     { "photos", "b.jpg", str_of("x") },
                                     { 0 } };
    assert_int_equal(test_upload(app, "/letters/7", two, NULL).status, 422);
    const struct test_file one[] = { { "photos", "a.jpg", good }, { 0 } };
    assert_int_equal(test_upload(app, "/letters/7", one, "fail", "1", NULL).status, 409);
    assert_int_equal(list_of("letters", OWNER).count, 0); /* nothing in halves */
}

static void so_many_and_no_more(void **state)
{
    (void)state;
    struct test_file files[MOST + 2] = { { 0 } };
    for (size_t i = 0; i <= MOST; i++)
        files[i] = (struct test_file){ "photos", "a.jpg", phone_photo() };
    struct test_answer a = test_upload(app, "/api/v1/letters/7", files, NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "照片最多 3 张"));
    files[2] = (struct test_file){ 0 };
    assert_int_equal(test_upload(app, "/letters/7", files, NULL).status, 303);
    assert_int_equal(test_upload(app, "/letters/7", files, NULL).status, 422);
    assert_int_equal(send("/letters/7", "a.jpg", files[0].bytes).status, 303);
    assert_int_equal(list_of("letters", OWNER).count, MOST);
    i64 size_bytes = (i64)2000 << 20;
    assert_ok(
        db_run(app->db,
               SQL("UPDATE attachments SET size_bytes = :size_bytes WHERE org_id = :org AND id = "
                   "(SELECT MIN(id) FROM attachments WHERE org_id = :org)",
                   P(size_bytes)),
               NULL));
    a = send("/api/v1/letters/8", "a.jpg", files[0].bytes);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "2000 MB"));
}

static void removed_with_its_preview(void **state)
{
    (void)state;
    char url[60];
    assert_int_equal(send("/letters/7", "a.jpg", phone_photo()).status, 303);
    assert_int_equal(send("/letters/8", "a.jpg", phone_photo()).status, 303);
    struct rows mine = list_of("letters", OWNER), other = list_of("letters", 8);
    snprintf(url, sizeof url, "/photos/%lld/remove", (long long)at(&other, 0)->id);
    assert_int_equal(test_post(app, url, NULL).status, 404);
    assert_int_equal(list_of(ATTACHMENT_PREVIEWS, at(&other, 0)->id).count, 1);
    snprintf(url, sizeof url, "/photos/%lld/remove", (long long)at(&mine, 0)->id);
    assert_int_equal(test_post(app, url, NULL).status, 303);
    assert_int_equal(list_of(ATTACHMENT_PREVIEWS, at(&mine, 0)->id).count, 0);
    assert_int_equal(see(at(&mine, 0)->id, "/preview").status, 404);
    struct rq rq = test_system_rq(app);
    bool again;
    i64 bad = -1, count = -1;
    assert_ok(attachment_sweep(&rq, TEST_NOW_MS + 1, &again));
    assert_ok(db_i64(app->db, SQL("SELECT COUNT(*) FROM attachments WHERE org_id = :org"), &count));
    assert_int_equal(count, 2); /* the other's, both */
    assert_ok(attachment_verify(&rq, &bad));
    assert_int_equal(bad, 0);
}

/* What did not come this way may be anything: it is never shown in the page. */
static void what_has_no_preview_is_a_download(void **state)
{
    (void)state;
    assert_int_equal(send("/letters/7/plain", "a.jpg", phone_photo()).status, 303);
    struct rows rows = list_of("letters", OWNER);
    struct test_answer a = see(at(&rows, 0)->id, "/preview");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(test_header_of(&a, "Content-Disposition"), str_of("attachment")));
}

/* Never in this process. */
static void without_a_reader_no_photo_is_taken(void **state)
{
    (void)state;
    sheet_process_stop();
    struct test_answer a = send("/letters/7", "a.jpg", phone_photo());
    assert_int_equal(a.status, 503);
    assert_int_equal(list_of("letters", OWNER).count, 0);
    assert_ok(sheet_process_start(&(struct sheet_process){ 0 }));
    assert_int_equal(send("/letters/7", "a.jpg", phone_photo()).status, 303);
}

static void the_field_says_what_it_takes(void **state)
{
    (void)state;
    assert_string_equal(photo_types_accepted(), "image/jpeg,image/png,image/webp");
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    if (sheet_process_start(&(struct sheet_process){ 0 }).code)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_photo_is_kept_clean_with_its_preview, setup, teardown),
        cmocka_unit_test_setup_teardown(only_who_may_see_the_owner_sees_it, setup, teardown),
        cmocka_unit_test_setup_teardown(refusals_say_file_and_reason, setup, teardown),
        cmocka_unit_test_setup_teardown(so_many_and_no_more, setup, teardown),
        cmocka_unit_test_setup_teardown(removed_with_its_preview, setup, teardown),
        cmocka_unit_test_setup_teardown(what_has_no_preview_is_a_download, setup, teardown),
        cmocka_unit_test_setup_teardown(without_a_reader_no_photo_is_taken, setup, teardown),
        cmocka_unit_test(the_field_says_what_it_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
