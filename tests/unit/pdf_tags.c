/* The structure of tagged files, against what is expected of documents in markup. */
#include "layout_kit.h"
#include "pdf_file.h"
#include "pdf_tree.h"

#include "pdf/object.h"
#include "pdf/pdf.h"

static struct reader
written(struct kit *kit, const char *markup)
{
    const struct pdf_meta meta = {.title = STR("ก")};
    struct pages *pages = kit_pages(kit, markup);
    struct str file = STR("");

    assert_non_null(pages);
    assert_true(pdf_file(kit->arena, kit->diags, pages, &meta, &file));
    return reader_open(kit->arena, file);
}

/* The tree with its texts. */
static const char *
tree_of(struct kit *kit, const char *markup)
{
    struct reader reader = written(kit, markup);

    return tree_text(&reader, true);
}

static const char *
shape_of(struct kit *kit, const char *markup)
{
    struct reader reader = written(kit, markup);

    return tree_text(&reader, false);
}

static void
paragraphs_and_headings(void **state)
{
    assert_string_equal(tree_of(*state,
                                "<memo><section><h1>ก</h1><p>ข <b>ค</b><u>ง</u></p></section>"
                                "<section><h2>จ</h2><keep><p>ฉ<br/>ช</p></keep></section></memo>"),
                        "Document(Sect(H1(ก)P(ข คง))Sect(H2(จ)P(ฉช)))");
}

/* A heading goes at most one level below the one before, and those of one level stay so. */
static void
levels_are_not_skipped(void **state)
{
    assert_string_equal(tree_of(*state, "<memo><h3>ก</h3><h3>ข</h3><h1>ค</h1><h3>ง</h3><h3>จ</h3>"
                                        "<h2>ฉ</h2><h3>ช</h3></memo>"),
                        "Document(H1(ก)H1(ข)H1(ค)H2(ง)H2(จ)H2(ฉ)H3(ช))");
}

static void
head_is_title_and_list(void **state)
{
    assert_string_equal(
        tree_of(*state, "<memo urgency='ด่วน'><section><head><field label='ที่'>ก</field>"
                        "<field label='วันที่' beside='yes'>ข</field><field label='เรียน'/></head>"
                        "<p>ค</p><field label='ง'>จ</field></section></memo>"),
        "Document(P(ด่วน)Sect(H1(บันทึกข้อความ)L{<</O/List/ListNumbering/"
        "Description>>}(LI(Lbl(ที่)LBody(ก))"
        "LI(Lbl(วันที่)LBody(ข))LI(Lbl(เรียน)))P(ค)L{<</O/List/ListNumbering/Description>>}"
        "(LI(Lbl(ง)LBody(จ)))))");
}

static void
lists_nest(void **state)
{
    assert_string_equal(
        tree_of(*state, "<memo><ol marker='ก.'><li>ข<ul><li>ค</li></ul>ง</li><li/></ol>"
                        "<ol><li marker='๑)'>จ</li></ol><ul marker='•'><li>ฉ</li></ul></memo>"),
        "Document(L{<</O/List/ListNumbering/UpperAlpha>>}(LI(Lbl(ก. )LBody(P(ข)"
        "L{<</O/List/ListNumbering/Disc>>}(LI(Lbl(- )LBody(ค)))P(ง)))LI(Lbl(ข. )))"
        "L{<</O/List/ListNumbering/Decimal>>}(LI(Lbl(๑) )LBody(จ)))"
        "L{<</O/List/ListNumbering/Disc>>}(LI(Lbl(• )LBody(ฉ))))");
}

static void
opinions_and_signatures(void **state)
{
    assert_string_equal(tree_of(*state,
                                "<memo><opinion title='ก'><p>ข</p><signature name='ค' position='ง' "
                                "acting='จ' acting-for='ฉ'/></opinion></memo>"),
                        "Document(Sect(H1(ก)P(ข)Div(P((ค))P(ง จ)P(ฉ))))");
}

static void
english_is_marked(void **state)
{
    assert_string_equal(
        tree_of(*state, "<memo><p>ก (Integrity and Trust : ITA) ข O26 ค e-GP</p><p>(ITA)</p>"
                        "<p>O1 a b 26</p><p>No Gift Policy</p></memo>"),
        "Document(P(ก (Span{(en)}(Integrity and Trust : ITA)) ข O26 ค Span{(en)}(e-GP))"
        "P{(en)}((ITA))P(O1 a b 26)P{(en)}(No Gift Policy))");
}

