/* bench-client.c: how fast the window is: to open, to scroll, to jump in, to write into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-client [--smoke] [--data-dir DIR] [--user NAME]
 *
 * The client's own window in this process, on a server of its own over DIR, which tests/bench/load has filled and which
 * is changed; without it over a small company. Every time ends when the frame that shows the thing has been painted.
 * Prints rows of a table; ends with 1 when a figure misses its target. Needs a display: tests/xvfb-run.sh.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/sign-in-page.h"
#include "client/widget/desk.h"
#include "client/window.h"
#include "tests/bench/frames.h"
#include "tests/bench/measure.h"
#include "tests/bench/typing.h"
#include "tests/bench/wire.h"
#include "tests/fixture/company.h"

#define WIDTH 1280
#define HEIGHT 800
#define TIMES 5
#define SMOKE_TIMES 1
#define STEPS 60
#define SMALL_COMPANY 250 /* orders */
/* As many as an order may have, and how many of them are written into. */
#define LINES 1000
#define WRITTEN 100
#define SMOKE_LINES 40
#define SMOKE_WRITTEN 5
/* Ten keys a second, 120 words a minute. */
#define PAUSE_USEC 100000

#define OPEN_MS 500
#define JUMP_MS 200
#define KEY_MS 33
#define RESIDENT_MIB 200

typedef struct
{
  gboolean smoke;
  char *data_dir;
  char *user;
  gint64 started; /* of this process: it measures its own first frame, and ends */

  TwTestServer *server;
  TwApplication *application;
  TwWindow *window;
  BenchFrames *frames;
  guint times; /* that what can be repeated is */
  guint orders;
  gboolean met;
} Bench;

/* ---- The table ---- */

static void
report (Bench *self, const char *what, BenchFigures *figures, double percentile, double most)
{
  double value;

  bench_figures_sort (figures);
  value = bench_percentile (figures, percentile);
  printf ("| %s | %" G_GUINT64_FORMAT " | %.1f | %.1f | ", what, bench_count (figures), bench_percentile (figures, 0.5),
          bench_percentile (figures, 0.99));
  if (most > 0 && !self->smoke)
    printf ("%s ≤ %g ms: %s ", percentile > 0.5 ? "p99" : "p50", most, value <= most ? "met" : "missed");
  puts ("|");
  fflush (stdout);
  if (most > 0 && !self->smoke)
    self->met = self->met && value <= most;
}

static void
report_memory (Bench *self)
{
  double resident = bench_resident_of (getpid ());

  printf ("| resident memory of the client, MiB | 1 | %.1f | %.1f | ", resident, resident);
  if (!self->smoke)
    printf ("≤ %d MiB: %s ", RESIDENT_MIB, resident <= RESIDENT_MIB ? "met" : "missed");
  puts ("|");
  self->met = self->met && (self->smoke || resident <= RESIDENT_MIB);
}

/* ---- The window ---- */

static TwApplication *
make_application (const char *url)
{
  g_autoptr (GError) error = NULL;
  TwApplication *application = tw_application_new_for_server (url, "en", &error);

  if (application == NULL || !g_application_register (G_APPLICATION (application), NULL, &error))
    g_error ("%s", error->message);
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  return application;
}

static void
open_window (Bench *self)
{
  self->window = tw_window_new (self->application);
  gtk_window_unmaximize (GTK_WINDOW (self->window));
  gtk_window_set_default_size (GTK_WINDOW (self->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (self->window));
  self->frames = bench_frames_new (GTK_WIDGET (self->window));
  bench_frames_wait (self->frames);
}

static void
close_window (Bench *self)
{
  g_clear_pointer (&self->frames, bench_frames_free);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static TwListPage *
get_list (Bench *self)
{
  return tw_desk_get_list (TW_DESK (tw_window_get_page (self->window)));
}

static GtkColumnView *
get_view (Bench *self)
{
  return GTK_COLUMN_VIEW (find_widget (GTK_WIDGET (get_list (self)), GTK_TYPE_COLUMN_VIEW));
}

static GtkAdjustment *
get_thumb (Bench *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_view (self)));
}

static gboolean
is_signed_in_cb (gpointer data)
{
  return tw_session_is_signed_in (tw_session_get_default ());
}

/* ---- The start ---- */

/* In a process of its own: from before it was there to the sign-in window on the screen. */
static int
show_first_frame (Bench *self)
{
  gint64 painted;

  self->application = make_application ("http://127.0.0.1:1");
  self->window = tw_window_new (self->application);
  gtk_window_present (GTK_WINDOW (self->window));
  self->frames = bench_frames_new (GTK_WIDGET (self->window));
  painted = bench_frames_wait (self->frames);
  printf ("%" G_GINT64_FORMAT "\n", painted - self->started);
  close_window (self);
  g_object_unref (self->application);
  return 0;
}

