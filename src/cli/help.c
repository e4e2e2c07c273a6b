/* banthuek help [COMMAND], COMMAND --help, banthuek version */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

/* The commands, then what holds for all of them. */
/* In pieces, since a compiler need not take a longer text; commands stand in all but the last. */
#define TEXTS 5

static const char *const english[TEXTS] = {
    "banthuek: Thai government memos as PDF\n"
    "\n"
    "  banthuek new DIR [--kind TEMPLATE] [--year YEAR] [--from LAST] [--spreadsheet]\n"
    "                           start a report folder: an example, last year's with holes,\n"
    "                           or a form (XLSX) to fill in\n"
    "  banthuek new --rubric FILE --from YEAR --year YEAR [--kind TEMPLATE]\n"
    "                           start a rubric out of another year's: FILE.xlsx or .yaml\n"
    "  banthuek check REPORT [--format=json [--figures]]\n"
    "                           say what is wrong, and where\n"
    "  banthuek explain [CODE]  tell what the code of a message means, or list all\n"
    "  banthuek render REPORT [-o OUT.pdf] [--emblem FILE | --preprinted] [--draft]\n"
    "                           [--strict] [--template DIR] [--font-dir DIR]\n"
    "                           [--profile=plain] [--no-data] [--no-fields] [--for-pen]\n"
    "                           make the PDF\n"
    "  banthuek inspect FILE.pdf [--format=json]\n"
    "                           tell what a PDF holds, and whether it can be made again\n"
    "  banthuek extract FILE.pdf [-o DIR]\n"
    "                           get the report and template out of a PDF, to render again\n"
    "  banthuek routing FILE.pdf… [--format=json]\n"
    "                           tell who has signed and who is to, and how files belong together\n"
    "  banthuek verify FILE.pdf [--trust FILE|DIR]… [--at TIME] [--fetch] [--format=json]\n"
    "                           tell whether what was signed is unchanged, and by whom\n"
    "  banthuek sign FILE.pdf… --as ROLE [--opinion TEXT] --key FILE (-o OUT.pdf | --out-dir DIR)\n"
    "                           sign with a certificate, into a new file\n",
    "  banthuek archive add FILE|FOLDER… [--archive ARCHIVE] [--secret] [--subject TEXT] …\n"
    "                           keep documents in the archive, as they are; of folders PDFs, "
    "office\n"
    "                           documents, pictures, mail and ZIP, and what was passed over is "
    "told\n"
    "  banthuek archive list [--year YEAR] [--agency NAME] [--due[=DAY]] [--all] [--format=json]\n"
    "                           list the documents of the archive, or those that need not be kept\n"
    "                           any more\n"
    "  banthuek archive show ENTRY [--format=json] | show --head [ENTRY] [-o FILE]\n"
    "                           tell all that is known of an entry; the hash to be written down\n"
    "  banthuek archive open ENTRY [--part NAME] [-o FILE]\n"
    "                           write a document out as it was given, or a part of it\n"
    "  banthuek archive keep ENTRY… (--years N | --for-ever) [--reason TEXT] [--who NAME]\n"
    "                           note that a document is kept longer than ten years\n"
    "  banthuek archive remove ENTRY… --reason TEXT [--who NAME] [--early]\n"
    "                           remove a document that need not be kept any more\n"
    "  banthuek archive search WORDS [--year YEAR] [--by=fit] [--format=json]\n"
    "                           find documents in the archive by any words in them\n",
    "  banthuek archive register next [--for REPORT|FILE.pdf -o OUT.pdf] [--agency NAME]\n"
    "                           give the next number of outgoing documents, and fill it in\n"
    "  banthuek archive register void NUMBER --reason TEXT [--year YEAR]\n"
    "                           take a number back that is not used\n"
    "  banthuek archive register list [--year YEAR] [--format=json]\n"
    "                           tell which numbers were given, used, made void\n"
    "  banthuek archive register print [--year YEAR] [-o OUT.pdf]\n"
    "                           make the register of a year as a PDF\n"
    "  banthuek archive verify [ENTRY…] [--quick] [--head HASH|FILE] [--trust PATH]… [--resume]\n"
    "                           tell whether the archive is what it was, and can be made again\n"
    "  banthuek archive export DIR [--no-assets] [--secret] [--format=json]\n"
    "                           copy the whole archive into a new folder of plain files (a bag)\n"
    "  banthuek archive import DIR… [--format=json]\n"
    "                           restore an archive from such a folder, or take in another's\n",
    "  banthuek scan SCAN… (--for FILE.pdf -o OUT.pdf | --archive FILE) [--incomplete]\n"
    "                           [--code PAGE=CODE]… [--format=json]\n"
    "                           bind scans of signed paper to their report, or sort a folder of\n"
    "                           them into the reports of an archive\n"
    "  banthuek print FILE.pdf [--printer NAME|ipp://…] [--copies N] [--sides SIDES]\n"
    "                           [--pages 1-3,5] [--tray NAME] [--wait SECONDS] | print --list\n"
    "                           print a PDF at true size, or list the printers\n"
    "  banthuek print REPORT --for-pen [-o OUT.pdf] [OPTIONS]\n"
    "                           render a report for signatures with a pen, and print it\n"
    "  banthuek fields [TEMPLATE] [--format=json]\n"
    "                           list the fields of a template, or the templates\n"
    "  banthuek filters         list the filters that templates may use\n"
    "  banthuek dump --stage=data|template|document|lines|pages|canonical REPORT\n"
    "                           show one stage of the work as text\n"
    "  banthuek breaks [FILE] [--emergency]\n"
    "                           mark where the lines of a text may break\n"
    "  banthuek help [COMMAND] | version\n"
    "                           tell about all commands, or one with its options\n",
    "\n"
    "REPORT is a YAML or JSON file, a filled form (XLSX), or a folder with report.yaml or\n"
    "report.xlsx; check takes a rubric too.\n"
    "--lang=th|en chooses the language of messages. Exit status: 0 good, 1 errors in the input,\n"
    "2 wrong usage, 3 a file could not be read or written, 4 verify cannot tell, 70 out of "
    "memory.\n"
    "More: man banthuek\n"};

