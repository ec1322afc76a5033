/* demo.c: see demo.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/demo.h"

#include "server/demo/company.h"
#include "server/demo/customers.h"
#include "server/demo/extras.h"
#include "server/demo/goods.h"
#include "server/demo/order-replay.h"
#include "server/demo/replay-store.h"
#include "server/masterdata/masterdata.h"

/* What was short comes in again some days before the end; what then waits is brought. */
#define DAYS_SINCE_RESTOCK 6

typedef struct
{
  TwDate day;
  TwDemoStep step;
  TwDemoOrder *order;
  gboolean again; /* the second round, for backorders */
} Event;

static void
order_clear (gpointer data)
{
  g_free (((TwDemoOrder *) data)->number);
}

static TwDate
read_date (TwSample *rows, guint row, const char *column, int shift)
{
  const char *text = tw_sample_get (rows, row, column);
  TwDate date = TW_DATE_NONE;

  if (*text == '\0' || !tw_date_parse (text, &date, NULL))
    return TW_DATE_NONE;
  return tw_date_add_days (date, shift);
}

/* The days by which the sample moves so that its last order is of today. */
static int
get_shift (TwSample *orders)
{
  TwDate last = TW_DATE_NONE;

  for (guint i = 0; i < tw_sample_count (orders); i++)
    {
      TwDate date = read_date (orders, i, "order_date", 0);

      if (tw_date_compare (date, last) > 0)
        last = date;
    }
  return tw_date_days_between (last, tw_date_today ());
}

static GArray *
plan_orders (TwSample *rows)
{
  guint n = tw_sample_count (rows);
  GArray *orders = g_array_sized_new (FALSE, TRUE, sizeof (TwDemoOrder), n);
  int shift = get_shift (rows);

  g_array_set_clear_func (orders, order_clear);
  for (guint i = 0; i < n; i++)
    {
      TwDemoOrder order = {
        .index = i,
        .row = i,
        .stop = tw_demo_get_stop (i, n),
        .ordered = read_date (rows, i, "order_date", shift),
        .required = read_date (rows, i, "required_date", shift),
        .shipped = read_date (rows, i, "shipped_date", shift),
        .rep = tw_demo_rep (tw_sample_get (rows, i, "customer_id")),
      };

      g_array_append_val (orders, order);
    }
  return orders;
}

/* The newest stop where they stop even if that day is still to come; the older wait for their days. */
static TwDate
get_event_day (TwDemoOrder *order, TwDemoStep step)
{
  TwDate day = tw_demo_get_day (order->index, step, order->ordered, order->shipped);
  TwDate today = tw_date_today ();

  if (order->stop != TW_DEMO_RUNS_THROUGH && tw_date_compare (day, today) > 0)
    return today;
  return day;
}

static void
plan_second_round (GArray *events, TwDemoOrder *order)
{
  TwDate day = tw_date_add_days (tw_date_today (), 1 - DAYS_SINCE_RESTOCK);

  if (order->stop != TW_DEMO_RUNS_THROUGH || tw_date_compare (get_event_day (order, TW_DEMO_DELIVER), day) > 0)
    return;
  for (TwDemoStep step = TW_DEMO_PICK; step <= TW_DEMO_INVOICE; step++)
    {
      Event event = { .day = day, .step = step, .order = order, .again = TRUE };

      g_array_append_val (events, event);
    }
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *x = a;
  const Event *y = b;
  int order = tw_date_compare (x->day, y->day);

  if (order != 0)
    return order;
  if (x->again != y->again)
    return x->again ? 1 : -1;
  if (x->order->index != y->order->index)
    return x->order->index < y->order->index ? -1 : 1;
  return (int) x->step - (int) y->step;
}

static GArray *
plan_events (GArray *orders)
{
  GArray *events = g_array_new (FALSE, TRUE, sizeof (Event));
  TwDate today = tw_date_today ();

  for (guint i = 0; i < orders->len; i++)
    {
      TwDemoOrder *order = &g_array_index (orders, TwDemoOrder, i);

      for (TwDemoStep step = TW_DEMO_ENTER; step <= tw_demo_get_last_step (order->stop); step++)
        {
          Event event = { .day = get_event_day (order, step), .step = step, .order = order };

          if (tw_date_compare (event.day, today) <= 0)
            g_array_append_val (events, event);
        }
      plan_second_round (events, order);
    }
  g_array_sort (events, compare_events);
  return events;
}

