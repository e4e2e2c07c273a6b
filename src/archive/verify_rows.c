/* The tables that lists and searches ask, against what the entries say: they are made of that
 * alone, so whoever changes a row and not what is sealed is found. */
#include <string.h>

#include "archive/canon.h"
#include "archive/paragraphs.h"
#include "archive/verify.h"
#include "base/arena.h"
#include "value/value.h"

struct comparing {
    struct verifying *v;
    struct verify_place at;
    struct arena *arena;
};

/* `what` is wrong; the table and what stands there are for whoever repairs it. */
static void
tell_row(struct comparing *c, const char *english, const char *thai, struct str there)
{
    struct diags *said = c->v->said;

    verify_tell(c->v, c->at, DIAG_ARCHIVE_BAD_ROW, diag_both(said, english, thai),
                there.len == 0 ? diag_both(said, "nothing", "ไม่มี") : diag_str(said, there), NULL);
}

/* ---- a document */

enum {
    ROW_CONTENT,
    ROW_YEAR,
    ROW_AGENCY,
    ROW_NUMBER,
    ROW_DATE,
    ROW_SUBJECT,
    ROW_LEVEL,
    ROW_SCORE,
    ROW_KIND,
    ROW_FILE,
    ROW_OFFICE,
    ROW_SECRET,
    ROW_OURS,
    ROW_SUPERSEDES,
    ROW_NEWER,
    ROW_KIT,
    ROW_CODE,
    ROW_SCAN
};

static void
compare_text(struct comparing *c, const struct rows *rows, int column, struct str expected,
             const char *english, const char *thai)
{
    struct str there = rows_is_none(rows, column) ? STR("") : rows_text(rows, column);

    if (!str_eq(there, expected))
        tell_row(c, english, thai, there);
}

static void
compare_number(struct comparing *c, const struct rows *rows, int column, int64_t expected,
               const char *english, const char *thai)
{
    if (rows_number(rows, column) != expected)
        tell_row(c, english, thai, rows_text(rows, column));
}

static void
compare_texts(struct comparing *c, const struct rows *rows, const struct columns *columns)
{
    compare_text(c, rows, ROW_AGENCY, columns->agency, "the agency", "หน่วยงาน");
    compare_text(c, rows, ROW_NUMBER, columns->number, "the number", "เลขที่หนังสือ");
    compare_text(c, rows, ROW_DATE, columns->date, "the date", "วันที่");
    compare_text(c, rows, ROW_SUBJECT, columns->subject, "the subject", "เรื่อง");
    compare_text(c, rows, ROW_LEVEL, columns->level, "the level", "ระดับผล");
    compare_text(c, rows, ROW_SCORE, columns->score, "the score", "คะแนนรวม");
    compare_text(c, rows, ROW_KIND, columns->kind, "the template", "แม่แบบ");
    compare_text(c, rows, ROW_FILE, columns->file, "the file name", "ชื่อแฟ้ม");
    compare_text(c, rows, ROW_OFFICE, columns->office, "the office", "ส่วนราชการ");
    compare_text(c, rows, ROW_SECRET, columns->secret, "the classification", "ชั้นความลับ");
    /* of one that was added without, it may have been found out later */
    if (columns->code.len > 0)
        compare_text(c, rows, ROW_CODE, columns->code, "the code on paper", "รหัสบนกระดาษ");
}

/* The list of its files may be missing after an import without them; another one may not stand
 * there. */
static bool
compare_kit(struct comparing *c, const struct rows *rows, const struct columns *columns)
{
    struct hash there;
    int64_t key = 0;

    if (!rows_is_none(rows, ROW_KIT)) {
        if (!rows_hash(rows, ROW_KIT, &there) || !columns->has_kit ||
            memcmp(&there, &columns->kit, sizeof there) != 0)
            tell_row(c, "the list of its files", "รายชื่อแฟ้มประกอบ", STR(""));
        return true;
    }
    if (columns->has_kit && !content_find(c->v->store, &columns->kit, &key))
        return false;
    if (key != 0)
        tell_row(c, "the list of its files", "รายชื่อแฟ้มประกอบ", STR(""));
    return true;
}