static void
measure_start (Bench *self, const char *program)
{
  BenchFigures figures;

  bench_figures_init (&figures);
  for (guint i = 0; i < self->times; i++)
    {
      g_autofree char *started = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
      g_autofree char *took = NULL;
      g_autoptr (GError) error = NULL;
      char *arguments[] = { (char *) program, (char *) "--started", started, NULL };
      int status;

      if (!g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &took, NULL, &status, &error)
          || !g_spawn_check_wait_status (status, &error))
        g_error ("the client does not start: %s", error->message);
      bench_figures_add (&figures, g_ascii_strtoll (took, NULL, 10));
    }
  report (self, "start to the sign-in window", &figures, 0.5, 0);
  bench_figures_clear (&figures);
}

/* ---- The company ---- */

/* An order of so many lines, of what there is. */
static gint64
create_order (Bench *self, guint lines)
{
  g_autofree char *token = tw_test_server_sign_in (self->server, self->user);
  g_autoptr (TwTestReply) products
      = tw_test_get (self->server, token, "/products?status=active&limit=60&fields=sku");
  g_autoptr (GString) body = g_string_new ("{\"customer\":\"ALFKI\",\"lines\":[");
  g_autoptr (TwTestReply) order = NULL;
  JsonArray *items;

  tw_test_assert_status (products, 200);
  items = json_object_get_array_member (tw_test_reply_object (products), "items");
  for (guint i = 0; i < lines; i++)
    {
      JsonObject *product = json_array_get_object_element (items, i % json_array_get_length (items));

      g_string_append_printf (body, "%s{\"product\":\"%s\",\"quantity\":\"1\"}", i > 0 ? "," : "",
                              json_object_get_string_member (product, "sku"));
    }
  g_string_append (body, "]}");
  order = tw_test_post (self->server, token, "/orders", body->str);
  tw_test_assert_status (order, 201);
  return json_object_get_int_member (tw_test_reply_object (order), "id");
}

static void
open_company (Bench *self)
{
  if (self->data_dir != NULL)
    {
      self->server = tw_test_server_new_with (&(TwTestServerSetup) { .data_dir = self->data_dir });
      return;
    }
  self->server = tw_company_new_live ();
  for (guint i = 0; i < SMALL_COMPANY; i++)
    create_order (self, 1);
}

static void
sign_in (Bench *self)
{
  GtkWidget *page = find_widget (GTK_WIDGET (self->window), TW_TYPE_SIGN_IN_PAGE);

  tw_sign_in_page_prepare (TW_SIGN_IN_PAGE (page), tw_test_server_get_url (self->server), NULL, NULL);
  tw_sign_in_page_try (TW_SIGN_IN_PAGE (page), self->user, TW_TEST_PASSWORD);
  bench_frames_wait_for (self->frames, "the main window", is_signed_in_cb, NULL);
}

/* ---- The list ---- */

static gint64
open_orders (Bench *self)
{
  tw_window_show_area (self->window, "orders");
  return bench_frames_wait_for (self->frames, "the orders", bench_frames_has_rows, get_view (self));
}

/* A window each time, for it keeps its areas. The last one stays. */
static void
measure_opening (Bench *self)
{
  BenchFigures figures;

  bench_figures_init (&figures);
  for (guint i = 0; i < self->times; i++)
    {
      gint64 begin;

      if (i > 0)
        {
          tw_window_show_area (self->window, "customers"); /* the next window begins where one was */
          close_window (self);
          open_window (self);
        }
      bench_frames_wait_for (self->frames, "the customers", bench_frames_has_rows,
                             (tw_window_show_area (self->window, "customers"), get_view (self)));
      begin = g_get_monotonic_time ();
      bench_figures_add (&figures, open_orders (self) - begin);
    }
  self->orders = tw_record_list_get_total (tw_list_page_get_model (get_list (self)));
  report (self, "open the list of orders", &figures, 0.5, OPEN_MS);
  bench_figures_clear (&figures);
}

static void
measure_scrolling (Bench *self)
{
  GtkAdjustment *thumb = get_thumb (self);
  BenchFigures figures = { 0 };

  /* What GTK takes for a step of the wheel. */
  figures.latencies
      = bench_frames_scroll (self->frames, thumb, pow (gtk_adjustment_get_page_size (thumb), 2.0 / 3.0), STEPS);
  report (self, "scroll by a step: from frame to frame", &figures, 0.5, 0);
  bench_figures_clear (&figures);
}

