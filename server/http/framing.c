/* framing.c: see framing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 9112 where it leaves no choice; where it does (folded lines, bare line feeds, chunk extensions, trailers), the
 * strict one: no client needs them.
 */
#include "server/http/framing.h"

#include <string.h>

/* Longer than libsoup's limit for a whole header: that one answers. */
#define MAX_LINE (128 * 1024)
#define MAX_LENGTH_DIGITS 15
#define MAX_CHUNK_DIGITS 8
/* Each chunk costs a round through libsoup, however short it is. A few may be short. */
#define FREE_CHUNKS 256
#define MIN_AVERAGE_CHUNK 64

typedef enum
{
  REQUEST_LINE,
  HEADER,
  BODY,
  CHUNK_SIZE,
  CHUNK,
  CHUNK_END,
  LAST_END, /* of the last chunk: no trailers */
  REFUSED,  /* request-limits.c refuses the request: whatever follows is thrown away */
} State;

struct _TwFraming
{
  State state;
  GString *line; /* until its line feed has come */
  guint64 left;  /* bytes of body or chunk to come */
  gboolean is_old; /* HTTP/1.0 */
  guint n_lengths;
  guint n_encodings;
  gboolean chunked;
  guint n_chunks;
  guint64 chunk_bytes;
  gboolean odd_length;
  guint64 length;
};

static gboolean
is_token (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static const char *
skip_token (const char *text)
{
  while (is_token (*text))
    text++;
  return text;
}

/* ---- Lines, without their ends ---- */

static gboolean
take_request_line (TwFraming *self)
{
  const char *target = skip_token (self->line->str);
  const char *end;

  if (target == self->line->str || *target++ != ' ')
    return FALSE;
  for (end = target; (guchar) *end > ' '; end++)
    ;
  self->is_old = g_str_equal (end, " HTTP/1.0");
  self->n_lengths = self->n_encodings = self->n_chunks = 0;
  self->chunked = self->odd_length = FALSE;
  self->length = self->chunk_bytes = 0;
  self->state = HEADER;
  return end > target && (self->is_old || g_str_equal (end, " HTTP/1.1"));
}

static void
take_length (TwFraming *self, const char *value)
{
  gsize n = strspn (value, "0123456789");

  self->n_lengths++;
  if (n == 0 || n > MAX_LENGTH_DIGITS || value[n] != '\0')
    self->odd_length = TRUE;
  else
    self->length = g_ascii_strtoull (value, NULL, 10);
}

static gboolean
take_header_line (TwFraming *self)
{
  char *colon = (char *) skip_token (self->line->str);
  const char *value;

  if (colon == self->line->str || *colon != ':')
    return FALSE;
  *colon = '\0';
  value = g_strstrip (colon + 1);
  if (g_ascii_strcasecmp (self->line->str, "Content-Length") == 0)
    take_length (self, value);
  else if (g_ascii_strcasecmp (self->line->str, "Transfer-Encoding") == 0)
    {
      self->n_encodings++;
      self->chunked = g_ascii_strcasecmp (value, "chunked") == 0;
      return self->chunked && !self->is_old;
    }
  return TRUE;
}

static gboolean
end_header (TwFraming *self)
{
  if (self->odd_length || self->n_lengths + self->n_encodings > 1)
    self->state = REFUSED;
  else if (self->chunked)
    self->state = CHUNK_SIZE;
  else
    self->state = self->length > 0 ? BODY : REQUEST_LINE;
  self->left = self->length;
  return TRUE;
}

static gboolean
take_chunk_size (TwFraming *self)
{
  gsize n = strspn (self->line->str, "0123456789abcdefABCDEF");

  if (n == 0 || n > MAX_CHUNK_DIGITS || n != self->line->len)
    return FALSE;
  self->left = g_ascii_strtoull (self->line->str, NULL, 16);
  self->state = self->left > 0 ? CHUNK : LAST_END;
  self->n_chunks++;
  self->chunk_bytes += self->left;
  return self->n_chunks <= FREE_CHUNKS || self->chunk_bytes / self->n_chunks >= MIN_AVERAGE_CHUNK;
}

static gboolean
take_empty (TwFraming *self, State next)
{
  self->state = next;
  return self->line->len == 0;
}

static gboolean
take_line (TwFraming *self)
{
  switch (self->state)
    {
    case REQUEST_LINE:
      return take_request_line (self);
    case HEADER:
      return self->line->len == 0 ? end_header (self) : take_header_line (self);
    case CHUNK_SIZE:
      return take_chunk_size (self);
    case CHUNK_END:
      return take_empty (self, CHUNK_SIZE);
    case LAST_END:
      return take_empty (self, REQUEST_LINE);
    case BODY:
    case CHUNK:
    case REFUSED:
      break;
    }
  return FALSE;
}

/* ---- Bytes ---- */

static gboolean
has_return (GString *line)
{
  return line->len > 0 && line->str[line->len - 1] == '\r';
}

/* One byte of a line: a return only before the line feed, no other control characters but tabs. */
static gboolean
take_byte (TwFraming *self, char c)
{
  gboolean done;

  if (has_return (self->line) != (c == '\n'))
    return FALSE;
  if (c != '\n')
    {
      if (((guchar) c < 0x20 && c != '\t' && c != '\r') || c == 0x7f || self->line->len >= MAX_LINE)
        return FALSE;
      g_string_append_c (self->line, c);
      return TRUE;
    }
  g_string_truncate (self->line, self->line->len - 1);
  done = take_line (self);
  g_string_truncate (self->line, 0);
  return done;
}

static gsize
skip_content (TwFraming *self, gsize length)
{
  gsize n = MIN (self->left, length);

  self->left -= n;
  if (self->left == 0)
    self->state = self->state == CHUNK ? CHUNK_END : REQUEST_LINE;
  return n;
}

/* ---- Public ---- */

TwFraming *
tw_framing_new (void)
{
  TwFraming *self = g_new0 (TwFraming, 1);

  self->line = g_string_new (NULL);
  return self;
}

void
tw_framing_free (TwFraming *self)
{
  g_string_free (self->line, TRUE);
  g_free (self);
}

gsize
tw_framing_check (TwFraming *self, const char *bytes, gsize length)
{
  gsize i = 0;

  while (i < length && self->state != REFUSED)
    if (self->state == BODY || self->state == CHUNK)
      i += skip_content (self, length - i);
    else if (take_byte (self, bytes[i]))
      i++;
    else
      return i;
  return length;
}
