/* Words that stand in a form and are found there again. For files of this room only. */
#ifndef FORM_FORM_WORDS_H
#define FORM_FORM_WORDS_H

#define FORM_FIRST_SHEET "บันทึก"
#define FORM_TEMPLATE "แม่แบบ"
#define FORM_KIND "รุ่นของแบบกรอก"
#define FORM_NAME "ช่อง"
#define FORM_VALUE "ค่า"
#define FORM_HELP "คำอธิบาย"

#endif
