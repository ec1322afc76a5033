/* schema-folder.h: the schema files of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint number;
  char *name;     /* "0001-core.sql" */
  char *text;
  char *checksum; /* SHA-256, hexadecimal */
} TwSchemaFile;

/* The files NNNN-name.sql of @folder by number. A number used twice, or none at all, is TW_ERROR_INTERNAL.
 * (element-type TwSchemaFile) (transfer full) */
GPtrArray *tw_schema_folder_read (const char *folder, GError **error);

typedef enum
{
  TW_TABLE_OPEN,
  TW_TABLE_APPEND_ONLY,
  TW_TABLE_READ_ONLY,
} TwTableAccess;

typedef struct
{
  TwTableAccess access;
  char *columns; /* that may be updated although append-only: "state, version"; NULL none */
} TwTableRule;

/* What the comments of @files say. (element-type utf8 TwTableRule) (transfer full) */
GHashTable *tw_schema_folder_rules (GPtrArray *files, GError **error);

G_END_DECLS
