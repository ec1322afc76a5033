/* master.h: storing a master record: one way for all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A store file declares the constant SQL of its noun as a TwMaster; the rules file decides in `prepare`.
 */
#pragma once

#include "server/core/context.h"
#include "server/masterdata/master-words.h"

G_BEGIN_DECLS

/* A list member kept in a table of its own, written whole. */
typedef struct
{
  const char *field;  /* name of the LIST field */
  const char *select; /* WHERE owner = :owner, in order */
  const char *remove; /* DELETE … WHERE owner = :owner */
  const char *insert; /* VALUES (:owner, :field …), with :position when `positioned` */
  gboolean positioned;
} TwMasterList;

typedef struct
{
  GType (*type) (void);
  const char *table;  /* prefix of its unique keys' names: carrier_code is the key of the field code */
  const char *select; /* … WHERE id = :id */
  const char *lock;   /* SELECT id … WHERE id = :id FOR UPDATE */
  const char *insert;
  const char *update; /* … version = :version + 1 … WHERE id = :id AND version = :version */
  const TwMasterList *lists; /* ended by { NULL }; nullable */
  gboolean stamped; /* a record tells by a stamp of its own whether it has changed, not by the edition (edition.h):
                       customers, which change all day */
} TwMaster;

/* TW_ERROR_NOT_FOUND when there is none. (transfer full) */
TwRecord *tw_master_load (TwContext *ctx, const TwMaster *master, gint64 id, gboolean lock, GError **error);

/* Stores @record as new: sets id, version and times, writes the change row. A taken key is a fault at its field. */
gboolean tw_master_create (TwContext *ctx, const TwMaster *master, TwRecord *record, GError **error);

/* Stores @changed over @stored; lists only where @patch has them. TW_ERROR_STALE when the version moved. */
gboolean tw_master_update (TwContext *ctx, const TwMaster *master, TwRecord *stored, TwRecord *changed, TwRecord *patch,
                           GError **error);

/* What a noun decides before it is stored: references resolved, defaults set, rules checked. @stored: NULL at
 * creation. */
typedef gboolean (*TwMasterPrepare) (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error);

/* The three functions of a TwResource for a plain master: prefix_load, prefix_create, prefix_update. */
#define TW_DEFINE_MASTER_FUNCTIONS(prefix, master, prepare)                                                            \
  static TwRecord *prefix##_load (TwContext *ctx, gint64 id, gboolean lock, GError **error)                            \
  {                                                                                                                    \
    return tw_master_load (ctx, &master, id, lock, error);                                                             \
  }                                                                                                                    \
  static gboolean prefix##_create (TwContext *ctx, TwRecord *draft, GError **error)                                    \
  {                                                                                                                    \
    return prepare (ctx, NULL, draft, error) && tw_master_create (ctx, &master, draft, error);                         \
  }                                                                                                                    \
  static gboolean prefix##_update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch,               \
                                   GError **error)                                                                     \
  {                                                                                                                    \
    return prepare (ctx, stored, changed, error) && tw_master_update (ctx, &master, stored, changed, patch, error);    \
  }

/* The record whose key is :key in @sql, with the faults of tw_master_find_id(); read again only when it may have
 * changed. It is shared: not to be changed. (transfer full) */
TwRecord *tw_master_find (TwContext *ctx, const TwMaster *master, const char *sql, const char *key,
                          const TwMasterWords *words, const char *pointer, GError **error);
/* The same by id, whether it is active or not. Shared too. (transfer full) */
TwRecord *tw_master_get (TwContext *ctx, const TwMaster *master, gint64 id, GError **error);
/* The same as tw_master_find() for a stamped master: @sql also selects version, as `stamp` what changes with every
 * change, the edition of the other master data as `edition` and that of what documents show of it as `shown`
 * (TW_LIST_SHOWN_SQL). */
TwRecord *tw_master_find_stamped (TwContext *ctx, const TwMaster *master, const char *sql, const char *key,
                                  const TwMasterWords *words, const char *pointer, GError **error);
/* The same by id, whatever its status; NOT_FOUND. */
TwRecord *tw_master_get_stamped (TwContext *ctx, const TwMaster *master, const char *sql, gint64 id, GError **error);

/* Id and status of the row whose key is :key in @sql; a fault at @pointer when there is none ("unknown_value") or it is
 * not active ("inactive"). */
gboolean tw_master_find_id (TwContext *ctx, const char *sql, const char *key, const TwMasterWords *words,
                            const char *pointer, gint64 *id, GError **error);

G_END_DECLS
