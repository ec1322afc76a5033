/* trip-list.c: trips of drivers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/delivery/trip-list.h"

#include "shared/document/trip.h"

struct _TwTripList
{
  TwListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (TwTripList, tw_trip_list, TW_TYPE_LIST_PAGE)

static void
tw_trip_list_class_init (TwTripListClass *klass)
{
  tw_list_page_class_set_template (GTK_WIDGET_CLASS (klass), "delivery/trip-list.ui", tw_trip_get_type ());
}

static void
tw_trip_list_init (TwTripList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
