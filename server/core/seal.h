/* seal.h: sequence numbers and the hash chain over committed changes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writers insert change rows and never queue on the chain. One sealer at a time, by lease, gives committed rows
 * their sequence number and hash = SHA-256 (previous hash ‖ canonical row) in batches, also those that commit late.
 * After each batch the head goes to a file outside the database, the witness against a lost tail.
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

#define TW_SEAL_HASH_BYTES 32

typedef struct
{
  gint64 seq; /* 0: nothing sealed yet */
  guint8 hash[TW_SEAL_HASH_BYTES];
} TwSealHead;

typedef struct _TwSealer TwSealer;
/* Called on the sealer's thread whenever the head has moved, by whichever process. */
typedef void (*TwSealedFunc) (gint64 seq, gpointer data);

/* Starts the thread with a connection of its own. @head_file nullable. @sealed nullable. */
TwSealer *tw_sealer_start (const TwDbAddress *address, const char *head_file, TwSealedFunc sealed, gpointer data);
/* Seals what is left, gives the lease back, joins the thread. */
void tw_sealer_stop (TwSealer *sealer);

/* A commit has happened: the sealers of this process look at once. Any thread; cheap. */
void tw_seal_wake (void);

/* Ids of changes after @low, up to @high. */
typedef struct
{
  gint64 low, high;
} TwSealRange;

#define TW_SEAL_ALL ((TwSealRange) { 0, G_MAXINT64 })
#define TW_SEAL_BATCH 500
/* One batch as @holder: *sealed rows of the @range got their link, at most TW_SEAL_BATCH (0 when there was none, or
 * another holds the lease); the range then begins after the last of them. What the thread does, and commands and
 * tests. */
gboolean tw_seal_batch (TwDb *db, const char *holder, TwSealRange *range, guint *sealed, TwSealHead *head,
                        GError **error);
/* Batches until nothing is left: for commands that end right after their writes. */
gboolean tw_seal_all (TwDb *db, const char *head_file, GError **error);
gboolean tw_seal_get_head (TwDb *db, TwSealHead *head, GError **error);

/* The hash of the link after the one whose hash is @previous (32 zero bytes for the first); @hash may be @previous. */
void tw_seal_link (const guint8 *previous, GByteArray *canonical, guint8 *hash);

/* The head outside: atomic replacement, on disk when it returns. */
gboolean tw_seal_write_head (const char *head_file, const TwSealHead *head, GError **error);
/* Writes @head as the new witness, unless what was witnessed before is not in the database (any more): then *agrees is
 * FALSE and the file stays as it is, for it is the evidence. */
gboolean tw_seal_advance_head (TwDb *db, const char *head_file, const TwSealHead *head, gboolean *agrees,
                               GError **error);
/* Whether what was witnessed (*witness, seq 0: nothing yet) is in the database. */
gboolean tw_seal_check_head (TwDb *db, const char *head_file, TwSealHead *witness, gboolean *stands, GError **error);
gboolean tw_seal_read_head (const char *head_file, TwSealHead *head, GError **error); /* seq 0 when there is no file */

/* A change as a walk over the log sees it; texts and bytes are good until the next. */
typedef struct
{
  gint64 id;
  gint64 seq;                      /* 0: it has no link */
  guint8 hash[TW_SEAL_HASH_BYTES]; /* of its link */
  GByteArray *canonical;
  TwTime at;
  const char *document, *action;
  gint64 document_id;
  const char *before, *after; /* JSON objects, nullable */
} TwSealedChange;
typedef void (*TwSealFollow) (const TwSealedChange *change, gpointer data);

/* Recomputes all links; each change goes to @follow (nullable) too, by id, so that the log is read once. Sentences
 * about what is wrong go to @problems (element-type utf8), the first hundred; FALSE only when the check itself
 * failed. */
gboolean tw_seal_verify_links (TwDb *db, TwSealFollow follow, gpointer data, GPtrArray *problems, GError **error);
/* That what was witnessed outside is in the chain as it is now, not as a snapshot has it. @head_file nullable. */
gboolean tw_seal_verify_witness (TwDb *db, const char *head_file, GPtrArray *problems, GError **error);

G_END_DECLS