static bool
ask(struct comparing *c, enum store_query query, int64_t a, int64_t b, size_t count, int64_t *out)
{
    const struct cell cells[] = {cell_number(c->at.chain), cell_number(a), cell_number(b)};

    return store_number(c->v->store, query, cells, count, 0, out);
}

/* What took its place: a later entry says so, or itself of one that was there before. Where one
 * that did was removed, its removal says what ties the others, and comes later: that is seen when
 * all of the chain was. */
static bool
compare_newer(struct comparing *c, int64_t newer, const struct columns *columns)
{
    struct verifying *v = c->v;
    int64_t says = 0;

    if (newer != 0 && newer == columns->newer)
        return true;
    if (!ask(c, newer == 0 ? STORE_VERIFY_SUPERSEDED : STORE_VERIFY_NEWER,
             newer == 0 ? c->at.n : newer, c->at.n, newer == 0 ? 2 : 3, &says))
        return false;
    if (newer == 0 ? says == 0 && columns->newer == 0 : says > 0)
        return true;
    *ARENA_ADD(v->lent.arena, v->doubts, v->doubt_count, v->doubt_cap, 16) =
        (struct verify_doubt){c->at, newer, columns->newer};
    return true;
}

/* One that was removed stood in its place, and this one behind it; or nothing did. */
static bool
is_tied(const struct verifying *v, const struct verify_doubt *doubt)
{
    for (size_t i = 0; i < v->tie_count; i++) {
        const struct verify_tie *tie = &v->ties[i];
        if (doubt->newer != 0 ? tie->newer == doubt->newer
                              : tie->earlier == doubt->at.n || tie->n == doubt->said)
            return true;
    }
    return false;
}

bool
verify_newer(struct verifying *v)
{
    bool good = true;

    for (size_t i = 0; i < v->doubt_count && good; i++) {
        const struct verify_doubt *doubt = &v->doubts[i];
        struct comparing c = {v, doubt->at, v->scratch};
        int64_t there = 1;
        if (doubt->newer != 0)
            good = ask(&c, STORE_VERIFY_THERE, doubt->newer, 0, 2, &there);
        if (good && (there == 0 || doubt->newer == doubt->at.n || !is_tied(v, doubt)))
            tell_row(&c, "which one took its place", "ฉบับที่มาแทน",
                     doubt->newer == 0
                         ? STR("")
                         : str_of(arena_printf(c.arena, "%lld", (long long)doubt->newer)));
    }
    v->doubt_count = 0;
    v->tie_count = 0;
    return good;
}

static bool
compare_document(struct comparing *c, const struct chain_seen *seen, const struct columns *columns)
{
    struct store *store = c->v->store;
    struct rows rows = store_ask(store, STORE_VERIFY_DOCUMENT,
                                 CELLS(cell_number(c->at.chain), cell_number(c->at.n)));
    bool there = rows_next(&rows), good = true;
    int64_t newer = 0;

    if (there) {
        compare_texts(c, &rows, columns);
        compare_number(c, &rows, ROW_CONTENT, seen->content, "the document itself", "ตัวเอกสาร");
        compare_number(c, &rows, ROW_YEAR, columns->year, "the year", "ปี");
        compare_number(c, &rows, ROW_SCAN, columns->is_scan, "whether it is a scan",
                       "การเป็นฉบับสแกน");
        compare_number(c, &rows, ROW_OURS, columns->ours, "whether banthuek made it",
                       "ว่า banthuek เป็นผู้ทำหรือไม่");
        compare_number(c, &rows, ROW_SUPERSEDES, columns->supersedes, "which one it replaces",
                       "ฉบับที่ถูกแทน");
        newer = rows_number(&rows, ROW_NEWER);
        good = compare_kit(c, &rows, columns);
    }
    if (!rows_end(&rows) || !good)
        return false;
    if (!there) {
        tell_row(c, "its line in the list of documents", "บรรทัดในบัญชีเอกสาร", STR(""));
        return true;
    }
    c->v->rows.documents++;
    return compare_newer(c, newer, columns);
}

