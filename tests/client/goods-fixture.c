/* goods-fixture.c: a company with goods and shipments, and a client's session to it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/client/goods-fixture.h"

#include "client/application.h"
#include "client/widget/form-row.h"
#include "client/widget/value-entry.h"

#define SECONDS 20

/* ---- The company --------------------------------------------------------------------------------------------- */

static void
add_goods (TwTestServer *server)
{
  tw_test_company_make (server);
  tw_test_server_add_user (server, "dispatcher", "dispatcher");
  tw_test_server_add_user (server, "driver", "driver");
  tw_test_server_script (server, "UPDATE product SET barcode = CONCAT('690000000000', id), weight = 0.5;"
                                 "UPDATE customer SET credit_limit = 1000000000;"
                                 "INSERT INTO carrier (code, name, created_at, updated_at)"
                                 " VALUES ('SPEEDY', 'Speedy Express', NOW(6), NOW(6));");
}

TwGoodsFixture *
tw_goods_fixture_new (void)
{
  TwGoodsFixture *self = g_new0 (TwGoodsFixture, 1);

  tw_application_prepare ("en");
  self->server = tw_test_server_new (NULL);
  add_goods (self->server);
  self->session = tw_session_new (tw_test_server_get_url (self->server));
  tw_session_set_default (self->session);
  return self;
}

void
tw_goods_fixture_free (TwGoodsFixture *self)
{
  tw_session_sign_out (self->session);
  tw_goods_settle ();
  tw_session_set_default (NULL);
  g_object_unref (self->session);
  tw_test_server_free (self->server);
  g_free (self);
}

typedef struct
{
  gboolean done;
  GError *error;
} SignIn;

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SignIn *sign_in = user_data;

  tw_session_sign_in_finish (TW_SESSION (source), result, &sign_in->error);
  sign_in->done = TRUE;
}

void
tw_goods_fixture_become (TwGoodsFixture *self, const char *user)
{
  SignIn sign_in = { 0 };

  if (g_strcmp0 (tw_session_get_user (self->session), user) == 0)
    return;
  if (tw_session_is_signed_in (self->session))
    tw_session_sign_out (self->session);
  tw_goods_settle ();
  tw_session_sign_in_async (self->session, user, TW_TEST_PASSWORD, NULL, signed_in_cb, &sign_in);
  tw_test_wait_for (sign_in.done, SECONDS);
  g_assert_no_error (sign_in.error);
}

/* ---- Shipments ----------------------------------------------------------------------------------------------- */

static const struct
{
  const char *state, *user, *action, *body;
} steps[] = {
  { "picking", "warehouse", "start_picking", "{}" },
  { "picked", "warehouse", "pick", "{}" },
  { "packed", "warehouse", "pack", "{}" },
  { "ready", "warehouse", "ready", "{}" },
  { "dispatched", "dispatcher", "dispatch", "{\"carrier\":\"SPEEDY\"}" },
  { "in_transit", "dispatcher", "depart", "{}" },
};

static void
bring_to (TwGoodsFixture *self, gint64 id, const char *state)
{
  for (guint i = 0; !g_str_equal (state, "released") && i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *path
        = g_strdup_printf ("/shipments/%" G_GINT64_FORMAT "/actions/%s", id, steps[i].action);
      g_autoptr (TwTestReply) reply = tw_test_as (self->server, steps[i].user, "POST", path, steps[i].body);

      tw_test_assert_status (reply, 200);
      if (g_str_equal (steps[i].state, state))
        return;
    }
}

gint64
tw_goods_fixture_add_shipment (TwGoodsFixture *self, const char *state)
{
  static guint n_orders; /* each with a reference of its own, else it would be taken for a duplicate */
  g_autofree char *body
    = g_strdup_printf ("{\"customer\":\"ALFKI\",\"po_reference\":\"G-%u\",\"lines\":[{\"product\":\"NW-1\","
                       "\"quantity\":\"5\"},{\"product\":\"NW-2\",\"quantity\":\"2\"}]}",
                       ++n_orders);
  gint64 order = tw_test_enter (self->server, "sales", body);
  g_autofree char *path = g_strdup_printf ("/shipments?order_id=%" G_GINT64_FORMAT, order);
  g_autoptr (TwTestReply) reply = NULL;
  JsonArray *items;
  gint64 id;

  tw_test_expect (self->server, "sales", order, "submit", "{}", 200, "released");
  reply = tw_test_as (self->server, "warehouse", "GET", path, NULL);
  tw_test_assert_status (reply, 200);
  items = json_object_get_array_member (tw_test_reply_object (reply), "items");
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  id = json_object_get_int_member (json_array_get_object_element (items, 0), "id");
  bring_to (self, id, state);
  return id;
}

