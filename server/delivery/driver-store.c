/* driver-store.c: rows of users who drive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/delivery/driver-store.h"

#include "shared/document/trip.h"

static const TwListColumn driver_columns[] = {
  { "id", "u.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "user", "u.user", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "name", "u.name", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { NULL },
};

/* Who may be the driver of a trip: the same condition as tw_trip_store_find_driver(). */
const TwList tw_driver_list = {
  .type = tw_driver_get_type,
  .select = "u.id, u.version, u.created_at, u.updated_at, u.user, u.name",
  .from = "app_user u JOIN user_role r ON r.user_id = u.id AND r.role = 'driver'",
  .where = "u.status = 'active'",
  .id = "u.id",
  .default_sort = "name",
  .columns = driver_columns,
};
