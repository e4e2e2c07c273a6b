/* SVG: path data, transforms and fills come out as steps; what cannot be drawn is refused with its
 * place. */
#include "test.h"

#include <stdio.h>

#include "base/files.h"
#include "base/path.h"
#include "image/image.h"

static struct drawing *
read_svg(struct fixture *f, const char *inside)
{
    const char *file =
        arena_printf(f->arena, "<svg xmlns=\"http://www.w3.org/2000/svg\">\n%s</svg>", inside);

    return drawing_read_svg(f->arena, f->diags, (struct pos){"a.svg", 0, 0}, str_of(file));
}

static const char *
steps_text(struct fixture *f, const struct path *path)
{
    struct buf out = buf_in(f->arena);

    for (size_t i = 0; i < path->count; i++) {
        const struct path_step *s = &path->steps[i];
        size_t points = s->op == PATH_CURVE ? 3 : s->op != PATH_CLOSE;
        buf_printf(&out, "%s%c", i > 0 ? " " : "", "MLCZ"[s->op]);
        for (size_t k = 0; k < points; k++)
            buf_printf(&out, "%s%d,%d", k > 0 ? " " : "", s->x[k], s->y[k]);
    }
    return str_cstr(f->arena, buf_str(&out));
}

/* Asserts the steps of a path in a drawing that is 1000 units wide, so that no power of ten comes
 * in between. */
static void
assert_steps(struct fixture *f, const char *data, const char *expected)
{
    struct drawing *drawing = read_svg(f, arena_printf(f->arena, "<path d='%s'/>", data));

    assert_non_null(drawing);
    assert_int_equal(drawing->count, 1);
    assert_string_equal(steps_text(f, drawing->paths), expected);
}

static void
lines_in_both_cases(void **state)
{
    assert_steps(*state, "M10 20L110,20 110-80.5z", "M10000,20000 L110000,20000 L110000,-80500 Z");
    assert_steps(*state, "m10 20 100 0h5v7H0V1e2", // implicit lineto, relative
                 "M10000,20000 L110000,20000 L115000,20000 L115000,27000 L0,27000 L0,100000");
    assert_steps(*state, "M0 0 200 0 200 200z l0 50", // after z the pen is at the start
                 "M0,0 L200000,0 L200000,200000 Z M0,0 L0,50000");
    assert_steps(*state, "M.5.5 100.25-1.5e1 0+20.", "M500,500 L100250,-15000 L0,20000");
}

static void
curves_in_both_cases(void **state)
{
    assert_steps(*state, "M0 0C1 2 3 4 105 106s1 2 3 4",
                 "M0,0 C1000,2000 3000,4000 105000,106000 "
                 "C207000,208000 106000,108000 108000,110000");
    /* without a curve before it, S begins at the pen */
    assert_steps(*state, "M100 0S3 4 5 106", "M100000,0 C100000,0 3000,4000 5000,106000");
    assert_steps(*state, "M0 0Q150 150 300 0t300 0",
                 "M0,0 C100000,100000 200000,100000 300000,0 "
                 "C400000,-100000 500000,-100000 600000,0");
}

static void
arcs_become_curves(void **state)
{
    /* a quarter of a circle: handles at 0.5523 of the radius; flags without blanks */
    assert_steps(*state, "M1000 0A1000 1000 0 01 0 1000",
                 "M1000000,0 C1000000,552285 552285,1000000 0,1000000");
    assert_steps(*state, "M1000 0a1000 1000 0 00-1000 1000",
                 "M1000000,0 C447715,0 0,447715 0,1000000");
    /* a radius of 0 is a line, no way is nothing, and short radii grow to a half circle */
    assert_steps(*state, "M0 0A0 5 0 0 1 500 0 V100", "M0,0 L500000,0 L500000,100000");
    assert_steps(*state, "M0 0A5 5 0 0 1 0 0 H500 V100", "M0,0 L500000,0 L500000,100000");
    assert_steps(*state, "M-1000 0A1 1 0 0 1 1000 0",
                 "M-1000000,0 C-1000000,-552285 -552285,-1000000 0,-1000000 "
                 "C552285,-1000000 1000000,-552285 1000000,0");
}

static void
the_large_arc_goes_round(void **state)
{
    struct fixture *f = *state;
    struct drawing *drawing = read_svg(f, "<path d='M1000 0A1000 1000 0 1 1 0 -1000'/>");

    assert_int_equal(drawing->paths->count, 4);
    assert_int_equal(drawing->box[0], -1000000);
    assert_int_equal(drawing->box[3], 1000000);
}

