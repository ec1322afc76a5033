/* xlsx-package.c: the ZIP archive of a workbook, and XML out of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both can be made to grow without end: a few KiB unpack to gigabytes, elements nest by the million, one attribute
 * fills memory. So what is unpacked, nested and left without an end is bounded before it is kept. GMarkup knows no DTD
 * and no entities of a file's own.
 */
#include "server/sheet/xlsx-private.h"

#include <string.h>
#include <zip.h>

#include "shared/base/text.h"

#define MAX_PARTS 2000
#define MAX_UNPACKED (128 * 1024 * 1024) /* bytes of all parts that are read */
#define MAX_DEPTH 64
#define MAX_PIECE (1024 * 1024) /* bytes without any element or text: one tag, comment or attribute */
#define CHUNK (64 * 1024)

struct _TwPackage
{
  GBytes *contents;
  zip_t *zip;
  gsize unpacked; /* so far */
};

struct _TwPartParser
{
  const TwPartReader *reader;
  gpointer data;
  GMarkupParseContext *context;
  guint depth;
  gsize silent;   /* bytes since something was heard */
  GString *piece; /* what is fed next: may begin with the part of a character that ended the last piece */
};

gboolean
tw_package_refuse (GError **error)
{
  return tw_error_set (error, TW_ERROR_MALFORMED, _ ("The file is not an XLSX workbook, or it is damaged."));
}

static gboolean
refuse_size (GError **error)
{
  return tw_error_set (error, TW_ERROR_TOO_LARGE,
                       _ ("The file holds more than can be imported at once. Please split it."));
}

/* ---- XML ---- */

static const char *
local_name (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

const char *
tw_part_attribute (const char **attributes, const char **values, const char *name)
{
  for (guint i = 0; attributes[i] != NULL; i++)
    if (g_str_equal (local_name (attributes[i]), name))
      return values[i];
  return NULL;
}

static void
start_cb (GMarkupParseContext *context, const char *name, const char **attributes, const char **values, gpointer data,
          GError **error)
{
  TwPartParser *self = data;

  self->silent = 0;
  if (++self->depth > MAX_DEPTH)
    tw_package_refuse (error);
  else if (self->reader->start != NULL)
    self->reader->start (local_name (name), attributes, values, self->data, error);
}

static void
end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  TwPartParser *self = data;

  self->silent = 0;
  self->depth--;
  if (self->reader->end != NULL)
    self->reader->end (local_name (name), self->data, error);
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  TwPartParser *self = data;

  self->silent = 0;
  if (self->reader->text != NULL)
    self->reader->text (text, length, self->data, error);
}

static void
passthrough_cb (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  ((TwPartParser *) data)->silent = 0;
}

static const GMarkupParser markup = { start_cb, end_cb, text_cb, passthrough_cb, NULL };