/* Boxes are fields of a form that is filled in by pen. */
static void
boxes_are_forms(void **state)
{
    assert_string_equal(tree_of(*state, "<memo><p><checkbox/> ก <checkbox checked='yes'/> ITA ☐</p>"
                                        "<p><checkbox checked='yes'/></p></memo>"),
                        "Document(P(Form{<</O/PrintField/Role/cb/checked/off>>}(☐) ก "
                        "Form{<</O/PrintField/Role/cb/checked/on>>}(☑) Span{(en)}(ITA) "
                        "Form{<</O/PrintField/Role/cb/checked/off>>}(☐))"
                        "P(Form{<</O/PrintField/Role/cb/checked/on>>}(☑)))");
    /* as they are typed elsewhere; a bullet is none */
    assert_string_equal(tree_of(*state, "<memo><p>□ ก ☒ ข ■ ● → ✔</p></memo>"),
                        "Document(P(Form{<</O/PrintField/Role/cb/checked/off>>}(□) ก "
                        "Form{<</O/PrintField/Role/cb/checked/on>>}(☒) ข ■ ● → ✔))");
}

/* Words of one run that stand in two lines are one Span; text and order stay as they were. */
static void
english_over_lines(void **state)
{
    const char *tree = tree_of(
        *state, "<memo><p>การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ "
                "(Integrity and Transparency Assessment of all offices : ITA) แล้ว</p></memo>");

    assert_string_equal(
        tree, "Document(P(การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Span{(en)}"
              "(Integrity and Transparency Assessment of all offices : ITA)) แล้ว))");
}

static void
tables_have_all_cells(void **state)
{
    assert_string_equal(
        tree_of(*state, "<memo><table><thead><tr><th>ก</th><th>ข</th></tr></thead>"
                        "<tr><td>ค</td><td/></tr><tr><th>ง</th></tr>"
                        "<tbody><tr><td><p>จ</p>ฉ</td><td>ช</td></tr></tbody></table></memo>"),
        "Document(Table(THead(TR(TH{<</O/Table/Scope/Column>>}(ก)TH{<</O/Table/Scope/Column>>}(ข)))"
        "TBody(TR(TD(ค)TD())TR(TH{<</O/Table/Scope/Row>>}(ง)TD()))TBody(TR(TD(P(จ)P(ฉ))TD(ช)))))");
}

/* A table of heads alone has no THead. */
/* All are asked for twice: when they are painted, and when links are looked for. */
static void
cells_may_hold_many_texts(void **state)
{
    struct kit *kit = *state;
    struct buf markup = buf_in(kit->arena), expected = buf_in(kit->arena);

    buf_text(&markup, "<memo><section><table><tr><td>");
    buf_text(&expected, "Document(Sect(Table(TBody(TR(TD(");
    for (int i = 0; i < 400; i++) {
        bool link = i % 10 == 0;

        buf_printf(&markup, "ก %s<p>%d</p>", link ? "a@b.th" : "ข", i);
        buf_printf(&expected, "P(ก %s)P(%d)", link ? "Link{(en)}(a@b.th@mailto:a@b.th)" : "ข", i);
    }
    buf_text(&markup, "</td></tr></table></section></memo>");
    buf_text(&expected, "))))))");
    assert_string_equal(tree_of(kit, str_cstr(kit->arena, buf_str(&markup))),
                        str_cstr(kit->arena, buf_str(&expected)));
}

static void
heads_alone(void **state)
{
    assert_string_equal(
        shape_of(*state, "<memo><table><thead><tr><th>ก</th></tr></thead></table></memo>"),
        "Document(Table(TR(TH{<</O/Table/Scope/Column>>}())))");
}

/* A head over two columns does not say by its scope alone which cells it is for: cells name their
 * heads, those above first. A span ends with its rows. */
