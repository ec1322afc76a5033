/* history.c: the company's old orders, with the digest of their content, as if they had been submitted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/sales/order.h"
#include "shared/policy/digest.h"
#include "tests/server/sales/company.h"

void
tw_test_company_sign_history (TwTestServer *server)
{
  static const gint64 orders[] = { 1, 3 };
  g_autoptr (TwDb) db = tw_test_server_open_database (server);
  g_autofree char *rule_version = g_strnfill (64, '0');
  TwContext ctx = tw_context_at_now (db, tw_principal_system (), "test");

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TwOrder) order = tw_order_get (&ctx, orders[i], FALSE, &error);
      g_autofree char *digest = NULL, *script = NULL;

      g_assert_no_error (error);
      digest = tw_digest_commercial (TW_RECORD (order), rule_version);
      script = g_strdup_printf ("UPDATE sales_order SET digest = '%s' WHERE id = %" G_GINT64_FORMAT ";"
                                "UPDATE approval SET digest = '%s' WHERE order_id = %" G_GINT64_FORMAT ";",
                                digest, orders[i], digest, orders[i]);
      tw_test_server_script (server, script);
    }
}
