/* ageing.c: see ageing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/finance/ageing.h"

#include "server/finance/ageing-store.h"
#include "server/finance/instalment.h"
#include "server/finance/statement.h"

/* What a statement does in less than a second, where a million orders are a year. */
#define DAYS_AT_ONCE 14
#define INVOICES_AT_ONCE 2000

#define FIRST_DAY ((TwDate) { 1 })
/* Further back takes seconds, and one at a time does. */
#define NEAR_DAYS 35
static gint far_back; /* atomic: one is at work */

/* A statement without its lines. */
static const char *const columns[] = { "customer", "customer_name", "currency", "date_to", "closing", "not_due",
                                       "days_30", "days_60", "days_90", "older", "on_account", NULL };

typedef struct
{
  TwDate to;
  GHashTable *statements; /* (element-type utf8 TwStatementOfAccount) by customer and currency */
  GArray *invoice;        /* (element-type TwAgedInstalment) of the one that is read */
  TwStatementOfAccount *owed; /* whose that is */
} Ageing;

static void
ageing_clear (Ageing *ageing)
{
  g_clear_pointer (&ageing->statements, g_hash_table_unref);
  g_clear_pointer (&ageing->invoice, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ageing, ageing_clear)

static TwStatementOfAccount *
find_statement (Ageing *ageing, const TwDebtor *debtor)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", debtor->customer_id, debtor->currency);
  TwStatementOfAccount *statement = g_hash_table_lookup (ageing->statements, key);

  if (statement != NULL)
    return statement;
  statement = tw_statement_of_account_new ();
  statement->parent.id = debtor->customer_id;
  tw_record_set_string (&statement->customer, debtor->customer);
  tw_record_set_string (&statement->customer_name, debtor->customer_name);
  tw_record_set_string (&statement->currency, debtor->currency);
  statement->date_to = ageing->to;
  g_hash_table_insert (ageing->statements, g_steal_pointer (&key), statement);
  return statement;
}

/* ---- Open now, and what happened since ---- */

static void
open_cb (const TwDebtor *debtor, TwDate due_date, TwDecimal amount, gpointer data)
{
  tw_statement_age (find_statement (data, debtor), due_date, amount);
}

static void
account_cb (const TwDebtor *debtor, TwDecimal amount, gpointer data)
{
  TwStatementOfAccount *statement = find_statement (data, debtor);

  statement->on_account = tw_decimal_add (statement->on_account, amount);
}

/* Days on which nothing is due are passed over. */
static gboolean
add_open (TwContext *ctx, Ageing *ageing, GError **error)
{
  TwDate from = FIRST_DAY, until = TW_DATE_NONE, due;

  for (; tw_date_compare (from, until) > 0; from = tw_date_add_days (until, 1)) /* behind the last day there is none */
    {
      if (!tw_ageing_store_find_due (ctx->db, from, &due, error))
        return FALSE;
      if (!tw_date_is_set (due))
        return TRUE;
      until = tw_date_add_days (due, DAYS_AT_ONCE - 1);
      if (!tw_ageing_store_list_open (ctx->db, due, until, open_cb, ageing, error))
        return FALSE;
    }
  return TRUE;
}

/* The whole of an invoice was read: instead of what is open of it now, what was open then. */
static void
turn_back (Ageing *ageing)
{
  GArray *parts = ageing->invoice;
  g_autofree TwDecimal *amounts = g_new (TwDecimal, parts->len), *open = g_new (TwDecimal, parts->len);
  const TwAgedInstalment *part = (TwAgedInstalment *) parts->data;

  for (guint i = 0; i < parts->len; i++)
    amounts[i] = part[i].amount;
  if (parts->len > 0)
    tw_instalments_open (amounts, parts->len, part->paid, part->credited, open);
  for (guint i = 0; i < parts->len; i++)
    {
      TwDecimal then = part[i].is_counted ? open[i] : TW_DECIMAL_ZERO;

      tw_statement_age (ageing->owed, part[i].due_date, tw_decimal_sub (then, part[i].open));
    }
  g_array_set_size (parts, 0);
}

static void
instalment_cb (const TwDebtor *debtor, const TwAgedInstalment *part, gpointer data)
{
  Ageing *ageing = data;

  if (ageing->invoice->len > 0
      && g_array_index (ageing->invoice, TwAgedInstalment, 0).invoice_id != part->invoice_id)
    turn_back (ageing);
  ageing->owed = find_statement (ageing, debtor);
  g_array_append_val (ageing->invoice, *part);
}