static void
transforms_nest(void **state)
{
    struct fixture *f = *state;
    struct drawing *drawing =
        read_svg(f, "<g transform='translate(10,20) scale(2)'><g transform='rotate(90)'>"
                    "<path transform='matrix(1 0 0 1 0 -5)' d='M0 0H100V100'/></g></g>"
                    "<path transform='rotate(180, 50 50) skewX(45)' d='M0 0H100V100'/>"
                    "<path transform='skewY(45),translate(1)' d='M0 0H100V100'/>");

    assert_int_equal(drawing->count, 3);
    assert_string_equal(steps_text(f, &drawing->paths[0]),
                        "M20000,20000 L20000,220000 L-180000,220000");
    assert_string_equal(steps_text(f, &drawing->paths[1]), "M100000,100000 L0,100000 L-100000,0");
    assert_string_equal(steps_text(f, &drawing->paths[2]),
                        "M1000,1000 L101000,101000 L101000,201000");
}

static void
assert_rgb(const struct path *path, unsigned red, unsigned green, unsigned blue)
{
    assert_int_equal(path->red, red);
    assert_int_equal(path->green, green);
    assert_int_equal(path->blue, blue);
}

static void
fills_are_handed_down(void **state)
{
    struct fixture *f = *state;
    struct drawing *drawing = read_svg(
        f, "<g fill='red' style='fill-rule: evenodd'><path d='M0 0H100V100'/>"
           "<path fill='#0af' d='M0 0H100V100'/><path fill='#010203' style='fill:rgb(4, 5, 6)' "
           "fill-rule='nonzero' d='M0 0H100V100'/><path fill='none' d='M0 0H100V100'/>"
           "<g style='display:none'><path d='M0 0H100V100'/></g></g><path d='M0 0H100V100'/>");

    assert_int_equal(drawing->count, 4);
    assert_rgb(&drawing->paths[0], 255, 0, 0);
    assert_true(drawing->paths[0].even_odd);
    assert_rgb(&drawing->paths[1], 0, 0xAA, 0xFF);
    assert_rgb(&drawing->paths[2], 4, 5, 6);
    assert_false(drawing->paths[2].even_odd);
    assert_rgb(&drawing->paths[3], 0, 0, 0);
}

static void
what_is_hidden_may_show_again(void **state)
{
    struct fixture *f = *state;
    struct drawing *drawing =
        read_svg(f, "<g visibility='hidden'><path d='M0 0H100V100'/>"
                    "<path visibility='visible' d='M0 0H200V200'/></g>"
                    "<g display='none'><path display='inline' d='M0 0H300V300'/></g>");

    assert_non_null(drawing);
    assert_int_equal(drawing->count, 1);
    assert_int_equal(drawing->box[2], 200000);
}

static void
the_current_colour_is_that_of_the_shape(void **state)
{
    struct fixture *f = *state;
    struct drawing *drawing =
        read_svg(f, "<path fill='currentColor' d='M0 0H100V100'/>"
                    "<g fill='currentColor' color='red'><path d='M0 0H100V100'/>"
                    "<path style='color:#010203' d='M0 0H100V100'/>"
                    "<path fill='blue' color='hsl(0,0%,0%)' d='M0 0H100V100'/></g>");

    assert_non_null(drawing);
    assert_int_equal(drawing->count, 4);
    assert_rgb(&drawing->paths[0], 0, 0, 0);
    assert_rgb(&drawing->paths[1], 255, 0, 0);
    assert_rgb(&drawing->paths[2], 1, 2, 3);
    assert_rgb(&drawing->paths[3], 0, 0, 255);
}

static void
shapes_are_paths_too(void **state)
{
    struct fixture *f = *state;
    struct drawing *drawing = read_svg(
        f, "<rect x='10' y='20' width='100px' height='50'/><polygon points='0,0 100,0 100,100'/>"
           "<circle cx='100' cy='100' r='100'/><ellipse cx='0' cy='0' rx='100' ry='50'/>"
           "<rect width='100' height='80' rx='20'/><rect width='0' height='80'/>");

    assert_int_equal(drawing->count, 5);
    assert_string_equal(steps_text(f, &drawing->paths[0]),
                        "M10000,20000 L110000,20000 L110000,70000 L10000,70000 L10000,20000 Z");
    assert_string_equal(steps_text(f, &drawing->paths[1]), "M0,0 L100000,0 L100000,100000 Z");
    assert_int_equal(drawing->paths[2].count, 6);
    assert_int_equal(drawing->paths[4].count, 10);
    assert_int_equal(drawing->box[0], -100000);
    assert_int_equal(drawing->box[1], -50000);
    assert_int_equal(drawing->box[2], 200000);
    assert_int_equal(drawing->box[3], 200000);
}

