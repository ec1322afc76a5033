/* tls.h: which TLS the server speaks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* TLS 1.2 and 1.3 only (glib-networking would take 1.0 and 1.1). Must run before anything uses GIO, and before
 * threads. */
void tw_tls_prepare (void);

/* From PEM files. (transfer full) */
GTlsCertificate *tw_tls_load (const char *certificate_file, const char *key_file, GError **error);

G_END_DECLS
