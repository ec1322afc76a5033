/* verify.c: see verify.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/verify.h"

#include "server/core/seal.h"
#include "server/core/verify-store.h"
#include "shared/policy/transition.h"

#define MAX_PRINTED 10
#define MAX_READ 1000

/* Filled at start, constant afterwards. */
static GPtrArray *checks;

void
tw_verify_add (const TwCheck *rows)
{
  if (!checks)
    checks = g_ptr_array_new ();
  for (; rows->name; rows++)
    g_ptr_array_add (checks, (gpointer)rows);
}

static void G_GNUC_PRINTF (3, 4) print_line (TwVerifyPrint print, gpointer data, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  print (line, data);
}

static void
report (const char *name, GPtrArray *problems, TwVerifyPrint print, gpointer data)
{
  print_line (print, data, "%s: %s", problems->len == 0 ? "ok" : "FAILED", name);
  for (guint i = 0; i < MIN (problems->len, MAX_PRINTED); i++)
    print_line (print, data, "  %s", (const char *)g_ptr_array_index (problems, i));
  if (problems->len > MAX_PRINTED)
    print_line (print, data, "  … and %s%u more", problems->len >= MAX_READ ? "at least " : "",
                problems->len - MAX_PRINTED);
}

/* ---- The audit log's own ---- */

static void
check_step_cb (const char *document, const char *action, const char *from, const char *to, gint64 change,
               gpointer problems)
{
  const TwTransition *row = tw_transition_find (document, from, action);

  if (row != NULL && !tw_transition_allows (document, from, action, to))
    g_ptr_array_add (problems, g_strdup_printf ("change %" G_GINT64_FORMAT ": %s.%s led from %s to %s", change,
                                                document, action, from, to));
  if (row == NULL && g_strcmp0 (from, to) != 0)
    g_ptr_array_add (problems, g_strdup_printf ("change %" G_GINT64_FORMAT ": %s.%s is no step from %s", change,
                                                document, action, from));
}

/* What the run prints goes through here. */
typedef struct
{
  TwVerifyPrint print;
  gpointer data;
  gboolean *clean;
} Run;

static void
conclude (Run *run, const char *name, GPtrArray *problems)
{
  report (name, problems, run->print, run->data);
  *run->clean = *run->clean && problems->len == 0;
}

static gboolean
check_states (TwDb *db, const TwCheck *check, TwStateTrace *trace, Run *run, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *breaks = tw_state_trace_get_breaks (trace, check->document);

  if (!tw_verify_store_compare (db, check->document, check->sql, trace, MAX_READ, problems, error))
    {
      g_prefix_error (error, "%s: ", check->name);
      return FALSE;
    }
  for (guint i = 0; breaks != NULL && i < breaks->len && problems->len < MAX_READ; i++)
    g_ptr_array_add (problems, g_strdup (g_ptr_array_index (breaks, i)));
  conclude (run, check->name, problems);
  return TRUE;
}

/* In one snapshot: the log and the documents of one moment. */
static gboolean
check_log_cb (TwDb *db, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (TwStateTrace) trace = tw_state_trace_new ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!tw_verify_store_follow (db, trace, error))
    return FALSE;
  for (guint i = 0; checks && i < checks->len; i++)
    {
      const TwCheck *check = g_ptr_array_index (checks, i);

      if (check->document != NULL && !check_states (db, check, trace, run, error))
        return FALSE;
    }
  tw_state_trace_each_step (trace, check_step_cb, problems);
  conclude (run, "every step in the audit log is one that the table of transitions has", problems);
  return TRUE;
}

/* ---- All of them ---- */

static gboolean
run_check (TwDb *db, const TwCheck *check, GPtrArray *problems, GError **error)
{
  gboolean done = check->check ? check->check (db, problems, error)
                               : tw_verify_store_read (db, check->sql, MAX_READ, problems, error);

  if (!done)
    g_prefix_error (error, "%s: ", check->name);
  return done;
}

static gboolean
run_and_report (TwDb *db, const TwCheck *check, Run *run, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  if (!run_check (db, check, problems, error))
    return FALSE;
  conclude (run, check->name, problems);
  return TRUE;
}

gboolean
tw_verify_run (TwDb *db, const char *head_file, TwVerifyPrint print, gpointer data, gboolean *clean, GError **error)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func (g_free);
  Run run = { .print = print, .data = data, .clean = clean };

  *clean = TRUE;
  for (guint i = 0; checks && i < checks->len; i++)
    {
      const TwCheck *check = g_ptr_array_index (checks, i);

      if (check->document == NULL && !run_and_report (db, check, &run, error))
        return FALSE;
    }
  if (!tw_db_snapshot (db, check_log_cb, &run, error) || !tw_seal_verify (db, head_file, chain, error))
    return FALSE;
  conclude (&run, "audit chain is whole", chain);
  return TRUE;
}
