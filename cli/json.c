/* JSON out: see json.h. */
#include "json.h"

#include <string.h>

static void new_line(struct json *json)
{
    if (json->compact) return;
    sink_put(json->sink, "\n");
    for (int k = 0; k < json->depth; k++) sink_put(json->sink, "  ");
}

/* Bytes of the whole character at `at`, 0: it is none. */
static size_t character(kh_text text, size_t at)
{
    unsigned char first = (unsigned char)text.at[at];
    size_t len = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (!len || at + len > text.len) return 0;
    for (size_t k = 1; k < len; k++) {
        if (((unsigned char)text.at[at + k] & 0xc0) != 0x80) return 0;
    }
    unsigned char second = len > 1 ? (unsigned char)text.at[at + 1] : 0;
    bool odd = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
               (first == 0xf4 && second > 0x8f); /* overlong, a half of a pair, beyond the last */
    return odd ? 0 : len;
}

static void put_string(struct json *json, kh_text text)
{
    struct sink *sink = json->sink;
    sink_put(sink, "\"");
    size_t from = 0;
    for (size_t at = 0; at < text.len;) {
        size_t len = character(text, at);
        char c = text.at[at];
        bool plain = len > 1 || (len == 1 && (unsigned char)c >= 0x20 && c != '"' && c != '\\' && c != 0x7f);
        if (plain) {
            at += len;
            continue;
        }
        sink_text(sink, (kh_text){text.at + from, at - from});
        char escaped[8];
        if (!len) {
            snprintf(escaped, sizeof escaped, "\xEF\xBF\xBD");
        } else if (c == '"' || c == '\\') {
            snprintf(escaped, sizeof escaped, "\\%c", c);
        } else if (c == '\n') {
            snprintf(escaped, sizeof escaped, "\\n");
        } else {
            snprintf(escaped, sizeof escaped, "\\u%04x", (unsigned)c & 0x7f);
        }
        sink_put(sink, escaped);
        from = ++at;
    }
    sink_text(sink, (kh_text){text.at + from, text.len - from});
    sink_put(sink, "\"");
}

void json_key(struct json *json, kh_text key)
{
    if (json->filled) sink_put(json->sink, json->compact ? ", " : ",");
    if (json->depth) new_line(json);
    json->filled = true;
    put_string(json, key);
    sink_put(json->sink, ": ");
    json->keyed = true;
}

static void begin(struct json *json, const char *key)
{
    if (key) {
        json_key(json, (kh_text){key, strlen(key)});
    } else if (!json->keyed) {
        if (json->filled) sink_put(json->sink, json->compact ? ", " : ",");
        if (json->depth) new_line(json);
    }
    json->keyed = false;
    json->filled = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
    begin(json, key);
    sink_text(json->sink, (kh_text){&bracket, 1});
    json->depth++;
    json->filled = false;
}

void json_close(struct json *json, char bracket)
{
    json->depth--;
    if (json->filled) new_line(json);
    sink_text(json->sink, (kh_text){&bracket, 1});
    json->filled = true;
}

void json_text(struct json *json, const char *key, kh_text text)
{
    begin(json, key);
    put_string(json, text);
}

void json_text_if(struct json *json, const char *key, kh_text text)
{
    if (text.len) json_text(json, key, text);
}

void json_count(struct json *json, const char *key, uint64_t count)
{
    begin(json, key);
    sink_count(json->sink, count);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin(json, key);
    sink_put(json->sink, value ? "true" : "false");
}

bool figure_is_decimal(kh_text text)
{
    size_t at = text.len && text.at[0] == '-' ? 1 : 0, whole = 0, places = 0;
    bool zero = at < text.len && text.at[at] == '0';
    for (; at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; at++) whole++;
    if (!whole || (zero && whole > 1)) return false;
    if (at == text.len) return true;
    if (text.at[at++] != '.') return false;
    for (; at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; at++) places++;
    return places && at == text.len;
}

void json_figure(struct json *json, const char *key, kh_text figure)
{
    begin(json, key);
    if (!figure.len) {
        sink_put(json->sink, "null");
    } else if (figure_is_decimal(figure)) {
        sink_text(json->sink, figure);
    } else {
        put_string(json, figure);
    }
}

void json_end(struct json *json)
{
    sink_put(json->sink, "\n");
    json->filled = json->keyed = false;
}
