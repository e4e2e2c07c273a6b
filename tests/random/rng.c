#include "random/random.h"

static uint64_t
next(struct rng *rng)
{
    uint64_t z = (rng->state += 0x9E3779B97F4A7C15U);

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

uint32_t
rng_below(struct rng *rng, uint32_t limit)
{
    return (uint32_t)(next(rng) >> 33) % limit;
}

bool
rng_hit(struct rng *rng, uint32_t percent)
{
    return rng_below(rng, 100) < percent;
}
