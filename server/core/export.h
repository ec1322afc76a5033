/* export.h: a list as a file: CSV or XLSX
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/list.h"

G_BEGIN_DECLS

/* All rows of @query, one a line under a header: field names in CSV (so that it can be imported again), labels in XLSX.
 * Fields that @secrets does not open or that the query leaves out are not there. (transfer full) */
GBytes *tw_export_csv (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GError **error);
GBytes *tw_export_xlsx (TwDb *db, const TwList *list, TwListQuery *query, TwSecrets secrets, GError **error);

G_END_DECLS
