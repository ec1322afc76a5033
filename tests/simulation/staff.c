/* staff.c: see staff.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/staff.h"

#include "tests/simulation/sum.h"

/* manager, director, gm, sales_manager and finance_manager sign; each is one person. */
const SimPost sim_posts[] = {
  { "rep", "sales", 9, sim_work_sales, 10 },
  { "sales_manager", "sales_manager", 0, sim_work_lead, 10 },
  { "manager", "approver", 0, sim_work_sign, 10 },
  { "director", "approver", 0, sim_work_sign, 10 },
  { "gm", "approver", 0, sim_work_sign, 10 },
  { "finance_manager", "finance_manager", 0, sim_work_head_of_finance, 10 },
  { "plan", "planner", 2, sim_work_plan, 10 },
  { "store", "warehouse", 6, sim_work_store, 8 },
  { "quality", "quality", 0, sim_work_inspect, 20 },
  { "dispatch", "dispatcher", 3, sim_work_dispatch, 8 },
  { "driver", "driver", 0, sim_work_drive, 20 },
  { "driver2", "driver", 0, sim_work_drive, 20 },
  { "account", "finance", 5, sim_work_account, 8 },
  { "after_sales", "after_sales", 0, sim_work_serve, 20 },
  { "audit", "auditor", 2, sim_work_watch, 20 },
  { "admin", "admin", 0, sim_work_watch, 50 },
  { "customer", "customer", 0, sim_work_buy, 30 },
  { "customer2", "customer", 0, sim_work_buy, 30 },
  { "purchasing", "purchasing", 0, sim_work_watch, 50 },
  { "production", "production", 0, sim_work_watch, 50 },
  { NULL },
};

GStrv
sim_staff_list (const SimPost *post)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (post->people == 0)
    g_strv_builder_add (names, post->user);
  for (guint i = 1; i <= post->people; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%u", post->user, i);

      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

guint
sim_staff_count (void)
{
  guint n = 0;

  for (const SimPost *post = sim_posts; post->user != NULL; post++)
    n += MAX (post->people, 1);
  return n;
}

char *
sim_staff_get_customer (const char *user, guint which)
{
  if (!g_str_has_prefix (user, "rep-"))
    return g_strdup (g_str_equal (user, "customer2") ? "BERGS" : "ALFKI");
  return g_strdup_printf ("R%s-%c", user + strlen ("rep-"), which % 2 == 0 ? 'A' : 'B');
}

/* ---- Settling ---- */

static void
add_customer (TwTestServer *server, const char *rep, const char *code)
{
  g_autofree char *body = g_strdup_printf (
    "{\"code\":\"%s\",\"name\":\"Company %s\",\"price_list\":\"STD\",\"payment_term\":\"NET30\",\"currency\":\"CNY\","
    "\"tax_id\":\"DE 1\",\"sales_rep\":\"%s\",\"addresses\":[{\"kind\":\"shipping\",\"street\":\"Obere Str. 57\","
    "\"city\":\"Berlin\",\"country\":\"Germany\",\"is_default\":true}],"
    "\"contacts\":[{\"name\":\"Maria Anders\",\"is_default\":true}]}",
    code, code, rep);
  gint64 id = tw_company_create (server, "sales_manager", "/customers", body);

  tw_company_change (server, "finance_manager", "customers", id, "{\"credit_limit\":\"100000000.00\"}");
}

static void
add_people (TwTestServer *server, const SimPost *post)
{
  g_auto (GStrv) names = sim_staff_list (post);

  for (guint i = 0; names[i] != NULL && post->people > 0; i++)
    tw_test_server_add_user (server, names[i], post->role);
  for (guint i = 0; names[i] != NULL && g_str_equal (post->role, "sales"); i++)
    for (guint which = 0; which < 2; which++)
      {
        g_autofree char *code = sim_staff_get_customer (names[i], which);

        add_customer (server, names[i], code);
      }
}

static void
add_product (TwTestServer *server, const SimProduct *product)
{
  g_autofree char *body = g_strdup_printf (
    "{\"sku\":\"%s\",\"name\":\"Goods %s\",\"unit\":\"box\",\"price\":\"%d.%06d\",\"cost\":\"0.40\","
    "\"tax_class\":\"%s\",\"weight\":\"0.25\"}",
    product->sku, product->sku, (int) (product->price / 1000000), (int) (product->price % 1000000),
    product->tax_class);

  tw_company_create (server, "planner", "/products", body);
  tw_company_receive (server, product->sku, "25");
}

void
sim_staff_settle (TwTestServer *server)
{
  for (const SimPost *post = sim_posts; post->user != NULL; post++)
    add_people (server, post);
  for (guint i = 0; i < SIM_N_PRODUCTS; i++)
    add_product (server, &sim_products[i]);
}
