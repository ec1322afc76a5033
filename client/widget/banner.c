/* banner.c: one line over a page that stays until its cause is gone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/banner.h"

#include "client/application.h"

struct _TwBanner
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *title;
  GtkButton *button;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_BUTTON_LABEL,
  PROP_ACTION_NAME,
  PROP_REVEALED,
  N_PROPERTIES
};

enum
{
  BUTTON_CLICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TwBanner, tw_banner, ADW_TYPE_BIN)

static void
button_clicked_cb (TwBanner *self)
{
  g_signal_emit (self, signals[BUTTON_CLICKED], 0);
}

static void
tw_banner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwBanner *self = TW_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      tw_banner_set_title (self, g_value_get_string (value));
      break;
    case PROP_BUTTON_LABEL:
      gtk_button_set_label (self->button, g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
      gtk_widget_set_visible (GTK_WIDGET (self->button), g_value_get_string (value) != NULL);
      break;
    case PROP_ACTION_NAME:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), g_value_get_string (value));
      break;
    case PROP_REVEALED:
      tw_banner_set_revealed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_banner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwBanner *self = TW_BANNER (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title));
      break;
    case PROP_BUTTON_LABEL:
      g_value_set_string (value, gtk_button_get_label (self->button));
      break;
    case PROP_ACTION_NAME:
      g_value_set_string (value, gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)));
      break;
    case PROP_REVEALED:
      g_value_set_boolean (value, tw_banner_get_revealed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_banner_class_init (TwBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = tw_banner_set_property;
  object_class->get_property = tw_banner_get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags);
  properties[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[BUTTON_CLICKED]
    = g_signal_new ("button-clicked", TW_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, TwBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, TwBanner, title);
  gtk_widget_class_bind_template_child (widget_class, TwBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
}

static void
tw_banner_init (TwBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
tw_banner_set_title (TwBanner *self, const char *title)
{
  gtk_label_set_label (self->title, title != NULL ? title : "");
}

void
tw_banner_set_revealed (TwBanner *self, gboolean revealed)
{
  gtk_revealer_set_reveal_child (self->revealer, revealed);
}

gboolean
tw_banner_get_revealed (TwBanner *self)
{
  return gtk_revealer_get_reveal_child (self->revealer);
}