/* ---- what belongs to a document: rows as bytes, so that lists are compared as a whole */

static void
add_piece(struct buf *out, struct str text)
{
    buf_printf(out, "%zu:", text.len);
    buf_add(out, text);
}

static void
add_hash(struct buf *out, const struct hash *hash)
{
    add_piece(out, (struct str){(const char *)hash->bytes, HASH_SIZE});
}

static bool
add_rows(struct comparing *c, enum store_query query, size_t columns, struct buf *out,
         int64_t *count)
{
    struct rows rows =
        store_ask(c->v->store, query, CELLS(cell_number(c->at.chain), cell_number(c->at.n)));

    while (rows_next(&rows)) {
        ++*count;
        for (size_t i = 0; i < columns; i++)
            add_piece(out, rows_is_none(&rows, (int)i) ? STR("") : rows_text(&rows, (int)i));
    }
    return rows_end(&rows);
}

static void
compare_lists(struct comparing *c, const struct buf *expected, const struct buf *there,
              const char *english, const char *thai)
{
    if (!str_eq(buf_str(expected), buf_str(there)))
        tell_row(c, english, thai, STR(""));
}

static bool
compare_persons(struct comparing *c, const struct columns *columns)
{
    struct buf expected = buf_in(c->arena), there = buf_in(c->arena);

    for (size_t i = 0; i < columns->person_count; i++) {
        add_piece(&expected, columns->persons[i].role);
        add_piece(&expected, columns->persons[i].name);
        add_piece(&expected, columns->persons[i].position);
        add_piece(&expected, columns->persons[i].has_signed ? STR("1") : STR("0"));
    }
    if (!add_rows(c, STORE_PERSONS, 4, &there, &c->v->rows.persons))
        return false;
    compare_lists(c, &expected, &there, "the people", "รายชื่อบุคคล");
    return true;
}

static bool
compare_scores(struct comparing *c, const struct columns *columns)
{
    struct buf expected = buf_in(c->arena), there = buf_in(c->arena);

    for (size_t i = 0; i < columns->score_count; i++) {
        add_piece(&expected, columns->scores[i].item);
        add_piece(&expected, columns->scores[i].value);
    }
    if (!add_rows(c, STORE_SCORES, 2, &there, &c->v->rows.scores))
        return false;
    compare_lists(c, &expected, &there, "the scores", "คะแนนรายข้อ");
    return true;
}

/* What an export may leave out. */
static bool
is_asset(struct str role)
{
    return str_is(role, "font") || str_is(role, "emblem") || str_is(role, "template") ||
           str_is(role, "rubric");
}

/* The files that a document carried are there. */
static bool
find_parts(struct comparing *c, const struct columns *columns)
{
    for (size_t i = 0; i < columns->part_count; i++) {
        const struct column_part *part = &columns->parts[i];
        int64_t key;
        if (is_asset(part->role))
            continue;
        if (!content_find(c->v->store, &part->sha256, &key))
            return false;
        if (key == 0)
            verify_tell(c->v, c->at, DIAG_ARCHIVE_BAD_PART, diag_str(c->v->said, part->name), NULL,
                        NULL);
    }
    return true;
}

static bool
compare_parts(struct comparing *c, const struct columns *columns)
{
    struct buf expected = buf_in(c->arena), there = buf_in(c->arena);

    for (size_t i = 0; i < columns->part_count; i++) {
        add_piece(&expected, columns->parts[i].role);
        add_piece(&expected, columns->parts[i].name);
        add_hash(&expected, &columns->parts[i].sha256);
    }
    if (!add_rows(c, STORE_VERIFY_PARTS, 3, &there, &c->v->rows.parts))
        return false;
    compare_lists(c, &expected, &there, "the files it was made from", "แฟ้มข้อมูลที่ใช้ทำเอกสาร");
    return find_parts(c, columns);
}

