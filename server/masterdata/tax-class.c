/* tax-class.c: tax classes and their rates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/tax-class-store.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/tax-class.h"
#include "shared/document/common.h"

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwTaxClass *tax_class = (TwTaxClass *) record;

  if (tax_class->status == NULL)
    tax_class->status = tw_key_find (tw_active_keys, "active");
  return TRUE;
}

TW_DEFINE_MASTER_FUNCTIONS (tax_class, tw_tax_class_master, prepare)

const TwResource tw_tax_class_resource = {
  .path = "tax-classes",
  .document = "tax_class",
  .type = tw_tax_class_get_type,
  .list = &tw_tax_class_list,
  .load = tax_class_load,
  .create = tax_class_create,
  .update = tax_class_update,
  .importable = TRUE,
};

TwTaxClass *
tw_tax_class_find (TwContext *ctx, const char *code, const char *pointer, GError **error)
{
  return (TwTaxClass *) tw_master_find (ctx, &tw_tax_class_master, tw_tax_class_find_sql, code, &tw_tax_class_words,
                                        pointer, error);
}
