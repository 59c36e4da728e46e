/* The sheet of findings, in the workbooks of results and of validation.
 *
 * In: findings of the scheme and of the data. Out: a sheet with a line for each.
 */
#include "report.h"
#include "sheet.h"

#include <string.h>

static uint32_t put_findings(struct sheet *sheet, bool zh, const char *scheme, uint32_t row, const kh_finding *findings, size_t count)
{
    const char *severities[] = {zh ? "错误" : "error", zh ? "警告" : "warning", zh ? "提醒" : "notice"};
    for (size_t k = 0; k < count && row < SHEET_ROWS; k++, row++) {
        const kh_finding *f = &findings[k];
        sheet_put(sheet, row, 0, severities[f->severity], STYLE_CENTRE);
        sheet_put(sheet, row, 1, f->code, STYLE_PLAIN);
        kh_text text = f->scheme_file.len ? f->scheme_file : (kh_text){scheme, strlen(scheme)};
        kh_text file = f->file.len ? base_name(f->file) : f->line ? base_name(text) : f->file;
        uint64_t line = f->file.len ? f->row : f->line;
        sheet_text(sheet, row, 2, file, STYLE_PLAIN, BAND_NONE);
        if (line) {
            sheet_count(sheet, row, 3, line, STYLE_CENTRE, BAND_NONE);
        } else {
            sheet_text(sheet, row, 3, (kh_text){NULL, 0}, STYLE_PLAIN, BAND_NONE);
        }
        sheet_text(sheet, row, 4, f->heading, STYLE_PLAIN, BAND_NONE);
        sheet_text(sheet, row, 5, f->value, STYLE_PLAIN, BAND_NONE);
        sheet_text(sheet, row, 6, f->words, STYLE_WRAP, BAND_NONE);
        sheet_text(sheet, row, 7, f->hint, STYLE_WRAP, BAND_NONE);
    }
    return row;
}

void book_findings(struct book *book, bool zh, const char *scheme_file, const kh_finding *of_scheme, size_t scheme_count, const kh_finding *findings,
                   size_t count)
{
    enum { COLUMNS = 8 };
    const char *words[COLUMNS] = {zh ? "轻重" : "severity", zh ? "代码" : "code",   zh ? "文件" : "file", zh ? "行" : "line",
                                  zh ? "列" : "column",     zh ? "内容" : "value", zh ? "说明" : "what", zh ? "提示" : "hint"};
    static const unsigned WIDTHS[COLUMNS] = {8, 8, 28, 7, 14, 18, 60, 40};
    const char *name = zh ? "提醒" : "Findings", *scheme = session_name(scheme_file);
    struct sheet *sheet = book_sheet(book, (kh_text){name, strlen(name)});
    for (uint32_t k = 0; k < COLUMNS; k++) {
        sheet_width(sheet, k, k, WIDTHS[k]);
        sheet_put(sheet, 0, k, words[k], STYLE_HEAD);
    }
    uint32_t row = put_findings(sheet, zh, scheme, 1, of_scheme, scheme_count);
    row = put_findings(sheet, zh, scheme, row, findings, count);
    sheet_freeze(sheet, 0, 1, 0);
    sheet_filter(sheet, 0, row - 1, COLUMNS - 1);
    sheet_print(sheet, true, 1);
}
