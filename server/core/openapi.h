/* openapi.h: OpenAPI 3.1 from the route table and the field tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The document as JSON, after all routes were added. (transfer full) */
char *tw_openapi_write (void);
/* GET /openapi.json */
void tw_openapi_add_routes (void);

G_END_DECLS