static const char *const thai[TEXTS] = {
    "banthuek: ทำบันทึกข้อความราชการเป็น PDF\n"
    "\n"
    "  banthuek new DIR [--kind แม่แบบ] [--year ปี] [--from ปีก่อน] [--spreadsheet]\n"
    "                           เริ่มโฟลเดอร์รายงานใหม่ จากตัวอย่าง หรือจากของปีก่อนโดยเว้นที่ให้กรอก\n"
    "                           หรือเป็นแบบกรอกในตาราง (XLSX)\n"
    "  banthuek new --rubric แฟ้ม --from ปี --year ปี [--kind แม่แบบ]\n"
    "                           เริ่มแฟ้มเกณฑ์ (.xlsx หรือ .yaml) จากเกณฑ์ของปีอื่น\n"
    "  banthuek check REPORT [--format=json [--figures]]\n"
    "                           ตรวจรายงาน บอกว่าผิดอะไร ที่บรรทัดใด\n"
    "  banthuek explain [CODE]  อธิบายรหัสของข้อความ หรือแสดงรหัสทั้งหมด\n"
    "  banthuek render REPORT [-o OUT.pdf] [--emblem แฟ้ม | --preprinted] [--draft]\n"
    "                           [--strict] [--template DIR] [--font-dir DIR]\n"
    "                           [--profile=plain] [--no-data] [--no-fields] [--for-pen]\n"
    "                           ทำ PDF\n"
    "  banthuek inspect FILE.pdf [--format=json]\n"
    "                           บอกว่า PDF มีอะไรอยู่ข้างใน และทำใหม่ได้เหมือนเดิมหรือไม่\n"
    "  banthuek extract FILE.pdf [-o โฟลเดอร์]\n"
    "                           นำรายงานและแม่แบบออกจาก PDF เพื่อแก้หรือทำใหม่\n"
    "  banthuek routing FILE.pdf… [--format=json]\n"
    "                           บอกว่าใครลงนามแล้ว ถึงลำดับใคร และแฟ้มใดสืบจากแฟ้มใด\n"
    "  banthuek verify FILE.pdf [--trust แฟ้ม|โฟลเดอร์]… [--at เวลา] [--fetch] [--format=json]\n"
    "                           ตรวจว่าสิ่งที่ลงนามไม่ถูกแก้ไข และใครเป็นผู้ลงนาม\n"
    "  banthuek sign FILE.pdf… --as บทบาท [--opinion ความเห็น] --key แฟ้ม\n"
    "                           (-o OUT.pdf | --out-dir โฟลเดอร์)\n"
    "                           ลงนามด้วยใบรับรอง เป็นแฟ้มใหม่\n",
    "  banthuek archive add แฟ้ม|โฟลเดอร์… [--archive คลัง] [--secret] [--subject เรื่อง] …\n"
    "                           เก็บเอกสารเข้าคลังตามที่เป็นอยู่ทุกไบต์ ถ้าระบุโฟลเดอร์จะเก็บ PDF\n"
    "                           เอกสารสำนักงาน รูปภาพ อีเมล และ ZIP และแจ้งแฟ้มที่ข้าม\n"
    "  banthuek archive list [--year ปี] [--agency หน่วยงาน] [--due[=วันที่]] [--all] [--format=json]\n"
    "                           แสดงรายการเอกสารในคลัง หรือเฉพาะที่เก็บครบกำหนดแล้ว\n"
    "  banthuek archive show รายการ [--format=json] | show --head [รายการ] [-o แฟ้ม]\n"
    "                           แสดงทุกอย่างที่ทราบของรายการ หรือแฮชที่ควรจดเก็บไว้\n"
    "  banthuek archive open รายการ [--part ชื่อ] [-o แฟ้ม]\n"
    "                           นำเอกสารออกมาเป็นแฟ้มตามที่เก็บไว้ หรือแฟ้มประกอบของเอกสาร\n"
    "  banthuek archive keep รายการ… (--years จำนวนปี | --for-ever) [--reason เหตุผล] [--who ชื่อ]\n"
    "                           กำหนดให้เก็บเอกสารนานกว่าสิบปี\n"
    "  banthuek archive remove รายการ… --reason เหตุผล [--who ชื่อ] [--early]\n"
    "                           ลบเอกสารที่เก็บครบกำหนดแล้วออกจากคลัง\n"
    "  banthuek archive search คำค้น [--year ปี] [--by=fit] [--format=json]\n"
    "                           ค้นเอกสารในคลังด้วยคำใดก็ได้ในเนื้อหา\n",
    "  banthuek archive register next [--for REPORT|FILE.pdf -o OUT.pdf] [--agency หน่วยงาน]\n"
    "                           ออกเลขทะเบียนหนังสือส่งเลขถัดไป และเติมลงในหนังสือ\n"
    "  banthuek archive register void เลข --reason เหตุผล [--year ปี]\n"
    "                           ยกเลิกเลขที่ออกแล้วแต่ไม่ใช้\n"
    "  banthuek archive register list [--year ปี] [--format=json]\n"
    "                           แสดงเลขที่ออกแล้ว ใช้แล้ว และยกเลิก\n"
    "  banthuek archive register print [--year ปี] [-o OUT.pdf]\n"
    "                           ทำทะเบียนหนังสือส่งของปีเป็น PDF\n"
    "  banthuek archive verify [รายการ…] [--quick] [--head แฮช|แฟ้ม] [--trust ใบรับรอง]… [--resume]\n"
    "                           ตรวจว่าคลังยังครบถ้วนถูกต้อง และทำเอกสารใหม่ได้เหมือนเดิม\n"
    "  banthuek archive export โฟลเดอร์ [--no-assets] [--secret] [--format=json]\n"
    "                           ทำสำเนาทั้งคลังเป็นโฟลเดอร์ใหม่ที่มีแต่แฟ้มธรรมดา\n"
    "  banthuek archive import โฟลเดอร์… [--format=json]\n"
    "                           กู้คืนคลังจากโฟลเดอร์นั้น หรือนำคลังของหน่วยงานอื่นเข้ามา\n",
    "  banthuek scan สแกน… (--for FILE.pdf -o OUT.pdf | --archive คลัง) [--incomplete]\n"
    "                           [--code หน้า=รหัส]… [--format=json]\n"
    "                           ผูกภาพสแกนของฉบับที่ลงนามบนกระดาษกับรายงาน หรือแยกทั้งโฟลเดอร์\n"
    "                           ไปเข้ารายงานในคลัง\n"
    "  banthuek print FILE.pdf [--printer ชื่อ|ipp://…] [--copies จำนวน] [--sides ด้าน]\n"
    "                           [--pages 1-3,5] [--tray ถาด] [--wait วินาที] | print --list\n"
    "                           พิมพ์ PDF ตามขนาดจริง หรือแสดงรายการเครื่องพิมพ์\n"
    "  banthuek print REPORT --for-pen [-o OUT.pdf] [ตัวเลือก]\n"
    "                           ทำ PDF สำหรับลงนามด้วยปากกาจากรายงาน แล้วพิมพ์\n"
    "  banthuek fields [แม่แบบ] [--format=json]\n"
    "                           แสดงรายการช่องข้อมูลของแม่แบบ หรือรายการแม่แบบ\n"
    "  banthuek filters         แสดงตัวกรองที่ใช้ในแม่แบบได้\n"
    "  banthuek dump --stage=data|template|document|lines|pages|canonical REPORT\n"
    "                           แสดงผลของขั้นตอนหนึ่งเป็นข้อความ\n"
    "  banthuek breaks [FILE] [--emergency]\n"
    "                           แสดงตำแหน่งที่ตัดบรรทัดได้\n"
    "  banthuek help [คำสั่ง] | version\n"
    "                           อธิบายคำสั่งทั้งหมด หรือคำสั่งหนึ่งพร้อมตัวเลือก\n",
    "\n"
    "REPORT คือแฟ้ม YAML หรือ JSON แบบกรอก (XLSX) หรือโฟลเดอร์ที่มี report.yaml หรือ report.xlsx\n"
    "(check รับแฟ้มเกณฑ์ด้วย)\n"
    "--lang=th|en เลือกภาษาของข้อความ\n"
    "สถานะเมื่อจบ: 0 เรียบร้อย 1 ข้อมูลมีข้อผิดพลาด 2 ใช้คำสั่งผิด 3 อ่านหรือเขียนแฟ้มไม่ได้\n"
    "4 verify ยังบอกไม่ได้ 70 หน่วยความจำไม่พอ  อ่านเพิ่มเติม: man banthuek\n"};

