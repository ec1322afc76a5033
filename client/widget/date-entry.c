/* date-entry.c: a date, typed or picked from a calendar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/date-entry.h"

#include "client/application.h"
#include "client/widget/format.h"

struct _TwDateEntry
{
  TwValueEntry parent_instance;

  GtkPopover *popover;   /* made when first opened */
  GtkCalendar *calendar; /* in it */
};

G_DEFINE_FINAL_TYPE (TwDateEntry, tw_date_entry, TW_TYPE_VALUE_ENTRY)

static char *
tw_date_entry_parse (TwValueEntry *entry, const char *typed, GError **error)
{
  return tw_format_read_date (typed, error);
}

static void
day_selected_cb (TwDateEntry *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *value = g_date_time_format (day, "%Y-%m-%d");

  gtk_popover_popdown (self->popover);
  tw_value_entry_take (TW_VALUE_ENTRY (self), value);
}

static void
ensure_popover (TwDateEntry *self)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (self->popover != NULL)
    return;
  builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/widget/date-popover.ui");
  self->popover = GTK_POPOVER (g_object_ref_sink (gtk_builder_get_object (builder, "popover")));
  self->calendar = GTK_CALENDAR (gtk_builder_get_object (builder, "calendar"));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

static void
open_calendar (TwDateEntry *self)
{
  TwDate date = tw_date_entry_get_date (self);
  g_autoptr (GDateTime) day = NULL;
  GDate civil;

  ensure_popover (self);
  g_date_clear (&civil, 1);
  g_date_set_julian (&civil, (guint32) (tw_date_is_set (date) ? date : tw_date_today ()).day);
  day = g_date_time_new_local (g_date_get_year (&civil), (int) g_date_get_month (&civil), g_date_get_day (&civil), 0, 0,
                               0);
  g_signal_handlers_block_by_func (self->calendar, day_selected_cb, self);
  gtk_calendar_select_day (self->calendar, day);
  g_signal_handlers_unblock_by_func (self->calendar, day_selected_cb, self);
  if (g_signal_handler_find (self->calendar, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, day_selected_cb, NULL) == 0)
    g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_popup (self->popover);
}

static void
icon_press_cb (TwDateEntry *self, GtkEntryIconPosition position)
{
  if (gtk_editable_get_editable (GTK_EDITABLE (self)))
    open_calendar (self);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_calendar (TW_DATE_ENTRY (widget));
}

static void
tw_date_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (tw_date_entry_parent_class)->size_allocate (widget, width, height, baseline);
  if (TW_DATE_ENTRY (widget)->popover != NULL)
    gtk_popover_present (TW_DATE_ENTRY (widget)->popover);
}

static void
tw_date_entry_dispose (GObject *object)
{
  TwDateEntry *self = TW_DATE_ENTRY (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  g_clear_object (&self->popover);
  G_OBJECT_CLASS (tw_date_entry_parent_class)->dispose (object);
}

static void
tw_date_entry_class_init (TwDateEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_date_entry_dispose;
  widget_class->size_allocate = tw_date_entry_size_allocate;
  TW_VALUE_ENTRY_CLASS (klass)->parse = tw_date_entry_parse;
  gtk_widget_class_install_action (widget_class, "date.open", NULL, open_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "date.open", NULL);
}

static void
tw_date_entry_init (TwDateEntry *self)
{
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self), GTK_ENTRY_ICON_SECONDARY, "x-office-calendar-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self), GTK_ENTRY_ICON_SECONDARY, _("Choose from a calendar (Alt+Down)"));
  gtk_entry_set_max_length (GTK_ENTRY (self), 12);
  gtk_editable_set_width_chars (GTK_EDITABLE (self), 10);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  g_signal_connect (self, "icon-press", G_CALLBACK (icon_press_cb), NULL);
}

TwDate
tw_date_entry_get_date (TwDateEntry *self)
{
  TwDate date = TW_DATE_NONE;
  const char *text = tw_value_entry_get_value (TW_VALUE_ENTRY (self));

  if (*text != '\0' && !tw_date_parse (text, &date, NULL))
    g_return_val_if_reached (TW_DATE_NONE);
  return date;
}

void
tw_date_entry_set_date (TwDateEntry *self, TwDate date)
{
  g_autofree char *text = tw_date_format (date);

  tw_value_entry_set_value (TW_VALUE_ENTRY (self), text);
}
