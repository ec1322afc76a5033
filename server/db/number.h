/* number.h: counters without gaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* The next value of counter @name ("order/2026"), from 1. Part of the caller's transaction: rolled back, the value
 * is given again, so there are no gaps; until it commits, others who want one wait. Needs
 * the table `counter (name VARCHAR(64) PRIMARY KEY, value BIGINT NOT NULL)`. */
gboolean tw_number_next (TwDb *db, const char *name, gint64 *value, GError **error);

/* A document's number of the year of @date: "SO-2026-000123" from counter "SO/2026". (transfer full) */
char *tw_number_document (TwDb *db, const char *prefix, TwDate date, GError **error);

G_END_DECLS