static void
jump (Bench *self, double part, BenchFigures *figures)
{
  GtkAdjustment *thumb = get_thumb (self);
  double end = gtk_adjustment_get_upper (thumb) - gtk_adjustment_get_page_size (thumb);
  gint64 begin = g_get_monotonic_time ();

  gtk_adjustment_set_value (thumb, end * part);
  bench_figures_add (figures, bench_frames_wait_for (self->frames, "the rows there", bench_frames_has_rows,
                                                     get_view (self))
                                  - begin);
}

/* Each time the list has forgotten what it knew. */
static void
measure_jumps (Bench *self)
{
  BenchFigures middle, end;

  bench_figures_init (&middle);
  bench_figures_init (&end);
  for (guint i = 0; i < self->times; i++)
    {
      tw_record_list_retry (tw_list_page_get_model (get_list (self)));
      bench_frames_wait_for (self->frames, "the first rows", bench_frames_has_rows, get_view (self));
      jump (self, 0.5, &middle);
      jump (self, 1, &end);
    }
  report (self, "jump to the middle", &middle, 0.5, JUMP_MS);
  report (self, "jump to the end", &end, 0.5, JUMP_MS);
  bench_figures_clear (&middle);
  bench_figures_clear (&end);
}

/* ---- The order ---- */

static void
measure_typing (Bench *self)
{
  guint lines = self->smoke ? SMOKE_LINES : LINES;
  gint64 id = create_order (self, lines);
  gint64 begin = g_get_monotonic_time ();
  BenchFigures opened, digits, arrows, standstill;

  bench_figures_init (&opened);
  bench_figures_init (&standstill);
  bench_figures_init (&digits);
  bench_figures_init (&arrows);
  bench_figures_add (&opened, bench_typing_open (self->frames, self->window, id, lines) - begin);
  bench_typing_settle ();
  bench_frames_watch (self->frames);
  bench_typing_run (self->frames, self->window, self->smoke ? SMOKE_WRITTEN : WRITTEN, PAUSE_USEC, &digits, &arrows);
  bench_typing_settle ();
  bench_figures_add (&standstill, bench_frames_end_watch (self->frames));
  report (self, "open an order of many lines", &opened, 0.5, 0);
  report (self, "a digit of a quantity in it", &digits, 0.99, KEY_MS);
  report (self, "arrow down from there", &arrows, 0.99, KEY_MS);
  report (self, "longest standstill until the server has reckoned it", &standstill, 0.5, 0);
  bench_figures_clear (&opened);
  bench_figures_clear (&digits);
  bench_figures_clear (&arrows);
  bench_figures_clear (&standstill);
}

static void
measure_all (Bench *self, const char *program)
{
  puts ("| what | times | p50 ms | p99 ms | target |\n|---|--:|--:|--:|---|");
  measure_start (self, program);
  open_company (self);
  self->application = make_application (tw_test_server_get_url (self->server));
  open_window (self);
  sign_in (self);
  measure_opening (self);
  measure_scrolling (self);
  measure_jumps (self);
  measure_typing (self);
  report_memory (self);
  printf ("\n%u orders, a window of %d × %d, lines of the long order %d, %s\n", self->orders, WIDTH, HEIGHT,
          self->smoke ? SMOKE_LINES : LINES,
          G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (self->window))));
  tw_detail_page_discard (tw_desk_get_detail (TW_DESK (tw_window_get_page (self->window))));
  close_window (self);
  tw_session_sign_out (tw_application_get_session (self->application));
  tw_test_wait_for (tw_api_count_pending (tw_session_get_api (tw_session_get_default ())) == 0, 30);
  g_object_unref (self->application);
  tw_test_server_free (self->server);
}

int
main (int argc, char **argv)
{
  Bench self = { .met = TRUE };
  const GOptionEntry entries[] = {
    { "smoke", 0, 0, G_OPTION_ARG_NONE, &self.smoke, "A short run that demands that all is shown, and no times", NULL },
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self.data_dir, "A company made by load; it is changed", "DIR" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self.user, "Who signs in (default: sales_manager)", "NAME" },
    { "started", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT64, &self.started, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (self.started != 0)
    return show_first_frame (&self);
  self.times = self.smoke ? SMOKE_TIMES : TIMES;
  if (self.user == NULL)
    self.user = g_strdup ("sales_manager");
  measure_all (&self, "/proc/self/exe");
  g_free (self.user);
  g_free (self.data_dir);
  return self.met ? 0 : 1;
}
