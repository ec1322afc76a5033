/* test-exception.c: what went otherwise than planned is solved, with effect
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/shipment.h"
#include "tests/fixture/yard.h"

static TwYard *yard;
static guint n_products;

typedef struct
{
  char *sku;
  gint64 order;
  gint64 shipment;
} Case;

static void
case_clear (Case *c)
{
  g_free (c->sku);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
act (const char *role, Case *c, const char *action, const char *body)
{
  tw_yard_act (yard, role, &tw_shipment_resource, c->shipment, action, body);
}

/* 5 ordered of @stock pieces, and a released shipment. */
static Case
plan (const char *stock)
{
  Case c = { g_strdup_printf ("E-%u", ++n_products), 0, 0 };
  g_autofree char *lines = g_strconcat (c.sku, ":5", NULL);

  tw_yard_add_product (yard, c.sku);
  tw_yard_receive (yard, c.sku, stock);
  c.order = tw_yard_add_order (yard, lines, NULL);
  tw_yard_allocate (yard, c.order);
  c.shipment = tw_yard_get_shipment (yard, c.order);
  return c;
}

static void
pack (Case *c)
{
  act ("warehouse", c, "pick", NULL);
  act ("warehouse", c, "pack", NULL);
}

static void
send_out (Case *c)
{
  pack (c);
  act ("warehouse", c, "ready", NULL);
  act ("dispatcher", c, "dispatch", NULL);
}

static void
report (Case *c, const char *kind)
{
  g_autofree char *body = g_strdup_printf ("{\"kind\":\"%s\",\"detail\":\"as seen\"}", kind);

  act ("dispatcher", c, "report_exception", body);
}

static gint64
get_exception (Case *c)
{
  g_autoptr (TwShipment) shipment = tw_yard_read (yard, "planner", &tw_shipment_resource, c->shipment, NULL);
  guint n = tw_record_count (shipment->exceptions);

  g_assert_cmpuint (n, >, 0);
  return ((TwRecord *) tw_record_nth (shipment->exceptions, n - 1))->id;
}

static gboolean
try_solve (const char *role, Case *c, const char *resolution, GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"resolution\":\"%s\",\"comment\":\"agreed\"}", resolution);

  return tw_yard_try (yard, role, &tw_shipment_exception_resource, get_exception (c), "resolve", body, error);
}

static void
solve (const char *role, Case *c, const char *resolution)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TwShipment) shipment = NULL;

  try_solve (role, c, resolution, &error);
  g_assert_no_error (error);
  shipment = tw_yard_read (yard, "planner", &tw_shipment_resource, c->shipment, NULL);
  g_assert_false (shipment->has_exception);
  tw_yard_assert_sound (yard);
}

static void
assert_state (Case *c, const char *state)
{
  g_autoptr (TwShipment) shipment = tw_yard_read (yard, "planner", &tw_shipment_resource, c->shipment, NULL);

  g_assert_cmpstr (shipment->state, ==, state);
}

static void
short_pick (Case *c)
{
  g_autofree char *body = g_strdup_printf ("{\"lines\":[{\"product\":\"%s\",\"quantity\":\"3\"}]}", c->sku);

  act ("warehouse", c, "pick", body);
}

static void
test_short_backorder (void)
{
  g_auto (Case) c = plan ("5");

  short_pick (&c);
  solve ("planner", &c, "backorder");
  tw_yard_assert_bucket (yard, c.order, 1, "reserved", "2");
  g_assert_cmpint (tw_yard_get_shipment (yard, c.order), !=, c.shipment);
}

static void
test_short_credit (void)
{
  g_auto (Case) c = plan ("5");

  short_pick (&c);
  solve ("planner", &c, "credit");
  tw_yard_assert_bucket (yard, c.order, 1, "cancelled", "2");
  tw_yard_assert_level (yard, c.sku, "backordered", "0");
}

