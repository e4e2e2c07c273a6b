#include "doc/alt.h"

#include "base/decimal.h"
#include "base/utf8.h"
#include "doc/node.h"
#include "thai/digits.h"

static struct str
value_text(struct arena *arena, struct str text, int decimals)
{
    struct decimal value;

    if (text.len == 0)
        return STR("(ยังไม่มีค่า)");
    if (decimal_parse(text, &value)) {
        if (decimals >= 0)
            (void)decimal_round(value, (uint8_t)decimals, &value);
        text = decimal_text(arena, value, false);
    }
    return digits_to_thai(arena, text);
}

/* The value that a bar is compared with, by its name. */
static void
add_before(struct arena *arena, const struct node *chart, const struct node *bar, int decimals,
           struct buf *out)
{
    struct str before = node_get(bar, ATTRIBUTE_bar_before);
    struct str name = node_get(chart, ATTRIBUTE_chart_name_before);

    if (before.len == 0)
        return;
    struct str text = value_text(arena, before, decimals);
    buf_printf(out, " (%.*s %.*s)", STR_FMT(name.len > 0 ? name : STR("เดิม")), STR_FMT(text));
}

static struct str
chart_text(struct arena *arena, const struct node *chart)
{
    int decimals = node_count(chart, ATTRIBUTE_chart_decimals, -1);
    struct str title = node_get(chart, ATTRIBUTE_chart_title);
    struct buf out = buf_in(arena);
    const char *before = ": ";

    buf_text(&out, "แผนภูมิแท่ง");
    if (title.len > 0) {
        buf_byte(&out, ' ');
        buf_add(&out, title);
    }
    for (const struct node *bar = chart->first; bar != NULL; bar = bar->next) {
        if (bar->kind != NODE_ELEMENT || bar->element != ELEMENT_bar)
            continue;
        struct str label = node_get(bar, ATTRIBUTE_bar_label);
        buf_text(&out, before);
        buf_add(&out, label);
        buf_text(&out, label.len > 0 ? " " : "");
        buf_add(&out, value_text(arena, node_get(bar, ATTRIBUTE_bar_value), decimals));
        add_before(arena, chart, bar, decimals, &out);
        before = ", ";
    }
    return buf_str(&out);
}

static struct str
qr_words(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "คิวอาร์โค้ด: ");
    buf_add(&out, text);
    return buf_str(&out);
}

struct str
alt_text(struct arena *arena, const struct node *node)
{
    struct str given;

    switch (node->element) {
    case ELEMENT_head:
        given = node_get(node, ATTRIBUTE_head_emblem);
        return given.len > 0 ? given : STR("ตราครุฑ");
    case ELEMENT_chart:
        given = node_get(node, ATTRIBUTE_chart_alt);
        return given.len > 0 ? given : chart_text(arena, node);
    case ELEMENT_qr:
        given = node_get(node, ATTRIBUTE_qr_alt);
        return given.len > 0 ? given
                             : qr_words(arena, utf8_trim(node_get(node, ATTRIBUTE_qr_text)));
    default:
        return node_get(node, ATTRIBUTE_img_alt);
    }
}
