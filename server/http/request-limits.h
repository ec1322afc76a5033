/* request-limits.h: what a request may look like before anything reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsoup 3.2 takes any method, a Content-Length beside a Transfer-Encoding, two Hosts, "+2" as a length, and bodies
 * without end. What could be understood differently by a proxy in front, or fill the memory, is refused here.
 */
#pragma once

#include <libsoup/soup.h>

#include "shared/base/error.h"

G_BEGIN_DECLS

#define TW_LIMIT_HEADER_BYTES (32 * 1024)
#define TW_LIMIT_TARGET_BYTES (8 * 1024)
#define TW_LIMIT_JSON_BYTES (2 * 1024 * 1024)
#define TW_LIMIT_RAW_BYTES (32 * 1024 * 1024)
#define TW_LIMIT_ALL_BODIES (64 * 1024 * 1024)

/* Checks the header of @message: framing, Host, method, sizes; @body_limit in bytes. Sets TW_ERROR_MALFORMED,
 * TW_ERROR_METHOD or TW_ERROR_TOO_LARGE. */
gboolean tw_limits_check_header (SoupServerMessage *message, gsize body_limit, GError **error);

G_END_DECLS
