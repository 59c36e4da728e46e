/* Pages: one self-contained file each, without scripts, pictures or anything fetched.
 *
 * Decision: one style sheet for documents and explanations, small enough to stand in every page: a page is mailed, filed
 * and opened years later, alone. Tables stay tables for screen readers (roles are written out, since a narrow screen shows
 * their rows as cards by style, which would take their meaning away). Cost: a few kilobytes a page.
 */
#include "html.h"

void html_text(struct buffer *out, struct text text)
{
    for (size_t k = 0; k < text.len; k++) {
        unsigned char c = (unsigned char)text.at[k];
        if (c == '&')
            buffer_put(out, "&amp;");
        else if (c == '<')
            buffer_put(out, "&lt;");
        else if (c == '>')
            buffer_put(out, "&gt;");
        else if (c == '"')
            buffer_put(out, "&quot;");
        else if (c >= 0x20 || c == '\n' || c == '\t')
            buffer_char(out, (char)c);
    }
}

void html_attribute(struct buffer *out, struct text text) { html_text(out, text); }

/* What most of a text's letters are; TONGUE_EN for one without. */
static enum tongue tongue_of(struct text text)
{
    for (size_t k = 0; k < text.len; k++)
        if ((unsigned char)text.at[k] >= 0xE3 && (unsigned char)text.at[k] <= 0xEA)
            return TONGUE_ZH; /* of a Han character */
    return TONGUE_EN;
}

static bool has_letter(struct text text)
{
    for (size_t k = 0; k < text.len; k++)
        if ((text.at[k] | 0x20) >= 'a' && (text.at[k] | 0x20) <= 'z') return true;
    return false;
}

void html_own(struct buffer *out, struct text text, enum tongue page)
{
    enum tongue tongue = tongue_of(text);
    bool other = tongue != page && (tongue == TONGUE_ZH || has_letter(text));
    if (other) buffer_put(out, tongue == TONGUE_ZH ? "<span lang=\"zh-CN\">" : "<span lang=\"en\">");
    html_text(out, text);
    if (other) buffer_put(out, "</span>");
}

