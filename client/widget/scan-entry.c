/* scan-entry.c: where a barcode scanner writes: a code and Enter, again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/scan-entry.h"

#include "client/application.h"

struct _TwScanEntry
{
  AdwBin parent_instance;

  GtkEntry *entry;
  GtkLabel *result;
};

enum
{
  SCANNED,
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwScanEntry, tw_scan_entry, ADW_TYPE_BIN)

static void
show (TwScanEntry *self, const char *text, gboolean good)
{
  gtk_label_set_label (self->result, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result), *text != '\0');
  if (good)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->result), "error");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->result), "error");
    }
}

static void
activate_cb (TwScanEntry *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  show (self, "", TRUE);
  if (*code != '\0')
    g_signal_emit (self, signals[SCANNED], 0, code);
  else
    g_signal_emit (self, signals[FINISHED], 0);
}

static gboolean
tw_scan_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (TW_SCAN_ENTRY (widget)->entry));
}

static void
tw_scan_entry_class_init (TwScanEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = tw_scan_entry_grab_focus;
  signals[SCANNED] = g_signal_new ("scanned", TW_TYPE_SCAN_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   1, G_TYPE_STRING);
  signals[FINISHED]
    = g_signal_new ("finished", TW_TYPE_SCAN_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/scan-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, TwScanEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, TwScanEntry, result);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
tw_scan_entry_init (TwScanEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tw_scan_entry_show_result (TwScanEntry *self, const char *text)
{
  show (self, text, TRUE);
}

void
tw_scan_entry_show_unknown (TwScanEntry *self, const char *code, const char *text)
{
  /* The next code may be there already. */
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0')
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), code);
      gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
    }
  show (self, text, FALSE);
  gtk_widget_error_bell (GTK_WIDGET (self));
}

void
tw_scan_entry_scan (TwScanEntry *self, const char *code)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), code);
  activate_cb (self);
}
