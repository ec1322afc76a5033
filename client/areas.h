/* areas.h: what the window offers, one row an area
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What waits for those who have a permission: "/refunds?state=requested", "refund.approve". */
typedef struct
{
  const char *list;
  const char *permission;
} TwWaiting;

/* An area is a list beside a detail page (`list`, `detail`), or one page of its own (`page`). */
typedef struct
{
  const char *id;         /* "orders" */
  const char *label;      /* N_() */
  const char *group;      /* N_(): heading above it where it differs from the row before */
  const char *icon;
  const char *permission; /* opens the area */
  const char *overseer_permission; /* opens it too: for those who look after it all and change nothing; nullable */
  GType (*list) (void);   /* a TwListPage */
  GType (*detail) (void); /* a TwDetailPage */
  GType (*page) (void);   /* any GtkWidget, instead of list and detail */
  const char *document;   /* kind that win.open shows here, nullable */
  TwWaiting waiting[2];   /* the first that is the user's says how many */
} TwArea;

/* The list whose total waits for this user: the first one that is theirs; NULL when nothing waits here. */
const char *tw_area_get_waiting (const TwArea *area);

/* All rows in the order of the sidebar, ended by { NULL }. */
extern const TwArea tw_areas[];

const TwArea *tw_area_find (const char *id);
/* The area that shows documents of this kind, NULL when none does. */
const TwArea *tw_area_find_document (const char *document);

/* Whether the session's user may see the area. */
gboolean tw_area_is_open (const TwArea *area);

/* An area as a row of the sidebar. Properties: "label", "heading" (string, ""), "icon", "waiting" (uint),
 * "waiting-text". */
#define TW_TYPE_AREA_ITEM (tw_area_item_get_type ())
G_DECLARE_FINAL_TYPE (TwAreaItem, tw_area_item, TW, AREA_ITEM, GObject)

TwAreaItem *tw_area_item_new (const TwArea *area, gboolean with_heading);
const TwArea *tw_area_item_get_area (TwAreaItem *self);
void tw_area_item_set_waiting (TwAreaItem *self, guint waiting);

G_END_DECLS
