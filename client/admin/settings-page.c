/* settings-page.c: what a company chooses once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/settings-page.h"

#include "client/application.h"
#include "client/net/body.h"
#include "client/widget/banner.h"
#include "client/widget/editor.h"
#include "client/widget/form-row.h"
#include "client/widget/form.h"
#include "client/window.h"
#include "shared/base/error.h"
#include "shared/base/text.h"
#include "shared/document/setting.h"

struct _TwSettingsPage
{
  AdwBin parent_instance;

  GtkWidget *sidebar_button;
  GtkWidget *discard_button;
  GtkWidget *save_button;
  GtkSpinner *spinner;
  TwBanner *banner;
  GtkWidget *body;

  GPtrArray *editors; /* borrowed */
  TwCompanySettings *settings;
  GHashTable *edited; /* set of names */
  guint waiting;      /* answers to come */
  gboolean refused;   /* one of them was */
  gboolean narrow;
  GCancellable *cancellable;
};

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwSettingsPage, tw_settings_page, ADW_TYPE_BIN)

/* A setting on its way to the server. */
typedef struct
{
  TwSettingsPage *page;
  char *name;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->page);
  g_free (sending->name);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static TwApi *
get_api (void)
{
  return tw_session_get_api (tw_session_get_default ());
}

static void
update (TwSettingsPage *self)
{
  gboolean dirty = tw_settings_page_is_dirty (self);

  gtk_widget_set_visible (self->save_button, dirty);
  gtk_widget_set_visible (self->discard_button, dirty);
  gtk_widget_set_sensitive (self->save_button, self->waiting == 0);
  gtk_spinner_set_spinning (self->spinner, self->waiting > 0);
}

static void
show_notice (TwSettingsPage *self, const char *text)
{
  tw_banner_set_title (self->banner, text);
  tw_banner_set_revealed (self->banner, *text != '\0');
}

static TwEditor *
find_editor (TwSettingsPage *self, const char *name)
{
  for (guint i = 0; i < self->editors->len; i++)
    if (g_strcmp0 (tw_editor_get_field (g_ptr_array_index (self->editors, i)), name) == 0)
      return g_ptr_array_index (self->editors, i);
  return NULL;
}

/* ---- Reading ------------------------------------------------------------------------------------------------- */

