/* direct.c: the comparator: what the server stores and reads, straight through libmariadb
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/direct.h"

#include <mysql.h>
#include <string.h>

#define MAX_VALUES 80
#define MAX_COLUMNS 60
#define COLUMN_BYTES 512

#define HEAD                                                                                                           \
  "SELECT STRAIGHT_JOIN o.id, o.version, o.created_at, o.updated_at, o.number, o.state, o.hold, o.channel,"           \
  " o.customer_id, c.code, c.name, o.po_reference, o.order_date, o.requested_date, o.promised_date, o.valid_until, o.currency,"              \
  " o.exchange_rate, pl.code, o.price_list_id, pt.code, o.payment_term_id, w.code, o.warehouse_id, r.user,"           \
  " o.sales_rep_id, r.name, o.freight, o.special, o.net_total, o.tax_total, o.total, o.total_company, o.margin,"      \
  " o.revision, a.user, o.author_id, o.editor_id, o.submitted_at, o.confirmed_at, o.approval_status,"                 \
  " o.reservation_status, o.fulfilment_status, o.delivery_status, o.invoice_status, o.payment_status, o.line_count"   \
  " FROM sales_order o JOIN customer c ON c.id = o.customer_id JOIN price_list pl ON pl.id = o.price_list_id"         \
  " JOIN payment_term pt ON pt.id = o.payment_term_id JOIN warehouse w ON w.id = o.warehouse_id"                      \
  " JOIN app_user a ON a.id = o.author_id LEFT JOIN app_user r ON r.id = o.sales_rep_id"
/* A text where the server's search looks for it. */
#define FOUND                                                                                                          \
  "(o.number LIKE CONCAT(?, '%') OR o.po_reference LIKE CONCAT(?, '%') OR c.code LIKE CONCAT('%', ?, '%')"            \
  " OR c.name LIKE CONCAT('%', ?, '%'))"
#define LINE "(?, ?, ?, ?, 'box', ?, ?, 0, ?, ?, ?, ?, 0.3, ?)"

typedef enum
{
  CLAIM,
  CUSTOMER,
  PRODUCTS,
  NUMBER,
  ORDER,
  LINES,
  CHANGE,
  LIST_HEADS,
  COUNT,
  FIND,
  COUNT_FOUND,
  DRAFTS,
  COUNT_DRAFTS,
  READ_HEAD,
  READ_LINES,
  N_STATEMENTS,
} Statement;

static const char *const texts[N_STATEMENTS] = {
  [CLAIM] = "INSERT INTO idempotency (user_id, idempotency_key, body_hash, status, headers, body, created_at)"
            " VALUES (1, ?, UNHEX(SHA2(?, 256)), 201, '{}', ?, NOW(6))",
  [CUSTOMER] = "SELECT c.id, c.code, c.name, c.currency, c.price_list_id, c.payment_term_id, c.sales_rep_id, c.status,"
               " a.street, a.city, a.country, t.name FROM customer c"
               " LEFT JOIN customer_address a ON a.customer_id = c.id AND a.is_default"
               " LEFT JOIN customer_contact t ON t.customer_id = c.id AND t.is_default WHERE c.code = ?",
  [PRODUCTS] = "SELECT p.id, p.sku, p.name, p.unit, p.price, p.cost, p.tax_class_id, t.rate,"
               " (SELECT i.price FROM price_list_item i WHERE i.price_list_id = ? AND i.product_id = p.id"
               " AND i.min_quantity <= 2 ORDER BY i.min_quantity DESC LIMIT 1)"
               " FROM product p JOIN tax_class t ON t.id = p.tax_class_id WHERE p.sku IN (?, ?, ?, ?, ?)",
  [NUMBER] = "INSERT INTO counter (name, value) VALUES ('direct', LAST_INSERT_ID(1))"
             " ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(value + 1)",
  [ORDER] = "INSERT INTO sales_order (created_at, updated_at, number, channel, customer_id, po_reference, contact,"
            " ship_name, ship_street, ship_city, ship_country, order_date, currency, exchange_rate, price_list_id,"
            " payment_term_id, warehouse_id, sales_rep_id, net_total, tax_total, total, total_company, margin,"
            " author_id, editor_id, line_count) VALUES (NOW(6), NOW(6), ?, 'phone', ?, ?, 'Maria Anders', ?, ?, ?, ?,"
            " CURRENT_DATE, 'CNY', 1, ?, ?, 1, ?, ?, ?, ?, ?, 0.3, 1, 1, 5)",
  [LINES] = "INSERT INTO order_line (order_id, position, product_id, quantity, unit, list_price, price, discount,"
            " tax_class_id, tax_rate, net, cost, margin, open_quantity) VALUES " LINE ", " LINE ", " LINE ", " LINE
            ", " LINE,
  [CHANGE] = "INSERT INTO change_log (at, user_id, source, document, document_id, version, action, after_values)"
             " VALUES (NOW(6), 1, 'direct', 'order', ?, 1, 'create', ?)",
  [LIST_HEADS] = HEAD " WHERE o.deleted_at IS NULL ORDER BY o.id DESC LIMIT 101",
  [COUNT] = "SELECT COUNT(*) FROM sales_order o WHERE o.deleted_at IS NULL",
  [FIND] = HEAD " WHERE o.deleted_at IS NULL AND " FOUND " ORDER BY o.id DESC LIMIT 101",
  [COUNT_FOUND] = "SELECT COUNT(*) FROM sales_order o JOIN customer c ON c.id = o.customer_id"
                  " WHERE o.deleted_at IS NULL AND " FOUND,
  [DRAFTS] = HEAD " WHERE o.deleted_at IS NULL AND o.state = 'draft' ORDER BY o.id DESC LIMIT 1",
  [COUNT_DRAFTS] = "SELECT COUNT(*) FROM sales_order o WHERE o.deleted_at IS NULL AND o.state = 'draft'",
  [READ_HEAD] = HEAD " WHERE o.id = ? AND o.deleted_at IS NULL",
  [READ_LINES] = "SELECT STRAIGHT_JOIN l.id, l.position, p.sku, l.product_id, p.name, l.description, l.quantity, l.unit,"
                 " l.list_price, l.price, l.discount, x.code, l.tax_class_id, l.tax_rate, l.net, l.cost, l.margin,"
                 " l.promised_date,"
                 " l.shortage, l.cancelled, l.open_quantity, l.backordered, l.reserved, l.picking, l.picked, l.packed,"
                 " l.shipped, l.delivered, l.returned, l.invoiced, s.on_hand - s.reserved FROM order_line l"
                 " JOIN product p ON p.id = l.product_id JOIN tax_class x ON x.id = l.tax_class_id"
                 " LEFT JOIN stock_level s ON s.product_id = l.product_id AND s.warehouse_id = 1"
                 " WHERE l.order_id = ? ORDER BY l.position",
};