static void
spans_need_headers(void **state)
{
    struct reader reader =
        written(*state, "<memo><table><thead><tr><th rowspan='2'>ก</th><th colspan='2'>ข</th></tr>"
                        "<tr><th>ค</th><th>ง</th></tr></thead>"
                        "<tr><th rowspan='9'>จ</th><td>ฉ</td><td>ช</td></tr>"
                        "<tr><td colspan='2'>ซ</td></tr></table></memo>");

    assert_string_equal(
        tree_text(&reader, true),
        "Document(Table(THead("
        "TR(TH{<</O/Table/Scope/Column/RowSpan 2>>}(ก)"
        "TH{(h0000001) <</O/Table/Scope/Column/ColSpan 2>>}(ข))"
        "TR(TH{(h0000002) <</O/Table/Scope/Column>>}(ค)TH{(h0000004) "
        "<</O/Table/Scope/Column>>}(ง)))"
        "TBody(TR(TH{(h0000003) <</O/Table/Scope/Row/RowSpan 2>>}(จ)"
        "TD{<</O/Table/Headers [(h0000001)(h0000002)(h0000003)]>>}(ฉ)"
        "TD{<</O/Table/Headers [(h0000001)(h0000004)(h0000003)]>>}(ช))"
        "TR(TD{<</O/Table/ColSpan 2/Headers [(h0000001)(h0000002)(h0000004)(h0000003)]>>}(ซ)))))");
    size_t root = reader_search(&reader, "/Type /StructTreeRoot", 0);
    assert_true(reader_check_filled(&reader, root, "/IDTree "));
    assert_true(reader_search(&reader, "/Limits [(h0000001)(h0000004)]\n/Names [(h0000001)", 0) !=
                0);
}

static void
figures_have_words(void **state)
{
    struct reader reader = written(*state, "<memo><img src='a.png' alt='ก' width='72pt'/></memo>");
    size_t figure = reader_search(&reader, "/S /Figure", 0);

    assert_true(reader_check_filled(&reader, figure, "/Alt <FEFF0E01>"));
    /* as wide as asked for, half as high, in the middle of the measure below the margin */
    assert_true(reader_check_filled(&reader, figure, "/A <</O/Layout/Placement/Block/BBox ["));
    assert_string_equal(tree_text(&reader, false), "Document(Figure{<FEFF0E01>}())");
}

/* The emblem is told before the title of its head: the Garuda, unless the template says otherwise.
 */
static void
emblems_have_words(void **state)
{
    struct kit *kit = *state;

    kit->job.emblem_picture = &kit->image;
    assert_string_equal(tree_of(kit, "<memo><section><head emblem='ก'/></section>"
                                     "<section><head/></section></memo>"),
                        "Document(Sect(Figure{<FEFF0E01>}()H1(บันทึกข้อความ))"
                        "Sect(Figure{<FEFF0E150E230E320E040E230E380E11>}()H1(บันทึกข้อความ)))");
}

/* The words of a chart are its title and values; the title is its caption. */
static void
charts_are_told(void **state)
{
    struct kit *kit = *state;
    struct reader reader =
        written(kit, "<memo><chart title='ก' decimals='2'><bar label='ข' value='99.5'/>"
                     "<bar label='ค' value='0'/></chart></memo>");
    size_t figure = reader_search(&reader, "/S /Figure", 0);
    struct buf words = buf_in(kit->arena);

    buf_text(&words, "/Alt <FEFF");
    pdf_utf16_hex(&words, STR("แผนภูมิแท่ง ก: ข ๙๙.๕๐, ค ๐.๐๐"));
    assert_true(reader_check_filled(&reader, figure, str_cstr(kit->arena, buf_str(&words))));
    assert_non_null(strstr(tree_text(&reader, true), "(Caption(ก)"));
    /* a blank at which no line ends is set as another; scales are no captions */
    reader =
        written(kit, "<memo><chart title='ก\u00A0ข'><bar label='ข' value='1'/></chart></memo>");
    assert_non_null(strstr(tree_text(&reader, true), "(Caption(ก ข)"));
    reader = written(kit, "<memo><chart title='\u00A0'><bar label='ข' value='1'/></chart></memo>");
    assert_null(strstr(tree_text(&reader, true), "Caption"));
    reader = written(kit, "<memo><chart alt='ง'><bar label='ข' value='1'/></chart></memo>");
    assert_true(
        reader_check_filled(&reader, reader_search(&reader, "/S /Figure", 0), "/Alt <FEFF0E07>"));
}

