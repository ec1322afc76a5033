/* test-posted.c: changes that nobody waits for, and what is heard of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/db/db.h"
#include "tests/fixture/database.h"

static TwTestDatabase *database; /* the one instance of this program */

static const char schema[] = "CREATE TABLE account (id INT PRIMARY KEY, amount INT NOT NULL);";

static void
reset (void)
{
  tw_test_database_script (database, "DELETE FROM account; INSERT INTO account VALUES (1, 100), (2, 100), (3, 100);");
}

static void
assert_amounts (const char *expected)
{
  g_autofree char *found
    = tw_test_database_value (database->owner, "SELECT GROUP_CONCAT(amount ORDER BY id) FROM account");

  g_assert_cmpstr (found, ==, expected);
}

static gboolean
move (TwDb *db, int id, int amount, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "UPDATE account SET amount = amount + :amount WHERE id = :id");

  tw_bind_int (s, "amount", amount);
  tw_bind_int (s, "id", id);
  return tw_statement_post_refusing (s, TW_ERROR_STALE, "no such account", error);
}

static gboolean
add (TwDb *db, int id, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "INSERT INTO account VALUES (:id, 0)");

  tw_bind_int (s, "id", id);
  return tw_statement_post (s, error);
}

/* -1 with @error when it could not be read. */
static gint64
read_sum (TwDb *db, GError **error)
{
  g_autoptr (TwStatement) s = tw_db_prepare (db, "SELECT SUM(amount) AS n FROM account");
  gboolean found;

  return tw_statement_step (s, &found, error) ? tw_column_int (s, "n") : -1;
}

static void
assert_fails (TwTransactionFunc func, int code, const char *message)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_false (tw_db_transaction (database->owner, func, NULL, &error));
  g_assert_error (error, TW_ERROR, code);
  if (message)
    g_assert_cmpstr (error->message, ==, message);
  assert_amounts ("100,100,100");
}

static void
assert_leaves (TwTransactionFunc func, gpointer data, const char *amounts)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (tw_db_transaction (database->owner, func, data, &error));
  g_assert_no_error (error);
  assert_amounts (amounts);
}

/* ---- What goes well ---- */

/* One after the other, and whatever is read comes after them. */
static gboolean
order_cb (TwDb *db, gpointer data, GError **error)
{
  for (int i = 0; i < 500; i++) /* more than go unread */
    if (!move (db, 1, 1, error))
      return FALSE;
  if (!add (db, 4, error) || !move (db, 4, 7, error) || !move (db, 2, -600, error))
    return FALSE;
  g_assert_cmpint (read_sum (db, error), ==, 207);
  return move (db, 4, 1, error);
}

static void
test_order (void)
{
  assert_leaves (order_cb, NULL, "600,-500,100,8");
}

static void
test_outside (void)
{
  g_autoptr (GError) error = NULL;

  reset ();
  g_assert_true (move (database->owner, 1, 5, &error));
  assert_amounts ("105,100,100");
  g_assert_false (move (database->owner, 9, 5, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STALE);
}

/* ---- What fails ---- */

static gboolean
miss_cb (TwDb *db, gpointer data, GError **error)
{
  g_assert_true (move (db, 1, 5, error) && move (db, 9, 5, error) && move (db, 2, 5, error));
  return TRUE;
}

static void
test_heard_at_commit (void)
{
  assert_fails (miss_cb, TW_ERROR_STALE, "no such account");
}

/* The statement that hears of it fails with it, whatever became of itself; the next one's reply is its own again. */
static gboolean
hear_cb (TwDb *db, gpointer data, GError **error)
{
  g_autoptr (GError) heard = NULL;

  g_assert_true (add (db, 1, error) && move (db, 1, 5, error));
  g_assert_cmpint (read_sum (db, &heard), ==, -1);
  g_assert_error (heard, TW_ERROR, TW_ERROR_DUPLICATE);
  g_assert_cmpint (read_sum (db, error), ==, 305);
  g_propagate_error (error, g_steal_pointer (&heard));
  return FALSE;
}

static void
test_heard_by_a_read (void)
{
  assert_fails (hear_cb, TW_ERROR_DUPLICATE, "PRIMARY");
}

/* So many are not left unread. */
static gboolean
miss_often_cb (TwDb *db, gpointer data, GError **error)
{
  int n = 0;

  while (n < 1000 && move (db, n == 5 ? 9 : 1, 5, error))
    n++;
  g_assert_cmpint (n, <, 1000);
  return FALSE;
}

static void
test_heard_after_many (void)
{
  assert_fails (miss_often_cb, TW_ERROR_STALE, "no such account");
}

/* Who takes no notice cannot commit the rest, and the first failure is told. */
static gboolean
swallow_cb (TwDb *db, gpointer data, GError **error)
{
  if (!add (db, 1, error))
    return FALSE;
  read_sum (db, NULL);
  return move (db, 9, 5, error);
}

static void
test_not_swallowed (void)
{
  assert_fails (swallow_cb, TW_ERROR_DUPLICATE, "PRIMARY");
}

/* What is undone may have failed. */
static gboolean
undo_cb (TwDb *db, gpointer data, GError **error)
{
  if (!move (db, 1, 5, error) || !tw_db_execute_script (db, "SAVEPOINT part;", error) || !move (db, 2, 5, error)
      || !add (db, 1, error))
    return FALSE;
  tw_db_forget_later (db);
  return tw_db_execute_script (db, "ROLLBACK TO SAVEPOINT part;", error) && move (db, 3, 5, error);
}

static void
test_undone (void)
{
  assert_leaves (undo_cb, NULL, "105,100,105");
}

/* ---- A connection that goes away ---- */

static gboolean
kill_cb (TwDb *db, gpointer data, GError **error)
{
  g_autofree char *id = tw_test_database_identify (db);
  int *runs = data;

  *runs += 1;
  if (!move (db, 1, 5, error))
    return FALSE;
  if (*runs == 1)
    tw_test_database_kill (database, id);
  return move (db, 2, 5, error) && move (db, 3, 5, error);
}

static void
test_killed (void)
{
  int runs = 0;

  assert_leaves (kill_cb, &runs, "105,105,105");
  g_assert_cmpint (runs, ==, 2);
}

static gboolean
sum_cb (TwDb *db, gpointer data, GError **error)
{
  gint64 *sum = data;

  *sum = read_sum (db, error);
  return *sum >= 0;
}

static char *
count_commits (TwDb *db)
{
  return tw_test_database_value (
    db, "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'Com_commit'");
}

static gboolean
is_idle (TwDb *db, const char *connection)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT command FROM information_schema.processlist WHERE id = %s", connection);
  g_autofree char *command = tw_test_database_value (db, sql);

  return g_strcmp0 (command, "Sleep") == 0;
}

