/* typing.c: an order of many lines, written into at a steady pace
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/bench/typing.h"

#include "client/widget/desk.h"
#include "client/widget/line-editor-private.h"

/* Longer than the page waits before it asks. */
#define QUIET_USEC (600 * 1000)
#define STEP_USEC (50 * 1000)

typedef struct
{
  TwDetailPage *page;
  TwLineEditor *editor; /* NULL until it is there */
  gint64 id;
  guint lines;
} Draft;

static TwLineEditor *
find_lines (TwDetailPage *page)
{
  g_autoptr (GPtrArray) editors = tw_editor_collect (GTK_WIDGET (page));

  for (guint i = 0; i < editors->len; i++)
    if (TW_IS_LINE_EDITOR (g_ptr_array_index (editors, i)))
      return g_ptr_array_index (editors, i);
  g_error ("the page has no lines");
}

static gboolean
is_open_cb (gpointer data)
{
  Draft *draft = data;
  TwRecord *record = tw_detail_page_get_record (draft->page);
  GListModel *lines;

  if (record == NULL || record->id != draft->id || !tw_detail_page_is_editing (draft->page))
    return FALSE;
  draft->editor = find_lines (draft->page);
  lines = tw_line_editor_get_lines (draft->editor);
  return lines != NULL && g_list_model_get_n_items (lines) == draft->lines
         && bench_frames_has_rows (draft->editor->view);
}

gint64
bench_typing_open (BenchFrames *frames, TwWindow *window, gint64 id, guint lines)
{
  Draft draft = { .id = id, .lines = lines };

  if (!tw_window_open_document (window, "order", id))
    g_error ("the orders cannot be opened");
  draft.page = tw_desk_get_detail (TW_DESK (tw_window_get_page (window)));
  return bench_frames_wait_for (frames, "the draft", is_open_cb, &draft);
}

void
bench_typing_settle (void)
{
  TwApi *api = tw_session_get_api (tw_session_get_default ());

  for (gint64 quiet = 0; quiet < QUIET_USEC; quiet = tw_api_count_pending (api) > 0 ? 0 : quiet + STEP_USEC)
    bench_frames_wait_until (g_get_monotonic_time () + STEP_USEC);
}

/* As the key does: what is selected goes. */
static void
type (TwWindow *window, const char *digit)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (!GTK_IS_TEXT (focus))
    g_error ("nothing can be written into");
  gtk_editable_delete_selection (GTK_EDITABLE (focus));
  g_signal_emit_by_name (focus, "insert-at-cursor", digit);
}

static void
press_down (TwLineEditor *editor)
{
  if (!tw_line_editor_key_pressed_cb (NULL, GDK_KEY_Down, 0, 0, editor))
    g_error ("the arrow leads nowhere");
}

void
bench_typing_run (BenchFrames *frames, TwWindow *window, guint n, gint64 pause, BenchFigures *digits,
                  BenchFigures *arrows)
{
  static const char *const figures[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  TwLineEditor *editor = find_lines (tw_desk_get_detail (TW_DESK (tw_window_get_page (window))));
  gint64 due;

  if (!tw_line_editor_focus_field (editor, 0, "quantity"))
    g_error ("the first quantity cannot be written");
  due = bench_frames_wait (frames) + pause;
  for (guint key = 0; key < 3 * n; key++, due += pause)
    {
      gboolean down = key % 3 == 2;

      bench_frames_wait_until (due);
      if (down)
        press_down (editor);
      else
        type (window, figures[(key + key / 27) % G_N_ELEMENTS (figures)]);
      bench_figures_add (down ? arrows : digits, bench_frames_wait (frames) - due);
    }
}
