/* known.h: records that this process has read, each under the stamp that it had
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stamp is whatever changes when the record does. Whoever finds the same stamp in the database need not read the
 * record again; what is known is never taken for true by itself. Any thread. What stands here is shared and never
 * changed.
 */
#pragma once

#include "shared/base/record.h"

G_BEGIN_DECLS

/* What is known as @name ("customer 12"), with its stamp; NULL when nothing is. (transfer full) both. */
TwRecord *tw_known_find (const char *name, char **stamp);
/* A copy of what is known as @name under @stamp; NULL when that is not known. (transfer full) */
TwRecord *tw_known_copy (const char *name, const char *stamp);
/* Keeps a copy. Only of what is committed. */
void tw_known_put (const char *name, const char *stamp, TwRecord *record);
/* The same with @record itself, which is given away. */
void tw_known_put_own (const char *name, const char *stamp, TwRecord *record);

G_END_DECLS
