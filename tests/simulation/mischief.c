/* mischief.c: what nobody may do, and asking again with an old key
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each attempt carries a name that begins with "NO-": nothing that is stored may hold one.
 */
#include <string.h>

#include "tests/simulation/actor.h"

/* Roles, between commas, that may do it: everybody else is refused for it. */
typedef struct
{
  const char *may;
  const char *path; /* %d: the document's id */
  const char *body; /* %s: the name */
} Forbidden;

static const Forbidden by_role[] = {
  { "sales,sales_manager,customer", "/orders",
    "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\",\"lines\":[{\"product\":\"G-1\",\"quantity\":\"1\"}]}" },
  { "warehouse", "/receipts",
    "{\"warehouse\":\"MAIN\",\"reason\":\"purchase\",\"reference\":\"%s\",\"lines\":[{\"product\":\"G-1\","
    "\"quantity\":\"1000\"}]}" },
  { "warehouse", "/stock-counts",
    "{\"warehouse\":\"MAIN\",\"reason\":\"%s\",\"lines\":[{\"product\":\"G-2\",\"counted\":\"9999\"}]}" },
  { "finance,finance_manager", "/payments",
    "{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":\"1000000.00\",\"reference\":\"%s\"}" },
  { "admin", "/users", "{\"user\":\"%s\",\"name\":\"Nobody\",\"roles\":[\"admin\"]}" },
  { "admin", "/approval-rules",
    "{\"code\":\"%s\",\"name\":\"None\",\"condition\":\"amount\",\"threshold\":\"1\",\"steps\":[]}" },
  { "planner,admin", "/products",
    "{\"sku\":\"%s\",\"name\":\"None\",\"unit\":\"box\",\"price\":\"1\",\"tax_class\":\"zero\"}" },
  { "dispatcher", "/trips", "{\"trip_date\":\"2999-01-01\",\"driver\":\"driver\",\"vehicle\":\"%s\"}" },
};

/* Refused whoever asks: 400 or 422 to who may, 403 to who may not. */
static const Forbidden by_rule[] = {
  { "", "/orders", "{\"customer\":\"NOBODY\",\"po_reference\":\"%s\",\"lines\":[]}" },
  { "", "/orders",
    "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\",\"lines\":[{\"product\":\"G-1\",\"quantity\":\"-1\"}]}" },
  { "", "/orders",
    "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\",\"lines\":[{\"product\":\"G-1\",\"quantity\":5}]}" },
  { "", "/orders",
    "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\",\"total\":\"0.01\",\"lines\":[{\"product\":\"G-1\","
    "\"quantity\":\"1\"}]}" },
  { "", "/orders",
    "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\",\"lines\":[{\"product\":\"G-1\",\"quantity\":\"1\","
    "\"discount\":\"1.5\"}]}" },
  { "", "/orders", "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\"" },
  { "", "/receipts",
    "{\"warehouse\":\"MAIN\",\"reason\":\"purchase\",\"reference\":\"%s\",\"lines\":[{\"product\":\"G-1\","
    "\"quantity\":\"0\"}]}" },
  { "", "/receipts",
    "{\"warehouse\":\"NOWHERE\",\"reason\":\"purchase\",\"reference\":\"%s\",\"lines\":[{\"product\":\"G-1\","
    "\"quantity\":\"1\"}]}" },
  { "", "/payments",
    "{\"customer\":\"ALFKI\",\"method\":\"bank\",\"amount\":\"10.001\",\"reference\":\"%s\"}" },
  { "", "/payments", "{\"customer\":\"ALFKI\",\"method\":\"barter\",\"amount\":\"10\",\"reference\":\"%s\"}" },
  { "", "/invoices", "{\"order\":\"%s\"}" },
  { "", "/orders/999999999/actions/approve", "{\"comment\":\"%s\"}" },
};