/* The accounts go back with the days, the invoices in which anything happened are collected. */
static gboolean
go_back (TwContext *ctx, Ageing *ageing, GArray *ids, GError **error)
{
  for (TwDate until = ageing->to; tw_date_compare (until, ctx->today) < 0;)
    {
      TwDate from = tw_date_add_days (until, 1);

      until = tw_date_add_days (from, DAYS_AT_ONCE - 1);
      if (tw_date_compare (until, ctx->today) > 0)
        until = ctx->today;
      if (!tw_ageing_store_list_taken (ctx->db, from, until, account_cb, ageing, error)
          || !tw_ageing_store_find_changed (ctx->db, from, until, ids, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_page (TwContext *ctx, Ageing *ageing, GString *ids, GError **error)
{
  g_string_append_c (ids, ']');
  if (!tw_ageing_store_read_invoices (ctx->db, ids->str, ageing->to, instalment_cb, ageing, error))
    return FALSE;
  turn_back (ageing); /* the last one */
  g_string_truncate (ids, 0);
  return TRUE;
}

static gboolean
turn_back_all (TwContext *ctx, Ageing *ageing, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) page = g_string_new (NULL);
  guint n = 0;

  if (!go_back (ctx, ageing, ids, error))
    return FALSE;
  tw_ids_sort (ids); /* as they lie in the database, and each once */
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (i > 0 && id == g_array_index (ids, gint64, i - 1))
        continue;
      g_string_append_printf (page, "%c%" G_GINT64_FORMAT, page->len == 0 ? '[' : ',', id);
      if (++n % INVOICES_AT_ONCE == 0 && !read_page (ctx, ageing, page, error))
        return FALSE;
    }
  return page->len == 0 || read_page (ctx, ageing, page, error);
}

/* ---- The answer ---- */

static int
compare_statements (gconstpointer a, gconstpointer b)
{
  const TwStatementOfAccount *const *left = a, *const *right = b;
  int order = g_strcmp0 ((*left)->customer, (*right)->customer);

  return order != 0 ? order : g_strcmp0 ((*left)->currency, (*right)->currency);
}

/* Who owes nothing, and has nothing, is left out. */
static GPtrArray *
list_debtors (Ageing *ageing)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  TwStatementOfAccount *statement;

  g_hash_table_iter_init (&iter, ageing->statements);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &statement))
    {
      TwDecimal open = tw_statement_get_open (statement);

      statement->closing = tw_decimal_sub (open, statement->on_account);
      if (!tw_decimal_is_zero (open) || !tw_decimal_is_zero (statement->on_account))
        g_ptr_array_add (list, statement);
    }
  g_ptr_array_sort (list, compare_statements);
  return list;
}

static void
write_list (TwContext *ctx, Ageing *ageing, TwReply *reply)
{
  g_autoptr (GString) out = g_string_new ("{\"items\":[");
  g_autoptr (GPtrArray) list = list_debtors (ageing);

  for (guint i = 0; i < list->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      tw_codec_write_item (list->pdata[i], tw_context_get_secrets (ctx), columns, out);
    }
  g_string_append_printf (out, "],\"next\":null,\"total\":%u}", list->len);
  tw_reply_json (reply, 200, g_steal_pointer (&out));
}

static gboolean
add_up (TwContext *ctx, Ageing *ageing, GError **error)
{
  TwDate beginning;

  if (!tw_ageing_store_find_beginning (ctx->db, &beginning, error))
    return FALSE;
  if (tw_date_compare (ageing->to, beginning) < 0) /* nothing was there yet */
    return TRUE;
  return add_open (ctx, ageing, error) && tw_ageing_store_list_account (ctx->db, account_cb, ageing, error)
         && turn_back_all (ctx, ageing, error);
}

static gboolean
add_up_alone (TwContext *ctx, Ageing *ageing, GError **error)
{
  gboolean done;

  if (!g_atomic_int_compare_and_exchange (&far_back, 0, 1))
    return tw_error_set (error, TW_ERROR_UNAVAILABLE,
                         _ ("Somebody else has just asked for a day as far back. Please try again in a moment."));
  done = add_up (ctx, ageing, error);
  g_atomic_int_set (&far_back, 0);
  return done;
}

static gboolean
get_ageing (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  const char *text = tw_request_query (request, "to");
  g_auto (Ageing) ageing = { .to = ctx->today };
  gboolean done;

  if (text != NULL && !tw_date_parse (text, &ageing.to, NULL))
    return tw_error_fault (error, "/to", "wrong_type", _ ("Write a date as YYYY-MM-DD."));
  ageing.statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  ageing.invoice = g_array_new (FALSE, FALSE, sizeof (TwAgedInstalment));
  if (tw_date_days_between (ageing.to, ctx->today) > NEAR_DAYS)
    done = add_up_alone (ctx, &ageing, error);
  else
    done = add_up (ctx, &ageing, error);
  if (done)
    write_list (ctx, &ageing, reply);
  return done;
}

const TwRoute tw_ageing_routes[] = {
  { .method = "GET",
    .path = "/ageing",
    .permission = "receivable.read",
    .handler = get_ageing,
    .flags = TW_ROUTE_READ,
    .summary = "Per customer and currency what is open as of a day, by how long it is overdue, and what is on account",
    .answer = tw_statement_of_account_get_type,
    .answers_list = TRUE },
  { NULL },
};
