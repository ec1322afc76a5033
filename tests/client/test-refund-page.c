/* test-refund-page.c: money is asked back, approved and paid out in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/finance/finance-pages.h"
#include "client/finance/pay-out-dialog.h"
#include "client/finance/refund-dialog.h"
#include "shared/document/payment.h"
#include "shared/document/refund.h"
#include "tests/client/goods-fixture.h"

#define SECONDS 20

static TwGoodsFixture *fixture;

/* A payment of ALFKI that has arrived. */
static gint64
receive (const char *amount)
{
  g_autofree char *body
    = g_strdup_printf ("{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":\"%s\"}", amount);
  g_autoptr (TwTestReply) made = tw_test_as (fixture->server, "finance", "POST", "/payments", body);
  g_autoptr (TwTestReply) received = NULL;
  g_autofree char *path = NULL;
  gint64 id;

  tw_test_assert_status (made, 201);
  id = tw_test_reply_id (made);
  path = g_strdup_printf ("/payments/%" G_GINT64_FORMAT "/actions/receive", id);
  received = tw_test_as (fixture->server, "finance", "POST", path, "{}");
  tw_test_assert_status (received, 200);
  return id;
}

static gpointer
shown (TwDesk *desk)
{
  return tw_detail_page_get_record (tw_desk_get_detail (desk));
}

static void
assert_amount (TwDecimal amount, const char *expected)
{
  g_autofree char *text = tw_decimal_format (amount, 2);

  g_assert_cmpstr (text, ==, expected);
}

/* Asks @amount of the payment back as @user; the refund's id. */
static gint64
ask_back (const char *user, gint64 payment, const char *amount)
{
  TwActionDialog *dialog;
  TwDesk *desk;
  gint64 id;

  tw_goods_fixture_become (fixture, user);
  desk = tw_goods_desk_show (tw_payment_list_get_type (), tw_payment_page_get_type ());
  tw_goods_desk_open (desk, payment);
  tw_goods_desk_act (desk, "refund");
  dialog = tw_goods_get_dialog ();
  g_assert_true (TW_IS_REFUND_DIALOG (dialog));
  tw_goods_type (GTK_WIDGET (dialog), "amount", amount);
  tw_goods_type (GTK_WIDGET (dialog), "reason", "Paid twice");
  tw_goods_finish_dialog (dialog);
  tw_test_wait_for (tw_decimal_sign (((TwPayment *) shown (desk))->refunding) > 0, SECONDS);
  id = ((TwPaymentRefund *) tw_record_nth (((TwPayment *) shown (desk))->refunds, 0))->refund_id;
  tw_goods_desk_close (desk);
  return id;
}

static TwDesk *
open_refund (const char *user, gint64 id)
{
  TwDesk *desk;

  tw_goods_fixture_become (fixture, user);
  desk = tw_goods_desk_show (tw_refund_list_get_type (), tw_refund_page_get_type ());
  tw_goods_desk_open (desk, id);
  return desk;
}

static gboolean
is_in_state (TwDesk *desk, const char *state)
{
  return g_strcmp0 (((TwRefund *) shown (desk))->state, state) == 0;
}

static TwActionState *
find_action (TwDesk *desk, const char *name)
{
  GListStore *actions = ((TwRefund *) shown (desk))->actions;

  for (guint i = 0; i < tw_record_count (actions); i++)
    if (g_str_equal (((TwActionState *) tw_record_nth (actions, i))->action, name))
      return tw_record_nth (actions, i);
  return NULL;
}

static AdwMessageDialog *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

/* ---- Tests --------------------------------------------------------------------------------------------------- */

static void
test_way (void)
{
  gint64 id = ask_back ("finance", receive ("80"), "30");
  TwDesk *desk = open_refund ("finance_manager", id);
  TwActionDialog *dialog;

  g_assert_cmpstr (((TwRefund *) shown (desk))->reason, ==, "Paid twice");
  tw_goods_desk_act (desk, "approve");
  tw_test_wait_for (is_in_state (desk, "approved"), SECONDS);
  tw_goods_desk_close (desk);

  desk = open_refund ("finance", id);
  tw_goods_desk_act (desk, "pay_out");
  dialog = tw_goods_get_dialog ();
  g_assert_true (TW_IS_PAY_OUT_DIALOG (dialog));
  tw_goods_type (GTK_WIDGET (dialog), "reference", "BANK-9");
  tw_goods_finish_dialog (dialog);
  tw_test_wait_for (is_in_state (desk, "paid_out"), SECONDS);
  g_assert_cmpstr (((TwRefund *) shown (desk))->reference, ==, "BANK-9");
  g_assert_cmpstr (((TwRefund *) shown (desk))->approver, ==, "finance_manager");
  tw_goods_desk_close (desk);
}

/* The dialog offers what is left; more is refused beside the amount, and so is no reason. */
static void
test_too_much (void)
{
  gint64 payment = receive ("50");
  g_autofree char *fault = NULL;
  TwActionDialog *dialog;
  TwDesk *desk;

  tw_goods_fixture_become (fixture, "finance");
  desk = tw_goods_desk_show (tw_payment_list_get_type (), tw_payment_page_get_type ());
  tw_goods_desk_open (desk, payment);
  tw_goods_desk_act (desk, "refund");
  dialog = tw_goods_get_dialog ();
  assert_amount (((TwRefundArguments *) tw_action_dialog_get_arguments (dialog))->amount, "50.00");
  tw_goods_type (GTK_WIDGET (dialog), "amount", "50.01");
  tw_goods_type (GTK_WIDGET (dialog), "reason", "Paid twice");
  tw_action_dialog_carry_out (dialog);
  tw_goods_settle ();
  g_assert_true (tw_goods_has_dialog ());
  fault = tw_goods_get_fault (GTK_WIDGET (dialog), "amount");
  g_assert_cmpstr (fault, !=, "");
  gtk_window_destroy (GTK_WINDOW (dialog));
  tw_goods_desk_close (desk);
}

/* Who asked is told why they cannot approve. */
static void
test_own (void)
{
  TwDesk *desk = open_refund ("finance_manager", ask_back ("finance_manager", receive ("20"), "20"));
  TwActionState *approve = find_action (desk, "approve");

  g_assert_nonnull (approve);
  g_assert_false (approve->allowed);
  g_assert_cmpstr (approve->reason, !=, NULL);
  g_assert_true (find_action (desk, "withdraw")->allowed);
  tw_goods_desk_act (desk, "withdraw");
  tw_test_wait_for (find_question () != NULL, SECONDS); /* it does not come back to be changed */
  adw_message_dialog_response (find_question (), "do");
  tw_test_wait_for (is_in_state (desk, "cancelled"), SECONDS);
  tw_goods_desk_close (desk);
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fixture = tw_goods_fixture_new ();
  g_test_add_func ("/finance/refund/way", test_way);
  g_test_add_func ("/finance/refund/too-much", test_too_much);
  g_test_add_func ("/finance/refund/own", test_own);
  status = g_test_run ();
  tw_goods_fixture_free (fixture);
  return status;
}
