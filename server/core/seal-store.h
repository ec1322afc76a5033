/* seal-store.h: the rows of change_seal, and of change_log as the chain reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/core/seal.h"

G_BEGIN_DECLS

/* A change row in its canonical form, with its link when it has one. */
typedef struct
{
  gint64 change_id;
  gint64 seq;                        /* 0: not sealed */
  guint8 hash[TW_SEAL_HASH_BYTES];   /* when sealed */
  GByteArray *canonical;             /* what is hashed after the previous hash; NULL: the row is gone */
} TwSealRow;

void tw_seal_row_free (TwSealRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwSealRow, tw_seal_row_free)

/* Takes the sealer's lease for @seconds, or prolongs it. In a transaction this keeps other sealers waiting until it
 * ends. */
gboolean tw_seal_store_lease (TwDb *db, const char *holder, guint seconds, gboolean *held, GError **error);
gboolean tw_seal_store_release (TwDb *db, const char *holder, GError **error);

gboolean tw_seal_store_head (TwDb *db, TwSealHead *head, GError **error);
/* The hash of @seq; *found FALSE when there is none. */
gboolean tw_seal_store_find (TwDb *db, gint64 seq, gboolean *found, guint8 *hash, GError **error);
/* Appends committed changes of @range that have no link, by id. (element-type TwSealRow) */
gboolean tw_seal_store_unsealed (TwDb *db, const TwSealRange *range, guint limit, GPtrArray *rows, GError **error);
gboolean tw_seal_store_has_unsealed (TwDb *db, const TwSealRange *range, gboolean *any, GError **error);
/* Puts in the links of @rows, whose seq and hash are set, by one statement. (element-type TwSealRow) */
gboolean tw_seal_store_insert (TwDb *db, GPtrArray *rows, GError **error);
/* FALSE with @error ends the walk. Other statements may be run. */
typedef gboolean (*TwSealVisit) (const TwSealedChange *change, gpointer data, GError **error);

/* All changes there are, by id. */
gboolean tw_seal_store_walk (TwDb *db, TwSealVisit visit, gpointer data, GError **error);
/* Appends links after @seq in order, with their changes. (element-type TwSealRow) */
gboolean tw_seal_store_read (TwDb *db, gint64 seq, guint limit, GPtrArray *rows, GError **error);
/* How many changes have no link. */
gboolean tw_seal_store_count_unsealed (TwDb *db, gint64 *count, GError **error);
gboolean tw_seal_store_max_change (TwDb *db, gint64 *id, GError **error);
/* An id up to which changes were made @seconds before the last one, or earlier; 0 when there are none. */
gboolean tw_seal_store_find_earlier (TwDb *db, gint64 seconds, gint64 *id, GError **error);

G_END_DECLS
