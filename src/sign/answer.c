/* What an opinion means for the route. */
#include "banthuek-sign.h"
#include "base/str.h"

struct answer {
    const char *words;
    enum banthuek_answer means;
};

static const struct answer answers[] = {
    {"ไม่อนุมัติ", BANTHUEK_REFUSED},
    {"ไม่เห็นชอบ", BANTHUEK_REFUSED},
    {"ส่งคืนแก้ไข", BANTHUEK_RETURNED},
};

enum banthuek_answer
banthuek_answer_of(struct banthuek_bytes opinion)
{
    struct str text = str_trim((struct str){opinion.data, opinion.size});

    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (str_starts(text, str_of(answers[i].words)))
            return answers[i].means;
    }
    return BANTHUEK_FORWARD;
}
