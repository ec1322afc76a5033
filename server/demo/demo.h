/* demo.h: the demonstration company: a real sample replayed through the real rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Builds it in an empty database (TW_ERROR_STATE otherwise) from the CSV files of @sample_folder. The last order is of
 * today. @progress (nullable) hears how many of the orders' steps are done. */
typedef void (*TwDemoProgress) (guint done, guint total, gpointer data);
gboolean tw_demo_build (TwDb *db, const char *sample_folder, TwDemoProgress progress, gpointer data, GError **error);

G_END_DECLS