/* A chart of pairs tells both values of each, its legend is a part of it. */
static void
charts_of_pairs_are_told(void **state)
{
    struct kit *kit = *state;
    struct reader reader =
        written(kit, "<memo><chart title='ก' name='ปี 2566' name-before='ปี 2565' decimals='2'>"
                     "<bar label='ข' value='99.5' before='98'/><bar label='ค' value='0'/>"
                     "</chart><chart alt='' ><bar label='ข' value='1' before='0'/></chart></memo>");
    struct buf words = buf_in(kit->arena), other = buf_in(kit->arena);

    buf_text(&words, "/Alt <FEFF");
    pdf_utf16_hex(&words, STR("แผนภูมิแท่ง ก: ข ๙๙.๕๐ (ปี 2565 ๙๘.๐๐), ค ๐.๐๐"));
    assert_true(reader_check_filled(&reader, reader_search(&reader, "/S /Figure", 0),
                                    str_cstr(kit->arena, buf_str(&words))));
    assert_non_null(strstr(tree_text(&reader, true), "(Caption(ก)"));
    buf_text(&other, "/Alt <FEFF");
    pdf_utf16_hex(&other, STR("แผนภูมิแท่ง: ข ๑ (เดิม ๐)"));
    assert_true(reader_search(&reader, str_cstr(kit->arena, buf_str(&other)), 0) > 0);
}

/* A paragraph and a cell that run over a page end are one element each; heads that are repeated,
 * page numbers and continuation words are not in the tree. */
static void
over_a_page_end(void **state)
{
    struct kit *kit = *state;
    struct buf words = buf_in(kit->arena), markup = buf_in(kit->arena), want = buf_in(kit->arena);

    for (int i = 1; i <= 1000; i++)
        buf_printf(&words, "%sคำที่ %d", i == 1 ? "" : " ", i);
    struct str text = buf_str(&words);
    buf_printf(&markup,
               "<memo><section continuation='yes'><p>%.*s</p><table continued='ต่อ'><thead><tr>"
               "<th>ก</th></tr></thead><tr><td>%.*s</td></tr></table></section></memo>",
               STR_FMT(text), STR_FMT(text));
    buf_printf(&want,
               "Document(Sect(P(%.*s)Table(THead(TR(TH{<</O/Table/Scope/Column>>}(ก)))"
               "TBody(TR(TD(%.*s))))))",
               STR_FMT(text), STR_FMT(text));
    struct reader reader = written(kit, str_cstr(kit->arena, buf_str(&markup)));
    assert_string_equal(tree_text(&reader, true), str_cstr(kit->arena, buf_str(&want)));
    assert_true(reader_search(&reader, "<</Type/MCR/Pg ", 0) != 0);
}

/* Marks are read once, where they stand first. */
static void
marks_are_read_once(void **state)
{
    assert_string_equal(tree_of(*state, "<memo secrecy='ลับ' urgency='ด่วน'><p>ก</p><pagebreak/>"
                                        "<p>ข</p></memo>"),
                        "Document(P(ลับ)P(ด่วน)P(ก)P(ข))");
}

/* Every page says where its content is looked up, and the answer is the element that has it. */
static void
parents_are_found(void **state)
{
    struct kit *kit = *state;
    struct reader reader = written(kit, "<memo><p>ก</p><pagebreak/><p>ข</p><p>ค</p></memo>");
    size_t root = reader_search(&reader, "/Type /StructTreeRoot", 0);
    size_t leaf = reader_key(&reader, reader_key(&reader, root, "/ParentTree "), "/Kids ");
    struct str rows = reader_dict(&reader, leaf);
    size_t first = reader_search(&reader, "/S /P/", 0);

    assert_true(reader_find(rows, "/Limits [0 1]") != SIZE_MAX);
    struct buf want = buf_in(kit->arena);
    buf_printf(&want, "/Nums [0 [%zu 0 R\n]\n1 [%zu 0 R\n%zu 0 R\n]\n]", first, first + 1,
               first + 2);
    assert_true(str_find(rows, buf_str(&want)) != SIZE_MAX);
    size_t page = reader_search(&reader, "/StructParents 1", 0);
    assert_true(reader_check_filled(&reader, page, "/Tabs /S"));
    assert_int_equal(reader_value(reader_dict(&reader, first + 2), "/Pg "), page);
}

