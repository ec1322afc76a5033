/* ledger.h: the simulation's own model: what was acknowledged to whom, what was refused, what every order must cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filled by all people at once while the run goes on; read by the judge when everybody has gone home.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "tests/simulation/sum.h"

G_BEGIN_DECLS

/* The kind of a request that acts on many documents: each of them is a deed besides. */
#define SIM_MANY "many"

/* A write that was answered with success. */
typedef struct
{
  char *user;
  const char *method; /* static */
  char *key;          /* NULL: one of many, which have one together */
  char *read_version; /* of If-Match, nullable */
  char *path;
  char *body;
  guint status;
  char *answer;   /* its beginning */
  char *digest;   /* SHA-256 of all of it: an hour's answers would fill the memory */
  JsonNode *json; /* NULL for orders, of which the model has what it needs */
  char *kind;   /* "orders" */
  char *action; /* "create", "change", "submit" … */
  gint64 id, version;
  char *state; /* after it; "" where there is none */
} SimDeed;

/* An order as its author knows it. */
typedef struct
{
  gint64 id;
  char *reference; /* what the author calls it; nothing else is called so */
  char *user;
  SimSum sum;
  guint max_discount; /* percent */
  gint64 content_version; /* of the answer that said so */
} SimOrder;

typedef struct _SimLedger SimLedger;

SimLedger *sim_ledger_new (void);
void sim_ledger_free (SimLedger *ledger);

/* Takes the deed. */
void sim_ledger_acknowledge (SimLedger *ledger, SimDeed *deed);
/* A write with @key (nullable) that was refused. */
void sim_ledger_refuse (SimLedger *ledger, const char *user, const char *key);
/* An order was entered or changed: from now on its content is this. */
void sim_ledger_set_order (SimLedger *ledger, const SimOrder *order);

/* ---- For the judge ---- */

GPtrArray *sim_ledger_get_deeds (SimLedger *ledger);     /* (element-type SimDeed) */
GHashTable *sim_ledger_get_refused (SimLedger *ledger);  /* set of "user key" */
GHashTable *sim_ledger_get_orders (SimLedger *ledger);   /* id (gint64) → SimOrder */
/* The deeds on one kind of document, by id and version. (transfer container) (element-type SimDeed) */
GPtrArray *sim_ledger_list_deeds (SimLedger *ledger, const char *kind);
/* By lot, for a replay: the @nth of @user's, NULL when there is none. Deeds are never removed. */
const SimDeed *sim_ledger_get_deed (SimLedger *ledger, const char *user, guint nth);
guint sim_ledger_count_deeds (SimLedger *ledger);
/* "orders create 120, orders submit 80 …" (transfer full) */
char *sim_ledger_describe (SimLedger *ledger);
guint sim_ledger_count_refused (SimLedger *ledger);

G_END_DECLS
