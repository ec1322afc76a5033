/* chain-panel.c: who has to sign an order, why, and who has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/approval/chain-panel.h"

#include "client/application.h"
#include "client/widget/format.h"
#include "client/widget/status-pill.h"
#include "shared/base/text.h"
#include "shared/document/approval.h"
#include "shared/document/approval-rule.h"
#include "shared/policy/role.h"

struct _TwChainPanel
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *nobody;
  GtkListBox *rows;

  GListModel *steps; /* nullable */
  gboolean preview;
};

enum
{
  PROP_0,
  PROP_STEPS,
  PROP_PREVIEW,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (TwChainPanel, tw_chain_panel, ADW_TYPE_BIN)

/* ---- A step -------------------------------------------------------------------------------------------------- */

static char *
describe_signer (TwApprovalStep *step)
{
  const char *role = step->role != NULL ? tw_key_get_label (tw_role_keys, step->role) : NULL;
  const char *person = step->user_name != NULL ? step->user_name : step->user;

  if (role != NULL && person != NULL)
    /* Translators: a role, and a person who may sign as well */
    return g_strdup_printf (_("%s or %s"), role, person);
  if (role != NULL && g_strcmp0 (step->mode, "all") == 0)
    /* Translators: everybody who has this role */
    return g_strdup_printf (_("%s (all of them)"), role);
  return g_strdup (person != NULL ? person : role != NULL ? role : "");
}

static char *
describe_time (TwTime time)
{
  g_autofree char *wire = tw_time_format (time);

  return tw_format_time (NULL, wire);
}

/* Who signed, when, for whom, and what they wrote. */
static char *
describe_signature (TwSignature *signature)
{
  g_autofree char *time = describe_time (signature->signed_at);
  const char *decision = tw_key_get_label (tw_decision_keys, signature->decision);
  const char *who = signature->user_name != NULL ? signature->user_name : signature->user;
  g_autoptr (GString) text = g_string_new (NULL);

  if (signature->on_behalf_of_name != NULL)
    /* Translators: decision (Approved), person, whom they stand in for, time */
    g_string_append_printf (text, _("%s by %s for %s, %s"), decision, who, signature->on_behalf_of_name, time);
  else
    /* Translators: decision (Approved), person, time */
    g_string_append_printf (text, _("%s by %s, %s"), decision, who, time);
  if (signature->comment != NULL && *signature->comment != '\0')
    g_string_append_printf (text, "\n“%s”", signature->comment);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_signatures (TwApprovalStep *step)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < tw_record_count (step->signatures); i++)
    {
      g_autofree char *one = describe_signature (tw_record_nth (step->signatures, i));

      g_string_append_printf (all, "%s%s", all->len > 0 ? "\n" : "", one);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* Until when; said in red once it is late. */
static char *
describe_due (TwApprovalStep *step)
{
  g_autofree char *time = NULL;

  if (!tw_time_is_set (step->due_at) || g_strcmp0 (step->state, "open") != 0)
    return g_strdup (step->escalated_level > 0 ? _("Late: the next level may sign too.") : "");
  time = describe_time (step->due_at);
  return g_strdup_printf (_("To be signed until %s"), time);
}

static void
set_text (GtkBuilder *builder, const char *id, const char *text)
{
  GtkWidget *label = GTK_WIDGET (gtk_builder_get_object (builder, id));

  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  TwChainPanel *self = user_data;
  TwApprovalStep *step = item;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (TW_RESOURCE_PATH "/ui/approval/chain-row.ui");
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "row"));
  g_autofree char *level = g_strdup_printf ("%" G_GINT64_FORMAT, step->level);
  g_autofree char *signer = describe_signer (step);
  g_autofree char *signatures = describe_signatures (step);
  g_autofree char *due = describe_due (step);
  const char *state = self->preview ? NULL : step->state;

  set_text (builder, "level", level);
  set_text (builder, "signer", signer);
  set_text (builder, "reason", step->reason);
  set_text (builder, "signatures", signatures);
  set_text (builder, "due", due);
  tw_status_pill_set (TW_STATUS_PILL (gtk_builder_get_object (builder, "state")), state,
                      tw_key_get_label (tw_step_state_keys, state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, signer, -1);
  return g_object_ref_sink (row);
}

/* ---- The panel ----------------------------------------------------------------------------------------------- */

static void
update (TwChainPanel *self)
{
  guint n = self->steps != NULL ? g_list_model_get_n_items (self->steps) : 0;

  gtk_label_set_label (self->title, self->preview ? _("Who will have to sign") : _("Signatures"));
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || (self->preview && self->steps != NULL));
}

static void
bind (TwChainPanel *self)
{
  gtk_list_box_bind_model (self->rows, self->steps, self->steps != NULL ? create_row_cb : NULL, self, NULL);
  update (self);
}

void
tw_chain_panel_set_steps (TwChainPanel *self, GListModel *steps)
{
  if (!g_set_object (&self->steps, steps))
    return;
  bind (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEPS]);
}

static void
tw_chain_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TwChainPanel *self = TW_CHAIN_PANEL (object);

  switch (id)
    {
    case PROP_STEPS:
      tw_chain_panel_set_steps (self, g_value_get_object (value));
      break;
    case PROP_PREVIEW:
      self->preview = g_value_get_boolean (value);
      bind (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_chain_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwChainPanel *self = TW_CHAIN_PANEL (object);

  switch (id)
    {
    case PROP_STEPS:
      g_value_set_object (value, self->steps);
      break;
    case PROP_PREVIEW:
      g_value_set_boolean (value, self->preview);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_chain_panel_dispose (GObject *object)
{
  TwChainPanel *self = TW_CHAIN_PANEL (object);

  if (self->steps != NULL)
    gtk_list_box_bind_model (self->rows, NULL, NULL, NULL, NULL);
  g_clear_object (&self->steps);
  G_OBJECT_CLASS (tw_chain_panel_parent_class)->dispose (object);
}

static void
tw_chain_panel_class_init (TwChainPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = tw_chain_panel_dispose;
  object_class->set_property = tw_chain_panel_set_property;
  object_class->get_property = tw_chain_panel_get_property;
  properties[PROP_STEPS] = g_param_spec_object ("steps", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_PREVIEW] = g_param_spec_boolean ("preview", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (TW_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/approval/chain-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, TwChainPanel, title);
  gtk_widget_class_bind_template_child (widget_class, TwChainPanel, nobody);
  gtk_widget_class_bind_template_child (widget_class, TwChainPanel, rows);
}

static void
tw_chain_panel_init (TwChainPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
