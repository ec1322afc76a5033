/* role.c: see role.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/policy/role.h"

const TwKey tw_role_keys[] = {
  { "sales", N_ ("Sales rep") },
  { "sales_manager", N_ ("Sales manager") },
  { "approver", N_ ("Approver") },
  { "planner", N_ ("Planner") },
  { "warehouse", N_ ("Warehouse clerk") },
  { "quality", N_ ("Quality inspector") },
  { "dispatcher", N_ ("Delivery dispatcher") },
  { "driver", N_ ("Driver") },
  { "finance", N_ ("Accounts receivable clerk") },
  { "finance_manager", N_ ("Finance manager") },
  { "purchasing", N_ ("Buyer") },
  { "production", N_ ("Production") },
  { "after_sales", N_ ("Customer service") },
  { "auditor", N_ ("Auditor") },
  { "admin", N_ ("Administrator") },
  { "customer", N_ ("Customer contact") },
  { NULL },
};

#define SALES TW_ROLE_SALES
#define MANAGER TW_ROLE_SALES_MANAGER
#define APPROVER TW_ROLE_APPROVER
#define PLANNER TW_ROLE_PLANNER
#define WAREHOUSE TW_ROLE_WAREHOUSE
#define QUALITY TW_ROLE_QUALITY
#define DISPATCHER TW_ROLE_DISPATCHER
#define DRIVER TW_ROLE_DRIVER
#define FINANCE TW_ROLE_FINANCE
#define FINANCE_MANAGER TW_ROLE_FINANCE_MANAGER
#define PURCHASING TW_ROLE_PURCHASING
#define PRODUCTION TW_ROLE_PRODUCTION
#define AFTER_SALES TW_ROLE_AFTER_SALES
#define AUDITOR TW_ROLE_AUDITOR
#define ADMIN TW_ROLE_ADMIN
#define CUSTOMER TW_ROLE_CUSTOMER
#define SYSTEM TW_ROLE_SYSTEM
/* Everyone who works here; customers' contacts are outside. */
#define STAFF                                                                                                          \
  (SALES | MANAGER | APPROVER | PLANNER | WAREHOUSE | QUALITY | DISPATCHER | DRIVER | FINANCE | FINANCE_MANAGER        \
   | PURCHASING | PRODUCTION | AFTER_SALES | AUDITOR | ADMIN)

