/* multiply-plan.c: see multiply-plan.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts are put together from the table of contents of the database itself, so that a column which is new to the
 * schema is copied like the rest. In a SELECT, b is the row that was kept and c.seq the number of the copy, 0 for the
 * original.
 */
#include "tests/bench/multiply-plan.h"

#include <string.h>

const BenchTable bench_tables[] = {
  { "change_log", BENCH_COPIED },
  { "order_check", BENCH_COPIED },
  { "stock_move", BENCH_COPIED },
  { "journal_line", BENCH_COPIED },
  { "order_line", BENCH_COPIED },
  { "sales_order", BENCH_COPIED },
  { "invoice_line", BENCH_COPIED },
  { "shipment_line", BENCH_COPIED },
  { "parcel_line", BENCH_COPIED },
  { "reservation", BENCH_COPIED },
  { "journal_entry", BENCH_COPIED },
  { "shipment", BENCH_COPIED },
  { "invoice", BENCH_COPIED },
  { "approval", BENCH_COPIED },
  { "approval_step", BENCH_COPIED },
  { "approval_signature", BENCH_COPIED },
  { "invoice_tax", BENCH_COPIED },
  { "receivable", BENCH_COPIED },
  { "payment", BENCH_COPIED },
  { "payment_allocation", BENCH_COPIED },
  { "refund", BENCH_COPIED },
  { "parcel", BENCH_COPIED },
  { "trip_stop", BENCH_COPIED },
  { "trip", BENCH_COPIED },
  { "shipment_exception", BENCH_COPIED },
  { "receipt_line", BENCH_COPIED },
  { "receipt", BENCH_COPIED },
  { "stock_count_line", BENCH_COPIED },
  { "stock_count", BENCH_COPIED },
  { "order_reopening", BENCH_COPIED },
  { "customer", BENCH_GROUPED },
  { "customer_address", BENCH_GROUPED },
  { "customer_contact", BENCH_GROUPED },
  { "product", BENCH_GROUPED },
  { "price_list_item", BENCH_GROUPED },
  { NULL },
};

/* People, rules and settings, what sums up the others, and what belongs to the program itself. */
static const char *const kept[] = {
  "app_user",    "user_role",        "session",      "sign_in_attempt", "idempotency",        "change_seal",
  "lease",       "counter",          "setting",      "price_list",      "tax_class",          "payment_term",
  "carrier",     "warehouse",        "delegation",   "approval_rule",   "approval_rule_step", "payment_term_instalment",
  "stock_level", "schema_migration", "schema_lease", "schema_grant",    "list_mark",          "master_edition",
  "list_edition", NULL,
};

/* The table whose ids a column has. */
static const char *const references[][2] = {
  { "order_id", "sales_order" },
  { "order_line_id", "order_line" },
  { "shipment_id", "shipment" },
  { "open_shipment_id", "shipment" },
  { "shipment_line_id", "shipment_line" },
  { "parcel_id", "parcel" },
  { "trip_id", "trip" },
  { "invoice_id", "invoice" },
  { "reverses_id", "invoice" },
  { "source_line_id", "invoice_line" },
  { "payment_id", "payment" },
  { "entry_id", "journal_entry" },
  { "approval_id", "approval" },
  { "approval_step_id", "approval_step" },
  { "receipt_id", "receipt" },
  { "stock_count_id", "stock_count" },
  { "customer_id", "customer" },
  { "product_id", "product" },
};

static const BenchTable *
find_table (const char *name)
{
  for (const BenchTable *t = bench_tables; t->name != NULL; t++)
    if (g_str_equal (t->name, name))
      return t;
  return NULL;
}

/* ---- What is in the database ---- */

