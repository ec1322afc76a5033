/* list-page-question.c: what a list page asks for: sorting, searching, filtering
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/list-page-private.h"

#include "client/widget/cell.h"
#include "shared/base/text.h"

#define PRIV(self) (tw_list_page_private (self))

/* ---- Fields --------------------------------------------------------------------------------------------------- */

static void
add_field (GPtrArray *fields, GType type, const char *name)
{
  if (tw_record_type_find (type, name) != NULL && !g_ptr_array_find_with_equal_func (fields, name, g_str_equal, NULL))
    g_ptr_array_add (fields, (gpointer) name);
}

/* A field by name is refused to whom it is hidden from; among all of them it is left out. */
static gboolean
shows_secrets (TwListPagePrivate *priv)
{
  for (guint i = 0; i < priv->columns->len; i++)
    {
      const TwField *field = tw_list_column_find (g_ptr_array_index (priv->columns, i), priv->record_type);

      if (field != NULL && field->secret != TW_SECRET_NONE)
        return TRUE;
    }
  return FALSE;
}

void
tw_list_page_choose_fields (TwListPagePrivate *priv)
{
  g_auto (GStrv) more = g_strsplit (priv->more_fields != NULL ? priv->more_fields : "", ",", -1);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autofree char *text = NULL;

  if (g_strcmp0 (priv->more_fields, "*") == 0 || shows_secrets (priv))
    return;
  add_field (fields, priv->record_type, "id");
  add_field (fields, priv->record_type, "version");
  for (guint i = 0; i < priv->columns->len; i++)
    add_field (fields, priv->record_type, tw_list_column_get_field (g_ptr_array_index (priv->columns, i)));
  if (priv->document_field != NULL)
    add_field (fields, priv->record_type, priv->document_field);
  for (guint i = 0; more[i] != NULL; i++)
    add_field (fields, priv->record_type, more[i]);
  g_ptr_array_add (fields, NULL);
  text = g_strjoinv (",", (char **) fields->pdata);
  tw_record_list_set_fields (priv->model, text);
}

/* ---- Sorting ------------------------------------------------------------------------------------------------- */

/* GtkColumnView 4.8 does not tell which header sorts; but its sorter asks that column's sorter first. So two rows that
 * only these sorters know are compared, and the first one asked is it. */
static int
sorter_cb (gconstpointer first, gconstpointer second, gpointer user_data)
{
  TwListColumn *column = user_data;
  TwListPagePrivate *priv = g_object_get_data (G_OBJECT (column), "list-page");

  if (priv == NULL || (first != priv->first_sentinel && first != priv->second_sentinel))
    return GTK_ORDERING_EQUAL;
  if (priv->asked == NULL)
    priv->asked = column;
  return first == priv->first_sentinel ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
}

void
tw_list_page_sort_changed_cb (GtkSorter *sorter, GtkSorterChange change, gpointer user_data)
{
  TwListPagePrivate *priv = PRIV (user_data);
  g_autofree char *sort = NULL;
  GtkOrdering order;

  priv->asked = NULL;
  order = gtk_sorter_compare (sorter, priv->first_sentinel, priv->second_sentinel);
  if (priv->asked != NULL)
    sort = g_strconcat (order == GTK_ORDERING_LARGER ? "-" : "", tw_list_column_get_sort (priv->asked), NULL);
  tw_record_list_set_sort (priv->model, sort != NULL ? sort : priv->sort);
}

/* ---- Searching and filtering --------------------------------------------------------------------------------- */

void
tw_list_page_search_changed_cb (TwListPage *self)
{
  tw_record_list_set_search (PRIV (self)->model, gtk_editable_get_text (GTK_EDITABLE (PRIV (self)->search)));
}

static const TwField *
find_filter_field (TwListPagePrivate *priv)
{
  return priv->filter_field != NULL ? tw_record_type_find (priv->record_type, priv->filter_field) : NULL;
}

