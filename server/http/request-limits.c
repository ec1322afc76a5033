/* request-limits.c: what a request may look like before anything reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/request-limits.h"

#include <string.h>

#include "shared/base/text.h"

typedef struct
{
  gsize bytes;
  guint n_hosts;
  guint n_lengths;
  guint n_encodings;
  gboolean strange; /* control characters in a value */
  const char *length;
  const char *encoding;
} HeaderSummary;

static gboolean
has_control (const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    if (((guchar) *p < 0x20 && *p != '\t') || *p == 0x7f)
      return TRUE;
  return FALSE;
}

static void
summarise_cb (const char *name, const char *value, gpointer data)
{
  HeaderSummary *summary = data;

  summary->bytes += strlen (name) + strlen (value) + 4;
  summary->strange |= has_control (value);
  if (g_ascii_strcasecmp (name, "Host") == 0)
    summary->n_hosts++;
  else if (g_ascii_strcasecmp (name, "Content-Length") == 0)
    {
      summary->n_lengths++;
      summary->length = value;
    }
  else if (g_ascii_strcasecmp (name, "Transfer-Encoding") == 0)
    {
      summary->n_encodings++;
      summary->encoding = value;
    }
}

/* Digits alone, at most fifteen. */
static gboolean
is_plain_length (const char *text)
{
  gsize n = strspn (text, "0123456789");

  return n > 0 && n <= 15 && text[n] == '\0';
}

static gboolean
check_framing (const HeaderSummary *summary, GError **error)
{
  if (summary->n_hosts != 1)
    return tw_error_set (error, TW_ERROR_MALFORMED, _ ("The request must name exactly one host."));
  if (summary->n_lengths > 1 || summary->n_encodings > 1 || (summary->n_lengths == 1 && summary->n_encodings == 1))
    return tw_error_set (error, TW_ERROR_MALFORMED, _ ("The length of the request is given twice."));
  if (summary->length != NULL && !is_plain_length (summary->length))
    return tw_error_set (error, TW_ERROR_MALFORMED, _ ("The length of the request is not a number."));
  if (summary->encoding != NULL && g_ascii_strcasecmp (summary->encoding, "chunked") != 0)
    return tw_error_set (error, TW_ERROR_MALFORMED, _ ("The transfer encoding of the request is not known."));
  if (summary->strange)
    return tw_error_set (error, TW_ERROR_MALFORMED, _ ("The header of the request has control characters."));
  return TRUE;
}

static gboolean
check_method (SoupServerMessage *message, GError **error)
{
  static const char *const known[] = { "GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", NULL };

  if (!g_strv_contains (known, soup_server_message_get_method (message)))
    return tw_error_set (error, TW_ERROR_METHOD, _ ("This method is not understood here."));
  return TRUE;
}

static gboolean
check_sizes (SoupServerMessage *message, const HeaderSummary *summary, gsize body_limit, GError **error)
{
  GUri *uri = soup_server_message_get_uri (message);
  gsize target = strlen (g_uri_get_path (uri)) + (g_uri_get_query (uri) != NULL ? strlen (g_uri_get_query (uri)) : 0);

  if (summary->bytes > TW_LIMIT_HEADER_BYTES || target > TW_LIMIT_TARGET_BYTES)
    return tw_error_set (error, TW_ERROR_TOO_LARGE, _ ("The header of the request is too long."));
  if (summary->length != NULL && g_ascii_strtoull (summary->length, NULL, 10) > body_limit)
    return tw_error_set (error, TW_ERROR_TOO_LARGE, _ ("The request is larger than this server takes."));
  return TRUE;
}

gboolean
tw_limits_check_header (SoupServerMessage *message, gsize body_limit, GError **error)
{
  HeaderSummary summary = { 0 };

  soup_message_headers_foreach (soup_server_message_get_request_headers (message), summarise_cb, &summary);
  return check_framing (&summary, error) && check_method (message, error)
         && check_sizes (message, &summary, body_limit, error);
}