/* What is found by searching; that it is the text of the document, nothing tells but reading that
 * again. */
static void
check_text(struct comparing *c)
{
    int64_t held;

    if (!paragraphs_check(c->v->store, c->at.chain, c->at.n, &held))
        tell_row(c, "the text that is searched", "ข้อความที่ใช้ค้น", STR(""));
    c->v->rows.texts += held >= 0;
    c->v->rows.holders += held > 0 ? held : 0;
}

bool
verify_document_rows(struct verifying *v, const struct chain_seen *seen, const struct value *tree)
{
    struct comparing c = {v, {seen->entry.chain, seen->entry.n}, arena_new(0)};
    struct columns columns;
    bool good = true;

    check_text(&c);
    if (columns_parse(c.arena, tree, &columns)) {
        good = compare_document(&c, seen, &columns) && compare_persons(&c, &columns) &&
               compare_scores(&c, &columns) && compare_parts(&c, &columns);
    } else {
        verify_tell(v, c.at, DIAG_ARCHIVE_BAD_COLUMNS, NULL, NULL, NULL);
        v->unsealed = true;
    }
    arena_free(c.arena);
    return good;
}

/* ---- the register */

static bool
compare_number_row(struct comparing *c, struct str kind, const struct value *tree)
{
    bool is_void = str_is(kind, CHAIN_VOID);
    struct rows rows = store_ask(c->v->store, STORE_NUMBER_GET,
                                 CELLS(cell_text(canon_text(tree, "agency")),
                                       cell_number(canon_number(tree, "year", 0)),
                                       cell_number(canon_number(tree, "n", 0))));
    bool there = rows_next(&rows);
    struct str state = there ? rows_text(&rows, 2) : STR("");
    /* that it is void is said by another entry, with the reason */
    bool same =
        there &&
        (is_void
             ? str_is(state, "void") && str_eq(rows_text(&rows, 3), canon_text(tree, "reason"))
             : str_eq(rows_text(&rows, 0), canon_text(tree, "date")) &&
                   rows_number(&rows, 1) == c->at.n &&
                   (str_is(state, "void") || (str_is(state, "given") && rows_is_none(&rows, 3))));

    if (!rows_end(&rows))
        return false;
    if (!same)
        tell_row(c, "its line in the register", "บรรทัดในทะเบียนหนังสือส่ง",
                 there
                     ? str_of(arena_printf(c->arena, "%lld", (long long)canon_number(tree, "n", 0)))
                     : STR(""));
    c->v->rows.numbers += !is_void;
    c->v->rows.voids += is_void;
    return true;
}

bool
verify_number_rows(struct verifying *v, const struct chain_seen *seen, const struct value *tree)
{
    struct comparing c = {v, {seen->entry.chain, seen->entry.n}, arena_new(0)};
    bool good = compare_number_row(&c, seen->entry.kind, tree);

    arena_free(c.arena);
    return good;
}

/* ---- notes */

bool
verify_note_rows(struct verifying *v, const struct chain_seen *seen, const struct value *tree)
{
    struct comparing c = {v, {seen->entry.chain, seen->entry.n}, NULL};
    struct rows rows =
        store_ask(v->store, STORE_VERIFY_NOTE, CELLS(cell_number(c.at.chain), cell_number(c.at.n)));
    bool there = rows_next(&rows);

    if (there) {
        compare_number(&c, &rows, 0, canon_number(tree, "entry", 0), "which entry the note is on",
                       "รายการที่บันทึกนี้กล่าวถึง");
        compare_text(&c, &rows, 1, canon_text(tree, "retention"), "how long it is kept",
                     "กำหนดเวลาเก็บ");
        compare_text(&c, &rows, 2, canon_text(tree, "reason"), "why it is kept so long",
                     "เหตุผลของกำหนดเวลาเก็บ");
    }
    if (!rows_end(&rows))
        return false;
    if (!there)
        tell_row(&c, "its line in the list of notes", "บรรทัดในบัญชีบันทึก", STR(""));
    v->rows.notes += there;
    return true;
}

