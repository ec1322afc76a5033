/* context.h: who does something, on which transaction
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"
#include "shared/policy/role.h"

G_BEGIN_DECLS

/* Whoever a request or a timer acts as. Immutable once made; shared by reference. */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 user_id;
  char *user; /* sign-in name; "system" for timers */
  char *name;
  char *language; /* "en", "zh_CN" */
  TwRoles roles;
  gint64 customer_id; /* a customer contact's own customer, else 0 */
  gint64 session_id;  /* 0 for system */
} TwPrincipal;

/* All strings are copied. (transfer full) */
TwPrincipal *tw_principal_new (gint64 user_id, const char *user, const char *name, const char *language, TwRoles roles,
                               gint64 customer_id, gint64 session_id);
TwPrincipal *tw_principal_ref (TwPrincipal *principal);
void tw_principal_unref (TwPrincipal *principal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwPrincipal, tw_principal_unref)

/* The system itself: may do what the transition table gives to "system". (transfer none) */
TwPrincipal *tw_principal_system (void);

/* What a rule works with. Lives for one run of one transaction, on one worker thread. */
typedef struct
{
  TwDb *db;
  TwPrincipal *who;
  const char *source; /* where it came from, for the audit: "http 127.0.0.1", "timer", "import" */
  TwTime now;         /* one time for the whole transaction */
  TwDate today;
} TwContext;

/* A context outside any request: timers, commands, tests. @who and @source must outlive it. */
TwContext tw_context_at_now (TwDb *db, TwPrincipal *who, const char *source);
/* The same transaction and time, acted by the system: for steps that follow by themselves from a person's. */
TwContext tw_context_as_system (const TwContext *ctx);
gboolean tw_context_may (TwContext *ctx, const char *permission);
/* TW_ERROR_FORBIDDEN naming @permission when not. */
gboolean tw_context_require (TwContext *ctx, const char *permission, GError **error);
TwSecrets tw_context_get_secrets (TwContext *ctx);

G_END_DECLS