struct _BenchDirect
{
  MYSQL *mysql;
  MYSQL_STMT *statements[N_STATEMENTS];
  gboolean writes; /* autocommit is off */
  char rows[MAX_COLUMNS][COLUMN_BYTES]; /* the values of the row fetched last */
};

/* As large as what the server keeps and logs of such an order. */
static const char *
get_document (void)
{
  static char document[2600];
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      memset (document, 'x', sizeof document - 1);
      memcpy (document, "{\"lines\":\"", 10);
      memcpy (document + sizeof document - 3, "\"}", 2);
      g_once_init_leave (&made, 1);
    }
  return document;
}

static void
prepare (BenchDirect *direct, Statement which)
{
  MYSQL_STMT *s = mysql_stmt_init (direct->mysql);

  if (mysql_stmt_prepare (s, texts[which], strlen (texts[which])) != 0)
    g_error ("%s: %s", texts[which], mysql_stmt_error (s));
  g_assert_cmpuint (mysql_stmt_param_count (s), <=, MAX_VALUES);
  g_assert_cmpuint (mysql_stmt_field_count (s), <=, MAX_COLUMNS);
  direct->statements[which] = s;
}

BenchDirect *
bench_direct_new (const char *socket, const char *user, const char *password, const char *database)
{
  BenchDirect *direct = g_new0 (BenchDirect, 1);

  direct->mysql = mysql_init (NULL);
  mysql_options (direct->mysql, MYSQL_INIT_COMMAND, "SET join_cache_level = 0");
  if (!mysql_real_connect (direct->mysql, NULL, user, password, database, 0, socket, 0)
      || mysql_set_character_set (direct->mysql, "utf8mb4") != 0)
    g_error ("no connection: %s", mysql_error (direct->mysql));
  for (Statement i = 0; i < N_STATEMENTS; i++)
    prepare (direct, i);
  return direct;
}

void
bench_direct_free (BenchDirect *direct)
{
  for (Statement i = 0; i < N_STATEMENTS; i++)
    mysql_stmt_close (direct->statements[i]);
  mysql_close (direct->mysql);
  g_free (direct);
}

/* All values are bound as text; there are as many as the statement has. */
static gboolean
run (BenchDirect *direct, Statement which, const char *const *values)
{
  MYSQL_STMT *s = direct->statements[which];
  MYSQL_BIND binds[MAX_VALUES] = { 0 };
  gulong n = mysql_stmt_param_count (s);

  for (gulong i = 0; i < n; i++)
    binds[i] = (MYSQL_BIND) { .buffer_type = MYSQL_TYPE_STRING,
                              .buffer = (char *) values[i],
                              .buffer_length = strlen (values[i]) };
  if ((n == 0 || !mysql_stmt_bind_param (s, binds)) && mysql_stmt_execute (s) == 0)
    return TRUE;
  g_printerr ("%s: %s\n", texts[which], mysql_stmt_error (s));
  return FALSE;
}