/* The first column of all rows. */
static GPtrArray *
read_texts (TwDb *db, const char *sql, const char *table, GError **error)
{
  g_autoptr (TwStatement) list = tw_db_prepare (db, sql);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean found;

  if (table != NULL)
    tw_bind_text (list, "name", table);
  for (;;)
    {
      if (!tw_statement_step (list, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&texts);
      g_ptr_array_add (texts, g_strdup (tw_column_text (list, "text")));
    }
}

static GPtrArray *
read_columns (TwDb *db, const char *table, GError **error)
{
  return read_texts (db,
                     "SELECT column_name AS text FROM information_schema.columns WHERE table_schema = DATABASE()"
                     " AND table_name = :name AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position",
                     table, error);
}

static gboolean
has_rows (TwDb *db, const char *table, gboolean *any, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s LIMIT 1", table);
  g_autoptr (TwStatement) find = tw_db_prepare (db, sql);

  return tw_statement_step (find, any, error);
}

gboolean
bench_plan_check (TwDb *db, GError **error)
{
  g_autoptr (GPtrArray) tables
      = read_texts (db,
                    "SELECT table_name AS text FROM information_schema.tables WHERE table_schema = DATABASE()"
                    " AND table_type = 'BASE TABLE'",
                    NULL, error);

  for (guint i = 0; tables != NULL && i < tables->len; i++)
    {
      const char *name = g_ptr_array_index (tables, i);
      gboolean any;

      if (find_table (name) != NULL || g_strv_contains (kept, name))
        continue;
      if (!has_rows (db, name, &any, error))
        return FALSE;
      if (any)
        return tw_error_set (error, TW_ERROR_STATE, "tests/bench/multiply-plan.c does not say how %s grows", name);
    }
  return tables != NULL;
}

/* ---- Keeping ---- */

static gboolean
has (GPtrArray *columns, const char *name)
{
  return g_ptr_array_find_with_equal_func (columns, name, g_str_equal, NULL);
}

/* A number "SO-2026-000123" as what stands before the serial, the serial, and how many there are of it. */
static void
append_number (GString *sql, const char *column)
{
  g_string_append_printf (sql,
                          ", CONCAT(SUBSTRING_INDEX(b.%1$s, '-', 2), '-') AS tw_%1$s_series"
                          ", CAST(SUBSTRING_INDEX(b.%1$s, '-', -1) AS UNSIGNED) AS tw_%1$s_serial"
                          ", (SELECT n.value FROM counter n WHERE n.name = REPLACE(SUBSTRING_INDEX(b.%1$s, '-', 2),"
                          " '-', '/')) AS tw_%1$s_count",
                          column);
}

/* By how much a document's id grows with each copy, and how many copies there are of it. */
static void
append_document (GString *sql)
{
  g_string_append (sql, ", CASE b.document");
  for (const BenchTable *t = bench_tables; t->name != NULL; t++)
    g_string_append_printf (sql, " WHEN '%s' THEN (SELECT MAX(id) FROM %s)",
                            g_str_equal (t->name, "sales_order") ? "order" : t->name, t->name);
  g_string_append (sql, " ELSE 0 END AS tw_step, CASE WHEN b.document IN ('customer', 'product') THEN 1 ELSE 0 END"
                        " AS tw_grouped");
}

char *
bench_plan_keep (TwDb *db, const BenchTable *table, GError **error)
{
  g_autoptr (GPtrArray) columns = read_columns (db, table->name, error);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (columns == NULL)
    return NULL;
  g_string_append_printf (sql, "CREATE TABLE " BENCH_SEED ".%1$s (PRIMARY KEY (id)) ENGINE=InnoDB AS SELECT ",
                          table->name);
  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (sql, "%sb.%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (columns, i));
  if (has (columns, "number") && table->growth == BENCH_COPIED)
    append_number (sql, "number");
  if (has (columns, "document_number"))
    append_number (sql, "document_number");
  if (has (columns, "document_id"))
    append_document (sql);
  if (has (columns, "sscc"))
    g_string_append (sql, ", CAST(LEFT(b.sscc, 17) AS UNSIGNED) AS tw_sscc"
                          ", (SELECT value FROM counter WHERE name = 'sscc') AS tw_sscc_count");
  g_string_append_printf (sql, " FROM %s b;\n", table->name);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* ---- Filling ---- */

static char *
read_step (TwDb *db, const char *table, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT CAST(COALESCE(MAX(id), 0) AS CHAR) AS text FROM " BENCH_SEED ".%s", table);
  g_autoptr (GPtrArray) value = read_texts (db, sql, NULL, error);

  return value != NULL ? g_strdup (g_ptr_array_index (value, 0)) : NULL;
}

/* @value with @width digits and the digit that GS1 checks them by: weights 3 and 1 in turn, from the right. */
static void
append_checked (GString *sql, const char *value, guint width)
{
  g_string_append_printf (sql, "CONCAT(LPAD(%s, %u, '0'), (10 - (0", value, width);
  for (guint i = 0; i < width; i++)
    {
      g_string_append_printf (sql, " + %u * ((%s) DIV 1", i % 2 == 0 ? 3 : 1, value);
      for (guint zero = 0; zero < i; zero++)
        g_string_append_c (sql, '0');
      g_string_append (sql, " MOD 10)");
    }
  g_string_append (sql, ") MOD 10) MOD 10)");
}

/* The copy's number, or NULL for none. */
static void
append_renumbered (GString *sql, const char *column)
{
  g_string_append_printf (sql,
                          "CONCAT(b.tw_%1$s_series, LPAD(b.tw_%1$s_serial + c.seq * b.tw_%1$s_count,"
                          " GREATEST(6, LENGTH(b.tw_%1$s_serial + c.seq * b.tw_%1$s_count)), '0'))",
                          column);
}

/* A code or name that tells its group. */
static void
append_marked (GString *sql, const char *column, const char *between, const char *number)
{
  g_string_append_printf (sql, "IF(%3$s = 0, b.%1$s, CONCAT(b.%1$s, '%2$s', %3$s))", column, between, number);
}

static gboolean
append_reference (GString *sql, TwDb *db, const char *column, const char *target, const char *group, GError **error)
{
  g_autofree char *step = read_step (db, target, error);

  if (step == NULL)
    return FALSE;
  g_string_append_printf (sql, "b.%s + %s * %s", column, find_table (target)->growth == BENCH_GROUPED ? group : "c.seq",
                          step);
  return TRUE;
}

static const char *
find_reference (const BenchTable *table, const char *column)
{
  if (g_str_equal (column, "id"))
    return table->name;
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    if (g_str_equal (references[i][0], column))
      return references[i][1];
  return NULL;
}

static gboolean
append_master_column (GString *sql, const BenchTable *table, const char *column)
{
  static const char *const codes[] = { "code", "sku", NULL };
  static const char *const names[] = { "name", "local_name", NULL };
  gboolean head = g_str_equal (table->name, "customer") || g_str_equal (table->name, "product");

  if (head && g_strv_contains (codes, column))
    append_marked (sql, column, "-", "c.seq");
  else if (head && g_strv_contains (names, column))
    append_marked (sql, column, " ", "c.seq");
  else if (g_str_equal (column, "barcode"))
    {
      g_string_append (sql, "IF(c.seq = 0 OR b.barcode IS NULL, b.barcode, ");
      append_checked (sql, "(210000000000 + b.id * 1000 + c.seq)", 12);
      g_string_append (sql, ")");
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
append_document_column (GString *sql, const char *column, const char *group)
{
  static const char *const references_of_others[] = { "po_reference", "reference", NULL };
  static const char *const numbers[] = { "number", "document_number", NULL };

  if (g_strv_contains (numbers, column))
    append_renumbered (sql, column);
  else if (g_strv_contains (references_of_others, column))
    append_marked (sql, column, "-", "c.seq");
  else if (g_str_equal (column, "bill_name"))
    append_marked (sql, column, " ", group);
  else if (g_str_equal (column, "fingerprint")) /* of orders of the last day only */
    g_string_append (sql, "IF(c.seq = 0, b.fingerprint, NULL)");
  else if (g_str_equal (column, "digest"))
    g_string_append (sql, "COALESCE(d.digest, b.digest)");
  else if (g_str_equal (column, "document_id"))
    g_string_append (sql, "b.document_id + c.seq * b.tw_step");
  else if (g_str_equal (column, "sscc"))
    append_checked (sql, "(b.tw_sscc + c.seq * b.tw_sscc_count)", 17);
  else
    return FALSE;
  return TRUE;
}

static gboolean
append_column (GString *sql, TwDb *db, const BenchTable *table, const char *column, const char *group, GError **error)
{
  const char *target = find_reference (table, column);

  if (target != NULL)
    return append_reference (sql, db, column, target, group, error);
  if (table->growth == BENCH_GROUPED ? !append_master_column (sql, table, column)
                                     : !append_document_column (sql, column, group))
    g_string_append_printf (sql, "b.%s", column);
  return TRUE;
}

/* How many copies fall to the group c.seq. */
static char *
count_copies (const BenchPlan *plan)
{
  return g_strdup_printf ("%u + (c.seq < %u)", plan->copies / plan->groups, plan->copies % plan->groups);
}

/* In the order of the copies and of their ids, so that the clustered index grows at its end only. */
static void
append_source (GString *sql, const BenchTable *table, GPtrArray *columns, const BenchPlan *plan, const char *group)
{
  guint last = (table->growth == BENCH_GROUPED ? plan->groups : plan->copies) - 1;

  g_string_append_printf (sql, " FROM seq_0_to_%u c STRAIGHT_JOIN " BENCH_SEED ".%s b", last, table->name);
  if (has (columns, "digest"))
    g_string_append_printf (sql, " LEFT JOIN " BENCH_DIGESTS " d ON d.was = b.digest AND d.g = %s", group);
  if (has (columns, "document_id"))
    g_string_append_printf (sql, " WHERE c.seq = 0 OR (b.tw_step > 0 AND (NOT b.tw_grouped OR c.seq < %u))",
                            plan->groups);
  g_string_append (sql, ";\n");
}

char *
bench_plan_fill (TwDb *db, const BenchTable *table, const BenchPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) columns = read_columns (db, table->name, error);
  g_autoptr (GString) sql = g_string_new (NULL), values = g_string_new (NULL);
  g_autofree char *group
      = table->growth == BENCH_GROUPED ? g_strdup ("c.seq") : g_strdup_printf ("(c.seq MOD %u)", plan->groups);

  if (columns == NULL)
    return NULL;
  g_string_append_printf (sql, "INSERT INTO %s (", table->name);
  for (guint i = 0; i < columns->len; i++)
    {
      const char *column = g_ptr_array_index (columns, i);

      g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", column);
      g_string_append (values, i > 0 ? ", " : "");
      if (!append_column (values, db, table, column, group, error))
        return NULL;
    }
  g_string_append_printf (sql, ") SELECT %s", values->str);
  append_source (sql, table, columns, plan, group);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* ---- Sums ---- */

char *
bench_plan_sum (const BenchPlan *plan)
{
  g_autofree char *copies = count_copies (plan);

  return g_strdup_printf (
      "CREATE TABLE " BENCH_SEED ".stock_level (PRIMARY KEY (id)) ENGINE=InnoDB AS SELECT id, version,"
      " created_at, updated_at, product_id, warehouse_id, on_hand, reserved, backordered FROM stock_level;\n"
      "DELETE FROM stock_level;\n"
      "INSERT INTO stock_level (id, version, created_at, updated_at, product_id, warehouse_id, on_hand, reserved,"
      " backordered) SELECT b.id + c.seq * (SELECT MAX(id) FROM " BENCH_SEED ".stock_level), b.version, b.created_at,"
      " b.updated_at, b.product_id + c.seq * (SELECT MAX(id) FROM " BENCH_SEED ".product), b.warehouse_id,"
      " b.on_hand * (%1$s), b.reserved * (%1$s), b.backordered * (%1$s) FROM seq_0_to_%2$u c"
      " STRAIGHT_JOIN " BENCH_SEED ".stock_level b;\n"
      "DELETE FROM list_mark;\n"
      "UPDATE counter SET value = value * %3$u;\n",
      copies, plan->groups - 1, plan->copies);
}
