/* status-pill.c: a state as a coloured word
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/status-pill.h"

#include "client/application.h"

struct _TwStatusPill
{
  AdwBin parent_instance;

  GtkLabel *label;

  const char *tone; /* class that is set, nullable */
  char *state;
  char *field;
  TwRecord *record;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_LABEL,
  PROP_FIELD,
  PROP_RECORD,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwStatusPill, tw_status_pill, ADW_TYPE_BIN)

/* Keys of all documents: what goes its way is info, what waits for somebody is a warning, what is done well is success,
 * what went wrong is danger. Anything else is neutral. */
static const struct
{
  const char *state;
  const char *tone;
} tones[] = {
  { "quoted", "info" },          { "confirmed", "info" },     { "released", "info" },      { "in_fulfilment", "info" },
  { "picking", "info" },         { "picked", "info" },        { "packed", "info" },        { "checked", "info" },
  { "dispatched", "info" },      { "in_transit", "info" },    { "loading", "info" },       { "departed", "info" },
  { "posted", "info" },          { "recorded", "info" },      { "assigned", "info" },      { "in_progress", "info" },
  { "received", "info" },        { "counting", "info" },      { "approved", "success" },   { "pending_approval", "warning" },
  { "pending", "warning" },      { "waiting", "warning" },    { "requested", "warning" },  { "ready", "warning" },
  { "partly_paid", "warning" },  { "partial", "warning" },    { "credit", "warning" },     { "customer", "warning" },
  { "manual", "warning" },       { "quality", "warning" },    { "legal", "warning" },      { "warn", "warning" },
  { "needs_signature", "warning" }, { "signature", "warning" }, { "short_pick", "warning" }, { "delayed", "warning" },
  { "open", "warning" },         { "fulfilled", "success" },  { "completed", "success" },  { "delivered", "success" },
  { "closed", "success" },       { "paid", "success" },       { "full", "success" },       { "allocated", "success" },
  { "reconciled", "success" },   { "resolved", "success" },   { "signed", "success" },     { "active", "success" },
  { "paid_out", "success" },
  { "pass", "success" },         { "lost", "danger" },        { "cancelled", "danger" },   { "rejected", "danger" },
  { "overdue", "danger" },       { "failed", "danger" },      { "bounced", "danger" },     { "blocked", "danger" },
  { "block", "danger" },         { "damaged", "danger" },     { "refused", "danger" },     { "qc_failed", "danger" },
  { "attempt_failed", "danger" }, { "returned", "danger" },   { "void", "danger" },
};

const char *
tw_status_pill_get_tone (const char *state)
{
  for (guint i = 0; state != NULL && i < G_N_ELEMENTS (tones); i++)
    if (g_str_equal (tones[i].state, state))
      return tones[i].tone;
  return "neutral";
}

void
tw_status_pill_set (TwStatusPill *self, const char *state, const char *label)
{
  const char *tone = tw_status_pill_get_tone (state);

  if (self->tone != tone)
    {
      if (self->tone != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->label), self->tone);
      gtk_widget_add_css_class (GTK_WIDGET (self->label), tone);
      self->tone = tone;
    }
  gtk_label_set_label (self->label, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->label), state != NULL && *state != '\0');
}

static void
update_cb (TwStatusPill *self)
{
  const TwField *field = self->record != NULL && self->field != NULL ? tw_record_find (self->record,
                                                                                       self->field) : NULL;
  const char *key;

  if (field == NULL || field->kind != TW_KIND_KEY)
    {
      tw_status_pill_set (self, NULL, NULL);
      return;
    }
  key = tw_record_at (self->record, field, const char *);
  tw_status_pill_set (self, key, key != NULL ? tw_key_get_label (field->keys, key) : NULL);
}

static void
set_record (TwStatusPill *self, TwRecord *record)
{
  if (self->record == record)
    return;
  if (self->record != NULL)
    g_signal_handlers_disconnect_by_func (self->record, update_cb, self);
  g_set_object (&self->record, record);
  if (record != NULL)
    g_signal_connect_object (record, "notify", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
}

static void
tw_status_pill_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwStatusPill *self = TW_STATUS_PILL (object);

  switch (id)
    {
    case PROP_STATE:
      g_free (self->state);
      self->state = g_value_dup_string (value);
      tw_status_pill_set (self, self->state, gtk_label_get_label (self->label));
      break;
    case PROP_LABEL:
      tw_status_pill_set (self, self->state, g_value_get_string (value));
      break;
    case PROP_FIELD:
      g_free (self->field);
      self->field = g_value_dup_string (value);
      update_cb (self);
      break;
    case PROP_RECORD:
      set_record (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_status_pill_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwStatusPill *self = TW_STATUS_PILL (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_string (value, self->state);
      break;
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->label));
      break;
    case PROP_FIELD:
      g_value_set_string (value, self->field);
      break;
    case PROP_RECORD:
      g_value_set_object (value, self->record);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_status_pill_dispose (GObject *object)
{
  TwStatusPill *self = TW_STATUS_PILL (object);

  if (self->record != NULL)
    g_signal_handlers_disconnect_by_func (self->record, update_cb, self);
  g_clear_object (&self->record);
  G_OBJECT_CLASS (tw_status_pill_parent_class)->dispose (object);
}

static void
tw_status_pill_finalize (GObject *object)
{
  g_free (TW_STATUS_PILL (object)->state);
  g_free (TW_STATUS_PILL (object)->field);
  G_OBJECT_CLASS (tw_status_pill_parent_class)->finalize (object);
}

static void
tw_status_pill_class_init (TwStatusPillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = tw_status_pill_dispose;
  object_class->finalize = tw_status_pill_finalize;
  object_class->set_property = tw_status_pill_set_property;
  object_class->get_property = tw_status_pill_get_property;
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, flags);
  properties[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, TW_TYPE_RECORD, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/widget/status-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, TwStatusPill, label);
}

static void
tw_status_pill_init (TwStatusPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