static void
the_box_is_that_of_the_curves(void **state)
{
    struct fixture *f = *state;
    /* handles at 200 lift the curve to 150 only */
    struct drawing *drawing = read_svg(f, "<path d='M0 0C0 200 1000 200 1000 0z'/>");

    assert_int_equal(drawing->box[0], 0);
    assert_int_equal(drawing->box[1], 0);
    assert_int_equal(drawing->box[2], 1000000);
    assert_int_equal(drawing->box[3], 150000);
}

static void
small_and_large_drawings_keep_their_shape(void **state)
{
    struct fixture *f = *state;
    struct drawing *small = read_svg(f, "<path d='M0 0H.001V.0005'/>");
    struct drawing *large = read_svg(f, "<path d='M0 0H100000000V50000000'/>");

    assert_int_equal(small->box[2], 2 * small->box[3]);
    assert_true(small->box[2] >= 100000);
    assert_int_equal(large->box[2], 2 * large->box[3]);
}

static void
what_draws_nothing_is_passed_over(void **state)
{
    struct fixture *f = *state;
    struct drawing *drawing =
        read_svg(f, "<title>t</title><metadata><x:RDF xmlns:x='urn:x'><x:a/></x:RDF></metadata>"
                    "<x:view xmlns:x='urn:x'><path d='M0 0H1V1'/></x:view>"
                    "<defs><linearGradient><stop/></linearGradient><image/></defs>"
                    "<path d='M0 0H100V100' style='stroke:none;opacity:1'><title>x</title></path>");

    assert_non_null(drawing);
    assert_int_equal(drawing->count, 1);
}

static void
assert_refused(struct fixture *f, const char *inside, const char *code, const char *what)
{
    struct diags *diags = f->diags;

    f->diags = diags_new();
    assert_null(read_svg(f, inside));
    assert_int_equal(diags_count(f->diags), 1);
    const struct diag *diag = diags_at(f->diags, 0);
    assert_string_equal(diag_code_name(diag->code), code);
    if (what != NULL)
        assert_true(str_find(diag_message(f->arena, diag, DIAG_ENGLISH), str_of(what)) != SIZE_MAX);
    assert_string_equal(diag->pos.file, "a.svg");
    diags_free(f->diags);
    f->diags = diags;
}

static void
what_cannot_be_drawn_is_named(void **state)
{
    struct fixture *f = *state;
    const char *u = "SVG_UNSUPPORTED";

    assert_refused(f, "<image href='a.png'/>", u, "<image>");
    assert_refused(f, "<style>.a{fill:red}</style>", u, "<style>");
    assert_refused(f, "<script>x</script>", u, "<script>");
    assert_refused(f, "<use href='#a'/>", u, "<use>");
    assert_refused(f, "<text>a</text>", u, "<text>");
    assert_refused(f, "<svg/>", u, "<svg>");
    assert_refused(f, "<path fill='url(#a)' d='M0 0H1V1'/>", u, "fill=\"url(#a)\"");
    assert_refused(f, "<path style='opacity:.5' d='M0 0H1V1'/>", u, "opacity=\".5\"");
    assert_refused(f, "<path style='/* x */fill:red' d='M0 0H1V1'/>", u, "style=");
    assert_refused(f, "<g color='hsl(0,0%,0%)' fill='currentColor'><path d='M0 0H1V1'/></g>", u,
                   "currentColor");
    assert_refused(f, "<path stroke='red' d='M0 0H1V1'/>", u, "stroke");
    assert_refused(f, "<g filter='url(#f)'/>", u, "filter=\"url(#f)\"");
    assert_refused(f, "<rect width='50%' height='1'/>", u, "width=\"50%\"");
    assert_null(drawing_read_svg(f->arena, f->diags, POS_NONE,
                                 STR("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>")));
    assert_diag(f->diags, 0, SVG_UNSUPPORTED);
}

