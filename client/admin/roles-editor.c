/* roles-editor.c: what a user is allowed to be, as boxes to tick
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/roles-editor.h"

#include "client/application.h"
#include "client/widget/editor.h"
#include "shared/base/text.h"
#include "shared/document/user.h"
#include "shared/policy/role.h"

struct _TwRolesEditor
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkFlowBox *flow;
  GtkLabel *fault;

  GPtrArray *boxes; /* borrowed, in the order of tw_role_keys */
  TwUser *user;     /* nullable */
  gboolean quiet;   /* the program ticks */
};

static void editor_iface_init (TwEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwRolesEditor, tw_roles_editor, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (TW_TYPE_EDITOR, editor_iface_init))

static TwRoles
read_boxes (TwRolesEditor *self)
{
  TwRoles roles = 0;

  for (guint i = 0; i < self->boxes->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->boxes, i)))
      roles |= tw_role_from_key (tw_role_keys[i].key);
  return roles;
}

static void
toggled_cb (TwRolesEditor *self)
{
  if (self->quiet || self->user == NULL)
    return;
  g_strfreev (self->user->roles);
  self->user->roles = tw_roles_to_keys (read_boxes (self));
  tw_record_mark_present (TW_RECORD (self->user), tw_record_find (TW_RECORD (self->user), "roles"));
  tw_record_changed (TW_RECORD (self->user), "roles");
  tw_editor_show_fault (TW_EDITOR (self), "", NULL);
  tw_editor_emit_edited (TW_EDITOR (self), "roles");
}

static void
show_roles (TwRolesEditor *self)
{
  TwRoles roles = self->user != NULL ? tw_roles_from_keys ((const char *const *) self->user->roles) : 0;

  self->quiet = TRUE;
  for (guint i = 0; i < self->boxes->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->boxes, i),
                                 (roles & tw_role_from_key (tw_role_keys[i].key)) != 0);
  self->quiet = FALSE;
}

/* ---- As an editor -------------------------------------------------------------------------------------------- */

static const char *
tw_roles_editor_get_field (TwEditor *editor)
{
  return "roles";
}

static void
tw_roles_editor_set_record (TwEditor *editor, TwRecord *record)
{
  TwRolesEditor *self = TW_ROLES_EDITOR (editor);

  g_set_object (&self->user, (TwUser *) record);
  show_roles (self);
}

static void
tw_roles_editor_set_editable (TwEditor *editor, gboolean editable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (TW_ROLES_EDITOR (editor)->flow), editable);
}

static void
tw_roles_editor_show_fault (TwEditor *editor, const char *rest, const char *detail)
{
  TwRolesEditor *self = TW_ROLES_EDITOR (editor);

  gtk_label_set_label (self->fault, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), detail != NULL);
}

static void
editor_iface_init (TwEditorInterface *iface)
{
  iface->get_field = tw_roles_editor_get_field;
  iface->set_record = tw_roles_editor_set_record;
  iface->set_editable = tw_roles_editor_set_editable;
  iface->show_fault = tw_roles_editor_show_fault;
}

/* ---- Life ---------------------------------------------------------------------------------------------------- */

static void
add_box (TwRolesEditor *self, const TwKey *role)
{
  GtkWidget *box = gtk_check_button_new_with_label (_(role->label));
  GtkWidget *child = gtk_flow_box_child_new ();

  /* The box itself takes the cursor, not the cell around it. */
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_flow_box_append (self->flow, child);
  g_ptr_array_add (self->boxes, box);
  g_signal_connect_object (box, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

static void
tw_roles_editor_dispose (GObject *object)
{
  TwRolesEditor *self = TW_ROLES_EDITOR (object);

  g_clear_object (&self->user);
  g_ptr_array_set_size (self->boxes, 0);
  G_OBJECT_CLASS (tw_roles_editor_parent_class)->dispose (object);
}

static void
tw_roles_editor_finalize (GObject *object)
{
  g_ptr_array_unref (TW_ROLES_EDITOR (object)->boxes);
  G_OBJECT_CLASS (tw_roles_editor_parent_class)->finalize (object);
}

static void
tw_roles_editor_class_init (TwRolesEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tw_roles_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = tw_roles_editor_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, TW_RESOURCE_PATH "/ui/admin/roles-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, TwRolesEditor, title);
  gtk_widget_class_bind_template_child (widget_class, TwRolesEditor, flow);
  gtk_widget_class_bind_template_child (widget_class, TwRolesEditor, fault);
}

static void
tw_roles_editor_init (TwRolesEditor *self)
{
  self->boxes = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (const TwKey *role = tw_role_keys; role->key != NULL; role++)
    add_box (self, role);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL,
                                  -1);
}

GtkCheckButton *
tw_roles_editor_get_box (TwRolesEditor *self, const char *role)
{
  for (guint i = 0; i < self->boxes->len; i++)
    if (g_str_equal (tw_role_keys[i].key, role))
      return g_ptr_array_index (self->boxes, i);
  return NULL;
}