int
cli_help(const struct cli_args *args)
{
    int last = 0;

    for (size_t i = 0; i < TEXTS && last != EOF; i++)
        last = fputs(cli_word(args, english[i], thai[i]), stdout);
    return last == EOF ? CLI_SYSTEM : CLI_GOOD;
}

/* ---- one command */

/* Every option of args.c: what it is called here, and what it is for. */
static const struct option_help {
    const char *name, *shown, *english, *thai;
} options[] = {
    {"output", "-o FILE", "where the result goes (- is standard output); of extract a folder",
     "แฟ้มที่จะเขียนผล (- คือ standard output) ของ extract คือโฟลเดอร์"},
    {"template", "--template DIR", "the folder of the template, whatever the report names",
     "โฟลเดอร์แม่แบบที่ใช้ ไม่ว่ารายงานจะระบุชื่อใด"},
    {"emblem", "--emblem FILE", "the emblem, SVG or PNG", "แฟ้มตราครุฑ SVG หรือ PNG"},
    {"preprinted", "--preprinted", "leave the emblem out: the paper has it",
     "กระดาษมีตราครุฑพิมพ์ไว้แล้ว จึงไม่ต้องวาด"},
    {"font-dir", "--font-dir DIR", "a folder with font files that go first",
     "โฟลเดอร์แฟ้มแบบอักษรที่ใช้ก่อนแฟ้มอื่น"},
    {"data-dir", "--data-dir DIR", "the folder with templates and what else comes with banthuek",
     "โฟลเดอร์แม่แบบและข้อมูลของ banthuek"},
    {"draft", "--draft", "make a PDF in spite of errors, marked as a draft on each page",
     "ทำ PDF แม้ยังมีข้อผิดพลาด โดยประทับคำว่า ร่าง ทุกหน้า"},
    {"strict", "--strict", "take warnings for errors", "ถือว่าคำเตือนเป็นข้อผิดพลาด"},
    {"profile", "--profile NAME", "lasting (PDF/A, with the data inside) or plain",
     "lasting (PDF/A มีข้อมูลอยู่ข้างใน) หรือ plain"},
    {"no-data", "--no-data", "put no report into the PDF", "ไม่ใส่ข้อมูลรายงานไว้ใน PDF"},
    {"no-fields", "--no-fields", "make no fields to sign in with certificates",
     "ไม่ทำช่องลงลายมือชื่ออิเล็กทรอนิกส์"},
    {"for-pen", "--for-pen", "print for signatures with a pen, with a code on each page",
     "ทำฉบับสำหรับพิมพ์ไปลงนามด้วยปากกา มีรหัสเอกสารทุกหน้า"},
    {"format", "--format NAME", "text or json", "text หรือ json"},
    {"figures", "--figures", "put the table of figures into the JSON too",
     "ใส่ตารางคะแนนไว้ใน JSON ด้วย"},
    {"stage", "--stage NAME", "data, template, document, lines, pages or canonical",
     "data, template, document, lines, pages หรือ canonical"},
    {"kind", "--kind NAME", "the template (banthuek fields lists them)",
     "ชื่อแม่แบบ (ดูรายชื่อด้วย banthuek fields)"},
    {"from", "--from WHAT", "last year's report, its folder or its PDF; of a rubric a year or file",
     "รายงาน โฟลเดอร์ หรือ PDF ของปีก่อน ถ้าเป็นเกณฑ์คือปีหรือแฟ้ม"},
    {"year", "--year YEAR", "the year (B.E.) of the report, or of the documents looked for",
     "ปี พ.ศ. ของรายงาน หรือของเอกสารที่ค้น"},
    {"variant", "--variant NAME", "which of several rubrics of that year, named in its file's name",
     "ชุดเกณฑ์ เมื่อปีนั้นมีหลายชุด คือคำหลังปีในชื่อแฟ้มเกณฑ์"},
    {"rubric", "--rubric FILE",
     "start a rubric (.xlsx or .yaml) with this name instead of a report",
     "เริ่มแฟ้มเกณฑ์ชื่อนี้ (.xlsx หรือ .yaml) แทนที่จะเริ่มรายงาน"},
    {"spreadsheet", "--spreadsheet", "make a form to be filled in (XLSX)",
     "ทำเป็นแบบกรอกในตาราง (XLSX)"},
    {"trust", "--trust PATH",
     "certificates that are believed, a file or a folder; may be given again",
     "ใบรับรองที่เชื่อถือ เป็นแฟ้มหรือโฟลเดอร์ ระบุซ้ำได้"},
    {"at", "--at TIME", "judge as at this time, as 2026-11-29",
     "ตรวจ ณ เวลานี้ เช่น 2026-11-29 (ปี ค.ศ.)"},
    {"fetch", "--fetch", "ask over the net whether certificates were revoked",
     "ถามทางเครือข่ายว่าใบรับรองถูกเพิกถอนหรือไม่"},
    {"fetch-local", "--fetch-local", "the same, also on this machine and private networks",
     "ถามเครื่องนี้และเครือข่ายภายในด้วย"},
    {"no-compare", "--no-compare", "do not make the pages again from the data inside",
     "ไม่ทำหน้าเอกสารใหม่จากข้อมูลข้างในเพื่อเทียบ"},
    {"emergency", "--emergency", "mark the places of last resort too",
     "แสดงตำแหน่งที่ตัดได้เมื่อจำเป็นด้วย"},
    {"as", "--as ROLE", "the role that signs, as banthuek routing calls it",
     "บทบาทที่ลงนาม ตามที่ banthuek routing แสดง"},
    {"opinion", "--opinion TEXT", "what is to stand in the room for the opinion",
     "ความเห็นที่จะแสดงในช่องความเห็น"},
    {"name", "--name NAME", "of a stand-in: who signs", "ชื่อผู้ลงนามแทน"},
    {"position", "--position TEXT", "of a stand-in: the post", "ตำแหน่งของผู้ลงนามแทน"},
    {"acting", "--acting WORDS", "of a stand-in: รักษาราชการแทน or ปฏิบัติราชการแทน",
     "รักษาราชการแทน หรือ ปฏิบัติราชการแทน"},
    {"number", "--number TEXT",
     "the number: where the document does not say it, or of what is looked for",
     "เลขที่หนังสือ เมื่อเอกสารไม่ได้ระบุหรือเว้นไว้ หรือของเอกสารที่ค้น"},
    {"date", "--date DATE", "the date, where the document does not say it; of a number, else today",
     "วันที่ของหนังสือ เมื่อเอกสารไม่ได้ระบุหรือเว้นวันไว้ ถ้าเป็นการออกเลข ไม่ระบุคือวันนี้"},
    {"hand", "--hand FILE", "a picture of the signature, PNG or JPEG",
     "แฟ้มภาพลายมือชื่อ PNG หรือ JPEG"},
    {"key", "--key FILE", "the private key, PEM or PKCS#12", "แฟ้มกุญแจส่วนตัว PEM หรือ PKCS#12"},
    {"pkcs11", "--pkcs11 MODULE", "a card or token, through this library",
     "บัตรหรือโทเคน ผ่านไลบรารี PKCS#11 นี้"},
    {"token", "--token LABEL", "which card or token, by label or serial number",
     "บัตรหรือโทเคนใด ตามป้ายชื่อหรือเลขประจำ"},
    {"key-id", "--key-id HEX", "which key on it (CKA_ID)", "กุญแจใดในบัตร (CKA_ID)"},
    {"key-command", "--key-command CMD",
     "a program that signs, within 180 seconds: see the man page",
     "โปรแกรมที่ลงลายเซ็นให้ ภายใน 180 วินาที ดู man banthuek"},
    {"cert", "--cert FILE", "the certificate, where the key does not bring it",
     "แฟ้มใบรับรอง เมื่อไม่ได้อยู่กับกุญแจ"},
    {"chain", "--chain FILE", "certificates of those who issued it; may be given again",
     "แฟ้มใบรับรองของผู้ออกใบรับรอง ระบุซ้ำได้"},
    {"secret-file", "--secret-file FILE", "passphrase or PIN: the first line of this file",
     "รหัสผ่านหรือ PIN อยู่ในบรรทัดแรกของแฟ้มนี้"},
    {"secret-fd", "--secret-fd N", "the same, from an open file descriptor",
     "อ่านรหัสผ่านหรือ PIN จาก file descriptor"},
    {"pss", "--pss", "sign by RSA-PSS", "ลงลายเซ็นแบบ RSA-PSS"},
    {"incomplete-chain", "--incomplete-chain",
     "sign though the certificate of an issuer is missing", "ลงนามแม้ขาดใบรับรองของผู้ออกใบรับรอง"},
    {"tsa", "--tsa URL", "a time-stamp server (http)", "เซิร์ฟเวอร์ประทับเวลา (http)"},
    {"level", "--level NAME", "B-B, B-T, B-LT or B-LTA", "ระดับ B-B B-T B-LT หรือ B-LTA"},
    {"lesser-level", "--lesser-level", "where a server fails, take the level that can be had",
     "ถ้าเซิร์ฟเวอร์ขัดข้อง ให้ใช้ระดับที่ทำได้"},
    {"renew", "--renew", "add a new document time stamp, nobody signs",
     "ต่ออายุการประทับเวลาของเอกสาร โดยไม่มีผู้ลงนาม"},
    {"out-dir", "--out-dir DIR", "where the signed files go, under their own names",
     "โฟลเดอร์ที่จะเขียนแฟ้มที่ลงนามแล้ว ใช้ชื่อเดิม"},
    {"preview", "--preview FILE", "write how it will look, without a signature",
     "เขียนตัวอย่างที่จะเห็น โดยไม่ลงลายเซ็น"},
    {"out-of-order", "--out-of-order", "sign though it is another's turn", "ลงนามแม้ยังไม่ถึงลำดับ"},
    {"continue", "--continue", "sign after a refusal or a return", "ลงนามต่อแม้มีผู้ไม่เห็นชอบหรือส่งคืน"},
    {"as-shown", "--as-shown", "sign pages that cannot be compared with the data inside",
     "ลงนามตามที่เห็น แม้เทียบกับข้อมูลข้างในไม่ได้"},
    {"name-differs", "--name-differs", "sign though the certificate bears another name",
     "ลงนามแม้ชื่อในใบรับรองไม่ตรงกับบันทึก"},
    {"archive", "--archive FILE", "the archive; else $BANTHUEK_ARCHIVE, else the user's own",
     "แฟ้มคลังเอกสาร ถ้าไม่ระบุใช้ BANTHUEK_ARCHIVE หรือคลังของผู้ใช้"},
    {"since", "--since YEAR", "documents of this year (B.E.) and later",
     "เฉพาะเอกสารตั้งแต่ปีนี้ (พ.ศ.) เป็นต้นไป"},
    {"until", "--until YEAR", "documents of this year (B.E.) and earlier",
     "เฉพาะเอกสารถึงปีนี้ (พ.ศ.)"},
    {"agency", "--agency NAME",
     "the agency, where the document does not say it, or part of its name; whose register",
     "หน่วยงาน เมื่อเอกสารไม่ได้ระบุไว้ หรือคำในชื่อหน่วยงานที่ค้น หรือเจ้าของทะเบียน"},
    {"subject", "--subject TEXT", "the subject, where the document does not say it",
     "เรื่อง เมื่อเอกสารไม่ได้ระบุไว้"},
    {"signer", "--signer NAME", "documents that name somebody so who signs",
     "เฉพาะเอกสารที่มีผู้ลงนามชื่อนี้"},
    {"result", "--result LEVEL", "documents with this level: ผ่าน, A",
     "เฉพาะเอกสารที่มีผลการประเมินระดับนี้ เช่น ผ่าน"},
    {"item", "--item CODE", "documents with a score for this entry of the assessment: O26",
     "เฉพาะเอกสารที่มีคะแนนของข้อนี้ เช่น O26"},
    {"score", "--score RANGE", "score of the item, or of all: 85, 80..90, 80.., ..90",
     "คะแนนของข้อนั้นหรือคะแนนรวม เช่น 85 หรือ 80..90"},
    {"secret", "--secret",
     "classified documents: they are kept, found, shown or exported only with this",
     "เอกสารที่มีชั้นความลับ จะเก็บ ค้น แสดง หรือส่งออกได้เมื่อระบุตัวเลือกนี้"},
    {"no-assets", "--no-assets", "without fonts, emblems, templates and rubrics",
     "ไม่รวมแบบอักษร ตราครุฑ แม่แบบ และเกณฑ์"},
    {"all", "--all", "documents in whose place a newer one is, too", "แสดงฉบับเดิมที่มีฉบับใหม่แทนแล้วด้วย"},
    {"due", "--due[=DAY]", "documents that need not be kept on this day any more (else today)",
     "เฉพาะเอกสารที่เก็บครบกำหนดแล้วในวันนี้ หรือวันที่ระบุ"},
    {"head", "--head", "the hash of the newest entry, or of the one that is named, for paper",
     "แฮชของรายการล่าสุด หรือของรายการที่ระบุ สำหรับจดหรือพิมพ์เก็บไว้"},
    {"part", "--part NAME", "a file that belongs to the document, as show lists it",
     "แฟ้มประกอบของเอกสาร ตามชื่อที่ show แสดง"},
    {"years", "--years N", "years behind the one of its date, at least 10",
     "จำนวนปีนับจากปีของวันที่ในเอกสาร ไม่น้อยกว่า 10"},
    {"for-ever", "--for-ever", "it is never to be removed", "เก็บตลอดไป"},
    {"early", "--early", "remove it though it is still to be kept", "ลบแม้ยังไม่ครบกำหนดเก็บ"},
    {"by", "--by ORDER", "fit: those first that fit best, not the newest (year)",
     "fit เรียงตามความตรงกับคำค้น (ปกติเรียงจากปีล่าสุด)"},
    {"who", "--who NAME", "who decided so; else the user's name on this machine",
     "ชื่อผู้สั่ง ถ้าไม่ระบุใช้ชื่อผู้ใช้ของเครื่องนี้"},
    {"for", "--for FILE", "the report (YAML) or PDF that gets the number",
     "รายงาน (YAML) หรือ PDF ที่จะเติมเลข"},
    {"first", "--first N", "the first number of a year that has none yet",
     "เลขแรกของปีที่ยังไม่เคยออกเลข"},
    {"to", "--to TEXT", "whom the document is for", "ผู้รับหนังสือ"},
    {"reason", "--reason TEXT", "why", "เหตุผล"},
    {"quick", "--quick", "verify no signatures, and make nothing again",
     "ไม่ตรวจลายเซ็น และไม่ทำเอกสารใหม่เพื่อเทียบ"},
    {"head-of", "--head HASH", "the hash of an entry that was written down earlier, or its file",
     "แฮชของรายการที่จดไว้ก่อนหน้า หรือแฟ้มที่จดไว้"},
    {"report-for", "--for FILE.pdf", "the PDF of the report that the paper was printed from",
     "PDF ของรายงานที่พิมพ์เป็นกระดาษ"},
    {"code", "--code PAGE=CODE", "the code of a scanned page that cannot be read, as it is printed",
     "รหัสของหน้าที่เครื่องอ่านไม่ได้ ตามที่พิมพ์ไว้บนกระดาษ"},
    {"incomplete", "--incomplete", "pages may be missing", "ยอมให้ขาดหน้าได้"},
    {"resume", "--resume", "go on where a run was interrupted", "ตรวจต่อจากครั้งที่ค้างไว้"},
    {"limit", "--limit N", "at most so many documents (when searching else 20)",
     "แสดงไม่เกินกี่ฉบับ (การค้นปกติ 20)"},
    {"printer", "--printer NAME",
     "a printer by its name, or its address: ipp://192.0.2.9/ipp/print",
     "ชื่อเครื่องพิมพ์ หรือที่อยู่ เช่น ipp://192.0.2.9/ipp/print ถ้าไม่ระบุใช้เครื่องพิมพ์หลัก"},
    {"copies", "--copies N", "how many copies", "จำนวนชุด"},
    {"sides", "--sides SIDES", "one, two-long (turned like a book) or two-short (like a calendar)",
     "one หน้าเดียว two-long สองหน้าพลิกด้านยาว two-short สองหน้าพลิกด้านสั้น"},
    {"pages", "--pages PAGES", "only these: 1-3,5 or 4- (to the end)",
     "เฉพาะหน้าเหล่านี้ เช่น 1-3,5 หรือ 4- (ถึงหน้าสุดท้าย)"},
    {"tray", "--tray NAME", "the tray that the paper is taken from", "ถาดกระดาษที่ใช้"},
    {"wait", "--wait SECONDS", "for a printer where nothing goes on (else 600); 0: do not wait",
     "รอเครื่องที่ไม่มีความคืบหน้านานเท่าใด (ปกติ 600 วินาที) 0 คือไม่รอ"},
    {"list", "--list", "list the printers, and what is wrong with them",
     "แสดงรายการเครื่องพิมพ์ สถานะ และปัญหา"},
    {"other-font", "--other-font", "set texts in another font than that of the PDF",
     "ใช้แบบอักษรอื่นที่ไม่ใช่ของ PDF ได้"},
};

