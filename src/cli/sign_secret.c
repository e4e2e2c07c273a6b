/* Passphrases and PINs: from a file, a descriptor, or the terminal, never shown and never kept. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "banthuek-sign.h"
#include "cli/cli.h"

#define CONTROL_C 3
#define CONTROL_D 4
#define CONTROL_H 8
#define CONTROL_U 21
#define DELETE 127

/* The first line, without its end. False where there is none, or it is too long. */
static bool
read_line(int fd, char *out, size_t size)
{
    size_t len = 0;
    char byte;

    for (;;) {
        ssize_t got = read(fd, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || len + 1 >= size)
            return false;
        if (got == 0 || byte == '\n')
            break;
        out[len++] = byte;
    }
    if (len > 0 && out[len - 1] == '\r')
        len--;
    out[len] = '\0';
    return len > 0;
}

static bool
read_file(const char *path, char *out, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && read_line(fd, out, size);

    if (fd >= 0)
        (void)close(fd);
    return good;
}

/* ---- the terminal */

static void
print(int tty, const char *text)
{
    for (size_t len = strlen(text); len > 0;) {
        ssize_t done = write(tty, text, len);
        if (done <= 0)
            return;
        text += done;
        len -= (size_t)done;
    }
}

static void
print_question(int tty, const struct cli_args *args, const struct banthuek_secret *secret)
{
    char shown[CLI_SHOWN];

    if (secret->tries == BANTHUEK_TRIES_LAST)
        print(tty, cli_word(args, "This is the LAST try: after a wrong PIN the card is locked.\n",
                            "ครั้งนี้เป็นครั้งสุดท้าย ถ้า PIN ผิดบัตรจะถูกล็อก\n"));
    else if (secret->tries == BANTHUEK_TRIES_FEW)
        print(tty, cli_word(args, "A wrong PIN was given lately; few tries are left.\n",
                            "มีการใส่ PIN ผิดก่อนหน้านี้ เหลือจำนวนครั้งไม่มาก\n"));
    if (secret->kind == BANTHUEK_PIN)
        print(tty, cli_word(args, "PIN of ", "PIN ของ "));
    else
        print(tty, cli_word(args, "Passphrase of ", "รหัสผ่านของ "));
    print(tty, banthuek_show(secret->of == NULL ? "" : secret->of, shown, sizeof shown));
    print(tty, ": ");
}

enum key_press { PRESS_ON, PRESS_DONE, PRESS_CANCEL, PRESS_INTERRUPT };

/* What a key does to the line. */
static enum key_press
press(unsigned char byte, char *out, size_t size, size_t *len)
{
    switch (byte) {
    case '\n':
    case '\r':
        return PRESS_DONE;
    case CONTROL_C:
        return PRESS_INTERRUPT;
    case CONTROL_D:
        return PRESS_CANCEL;
    case CONTROL_U:
        *len = 0;
        return PRESS_ON;
    case CONTROL_H:
    case DELETE: /* a whole letter, which may have several bytes */
        while (*len > 0 && ((unsigned char)out[*len - 1] & 0xC0) == 0x80)
            (*len)--;
        *len -= *len > 0;
        return PRESS_ON;
    default:
        break;
    }
    if (*len + 1 >= size)
        return PRESS_CANCEL;
    out[(*len)++] = (char)byte;
    return PRESS_ON;
}

/* Reads keys until the line is done or a signal waits at `signals`. */
static enum key_press
read_keys(int tty, int signals, char *out, size_t size)
{
    enum key_press pressed = PRESS_ON;
    size_t len = 0;

    while (pressed == PRESS_ON) {
        struct pollfd wait[] = {{tty, POLLIN, 0}, {signals, POLLIN, 0}};
        unsigned char byte;
        if (poll(wait, 2, -1) < 0 && errno != EINTR)
            return PRESS_CANCEL;
        if (wait[1].revents != 0)
            return PRESS_CANCEL; /* it is delivered as soon as the terminal is as it was */
        if (wait[0].revents == 0)
            continue;
        if (read(tty, &byte, 1) != 1)
            return PRESS_CANCEL;
        pressed = press(byte, out, size, &len);
    }
    out[pressed == PRESS_DONE ? len : 0] = '\0';
    return pressed == PRESS_DONE && len == 0 ? PRESS_CANCEL : pressed;
}

/* The terminal is silent before it is asked at: what is typed at once would be shown, and lost. It
 * is as it was before, whatever ends the reading. */
static bool
read_terminal(int tty, const struct cli_args *args, const struct banthuek_secret *secret, char *out,
              size_t size)
{
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    struct termios before, silent;
    sigset_t held, were;

    if (tcgetattr(tty, &before) != 0)
        return false;
    (void)sigemptyset(&held);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
        (void)sigaddset(&held, caught[i]);
    (void)sigprocmask(SIG_BLOCK, &held, &were);
    int signals = signalfd(-1, &held, SFD_CLOEXEC);
    silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG);
    bool good = signals >= 0 && tcsetattr(tty, TCSAFLUSH, &silent) == 0;
    if (good)
        print_question(tty, args, secret);
    enum key_press pressed = good ? read_keys(tty, signals, out, size) : PRESS_CANCEL;
    (void)tcsetattr(tty, TCSAFLUSH, &before);
    print(tty, "\n");
    if (signals >= 0)
        (void)close(signals);
    if (pressed == PRESS_INTERRUPT)
        (void)raise(SIGINT);
    (void)sigprocmask(SIG_SETMASK, &were, NULL);
    return pressed == PRESS_DONE;
}

bool
cli_ask_secret(void *user, const struct banthuek_secret *secret, char *out, size_t size)
{
    const struct cli_args *args = user;

    if (args->sign.secret_file != NULL)
        return read_file(args->sign.secret_file, out, size);
    if (args->sign.secret_fd > 0)
        return read_line(args->sign.secret_fd, out, size);
    int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (tty < 0)
        return false;
    bool good = read_terminal(tty, args, secret, out, size);
    (void)close(tty);
    return good;
}
