/* fontconfig as far as it says which fonts there are. For font_list.c. */
#ifndef TEXT_FONT_CONFIG_H
#define TEXT_FONT_CONFIG_H

/* fontconfig with its list, loaded from folders, caches and what is left out of them; rules of
 * matching, nine tenths of what it reads, are not. NULL where the system's files hold what this
 * cannot follow. Give back with FcConfigDestroy(). */
void *font_config_quick(void);

#endif
