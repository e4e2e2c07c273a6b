/* Clusters into pieces, and embedded fonts. */
#include "pdf_pages.h"
#include "pdf_reader.h"

#include "pdf/piece.h"

static struct str
piece_text(const struct pieces *pieces, const struct piece_run *run, unsigned index)
{
    const struct piece_font *font = pieces->fonts[run->font];
    const struct piece *piece = &font->pieces[run->cid[index]];

    return (struct str){font->text.ptr + piece->text, piece->text_len};
}

/* The pieces of a text: "น|้|ำ" with "|" between pieces and "/" between clusters. */
static struct str
split(struct help *help, struct pieces *pieces, const struct font *font, const char *text)
{
    struct buf out = buf_in(help->arena);
    size_t count = 0;
    const struct cluster *clusters = help_shape(help, font, 16000, str_of(text), &count);

    for (size_t i = 0; i < count; i++) {
        struct piece_run run;

        assert_true(pieces_of(pieces, help->diags, &clusters[i], str_of(text), &run));
        if (i > 0)
            buf_byte(&out, '/');
        for (unsigned k = 0; k < run.count; k++) {
            if (k > 0)
                buf_byte(&out, '|');
            buf_add(&out, piece_text(pieces, &run, k));
        }
    }
    return buf_str(&out);
}

struct example {
    const char *text, *pieces;
};

static void
assert_splits(const char *family, bool bold)
{
    static const struct example examples[] = {
        {"ทำ", "ท|ำ"},      {"น้ำ", "น|้|ำ"},
        {"ญู", "ญ|ู"},        {"ฐุ", "ฐ|ุ"},
        {"ปู่", "ป|ู่"},        {"ที่", "ท|ี่"},
        {"กก", "ก/ก"},      {"เก้า", "เ/ก|้/า"},
        {"ฤๅ", "ฤ/ๅ"},      {"ก ข", "ก/ /ข"},
        {"พุทฺธ", "พ|ุ/ท|ฺ/ธ"}, {"ปี๊ป", "ป|ี๊/ป"},
        {"๑๒", "๑/๒"},      {"ก\xe2\x80\x8b", "ก/"},
    };
    struct help *help = help_open();
    struct font *font = help_font(help, family, bold);

    if (font == NULL) {
        help_close(help);
        skip();
    }
    struct pieces *pieces = pieces_new(help->arena);
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
        assert_str(split(help, pieces, font, examples[i].text), examples[i].pieces);
    help_close_font(font);
    help_close(help);
}

static void
laksaman_splits(void **state)
{
    (void)state;
    assert_splits("Laksaman", false);
}

static void
laksaman_bold_splits(void **state)
{
    (void)state;
    assert_splits("Laksaman", true);
}

static void
norasi_splits(void **state)
{
    (void)state;
    assert_splits("Norasi", false);
}

static struct font *
laksaman(struct help *help)
{
    struct font *font = help_font(help, "Laksaman", false);

    assert_non_null(font);
    return font;
}

/* CIDs count from 1 in order of first use; the same piece is the same CID. */
static void
cids_in_order_of_use(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    struct pieces *pieces = pieces_new(help->arena);
    const char *text = "กขกค";
    static const unsigned wanted[] = {1, 2, 1, 3};
    size_t count = 0;
    const struct cluster *clusters = help_shape(help, font, 16000, str_of(text), &count);

    (void)state;
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++) {
        struct piece_run run;

        assert_true(pieces_of(pieces, help->diags, &clusters[i], str_of(text), &run));
        assert_int_equal(run.count, 1);
        assert_int_equal(run.cid[0], wanted[i]);
        assert_int_equal(run.adjust, 0);
    }
    assert_int_equal(pieces->fonts[0]->count, 4);
    help_close_font(font);
    help_close(help);
}

/* A cluster made by hand: glyphs of the letters ก and ข as spacing ones. */
static struct cluster
cluster_of(struct help *help, const struct font *font, struct glyph *glyphs, unsigned count,
           const char *text)
{
    return (struct cluster){.text_len = (unsigned)strlen(text) & 0xFFFFFF,
                            .glyphs = glyphs,
                            .glyph_count = count,
                            .run = help_run(help, font, 16000)};
}

static uint32_t
glyph_id(const struct font *font, uint32_t code_point)
{
    hb_codepoint_t id = 0;

    assert_true(hb_font_get_nominal_glyph(font->hb, code_point, &id));
    return id;
}

/* A cluster met again is known, though its glyphs have gone since. */
static void
clusters_are_remembered(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    struct pieces *pieces = pieces_new(help->arena);
    struct glyph glyph = {glyph_id(font, 0xe01), 600, 0, 0};
    struct glyph again = glyph;
    struct cluster cluster = cluster_of(help, font, &glyph, 1, "ก");
    struct piece_run first, second;

    (void)state;
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("ก"), &first));
    glyph.id = 0;
    cluster.glyphs = &again;
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("ก"), &second));
    assert_int_equal(first.cid[0], second.cid[0]);
    assert_int_equal(pieces->memo_count, 1);
    help_close_font(font);
    help_close(help);
}

