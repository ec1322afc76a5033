/* catalogue.h: the messages of one language, read from a GNU .mo file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Immutable once loaded; may be read by any thread. */
typedef struct _TwCatalogue TwCatalogue;

TwCatalogue *tw_catalogue_load (const char *path, GError **error);
void tw_catalogue_free (TwCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwCatalogue, tw_catalogue_free)

/* NULL when there is no translation. @context may be NULL. */
const char *tw_catalogue_find (TwCatalogue *catalogue, const char *context, const char *msgid);
const char *tw_catalogue_find_plural (TwCatalogue *catalogue, const char *singular, gulong n);

G_END_DECLS
