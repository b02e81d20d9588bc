/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A mail as bytes, read back by Python's own mail library, and sent to a real SMTP server that the
 * test starts on a free port and stops by its number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "tests/harness/test_err.h"

static struct arena *mem;
static struct app app;
static struct actor nobody;
static struct rq rq;

static struct {
    pid_t pid;
    FILE *out;
    int port;
} server;

/* Debian's own Python, which has the server's package. */
static const char PYTHON[] = "/usr/bin/python3";

static void server_start(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        return;
    server.pid = fork();
    if (server.pid == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        execl(PYTHON, PYTHON, "platform/notify/tests/smtp_server.py", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    server.out = fdopen(ends[0], "r");
    char line[32] = "";
    if (server.out && fgets(line, sizeof line, server.out))
        server.port = (int)strtol(line, NULL, 10);
}

static int set_up(void **state)
{
    (void)state;
    mem = arena_new(16 << 20, 0);
    server_start();
    app = (struct app){ .mem = mem };
    app.config.smtp_url = arena_printf(mem, "smtp://127.0.0.1:%d", server.port);
    app.config.smtp_from = str_of("office@zhengxie.example.cn");
    rq = (struct rq){ .app = &app, .mem = mem, .actor = &nobody, .now_ms = INT64_C(1795568400000) };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    if (server.pid > 0) {
        kill(server.pid, 15);
        waitpid(server.pid, NULL, 0);
    }
    if (server.out)
        fclose(server.out);
    arena_free(mem);
    return 0;
}

static void addresses_are_judged(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        bool good;
    } CASES[] = {
        { "a@b", true },
        { "li.ming+cppcc@mail.example.cn", true },
        { "", false },
        { "a", false },
        { "@b", false },
        { "a@", false },
        { "a@b@c", false },
        { "a b@c", false },
        { "a@b\r\nBcc: x@y", false },
        { "<a@b>", false },
        { "a@b,c@d", false },
        { "\xE6\x9D\x8E@b.cn", false },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (mail_is_address(str_of(CASES[i].address)) != CASES[i].good)
            fail_msg("%s", CASES[i].address);
    char *longer = arena_zero(mem, 300);
    memset(longer, 'a', 260);
    longer[100] = '@';
    assert_false(mail_is_address(str_of(longer)));
}

/* A subject of Chinese and a text of several lines, and attempts to smuggle a header in. */
static const char SUBJECT[] =
    "\xE5\xBE\x85\xE5\x8A\x9E\xEF\xBC\x9A\xE5\x85\xB3\xE4\xBA\x8E\xE8\x80\x81\xE6\x97\xA7"
    "\xE5\xB0\x8F\xE5\x8C\xBA\xE5\x8A\xA0\xE8\xA3\x85\xE7\x94\xB5\xE6\xA2\xAF\xE8\xB5\x84"
    "\xE9\x87\x91\xE7\xBB\x9F\xE7\xAD\xB9\xE7\x9A\x84\xE6\x8F\x90\xE6\xA1\x88\xEF\xBC\x8C"
    "\xE8\xAF\xB7\xE7\xAD\xBE\xE6\x94\xB6";
static const char TEXT[] =
    "\xE4\xBD\xA0\xE5\xA5\xBD\n\nhttps://zx.example.cn/proposals/12\n.\n.dot\n";

/* Unfolded value of a header, NUL-terminated; empty if absent. */
static const char *header_of(str message, const char *name)
{
    str rest = message, line;
    struct buf *value = buf_new(mem, 4000);
    bool inside = false;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim((str){ line.ptr, line.len });
        str raw = line;
        if (raw.len == 0)
            break;
        if (str_starts(raw, str_of(name)) && raw.ptr[strlen(name)] == ':') {
            inside = true;
            buf_add(value, str_trim(str_sub(raw, strlen(name) + 1, raw.len)));
        } else if (inside && str_starts(raw, str_of("=?"))) {
            buf_add(value, raw);
        } else {
            inside = false;
        }
    }
    buf_put_byte(value, 0);
    return value->ptr;
}

static void a_mail_is_well_formed(void **state)
{
    (void)state;
    struct mail mail = { .from_name = str_of("Office"),
                         .from = str_of("office@zhengxie.example.cn"),
                         .to = str_of("li@example.cn"),
                         .subject = str_of(SUBJECT),
                         .text = str_of(TEXT),
                         .at = INT64_C(1795568400000) };
    str message = mail_write(mem, &mail);
    assert_string_equal(header_of(message, "Date"), "Wed, 25 Nov 2026 09:00:00 +0800");
    assert_string_equal(header_of(message, "From"), "Office <office@zhengxie.example.cn>");
    assert_string_equal(header_of(message, "To"), "<li@example.cn>");
    assert_string_equal(header_of(message, "Content-Transfer-Encoding"), "base64");
    assert_true(
        str_ends(str_of(header_of(message, "Message-ID")), str_of("@zhengxie.example.cn>")));
    str rest = message, line;
    while (str_split(&rest, '\n', &line)) {
        assert_true(line.len <= 78); /* RFC 5322, 2.1.1 */
        assert_true(str_ends(line, str_of("\r")));
    }
    /* The same mail has the same number, another one another. */
    assert_true(str_eq(message, mail_write(mem, &mail)));
    struct mail twin = mail; /* equal, but another row of the outbox */
    twin.id = str_of("outbox-2");
    assert_string_not_equal(header_of(message, "Message-ID"),
                            header_of(mail_write(mem, &twin), "Message-ID"));
    mail.text = str_of("other");
    assert_string_not_equal(header_of(message, "Message-ID"),
                            header_of(mail_write(mem, &mail), "Message-ID"));
}

static void nothing_becomes_a_header_of_its_own(void **state)
{
    (void)state;
    struct mail mail = { .from_name = str_of("Office\r\nBcc: all@example.cn"),
                         .from = str_of("office@zhengxie.example.cn"),
                         .to = str_of("li@example.cn"),
                         .subject = str_of("x\r\nBcc: all@example.cn\r\n\r\nbody"),
                         .text = str_of("y") };
    str message = mail_write(mem, &mail);
    assert_string_equal(header_of(message, "Bcc"), "");
    assert_int_equal(str_find(message, str_of("\nBcc"), 0), -1);
}

static str payload(const char *to)
{
    return arena_printf(mem, "%s\nOffice\n%s\n%s", to, SUBJECT, TEXT);
}

static void a_server_takes_the_mail(void **state)
{
    (void)state;
    if (server.port == 0)
        skip(); /* no SMTP server: ./dev deps test installs it */
    assert_ok(mail_send(&rq, payload("li@example.cn")));
    static char line[16000];
    assert_non_null(fgets(line, sizeof line, server.out));
    assert_non_null(strstr(line, "\"from\": \"office@zhengxie.example.cn\""));
    assert_non_null(strstr(line, "\"to\": [\"li@example.cn\"]"));
    /* What a mail program makes of it. */
    char name[] = "/tmp/huotang-mail-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_true(write(fd, line, strlen(line)) == (ssize_t)strlen(line));
    close(fd);
    str command = arena_printf(
        mem,
        "%s -c 'import json,sys,email,email.policy; d=json.load(open(\"%s\"))[\"data\"];"
        " m=email.message_from_string(d,policy=email.policy.default);"
        " print(m[\"subject\"]); print(m.get_content().replace(chr(13),chr(32)[:0]),end=\"\")'",
        PYTHON, name);
    FILE *out = popen(command.ptr, "r");
    static char words[4000];
    size_t n = fread(words, 1, sizeof words - 1, out);
    words[n] = 0;
    pclose(out);
    unlink(name);
    str want = arena_printf(mem, "%s\n%s", SUBJECT, TEXT);
    assert_string_equal(words, want.ptr);
}

static void refusals_are_told_apart(void **state)
{
    (void)state;
    if (server.port == 0)
        skip();
    assert_err(mail_send(&rq, payload("nobody@example.cn")), ERR_INTERNAL, "notify.mail_refused");
    assert_err(mail_send(&rq, payload("later@example.cn")), ERR_BUSY, "notify.mail_away");
    assert_err(mail_send(&rq, payload("not an address")), ERR_INVALID, "notify.address");
    assert_err(mail_send(&rq, str_of("li@example.cn")), ERR_INVALID, "notify.address");
}

static void a_silent_or_careless_server_gets_nothing(void **state)
{
    (void)state;
    struct app other = app;
    struct rq away = rq;
    away.app = &other;
    other.config.smtp_url = str_of("smtp://127.0.0.1:1");
    assert_err(mail_send(&away, payload("li@example.cn")), ERR_BUSY, "notify.mail_away");
    other.config.smtp_url = str_of("http://127.0.0.1/");
    assert_err(mail_send(&away, payload("li@example.cn")), ERR_INTERNAL, "notify.mail_config");
    other.config.smtp_url = app.config.smtp_url;
    other.config.smtp_from = str_of("");
    assert_err(mail_send(&away, payload("li@example.cn")), ERR_INTERNAL, "notify.mail_config");
    other.config.smtp_from = app.config.smtp_from;
    other.config.smtp_password_file = str_of("/nowhere/at/all");
    assert_err(mail_send(&away, payload("li@example.cn")), ERR_INTERNAL, "notify.mail_config");
}

static void a_password_comes_from_its_file(void **state)
{
    (void)state;
    if (server.port == 0)
        skip();
    static const struct {
        const char *file, *fault;
    } CASES[] = { { "open sesame\n", NULL },
                  { "  open sesame \r\nmore\n", NULL },
                  { "wrong", "notify" } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char name[] = "/tmp/huotang-mail-XXXXXX";
        struct app other = app;
        struct rq with = rq;
        int fd = mkstemp(name);
        assert_true(write(fd, CASES[i].file, strlen(CASES[i].file)) > 0);
        close(fd);
        with.app = &other;
        other.config.smtp_password_file = str_of(name);
        err e = mail_send(&with, payload("li@example.cn"));
        unlink(name);
        if (CASES[i].fault) {
            assert_true(e.code != ERR_NONE);
            continue;
        }
        assert_ok(e);
        static char line[16000];
        assert_non_null(fgets(line, sizeof line, server.out));
        assert_non_null(strstr(line, "\"login\": [\"office@zhengxie.example.cn\"]"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_judged),
        cmocka_unit_test(a_mail_is_well_formed),
        cmocka_unit_test(nothing_becomes_a_header_of_its_own),
        cmocka_unit_test(a_server_takes_the_mail),
        cmocka_unit_test(refusals_are_told_apart),
        cmocka_unit_test(a_password_comes_from_its_file),
        cmocka_unit_test(a_silent_or_careless_server_gets_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
