/* The child: it reads from memory alone, but for the certificates that were named to be trusted. So
 * a report is made again out of what the archive has, whatever is installed here. */
#include "cli/archive_worker.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

#define FONTS "fonts"
#define EMBLEM "emblem"
#define FIRST "first-" /* before the name of a document as it was made */
#define WHY_BYTES 1024 /* of a note; the rest is cut */
#define TRUST_BYTES_MAX (16L << 20)

struct worker {
    const struct cli_args *args;
    const struct banthuek_archive_job *kit;
    struct banthuek_context *context;
    int jobs, results;
    const char *name; /* of the document at hand */
    char *first_name; /* and as it was made */
    struct banthuek_bytes pdf, first;
};

/* ---- pipes */

bool
worker_write(int to, const void *data, size_t size)
{
    const char *at = data;

    while (size > 0) {
        ssize_t done = write(to, at, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        size -= (size_t)done;
    }
    return true;
}

bool
worker_read(int from, void *data, size_t size)
{
    char *at = data;

    while (size > 0) {
        ssize_t done = read(from, at, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        size -= (size_t)done;
    }
    return true;
}

void
worker_places(struct banthuek_archive_examined *examined,
              struct banthuek_bytes *places[WORKER_TEXTS])
{
    struct banthuek_bytes *const all[] = {
        &examined->signed_why[0], &examined->signed_why[1], &examined->made_sha256,
        &examined->why[0],        &examined->why[1],        &examined->then_text,
        &examined->now_text,      &examined->code,
    };

    memcpy(places, all, sizeof all);
}

/* ---- files out of memory */

/* The certificates that were named, and what lies in folders of them. */
static bool
is_trusted(const struct worker *w, const char *path)
{
    for (size_t i = 0; i < w->args->verify.trust_count; i++) {
        const char *trust = w->args->verify.trust[i];
        while (strncmp(trust, "./", 2) == 0)
            trust += 2;
        size_t len = strlen(trust);
        if (strncmp(path, trust, len) == 0 &&
            (path[len] == '\0' || path[len] == '/' || (len > 0 && trust[len - 1] == '/')))
            return true;
    }
    return false;
}

/* The file of the kit in one of our two folders. */
static const struct banthuek_archive_asset *
kit_file(const struct worker *w, const char *path)
{
    for (size_t i = 0; i < w->kit->file_count; i++) {
        const struct banthuek_archive_asset *file = &w->kit->files[i];
        const char *folder = strcmp(file->role, "font") == 0 ? FONTS : EMBLEM;
        size_t len = strlen(folder);
        if (strncmp(path, folder, len) == 0 && path[len] == '/' &&
            strlen(path + len + 1) == file->name.size &&
            memcmp(path + len + 1, file->name.data, file->name.size) == 0)
            return file;
    }
    return NULL;
}

static bool
read_disk(const char *path, struct banthuek_bytes *bytes)
{
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    long size = -1;

    if (file == NULL)
        return false;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && size <= TRUST_BYTES_MAX &&
        fseek(file, 0, SEEK_SET) == 0)
        data = malloc((size_t)size + 1);
    bool good = data != NULL && fread(data, 1, (size_t)size, file) == (size_t)size;
    (void)fclose(file);
    if (!good)
        free(data);
    else
        *bytes = (struct banthuek_bytes){data, (size_t)size};
    return good;
}

static bool
read_file(void *user, const char *path, struct banthuek_bytes *bytes)
{
    const struct worker *w = user;
    const struct banthuek_archive_asset *file = kit_file(w, path);

    if (file != NULL)
        *bytes = file->bytes;
    else if (w->name != NULL && strcmp(path, w->name) == 0)
        *bytes = w->pdf;
    else if (w->first_name != NULL && strcmp(path, w->first_name) == 0)
        *bytes = w->first;
    else
        return is_trusted(w, path) && read_disk(path, bytes);
    return true;
}

/* Certificates are all that was read from the disk. */
static void
release_file(void *user, struct banthuek_bytes bytes)
{
    const struct worker *w = user;

    if (bytes.data == w->pdf.data || bytes.data == w->first.data)
        return;
    for (size_t i = 0; i < w->kit->file_count; i++) {
        if (bytes.data == w->kit->files[i].bytes.data)
            return;
    }
    free((void *)(uintptr_t)bytes.data);
}

static enum banthuek_file
kind_of(void *user, const char *path)
{
    const struct worker *w = user;
    struct stat info;

    if (kit_file(w, path) != NULL || (w->name != NULL && strcmp(path, w->name) == 0) ||
        (w->first_name != NULL && strcmp(path, w->first_name) == 0))
        return BANTHUEK_IS_FILE;
    if (strcmp(path, FONTS) == 0 || strcmp(path, EMBLEM) == 0)
        return BANTHUEK_IS_FOLDER;
    if (!is_trusted(w, path) || stat(path, &info) != 0)
        return BANTHUEK_NO_FILE;
    return S_ISDIR(info.st_mode) ? BANTHUEK_IS_FOLDER : BANTHUEK_IS_FILE;
}

static void
list_folder(void *user, const char *path, void (*each)(void *to, const char *name), void *to)
{
    const struct worker *w = user;
    DIR *folder = is_trusted(w, path) ? opendir(path) : NULL;
    const struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] != '.')
            each(to, entry->d_name);
    }
    if (folder != NULL)
        (void)closedir(folder);
    if (strcmp(path, FONTS) != 0)
        return;
    for (size_t i = 0; i < w->kit->file_count; i++) {
        if (strcmp(w->kit->files[i].role, "font") == 0)
            each(to, w->kit->files[i].name.data);
    }
}