char *
tw_goods_fixture_read (TwGoodsFixture *self, const char *path, const char *member)
{
  const char *user = g_str_has_prefix (path, "/trips") ? "dispatcher" : "warehouse";
  g_autoptr (TwTestReply) reply = tw_test_as (self->server, user, "GET", path, NULL);

  tw_test_assert_status (reply, 200);
  return tw_test_reply_get (reply, member);
}

/* ---- Desks --------------------------------------------------------------------------------------------------- */

void
tw_goods_settle (void)
{
  TwApi *api = tw_session_get_api (tw_session_get_default ());

  /* What came may ask again; one turn without anything on its way is rest. */
  do
    {
      tw_test_wait_for (tw_api_count_pending (api) == 0, SECONDS);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  while (tw_api_count_pending (api) > 0);
}

TwDesk *
tw_goods_desk_show (GType list, GType detail)
{
  GtkWidget *desk = tw_desk_new (list, detail);
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 760);
  adw_window_set_content (ADW_WINDOW (window), desk);
  gtk_window_present (GTK_WINDOW (window));
  tw_test_wait_for (gtk_widget_get_mapped (desk), SECONDS);
  tw_goods_settle ();
  return TW_DESK (desk);
}

void
tw_goods_desk_close (TwDesk *desk)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (desk))));
  tw_goods_settle ();
}

void
tw_goods_desk_open (TwDesk *desk, gint64 id)
{
  TwDetailPage *page = tw_desk_get_detail (desk);

  tw_desk_open (desk, id);
  tw_test_wait_for (tw_detail_page_get_record (page) != NULL && tw_detail_page_get_record (page)->id == id, SECONDS);
  tw_goods_settle ();
}

void
tw_goods_desk_act (TwDesk *desk, const char *action)
{
  TwActionBar *bar = tw_goods_find (GTK_WIDGET (tw_desk_get_detail (desk)), TW_TYPE_ACTION_BAR, NULL);

  g_assert_true (tw_action_bar_activate (bar, action));
}

/* ---- Widgets ------------------------------------------------------------------------------------------------- */

static gboolean
has_field (GtkWidget *widget, const char *field)
{
  return field == NULL || (TW_IS_EDITOR (widget) && g_strcmp0 (tw_editor_get_field (TW_EDITOR (widget)), field) == 0);
}

static GtkWidget *
search (GtkWidget *root, GType type, const char *field)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found
        = g_type_is_a (G_OBJECT_TYPE (child), type) && has_field (child, field) ? child : search (child, type, field);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gpointer
tw_goods_find (GtkWidget *root, GType type, const char *field)
{
  GtkWidget *found = search (root, type, field);

  if (found == NULL)
    g_error ("no %s for %s below the %s", g_type_name (type), field, G_OBJECT_TYPE_NAME (root));
  return found;
}

static void
choose (GtkDropDown *drop_down, const char *label)
{
  GListModel *labels = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (labels); i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (labels), i), label) == 0)
      {
        gtk_drop_down_set_selected (drop_down, i);
        return;
      }
  g_error ("there is no choice “%s”", label);
}

void
tw_goods_type (GtkWidget *root, const char *field, const char *text)
{
  TwFormRow *row = tw_goods_find (root, TW_TYPE_FORM_ROW, field);
  GtkWidget *entry = tw_form_row_get_entry (row);

  if (GTK_IS_DROP_DOWN (entry))
    {
      choose (GTK_DROP_DOWN (entry), text);
    }
  else if (GTK_IS_TEXT_VIEW (entry))
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), text, -1);
    }
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), text);
      tw_editor_commit (TW_EDITOR (row));
    }
}

static GtkLabel *
find_fault_label (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *below = GTK_IS_LABEL (child) && gtk_widget_has_css_class (child, "error") ? GTK_LABEL (child)
                                                                                          : find_fault_label (child);

      if (below != NULL)
        return below;
    }
  return NULL;
}

char *
tw_goods_get_fault (GtkWidget *root, const char *field)
{
  GtkLabel *label = find_fault_label (tw_goods_find (root, TW_TYPE_FORM_ROW, field));

  return g_strdup (label != NULL && gtk_widget_get_visible (GTK_WIDGET (label)) ? gtk_label_get_label (label) : "");
}

static TwActionDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (TW_IS_ACTION_DIALOG (window))
        return TW_ACTION_DIALOG (window);
    }
  return NULL;
}

gboolean
tw_goods_has_dialog (void)
{
  return find_dialog () != NULL;
}

TwActionDialog *
tw_goods_get_dialog (void)
{
  tw_test_wait_for (tw_goods_has_dialog (), SECONDS);
  return find_dialog ();
}

void
tw_goods_finish_dialog (TwActionDialog *dialog)
{
  tw_action_dialog_carry_out (dialog);
  tw_test_wait_for (!tw_goods_has_dialog (), SECONDS);
  tw_goods_settle ();
}
