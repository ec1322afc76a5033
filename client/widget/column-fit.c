/* column-fit.c: shows as many columns as the width holds, and fills it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/column-fit.h"

#include "client/widget/cell.h"
#include "client/widget/far-rows.h"

/* Room that a column of text which takes the rest should have at least, and that a column without a width is thought
 * to need. */
#define EXPANDED_WIDTH 130
/* What such a column is narrowed to before something would be cut off at the right edge, and what is left of the
 * others: words can end in an ellipsis, figures cannot, but their columns have room for more than they mostly hold. */
#define LEAST_EXPANDED_WIDTH 80
#define LEAST_OF_WORDS 0.6
#define LEAST_OF_FIGURES 0.92
#define SHORT_WORD_WIDTH 48
#define CODE_WIDTH 84
#define DATE_WIDTH 92
#define TIME_WIDTH 132
/* Beside a column's title: the padding of the header; beside the word of a status, that of pill and cell (style.css,
 * where both are written in letters of this size). */
#define TITLE_PADDING 18
#define PILL_PADDING 38
#define SMALL_LETTERS 0.85
/* Below this width cells have the padding of the class "narrow" (style.css), which is so much less a column. */
#define NARROW_WIDTH 420
#define NARROW_GAIN 6

typedef struct
{
  TwListColumn *column;
  GtkColumnViewColumn *shown;
  int width;
  int least;
  int set; /* fixed width as this last set it; another one is the person's */
  gboolean number;
  gboolean present;
} Entry;

struct _TwColumnFit
{
  GObject parent_instance;

  GtkColumnView *view; /* borrowed: it owns this */
  GtkAdjustment *across;
  GArray *entries; /* Entry */
  int width;       /* of the viewport, 0 before the first allocation */
  guint source;
};

G_DEFINE_FINAL_TYPE (TwColumnFit, tw_column_fit, G_TYPE_OBJECT)

#define ENTRY(self, i) (&g_array_index ((self)->entries, Entry, (i)))

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->column);
  g_clear_object (&entry->shown);
}

/* What columns take that this does not know of: the one with the buttons that remove lines. */
static int
width_of_others (TwColumnFit *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  int width = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      gboolean own = FALSE;

      for (guint e = 0; e < self->entries->len; e++)
        own = own || ENTRY (self, e)->shown == column;
      if (!own)
        width += MAX (0, gtk_column_view_column_get_fixed_width (column));
    }
  return width;
}

static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *label = find_label (child);

      if (label != NULL)
        return label;
    }
  return NULL;
}

/* The header of a column of numbers stands over their last figure, and the title of the one that takes the rest does
 * not make it wider than the rest is. GtkColumnView has no properties for it. */
static void
align_titles (TwColumnFit *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < self->entries->len && title != NULL; i++)
    {
      GtkWidget *label;

      if (!ENTRY (self, i)->present)
        continue;
      label = find_label (title);
      if (label != NULL && tw_list_column_get_expand (ENTRY (self, i)->column))
        gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      if (label != NULL && ENTRY (self, i)->number)
        {
          gtk_widget_set_hexpand (label, TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 1);
        }
      title = gtk_widget_get_next_sibling (title);
    }
}

static void
set_present (TwColumnFit *self, guint index, gboolean present)
{
  Entry *entry = ENTRY (self, index);
  guint position = 0;

  if (entry->present == present)
    return;
  entry->present = present;
  if (!present)
    {
      gtk_column_view_remove_column (self->view, entry->shown);
      return;
    }
  for (guint i = 0; i < index; i++)
    position += ENTRY (self, i)->present ? 1 : 0;
  gtk_column_view_insert_column (self->view, position, entry->shown);
}

static int
get_gain (TwColumnFit *self)
{
  return self->width < NARROW_WIDTH ? NARROW_GAIN : 0;
}

static int
sum_widths (TwColumnFit *self, gboolean least)
{
  int sum = 0;

  for (guint i = 0; i < self->entries->len; i++)
    if (ENTRY (self, i)->present)
      sum += (least ? ENTRY (self, i)->least : ENTRY (self, i)->width) - get_gain (self);
  return sum;
}

/* What does not fit is narrowed, each column as far as it can bear. */
static void
narrow (TwColumnFit *self, int room)
{
  int wanted = sum_widths (self, FALSE);
  int least = sum_widths (self, TRUE);
  double share = wanted > least ? CLAMP ((double) (room - least) / (wanted - least), 0, 1) : 1;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = ENTRY (self, i);
      int width = entry->least + (int) (share * (entry->width - entry->least)) - get_gain (self);

      if (entry->set <= 0 || gtk_column_view_column_get_fixed_width (entry->shown) != entry->set)
        continue;
      entry->set = width;
      gtk_column_view_column_set_fixed_width (entry->shown, width);
    }
}

/* Where no column is said to take the rest, the last one of words does, else the last. */
static void
fill (TwColumnFit *self)
{
  Entry *taker = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = ENTRY (self, i);

      if (!entry->present)
        continue;
      if (tw_list_column_get_expand (entry->column))
        return;
      if (taker == NULL || taker->number || !entry->number)
        taker = entry;
    }
  for (guint i = 0; i < self->entries->len; i++)
    gtk_column_view_column_set_expand (ENTRY (self, i)->shown, ENTRY (self, i) == taker);
}

/* What a column should have for all to be shown together: figures most of their width, words half of what they can
 * spare. With less, the columns for wide windows go. */
