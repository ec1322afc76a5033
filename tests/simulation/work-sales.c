/* work-sales.c: orders are entered, changed, submitted, signed, called off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "tests/simulation/actor.h"

/* ---- The content of an order ---- */

typedef struct
{
  SimItem items[SIM_MAX_ITEMS];
  guint n;
  gint64 freight; /* hundredths */
} Content;

static guint
draw_discount (SimActor *actor)
{
  guint lot = sim_actor_draw (actor, 10);

  if (lot < 6)
    return 0;
  return lot < 9 ? 1 + sim_actor_draw (actor, 15) : 16 + sim_actor_draw (actor, 25);
}

/* Different products; the price of the list, or the rep's own. Customers have no say in prices. */
static Content
draw_content (SimActor *actor)
{
  gboolean is_customer = g_str_equal (actor->post->role, "customer");
  Content content = { .n = 1 + sim_actor_draw (actor, SIM_MAX_ITEMS) };
  guint first = sim_actor_draw (actor, SIM_N_PRODUCTS);

  for (guint i = 0; i < content.n; i++)
    {
      SimItem *item = &content.items[i];

      item->product = (first + i * 3) % SIM_N_PRODUCTS;
      item->tenths = 10 * (1 + sim_actor_draw (actor, 12));
      if (sim_actor_draw (actor, 4) == 0)
        item->tenths = 1 + sim_actor_draw (actor, 90);
      item->price = sim_products[item->product].price;
      if (is_customer)
        continue;
      if (sim_actor_draw (actor, 5) == 0)
        item->price += 5000 * sim_actor_draw (actor, 200);
      item->discount = draw_discount (actor);
    }
  content.freight = !is_customer && sim_actor_draw (actor, 3) == 0 ? sim_actor_draw (actor, 5000) : 0;
  return content;
}

static void
write_item (GString *out, const SimItem *item)
{
  g_string_append_printf (out, "%s{\"product\":\"%s\",\"quantity\":\"%u.%u\"", out->str[out->len - 1] == '[' ? "" : ",",
                          sim_products[item->product].sku, item->tenths / 10, item->tenths % 10);
  if (item->price != sim_products[item->product].price)
    g_string_append_printf (out, ",\"price\":\"%d.%06d\"", (int) (item->price / 1000000),
                            (int) (item->price % 1000000));
  if (item->discount > 0)
    g_string_append_printf (out, ",\"discount\":\"0.%02u\"", item->discount);
  g_string_append_c (out, '}');
}

static void
write_content (GString *out, const Content *content)
{
  g_autofree char *freight = sim_sum_format (content->freight);

  if (content->freight > 0)
    g_string_append_printf (out, "\"freight\":\"%s\",", freight);
  g_string_append (out, "\"lines\":[");
  for (guint i = 0; i < content->n; i++)
    write_item (out, &content->items[i]);
  g_string_append (out, "]}");
}

static gboolean
is_sum (const SimReply *reply, const char *member, gint64 expected)
{
  g_autofree char *value = sim_reply_get (reply, member);
  g_autofree char *wanted = sim_sum_format (expected);

  return g_str_equal (value, wanted);
}

/* What the server says it costs, against what it costs. */
static void
book (SimActor *actor, const SimReply *reply, const Content *content, const char *reference)
{
  SimOrder order = { sim_reply_get_int (reply, "id"), (char *) reference, actor->user,
                     sim_sum_items (content->items, content->n, content->freight) };

  for (guint i = 0; i < content->n; i++)
    order.max_discount = MAX (order.max_discount, content->items[i].discount);
  order.content_version = sim_reply_get_int (reply, "version");
  if (!is_sum (reply, "net_total", order.sum.net) || !is_sum (reply, "tax_total", order.sum.tax)
      || !is_sum (reply, "total", order.sum.total))
    {
      g_autofree char *net = sim_sum_format (order.sum.net), *total = sim_sum_format (order.sum.total);

      sim_world_complain (actor->world, "order %s costs %s net, %s in all; answered was %s", reference, net, total,
                          reply->text);
    }
  sim_ledger_set_order (actor->world->ledger, &order);
}

/* ---- Entering and changing ---- */

/* @more: further members, each with a comma behind it. */
static gint64
enter (SimActor *actor, const char *more)
{
  g_autofree char *customer = sim_staff_get_customer (actor->user, sim_actor_draw (actor, 2));
  g_autofree char *reference = sim_actor_mark (actor);
  Content content = draw_content (actor);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (SimReply) reply = NULL;

  g_string_printf (body, "{\"customer\":\"%s\",\"po_reference\":\"%s\",%s", customer, reference, more);
  write_content (body, &content);
  reply = sim_actor_post (actor, "/orders", body->str);
  if (reply->status != 201)
    {
      sim_world_complain (actor->world, "an order was not taken: %u %s: %s", reply->status, reply->text, body->str);
      return 0;
    }
  book (actor, reply, &content, reference);
  return sim_reply_get_int (reply, "id");
}

static void
work_enter (SimActor *actor)
{
  enter (actor, "");
}

static void
work_enter_and_submit (SimActor *actor)
{
  gint64 id = enter (actor, "");

  if (id != 0)
    sim_reply_free (sim_actor_act (actor, "orders", id, "submit", NULL));
}

static void
work_submit_many (SimActor *actor)
{
  sim_actor_act_on_many (actor, "/orders?state=draft", "orders", "submit");
}