static void
test_not_the_owner (void)
{
  g_auto (Case) c = plan ("5");
  g_autoptr (GError) error = NULL;

  short_pick (&c);
  g_assert_false (try_solve ("dispatcher", &c, "backorder", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (try_solve ("driver", &c, "backorder", &error));
  g_assert_nonnull (error);
  solve ("sales_manager", &c, "accept");
}

static void
test_twice (void)
{
  g_auto (Case) c = plan ("5");
  g_autoptr (GError) error = NULL;

  short_pick (&c);
  solve ("planner", &c, "accept");
  g_assert_false (try_solve ("planner", &c, "accept", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
}

static void
test_inspection (void)
{
  g_auto (Case) c = plan ("12");
  g_autoptr (GError) error = NULL;

  pack (&c);
  act ("quality", &c, "fail_check", "{\"reason\":\"cracked\"}");
  g_assert_false (tw_yard_try (yard, "warehouse", &tw_shipment_resource, c.shipment, "ready", NULL, &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_STATE);
  solve ("warehouse", &c, "replace");
  assert_state (&c, "cancelled");
  tw_yard_assert_level (yard, c.sku, "on_hand", "7");
  tw_yard_assert_bucket (yard, c.order, 1, "reserved", "5");
}

static void
test_redeliver (void)
{
  g_auto (Case) c = plan ("5");

  send_out (&c);
  report (&c, "attempt_failed");
  solve ("dispatcher", &c, "redeliver");
  assert_state (&c, "ready");
  tw_yard_assert_bucket (yard, c.order, 1, "packed", "5");
}

/* Lost goods do not come back to the shelf; the order waits for others. */
static void
test_lost_backorder (void)
{
  g_auto (Case) c = plan ("5");

  send_out (&c);
  report (&c, "lost");
  solve ("after_sales", &c, "backorder");
  assert_state (&c, "cancelled");
  tw_yard_assert_level (yard, c.sku, "on_hand", "0");
  tw_yard_assert_bucket (yard, c.order, 1, "backordered", "5");
}

static void
test_refused_credit (void)
{
  g_auto (Case) c = plan ("5");

  send_out (&c);
  report (&c, "refused");
  solve ("after_sales", &c, "credit");
  tw_yard_assert_level (yard, c.sku, "on_hand", "5");
  tw_yard_assert_bucket (yard, c.order, 1, "cancelled", "5");
}

static void
test_damaged_replace (void)
{
  g_auto (Case) c = plan ("8");

  send_out (&c);
  report (&c, "damaged");
  solve ("after_sales", &c, "replace");
  tw_yard_assert_level (yard, c.sku, "on_hand", "3");
  tw_yard_assert_bucket (yard, c.order, 1, "reserved", "3");
  tw_yard_assert_bucket (yard, c.order, 1, "backordered", "2");
}

/* With the customer, goods are not brought back by a shipment any more. */
static void
test_after_delivery (void)
{
  g_auto (Case) c = plan ("5");
  g_autoptr (GError) error = NULL;

  send_out (&c);
  act ("dispatcher", &c, "deliver", "{\"receiver\":\"E\"}");
  g_assert_false (tw_yard_try (yard, "dispatcher", &tw_shipment_resource, c.shipment, "report_exception",
                               "{\"kind\":\"delayed\",\"detail\":\"x\"}", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  g_clear_error (&error);
  report (&c, "damaged");
  g_assert_false (try_solve ("after_sales", &c, "replace", &error));
  g_assert_error (error, TW_ERROR, TW_ERROR_INVALID);
  solve ("after_sales", &c, "credit");
  tw_yard_assert_bucket (yard, c.order, 1, "delivered", "5");
  act ("dispatcher", &c, "close", NULL);
}

/* Delivered a week ago and nobody complained: closed by itself. */
static void
test_settled (void)
{
  g_auto (Case) fresh = plan ("5"), old = plan ("5"), disputed = plan ("5");
  Case *all[] = { &fresh, &old, &disputed };
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      send_out (all[i]);
      act ("dispatcher", all[i], "deliver", "{\"receiver\":\"F\"}");
    }
  report (&disputed, "damaged");
  sql = g_strdup_printf ("UPDATE shipment SET delivered_at = NOW(6) - INTERVAL 8 DAY WHERE id IN (%" G_GINT64_FORMAT
                         ", %" G_GINT64_FORMAT ");",
                         old.shipment, disputed.shipment);
  tw_test_database_script (yard->database, sql);
  tw_shipment_close_settled (yard->db, &error);
  g_assert_no_error (error);
  assert_state (&fresh, "delivered");
  assert_state (&old, "closed");
  assert_state (&disputed, "delivered");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  yard = tw_yard_new ();
  g_test_add_func ("/exception/short-pick/backorder", test_short_backorder);
  g_test_add_func ("/exception/short-pick/credit", test_short_credit);
  g_test_add_func ("/exception/not-the-owner", test_not_the_owner);
  g_test_add_func ("/exception/solved-once", test_twice);
  g_test_add_func ("/exception/inspection/replace", test_inspection);
  g_test_add_func ("/exception/attempt-failed/redeliver", test_redeliver);
  g_test_add_func ("/exception/lost/backorder", test_lost_backorder);
  g_test_add_func ("/exception/refused/credit", test_refused_credit);
  g_test_add_func ("/exception/damaged/replace", test_damaged_replace);
  g_test_add_func ("/exception/after-delivery", test_after_delivery);
  g_test_add_func ("/exception/none-closes-by-itself", test_settled);
  status = g_test_run ();
  tw_yard_free (yard);
  return status;
}