/* Addresses are links, in what is English too; an annotation is "@" and where it leads. */
static void
addresses_are_links(void **state)
{
    assert_string_equal(tree_of(*state, "<memo><p>ดู www.a.thและ a@b.th</p><h1>See the www.a.th "
                                        "now</h1><p>https://a.th/ก</p><p>www.a.th</p></memo>"),
                        "Document(P(ดู Link{(en)}(www.a.th@http://www.a.th)และ "
                        "Link{(en)}(a@b.th@mailto:a@b.th))H1{(en)}(See the "
                        "Link(www.a.th@http://www.a.th) now)"
                        "P(Link(https://a.th/ก@https://a.th/%E0%B8%81))"
                        "P{(en)}(Link(www.a.th@http://www.a.th)))");
    assert_string_equal(tree_of(*state, "<memo><p>ดู read www.<b>a</b>.th and so on</p></memo>"),
                        "Document(P(ดู Span{(en)}(read )Link{(en)}(www.a.th@http://www.a.th)"
                        "Span{(en)}( and so on)))");
}

/* What the template makes a link holds its own English and boxes; a code is no English. What leads
 * to nothing is no link. "#" stands for a place in the document. */
static void
links_hold_english_and_boxes(void **state)
{
    assert_string_equal(
        tree_of(*state, "<memo><p>ดู<a href='#ก'>ระบบ <b>ITAS</b> ใหม่</a>และ O1 กับ "
                        "<a href='https://a.th/ x'>Integrity <i>Assessment</i></a> "
                        "<a href='tel:1'><checkbox checked='yes'/> โทร</a></p>"
                        "<p id='ก' refer='O1'>O1 <a href='#'>ข</a><a href='#ค'>ค</a></p></memo>"),
        "Document(P(ดูLink(ระบบ Span{(en)}(ITAS) ใหม่@#)และ Link(O1@#) กับ "
        "Link{(en)}(Integrity Assessment@https://a.th/%20x) "
        "Link(Form{<</O/PrintField/Role/cb/checked/on>>}(☑) โทร@tel:1))P(O1 ขค))");
    assert_string_equal(tree_of(*state, "<memo><p>Read <a href='#a'>the table</a> first</p>"
                                        "<p id='a'>Table</p></memo>"),
                        "Document(P{(en)}(Read Link(the table@#) first)P{(en)}(Table))");
}

/* Links of the template go before addresses, these before words; nothing printed is no target. */
static void
links_do_not_overlap(void **state)
{
    assert_string_equal(
        tree_of(*state, "<memo><p><a href='tel:1'>www.a.th</a> และ www.b.th/O1 ที่ b.th</p>"
                        "<p>ก<a href='#empty'>ข</a> ว่าง</p><p refer='O1 | b.th'>ค</p>"
                        "<p id='empty' refer='ว่าง'/></memo>"),
        "Document(P(Link{(en)}(www.a.th@tel:1) และ Link{(en)}(www.b.th/O1@http://www.b.th/O1) ที่ "
        "Link{(en)}(b.th@#))P(กข ว่าง)P(ค))");
}

/* In a marker and in a chart there are none. */
static void
no_links_elsewhere(void **state)
{
    struct reader reader =
        written(*state, "<memo><ul><li marker='www.a.th'>ก</li></ul><chart title='ข'>"
                        "<bar label='www.a.th' value='1'/></chart>"
                        "<field label='www.a.th'>ค</field></memo>");

    assert_int_equal(reader_search(&reader, "/Subtype /Link", 0), 0);
    assert_int_equal(reader_search(&reader, "/S /Link", 0), 0);
}

static void
long_addresses_have_one_of_several_boxes(void **state)
{
    const char *tree = tree_of(*state, "<memo><p>ก https://www.example.go.th/news/2566/"
                                       "announcement-of-the-integrity/transparency-assessment/"
                                       "and-yet-another-folder/index.php?id=1</p></memo>");
    size_t links = 0;

    for (const char *at = tree; (at = strchr(at, '@')) != NULL; at++)
        links++;
    assert_int_equal(links, 1);
}

/* Everything that is painted is in a sequence, of an element or of artifacts; sequences and text
 * objects nest. */
