/* proxy.h: what stands between the people and the server, and cuts connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The request's header "Simulation-Cut" says where its connection ends: whoever asks decides by their own lot, so a
 * seed also repeats the cuts.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SIM_CUT_NONE,
  SIM_CUT_REQUEST, /* the server never hears of it */
  SIM_CUT_BEFORE,  /* the server has it, nobody hears the answer */
  SIM_CUT_IN,      /* half of the answer arrives */
  SIM_CUT_AFTER,   /* all of the answer arrives, and the connection ends */
  SIM_N_CUTS
} SimCut;

typedef struct _SimProxy SimProxy;

SimProxy *sim_proxy_new (void);
void sim_proxy_free (SimProxy *proxy);
guint16 sim_proxy_get_port (SimProxy *proxy);
/* Where requests go: the servers in turn; 0: nobody. */
void sim_proxy_set_servers (SimProxy *proxy, guint16 first, guint16 second);
/* Ends every connection there is now. */
void sim_proxy_cut_all (SimProxy *proxy);
char *sim_proxy_describe (SimProxy *proxy); /* (transfer full) */

G_END_DECLS
