/* import-routes.c: POST /X/import[?dry_run=1][&store=good] with CSV or XLSX
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All rows or none, unless store=good asks for the good ones; every bad row is answered by number, column and reason.
 */
#include "server/core/resource-private.h"

#include "server/core/import.h"

static gboolean
read_switch (TwRequest *request, const char *name, const char *on, gboolean *value, GError **error)
{
  const char *text = tw_request_query (request, name);
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  *value = g_strcmp0 (text, on) == 0;
  return *value || !text || tw_error_fault (error, pointer, "unknown_value", _("This can only be “%s”."), on);
}

static void
write_faults (const TwImportResult *result, GString *out)
{
  g_string_append (out, "\"errors\":[");
  for (guint i = 0; i < result->faults->len; i++)
    {
      const TwImportFault *fault = g_ptr_array_index (result->faults, i);
      g_autofree char *pointer = g_strdup_printf ("/%u/%s", fault->row, fault->column);

      g_string_append_printf (out, "%s{\"row\":%u,\"column\":", i > 0 ? "," : "", fault->row);
      tw_codec_append_string (out, fault->column);
      g_string_append (out, ",\"pointer\":");
      tw_codec_append_string (out, pointer);
      g_string_append (out, ",\"code\":");
      tw_codec_append_string (out, fault->code);
      g_string_append (out, ",\"detail\":");
      tw_codec_append_string (out, fault->detail);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

/* A success, or with nothing stored the problem of the bad rows. */
static void
answer (TwRequest *request, TwReply *reply, const TwImportResult *result, gboolean dry_run, gboolean refused)
{
  const TwProblemType *type = tw_error_get_problem (TW_ERROR_INVALID);
  g_autofree char *detail = g_strdup_printf (
    tw_text_plural ("%u row cannot be imported. Nothing was stored.",
                    "%u rows cannot be imported. Nothing was stored.", result->rows - result->good),
    result->rows - result->good);
  GString *out = g_string_new ("{");

  if (refused)
    {
      g_string_append_printf (out, "\"type\":\"/problems/%s\",\"title\":", type->slug);
      tw_codec_append_string (out, _(type->title));
      g_string_append_printf (out, ",\"status\":%u,\"detail\":", type->status);
      tw_codec_append_string (out, detail);
      g_string_append_c (out, ',');
    }
  g_string_append_printf (out, "\"rows\":%u,\"good\":%u,\"stored\":%u,\"dry_run\":%s,", result->rows, result->good,
                          dry_run || refused ? 0 : result->good, dry_run ? "true" : "false");
  write_faults (result, out);
  g_string_append_c (out, '}');
  tw_reply_json (reply, refused ? type->status : 200, out);
  if (dry_run || refused)
    tw_reply_roll_back (reply);
}

/* The rows of the body, the first of which is the header. */
static GPtrArray *
read_rows (TwRequest *request, GError **error)
{
  const char *type = tw_request_get_content_type (request);
  GBytes *body = tw_request_get_body (request);
  g_autoptr (GPtrArray) rows = NULL;

  if (!tw_sheet_is_type (type))
    {
      tw_error_set (error, TW_ERROR_MEDIA_TYPE, _("The body must be CSV or XLSX (Content-Type: %s or %s)."),
                    TW_SHEET_CSV,
                    TW_SHEET_XLSX);
      return NULL;
    }
  if (!body)
    {
      tw_error_set (error, TW_ERROR_MALFORMED, _("The file is empty."));
      return NULL;
    }
  rows = tw_sheet_read (type, body, error);
  if (!rows)
    return NULL;
  if (rows->len < 2)
    {
      tw_error_set (error, TW_ERROR_MALFORMED, _("The file needs a header with field names, and rows below it."));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

gboolean
tw_import_serve (TwContext *ctx, TwRequest *request, TwReply *reply, TwImportFunc func, gconstpointer data,
                 GError **error)
{
  g_autoptr (TwImportResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  TwContext importing = *ctx;
  gboolean dry_run, store_good;

  if (!read_switch (request, "dry_run", "1", &dry_run, error)
      || !read_switch (request, "store", "good", &store_good, error))
    return FALSE;
  rows = read_rows (request, error);
  if (!rows)
    return FALSE;
  importing.source = "import";
  result = func (&importing, data, rows, error);
  if (!result)
    return FALSE;
  answer (request, reply, result, dry_run, !dry_run && !store_good && result->faults->len > 0);
  return TRUE;
}

gboolean
tw_resource_import (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  return tw_import_serve (ctx, request, reply, tw_import_rows, data, error);
}