static void
show_settings (TwSettingsPage *self)
{
  gboolean may = tw_session_may (tw_session_get_default (), "setting.write");

  for (guint i = 0; i < self->editors->len; i++)
    {
      tw_editor_set_editable (g_ptr_array_index (self->editors, i), may);
      tw_editor_set_record (g_ptr_array_index (self->editors, i), TW_RECORD (self->settings));
      tw_editor_show_fault (g_ptr_array_index (self->editors, i), "", NULL);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TwSettingsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->waiting--;
  if (reply == NULL)
    {
      show_notice (self, error->message);
    }
  else if (!tw_settings_page_is_dirty (self))
    {
      g_clear_object (&self->settings);
      self->settings = tw_company_settings_new ();
      tw_company_settings_read (self->settings, tw_api_reply_get_object (reply));
      show_notice (self, "");
      show_settings (self);
    }
  update (self);
}

static void
load (TwSettingsPage *self)
{
  self->waiting++;
  update (self);
  tw_api_get_async (get_api (), "/settings", self->cancellable, read_cb, g_object_ref (self));
}

/* ---- Saving -------------------------------------------------------------------------------------------------- */

static void
finish_saving (TwSettingsPage *self)
{
  if (self->waiting == 0 && !self->refused)
    tw_window_notify (GTK_WIDGET (self), _("The settings hold from now on."));
  update (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  TwSettingsPage *self = sending->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->waiting--;
  if (reply != NULL)
    {
      g_hash_table_remove (self->edited, sending->name);
    }
  else
    {
      self->refused = TRUE;
      if (g_error_matches (error, TW_ERROR, TW_ERROR_INVALID))
        tw_editor_show_fault (find_editor (self, sending->name), "", error->message);
      else
        show_notice (self, error->message);
    }
  finish_saving (self);
}

static void
send (TwSettingsPage *self, const char *name)
{
  g_autofree char *path = g_strconcat ("/settings/", name, NULL);
  g_autoptr (TwSetting) setting = tw_setting_new ();
  g_autoptr (GString) body = NULL;
  Sending *sending = g_new0 (Sending, 1);

  setting->value = tw_company_settings_get_text (self->settings, name);
  body = tw_body_create (TW_RECORD (setting), NULL);
  sending->page = g_object_ref (self);
  sending->name = g_strdup (name);
  self->waiting++;
  tw_api_call_async (get_api (), "PUT", path, body, 0, NULL, self->cancellable, saved_cb, sending);
}

void
tw_settings_page_save (TwSettingsPage *self)
{
  g_autofree gpointer *names = NULL;
  guint n_names = 0;
  gboolean good = TRUE;

  if (self->waiting > 0)
    return;
  for (guint i = 0; i < self->editors->len; i++)
    good = tw_editor_commit (g_ptr_array_index (self->editors, i)) && good;
  if (!good)
    {
      show_notice (self, _("Not saved: please correct the marked fields."));
      return;
    }
  show_notice (self, "");
  self->refused = FALSE;
  names = g_hash_table_get_keys_as_array (self->edited, &n_names);
  for (guint i = 0; i < n_names; i++)
    send (self, names[i]);
  update (self);
}

/* ---- Callbacks ----------------------------------------------------------------------------------------------- */

static void
edited_cb (TwSettingsPage *self, const char *field)
{
  g_hash_table_add (self->edited, g_strdup (field));
  update (self);
}

static void
save_cb (TwSettingsPage *self)
{
  tw_settings_page_save (self);
}

static void
discard_cb (TwSettingsPage *self)
{
  g_hash_table_remove_all (self->edited);
  load (self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tw_settings_page_save (TW_SETTINGS_PAGE (widget));
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  load (TW_SETTINGS_PAGE (widget));
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
tw_settings_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwSettingsPage *self = TW_SETTINGS_PAGE (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->narrow = g_value_get_boolean (value);
  gtk_widget_set_visible (self->sidebar_button, self->narrow);
}

static void
tw_settings_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, TW_SETTINGS_PAGE (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tw_settings_page_dispose (GObject *object)
{
  TwSettingsPage *self = TW_SETTINGS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->editors, 0);
  G_OBJECT_CLASS (tw_settings_page_parent_class)->dispose (object);
}

static void
tw_settings_page_finalize (GObject *object)
{
  TwSettingsPage *self = TW_SETTINGS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_ptr_array_unref (self->editors);
  g_hash_table_unref (self->edited);
  G_OBJECT_CLASS (tw_settings_page_parent_class)->finalize (object);
}

static void
tw_settings_page_class_init (TwSettingsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = tw_settings_page_set_property;
  object_class->get_property = tw_settings_page_get_property;
  object_class->dispose = tw_settings_page_dispose;
  object_class->finalize = tw_settings_page_finalize;
  properties[PROP_NARROW]
    = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (TW_TYPE_BANNER);
  g_type_ensure (TW_TYPE_FORM);
  g_type_ensure (TW_TYPE_FORM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/admin/settings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, TwSettingsPage, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, TwSettingsPage, discard_button);
  gtk_widget_class_bind_template_child (widget_class, TwSettingsPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, TwSettingsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, TwSettingsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, TwSettingsPage, body);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "page.refresh", NULL, refresh_action);
}

static void
tw_settings_page_init (TwSettingsPage *self)
{
  self->edited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->editors = tw_editor_collect (self->body);
  for (guint i = 0; i < self->editors->len; i++)
    g_signal_connect_object (g_ptr_array_index (self->editors, i), "edited", G_CALLBACK (edited_cb), self,
                             G_CONNECT_SWAPPED);
  load (self);
}

TwCompanySettings *
tw_settings_page_get_settings (TwSettingsPage *self)
{
  return self->settings;
}

gboolean
tw_settings_page_is_dirty (TwSettingsPage *self)
{
  return g_hash_table_size (self->edited) > 0;
}
