/* test-transition.c: the transition table agrees with the documents, the permissions and itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/invoice.h"
#include "shared/document/payment.h"
#include "shared/document/refund.h"
#include "shared/document/shipment.h"
#include "shared/document/stock-count.h"
#include "shared/document/trip.h"
#include "shared/document/customer.h"
#include "shared/policy/role.h"
#include "shared/policy/transition.h"

static const TwKey *
get_states (const char *document)
{
  static const struct
  {
    const char *document;
    const TwKey *states;
  } all[] = {
    { "order", tw_order_state_keys },         { "shipment", tw_shipment_state_keys },
    { "trip", tw_trip_state_keys },           { "invoice", tw_invoice_state_keys },
    { "payment", tw_payment_state_keys },     { "refund", tw_refund_state_keys },
    { "stock_count", tw_count_state_keys },   { "customer", tw_customer_status_keys },
    { "shipment_exception", tw_exception_state_keys },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_str_equal (all[i].document, document))
      return all[i].states;
  return NULL;
}

static gboolean
has_permission (const char *name)
{
  for (const TwPermission *row = tw_permissions; row->permission != NULL; row++)
    if (g_str_equal (row->permission, name))
      return TRUE;
  return FALSE;
}

static void
test_states_exist (void)
{
  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    {
      const TwKey *states = get_states (row->document);

      g_test_message ("%s: %s by %s", row->document, row->from != NULL ? row->from : "(new)", row->action);
      g_assert_nonnull (states);
      if (row->from != NULL)
        g_assert_nonnull (tw_key_find (states, row->from));
      if (row->to != NULL)
        g_assert_nonnull (tw_key_find (states, row->to));
      g_assert_true (has_permission (row->permission));
      g_assert_cmpstr (row->label, !=, NULL);
    }
}

static void
test_rows_stand_together (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *current = NULL;

  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    {
      if (g_strcmp0 (current, row->document) == 0)
        continue;
      g_assert_true (g_hash_table_add (seen, (gpointer) row->document));
      current = row->document;
    }
}

/* Nobody but the system takes the system's steps. */
static void
test_system_steps (void)
{
  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    if (row->flags & TW_ACTION_SYSTEM)
      g_assert_false (tw_role_may ((TwRoles) (TW_ROLE_SYSTEM - 1), row->permission));
}

static void
test_find (void)
{
  const TwTransition *submit = tw_transition_find ("order", "draft", "submit");

  g_assert_nonnull (submit);
  g_assert_cmpstr (submit->permission, ==, "order.submit");
  g_assert_null (tw_transition_find ("order", "completed", "submit"));
  g_assert_null (tw_transition_find ("nothing", "draft", "submit"));
  g_assert_true (tw_transition_allows ("order", "draft", "submit", "confirmed"));
  g_assert_false (tw_transition_allows ("order", "draft", "submit", "released"));
  /* A row without a target keeps the state. */
  g_assert_true (tw_transition_allows ("order", "confirmed", "hold", "confirmed"));
  g_assert_nonnull (tw_transition_find ("order", NULL, "create"));
}

static void
test_every_state_is_reachable (void)
{
  for (const TwTransition *first = tw_transitions; first->document != NULL; first++)
    {
      const TwKey *states = get_states (first->document);

      /* A customer's status is a field; an exception is opened by a shipment's action. */
      if (g_str_equal (first->document, "customer") || g_str_equal (first->document, "shipment_exception"))
        continue;
      for (const TwKey *state = states; state->key != NULL; state++)
        {
          gboolean reached = FALSE;

          for (const TwTransition *row = tw_transition_first (first->document);
               row->document != NULL && g_str_equal (row->document, first->document); row++)
            reached |= g_strcmp0 (row->to, state->key) == 0;
          g_test_message ("%s %s", first->document, state->key);
          g_assert_true (reached);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/transition/states-and-permissions-exist", test_states_exist);
  g_test_add_func ("/transition/rows-of-a-document-stand-together", test_rows_stand_together);
  g_test_add_func ("/transition/system-steps-are-the-system's", test_system_steps);
  g_test_add_func ("/transition/find", test_find);
  g_test_add_func ("/transition/every-state-is-reachable", test_every_state_is_reachable);
  return g_test_run ();
}