/* Of the chips of filter @name, the one of @value is down; NULL: none. */
static void
show_chip (TwListPagePrivate *priv, const char *name, const char *value)
{
  priv->following = TRUE;
  for (guint i = 0; i < priv->chips->len; i++)
    {
      TwFilterChip *chip = g_ptr_array_index (priv->chips, i);
      g_autofree char *own = tw_filter_chip_get_value (chip);

      if (g_strcmp0 (tw_filter_chip_get_filter (chip), name) == 0)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), value != NULL && g_strcmp0 (own, value) == 0);
    }
  priv->following = FALSE;
}

void
tw_list_page_filter_changed_cb (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);
  const TwField *field = find_filter_field (priv);
  guint selected = gtk_drop_down_get_selected (priv->filter);
  const char *key;

  if (field == NULL || priv->model == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  key = selected == 0 ? NULL : field->keys[selected - 1].key;
  tw_record_list_set_filter (priv->model, field->name, key);
  show_chip (priv, field->name, key);
}

static guint
find_key (const TwField *field, const char *value)
{
  for (guint i = 0; value != NULL && field->keys[i].key != NULL; i++)
    if (g_str_equal (field->keys[i].key, value))
      return i + 1;
  return 0;
}

static void
set_chip_filter (TwListPagePrivate *priv, const char *name, const char *value)
{
  const TwField *field = find_filter_field (priv);

  if (field != NULL && g_strcmp0 (name, field->name) == 0)
    gtk_drop_down_set_selected (priv->filter, find_key (field, value));
  else
    tw_record_list_set_filter (priv->model, name, value);
}

static void
chip_toggled_cb (TwListPage *self, TwFilterChip *chip)
{
  TwListPagePrivate *priv = PRIV (self);
  const char *name = tw_filter_chip_get_filter (chip);
  gboolean down = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip));
  g_autofree char *value = down ? tw_filter_chip_get_value (chip) : NULL;

  if (priv->following)
    return;
  show_chip (priv, name, value);
  set_chip_filter (priv, name, value);
}

void
tw_list_page_clear_search_cb (TwListPage *self)
{
  TwListPagePrivate *priv = PRIV (self);

  gtk_editable_set_text (GTK_EDITABLE (priv->search), "");
  gtk_drop_down_set_selected (priv->filter, 0);
  for (guint i = 0; i < priv->chips->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (priv->chips, i), FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (priv->search));
}

/* Enter or arrow down leads from the search to what it found. */
void
tw_list_page_search_activated_cb (TwListPage *self)
{
  tw_list_page_focus_rows (self);
}

void
tw_list_page_add_column (TwListPage *self, TwColumnFit *fit, TwListColumn *column)
{
  TwListPagePrivate *priv = PRIV (self);
  g_autoptr (GtkSorter) sorter = NULL;

  if (tw_list_column_get_sortable (column))
    {
      sorter = GTK_SORTER (gtk_custom_sorter_new (sorter_cb, column, NULL));
      g_object_set_data (G_OBJECT (column), "list-page", priv);
    }
  tw_column_fit_add (fit, column, priv->record_type, tw_cell_factory_new (column, priv->record_type), sorter);
}

void
tw_list_page_build_filter (TwListPagePrivate *priv)
{
  const TwField *field = find_filter_field (priv);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_widget_set_visible (GTK_WIDGET (priv->filter), field != NULL);
  if (field == NULL)
    return;
  /* Translators: the choice that filters nothing away */
  gtk_string_list_append (labels, C_ ("filter", "All"));
  for (const TwKey *key = field->keys; key->key != NULL; key++)
    gtk_string_list_append (labels, _(key->label));
  gtk_drop_down_set_model (priv->filter, G_LIST_MODEL (labels));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->filter), GTK_ACCESSIBLE_PROPERTY_LABEL, _(field->label), -1);
}

void
tw_list_page_add_chip (TwListPage *self, TwFilterChip *chip)
{
  TwListPagePrivate *priv = PRIV (self);

  g_ptr_array_add (priv->chips, chip);
  gtk_box_append (priv->chip_box, GTK_WIDGET (chip));
  gtk_widget_set_visible (priv->chip_scroller, TRUE);
  g_signal_connect_object (chip, "toggled", G_CALLBACK (chip_toggled_cb), self, G_CONNECT_SWAPPED);
}
