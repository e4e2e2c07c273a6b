/* What the system says, in words of both languages. */
#ifndef BASE_SYSTEM_H
#define BASE_SYSTEM_H

/* An error number (errno), in Thai; NULL for one that files, programs and connections do not bring.
 */
const char *system_thai(int error);

/* A signal that ended a program, in Thai; NULL likewise. */
const char *system_signal_thai(int signal_number);

#endif
