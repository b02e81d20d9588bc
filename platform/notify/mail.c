/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sending a mail by SMTP with libcurl: the only file that knows it. What a mail looks like:
 * mail_text.c. */
#include <curl/curl.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "platform/app.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"

enum { CONNECT_S = 10, WHOLE_S = 30, PASSWORD_MAX = 256 };

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

static void prepare(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* What is still to be handed over. */
struct upload {
    str rest;
};

static size_t upload_read(char *to, size_t size, size_t count, void *context)
{
    struct upload *upload = context;
    size_t n = size * count < upload->rest.len ? size * count : upload->rest.len;
    memcpy(to, upload->rest.ptr, n);
    upload->rest = str_sub(upload->rest, n, upload->rest.len - n);
    return n;
}

/* Whether the server is this machine, where no line can be tapped. */
static bool is_loopback(const char *url)
{
    CURLU *parts = curl_url();
    char *host = NULL;
    bool loopback = false;
    if (parts && curl_url_set(parts, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK)
        loopback = strcmp(host, "localhost") == 0 || strncmp(host, "127.", 4) == 0 ||
                   strcmp(host, "[::1]") == 0;
    curl_free(host);
    curl_url_cleanup(parts);
    return loopback;
}

/* The first line of the password file; empty without a file. Errors: INTERNAL
 * notify.mail_config. */
static err password_read(struct rq *rq, str *out)
{
    char *text = arena_zero(rq->mem, PASSWORD_MAX + 1);
    *out = (str){ text, 0 };
    if (rq->app->config.smtp_password_file.len == 0)
        return OK;
    int fd = open(arena_cstr(rq->mem, rq->app->config.smtp_password_file), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, PASSWORD_MAX);
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return err_make(ERR_INTERNAL, "notify.mail_config");
    str rest = { text, (size_t)n }, line = { text, 0 };
    if (str_split(&rest, '\n', &line))
        *out = str_trim(line);
    return OK;
}

static void options_set(CURL *curl, struct rq *rq, str password, struct upload *upload)
{
    const struct config *config = &rq->app->config;
    const char *url = arena_cstr(rq->mem, config->smtp_url),
               *from = arena_cstr(rq->mem, config->smtp_from);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     (long)(is_loopback(url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (is_loopback(url)) { /* a certificate for this machine's own name proves nothing more */
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (password.len > 0) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, from);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, arena_cstr(rq->mem, password));
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, upload_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, upload);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
}

/* A refusal that will not change (5xx of the server) or one that may (no connection, 4xx). */
static err outcome(CURL *curl, CURLcode code)
{
    long reply = 0;
    if (code == CURLE_OK)
        return OK;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    log_line(LOG_WARN, "mail.failed",
             (const struct log_pair[]){ { "says", str_of(curl_easy_strerror(code)), 0 },
                                        { "reply", { 0 }, reply },
                                        { 0 } });
    return reply >= 500 ? err_make(ERR_INTERNAL, "notify.mail_refused")
                        : err_make(ERR_BUSY, "notify.mail_away");
}

static err mail_transfer(struct rq *rq, str to, str message)
{
    struct upload upload = { message };
    struct curl_slist *recipients = NULL;
    str password;
    TRY(password_read(rq, &password));
    pthread_once(&prepared, prepare);
    CURL *curl = curl_easy_init();
    recipients = curl_slist_append(recipients, arena_cstr(rq->mem, to));
    err result = err_make(ERR_BUSY, "notify.mail_away");
    if (curl && recipients) {
        options_set(curl, rq, password, &upload);
        curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
        result = outcome(curl, curl_easy_perform(curl));
    }
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
    return result;
}

err mail_send(struct rq *rq, str payload)
{
    const struct config *config = &rq->app->config;
    str rest = payload, to, name, subject;
    bool smtp = str_starts(config->smtp_url, str_of("smtp://")) ||
                str_starts(config->smtp_url, str_of("smtps://"));
    if (!smtp || !mail_is_address(config->smtp_from))
        return err_make(ERR_INTERNAL, "notify.mail_config");
    if (!str_split(&rest, '\n', &to) || !str_split(&rest, '\n', &name) ||
        !str_split(&rest, '\n', &subject) || !mail_is_address(to))
        return err_make(ERR_INVALID, "notify.address");
    struct mail mail = { .from_name = name.len > 0 ? name : str_of("Huotang"),
                         .from = config->smtp_from,
                         .to = to,
                         .subject = subject,
                         .text = rest,
                         .id = rq->id,
                         .at = rq->now_ms };
    return mail_transfer(rq, to, mail_write(rq->mem, &mail));
}
