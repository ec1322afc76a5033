/* customer-store.h: the SQL of customers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"
#include "server/masterdata/master.h"

G_BEGIN_DECLS

extern const TwMaster tw_customer_master;
/* For tw_master_find_stamped(): id, version, status, stamp and the editions. */
extern const char tw_customer_find_sql[]; /* of :key, the code */
extern const char tw_customer_get_sql[];  /* the same of the id */
extern const TwList tw_customer_list;
/* Conditions on the list: of a sales rep, respectively of a customer's contact. */
extern const char tw_customer_own_sql[];
extern const char tw_customer_contact_sql[];

/* TW_ERROR_STALE unless @version still holds. */
gboolean tw_customer_store_hold (TwContext *ctx, gint64 id, gint64 version, gboolean hold, GError **error);

G_END_DECLS
