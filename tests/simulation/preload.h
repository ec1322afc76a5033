/* preload.h: what the files that are loaded into the server and its MariaDB share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/simulation/machine.h"

G_BEGIN_DECLS

/* NULL: none was named. */
extern const volatile SimMachineState *sim_preload_machine;

G_END_DECLS
