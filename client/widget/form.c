/* form.c: fields in as many columns as there is room for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/form.h"

#define COLUMN_WIDTH 190
#define MAX_COLUMNS 4
#define SPACING_X 12
#define SPACING_Y 8

struct _TwForm
{
  GtkWidget parent_instance;

  int column_width;
};

enum
{
  PROP_0,
  PROP_COLUMN_WIDTH,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static GtkBuildableIface *parent_buildable;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TwForm, tw_form, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

static int
count_columns (TwForm *self, int width)
{
  return CLAMP ((width + SPACING_X) / (self->column_width + SPACING_X), 1, MAX_COLUMNS);
}

static int
get_span (GtkWidget *child, int columns)
{
  int span = 1;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (child), "span") != NULL)
    g_object_get (child, "span", &span, NULL);
  return span == 0 || span > columns ? columns : span;
}

/* Lays the children out over @width, and gives them their places when @allocate; returns the height. */
static int
lay_out (TwForm *self, int width, gboolean allocate)
{
  int columns = count_columns (self, width);
  int column_width = (width - SPACING_X * (columns - 1)) / columns;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int y = 0;
  GtkWidget *row_start = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (row_start != NULL)
    {
      GtkWidget *row_end = row_start;
      int used = 0;
      int row_height = 0;

      /* How many fit into this row, and how high it is. */
      for (; row_end != NULL; row_end = gtk_widget_get_next_sibling (row_end))
        {
          int span, height, child_width;

          if (!gtk_widget_should_layout (row_end))
            continue;
          span = get_span (row_end, columns);
          if (used + span > columns)
            break;
          child_width = column_width * span + SPACING_X * (span - 1);
          gtk_widget_measure (row_end, GTK_ORIENTATION_VERTICAL, child_width, NULL, &height, NULL, NULL);
          row_height = MAX (row_height, height);
          used += span;
        }
      used = 0;
      for (GtkWidget *child = row_start; allocate && child != row_end; child = gtk_widget_get_next_sibling (child))
        {
          int span = get_span (child, columns);
          int child_width = column_width * span + SPACING_X * (span - 1);
          int x = used * (column_width + SPACING_X);

          if (!gtk_widget_should_layout (child))
            continue;
          gtk_widget_size_allocate (
            child, &(GtkAllocation) { mirrored ? width - x - child_width : x, y, child_width, row_height }, -1);
          used += span;
        }
      y += row_height + (row_height > 0 ? SPACING_Y : 0);
      row_start = row_end;
    }
  return MAX (0, y - SPACING_Y);
}

static GtkSizeRequestMode
tw_form_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tw_form_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  TwForm *self = TW_FORM (widget);
  int least = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_least;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_least, NULL, NULL, NULL);
      least = MAX (least, child_least);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, 3 * self->column_width + 2 * SPACING_X);
    }
  else
    {
      *minimum = *natural = lay_out (self, MAX (for_size, least), FALSE);
    }
}

static void
tw_form_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (TW_FORM (widget), width, TRUE);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_insert_before (GTK_WIDGET (child), GTK_WIDGET (buildable), NULL);
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
tw_form_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  TW_FORM (object)->column_width = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
tw_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, TW_FORM (object)->column_width);
}

static void
tw_form_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tw_form_parent_class)->dispose (object);
}

static void
tw_form_class_init (TwFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tw_form_dispose;
  object_class->set_property = tw_form_set_property;
  object_class->get_property = tw_form_get_property;
  widget_class->get_request_mode = tw_form_get_request_mode;
  widget_class->measure = tw_form_measure;
  widget_class->size_allocate = tw_form_size_allocate;
  properties[PROP_COLUMN_WIDTH]
    = g_param_spec_int ("column-width", NULL, NULL, 80, 2000, COLUMN_WIDTH, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_css_name (widget_class, "form");
}

static void
tw_form_init (TwForm *self)
{
  self->column_width = COLUMN_WIDTH;
}