static void
damage_has_its_place(void **state)
{
    struct fixture *f = *state;
    const char *d = "SVG_DAMAGED";

    assert_refused(f, "<path d='M0 0 L1'/>", d, "(path, character 8)");
    assert_refused(f, "<path d='L1 1'/>", d, "(path, character 1)");
    assert_refused(f, "<path d='M0 0 X'/>", d, "(path, character 6)");
    assert_refused(f, "<path d='M0 0 z 5'/>", d, "(path, character 8)");
    assert_refused(f, "<path d='M0 0A1 1 0 2 0 1 1'/>", d, NULL);
    assert_refused(f, "<path d='M0 0L1e99 1'/>", d, NULL);
    assert_refused(f, "<g transform='scale(1 2 3)'/>", d, "(transform, character 1)");
    assert_refused(f, "<g transform='scale(1'/>", d, NULL);
    assert_refused(f, "<g transform='rotate'/>", d, NULL);
    assert_refused(f, "<polygon points='1 2 3'/>", d, "(points, character 6)");
    assert_refused(f, "<g>", d, NULL);
    assert_refused(f, "", "SVG_EMPTY", NULL);
    assert_refused(f, "<path d='M0 0H5'/>", "SVG_EMPTY", NULL);
    assert_null(read_svg(f, "<g>\n  <path d='Q'/></g>"));
    assert_int_equal(diags_at(f->diags, 0)->pos.line, 3);
    assert_int_equal(diags_at(f->diags, 0)->pos.column, 3);
    assert_null(drawing_read_svg(f->arena, f->diags, POS_NONE, STR("<html/>")));
    assert_diag(f->diags, 1, SVG_DAMAGED);
    assert_null(drawing_read_svg(f->arena, f->diags, POS_NONE, STR("")));
    assert_diag(f->diags, 2, SVG_DAMAGED);
}

static const char *
repeated(struct fixture *f, const char *before, const char *part, size_t count, const char *after)
{
    struct buf out = buf_in(f->arena);

    buf_text(&out, before);
    for (size_t i = 0; i < count; i++)
        buf_text(&out, part);
    buf_text(&out, after);
    buf_byte(&out, '\0');
    return out.ptr;
}

static void
limits_end_the_reading(void **state)
{
    struct fixture *f = *state;
    const char *t = "SVG_TOO_LARGE";

    assert_refused(f, repeated(f, "", "<g>", DRAWING_DEPTH_MAX, ""), t, NULL);
    assert_refused(f, repeated(f, "<path d='M0 0", "h1 1", DRAWING_STEPS_MAX, "'/>"), t, NULL);
    assert_refused(f, repeated(f, "<g transform='", "scale(1e9)", 40, "'><path d='M0 0H1V1'/></g>"),
                   "SVG_DAMAGED", NULL);
    struct str much = {"", DRAWING_BYTES_MAX + 1};
    assert_null(drawing_read_svg(f->arena, f->diags, POS_NONE, much));
    assert_diag(f->diags, 0, SVG_TOO_LARGE);
}

/* The real emblem, where it is at hand. */
static void
a_real_emblem_is_read(void **state)
{
    struct fixture *f = *state;
    const char *shared = getenv("BANTHUEK_SHARED");
    struct str file;

    if (shared == NULL)
        skip();
    const char *path = path_join(f->arena, shared, "emblem/garuda.svg");
    assert_true(
        files_read(files_system(), f->arena, f->diags, POS_NONE, path, DRAWING_BYTES_MAX, &file));
    struct drawing *drawing = drawing_read_svg(f->arena, f->diags, POS_NONE, file);
    assert_non_null(drawing);
    assert_int_equal(drawing->count, 1);
    int64_t width = drawing->box[2] - drawing->box[0], height = drawing->box[3] - drawing->box[1];
    assert_in_range(width * 1000 / height, 914, 918);
    assert_in_range(drawing->paths->count, 2200, 2600);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_in_both_cases),
        TEST(curves_in_both_cases),
        TEST(arcs_become_curves),
        TEST(the_large_arc_goes_round),
        TEST(transforms_nest),
        TEST(fills_are_handed_down),
        TEST(what_is_hidden_may_show_again),
        TEST(the_current_colour_is_that_of_the_shape),
        TEST(shapes_are_paths_too),
        TEST(the_box_is_that_of_the_curves),
        TEST(small_and_large_drawings_keep_their_shape),
        TEST(what_draws_nothing_is_passed_over),
        TEST(what_cannot_be_drawn_is_named),
        TEST(damage_has_its_place),
        TEST(limits_end_the_reading),
        TEST(a_real_emblem_is_read),
    };

    return cmocka_run_group_tests_name("image_svg", tests, NULL, NULL);
}
