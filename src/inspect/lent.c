#include "inspect/lent.h"

#include "engine/report.h"

struct lent
lent_of(struct banthuek *b)
{
    return (struct lent){b->work.arena, b->work.diags, b->work.files};
}

void
lent_take(void *own, size_t size, const void *given)
{
    take_given(own, size, given);
}
