/* backup.c: the whole database as one file, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/backup.h"

#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "server/backup-store.h"
#include "shared/base/codec.h"
#include "shared/base/date.h"

#define MANIFEST_PREFIX "-- tradewind-backup "

/* mariadb-dump writes who made a trigger; a restore makes it its own. */
#define TRIGGER_PREFIX "/*!50003 CREATE*/ "
#define DEFINER_PREFIX "/*!50017 DEFINER="

/* ---- MariaDB's programs ----------------------------------------------------------------------------- */

static void
append_setting (GString *out, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, "%s=\"", name);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append (out, "\"\n");
}

/* A file that only we can read, so that the password is on no command line. (transfer full) */
static char *
write_settings (const TwDbAddress *address, GError **error)
{
  g_autoptr (GString) text = g_string_new ("[client]\n");
  g_autofree char *port = address->port != 0 ? g_strdup_printf ("%u", address->port) : NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("tradewind-XXXXXX.cnf", &path, error); /* mode 0600 */
  gssize written;

  if (fd < 0)
    return NULL;
  append_setting (text, "user", address->user);
  append_setting (text, "password", address->password);
  append_setting (text, "socket", address->socket);
  append_setting (text, "host", address->host);
  append_setting (text, "port", port);
  append_setting (text, "ssl-ca", address->tls_ca);
  written = write (fd, text->str, text->len);
  close (fd);
  if (written == (gssize) text->len)
    return g_steal_pointer (&path);
  g_unlink (path);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "writing %s failed", path);
  return NULL;
}

static gboolean
end_program (GSubprocess *process, const char *name, GError **error)
{
  g_autofree char *said = NULL;
  gsize length = 0;
  char block[2000];

  if (!g_subprocess_wait (process, NULL, error))
    return FALSE;
  if (g_subprocess_get_successful (process))
    return TRUE;
  g_input_stream_read_all (g_subprocess_get_stderr_pipe (process), block, sizeof block, &length, NULL, NULL);
  said = g_strndup (block, length);
  g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, "%s failed: %s", name, g_strstrip (said));
  return FALSE;
}

/* ---- Writing ---------------------------------------------------------------------------------------- */

/* The line without "DEFINER=…" when it begins a trigger. (transfer full) */
static char *
without_definer (char *line)
{
  const char *definer = line + strlen (TRIGGER_PREFIX);
  const char *end;
  char *shorter;

  if (!g_str_has_prefix (line, TRIGGER_PREFIX DEFINER_PREFIX))
    return line;
  end = strstr (definer, "*/");
  if (end == NULL)
    return line;
  shorter = g_strconcat (TRIGGER_PREFIX, end + strlen ("*/"), NULL);
  g_free (line);
  return shorter;
}

static gboolean
copy_lines (GInputStream *from, GOutputStream *to, GChecksum *sum, GError **error)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (from);

  while (TRUE)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &local);

      if (line == NULL)
        {
          if (local == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      line = without_definer (line);
      g_checksum_update (sum, (const guchar *) line, -1);
      g_checksum_update (sum, (const guchar *) "\n", 1);
      if (!g_output_stream_write_all (to, line, strlen (line), NULL, NULL, error)
          || !g_output_stream_write_all (to, "\n", 1, NULL, NULL, error))
        return FALSE;
    }
}

static gboolean
write_manifest (GOutputStream *to, JsonObject *manifest, GChecksum *sum, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;

  json_object_set_string_member (manifest, "sha256", g_checksum_get_string (sum));
  json_node_set_object (node, manifest);
  json = json_to_string (node, FALSE);
  line = g_strconcat (MANIFEST_PREFIX, json, "\n", NULL);
  return g_output_stream_write_all (to, line, strlen (line), NULL, NULL, error);
}

static gboolean
dump (const TwDbAddress *owner, const char *settings, GOutputStream *to, JsonObject *manifest, GError **error)
{
  g_autofree char *settings_option = g_strconcat ("--defaults-extra-file=", settings, NULL);
  /* Tokens must not live again, and what was granted is true of this place alone. */
  g_autofree char *sessions = g_strdup_printf ("--ignore-table-data=%s.session", owner->database);
  g_autofree char *grants = g_strdup_printf ("--ignore-table-data=%s.schema_grant", owner->database);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error, "mariadb-dump", settings_option,
    "--single-transaction", "--skip-lock-tables", "--skip-add-locks", "--no-tablespaces", "--triggers", "--hex-blob",
    "--default-character-set=utf8mb4", "--net-buffer-length=262144", sessions, grants, owner->database, NULL);

  return process != NULL && copy_lines (g_subprocess_get_stdout_pipe (process), to, sum, error)
         && end_program (process, "mariadb-dump", error) && write_manifest (to, manifest, sum, error);
}

/* On disk before it gets its name. */
static gboolean
finish_file (GOutputStream *zipped, int fd, const char *part, const char *file, GError **error)
{
  if (!g_output_stream_close (zipped, NULL, error))
    return FALSE;
  if (fsync (fd) == 0 && g_rename (part, file) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "writing %s failed", file);
  return FALSE;
}

