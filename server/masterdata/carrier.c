/* carrier.c: who brings the goods
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/masterdata/carrier-store.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/carrier.h"
#include "shared/document/common.h"

static gboolean
prepare (TwContext *ctx, TwRecord *stored, TwRecord *record, GError **error)
{
  TwCarrier *carrier = (TwCarrier *) record;

  if (carrier->status == NULL)
    carrier->status = tw_key_find (tw_active_keys, "active");
  return TRUE;
}

TW_DEFINE_MASTER_FUNCTIONS (carrier, tw_carrier_master, prepare)

const TwResource tw_carrier_resource = {
  .path = "carriers",
  .document = "carrier",
  .type = tw_carrier_get_type,
  .list = &tw_carrier_list,
  .load = carrier_load,
  .create = carrier_create,
  .update = carrier_update,
  .importable = TRUE,
};

TwCarrier *
tw_carrier_find (TwContext *ctx, const char *code, const char *pointer, GError **error)
{
  return (TwCarrier *) tw_master_find (ctx, &tw_carrier_master, tw_carrier_find_sql, code, &tw_carrier_words, pointer,
                                       error);
}
