/* order-check-store.c: the SQL of checks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order-check-store.h"

#include "shared/base/codec.h"
#include "shared/document/order-check.h"

/* All checks in one statement. */
static const char insert_sql[]
  = "INSERT INTO order_check (order_id, round, position, check_key, result, line, facts)"
    " SELECT :order_id, :round, j.position, j.check_key, j.result, j.line, j.facts"
    " FROM JSON_TABLE(:checks, '$[*]' COLUMNS (position FOR ORDINALITY, check_key VARCHAR(30) PATH '$.check',"
    " result VARCHAR(30) PATH '$.result', line INT PATH '$.line', facts VARCHAR(2000) PATH '$.facts')) j";
static const char read_sql[] = "SELECT check_key AS `check`, result, line, facts FROM order_check"
                               " WHERE order_id = :order_id AND round = :round ORDER BY position";

/* The facts go as text within the text, so that the column gets them as they are. */
static void
append_check (GString *json, TwOrderCheck *check)
{
  g_string_append (json, json->len > 1 ? ",{\"check\":" : "{\"check\":");
  tw_codec_append_string (json, check->check);
  g_string_append (json, ",\"result\":");
  tw_codec_append_string (json, check->result);
  g_string_append_printf (json, ",\"line\":%" G_GINT64_FORMAT ",\"facts\":", check->line);
  tw_codec_append_string (json, check->facts);
  g_string_append_c (json, '}');
}

gboolean
tw_order_check_store_insert (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) insert = tw_db_prepare (db, insert_sql);
  g_autoptr (GString) json = g_string_new ("[");
  guint n = tw_record_count (order->checks);

  for (guint i = 0; i < n; i++)
    append_check (json, tw_record_nth (order->checks, i));
  g_string_append_c (json, ']');
  tw_bind_int (insert, "order_id", order->parent.id);
  tw_bind_int (insert, "round", order->approval_round);
  tw_bind_text (insert, "checks", json->str);
  return tw_statement_post (insert, error);
}

gboolean
tw_order_check_store_read (TwDb *db, TwOrder *order, GError **error)
{
  g_autoptr (TwStatement) read = tw_db_prepare (db, read_sql);

  g_list_store_remove_all (order->checks);
  tw_bind_int (read, "order_id", order->parent.id);
  tw_bind_int (read, "round", order->approval_round);
  return tw_statement_read_all (read, tw_order_check_get_type (), order->checks, error);
}
