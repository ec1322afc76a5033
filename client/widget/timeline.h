/* timeline.h: what happened to a document: who, when, what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_TIMELINE (tw_timeline_get_type ())
G_DECLARE_FINAL_TYPE (TwTimeline, tw_timeline, TW, TIMELINE, AdwBin)

/* Reads the history of the document (`GET @route/@id/history`) and shows it, newest first. */
void tw_timeline_show (TwTimeline *self, const char *route, gint64 id);

G_END_DECLS
