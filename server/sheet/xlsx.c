/* xlsx.c: see xlsx.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A package says by relations which of its parts is what: the root's names the workbook, the workbook's its worksheets,
 * strings and styles. No name of a part is taken for granted.
 */
#include "server/sheet/xlsx-private.h"

#include <string.h>

#include "shared/base/text.h"

#define MAX_RELATIONS 1000

typedef struct
{
  char *id;
  char *type; /* the end of its URI: "worksheet" */
  char *part;
} Relation;

typedef struct
{
  const char *base; /* the part whose relations they are */
  GPtrArray *relations;
} Relations;

/* What the workbook part says. */
typedef struct
{
  char *sheet; /* id of the relation to the first visible worksheet */
  gboolean from_1904;
} Book;

static void
relation_free (gpointer data)
{
  Relation *relation = data;

  g_free (relation->id);
  g_free (relation->type);
  g_free (relation->part);
  g_free (relation);
}

/* ---- Relations ---- */

/* "worksheets/sheet1.xml" beside "xl/workbook.xml" is "xl/worksheets/sheet1.xml". */
static char *
resolve (const char *base, const char *target)
{
  g_autofree char *folder = g_path_get_dirname (base);
  g_autofree char *top = g_strconcat ("/", folder, NULL);
  g_autofree char *path = g_canonicalize_filename (target, top);

  return g_strdup (path + strspn (path, "/"));
}

static gboolean
relation_start (const char *name, const char **attributes, const char **values, gpointer data, GError **error)
{
  Relations *self = data;
  const char *id = tw_part_attribute (attributes, values, "Id");
  const char *type = tw_part_attribute (attributes, values, "Type");
  const char *target = tw_part_attribute (attributes, values, "Target");
  Relation *relation;

  if (!g_str_equal (name, "Relationship") || id == NULL || type == NULL || target == NULL)
    return TRUE;
  if (g_strcmp0 (tw_part_attribute (attributes, values, "TargetMode"), "External") == 0)
    return TRUE;
  if (self->relations->len == MAX_RELATIONS)
    return tw_package_refuse (error);
  relation = g_new0 (Relation, 1);
  relation->id = g_strdup (id);
  relation->type = g_path_get_basename (type);
  relation->part = resolve (self->base, target);
  g_ptr_array_add (self->relations, relation);
  return TRUE;
}

static const TwPartReader relation_reader = { relation_start, NULL, NULL };

/* Those of @base; "" is the package itself. (transfer full) */
static GPtrArray *
read_relations (TwPackage *package, const char *base, GError **error)
{
  g_autoptr (GPtrArray) relations = g_ptr_array_new_with_free_func (relation_free);
  g_autofree char *folder = g_path_get_dirname (base);
  g_autofree char *file = *base != '\0' ? g_path_get_basename (base) : g_strdup ("");
  g_autofree char *part = g_strdup_printf ("%s%s_rels/%s.rels", g_str_equal (folder, ".") ? "" : folder,
                                           g_str_equal (folder, ".") ? "" : "/", file);
  Relations self = { base, relations };

  return tw_package_read (package, part, &relation_reader, &self, error) ? g_steal_pointer (&relations) : NULL;
}

/* By id or, with NULL, by type; NULL when there is none. */
static const char *
find_part (GPtrArray *relations, const char *id, const char *type)
{
  for (guint i = 0; i < relations->len; i++)
    {
      const Relation *relation = g_ptr_array_index (relations, i);

      if (g_str_equal (relation->type, type) && (id == NULL || g_str_equal (relation->id, id)))
        return relation->part;
    }
  return NULL;
}

/* ---- The workbook ---- */

static gboolean
book_start (const char *name, const char **attributes, const char **values, gpointer data, GError **error)
{
  Book *self = data;
  const char *id = tw_part_attribute (attributes, values, "id");
  const char *state = tw_part_attribute (attributes, values, "state");
  const char *calendar = tw_part_attribute (attributes, values, "date1904");

  if (g_str_equal (name, "sheet") && self->sheet == NULL && id != NULL
      && (state == NULL || g_str_equal (state, "visible")))
    self->sheet = g_strdup (id);
  else if (g_str_equal (name, "workbookPr"))
    self->from_1904 = calendar != NULL && (g_str_equal (calendar, "1") || g_str_equal (calendar, "true"));
  return TRUE;
}

static const TwPartReader book_reader = { book_start, NULL, NULL };

/* A part that a workbook may do without. */
static gboolean
read_optional (TwPackage *package, const char *part, const TwPartReader *reader, gpointer data, GError **error)
{
  return part == NULL || tw_package_read (package, part, reader, data, error);
}

static GPtrArray *
read_rows (TwPackage *package, GPtrArray *relations, const Book *book, GError **error)
{
  g_autoptr (TwSharedStrings) strings = tw_shared_strings_new ();
  g_autoptr (TwStyles) styles = tw_styles_new ();
  g_autoptr (TwWorksheet) worksheet = tw_worksheet_new (strings, styles, book->from_1904);
  const char *sheet = book->sheet != NULL ? find_part (relations, book->sheet, "worksheet") : NULL;

  if (sheet == NULL)
    {
      tw_error_set (error, TW_ERROR_MALFORMED, _ ("The workbook has no worksheet that could be read."));
      return NULL;
    }
  if (!read_optional (package, find_part (relations, NULL, "sharedStrings"), &tw_shared_strings_reader, strings, error)
      || !read_optional (package, find_part (relations, NULL, "styles"), &tw_styles_reader, styles, error)
      || !tw_package_read (package, sheet, &tw_worksheet_reader, worksheet, error))
    return NULL;
  return tw_worksheet_steal_rows (worksheet);
}

static GPtrArray *
read_book (TwPackage *package, const char *part, GError **error)
{
  g_autoptr (GPtrArray) relations = read_relations (package, part, error);
  g_autofree char *sheet = NULL;
  Book book = { 0 };
  GPtrArray *rows = NULL;

  if (relations == NULL)
    return NULL;
  if (tw_package_read (package, part, &book_reader, &book, error))
    rows = read_rows (package, relations, &book, error);
  sheet = book.sheet;
  return rows;
}

GPtrArray *
tw_xlsx_read (GBytes *contents, GError **error)
{
  g_autoptr (TwPackage) package = NULL;
  g_autoptr (GPtrArray) relations = NULL;
  const char *book;

  if (tw_sheet_type_is_closed (contents))
    {
      tw_error_set (error, TW_ERROR_MALFORMED,
                    _ ("The workbook is of an old kind or has a password. Please save it as XLSX without a password."));
      return NULL;
    }
  package = tw_package_open (contents, error);
  if (package == NULL)
    return NULL;
  relations = read_relations (package, "", error);
  if (relations == NULL)
    return NULL;
  book = find_part (relations, NULL, "officeDocument");
  if (book == NULL)
    {
      tw_package_refuse (error);
      return NULL;
    }
  return read_book (package, book, error);
}
