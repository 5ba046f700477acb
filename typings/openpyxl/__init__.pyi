from io import BytesIO

from openpyxl.worksheet._read_only import ReadOnlyWorksheet

class Workbook:
    worksheets: list[ReadOnlyWorksheet]

def load_workbook(
    filename: BytesIO, *, read_only: bool, data_only: bool, keep_links: bool
) -> Workbook: ...
