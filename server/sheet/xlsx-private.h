/* xlsx-private.h: the parts of a workbook
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/sheet/xlsx.h"

G_BEGIN_DECLS

/* ---- Package: a ZIP archive of XML parts ---- */

typedef struct _TwPackage TwPackage;

/* What a reader of a part hears. Names come without their namespace prefix. Each may be NULL. */
typedef struct
{
  gboolean (*start) (const char *name, const char **attributes, const char **values, gpointer data, GError **error);
  gboolean (*end) (const char *name, gpointer data, GError **error);
  /* May come in several pieces. */
  gboolean (*text) (const char *text, gsize length, gpointer data, GError **error);
} TwPartReader;

/* @contents stays referenced. TW_ERROR_MALFORMED. */
TwPackage *tw_package_open (GBytes *contents, GError **error);
void tw_package_free (TwPackage *package);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwPackage, tw_package_free)
/* TW_ERROR_MALFORMED: there is no such part, or it is no XML; TW_ERROR_TOO_LARGE: more was packed into it than is
 * read. */
gboolean tw_package_read (TwPackage *package, const char *part, const TwPartReader *reader, gpointer data,
                          GError **error);
/* The same for a part's text, piece by piece: what tw_package_read() does with what it unpacks. */
typedef struct _TwPartParser TwPartParser;
TwPartParser *tw_part_parser_new (const TwPartReader *reader, gpointer data);
gboolean tw_part_parser_feed (TwPartParser *parser, const char *text, gsize length, GError **error);
gboolean tw_part_parser_end (TwPartParser *parser, GError **error);
void tw_part_parser_free (TwPartParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwPartParser, tw_part_parser_free)

/* The value of the attribute @name, whatever its prefix; NULL when there is none. */
const char *tw_part_attribute (const char **attributes, const char **values, const char *name);
/* The sentence for a file that is no workbook; returns FALSE. */
gboolean tw_package_refuse (GError **error);

/* ---- Strings ---- */

/* The text of one string item (<si>, <is>), whose runs are put together; phonetic hints are left out. */
typedef struct
{
  GString *text;
  gboolean inside; /* a <t> */
  guint phonetic;
} TwItemText;

void tw_item_text_start (TwItemText *item, const char *name);
void tw_item_text_end (TwItemText *item, const char *name);
void tw_item_text_add (TwItemText *item, const char *text, gsize length);
/* "_x000D_" is how a workbook writes a character that XML cannot have. In place. */
void tw_xlsx_unescape (char *text);

typedef struct
{
  GStringChunk *chunk;
  GPtrArray *strings; /* (element-type utf8), in chunk */
  TwItemText item;
} TwSharedStrings;

TwSharedStrings *tw_shared_strings_new (void);
void tw_shared_strings_free (TwSharedStrings *strings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwSharedStrings, tw_shared_strings_free)
extern const TwPartReader tw_shared_strings_reader; /* data: TwSharedStrings */

/* ---- Styles: which cell formats show a number as a date ---- */

typedef struct
{
  GHashTable *date_codes; /* number format id → 1 when its own code is a date's, 2 when it is not */
  GByteArray *dates;      /* per cell format: 1 when it is a date's */
  gboolean in_formats;
} TwStyles;

TwStyles *tw_styles_new (void);
void tw_styles_free (TwStyles *styles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwStyles, tw_styles_free)
extern const TwPartReader tw_styles_reader; /* data: TwStyles */
gboolean tw_styles_is_date (const TwStyles *styles, guint format);

/* ---- Values ---- */

/* `1.1000000000000001`, `6.9E+12` → the plain decimal of 15 digits; NULL when it is no number. (transfer full) */
char *tw_xlsx_number (const char *text);
/* A day's serial number → ISO date, with its time of day as an instant; NULL when there is no such day. (transfer
 * full) */
char *tw_xlsx_date (const char *number, gboolean from_1904);

/* ---- Worksheet ---- */

typedef struct _TwWorksheet TwWorksheet;

/* @strings, @styles: borrowed. */
TwWorksheet *tw_worksheet_new (const TwSharedStrings *strings, const TwStyles *styles, gboolean from_1904);
GPtrArray *tw_worksheet_steal_rows (TwWorksheet *worksheet);
void tw_worksheet_free (TwWorksheet *worksheet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwWorksheet, tw_worksheet_free)
extern const TwPartReader tw_worksheet_reader; /* data: TwWorksheet */

G_END_DECLS
