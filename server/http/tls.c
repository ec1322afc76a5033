/* tls.c: which TLS the server speaks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/http/tls.h"

void
tw_tls_prepare (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", TRUE);
}

GTlsCertificate *
tw_tls_load (const char *certificate_file, const char *key_file, GError **error)
{
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (certificate_file, key_file, error);

  if (certificate == NULL)
    g_prefix_error (error, "reading the TLS certificate %s: ", certificate_file);
  return certificate;
}