const TwPermission tw_permissions[] = {
  { "approval.read", MANAGER | APPROVER | FINANCE_MANAGER | AUDITOR },
  { "approval_rule.read", STAFF & ~(DRIVER | WAREHOUSE) },
  { "approval_rule.write", ADMIN },
  { "audit.read", AUDITOR | ADMIN },
  { "carrier.read", STAFF },
  { "carrier.write", ADMIN | DISPATCHER },
  { "customer.create", SALES | MANAGER },
  { "customer.credit", FINANCE_MANAGER },
  { "customer.hold", FINANCE | FINANCE_MANAGER },
  { "customer.read", STAFF & ~(DRIVER | PRODUCTION | PURCHASING) },
  { "customer.write", SALES | MANAGER | FINANCE_MANAGER },
  { "delegation.read", MANAGER | APPROVER | FINANCE_MANAGER | AUDITOR | ADMIN },
  { "delegation.write", MANAGER | APPROVER | FINANCE_MANAGER | ADMIN },
  { "driver.read", DISPATCHER | AUDITOR },
  { "invoice.create", FINANCE | FINANCE_MANAGER },
  { "invoice.credit", FINANCE | FINANCE_MANAGER },
  { "invoice.credit_large", FINANCE_MANAGER },
  { "invoice.post", FINANCE | FINANCE_MANAGER },
  { "invoice.read", SALES | MANAGER | FINANCE | FINANCE_MANAGER | AFTER_SALES | AUDITOR | CUSTOMER },
  { "invoice.settle", SYSTEM },
  { "invoice.write", FINANCE | FINANCE_MANAGER },
  { "journal.read", FINANCE | FINANCE_MANAGER | AUDITOR },
  { "order.accept", SALES | MANAGER | CUSTOMER },
  { "order.allocate", PLANNER | WAREHOUSE | SYSTEM },
  { "order.approve", MANAGER | APPROVER | FINANCE_MANAGER },
  { "order.cancel", SALES | MANAGER },
  { "order.cancel_remainder", MANAGER },
  { "order.complete", MANAGER | FINANCE_MANAGER | SYSTEM },
  { "order.create", SALES | MANAGER | CUSTOMER },
  { "order.delete", SALES | MANAGER },
  { "order.expire", SYSTEM },
  { "order.fulfil", SYSTEM },
  { "order.hold", SALES | MANAGER | FINANCE | FINANCE_MANAGER },
  { "order.import", SALES | MANAGER },
  { "order.lose", SALES | MANAGER | CUSTOMER },
  { "order.quote", SALES | MANAGER },
  { "order.read", SALES | MANAGER | APPROVER | PLANNER | WAREHOUSE | QUALITY | DISPATCHER | FINANCE | FINANCE_MANAGER | AFTER_SALES | AUDITOR | CUSTOMER },
  { "order.read_all", MANAGER | APPROVER | PLANNER | WAREHOUSE | QUALITY | DISPATCHER | FINANCE | FINANCE_MANAGER | AFTER_SALES | AUDITOR },
  { "order.release", PLANNER | SYSTEM },
  { "order.reopen", MANAGER | FINANCE_MANAGER },
  { "order.submit", SALES | MANAGER | CUSTOMER },
  { "order.withdraw", SALES | MANAGER },
  { "order.write", SALES | MANAGER | CUSTOMER },
  { "payment.allocate", FINANCE | FINANCE_MANAGER },
  { "payment.bounce", FINANCE | FINANCE_MANAGER },
  { "payment.create", FINANCE | FINANCE_MANAGER },
  { "payment.free", SYSTEM },
  { "payment.read", FINANCE | FINANCE_MANAGER | MANAGER | AUDITOR },
  { "payment.receive", FINANCE | FINANCE_MANAGER },
  { "payment.reconcile", FINANCE | FINANCE_MANAGER },
  { "payment.refund", FINANCE | FINANCE_MANAGER },
  { "payment.use_up", SYSTEM },
  { "payment.write", FINANCE | FINANCE_MANAGER },
  { "payment_term.read", STAFF },
  { "payment_term.write", ADMIN | FINANCE_MANAGER },
  { "price_list.read", STAFF & ~(DRIVER | WAREHOUSE | DISPATCHER) },
  { "price_list.write", MANAGER | ADMIN },
  { "product.read", STAFF | CUSTOMER },
  { "product.write", ADMIN | PLANNER },
  { "receipt.create", WAREHOUSE },
  { "receipt.read", WAREHOUSE | PLANNER | QUALITY | PURCHASING | FINANCE | FINANCE_MANAGER | AUDITOR },
  { "receivable.read", FINANCE | FINANCE_MANAGER | MANAGER | AUDITOR },
  { "refund.approve", FINANCE_MANAGER },
  { "refund.cancel", FINANCE | FINANCE_MANAGER },
  { "refund.create", SYSTEM },
  { "refund.pay_out", FINANCE | FINANCE_MANAGER },
  { "refund.read", FINANCE | FINANCE_MANAGER | MANAGER | AUDITOR },
  { "refund.withdraw", FINANCE | FINANCE_MANAGER },
  { "setting.read", ADMIN | AUDITOR },
  { "setting.write", ADMIN },
  { "shipment.cancel", PLANNER | WAREHOUSE | SYSTEM },
  { "shipment.check", QUALITY },
  { "shipment.close", DISPATCHER | SYSTEM },
  { "shipment.create", SYSTEM },
  { "shipment.deliver", DISPATCHER | DRIVER },
  { "shipment.dispatch", DISPATCHER | SYSTEM },
  { "shipment.pack", WAREHOUSE },
  { "shipment.pick", WAREHOUSE },
  { "shipment.read", SALES | MANAGER | PLANNER | WAREHOUSE | QUALITY | DISPATCHER | DRIVER | FINANCE | FINANCE_MANAGER | AFTER_SALES | AUDITOR | CUSTOMER },
  { "shipment.ready", WAREHOUSE | DISPATCHER },
  { "shipment.release", PLANNER | WAREHOUSE | SYSTEM },
  { "shipment.report", DISPATCHER | DRIVER },
  { "shipment.take_back", DISPATCHER | WAREHOUSE | SYSTEM },
  { "shipment.write", WAREHOUSE | DISPATCHER },
  { "shipment_exception.read", SALES | MANAGER | PLANNER | WAREHOUSE | QUALITY | DISPATCHER | DRIVER | AFTER_SALES | AUDITOR },
  { "shipment_exception.resolve", MANAGER | PLANNER | WAREHOUSE | QUALITY | DISPATCHER | AFTER_SALES },
  { "signer.read", MANAGER | APPROVER | FINANCE_MANAGER | AUDITOR | ADMIN },
  { "statement.read", FINANCE | FINANCE_MANAGER | MANAGER | AUDITOR },
  { "stock.read", STAFF & ~DRIVER },
  { "stock_count.create", WAREHOUSE },
  { "stock_count.post", WAREHOUSE },
  { "stock_count.read", WAREHOUSE | PLANNER | FINANCE | FINANCE_MANAGER | AUDITOR },
  { "stock_count.write", WAREHOUSE },
  { "stock_move.read", WAREHOUSE | PLANNER | QUALITY | FINANCE | FINANCE_MANAGER | AUDITOR },
  { "tax_class.read", STAFF },
  { "tax_class.write", ADMIN | FINANCE_MANAGER },
  { "trip.cancel", DISPATCHER },
  { "trip.complete", DISPATCHER | DRIVER },
  { "trip.create", DISPATCHER },
  { "trip.depart", DISPATCHER | DRIVER },
  { "trip.load", DISPATCHER | DRIVER },
  { "trip.read", DISPATCHER | DRIVER | WAREHOUSE | PLANNER | AUDITOR },
  { "trip.write", DISPATCHER },
  { "user.read", ADMIN | AUDITOR },
  { "user.write", ADMIN },
  { "warehouse.read", STAFF },
  { "warehouse.write", ADMIN },
  { NULL },
};