static void
work_sign_many (SimActor *actor)
{
  sim_actor_act_on_many (actor, "/orders?state=pending_approval", "orders", "approve");
}

static void
work_change (SimActor *actor)
{
  Content content = draw_content (actor);
  g_autofree char *mark = sim_actor_mark (actor);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (SimReply) read = NULL, reply = NULL;
  g_autofree char *reference = NULL;
  SimRow row;

  if (!sim_actor_pick (actor, "/orders?state=draft", NULL, &row))
    return;
  read = sim_actor_get (actor, "/orders/%" G_GINT64_FORMAT, row.id);
  if (read->status != 200)
    return;
  g_string_printf (body, "{\"notes\":\"%s\",", mark);
  content.freight += 1; /* a patch without freight would leave it */
  write_content (body, &content);
  reply = sim_actor_change (actor, "orders", row.id, sim_reply_get_int (read, "version"), body->str);
  reference = sim_reply_get (read, "po_reference");
  if (sim_reply_is_well (reply) && g_str_has_prefix (reference, "S-"))
    book (actor, reply, &content, reference);
}

/* ---- Other steps ---- */

static void
act (SimActor *actor, const char *list, const char *action, const char *body)
{
  SimRow row;

  if (sim_actor_pick (actor, list, NULL, &row))
    sim_reply_free (sim_actor_act (actor, "orders", row.id, action, body));
}

/* A reason that is found again in the log, exactly once. */
static void
act_with_reason (SimActor *actor, const char *list, const char *action, const char *more)
{
  g_autofree char *mark = sim_actor_mark (actor);
  g_autofree char *body = g_strdup_printf ("{%s\"reason\":\"%s\"}", more, mark);

  act (actor, list, action, body);
}

static void
work_submit (SimActor *actor)
{
  act (actor, "/orders?state=draft", "submit", NULL);
}

static void
work_withdraw (SimActor *actor)
{
  act (actor, "/orders?state=pending_approval", "withdraw", NULL);
}

static void
work_quote (SimActor *actor)
{
  gint64 id = enter (actor, "\"valid_until\":\"2099-12-31\",");

  if (id != 0)
    sim_reply_free (sim_actor_act (actor, "orders", id, "quote", NULL));
}

static void
work_accept (SimActor *actor)
{
  act (actor, "/orders?state=quoted", "accept", NULL);
}

static void
work_lose (SimActor *actor)
{
  act_with_reason (actor, "/orders?state=quoted", "lose", "");
}

static void
work_cancel (SimActor *actor)
{
  act_with_reason (actor, "/orders?state.in=pending_approval,confirmed,released", "cancel", "");
}

static void
work_hold (SimActor *actor)
{
  act_with_reason (actor, "/orders?state.in=draft,released,in_fulfilment", "hold", "\"hold\":\"manual\",");
}

static void
work_resume (SimActor *actor)
{
  act (actor, "/orders?hold=manual", "resume", NULL);
}

static void
work_cancel_remainder (SimActor *actor)
{
  act_with_reason (actor, "/orders?state=in_fulfilment", "cancel_remainder", "");
}

static void
work_reopen (SimActor *actor)
{
  act_with_reason (actor, "/orders?state=completed", "reopen", "");
}

static void
work_complete (SimActor *actor)
{
  act (actor, "/orders?state=fulfilled", "complete", NULL);
}

void
sim_sign_one (SimActor *actor)
{
  g_autoptr (SimReply) list = NULL;
  TwTestReply view = { 0 };
  guint lot = sim_actor_draw (actor, 20), draw = sim_actor_draw (actor, 1000000);
  g_autofree char *mark = sim_actor_mark (actor), *body = g_strdup_printf ("{\"comment\":\"%s\"}", mark);
  g_autofree char *path = NULL, *reason = g_strdup_printf ("{\"reason\":\"%s\"}", mark);
  gint64 n;

  list = sim_actor_get (actor, "/approvals?limit=30");
  view.json = list->json;
  n = tw_company_count (&view, "items");
  if (n <= 0)
    return;
  path = g_strdup_printf ("items.%u.order_id", draw % (guint) n);
  sim_reply_free (sim_actor_act (actor, "orders", sim_reply_get_int (list, path),
                                 lot == 0 ? "reject" : lot == 1 ? "return" : "approve", lot > 1 ? body : reason));
}

const SimWork sim_work_sales[] = {
  { 30, "enter and submit", work_enter_and_submit },
  { 10, "enter", work_enter },
  { 10, "submit", work_submit },
  { 3, "submit many", work_submit_many },
  { 8, "change", work_change },
  { 2, "withdraw", work_withdraw },
  { 3, "quote", work_quote },
  { 4, "accept", work_accept },
  { 1, "lose", work_lose },
  { 2, "cancel", work_cancel },
  { 2, "hold", work_hold },
  { 4, "resume", work_resume },
  { 0 },
};

const SimWork sim_work_sign[] = {
  { 6, "sign", sim_sign_one },
  { 1, "sign many", work_sign_many },
  { 0 },
};

const SimWork sim_work_lead[] = {
  { 20, "sign", sim_sign_one },
  { 4, "cancel", work_cancel },
  { 3, "cancel the rest", work_cancel_remainder },
  { 3, "resume", work_resume },
  { 1, "reopen", work_reopen },
  { 4, "complete", work_complete },
  { 0 },
};

const SimWork sim_work_buy[] = {
  { 4, "enter", work_enter },
  { 3, "submit", work_submit },
  { 1, "quotation", work_accept },
  { 0 },
};