#define OPTION_COUNT (sizeof options / sizeof options[0])

static const char command_start[] = "  banthuek ";

/* Prints what the text of all commands says of one: its lines and those indented below. */
static bool
print_command(const char *text, const char *name)
{
    size_t len = strlen(name), head = sizeof command_start - 1;
    bool on = false, any = false;

    for (const char *line = text, *end; *line != '\0'; line = end) {
        end = line + strcspn(line, "\n");
        end += *end == '\n';
        if (strncmp(line, command_start, head) == 0)
            on = strncmp(line + head, name, len) == 0 && strchr(" \n", line[head + len]) != NULL;
        else if (strncmp(line, "    ", 4) != 0)
            on = false;
        if (on)
            (void)fwrite(line, 1, (size_t)(end - line), stdout);
        any = any || on;
    }
    return any;
}

bool
cli_has_word(const char *words, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = words; *at != '\0'; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        if (size == len && strncmp(at, word, len) == 0)
            return true;
        at += size;
    }
    return false;
}

int
cli_help_of(const struct cli_args *args, const struct cli_entry *entry)
{
    bool any = false;

    for (size_t i = 0; i < TEXTS - 1; i++)
        any = print_command(cli_word(args, english[i], thai[i]), entry->name) || any;
    if (!any)
        return cli_help(args);
    (void)printf("\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (cli_has_word(entry->options, options[i].name))
            (void)printf("  %-18s %s\n", options[i].shown,
                         cli_word(args, options[i].english, options[i].thai));
    }
    return printf("  %-18s %s\n", "--lang th|en",
                  cli_word(args, "the language of messages", "ภาษาของข้อความ")) < 0
               ? CLI_SYSTEM
               : CLI_GOOD;
}

int
cli_version(const struct cli_args *args)
{
    (void)args;
    return printf("banthuek %s\n", banthuek_version()) < 0 ? CLI_SYSTEM : CLI_GOOD;
}
