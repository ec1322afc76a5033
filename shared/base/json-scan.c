/* json-scan.c: RFC 8259 and nothing more, in one pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A recursive descent whose depth is bounded by TW_JSON_MAX_DEPTH. The decoded keys of the objects that
 * are open lie one after another in an arena; at the end of an object its keys are sorted and
 * neighbours compared, which no choice of keys can make slow, as a hash could be.
 */
#include "shared/base/json-scan.h"

#include <math.h>
#include <string.h>

#include "shared/base/error.h"
#include "shared/base/text.h"

/* A number longer than this means nothing to anybody here; int64 has 19 digits. */
#define MAX_NUMBER 64

typedef struct
{
  gsize start; /* in the arena */
  gsize length;
  gsize offset; /* of the key in the text */
} Key;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  GString *arena; /* decoded keys of the open objects */
  GArray *keys;   /* Key, those of the innermost object last */
  const char *fault; /* N_(), the first that was found */
  gsize fault_offset;
} Scan;

static gboolean scan_value (Scan *scan, guint depth);

static gboolean
fail_at (Scan *scan, gsize offset, const char *fault)
{
  scan->fault = fault;
  scan->fault_offset = offset;
  return FALSE;
}

static gboolean
fail (Scan *scan, const char *fault)
{
  return fail_at (scan, (gsize) (scan->at - scan->start), fault);
}

/* The byte at the point, or NUL, which is no JSON, at the end. */
static char
peek (const Scan *scan)
{
  return scan->at < scan->end ? *scan->at : '\0';
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
    scan->at++;
}

static gboolean
accept (Scan *scan, char c)
{
  if (peek (scan) != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
scan_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return fail (scan, N_ ("A value is expected here"));
  scan->at += length;
  return TRUE;
}

static gboolean
scan_hex (Scan *scan, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, scan->at++)
    {
      int digit = g_ascii_xdigit_value (peek (scan));
      if (digit < 0)
        return fail (scan, N_ ("Four hexadecimal digits are expected here"));
      *unit = *unit * 16 + (gunichar) digit;
    }
  return TRUE;
}

/* What follows `\u`; a pair of surrogates is one character. */
static gboolean
scan_unicode_escape (Scan *scan, gunichar *c)
{
  if (!scan_hex (scan, c))
    return FALSE;
  if (*c == 0)
    return fail (scan, N_ ("The character U+0000 is not accepted"));
  if (*c < 0xD800 || *c > 0xDFFF)
    return TRUE;

  gunichar low;
  if (*c > 0xDBFF || !accept (scan, '\\') || !accept (scan, 'u'))
    return fail (scan, N_ ("Half a surrogate pair is no character"));
  if (!scan_hex (scan, &low))
    return FALSE;
  if (low < 0xDC00 || low > 0xDFFF)
    return fail (scan, N_ ("Half a surrogate pair is no character"));
  *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan, GString *decoded)
{
  static const char letters[] = "\"\\/bfnrt", characters[] = "\"\\/\b\f\n\r\t";
  const char *letter = peek (scan) != '\0' ? strchr (letters, peek (scan)) : NULL;

  if (letter != NULL)
    {
      scan->at++;
      if (decoded != NULL)
        g_string_append_c (decoded, characters[letter - letters]);
      return TRUE;
    }

  gunichar c;
  if (!accept (scan, 'u'))
    return fail (scan, N_ ("This escape does not exist"));
  if (!scan_unicode_escape (scan, &c))
    return FALSE;
  if (decoded != NULL)
    g_string_append_unichar (decoded, c);
  return TRUE;
}

/* A string with its quotes; its value is appended to @decoded unless that is NULL. */
static gboolean
scan_string (Scan *scan, GString *decoded)
{
  if (!accept (scan, '"'))
    return fail (scan, N_ ("A text in double quotes is expected here"));
  for (;;)
    {
      const char *run = scan->at;
      while (scan->at < scan->end && *scan->at != '"' && *scan->at != '\\' && (guchar) *scan->at >= 0x20)
        scan->at++;
      if (decoded != NULL)
        g_string_append_len (decoded, run, scan->at - run);
      if (accept (scan, '"'))
        return TRUE;
      if (!accept (scan, '\\'))
        return fail (scan, scan->at == scan->end ? N_ ("The text has no closing quote")
                                                 : N_ ("Control characters in a text must be escaped"));
      if (!scan_escape (scan, decoded))
        return FALSE;
    }
}

static gboolean
scan_digits (Scan *scan)
{
  if (!g_ascii_isdigit (peek (scan)))
    return fail (scan, N_ ("A digit is expected here"));
  while (g_ascii_isdigit (peek (scan)))
    scan->at++;
  return TRUE;
}

static gboolean
check_range (Scan *scan, const char *start, gboolean integer)
{
  char number[MAX_NUMBER + 1];
  gsize length = (gsize) (scan->at - start);
  gsize offset = (gsize) (start - scan->start);

  if (length > MAX_NUMBER)
    return fail_at (scan, offset, N_ ("The number is too long"));
  memcpy (number, start, length);
  number[length] = '\0';

  gboolean fits = integer ? g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, NULL, NULL)
                          : isfinite (g_ascii_strtod (number, NULL));
  return fits || fail_at (scan, offset, N_ ("The number is out of range"));
}

