#include "base/system.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>

struct known {
    int number;
    const char *thai;
};

static const struct known errors[] = {
    {ENOENT, "ไม่มีแฟ้มหรือโฟลเดอร์นี้"},
    {EACCES, "ไม่มีสิทธิ์"},
    {EPERM, "ไม่มีสิทธิ์"},
    {ENOSPC, "เนื้อที่ดิสก์เต็ม"},
    {EDQUOT, "ใช้เนื้อที่ดิสก์เกินโควตา"},
    {EFBIG, "แฟ้มใหญ่เกินกำหนด"},
    {EISDIR, "เป็นโฟลเดอร์"},
    {ENOTDIR, "ไม่ใช่โฟลเดอร์"},
    {ENOTEMPTY, "โฟลเดอร์ไม่ว่าง"},
    {EEXIST, "มีอยู่แล้ว"},
    {EROFS, "เขียนไม่ได้ อ่านได้อย่างเดียว"},
    {ENAMETOOLONG, "ชื่อยาวเกินไป"},
    {EIO, "อุปกรณ์ขัดข้อง"},
    {ENXIO, "ไม่มีอุปกรณ์นี้"},
    {ENODEV, "ไม่มีอุปกรณ์นี้"},
    {ELOOP, "ลิงก์วนกลับหาตัวเอง"},
    {ETXTBSY, "แฟ้มถูกใช้งานอยู่"},
    {EBUSY, "ถูกใช้งานอยู่"},
    {EXDEV, "อยู่คนละดิสก์"},
    {EBADF, "ช่องทางนี้ปิดอยู่"},
    {EPIPE, "ผู้รับปิดไปแล้ว"},
    {EINVAL, "ค่าที่ให้ไม่ถูกต้อง"},
    {EAGAIN, "ทรัพยากรของเครื่องไม่พอในขณะนี้"},
    {ENOMEM, "หน่วยความจำไม่พอ"},
    {EMFILE, "เปิดแฟ้มไว้มากเกินไป"},
    {ENFILE, "เปิดแฟ้มไว้มากเกินไป"},
    {ENOEXEC, "ไม่ใช่โปรแกรมที่เรียกใช้ได้"},
    {E2BIG, "คำสั่งยาวเกินไป"},
    {ENOSYS, "ระบบนี้ไม่รองรับ"},
    {EOPNOTSUPP, "ระบบนี้ไม่รองรับ"},
    {ESTALE, "แฟ้มบนเครื่องแม่ข่ายไม่อยู่แล้ว"},
    {EINTR, "ถูกขัดจังหวะ"},
    {EOVERFLOW, "ใหญ่เกินไป"},
    {ECONNREFUSED, "ปลายทางปฏิเสธการเชื่อมต่อ"},
    {ECONNRESET, "ปลายทางตัดการเชื่อมต่อ"},
    {ECONNABORTED, "การเชื่อมต่อถูกยกเลิก"},
    {ETIMEDOUT, "หมดเวลารอ"},
    {ENETDOWN, "เครือข่ายใช้งานไม่ได้"},
    {ENETUNREACH, "ติดต่อเครือข่ายไม่ได้"},
    {EHOSTUNREACH, "ติดต่อปลายทางไม่ได้"},
    {EADDRNOTAVAIL, "ใช้ที่อยู่นี้ไม่ได้"},
    {EAFNOSUPPORT, "เครื่องนี้ไม่รองรับที่อยู่ชนิดนี้"},
    {EPROTO, "การเชื่อมต่อผิดพลาด"},
};

static const struct known signals[] = {
    {SIGHUP, "หน้าต่างคำสั่งถูกปิด"},  {SIGINT, "ถูกสั่งให้หยุด"},      {SIGQUIT, "ถูกสั่งให้หยุด"},
    {SIGTERM, "ถูกสั่งให้หยุด"},      {SIGKILL, "ถูกบังคับให้หยุด"},   {SIGABRT, "หยุดเองเพราะผิดพลาด"},
    {SIGSEGV, "ใช้หน่วยความจำผิด"}, {SIGBUS, "ใช้หน่วยความจำผิด"}, {SIGILL, "คำสั่งเครื่องผิด"},
    {SIGFPE, "คำนวณผิดพลาด"},     {SIGPIPE, "ผู้รับปิดไปแล้ว"},    {SIGXCPU, "ใช้เวลาประมวลผลเกินกำหนด"},
    {SIGXFSZ, "แฟ้มใหญ่เกินกำหนด"},
};

static const char *
find(const struct known *list, size_t count, int number)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].number == number)
            return list[i].thai;
    }
    return NULL;
}

const char *
system_thai(int error)
{
    return find(errors, sizeof errors / sizeof errors[0], error);
}

const char *
system_signal_thai(int signal_number)
{
    return find(signals, sizeof signals / sizeof signals[0], signal_number);
}
