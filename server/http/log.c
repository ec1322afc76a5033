/* log.c: structured lines on stderr
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/log.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "shared/base/codec.h"
#include "shared/base/date.h"
#include "shared/base/text.h"

#define MAX_PATH_BYTES 512

/* What JSON lets stand, but would end a line, move a terminal's cursor or hide the order of other characters. */
static gboolean
is_acting (gunichar c)
{
  char alone[8] = { 0 };

  g_unichar_to_utf8 (c, alone);
  return c == 0x2028 || c == 0x2029 || !tw_text_is_clean (alone, FALSE);
}

static void
append_member (GString *line, const char *name, const char *value)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) quoted = NULL;

  if (value == NULL)
    return;
  valid = g_utf8_make_valid (value, -1);
  quoted = g_string_new (NULL);
  tw_codec_append_string (quoted, valid);
  g_string_append_printf (line, ",\"%s\":", name);
  for (const char *at = quoted->str; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_acting (c))
        g_string_append_printf (line, "\\u%04x", c);
      else
        g_string_append_unichar (line, c);
    }
}

static GString *
begin_line (const char *level)
{
  g_autofree char *now = tw_time_format (tw_time_now ());
  GString *line = g_string_sized_new (256);

  g_string_append_printf (line, "{\"time\":\"%s\",\"level\":\"%s\"", now, level);
  return line;
}

/* One write() a line, so that lines of several threads stay whole. A log that cannot be written must not stop the
 * server. */
static void
end_line (GString *line)
{
  gsize done = 0;

  g_string_append (line, "}\n");
  while (done < line->len)
    {
      gssize n = write (STDERR_FILENO, line->str + done, line->len - done);

      if (n < 0 && errno != EINTR)
        break;
      if (n > 0)
        done += (gsize) n;
    }
  g_string_free (line, TRUE);
}

static const char *
level_name (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  return level & G_LOG_LEVEL_DEBUG ? "debug" : "info";
}

static GLogWriterOutput
writer_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  const char *message = NULL;
  const char *domain = NULL;
  GString *line;

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_str_equal (fields[i].key, "MESSAGE"))
        message = fields[i].value;
      else if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
        domain = fields[i].value;
    }
  if (g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;
  line = begin_line (level_name (level));
  append_member (line, "domain", domain);
  append_member (line, "message", message);
  end_line (line);
  return G_LOG_WRITER_HANDLED;
}

void
tw_log_start (void)
{
  g_log_set_writer_func (writer_cb, NULL, NULL);
}

void
tw_log_request (const TwLogRequest *request)
{
  GString *line = begin_line (request->status >= 500 ? "warning" : "info");
  g_autofree char *path = g_strndup (request->path, MAX_PATH_BYTES);

  append_member (line, "request", request->id);
  append_member (line, "user", request->user);
  append_member (line, "address", request->address);
  append_member (line, "method", request->method);
  append_member (line, "path", path);
  g_string_append_printf (line, ",\"status\":%u,\"ms\":%" G_GINT64_FORMAT ".%03d", request->status,
                          request->usec / 1000, (int) (request->usec % 1000));
  end_line (line);
}
