/* master-words.c: see master-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/master-words.h"

#include "shared/base/text.h"

/* Translators: in the sentences of this file %s is the code that was typed. */
const TwMasterWords tw_carrier_words
  = { N_ ("There is no carrier “%s”."), N_ ("Carrier “%s” is not in use any more.") };
const TwMasterWords tw_customer_words
  = { N_ ("There is no customer “%s”."), N_ ("Customer “%s” is not in use any more.") };
const TwMasterWords tw_payment_term_words
  = { N_ ("There is no payment term “%s”."), N_ ("Payment term “%s” is not in use any more.") };
const TwMasterWords tw_price_list_words
  = { N_ ("There is no price list “%s”."), N_ ("Price list “%s” is not in use any more.") };
const TwMasterWords tw_product_words
  = { N_ ("There is no product “%s”."), N_ ("Product “%s” is not in use any more.") };
const TwMasterWords tw_tax_class_words
  = { N_ ("There is no tax class “%s”."), N_ ("Tax class “%s” is not in use any more.") };
const TwMasterWords tw_warehouse_words
  = { N_ ("There is no warehouse “%s”."), N_ ("Warehouse “%s” is not in use any more.") };

gboolean
tw_master_refuse_unknown (const TwMasterWords *words, const char *key, const char *pointer, GError **error)
{
  return tw_error_fault (error, pointer, "unknown_value", _ (words->unknown), key != NULL ? key : "");
}

gboolean
tw_master_refuse_inactive (const TwMasterWords *words, const char *key, const char *pointer, GError **error)
{
  return tw_error_fault (error, pointer, "inactive", _ (words->inactive), key != NULL ? key : "");
}