static struct banthuek_context *
open_context(struct worker *w)
{
    const struct banthuek_files files = {.struct_size = sizeof files,
                                         .user = w,
                                         .read = read_file,
                                         .release = release_file,
                                         .exists = kind_of,
                                         .list = list_folder};
    const struct banthuek_context_options options = {
        .struct_size = sizeof options, .font_dir = FONTS, .files = &files};

    return banthuek_context_open(&options);
}

/* ---- a document */

static struct banthuek *
open_object(const struct worker *w)
{
    struct banthuek_options options = {.struct_size = sizeof options};
    char path[CLI_SHOWN];

    for (size_t i = 0; i < w->kit->file_count; i++) {
        const struct banthuek_archive_asset *file = &w->kit->files[i];
        if (strcmp(file->role, "font") == 0 || file->name.size >= sizeof path / 2)
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", EMBLEM, file->name.data);
        options.emblem = path;
    }
    return banthuek_open(w->context, &options);
}

/* The first thing that is not as it was then, as a note tells. */
static void
tell_why(struct banthuek *b, char why[2][WHY_BYTES], struct banthuek_archive_examined *out)
{
    static const char manifest[] = "MANIFEST_";
    const struct banthuek_message *message;

    for (size_t i = 0; (message = banthuek_message(b, i, BANTHUEK_ENGLISH)) != NULL; i++) {
        if (strncmp(message->code, manifest, sizeof manifest - 1) != 0)
            continue;
        for (int lang = 0; lang < 2; lang++) {
            const char *text = banthuek_message(b, i, (enum banthuek_lang)lang)->message;
            size_t size = strlen(text) < WHY_BYTES ? strlen(text) : WHY_BYTES;
            memcpy(why[lang], text, size);
            out->why[lang] = (struct banthuek_bytes){why[lang], size};
        }
        return;
    }
}

static void
make_again(const struct worker *w, struct banthuek *b, char why[2][WHY_BYTES],
           struct banthuek_archive_examined *out)
{
    const struct banthuek_pdf *pdf = banthuek_inspect(b, w->first_name);

    if (pdf == NULL) {
        out->end = BANTHUEK_ARCHIVE_UNREADABLE;
        return;
    }
    out->again = pdf->again;
    out->made_sha256 = pdf->made_sha256;
    out->differences = pdf->differences;
    out->page = pdf->other_page;
    out->then_text = pdf->other_then;
    out->now_text = pdf->other_now;
    out->code = pdf->code;
    memcpy(out->why, pdf->why_not, sizeof out->why);
    if (pdf->why_not[0].size == 0)
        tell_why(b, why, out);
}

/* What is foreign may hide a signature; in ours it stands where it can be seen. */
static bool
may_be_signed(const struct worker *w, bool make_again)
{
    static const char mark[] = "/ByteRange";

    return !make_again || w->first.size != w->pdf.size ||
           memmem(w->pdf.data, w->pdf.size, mark, sizeof mark - 1) != NULL;
}

