#!/usr/bin/env python3
"""Makes spreadsheets with openpyxl, for tests/unit/sheet_xlsx_made.c and tests/long/libreoffice.
usage: make_workbooks.py DIR"""
import datetime
import pathlib
import sys

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

DAY = datetime.datetime(2023, 9, 29, 8, 30)


def scores():
    """Scores as an office has them, with what else a sheet may hold."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "คะแนน 2566"
    sheet.append(["ที่", "ตัวชี้วัด", "คะแนน"])
    sheet.append([1, "การปฏิบัติหน้าที่", 99.49])
    sheet.append([2, "การใช้งบประมาณ\nบรรทัดที่สอง ", 86.170000000000002])
    sheet.append([3, CellRichText("การ", TextBlock(InlineFont(b=True), "ใช้"), "อำนาจ"), 100])
    sheet.append([None, "รวม", "=SUM(C2:C4)"])
    sheet["E7"] = True
    sheet["F7"] = "#N/A"
    sheet["F7"].data_type = "e"
    sheet["G7"] = "A & <b> \"ก\""
    sheet.merge_cells("A9:C10")
    sheet["A9"] = "หมายเหตุ"
    return book


def dates(book):
    """The same day in all kinds of formats."""
    sheet = book.create_sheet("วันที่")
    formats = ["d/m/yyyy", "[$-D07041E]d mmm yyyy", "[$-41E]d mmmm bbbb;@", "mmm-yy", "h:mm", "[h]:mm:ss",
               '0.00" d"']
    for row, code in enumerate(formats, 1):
        sheet.cell(row, 1, code)
        sheet.cell(row, 2, DAY).number_format = code
    sheet.cell(8, 1, "ร้อยละ")
    sheet.cell(8, 2, 0.8617).number_format = "0.00%"
    sheet.cell(9, 1, "พ.ศ. ที่พิมพ์เป็น ค.ศ.")
    sheet.cell(9, 2, datetime.date(2566, 9, 29)).number_format = "d/m/yyyy"
    book.create_sheet("ซ่อน").sheet_state = "hidden"
    book.create_sheet("ซ่อนมาก").sheet_state = "veryHidden"


def main():
    folder = pathlib.Path(sys.argv[1])
    book = scores()
    dates(book)
    book.save(folder / "openpyxl.xlsx")
    book = scores()
    book.epoch = CALENDAR_MAC_1904
    dates(book)
    book.save(folder / "openpyxl-1904.xlsx")


main()
