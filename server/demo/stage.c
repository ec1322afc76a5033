/* stage.c: see stage.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/stage.h"

#include "server/core/step.h"
#include "shared/document/action.h"

#define OFFICE_OPENS (8 * 60 * 60) /* seconds after midnight, UTC */
#define SECONDS_AN_ACT 20

struct _TwStage
{
  TwDb *db;
  char *folder;
  GHashTable *people; /* user name → TwPrincipal */
  TwDate day;
  gint64 seconds; /* since the office opened */
};

TwStage *
tw_stage_new (TwDb *db, const char *sample_folder)
{
  TwStage *stage = g_new0 (TwStage, 1);

  stage->db = db;
  stage->folder = g_strdup (sample_folder);
  stage->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tw_principal_unref);
  stage->day = tw_date_today ();
  g_hash_table_insert (stage->people, g_strdup ("system"), tw_principal_ref (tw_principal_system ()));
  return stage;
}

void
tw_stage_free (TwStage *stage)
{
  g_hash_table_unref (stage->people);
  g_free (stage->folder);
  g_free (stage);
}

TwDb *
tw_stage_get_db (TwStage *stage)
{
  return stage->db;
}

const char *
tw_stage_get_folder (TwStage *stage)
{
  return stage->folder;
}

void
tw_stage_add_person (TwStage *stage, const char *user, gint64 user_id, TwRoles roles)
{
  g_hash_table_insert (stage->people, g_strdup (user), tw_principal_new (user_id, user, user, "en", roles, 0, 0));
}

static TwPrincipal *
get_person (TwStage *stage, const char *user)
{
  TwPrincipal *person = g_hash_table_lookup (stage->people, user);

  g_assert (person != NULL);
  return person;
}

gint64
tw_stage_get_user_id (TwStage *stage, const char *user)
{
  return get_person (stage, user)->user_id;
}

TwDate
tw_stage_get_day (TwStage *stage)
{
  return stage->day;
}

/* Never in the future: on the last day acts may come to stand at the present moment. */
static TwTime
get_time (TwStage *stage)
{
  gint64 epoch_days = tw_date_days_between (tw_date_from_time ((TwTime) { 1 }), stage->day);
  TwTime time = { (epoch_days * 24 * 60 * 60 + OFFICE_OPENS + stage->seconds) * G_USEC_PER_SEC };
  TwTime now = tw_time_now ();

  return tw_time_compare (time, now) > 0 ? now : time;
}

typedef struct
{
  TwStage *stage;
  TwStageDayFunc func;
  gpointer data;
} Day;

static gboolean
run_day (TwDb *db, gpointer data, GError **error)
{
  Day *day = data;

  day->stage->seconds = 0;
  return day->func (day->stage, day->data, error);
}

gboolean
tw_stage_run_day (TwStage *stage, TwDate day, TwStageDayFunc func, gpointer data, GError **error)
{
  Day what = { stage, func, data };

  stage->day = day;
  return tw_db_transaction (stage->db, run_day, &what, error);
}

static TwContext
make_context (TwStage *stage, const char *user)
{
  stage->seconds += SECONDS_AN_ACT;
  return (TwContext) { .db = stage->db,
                       .who = get_person (stage, user),
                       .source = "demo",
                       .now = get_time (stage),
                       .today = stage->day };
}

gboolean
tw_stage_act (TwStage *stage, const char *user, TwStageFunc func, gpointer data, GError **error)
{
  TwContext ctx = make_context (stage, user);

  return func (&ctx, data, error);
}

typedef struct
{
  const TwResource *resource;
  gint64 id;
  const char *action;
  TwRecord *record;
  TwRecord *result;
} Call;

static gboolean
create_record (TwContext *ctx, gpointer data, GError **error)
{
  Call *call = data;

  return call->resource->create (ctx, call->record, error);
}

gboolean
tw_stage_create (TwStage *stage, const char *user, const TwResource *resource, gpointer record, GError **error)
{
  Call call = { .resource = resource, .record = record };

  if (tw_stage_act (stage, user, create_record, &call, error))
    return TRUE;
  g_prefix_error (error, "%s: ", resource->document);
  return FALSE;
}

static gboolean
run_action (TwContext *ctx, gpointer data, GError **error)
{
  Call *call = data;
  g_autoptr (TwRecord) document = call->resource->load (ctx, call->id, TRUE, error);

  return document != NULL && tw_gate_run (ctx, call->resource, document, call->action, call->record, error);
}

gboolean
tw_stage_run (TwStage *stage, const char *user, const TwResource *resource, gint64 id, const char *action,
              gpointer arguments, GError **error)
{
  Call call = { .resource = resource, .id = id, .action = action, .record = arguments };
  g_autoptr (TwActionArguments) none = NULL;

  if (call.record == NULL)
    {
      none = tw_action_arguments_new ();
      call.record = TW_RECORD (none);
    }
  if (tw_stage_act (stage, user, run_action, &call, error))
    return TRUE;
  g_prefix_error (error, "%s %" G_GINT64_FORMAT " %s as %s: ", resource->document, id, action, user);
  return FALSE;
}

gboolean
tw_stage_try (TwStage *stage, const char *user, const TwResource *resource, gint64 id, const char *action,
              gboolean *done, GError **error)
{
  TwContext ctx = make_context (stage, user);
  g_autoptr (TwActionArguments) none = tw_action_arguments_new ();
  Call call = { .resource = resource, .id = id, .action = action, .record = TW_RECORD (none) };
  g_autoptr (GError) refusal = NULL;
  gboolean fatal = FALSE;

  *done = tw_context_step (&ctx, run_action, &call, &fatal, &refusal);
  if (!fatal)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
tw_stage_run_because (TwStage *stage, const char *user, const TwResource *resource, gint64 id, const char *action,
                      const char *reason, GError **error)
{
  g_autoptr (TwActionArguments) arguments = tw_action_arguments_new ();

  tw_record_set_string (&arguments->reason, reason);
  return tw_stage_run (stage, user, resource, id, action, arguments, error);
}

static gboolean
read_record (TwContext *ctx, gpointer data, GError **error)
{
  Call *call = data;

  g_clear_object (&call->result);
  call->result = call->resource->load (ctx, call->id, FALSE, error);
  return call->result != NULL;
}

gpointer
tw_stage_read (TwStage *stage, const char *user, const TwResource *resource, gint64 id, GError **error)
{
  Call call = { .resource = resource, .id = id };

  tw_stage_act (stage, user, read_record, &call, error);
  return call.result;
}
