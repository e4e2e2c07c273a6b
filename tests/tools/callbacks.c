/* Renders a report twice: from files, and through callbacks out of a tree in memory, with nothing
 * but names in common. The PDFs are the same, and the second comes about without a file being
 * opened: the script that runs this looks for that between two calls of access(). usage: callbacks
 * TREE REPORT...: TREE, an absolute path, holds templates/, font/, the emblem and the reports */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "banthuek.h"

#define FILES_MAX 1000

struct file {
    char path[512]; /* below the tree */
    char *data;
    size_t size;
};

struct tree {
    struct file file[FILES_MAX];
    size_t count;
    size_t taken, given_back;
};

static void
take_file(struct tree *tree, const char *path, const char *below)
{
    FILE *in = fopen(path, "rb");
    struct file *file = &tree->file[tree->count];

    if (in == NULL || tree->count == FILES_MAX || fseek(in, 0, SEEK_END) != 0)
        exit(2);
    file->size = (size_t)ftell(in);
    file->data = malloc(file->size + 1);
    rewind(in);
    if (file->data == NULL || fread(file->data, 1, file->size, in) != file->size)
        exit(2);
    (void)fclose(in);
    (void)snprintf(file->path, sizeof file->path, "%s", below);
    tree->count++;
}

static void
take_folder(struct tree *tree, const char *top, const char *below)
{
    char path[1024], name[512];
    (void)snprintf(path, sizeof path, "%s/%s", top, below);
    DIR *dir = opendir(path);

    for (struct dirent *at; dir != NULL && (at = readdir(dir)) != NULL;) {
        struct stat info;
        if (at->d_name[0] == '.')
            continue;
        (void)snprintf(name, sizeof name, "%s%s%s", below, *below == '\0' ? "" : "/", at->d_name);
        (void)snprintf(path, sizeof path, "%s/%s", top, name);
        if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
            take_folder(tree, top, name);
        else
            take_file(tree, path, name);
    }
    if (dir != NULL)
        (void)closedir(dir);
}

/* ---- the callbacks */

static bool
read_file(void *user, const char *path, struct banthuek_bytes *bytes)
{
    struct tree *tree = user;

    for (size_t i = 0; i < tree->count; i++) {
        if (strcmp(tree->file[i].path, path) != 0)
            continue;
        /* a copy that is gone after release(), so that nobody goes on using it */
        char *copy = malloc(tree->file[i].size + 1);
        if (copy == NULL)
            return false;
        memcpy(copy, tree->file[i].data, tree->file[i].size);
        *bytes = (struct banthuek_bytes){copy, tree->file[i].size};
        tree->taken++;
        return true;
    }
    return false;
}

static void
release(void *user, struct banthuek_bytes bytes)
{
    struct tree *tree = user;

    free((char *)(size_t)bytes.data);
    tree->given_back++;
}

static enum banthuek_file
exists(void *user, const char *path)
{
    const struct tree *tree = user;
    size_t len = strlen(path);

    for (size_t i = 0; i < tree->count; i++) {
        if (strcmp(tree->file[i].path, path) == 0)
            return BANTHUEK_IS_FILE;
        if (strncmp(tree->file[i].path, path, len) == 0 && tree->file[i].path[len] == '/')
            return BANTHUEK_IS_FOLDER;
    }
    return BANTHUEK_NO_FILE;
}

static void
list(void *user, const char *path, void (*each)(void *to, const char *name), void *to)
{
    const struct tree *tree = user;
    size_t len = strlen(path);
    char name[512];

    for (size_t i = 0; i < tree->count; i++) {
        const char *at = tree->file[i].path;
        if (strncmp(at, path, len) != 0 || at[len] != '/')
            continue;
        (void)snprintf(name, sizeof name, "%s", at + len + 1);
        name[strcspn(name, "/")] = '\0';
        each(to, name);
    }
}

/* ---- rendering */

static struct banthuek_bytes
render(struct banthuek_context *context, const char *report, const char *emblem)
{
    struct banthuek_options options = {.struct_size = sizeof options, .emblem = emblem};
    struct banthuek *b = banthuek_open(context, &options);
    struct banthuek_bytes pdf = {NULL, 0}, out = {NULL, 0};

    if (banthuek_load(b, report) && banthuek_render(b, &pdf)) {
        char *copy = malloc(pdf.size + 1);
        if (copy != NULL)
            memcpy(copy, pdf.data, pdf.size);
        out = (struct banthuek_bytes){copy, pdf.size};
    }
    for (size_t i = 0; i < banthuek_message_count(b); i++)
        (void)fprintf(stderr, "%s\n", banthuek_message(b, i, BANTHUEK_ENGLISH)->text);
    banthuek_close(b);
    return out;
}

int
main(int argc, char **argv)
{
    static struct tree tree;
    struct banthuek_files files = {.struct_size = sizeof files,
                                   .user = &tree,
                                   .read = read_file,
                                   .release = release,
                                   .exists = exists,
                                   .list = list};
    struct banthuek_context_options from_files = {
        .struct_size = sizeof from_files, .data_dir = ".", .font_dir = "font"};
    struct banthuek_context_options from_memory = from_files;
    struct banthuek_bytes pdf[2];
    int status = EXIT_SUCCESS;

    from_memory.files = &files;
    from_memory.data_dir = NULL; /* the top of what the callbacks have */
    take_folder(&tree, argv[1], "");
    struct banthuek_context *context = banthuek_context_open(&from_memory);
    if (access("/opened", F_OK) == 0)
        return EXIT_FAILURE;
    for (int i = 2; i < argc; i++) {
        pdf[0] = render(context, argv[i], "emblem.svg");
        if (i == 2)
            (void)access("/made", F_OK);
        if (chdir(argv[1]) != 0)
            return EXIT_FAILURE;
        struct banthuek_context *plain = banthuek_context_open(&from_files);
        pdf[1] = render(plain, argv[i], "emblem.svg");
        banthuek_context_close(plain);
        bool same = pdf[0].data != NULL && pdf[1].data != NULL && pdf[0].size == pdf[1].size &&
                    memcmp(pdf[0].data, pdf[1].data, pdf[0].size) == 0;
        (void)printf("%s: %zu bytes, %s\n", argv[i], pdf[0].size,
                     same ? "the same" : "they differ");
        status = same ? status : EXIT_FAILURE;
        free((char *)(size_t)pdf[0].data);
        free((char *)(size_t)pdf[1].data);
    }
    banthuek_context_close(context);
    if (tree.taken != tree.given_back)
        status = EXIT_FAILURE;
    for (size_t i = 0; i < tree.count; i++)
        free(tree.file[i].data);
    return status;
}