static const char STYLE[] =
    ":root{--ink:#1b1f24;--soft:#57606a;--line:#c8ccd1;--tint:#f4f5f7;--mark:#8a1c1c;--good:#1a6b35;--warn:#8a5a00}\n"
    "*{box-sizing:border-box}\n"
    "html{-webkit-text-size-adjust:100%}\n"
    "body{margin:0 auto;max-width:1180px;padding:1.5rem 1.25rem 4rem;color:var(--ink);background:#fff;"
    "font:16px/1.6 \"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft "
    "YaHei\",system-ui,sans-serif;overflow-wrap:break-word}\n"
    ":lang(en){font-family:\"Noto Sans\",\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,system-ui,\"Noto Sans CJK "
    "SC\",\"PingFang SC\",\"Microsoft "
    "YaHei\",sans-serif}:lang(zh){font-family:\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft "
    "YaHei\",system-ui,sans-serif}code,code *{font-family:ui-monospace,\"Noto Sans Mono CJK SC\",Consolas,monospace}\n"
    "h1{font-size:1.7rem;line-height:1.3;margin:.3rem 0 .6rem}\n"
    "h2{font-size:1.25rem;margin:2.4rem 0 .8rem;padding-bottom:.25rem;border-bottom:2px solid var(--ink)}\n"
    "h3{font-size:1.05rem;margin:1.4rem 0 .5rem}\n"
    "p{margin:.35rem 0}a{color:#0b4a8f}code{font:.9em/1.45 ui-monospace,\"Noto Sans Mono CJK SC\",Consolas,monospace}\n"
    ".meta{color:var(--soft)}dl.meta{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}.meta dt,.meta "
    "dd{margin:0}\n"
    "nav ol{columns:2;padding-left:1.4rem;margin:.4rem 0}nav ul{list-style:none;padding:0;margin:.4rem "
    "0;display:flex;flex-wrap:wrap;gap:.3rem 1rem}\n"
    ".skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem;z-index:9}\n"
    "table{border-collapse:collapse;width:100%;font-size:.92rem}caption{text-align:left;color:var(--soft);padding:.2rem 0 "
    ".5rem}\n"
    "th,td{border:1px solid var(--line);padding:.4rem .55rem;text-align:left;vertical-align:top}\n"
    "thead th{background:var(--tint);font-weight:600}tbody th{font-weight:600}\n"
    "tr.section>*{background:var(--tint);font-weight:600}\n"
    "td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
    "td ul,td ol{margin:0;padding-left:1.1rem}td li{margin:.1rem 0}\n"
    ".clause{color:var(--soft);white-space:nowrap;font-size:.9em}td "
    ".clause{white-space:normal}.other,.when{color:var(--soft)}.when{font-size:.9em}.blank{"
    "min-width:3.2rem}td>code{"
    "overflow-wrap:anywhere}th[scope=col]{white-space:nowrap}.wide "
    "th[scope=col]{white-space:normal;word-break:keep-all}.num{white-space:nowrap}\n"
    ".minus{color:var(--mark)}.plus{color:var(--good)}.open{color:var(--warn)}.wrong{color:var(--mark);font-weight:600}\n"
    ".lead{font-size:1.15rem;border:1px solid var(--line);border-left:6px solid var(--ink);padding:.8rem 1rem;margin:1rem "
    "0}\n"
    ".lead .big{font-size:1.9rem;font-weight:700;line-height:1.2}\n"
    ".part{border-top:1px solid var(--line);padding:.55rem 0}.part h3{margin:0 0 .2rem}thead "
    "td{background:var(--tint)}.part .head{display:flex;gap:.8rem;align-items:baseline}\n"
    ".part .head .t{flex:1}.part .head .m{font-weight:700;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
    ".d1{margin-left:1.4rem}.d2{margin-left:2.8rem}.d3{margin-left:4.2rem}\n"
    ".tree td{padding:.15rem .55rem}.tree .d1 .t{padding-left:1.9rem}.tree .d2 .t{padding-left:3.3rem}.tree .d3 "
    ".t{padding-left:4.7rem}.tree tr.d0>*{font-weight:600}\n"
    ".rule{margin:.35rem 0 .35rem 1rem;padding-left:.7rem;border-left:3px solid var(--line)}\n"
    ".rows{font-size:.9rem;color:var(--soft);margin:.2rem 0 .2rem 1rem;padding:0;list-style:none}.note{color:var(--soft)}\n"
    ".stack>span{display:block}svg{max-width:100%;height:auto}\n"
    ".pager{display:flex;justify-content:space-between;gap:1rem;margin:.6rem 0}\n"
    "@media not screen,(min-width:761px){#scoring td:nth-child(4),#scoring td:nth-child(6){min-width:6.5em}"
    "#scoring td:nth-child(3),#scoring td:nth-child(7){min-width:4.6em}#scoring "
    "td:nth-child(5){min-width:19em}.scroll{overflow-x:auto}}\n"
    "@media screen and (max-width:760px){body{padding:1rem .9rem 3rem}h1{font-size:1.4rem}nav ol{columns:1}\n"
    "table.cards caption{display:block}table.cards thead{position:absolute;left:-9999px}table.cards,table.cards "
    "tbody,table.cards tr,table.cards "
    "td,table.cards th{display:block;width:100%}\n"
    "table.cards tr{border:1px solid var(--line);margin:0 0 .8rem}table.cards th,table.cards td{border:0;border-top:1px "
    "solid var(--tint);text-align:left;white-space:normal}\n"
    "table.cards td:empty,table.cards td.blank{display:none}table.cards "
    "[data-h]:before{content:attr(data-h);display:block;font-size:.8rem;color:var(--soft);font-weight:400}\n"
    ".scroll{overflow-x:auto}.bar{display:none}svg.dist "
    "text{font-size:21px}.d1,.d2,.d3{margin-left:.6rem}dl.meta{display:block}.meta dd{margin:0 0 .3rem}}\n"
    "@page{size:A4;margin:16mm 14mm 18mm;@bottom-right{content:counter(page) \" / \" counter(pages);font-size:9pt}"
    "@bottom-left{font-size:9pt;color:#57606a}}\n"
    "@page wide{size:A4 landscape}\n"
    "@media "
    "print{body{max-width:none;padding:0;font-size:10pt}a{color:inherit;text-decoration:none}.skip,.pager{display:none}nav "
    "ol{columns:1}tbody tr:first-child,caption{break-before:avoid;break-after:avoid}"
    "\n"
    ".wide{page:wide}h2{break-after:avoid;margin-top:1.2rem}h3{break-after:avoid}h3:last-child{break-after:auto}.part{"
    "padding:.2rem 0}tr,.rule,.lead{break-inside:avoid}thead{"
    "display:table-header-group}\n"
    "table{font-size:8.8pt}.blank{min-width:12mm}thead "
    "th,tr.section>*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}\n";

void html_open(struct buffer *out, struct text title, enum tongue tongue, struct text footer)
{
    buffer_print(out,
                 "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                 tongue == TONGUE_ZH ? "zh-CN" : "en");
    html_text(out, title);
    buffer_put(out, "</title>\n<style>\n");
    buffer_put(out, STYLE);
    buffer_put(out, "@page{@bottom-left{content:\"");
    for (size_t k = 0; k < footer.len; k++) { /* a CSS string inside HTML: what could end either is written as an escape */
        unsigned char c = (unsigned char)footer.at[k];
        if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&')
            buffer_print(out, "\\%x ", c);
        else
            buffer_char(out, (char)c);
    }
    buffer_put(out, "\"}}\n</style>\n</head>\n<body>\n");
}

void html_close(struct buffer *out) { buffer_put(out, "</body>\n</html>\n"); }
