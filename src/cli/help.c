/* banthuek help, banthuek version */
#include <stdio.h>

#include "cli/cli.h"

static const char english[] =
    "banthuek: Thai government memos as PDF\n"
    "\n"
    "  banthuek new DIR [--kind TEMPLATE] [--year YEAR] [--from LAST] [--spreadsheet]\n"
    "                           start a report folder: an example, last year's with holes,\n"
    "                           or a form (XLSX) to fill in\n"
    "  banthuek new --rubric FILE --from YEAR --year YEAR [--kind TEMPLATE]\n"
    "                           start a rubric out of another year's\n"
    "  banthuek check REPORT [--format=json]\n"
    "                           say what is wrong, and where\n"
    "  banthuek explain [CODE]  tell what the code of a message means, or list all\n"
    "  banthuek render REPORT [-o OUT.pdf] [--emblem FILE | --preprinted] [--draft]\n"
    "                           [--strict] [--template DIR] [--font-dir DIR]\n"
    "                           [--profile=plain] [--no-data]\n"
    "                           make the PDF\n"
    "  banthuek inspect FILE.pdf [--format=json]\n"
    "                           tell what a PDF holds, and whether it can be made again\n"
    "  banthuek extract FILE.pdf [-o DIR]\n"
    "                           get the report and template out of a PDF, to render again\n"
    "  banthuek fields TEMPLATE list the fields of a template\n"
    "  banthuek filters         list the filters that templates may use\n"
    "  banthuek dump --stage=data|template|document|lines|pages|canonical REPORT\n"
    "                           show one stage of the work as text\n"
    "  banthuek breaks [FILE] [--emergency]\n"
    "                           mark where the lines of a text may break\n"
    "  banthuek help | version\n"
    "\n"
    "REPORT is a YAML or JSON file, a filled form (XLSX), or a folder with report.yaml or\n"
    "report.xlsx; check takes a rubric too.\n"
    "--lang=th|en chooses the language of messages. Exit status: 0 good, 1 errors in the input,\n"
    "2 wrong usage, 3 a file could not be read or written, 70 out of memory. More: man banthuek\n";

static const char thai[] =
    "banthuek: ทำบันทึกข้อความราชการเป็น PDF\n"
    "\n"
    "  banthuek new DIR [--kind แม่แบบ] [--year ปี] [--from ปีก่อน] [--spreadsheet]\n"
    "                           เริ่มโฟลเดอร์รายงานใหม่ จากตัวอย่าง หรือจากของปีก่อนโดยเว้นที่ให้กรอก\n"
    "                           หรือเป็นแบบกรอกในตาราง (XLSX)\n"
    "  banthuek new --rubric แฟ้ม --from ปี --year ปี [--kind แม่แบบ]\n"
    "                           เริ่มแฟ้มเกณฑ์ จากเกณฑ์ของปีอื่น\n"
    "  banthuek check REPORT [--format=json]\n"
    "                           ตรวจรายงาน บอกว่าผิดอะไร ที่บรรทัดใด\n"
    "  banthuek explain [CODE]  อธิบายรหัสของข้อความ หรือแสดงรหัสทั้งหมด\n"
    "  banthuek render REPORT [-o OUT.pdf] [--emblem แฟ้ม | --preprinted] [--draft]\n"
    "                           [--strict] [--template DIR] [--font-dir DIR]\n"
    "                           [--profile=plain] [--no-data]\n"
    "                           ทำ PDF\n"
    "  banthuek inspect FILE.pdf [--format=json]\n"
    "                           บอกว่า PDF มีอะไรอยู่ข้างใน และทำใหม่ได้เหมือนเดิมหรือไม่\n"
    "  banthuek extract FILE.pdf [-o โฟลเดอร์]\n"
    "                           นำรายงานและแม่แบบออกจาก PDF เพื่อแก้หรือทำใหม่\n"
    "  banthuek fields แม่แบบ    แสดงรายการช่องข้อมูลของแม่แบบ\n"
    "  banthuek filters         แสดงตัวกรองที่ใช้ในแม่แบบได้\n"
    "  banthuek dump --stage=data|template|document|lines|pages|canonical REPORT\n"
    "                           แสดงผลของขั้นตอนหนึ่งเป็นข้อความ\n"
    "  banthuek breaks [FILE] [--emergency]\n"
    "                           แสดงตำแหน่งที่ตัดบรรทัดได้\n"
    "  banthuek help | version\n"
    "\n"
    "REPORT คือแฟ้ม YAML หรือ JSON แบบกรอก (XLSX) หรือโฟลเดอร์ที่มี report.yaml หรือ report.xlsx\n"
    "(check รับแฟ้มเกณฑ์ด้วย)\n"
    "--lang=th|en เลือกภาษาของข้อความ\n"
    "สถานะเมื่อจบ: 0 เรียบร้อย 1 ข้อมูลมีข้อผิดพลาด 2 ใช้คำสั่งผิด 3 อ่านหรือเขียนแฟ้มไม่ได้\n"
    "70 หน่วยความจำไม่พอ  อ่านเพิ่มเติม: man banthuek\n";

int
cli_help(const struct cli_args *args)
{
    return fputs(cli_text(args, english, thai), stdout) == EOF ? CLI_SYSTEM : CLI_GOOD;
}

int
cli_version(const struct cli_args *args)
{
    (void)args;
    return printf("banthuek %s\n", banthuek_version()) < 0 ? CLI_SYSTEM : CLI_GOOD;
}