static void
all_is_marked(void **state)
{
    struct reader reader = written(
        *state, "<memo secrecy='ลับ'><section first-number='yes'><head><field label='ก'>ข</field>"
                "</head><p>ค <u>ง</u> ITA</p><chart><bar label='จ' value='1'/></chart>"
                "<table><tr><td>ฉ</td></tr></table></section></memo>");
    size_t page = reader_search(&reader, "/Type /Page\n", 0);
    struct str content = reader_stream(&reader, reader_key(&reader, page, "/Contents ")), row;
    char open[8] = "";
    size_t depth = 0;

    while (str_line(&content, &row)) {
        if (str_ends(row, STR("BDC")) || str_ends(row, STR("BMC")))
            open[depth++] = 'm';
        else if (str_is(row, "BT"))
            open[depth++] = 't';
        else if (str_is(row, "EMC"))
            assert_int_equal(open[--depth], 'm');
        else if (str_is(row, "ET"))
            assert_int_equal(open[--depth], 't');
        else if (str_ends(row, STR("Tj")) || str_ends(row, STR("TJ")) || str_ends(row, STR(" S")) ||
                 str_ends(row, STR(" f")) || str_ends(row, STR("Do Q")))
            assert_true(depth > 0 && memchr(open, 'm', depth) != NULL);
        assert_true(depth < sizeof(open));
    }
    assert_int_equal(depth, 0);
}

static void
plain_has_none(void **state)
{
    struct kit *kit = *state;
    const struct pdf_meta meta = {.title = STR("ก"), .plain = true};
    struct str file = STR("");

    assert_true(
        pdf_file(kit->arena, kit->diags, kit_pages(kit, "<memo><p>ก</p></memo>"), &meta, &file));
    struct reader reader = reader_open(kit->arena, file);
    assert_int_equal(reader_search(&reader, "Struct", 0), 0);
    assert_int_equal(reader_search(&reader, "/MarkInfo", 0), 0);
    assert_true(reader_find(file, "<pdfaid:conformance>U<") != SIZE_MAX);
    assert_true(reader_find(file, "pdfuaid") == SIZE_MAX);
}

/* The claims of a whole file, and of one that has no title. */
static void
claims_are_made(void **state)
{
    struct kit *kit = *state;
    struct str file = written(kit, "<memo><p>ก</p></memo>").file;
    const struct pdf_meta untitled = {.title = STR("")};

    assert_true(reader_find(file, "<pdfaid:conformance>A<") != SIZE_MAX);
    assert_true(reader_find(file, "<pdfuaid:part>1<") != SIZE_MAX);
    assert_true(pdf_file(kit->arena, kit->diags, kit_pages(kit, "<memo><p>ก</p></memo>"), &untitled,
                         &file));
    assert_true(reader_find(file, "<pdfaid:conformance>A<") != SIZE_MAX);
    assert_true(reader_find(file, "pdfuaid") == SIZE_MAX);
}

/* Who reads pages, fields and files of a PDF reads no elements, bookmarks and links with them. */
static void
elements_are_kept_aside(void **state)
{
    struct kit *kit = *state;
    struct reader reader =
        written(kit, "<memo><h1 id='k'>ก</h1><p>ข <a href='#k'>ค</a></p></memo>");
    size_t with_pages = 0, with_elements = 0;

    for (size_t i = 1; i < reader.count; i++) {
        if (!reader_check_filled(&reader, i, "/ObjStm"))
            continue;
        struct str held = reader_unpacked(kit->arena, reader.objects[i]);
        bool pages = reader_find(held, "/Type /Page\n") != SIZE_MAX;
        bool elements = reader_find(held, "/S /P/P") != SIZE_MAX;
        assert_true(!pages || (reader_find(held, "/Type /Catalog") != SIZE_MAX && !elements &&
                               reader_find(held, "/Dest [") == SIZE_MAX));
        with_pages += pages;
        with_elements += elements;
    }
    assert_int_equal(with_pages, 1);
    assert_int_equal(with_elements, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(paragraphs_and_headings),
        TEST(levels_are_not_skipped),
        TEST(head_is_title_and_list),
        TEST(lists_nest),
        TEST(opinions_and_signatures),
        TEST(english_is_marked),
        TEST(english_over_lines),
        TEST(boxes_are_forms),
        TEST(tables_have_all_cells),
        TEST(cells_may_hold_many_texts),
        TEST(heads_alone),
        TEST(spans_need_headers),
        TEST(figures_have_words),
        TEST(emblems_have_words),
        TEST(charts_are_told),
        TEST(charts_of_pairs_are_told),
        TEST(over_a_page_end),
        TEST(marks_are_read_once),
        TEST(addresses_are_links),
        TEST(links_hold_english_and_boxes),
        TEST(links_do_not_overlap),
        TEST(no_links_elsewhere),
        TEST(long_addresses_have_one_of_several_boxes),
        TEST(parents_are_found),
        TEST(all_is_marked),
        TEST(plain_has_none),
        TEST(claims_are_made),
        TEST(elements_are_kept_aside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