/* Until the server has begun with the one COMMIT after @before, which @connection sent, and then answered it. */
static void
await_commit (const char *connection, const char *before)
{
  g_autoptr (TwDb) other = tw_test_database_open (database, TRUE);
  g_autofree char *commits = count_commits (other);

  while (g_str_equal (commits, before))
    {
      g_free (commits);
      commits = count_commits (other);
    }
  while (!is_idle (other, connection))
    ;
}

/* What is unread when a snapshot has ended is not missed when the connection is gone: the statement fails with its
 * own loss. (Were the end not answered, the connection would be taken up again before anything is sent; so the test
 * waits for that.) */
static void
test_killed_before_statement (void)
{
  g_autofree char *connection = tw_test_database_identify (database->owner), *commits = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sum = 0;

  reset ();
  g_assert_true (move (database->owner, 1, 1, &error)); /* prepared */
  commits = count_commits (database->owner);
  g_assert_true (tw_db_snapshot (database->owner, sum_cb, &sum, &error));
  await_commit (connection, commits);
  tw_test_database_kill (database, connection);
  g_assert_false (move (database->owner, 1, 1, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_RETRY); /* its own loss */
  g_clear_error (&error);
  g_assert_true (move (database->owner, 1, 1, &error));
  assert_amounts ("102,100,100");
}

/* Here the end may be answered or not. */
static void
test_killed_before_snapshot (void)
{
  g_autofree char *first = tw_test_database_identify (database->owner), *second = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sum = 0;

  reset ();
  g_assert_true (tw_db_snapshot (database->owner, sum_cb, &sum, &error));
  tw_test_database_kill (database, first);
  g_assert_true (tw_db_snapshot (database->owner, sum_cb, &sum, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sum, ==, 300);
  second = tw_test_database_identify (database->owner);
  g_assert_cmpstr (first, !=, second);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  database = tw_test_database_new (NULL);
  tw_test_database_script (database, schema);
  g_test_add_func ("/db/posted/order", test_order);
  g_test_add_func ("/db/posted/outside", test_outside);
  g_test_add_func ("/db/posted/heard-at-commit", test_heard_at_commit);
  g_test_add_func ("/db/posted/heard-by-a-read", test_heard_by_a_read);
  g_test_add_func ("/db/posted/heard-after-many", test_heard_after_many);
  g_test_add_func ("/db/posted/not-swallowed", test_not_swallowed);
  g_test_add_func ("/db/posted/undone", test_undone);
  g_test_add_func ("/db/posted/killed", test_killed);
  g_test_add_func ("/db/posted/killed-before-statement", test_killed_before_statement);
  g_test_add_func ("/db/posted/killed-before-snapshot", test_killed_before_snapshot);
  status = g_test_run ();
  tw_test_database_free (database);
  return status;
}