/* Of a cluster with a letter behind a mark (Khmer has many) the text stays in its order. */
static void
letters_behind_marks_stay_there(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    struct pieces *pieces = pieces_new(help->arena);
    struct glyph glyphs[] = {{glyph_id(font, 0xe01), 600, 0, 0},
                             {glyph_id(font, 0xe48), 0, 0, 0},
                             {glyph_id(font, 0xe02), 600, 0, 0}};
    struct cluster cluster = cluster_of(help, font, glyphs, 3, "ก่ข");
    struct piece_run run;

    (void)state;
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("ก่ข"), &run));
    assert_int_equal(run.count, 1);
    assert_str(piece_text(pieces, &run, 0), "ก่ข");
    help_close_font(font);
    help_close(help);
}

/* Kerning moves the pen after a cluster without marks; with marks it is in the advance, as a move
 * after a mark makes poppler start a word. */
static void
kerning_with_and_without_marks(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    struct pieces *pieces = pieces_new(help->arena);
    uint32_t base = glyph_id(font, 0xe01), mark = glyph_id(font, 0xe48);
    int natural = hb_font_get_glyph_h_advance(font->hb, base);
    struct glyph plain[] = {{base, natural - 30, 0, 0}};
    struct glyph marked[] = {{base, natural - 30, 0, 0}, {mark, 0, -5, 12}};
    struct cluster cluster = cluster_of(help, font, plain, 1, "ก");
    struct piece_run run;

    (void)state;
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("ก"), &run));
    assert_int_equal(run.adjust, -30);
    assert_int_equal(run.advance, natural - 30);
    assert_int_equal(pieces->fonts[0]->pieces[run.cid[0]].advance, natural);
    cluster = cluster_of(help, font, marked, 2, "ก่");
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("ก่"), &run));
    assert_int_equal(run.count, 2);
    assert_int_equal(run.adjust, 0);
    assert_int_equal(pieces->fonts[0]->pieces[run.cid[0]].advance, natural - 30);
    assert_int_equal(pieces->fonts[0]->pieces[run.cid[1]].advance, 0);
    const struct piece *piece = &pieces->fonts[0]->pieces[run.cid[1]];
    assert_int_equal(pieces->fonts[0]->glyphs[piece->glyphs].dx,
                     -5 - 30 - (natural - 30) + natural);
    assert_int_equal(pieces->fonts[0]->glyphs[piece->glyphs].dy, 12);
    help_close_font(font);
    help_close(help);
}

/* The font drew letter and mark as one glyph: the mark gets a piece without outline. */
static void
mark_without_glyph(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    struct pieces *pieces = pieces_new(help->arena);
    struct glyph glyphs[] = {{glyph_id(font, 0xe01), 500, 0, 0}};
    struct cluster cluster = cluster_of(help, font, glyphs, 1, "ก่");
    struct piece_run run;

    (void)state;
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("ก่"), &run));
    assert_int_equal(run.count, 2);
    assert_str(piece_text(pieces, &run, 0), "ก");
    assert_str(piece_text(pieces, &run, 1), "\xe0\xb9\x88");
    assert_int_equal(pieces->fonts[0]->pieces[run.cid[1]].glyph_count, 0);
    assert_int_equal(pieces->fonts[0]->pieces[run.cid[1]].advance, 0);
    help_close_font(font);
    help_close(help);
}

/* One spacing glyph for letter and sara am cannot be parted; nor can a mark without a letter. */
static void
whole_clusters(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    struct pieces *pieces = pieces_new(help->arena);
    struct glyph glyphs[] = {{glyph_id(font, 0xe01), 500, 0, 0}, {glyph_id(font, 0xe48), 0, 7, 0}};
    struct cluster cluster = cluster_of(help, font, glyphs, 2, "กำ");
    struct piece_run run;

    (void)state;
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("กำ"), &run));
    assert_int_equal(run.count, 1);
    assert_str(piece_text(pieces, &run, 0), "กำ");
    cluster = cluster_of(help, font, glyphs, 2, "\xe0\xb9\x88");
    assert_true(pieces_of(pieces, help->diags, &cluster, STR("\xe0\xb9\x88"), &run));
    assert_int_equal(run.count, 1);
    assert_str(piece_text(pieces, &run, 0), "\xe0\xb9\x88");
    assert_int_equal(pieces->fonts[0]->pieces[run.cid[0]].glyph_count, 2);
    assert_int_equal(run.advance, 500);
    help_close_font(font);
    help_close(help);
}

static void
assert_refused(struct help *help, const struct cluster *cluster, const char *text)
{
    struct pieces *pieces = pieces_new(help->arena);
    struct piece_run run;

    assert_false(pieces_of(pieces, help->diags, cluster, str_of(text), &run));
    assert_diag(help->diags, diags_count(help->diags) - 1, PDF_CLUSTER);
}

