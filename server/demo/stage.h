/* stage.h: acting as the people of the demonstration company, on a day of the past
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that the demonstration stores goes through the rules that requests go through; only the clock is ours.
 */
#pragma once

#include "server/core/resource.h"

G_BEGIN_DECLS

typedef struct _TwStage TwStage;
typedef gboolean (*TwStageFunc) (TwContext *ctx, gpointer data, GError **error);

TwStage *tw_stage_new (TwDb *db, const char *sample_folder);
void tw_stage_free (TwStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwStage, tw_stage_free)

TwDb *tw_stage_get_db (TwStage *stage);
const char *tw_stage_get_folder (TwStage *stage);

/* From now on @user can be acted as. */
void tw_stage_add_person (TwStage *stage, const char *user, gint64 user_id, TwRoles roles);
gint64 tw_stage_get_user_id (TwStage *stage, const char *user);

/* What happens on @day, in one transaction: committing each act would take most of the time. Acts are some seconds
 * apart. */
typedef gboolean (*TwStageDayFunc) (TwStage *stage, gpointer data, GError **error);
gboolean tw_stage_run_day (TwStage *stage, TwDate day, TwStageDayFunc func, gpointer data, GError **error);
TwDate tw_stage_get_day (TwStage *stage);

/* Acts as @user ("system": the system itself), within a day. */
gboolean tw_stage_act (TwStage *stage, const char *user, TwStageFunc func, gpointer data, GError **error);

/* Stores @record by the resource's create, respectively takes an action through the gate. @arguments nullable. */
gboolean tw_stage_create (TwStage *stage, const char *user, const TwResource *resource, gpointer record,
                          GError **error);
gboolean tw_stage_run (TwStage *stage, const char *user, const TwResource *resource, gint64 id, const char *action,
                       gpointer arguments, GError **error);
/* As tw_stage_run(), but a refusal by a rule leaves nothing behind and is told in *done instead of failing. */
gboolean tw_stage_try (TwStage *stage, const char *user, const TwResource *resource, gint64 id, const char *action,
                       gboolean *done, GError **error);
/* The same with a reason. */
gboolean tw_stage_run_because (TwStage *stage, const char *user, const TwResource *resource, gint64 id,
                               const char *action, const char *reason, GError **error);
/* What @user sees of it. (transfer full) */
gpointer tw_stage_read (TwStage *stage, const char *user, const TwResource *resource, gint64 id, GError **error);

G_END_DECLS
