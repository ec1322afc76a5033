/* master-words.h: what is said of a key that names no master record, or one that is not used any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole sentences for each noun: languages bend the noun, the verb or both.
 */
#pragma once

#include "shared/base/error.h"

G_BEGIN_DECLS

/* Formats for the key, N_(). */
typedef struct
{
  const char *unknown;
  const char *inactive;
} TwMasterWords;

extern const TwMasterWords tw_carrier_words, tw_customer_words, tw_payment_term_words, tw_price_list_words,
  tw_product_words, tw_tax_class_words, tw_warehouse_words;

/* A fault at @pointer: "unknown_value" or "inactive". @key: nullable. Both return FALSE. */
gboolean tw_master_refuse_unknown (const TwMasterWords *words, const char *key, const char *pointer, GError **error);
gboolean tw_master_refuse_inactive (const TwMasterWords *words, const char *key, const char *pointer, GError **error);

G_END_DECLS
