/* libxlsxwriter, loaded when a workbook is first written: see loaded.h. */
#ifndef KAOHE_CLI_LIBXLSXWRITER_H
#define KAOHE_CLI_LIBXLSXWRITER_H

#include "../runtime/loaded.h"

#include <xlsxwriter.h>

#define LIBXLSXWRITER_CALLS(CALL) \
    CALL(format_set_align) \
    CALL(format_set_bg_color) \
    CALL(format_set_bold) \
    CALL(format_set_border) \
    CALL(format_set_border_color) \
    CALL(format_set_font_color) \
    CALL(format_set_font_size) \
    CALL(format_set_indent) \
    CALL(format_set_num_format) \
    CALL(format_set_text_wrap) \
    CALL(format_set_underline) \
    CALL(lxw_col_to_name) \
    CALL(lxw_workbook_free) \
    CALL(workbook_add_format) \
    CALL(workbook_add_worksheet) \
    CALL(workbook_close) \
    CALL(workbook_new_opt) \
    CALL(workbook_set_properties) \
    CALL(worksheet_autofilter) \
    CALL(worksheet_data_validation_range) \
    CALL(worksheet_fit_to_pages) \
    CALL(worksheet_freeze_panes) \
    CALL(worksheet_ignore_errors) \
    CALL(worksheet_repeat_columns) \
    CALL(worksheet_repeat_rows) \
    CALL(worksheet_set_column) \
    CALL(worksheet_set_footer) \
    CALL(worksheet_set_landscape) \
    CALL(worksheet_set_margins) \
    CALL(worksheet_set_paper) \
    CALL(worksheet_set_row) \
    CALL(worksheet_write_blank) \
    CALL(worksheet_write_comment_opt) \
    CALL(worksheet_write_number) \
    CALL(worksheet_write_string) \
    CALL(worksheet_write_url_opt)

LOADED(xlsx, SONAME_LIBXLSXWRITER, LIBXLSXWRITER_CALLS)

#endif