/* Somebody who works here does it to a document that exists. */
static const Forbidden to_documents[] = {
  { "sales_manager,approver,finance_manager", "/orders/%d/actions/approve", "{\"comment\":\"%s\"}" },
  { "sales,sales_manager", "/orders/%d/actions/cancel", "{\"reason\":\"%s\"}" },
  { "planner", "/orders/%d/actions/release", "{}" },
  { "warehouse", "/shipments/%d/actions/pick", "{\"reason\":\"%s\"}" },
  { "dispatcher", "/shipments/%d/actions/dispatch", "{\"carrier\":\"SPEEDY\",\"tracking_number\":\"%s\"}" },
  { "dispatcher,driver", "/shipments/%d/actions/deliver", "{\"receiver\":\"%s\"}" },
  { "finance,finance_manager", "/invoices/%d/actions/post", "{}" },
  { "finance,finance_manager", "/invoices/%d/actions/credit", "{\"reason\":\"%s\"}" },
  { "finance,finance_manager", "/payments/%d/actions/receive", "{}" },
  { "finance,finance_manager", "/payments/%d/actions/refund", "{\"amount\":\"0.01\",\"reason\":\"%s\"}" },
  { "finance_manager", "/refunds/%d/actions/approve", "{\"comment\":\"%s\"}" },
  { "finance,finance_manager", "/refunds/%d/actions/pay_out", "{\"reference\":\"%s\"}" },
};

static gboolean
is_named (const char *roles, const char *role)
{
  g_auto (GStrv) list = g_strsplit (roles, ",", -1);

  return g_strv_contains ((const char *const *) list, role);
}

/* @template with %s and %d filled in: the tables are this file's own. (transfer full) */
static char *
fill (const char *template, const char *pattern, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (template, pattern, -1);

  return g_strjoinv (value, parts);
}

static void
try_row (SimActor *actor, const Forbidden *row)
{
  g_autofree char *mark = sim_actor_mark (actor), *name = g_strconcat ("NO-", mark, NULL);
  g_autofree char *body = fill (row->body, "%s", name);
  g_autofree char *id = g_strdup_printf ("%u", 1 + sim_actor_draw (actor, 200));
  g_autofree char *path = fill (row->path, "%d", id);

  if (!is_named (row->may, actor->post->role))
    sim_actor_try (actor, "POST", path, body, NULL);
}

static void
work_role (SimActor *actor)
{
  try_row (actor, &by_role[sim_actor_draw (actor, G_N_ELEMENTS (by_role))]);
}

static void
work_rule (SimActor *actor)
{
  try_row (actor, &by_rule[sim_actor_draw (actor, G_N_ELEMENTS (by_rule))]);
}

static void
work_document (SimActor *actor)
{
  try_row (actor, &to_documents[sim_actor_draw (actor, G_N_ELEMENTS (to_documents))]);
}

/* Nobody has written that version. */
static void
work_stale (SimActor *actor)
{
  g_autofree char *mark = sim_actor_mark (actor), *body = g_strdup_printf ("{\"notes\":\"NO-%s\"}", mark);
  g_autofree char *path = g_strdup_printf ("/orders/%u", 1 + sim_actor_draw (actor, 200));

  sim_actor_try (actor, "PATCH", path, body, "987654321");
}

static void
work_again (SimActor *actor)
{
  const SimDeed *deed = sim_ledger_get_deed (actor->world->ledger, actor->user, sim_actor_draw (actor, 1000000));

  if (deed != NULL)
    sim_actor_repeat (actor, deed);
}

static void
work_other (SimActor *actor)
{
  const SimDeed *deed = sim_ledger_get_deed (actor->world->ledger, actor->user, sim_actor_draw (actor, 1000000));

  if (deed != NULL)
    sim_actor_reuse (actor, deed);
}

const SimWork sim_work_mischief[] = {
  { 4, "what is another role's", work_role },
  { 4, "what breaks a rule", work_rule },
  { 4, "another's document", work_document },
  { 1, "a stale version", work_stale },
  { 4, "an old key again", work_again },
  { 1, "an old key for something else", work_other },
  { 0 },
};