/* Who may know cost and margin. */
#define COST_READERS (MANAGER | APPROVER | FINANCE | FINANCE_MANAGER | PLANNER | AUDITOR | SYSTEM)

TwRoles
tw_role_from_key (const char *key)
{
  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    if (g_strcmp0 (tw_role_keys[i].key, key) == 0)
      return (TwRoles) (1u << i);
  return 0;
}

TwRoles
tw_roles_from_keys (const char *const *keys)
{
  TwRoles roles = 0;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    roles |= tw_role_from_key (keys[i]);
  return roles;
}

GStrv
tw_roles_to_keys (TwRoles roles)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    if (roles & (1u << i))
      g_strv_builder_add (keys, tw_role_keys[i].key);
  return g_strv_builder_end (keys);
}

static int
compare_permission (gconstpointer name, gconstpointer row)
{
  return g_strcmp0 (name, ((const TwPermission *) row)->permission);
}

gboolean
tw_role_may (TwRoles roles, const char *permission)
{
  const TwPermission *row = bsearch (permission, tw_permissions, G_N_ELEMENTS (tw_permissions) - 1,
                                     sizeof *tw_permissions, compare_permission);

  return row != NULL && (row->roles & roles) != 0;
}

GStrv
tw_role_list_permissions (TwRoles roles)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (const TwPermission *row = tw_permissions; row->permission != NULL; row++)
    if (row->roles & roles)
      g_strv_builder_add (list, row->permission);
  return g_strv_builder_end (list);
}

TwSecrets
tw_role_get_secrets (TwRoles roles)
{
  TwSecrets secrets = TW_SECRET_NONE;

  if (roles & COST_READERS)
    secrets |= TW_SECRET_COST;
  /* Whoever is also a customer's contact is outside. */
  if ((roles & (STAFF | SYSTEM)) && !(roles & CUSTOMER))
    secrets |= TW_SECRET_INTERNAL;
  return secrets;
}