/* Fetches every row as text; the last one stays in direct->rows. */
static gboolean
run_and_fetch (BenchDirect *direct, Statement which, const char *const *values, guint *count)
{
  MYSQL_STMT *s = direct->statements[which];
  MYSQL_BIND binds[MAX_COLUMNS] = { 0 };
  guint n = mysql_stmt_field_count (s);

  for (guint i = 0; i < n; i++)
    binds[i] = (MYSQL_BIND) { .buffer_type = MYSQL_TYPE_STRING,
                              .buffer = direct->rows[i],
                              .buffer_length = COLUMN_BYTES };
  *count = 0;
  if (!run (direct, which, values) || mysql_stmt_bind_result (s, binds) || mysql_stmt_store_result (s) != 0)
    return FALSE;
  while (mysql_stmt_fetch (s) == 0)
    (*count)++;
  return !mysql_stmt_free_result (s);
}

/* ---- Creating ---- */

static gboolean
insert_head (BenchDirect *direct, const char *key, const char *number, char *id)
{
  const char *values[] = { number, "1", key, "Company ALFKI", "Obere Str. 57", "Berlin", "Germany", "1", "1", "1",
                           "2273", "205.24", "2478.24", "2478.24" };

  if (!run (direct, ORDER, values))
    return FALSE;
  g_snprintf (id, 24, "%llu", (unsigned long long) mysql_stmt_insert_id (direct->statements[ORDER]));
  return TRUE;
}

static gboolean
insert_lines (BenchDirect *direct, const char *order_id)
{
  static const char *const numbers[] = { "1", "2", "3", "4", "5" };
  const char *values[55];
  guint n = 0;

  for (guint i = 0; i < 5; i++)
    {
      const char *line[] = { order_id, numbers[i], numbers[i], "2", "10", "10", "1", "0.13", "20", "6.13", "2" };

      for (guint j = 0; j < G_N_ELEMENTS (line); j++)
        values[n++] = line[j];
    }
  return run (direct, LINES, values);
}

static gboolean
create (BenchDirect *direct, const char *key)
{
  const char *claim[] = { key, key, get_document () };
  const char *customer[] = { "ALFKI" };
  const char *products[] = { "1", "P-1", "P-2", "P-3", "P-4", "S-1" };
  char number[32], id[24];
  guint n_customers, n_products;

  if (!run (direct, CLAIM, claim) || !run_and_fetch (direct, CUSTOMER, customer, &n_customers)
      || !run_and_fetch (direct, PRODUCTS, products, &n_products) || n_customers != 1 || n_products != 5
      || !run (direct, NUMBER, NULL))
    return FALSE;
  g_snprintf (number, sizeof number, "DI-%llu",
              (unsigned long long) mysql_stmt_insert_id (direct->statements[NUMBER]));
  if (!insert_head (direct, key, number, id) || !insert_lines (direct, id))
    return FALSE;
  return run (direct, CHANGE, (const char *[]) { id, get_document () });
}

gboolean
bench_direct_create (BenchDirect *direct, const char *key)
{
  gboolean done;

  if (!direct->writes)
    direct->writes = !mysql_autocommit (direct->mysql, FALSE);
  done = create (direct, key) && !mysql_commit (direct->mysql);
  if (!done)
    mysql_rollback (direct->mysql);
  return done;
}

/* ---- Reading ---- */

gboolean
bench_direct_list (BenchDirect *direct)
{
  guint n, one;

  return run_and_fetch (direct, LIST_HEADS, NULL, &n) && n == 101 && run_and_fetch (direct, COUNT, NULL, &one)
         && one == 1;
}

gboolean
bench_direct_search (BenchDirect *direct, const char *text)
{
  const char *values[] = { text, text, text, text };
  guint n, one;

  return run_and_fetch (direct, FIND, values, &n) && n > 0 && run_and_fetch (direct, COUNT_FOUND, values, &one)
         && one == 1;
}

gboolean
bench_direct_count (BenchDirect *direct)
{
  guint newest, one;

  return run_and_fetch (direct, DRAFTS, NULL, &newest) && newest == 1
         && run_and_fetch (direct, COUNT_DRAFTS, NULL, &one) && one == 1;
}

gboolean
bench_direct_read (BenchDirect *direct, gint64 id)
{
  char text[24];
  const char *values[] = { text };
  guint heads, lines;

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, id);
  return run_and_fetch (direct, READ_HEAD, values, &heads) && heads == 1
         && run_and_fetch (direct, READ_LINES, values, &lines) && lines == 5;
}