/* Nothing that is found in a file which cannot be read for sure means that there is nothing. */
static bool
is_read(const struct banthuek_verified *verified)
{
    for (size_t i = 0; i < verified->remark_count; i++) {
        if (verified->remarks[i]->level == BANTHUEK_ERROR)
            return verified->signature_count > 0;
    }
    return true;
}

static void
verify(const struct worker *w, struct banthuek *b, struct banthuek_archive_examined *out)
{
    const struct cli_verify_args *given = &w->args->verify;
    const struct banthuek_verify_options options = {.struct_size = sizeof options,
                                                    .flags = BANTHUEK_VERIFY_NO_COMPARE,
                                                    .trust = given->trust,
                                                    .trust_count = given->trust_count,
                                                    .at = given->at};
    const struct banthuek_verified *verified = banthuek_verify(b, w->name, &options);

    if (verified == NULL || !is_read(verified)) {
        out->signed_unread = true;
        return;
    }
    out->signatures = verified->signature_count;
    out->signed_verdict = verified->verdict;
    memcpy(out->signed_why, verified->why, sizeof out->signed_why);
}

static bool
send_result(const struct worker *w, struct banthuek_archive_examined *examined)
{
    struct worker_result result = {.examined = *examined};
    struct banthuek_bytes *places[WORKER_TEXTS];
    bool good = true;

    worker_places(examined, places);
    for (size_t i = 0; i < WORKER_TEXTS; i++)
        result.size[i] = places[i]->size;
    good = worker_write(w->results, &result, sizeof result);
    for (size_t i = 0; i < WORKER_TEXTS && good; i++)
        good = worker_write(w->results, places[i]->data, places[i]->size);
    return good;
}

/* An object for each document, so that memory is given back; texts live as long. */
static bool
examine(const struct worker *w, bool again)
{
    struct banthuek_archive_examined out = {.end = BANTHUEK_ARCHIVE_READ_WELL};
    struct banthuek *made = open_object(w), *read = open_object(w);
    char why[2][WHY_BYTES];

    if (again)
        make_again(w, made, why, &out);
    if (out.end == BANTHUEK_ARCHIVE_READ_WELL && may_be_signed(w, again))
        verify(w, read, &out);
    bool good = send_result(w, &out);
    banthuek_close(made);
    banthuek_close(read);
    return good;
}

/* ---- jobs */

static void
out_of_memory(size_t size)
{
    (void)size;
    _exit(CLI_MEMORY);
}

static bool
take_job(struct worker *w, struct worker_job *job, char **bytes)
{
    *bytes = NULL;
    if (!worker_read(w->jobs, job, sizeof *job))
        return false;
    char *all = malloc(2 * job->name_size + sizeof FIRST + 1 + job->pdf_size);
    if (all == NULL)
        out_of_memory(job->pdf_size);
    char *name = all + job->pdf_size, *first = name + job->name_size + 1;
    if (!worker_read(w->jobs, name, job->name_size) || !worker_read(w->jobs, all, job->pdf_size)) {
        free(all);
        return false;
    }
    name[job->name_size] = '\0';
    memcpy(first, FIRST, sizeof FIRST - 1);
    memcpy(first + sizeof FIRST - 1, name, job->name_size + 1);
    w->name = name;
    w->first_name = first;
    w->pdf = (struct banthuek_bytes){all, job->pdf_size};
    w->first = (struct banthuek_bytes){all, job->first};
    *bytes = all;
    return true;
}

void
worker_run(const struct cli_args *args, const struct banthuek_archive_job *kit, int jobs,
           int results)
{
    struct worker w = {.args = args, .kit = kit, .jobs = jobs, .results = results};
    struct worker_job job;
    bool good = true;
    char *bytes;

    banthuek_set_oom(out_of_memory);
    w.context = open_context(&w);
    while (good && take_job(&w, &job, &bytes)) {
        cli_limit_bytes(job.pdf_size);
        good = examine(&w, job.make_again);
        w.name = w.first_name = NULL;
        w.pdf = w.first = (struct banthuek_bytes){NULL, 0};
        free(bytes);
    }
    _exit(CLI_GOOD);
}
