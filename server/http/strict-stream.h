/* strict-stream.h: accepted connections whose requests are checked before libsoup reads them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* From now on the input of accepted connections goes through framing.h, as long as they belong to a TwConnection
 * (connection.h) that speaks HTTP; all others are left alone. @encrypted: those with TLS too. Before anything is
 * accepted. */
void tw_strict_stream_install (gboolean encrypted);

G_END_DECLS
