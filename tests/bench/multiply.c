/* multiply.c: see multiply.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/multiply.h"

#include <string.h>

#include "server/core/seal.h"
#include "server/db/list-mark.h"
#include "server/db/private-mariadb.h"
#include "tests/bench/multiply-digest.h"
#include "tests/bench/multiply-plan.h"
#include "tests/bench/multiply-seal.h"

#define MAX_GROUPS 55
#define POOL_MIB 2048
#define PATIENCE_SECONDS 7200
/* One for each of two processors: the statements only calculate. */
#define N_WORKERS 2

/* What the checks would say holds in every copy as it does in the original. Keys stay checked: with that off MariaDB
 * would sort whole tables through files, many times over. Rows come in the order of their ids, and each index grows at
 * a few places or fits into memory. */
static const char fast_sql[] = "SET foreign_key_checks = 0, check_constraint_checks = 0, join_cache_level = 0, "
                               "sql_mode = 'STRICT_ALL_TABLES';\n";
static const char prepare_sql[]
    = "SET @log = @@innodb_log_file_size;\nSET GLOBAL innodb_log_file_size = 1073741824;\n"
      "SET GLOBAL innodb_flush_log_at_trx_commit = 0;\n"
      "DROP DATABASE IF EXISTS " BENCH_SEED ";\nCREATE DATABASE " BENCH_SEED " CHARACTER SET utf8mb4;\n"
      "CREATE TABLE " BENCH_DIGESTS " (was CHAR(64) NOT NULL, g INT NOT NULL, digest CHAR(64) NOT NULL,"
      " PRIMARY KEY (was, g)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;\n";
static const char finish_sql[] = "DROP DATABASE " BENCH_SEED ";\nSET GLOBAL innodb_log_file_size = @log;\n"
                                 "SET GLOBAL innodb_flush_log_at_trx_commit = 1;\n";

typedef struct
{
  const char *data_dir;
  TwPrivateMariadb *instance;
  TwDb *db; /* the administrator's */
  BenchPlan plan;
  gint failed; /* atomic */
} Load;

/* The owner of the schema may not change what is global, nor the triggers' owner. */
static TwDb *
open_as_administrator (Load *load, GError **error)
{
  TwDbAddress *address = tw_db_address_copy (tw_private_mariadb_get_owner (load->instance));
  g_autoptr (TwDb) db = NULL;

  g_free (address->user);
  address->user = g_strdup (g_get_user_name ());
  g_clear_pointer (&address->password, g_free);
  db = tw_db_open (address, error);
  tw_db_address_free (address);
  if (db == NULL || !tw_db_set_patience (db, PATIENCE_SECONDS, error) || !tw_db_execute_script (db, fast_sql, error))
    return NULL;
  return g_steal_pointer (&db);
}

static gboolean
read_number (TwDb *db, const char *sql, guint64 *number, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, sql);
  gboolean found;

  if (!tw_statement_step (read, &found, error))
    return FALSE;
  *number = found ? (guint64)tw_column_int (read, "n") : 0;
  return TRUE;
}

/* ---- Triggers look at each row as it comes; they are put aside meanwhile ---- */

/* (element-type utf8) what makes them again. */
static GPtrArray *
read_triggers (TwDb *db, GPtrArray *names, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (
      db, "SELECT trigger_name AS name, CONCAT('CREATE DEFINER=', REPLACE(definer, '@', '@`'), '` TRIGGER ',"
          " trigger_name, ' ', action_timing, ' ', event_manipulation, ' ON ', event_object_table, ' FOR EACH ROW\n',"
          " action_statement, ';\n') AS script FROM information_schema.triggers WHERE trigger_schema = DATABASE()");
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func (g_free);
  gboolean found;

  for (;;)
    {
      if (!tw_statement_step (list, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&scripts);
      g_ptr_array_add (names, g_strdup (tw_column_text (list, "name")));
      g_ptr_array_add (scripts, g_strdup (tw_column_text (list, "script")));
    }
}

static GPtrArray *
put_triggers_aside (TwDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) scripts = read_triggers (db, names, error);

  for (guint i = 0; scripts != NULL && i < names->len; i++)
    {
      g_autofree char *drop = g_strdup_printf ("DROP TRIGGER %s;\n", (const char *)g_ptr_array_index (names, i));

      if (!tw_db_execute_script (db, drop, error))
        return NULL;
    }
  return g_steal_pointer (&scripts);
}

static gboolean
put_triggers_back (TwDb *db, GPtrArray *scripts, GError **error)
{
  for (guint i = 0; i < scripts->len; i++)
    if (!tw_db_execute_script (db, g_ptr_array_index (scripts, i), error))
      return FALSE;
  return TRUE;
}

/* ---- Tables ---- */

static gboolean
keep_tables (Load *load, GError **error)
{
  for (const BenchTable *t = bench_tables; t->name != NULL; t++)
    {
      g_autofree char *sql = bench_plan_keep (load->db, t, error);

      if (sql == NULL || !tw_db_execute_script (load->db, sql, error))
        return FALSE;
    }
  for (const BenchTable *t = bench_tables; t->name != NULL; t++)
    {
      g_autofree char *sql = g_strdup_printf ("TRUNCATE TABLE %s;\n", t->name);

      if (!tw_db_execute_script (load->db, sql, error))
        return FALSE;
    }
  return tw_db_execute_script (load->db, "TRUNCATE TABLE change_seal;\n", error);
}