TwPartParser *
tw_part_parser_new (const TwPartReader *reader, gpointer data)
{
  TwPartParser *self = g_new0 (TwPartParser, 1);

  self->reader = reader;
  self->data = data;
  self->piece = g_string_new (NULL);
  self->context = g_markup_parse_context_new (&markup, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
  return self;
}

/* What our readers refuse is said as they say it; what GMarkup refuses is no XML. */
static gboolean
finish (gboolean done, GError *problem, GError **error)
{
  if (done)
    return TRUE;
  if (problem->domain == TW_ERROR)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  return tw_package_refuse (error);
}

/* GMarkup does not stop at bytes in a comment that are no UTF-8, so it is not shown any: the length of what may be
 * parsed, of which the rest is the begin of a character; -1 when it cannot become one. */
static gssize
measure_text (const GString *piece)
{
  const char *end;

  if (g_utf8_validate_len (piece->str, piece->len, &end))
    return (gssize) piece->len;
  if (g_utf8_get_char_validated (end, piece->str + piece->len - end) != (gunichar) -2)
    return -1;
  return end - piece->str;
}

gboolean
tw_part_parser_feed (TwPartParser *self, const char *text, gsize length, GError **error)
{
  GError *problem = NULL;
  gboolean done;
  gssize ready;

  self->silent += length;
  if (self->silent > MAX_PIECE)
    return refuse_size (error);
  g_string_append_len (self->piece, text, (gssize) length);
  ready = measure_text (self->piece);
  if (ready < 0)
    return tw_package_refuse (error);
  done = g_markup_parse_context_parse (self->context, self->piece->str, ready, &problem);
  g_string_erase (self->piece, 0, ready);
  return finish (done, problem, error);
}

gboolean
tw_part_parser_end (TwPartParser *self, GError **error)
{
  GError *problem = NULL;
  gboolean done;

  if (self->piece->len > 0)
    return tw_package_refuse (error);
  done = g_markup_parse_context_end_parse (self->context, &problem);
  return finish (done, problem, error);
}

void
tw_part_parser_free (TwPartParser *self)
{
  g_markup_parse_context_free (self->context);
  g_string_free (self->piece, TRUE);
  g_free (self);
}

/* ---- ZIP ---- */

TwPackage *
tw_package_open (GBytes *contents, GError **error)
{
  g_autoptr (TwPackage) self = g_new0 (TwPackage, 1);
  gsize length;
  const void *bytes = g_bytes_get_data (contents, &length);
  zip_source_t *source = zip_source_buffer_create (bytes, length, 0, NULL);

  self->contents = g_bytes_ref (contents);
  self->zip = source != NULL ? zip_open_from_source (source, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;
  if (self->zip == NULL)
    {
      g_clear_pointer (&source, zip_source_free);
      tw_package_refuse (error);
      return NULL;
    }
  if (zip_get_num_entries (self->zip, 0) > MAX_PARTS)
    {
      refuse_size (error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
tw_package_free (TwPackage *self)
{
  if (self->zip != NULL)
    zip_discard (self->zip);
  g_bytes_unref (self->contents);
  g_free (self);
}

/* Packed as every spreadsheet does it, and open to anybody. */
static gboolean
is_readable (TwPackage *self, zip_int64_t index)
{
  zip_stat_t about;

  return index >= 0 && zip_stat_index (self->zip, (zip_uint64_t) index, 0, &about) == 0
         && (about.valid & ZIP_STAT_COMP_METHOD) != 0
         && (about.comp_method == ZIP_CM_STORE || about.comp_method == ZIP_CM_DEFLATE)
         && about.encryption_method == ZIP_EM_NONE;
}

/* What the archive says of sizes is not believed: what comes out is counted. */
static gboolean
unpack (TwPackage *self, zip_file_t *file, TwPartParser *parser, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  zip_int64_t n;

  while ((n = zip_fread (file, chunk, CHUNK)) > 0)
    {
      self->unpacked += (gsize) n;
      if (self->unpacked > MAX_UNPACKED)
        return refuse_size (error);
      if (!tw_part_parser_feed (parser, chunk, (gsize) n, error))
        return FALSE;
    }
  return n == 0 ? tw_part_parser_end (parser, error) : tw_package_refuse (error);
}

gboolean
tw_package_read (TwPackage *self, const char *part, const TwPartReader *reader, gpointer data, GError **error)
{
  zip_int64_t index = zip_name_locate (self->zip, part, ZIP_FL_ENC_GUESS);
  g_autoptr (TwPartParser) parser = NULL;
  zip_file_t *file;
  gboolean done;

  if (!is_readable (self, index))
    return tw_package_refuse (error);
  file = zip_fopen_index (self->zip, (zip_uint64_t) index, 0);
  if (file == NULL)
    return tw_package_refuse (error);
  parser = tw_part_parser_new (reader, data);
  done = unpack (self, file, parser, error);
  zip_fclose (file);
  return done;
}