/* ---- kits: rows that are made of a content */

static bool
compare_kit_rows(struct comparing *c, int64_t content, const struct value *list)
{
    struct buf expected = buf_in(c->arena), there = buf_in(c->arena);
    struct column_part *parts;
    size_t count;
    struct rows rows = store_ask(c->v->store, STORE_VERIFY_KIT, CELLS(cell_number(content)));

    while (rows_next(&rows)) {
        for (int i = 0; i < 3; i++)
            add_piece(&there, rows_text(&rows, i));
    }
    if (!rows_end(&rows))
        return false;
    bool good = list->kind == VALUE_LIST && columns_read_parts(c->arena, list, &parts, &count);
    for (size_t i = 0; good && i < count; i++) {
        add_piece(&expected, parts[i].role);
        add_piece(&expected, parts[i].name);
        add_hash(&expected, &parts[i].sha256);
    }
    compare_lists(c, &expected, &there, "the list of files that reports share",
                  "รายชื่อแฟ้มที่รายงานใช้ร่วมกัน");
    return true;
}

/* What cannot be read of it is told with its content. */
static bool
compare_one_kit(struct comparing *c, int64_t content)
{
    struct diags *told = store_diags(c->v->store), *quiet = diags_new();
    const struct value *list = NULL;
    struct str text;

    store_use(c->v->store, quiet);
    if (content_get(c->v->store, c->arena, content, &text))
        list = canon_read(c->arena, quiet, store_path(c->v->store), text);
    store_use(c->v->store, told);
    diags_free(quiet);
    return list == NULL || compare_kit_rows(c, content, list);
}

bool
verify_kits(struct verifying *v)
{
    struct rows rows = store_ask(v->store, STORE_VERIFY_KITS, NO_CELLS);
    bool good = true;

    while (good && rows_next(&rows)) {
        struct comparing c = {v, {CHAIN_OWN, 0}, arena_new(0)};
        good = compare_one_kit(&c, rows_number(&rows, 0));
        arena_free(c.arena);
    }
    return rows_end(&rows) && good;
}

/* ---- rows of no entry */

static void
compare_count(struct verifying *v, int64_t there, int64_t expected, const char *english,
              const char *thai)
{
    if (there != expected)
        verify_tell(v, (struct verify_place){CHAIN_OWN, 0}, DIAG_ARCHIVE_BAD_ROWS,
                    diag_both(v->said, english, thai), verify_number(v, there),
                    verify_number(v, expected));
}

bool
verify_row_counts(struct verifying *v)
{
    static const char *const tables[][2] = {
        {"documents", "เอกสาร"},
        {"people", "บุคคล"},
        {"scores", "คะแนนรายข้อ"},
        {"files", "แฟ้มข้อมูล"},
        {"numbers given", "เลขที่ออกแล้ว"},
        {"numbers made void", "เลขที่ยกเลิก"},
        {"removals", "การลบ"},
        {"documents left out of bags", "เอกสารที่ไม่ได้ส่งออก"},
        {"notes", "บันทึก"},
        {"texts of documents", "ข้อความของเอกสาร"},
        {"pieces of their texts", "ส่วนของข้อความ"},
    };
    const int64_t expected[] = {v->rows.documents, v->rows.persons,  v->rows.scores,
                                v->rows.parts,     v->rows.numbers,  v->rows.voids,
                                v->rows.removed,   v->rows.withheld, v->rows.notes,
                                v->rows.texts,     v->rows.holders};
    struct rows rows = store_ask(v->store, STORE_VERIFY_COUNTS, NO_CELLS);

    if (rows_next(&rows)) {
        v->out->documents = (size_t)rows_number(&rows, 0);
        for (size_t i = 0; i < sizeof expected / sizeof expected[0] && !v->unsealed; i++)
            compare_count(v, rows_number(&rows, (int)i), expected[i], tables[i][0], tables[i][1]);
    }
    return rows_end(&rows);
}