static void
too_much_for_a_glyph(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    uint32_t base = glyph_id(font, 0xe01);
    struct glyph far[] = {{base, 500, 0, 40000}}, unknown[] = {{0xfffff, 500, 0, 0}};
    struct glyph wide[] = {{base, 70000, 0, 0}, {glyph_id(font, 0xe48), 0, 0, 0}};
    struct glyph many[PIECE_GLYPHS_MAX + 1];
    struct buf text = buf_in(help->arena);
    struct cluster cluster = cluster_of(help, font, far, 1, "ก");

    (void)state;
    assert_refused(help, &cluster, "ก");
    cluster = cluster_of(help, font, unknown, 1, "ก");
    assert_refused(help, &cluster, "ก");
    cluster = cluster_of(help, font, wide, 2, "ก่");
    assert_refused(help, &cluster, "ก่");
    for (size_t i = 0; i < PIECE_GLYPHS_MAX + 1; i++)
        many[i] = (struct glyph){base, 1, 0, 0};
    cluster = cluster_of(help, font, many, PIECE_GLYPHS_MAX + 1, "ก");
    assert_refused(help, &cluster, "ก");
    for (int i = 0; i < PIECE_UNITS_MAX + 1; i++)
        buf_byte(&text, 'f');
    const char *long_text = str_cstr(help->arena, buf_str(&text));
    cluster = cluster_of(help, font, many, 1, long_text);
    assert_refused(help, &cluster, long_text);
    cluster.text_len--;
    struct pieces *pieces = pieces_new(help->arena);
    struct piece_run run;
    assert_true(pieces_of(pieces, help->diags, &cluster, buf_str(&text), &run));
    help_close_font(font);
    help_close(help);
}

/* More pieces than one font can hold: a second font is opened, and both are embedded. */
static void
second_font_when_full(void **state)
{
    struct help *help = help_open();
    struct font *font = laksaman(help);
    size_t count = 62000;
    struct glyph *glyphs = arena_array(help->arena, count, sizeof(*glyphs));
    struct cluster *clusters = arena_array(help->arena, count, sizeof(*clusters));
    uint32_t base = glyph_id(font, 0xe01);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        glyphs[i] = (struct glyph){base, 500, (int)(i % 30000), (int)(i / 30000)};
        clusters[i] = cluster_of(help, font, &glyphs[i], 1, "ก");
    }
    help_newline(help);
    struct item *item = help_item(help, ITEM_TEXT);
    item->as.text.line = 1;
    item->as.text.whole = help_text(help, STR("ก"));
    item->as.text.clusters = clusters;
    item->as.text.count = (uint32_t)count;
    struct reader reader = reader_open(help->arena, help_write(help));
    struct shows shows = reader_all(&reader);
    assert_true(reader_font(&reader, 2) != reader_font(&reader, 1));
    unsigned largest = 0, second = 0;
    for (size_t i = 0; i < shows.count; i++) {
        if (!shows.shown[i].is_move && shows.shown[i].cid > largest)
            largest = shows.shown[i].cid;
        second += shows.shown[i].font == 2 && !shows.shown[i].is_move;
    }
    assert_true(largest > 59000 && largest < PIECES_MAX);
    assert_int_equal(second + largest, count);
    help_close_font(font);
    help_close(help);
}

/* A font that is shown through a table it does not have, or whose outlines lie outside of it. */
static void
damaged_outlines(void **state)
{
    struct help *help = help_open();
    struct str out = STR("");
    const struct pdf_meta meta = {.title = STR("")};
    hb_face_t *whole = NULL, *builder = hb_face_builder_create();
    static const char *const kept[] = {"head", "hhea", "hmtx", "maxp", "cmap", "OS/2"};
    struct font *font = laksaman(help);

    (void)state;
    whole = hb_font_get_face(font->hb);
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        hb_blob_t *table = hb_face_reference_table(whole, hb_tag_from_string(kept[i], 4));

        hb_face_builder_add_table(builder, hb_tag_from_string(kept[i], 4), table);
        hb_blob_destroy(table);
    }
    hb_blob_t *blob = hb_face_reference_blob(builder);
    hb_face_t *face = hb_face_create(blob, 0);
    struct font *broken = help_face(help, face, "Broken", FONT_REGULAR);
    help_line(help, broken, "กข", 0);
    assert_false(pdf_file(help->arena, help->diags, &help->pages, &meta, &out));
    assert_diag(help->diags, 0, PDF_FONT);
    assert_string_equal(diags_at(help->diags, 0)->arg[0], "Broken");
    help_close_font(broken);
    help_close_font(font);
    hb_face_destroy(face);
    hb_face_destroy(builder);
    hb_blob_destroy(blob);
    help_close(help);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laksaman_splits),
        cmocka_unit_test(laksaman_bold_splits),
        cmocka_unit_test(norasi_splits),
        cmocka_unit_test(cids_in_order_of_use),
        cmocka_unit_test(clusters_are_remembered),
        cmocka_unit_test(letters_behind_marks_stay_there),
        cmocka_unit_test(kerning_with_and_without_marks),
        cmocka_unit_test(mark_without_glyph),
        cmocka_unit_test(whole_clusters),
        cmocka_unit_test(too_much_for_a_glyph),
        cmocka_unit_test(second_font_when_full),
        cmocka_unit_test(damaged_outlines),
    };

    return cmocka_run_group_tests(tests, NULL, help_end);
}