static gboolean
fill_table (Load *load, TwDb *db, const BenchTable *table, GError **error)
{
  g_autofree char *sql = bench_plan_fill (db, table, &load->plan, error);
  gint64 begin = g_get_monotonic_time ();

  if (sql == NULL || !tw_db_execute_script (db, sql, error))
    return FALSE;
  g_debug ("%s: %.1f s", table->name, (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  return !g_str_equal (table->name, "change_log") || bench_seal_all (db, load->data_dir, error);
}

static void
fill_cb (gpointer data, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwDb) db = NULL;

  if (g_atomic_int_get (&load->failed))
    return;
  tw_db_thread_init ();
  db = open_as_administrator (load, &error);
  if (db == NULL || !fill_table (load, db, data, &error))
    {
      g_printerr ("%s: %s\n", ((const BenchTable *)data)->name, error->message);
      g_atomic_int_set (&load->failed, TRUE);
    }
  g_clear_pointer (&db, tw_db_close);
  tw_db_thread_end ();
}

static gboolean
fill_tables (Load *load, GError **error)
{
  GThreadPool *pool = g_thread_pool_new (fill_cb, load, N_WORKERS, TRUE, error);

  if (pool == NULL)
    return FALSE;
  for (const BenchTable *t = bench_tables; t->name != NULL; t++)
    g_thread_pool_push (pool, (gpointer)t, NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  return !load->failed || tw_error_set (error, TW_ERROR_STATE, "not every table could be filled");
}

static gboolean
sum_up (Load *load, GError **error)
{
  g_autofree char *sql = bench_plan_sum (&load->plan);

  return tw_db_execute_script (load->db, sql, error);
}

/* ---- All of it ---- */

static gboolean
make_plan (Load *load, guint64 orders, GError **error)
{
  guint64 present;

  if (!bench_plan_check (load->db, error)
      || !read_number (load->db, "SELECT COUNT(*) AS n FROM sales_order", &present, error))
    return FALSE;
  if (present == 0)
    return tw_error_set (error, TW_ERROR_STATE, "there is no order to multiply");
  load->plan.copies = (guint)MAX ((orders + present - 1) / present, 1);
  load->plan.groups = MIN (load->plan.copies, MAX_GROUPS);
  return TRUE;
}

/* The witness outside the database, of the chain that there is now. */
static gboolean
bear_witness (Load *load, BenchMultiplied *done, GError **error)
{
  g_autofree char *file = g_build_filename (load->data_dir, "audit-head", NULL);
  TwSealHead head;

  if (!tw_seal_get_head (load->db, &head, error) || !tw_seal_write_head (file, &head, error))
    return FALSE;
  done->changes = (guint64)head.seq;
  return read_number (load->db, "SELECT COUNT(*) AS n FROM sales_order", &done->orders, error);
}

/* MariaDB plans from what it counted. */
static gboolean
count_tables (Load *load, GError **error)
{
  for (const BenchTable *t = bench_tables; t->name != NULL; t++)
    {
      g_autofree char *sql = g_strdup_printf ("ANALYZE TABLE %s;\n", t->name);

      if (!tw_db_execute_script (load->db, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* As a server would within its first minutes: nobody else has a transaction open. */
static gboolean
count_rows (TwDb *db, GError **error)
{
  return tw_list_mark_advance (db, error)
         && tw_db_execute_script (db, "UPDATE list_mark SET set_at = '2000-01-01';\n", error)
         && tw_list_mark_advance (db, error);
}

static gboolean
multiply (Load *load, guint64 orders, BenchMultiplied *done, GError **error)
{
  g_autoptr (GPtrArray) triggers = NULL;

  load->db = open_as_administrator (load, error);
  if (load->db == NULL || !make_plan (load, orders, error) || !tw_db_execute_script (load->db, prepare_sql, error)
      || !bench_digest_compute (load->db, &load->plan, error))
    return FALSE;
  triggers = put_triggers_aside (load->db, error);
  if (triggers == NULL || !keep_tables (load, error) || !fill_tables (load, error) || !sum_up (load, error)
      || !put_triggers_back (load->db, triggers, error) || !count_tables (load, error)
      || !bear_witness (load, done, error))
    return FALSE;
  done->copies = load->plan.copies;
  done->groups = load->plan.groups;
  return tw_db_execute_script (load->db, finish_sql, error) && count_rows (load->db, error);
}

gboolean
bench_multiply (const char *data_dir, guint64 orders, BenchMultiplied *done, GError **error)
{
  g_autofree char *folder = g_build_filename (data_dir, "database", NULL);
  Load load = { .data_dir = data_dir };
  gboolean well;

  load.instance = tw_private_mariadb_start (folder, POOL_MIB, error);
  if (load.instance == NULL)
    return FALSE;
  well = multiply (&load, orders, done, error);
  g_clear_pointer (&load.db, tw_db_close);
  tw_private_mariadb_stop (load.instance);
  return well;
}
