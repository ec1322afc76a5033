/* test-entries.c: what people type becomes exact values, or is refused with a reason
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/application.h"
#include "client/widget/date-entry.h"
#include "client/widget/decimal-entry.h"
#include "client/widget/format.h"
#include "shared/base/error.h"

typedef struct
{
  const char *typed;
  const char *wire; /* NULL: refused */
} Example;

static const Example decimals[] = {
  { "12", "12" },
  { " 12.50 ", "12.5" },
  { "1,250.75", "1250.75" },
  { "-3", "-3" },
  { "\xe2\x88\x92" "3", "-3" },
  { "0.000001", "0.000001" },
  { "１２３．５", "123.5" }, /* full-width, as Chinese input methods write */
  { "999999999999.999999", "999999999999.999999" },
  { "", NULL },
  { "a lot", NULL },
  { "12x", NULL },
  { "1.2.3", NULL },
  { "0.0000001", NULL },
  { "1000000000000", NULL },
  { "1e3", NULL },
  { "12 %", NULL },
};

static const Example rates[] = {
  { "12.5", "0.125" },
  { "12.5 %", "0.125" },
  { "13%", "0.13" },
  { "0", "0" },
  { "x%", NULL },
};

static void
check (const Example *examples, gsize n, gboolean rate)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *wire = tw_format_read_decimal (examples[i].typed, rate, &error);

      g_assert_cmpstr (wire, ==, examples[i].wire);
      g_assert_true ((error == NULL) == (examples[i].wire != NULL));
    }
}

static void
test_decimals (void)
{
  check (decimals, G_N_ELEMENTS (decimals), FALSE);
}

static void
test_rates (void)
{
  check (rates, G_N_ELEMENTS (rates), TRUE);
}

static void
test_dates (void)
{
  g_autofree char *today = tw_date_format (tw_date_today ());
  g_autofree char *in_a_week = tw_date_format (tw_date_add_days (tw_date_today (), 7));
  g_autofree char *day = g_strdup_printf ("%.8s05", today);
  g_autofree char *month_and_day = g_strdup_printf ("%.4s-03-09", today);
  const Example dates[] = {
    { "2026-11-22", "2026-11-22" },
    { "20261122", "2026-11-22" },
    { "2026/11/22", "2026-11-22" },
    { "2026.1.2", "2026-01-02" },
    { "5", day },
    { "3-9", month_and_day },
    { "+7", in_a_week },
    { "", "" },
    { "2026-02-30", NULL },
    { "tomorrow", NULL },
    { "2026-11-22x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *wire = tw_format_read_date (dates[i].typed, &error);

      g_assert_cmpstr (wire, ==, dates[i].wire);
    }
}

static void
test_display (void)
{
  g_autofree char *money = tw_format_money (NULL, "1234567.5");
  g_autofree char *debt = tw_format_money (NULL, "-1234.50");
  g_autofree char *quantity = tw_format_quantity (NULL, "1200.000");
  g_autofree char *rate = tw_format_percent (NULL, "0.125");
  g_autofree char *nothing = tw_format_money (NULL, "");

  g_assert_cmpstr (money, ==, "1,234,567.50");
  g_assert_cmpstr (debt, ==, "\xe2\x88\x92" "1,234.50");
  g_assert_cmpstr (quantity, ==, "1,200");
  g_assert_cmpstr (rate, ==, "12.5 %");
  g_assert_cmpstr (nothing, ==, "");
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Bad text stays to be seen, marked, and the value stays what it was. */
static void
test_entry_keeps_bad_text (void)
{
  g_autoptr (GtkWidget) entry = g_object_ref_sink (GTK_WIDGET (tw_decimal_entry_new (TW_KIND_MONEY)));
  guint committed = 0;

  tw_value_entry_set_value (TW_VALUE_ENTRY (entry), "12.00");
  g_signal_connect_swapped (entry, "committed", G_CALLBACK (count_cb), &committed);
  gtk_editable_set_text (GTK_EDITABLE (entry), "twelve");
  g_assert_false (tw_value_entry_commit (TW_VALUE_ENTRY (entry)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "twelve");
  g_assert_cmpstr (tw_value_entry_get_value (TW_VALUE_ENTRY (entry)), ==, "12.00");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (committed, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "1,300");
  g_assert_true (tw_value_entry_commit (TW_VALUE_ENTRY (entry)));
  g_assert_cmpstr (tw_value_entry_get_value (TW_VALUE_ENTRY (entry)), ==, "1300");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "1,300.00");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  g_assert_cmpuint (committed, ==, 1);
}

static void
test_whole_numbers (void)
{
  g_autoptr (GtkWidget) entry = g_object_ref_sink (GTK_WIDGET (tw_decimal_entry_new (TW_KIND_INT)));

  gtk_editable_set_text (GTK_EDITABLE (entry), "3.5");
  g_assert_false (tw_value_entry_commit (TW_VALUE_ENTRY (entry)));
  gtk_editable_set_text (GTK_EDITABLE (entry), "3");
  g_assert_true (tw_value_entry_commit (TW_VALUE_ENTRY (entry)));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  tw_application_prepare ("en");
  g_test_add_func ("/client/entries/decimals", test_decimals);
  g_test_add_func ("/client/entries/rates", test_rates);
  g_test_add_func ("/client/entries/dates", test_dates);
  g_test_add_func ("/client/entries/display", test_display);
  g_test_add_func ("/client/entries/keeps-bad-text", test_entry_keeps_bad_text);
  g_test_add_func ("/client/entries/whole-numbers", test_whole_numbers);
  return g_test_run ();
}