static gboolean
scan_number (Scan *scan)
{
  const char *start = scan->at;
  gboolean integer = TRUE;

  accept (scan, '-');
  if (!accept (scan, '0') && !scan_digits (scan))
    return FALSE;
  if (accept (scan, '.'))
    {
      integer = FALSE;
      if (!scan_digits (scan))
        return FALSE;
    }
  if (accept (scan, 'e') || accept (scan, 'E'))
    {
      integer = FALSE;
      if (!accept (scan, '+'))
        accept (scan, '-');
      if (!scan_digits (scan))
        return FALSE;
    }
  return check_range (scan, start, integer);
}

static gboolean
scan_array (Scan *scan, guint depth)
{
  scan->at++;
  skip_space (scan);
  if (accept (scan, ']'))
    return TRUE;
  for (;;)
    {
      if (!scan_value (scan, depth))
        return FALSE;
      if (accept (scan, ']'))
        return TRUE;
      if (!accept (scan, ','))
        return fail (scan, N_ ("A comma or a closing bracket is expected here"));
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer arena)
{
  const Key *left = a, *right = b;
  const char *text = ((GString *) arena)->str;
  int order = memcmp (text + left->start, text + right->start, MIN (left->length, right->length));

  if (order != 0)
    return order;
  return (left->length > right->length) - (left->length < right->length);
}

/* The keys from @first on belong to the object that ends here. */
static gboolean
check_and_drop_keys (Scan *scan, guint first)
{
  Key *keys = &g_array_index (scan->keys, Key, first);
  guint n = scan->keys->len - first;
  gsize arena_start = keys[0].start;

  g_qsort_with_data (keys, (int) n, sizeof *keys, compare_keys, scan->arena);
  for (guint i = 1; i < n; i++)
    if (compare_keys (&keys[i - 1], &keys[i], scan->arena) == 0)
      return fail_at (scan, MAX (keys[i - 1].offset, keys[i].offset), N_ ("This key stands twice in its object"));
  g_array_set_size (scan->keys, first);
  g_string_truncate (scan->arena, arena_start);
  return TRUE;
}

static gboolean
scan_member (Scan *scan, guint depth)
{
  Key key = { .start = scan->arena->len, .offset = (gsize) (scan->at - scan->start) };

  if (!scan_string (scan, scan->arena))
    return FALSE;
  key.length = scan->arena->len - key.start;
  g_array_append_val (scan->keys, key);
  skip_space (scan);
  if (!accept (scan, ':'))
    return fail (scan, N_ ("A colon is expected here"));
  return scan_value (scan, depth);
}

static gboolean
scan_object (Scan *scan, guint depth)
{
  guint first = scan->keys->len;

  scan->at++;
  skip_space (scan);
  if (accept (scan, '}'))
    return TRUE;
  for (;;)
    {
      if (scan->keys->len - first >= TW_JSON_MAX_MEMBERS)
        return fail (scan, N_ ("The object has too many members"));
      if (!scan_member (scan, depth))
        return FALSE;
      if (accept (scan, '}'))
        return check_and_drop_keys (scan, first);
      if (!accept (scan, ','))
        return fail (scan, N_ ("A comma or a closing brace is expected here"));
      skip_space (scan);
    }
}

/* A value with the white space around it, @depth arrays and objects deep. */
static gboolean
scan_value (Scan *scan, guint depth)
{
  gboolean ok;

  skip_space (scan);
  char c = peek (scan);
  if (c == '{' || c == '[')
    {
      if (depth >= TW_JSON_MAX_DEPTH)
        return fail (scan, N_ ("Arrays and objects are nested too deeply"));
      ok = c == '{' ? scan_object (scan, depth + 1) : scan_array (scan, depth + 1);
    }
  else if (c == '"')
    ok = scan_string (scan, NULL);
  else if (c == '-' || g_ascii_isdigit (c))
    ok = scan_number (scan);
  else
    ok = scan_word (scan, c == 't' ? "true" : c == 'f' ? "false" : "null");
  skip_space (scan);
  return ok;
}

gboolean
tw_json_scan (const char *text, gsize length, GError **error)
{
  const char *valid_end;
  g_autoptr (GString) arena = g_string_new (NULL);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (Key));
  Scan scan = { .start = text, .at = text, .end = text + length, .arena = arena, .keys = keys };

  if (!g_utf8_validate_len (text, length, &valid_end))
    fail_at (&scan, (gsize) (valid_end - text), N_ ("This is not UTF-8 text"));
  else if (scan_value (&scan, 0) && scan.at < scan.end)
    fail (&scan, N_ ("Nothing may follow the value"));
  if (scan.fault == NULL)
    return TRUE;
  /* Translators: %s is a sentence that says what is wrong, %zu counts bytes */
  return tw_error_set (error, TW_ERROR_MALFORMED, _ ("The request is not valid JSON. %s (byte %zu)."),
                       _ (scan.fault), scan.fault_offset);
}
