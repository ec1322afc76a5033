/* order-check.c: see order-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/document/order-check.h"

const TwKey tw_check_keys[] = {
  { "customer", N_ ("Customer") },
  { "address", N_ ("Delivery address") },
  { "lines", N_ ("Lines") },
  { "product", N_ ("Product") },
  { "quantity", N_ ("Quantity and unit") },
  { "price", N_ ("Price") },
  { "discount", N_ ("Discount") },
  { "margin", N_ ("Margin") },
  { "credit", N_ ("Credit limit") },
  { "stock", N_ ("Stock") },
  { "duplicate", N_ ("Possible duplicate") },
  { NULL },
};

const TwKey tw_check_result_keys[] = {
  /* Translators: result of a check */
  { "pass", N_ ("In order") },
  /* Translators: result of a check */
  { "warn", N_ ("Warning") },
  /* Translators: result of a check */
  { "needs_signature", N_ ("Needs a signature") },
  /* Translators: result of a check */
  { "block", N_ ("Not possible") },
  { NULL },
};

static const TwField order_check_fields[] = {
  TW_KEY (TwOrderCheck, check, N_ ("Check"), tw_check_keys, TW_SERVER),
  TW_KEY (TwOrderCheck, result, N_ ("Result"), tw_check_result_keys, TW_SERVER),
  TW_INT (TwOrderCheck, line, N_ ("Line"), 0, 10000, TW_SERVER),
  TW_TEXT (TwOrderCheck, detail, N_ ("Detail"), 500, TW_SERVER),
  TW_JSON (TwOrderCheck, facts, N_ ("Facts"), TW_SERVER),
};
TW_DEFINE_RECORD (TwOrderCheck, tw_order_check, "order_check", N_ ("Check"), order_check_fields)