gboolean
tw_demo_take_step (TwDemoReplay *replay, TwDemoOrder *order, TwDemoStep step, GError **error)
{
  static gboolean (*const steps[TW_DEMO_N_STEPS]) (TwDemoReplay *, TwDemoOrder *, GError **) = {
    [TW_DEMO_ENTER] = tw_demo_enter, [TW_DEMO_SUBMIT] = tw_demo_submit,   [TW_DEMO_SIGN] = tw_demo_sign,
    [TW_DEMO_PICK] = tw_demo_pick,   [TW_DEMO_SHIP] = tw_demo_ship,       [TW_DEMO_DELIVER] = tw_demo_deliver,
    [TW_DEMO_PAY] = tw_demo_pay,     [TW_DEMO_INVOICE] = tw_demo_invoice,
  };

  return steps[step](replay, order, error);
}

static void
index_details (TwDemoReplay *replay)
{
  replay->first_detail = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = tw_sample_count (replay->details); i-- > 0;)
    g_hash_table_insert (replay->first_detail, (gpointer) tw_sample_get (replay->details, i, "order_id"),
                         GUINT_TO_POINTER (i + 1));
}

/* The events of one day. */
typedef struct
{
  TwDemoReplay *replay;
  Event *events;
  guint n;
} EventsOfDay;

static gboolean
run_events (TwStage *stage, gpointer data, GError **error)
{
  EventsOfDay *day = data;

  for (guint i = 0; i < day->n; i++)
    if (!tw_demo_take_step (day->replay, day->events[i].order, day->events[i].step, error))
      return FALSE;
  return TRUE;
}

static gboolean
restock (TwStage *stage, gpointer data, GError **error)
{
  return tw_demo_restock (stage, error);
}

static gboolean
run_days (TwDemoReplay *replay, GArray *events, TwDemoProgress progress, gpointer data, GError **error)
{
  TwDate restock_day = tw_date_add_days (tw_date_today (), -DAYS_SINCE_RESTOCK);
  gboolean restocked = FALSE;

  for (guint i = 0; i < events->len;)
    {
      EventsOfDay day = { .replay = replay, .events = &g_array_index (events, Event, i) };
      TwDate date = day.events[0].day;

      while (i + day.n < events->len && tw_date_compare (day.events[day.n].day, date) == 0)
        day.n++;
      if (!restocked && tw_date_compare (date, restock_day) > 0)
        {
          if (!tw_stage_run_day (replay->stage, restock_day, restock, NULL, error))
            return FALSE;
          restocked = TRUE;
        }
      if (!tw_stage_run_day (replay->stage, date, run_events, &day, error))
        return FALSE;
      i += day.n;
      if (progress != NULL)
        progress (i, events->len, data);
    }
  return TRUE;
}

static gboolean
found_company (TwStage *stage, gpointer data, GError **error)
{
  return tw_demo_build_company (stage, error) && tw_demo_receive_opening_stock (stage, error);
}

static gboolean
add_extras (TwStage *stage, gpointer data, GError **error)
{
  return tw_demo_add_extras (stage, error);
}

static gboolean
replay_orders (TwStage *stage, TwDemoProgress progress, gpointer data, GError **error)
{
  const char *folder = tw_stage_get_folder (stage);
  g_autoptr (TwSample) orders = tw_sample_read (folder, "orders.csv", error);
  g_autoptr (TwSample) details = orders != NULL ? tw_sample_read (folder, "order_details.csv", error) : NULL;
  g_autoptr (GArray) plan = NULL;
  g_autoptr (GArray) events = NULL;
  g_autoptr (GHashTable) first_detail = NULL;
  TwDemoReplay replay = { .stage = stage, .orders = orders, .details = details };
  TwDate founded;

  if (details == NULL)
    return FALSE;
  index_details (&replay);
  first_detail = replay.first_detail;
  plan = plan_orders (orders);
  events = plan_events (plan);
  founded = tw_date_add_days (g_array_index (plan, TwDemoOrder, 0).ordered, -1);
  return tw_stage_run_day (stage, founded, found_company, NULL, error)
         && run_days (&replay, events, progress, data, error)
         && tw_stage_run_day (stage, tw_date_today (), add_extras, NULL, error);
}

/* The first thing, so that half a demonstration is one, too. */
static gboolean
mark (TwDb *db, gpointer data, GError **error)
{
  return tw_setting_mark_demonstration (db, error);
}

gboolean
tw_demo_build (TwDb *db, const char *sample_folder, TwDemoProgress progress, gpointer data, GError **error)
{
  g_autoptr (TwStage) stage = tw_stage_new (db, sample_folder);
  gboolean empty = FALSE;

  if (!tw_demo_store_is_empty (db, &empty, error))
    return FALSE;
  if (!empty)
    return tw_error_set (error, TW_ERROR_STATE,
                         _ ("There is data already: a demonstration needs an empty data folder."));
  return tw_db_transaction (db, mark, NULL, error) && replay_orders (stage, progress, data, error);
}