JsonObject *
tw_backup_describe (TwDb *db, GError **error)
{
  g_autofree char *now = tw_time_format (tw_time_now ());
  g_autoptr (JsonObject) manifest = json_object_new ();

  json_object_set_int_member (manifest, "format", 1);
  json_object_set_string_member (manifest, "at", now);
  json_object_set_string_member (manifest, "program", TW_VERSION);
  return tw_backup_store_describe (db, manifest, error) ? g_steal_pointer (&manifest) : NULL;
}

gboolean
tw_backup_write (const TwDbAddress *owner, const char *file, JsonObject *manifest, GError **error)
{
  g_autofree char *part = g_strconcat (file, ".part-XXXXXX", NULL);
  g_autofree char *settings = write_settings (owner, error);
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) plain = NULL;
  g_autoptr (GOutputStream) zipped = NULL;
  gboolean written;
  int fd;

  if (settings == NULL)
    return FALSE;
  fd = g_mkstemp_full (part, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_unlink (settings);
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be written", file);
      return FALSE;
    }
  plain = g_unix_output_stream_new (fd, FALSE);
  zipped = g_converter_output_stream_new (plain, G_CONVERTER (gzip));
  written = dump (owner, settings, zipped, manifest, error) && finish_file (zipped, fd, part, file, error);
  if (!written)
    g_unlink (part);
  close (fd);
  g_unlink (settings);
  return written;
}

/* ---- Reading ---------------------------------------------------------------------------------------- */

static GDataInputStream *
open_lines (const char *file, GError **error)
{
  g_autoptr (GFile) location = g_file_new_for_commandline_arg (file);
  g_autoptr (GInputStream) plain = G_INPUT_STREAM (g_file_read (location, NULL, error));
  g_autoptr (GZlibDecompressor) gunzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GInputStream) text = NULL;

  if (plain == NULL)
    return NULL;
  text = g_converter_input_stream_new (plain, G_CONVERTER (gunzip));
  return g_data_input_stream_new (text);
}

static JsonNode *
read_manifest (const char *line, const char *sum, GError **error)
{
  g_autoptr (JsonNode) manifest = tw_codec_parse (line + strlen (MANIFEST_PREFIX), -1, NULL);
  const char *said;

  if (manifest != NULL)
    {
      said = json_object_get_string_member_with_default (json_node_get_object (manifest), "sha256", "");
      if (g_str_equal (said, sum))
        return g_steal_pointer (&manifest);
    }
  tw_error_set (error, TW_ERROR_INVALID, "the backup is damaged: its sum is not what it says");
  return NULL;
}

JsonNode *
tw_backup_check (const char *file, GError **error)
{
  g_autoptr (GDataInputStream) lines = open_lines (file, error);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  if (lines == NULL)
    return NULL;
  while (TRUE)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &local);

      if (line == NULL)
        {
          tw_error_set (error, TW_ERROR_INVALID, "the backup is damaged or incomplete%s%s", local != NULL ? ": " : "",
                        local != NULL ? local->message : "");
          return NULL;
        }
      if (g_str_has_prefix (line, MANIFEST_PREFIX))
        return read_manifest (line, g_checksum_get_string (sum), error);
      g_checksum_update (sum, (const guchar *) line, -1);
      g_checksum_update (sum, (const guchar *) "\n", 1);
    }
}

static gboolean
feed_lines (GDataInputStream *lines, GOutputStream *to, GError **error)
{
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, error);

      if (line == NULL)
        return FALSE;
      if (g_str_has_prefix (line, MANIFEST_PREFIX))
        return g_output_stream_close (to, NULL, error);
      if (!g_output_stream_write_all (to, line, strlen (line), NULL, NULL, error)
          || !g_output_stream_write_all (to, "\n", 1, NULL, NULL, error))
        return FALSE;
    }
}

gboolean
tw_backup_load (const TwDbAddress *owner, const char *file, GError **error)
{
  g_autoptr (GDataInputStream) lines = open_lines (file, error);
  g_autofree char *settings = lines != NULL ? write_settings (owner, error) : NULL;
  g_autofree char *settings_option = g_strconcat ("--defaults-extra-file=", settings, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) feeding = NULL;
  gboolean loaded;

  if (settings == NULL)
    return FALSE;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error, "mariadb",
                              settings_option, "--default-character-set=utf8mb4", "--binary-mode", owner->database,
                              NULL);
  loaded = process != NULL;
  if (loaded && !feed_lines (lines, g_subprocess_get_stdin_pipe (process), &feeding))
    g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  /* What mariadb says tells more than that it no longer listens. */
  loaded = loaded && end_program (process, "mariadb", error);
  if (loaded && feeding != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&feeding));
      loaded = FALSE;
    }
  g_unlink (settings);
  return loaded;
}