static int
comfortable_width (TwColumnFit *self, const Entry *entry)
{
  int width = entry->number ? entry->least : (entry->width + entry->least) / 2;

  return (tw_list_column_get_expand (entry->column) ? entry->width : width) - get_gain (self);
}

static void
update_padding (TwColumnFit *self)
{
  if (get_gain (self) > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "narrow");
}

/* Not while the view is being allocated, which is when its width becomes known. */
static gboolean
fit_cb (gpointer user_data)
{
  TwColumnFit *self = user_data;
  int others = width_of_others (self);
  int needed = others;

  self->source = 0;
  update_padding (self);
  for (guint i = 0; i < self->entries->len; i++)
    needed += comfortable_width (self, ENTRY (self, i));
  for (guint i = self->entries->len; i-- > 0;)
    if (tw_list_column_get_wide_only (ENTRY (self, i)->column) && needed > self->width)
      {
        needed -= comfortable_width (self, ENTRY (self, i));
        set_present (self, i, FALSE);
      }
    else
      {
        set_present (self, i, TRUE);
      }
  narrow (self, self->width - others);
  fill (self);
  align_titles (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (TwColumnFit *self)
{
  if (self->source == 0 && self->width > 0)
    self->source = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, fit_cb, self, NULL);
}

static void
width_changed_cb (TwColumnFit *self)
{
  int width = (int) gtk_adjustment_get_page_size (self->across);

  if (width == self->width)
    return;
  self->width = width;
  schedule (self);
}

static void
tw_column_fit_dispose (GObject *object)
{
  TwColumnFit *self = TW_COLUMN_FIT (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->across);
  g_array_set_size (self->entries, 0);
  G_OBJECT_CLASS (tw_column_fit_parent_class)->dispose (object);
}

static void
tw_column_fit_finalize (GObject *object)
{
  g_array_unref (TW_COLUMN_FIT (object)->entries);
  G_OBJECT_CLASS (tw_column_fit_parent_class)->finalize (object);
}

static void
tw_column_fit_class_init (TwColumnFitClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tw_column_fit_dispose;
  G_OBJECT_CLASS (klass)->finalize = tw_column_fit_finalize;
}

static void
tw_column_fit_init (TwColumnFit *self)
{
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
}

TwColumnFit *
tw_column_fit_new (GtkColumnView *view, GtkScrolledWindow *scroller)
{
  TwColumnFit *self = g_object_new (TW_TYPE_COLUMN_FIT, NULL);

  self->view = view;
  self->across = g_object_ref (gtk_scrolled_window_get_hadjustment (scroller));
  g_signal_connect_object (self->across, "notify::page-size", G_CALLBACK (width_changed_cb), self, G_CONNECT_SWAPPED);
  /* Another column that comes or goes changes the room that is left. */
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed", G_CALLBACK (schedule), self,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (view), "tw-column-fit", self, g_object_unref);
  tw_far_rows_hide (view);
  return self;
}

static int
measure (TwColumnFit *self, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->view), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL_LETTERS));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* A status is read whole in every language. */
static int
measure_pill (TwColumnFit *self, const TwField *field)
{
  int widest = 0;

  for (const TwKey *key = field->keys; key->key != NULL; key++)
    widest = MAX (widest, measure (self, _(key->label)));
  return widest + PILL_PADDING;
}

static int
least_width (const Entry *entry, const TwField *field, int title_width)
{
  if (tw_list_column_get_expand (entry->column))
    return MIN (entry->width, MAX (LEAST_EXPANDED_WIDTH, title_width));
  /* Statuses, and what a record is called, are read whole. */
  if ((field != NULL && tw_field_is_status (field)) || (tw_list_column_get_strong (entry->column) && !entry->number))
    return entry->width;
  if (tw_list_column_get_route (entry->column) != NULL)
    return MIN (entry->width, CODE_WIDTH);
  if (field != NULL && (field->kind == TW_KIND_DATE || field->kind == TW_KIND_TIME))
    return MIN (entry->width, field->kind == TW_KIND_DATE ? DATE_WIDTH : TIME_WIDTH);
  if (entry->number)
    return MAX ((int) (entry->width * LEAST_OF_FIGURES), title_width);
  return MAX ((int) (entry->width * LEAST_OF_WORDS), MIN (entry->width, SHORT_WORD_WIDTH));
}

GtkColumnViewColumn *
tw_column_fit_add (TwColumnFit *self, TwListColumn *column, GType type, GtkListItemFactory *factory, GtkSorter *sorter)
{
  g_autofree char *title = tw_list_column_get_title (column, type);
  const TwField *field = tw_list_column_find (column, type);
  int width = tw_list_column_get_width (column, type);
  int title_width = measure (self, title) + TITLE_PADDING;
  Entry entry = { .column = g_object_ref (column), .present = TRUE };

  entry.shown = gtk_column_view_column_new (title, factory);
  if (width > 0)
    width = MAX (width, title_width);
  if (field != NULL && tw_field_is_status (field))
    width = MAX (width, measure_pill (self, field));
  entry.width = width > 0 ? width : EXPANDED_WIDTH;
  entry.number = field != NULL && tw_field_is_number (field);
  entry.least = least_width (&entry, field, title_width);
  entry.set = width;
  gtk_column_view_column_set_fixed_width (entry.shown, width);
  gtk_column_view_column_set_expand (entry.shown, tw_list_column_get_expand (column));
  gtk_column_view_column_set_resizable (entry.shown, TRUE);
  gtk_column_view_column_set_sorter (entry.shown, sorter);
  gtk_column_view_append_column (self->view, entry.shown);
  g_array_append_val (self->entries, entry);
  schedule (self);
  return entry.shown;
}
