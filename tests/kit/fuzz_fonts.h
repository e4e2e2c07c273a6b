/* For fuzz targets that keep the system's fonts open from the first input to the end. */
#ifndef FUZZ_FONTS_H
#define FUZZ_FONTS_H

const char *__lsan_default_suppressions(void);

/* What fontconfig holds is found by offsets, which LeakSanitizer does not follow. */
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

#endif
