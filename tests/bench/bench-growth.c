/* bench-growth.c: the same questions to a small and to a large company
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   bench-growth [--only TEXT] DIR DIR …
 *
 * Each DIR is a data directory that tests/bench/load has filled, the smallest first; it is changed. A server runs on
 * each of them, and every question goes to all in turn, so that whatever else the machine does weighs on all alike.
 * Prints a table of medians and how much the largest costs against the smallest.
 */
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/wire.h"

#define TIMES 21
/* At most so much dearer than in the small company, and what the timer cannot tell from it. */
#define RATIO 1.2
#define GRAIN_MS 0.3
#define WARM_UP_USEC (5 * G_USEC_PER_SEC)

/* Who asks; they see everything, but for the rep, who sees half of it, and the driver. */
typedef enum
{
  AUDITOR,
  MANAGER,
  REP,
  DRIVER,
  N_PEOPLE
} Person;
static const char *const users[] = { "auditor", "sales_manager", "sales", "driver" };

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
  guint16 port;
  char *tokens[N_PEOPLE];     /* NULL until they ask */
  BenchWire *wires[N_PEOPLE]; /* likewise, and anew for each row: the server ends connections that rest */
  guint64 orders;
} Place;

/* MIDDLE in a path is half of the list's total, MONTH_AGO a day. @reason: why it grows, for a row that is not held to
 * the ratio but to @most_ms in the largest company, which is meant for a million orders. */
typedef struct
{
  const char *name;
  const char *path;
  const char *reason;
  double most_ms;
  Person person;
} Row;

#define NAMES "looks at every customer's name too", 20

static const Row rows[] = {
  { "create an order of 5 lines", NULL, NULL, 0, MANAGER },
  { "order with its lines", "/orders/100", NULL },
  { "orders", "/orders", NULL },
  { "orders, the middle", "/orders?offset=MIDDLE", NULL },
  { "orders of a customer", "/orders?customer=ALFKI", "as many rows as the customer has orders", 20 },
  { "orders released", "/orders?state=released", "total counts its rows in the index", 30 },
  { "orders completed", "/orders?state=completed", "total counts its rows in the index", 500 },
  { "orders from a date on, by date", "/orders?order_date.ge=2026-06-01&sort=order_date", "total counts its rows", 800 },
  { "orders by number", "/orders?sort=number", NULL },
  { "orders by total", "/orders?sort=-total", NULL },
  { "orders by customer", "/orders?sort=customer", "sorts all rows", 1500 },
  { "search: a whole number", "/orders?q=SO-2026-000123", NAMES },
  { "search: a serial", "/orders?q=123", NAMES },
  { "search: a customer's reference", "/orders?q=10248", NAMES },
  { "search: a customer's name", "/orders?q=alfreds", "as many rows as it finds, 10,000 at most", 100 },
  { "search: nothing", "/orders?q=zzzz", "looks at every customer's name", 20 },
  { "shipments", "/shipments", NULL },
  { "shipments, the middle", "/shipments?offset=MIDDLE", NULL },
  { "shipments delivered", "/shipments?state=delivered", "total counts its rows in the index", 500 },
  { "shipments: a number", "/shipments?q=SH-2026-000123", NAMES },
  { "invoices", "/invoices", NULL },
  { "invoices, the middle", "/invoices?offset=MIDDLE", NULL },
  { "invoices paid", "/invoices?state=paid", "total counts its rows in the index", 500 },
  { "invoices: a number", "/invoices?q=INV-2026-000123", NAMES },
  { "payments", "/payments", NULL },
  { "payments, the middle", "/payments?offset=MIDDLE", NULL },
  { "payments to allocate", "/payments?state=received&rest.gt=0", "looks at all that is not used up", 50 },
  { "refunds", "/refunds", "fills a page, of which the small company has a tenth", 5 },
  { "receivables", "/receivables", "total counts what is open", 40 },
  { "receivables, the middle", "/receivables?offset=MIDDLE", "total counts what is open", 80 },
  { "ageing", "/ageing", "adds up what is open", 1500 },
  { "ageing a month ago", "/ageing?to=MONTH_AGO", "goes back over what happened since", 8000 },
  { "journal", "/journal", NULL },
  { "journal, the middle", "/journal?offset=MIDDLE", NULL },
  { "stock", "/stock", "sorts all products", 40 },
  { "stock, the middle", "/stock?offset=MIDDLE", "sorts all products", 40 },
  { "stock moves", "/stock-moves", NULL },
  { "stock moves, the middle", "/stock-moves?offset=MIDDLE", NULL },
  { "customers", "/customers", NULL },
  { "customers, the middle", "/customers?offset=MIDDLE", "passes over names", 20 },
  { "customers: a name", "/customers?q=alfreds", "looks at every customer's name", 20 },
  { "products", "/products", NULL },
  { "products, the middle", "/products?offset=MIDDLE", "passes over names", 20 },
  { "products: a name", "/products?q=chai", "looks at every product's name", 20 },
  { "trips", "/trips", NULL },
  { "trips, the middle", "/trips?offset=MIDDLE", NULL },
  { "exceptions of shipments", "/shipment-exceptions", NULL },
  { "receipts", "/receipts", NULL },
  { "stock counts", "/stock-counts", NULL },
  { "price lists", "/price-lists", NULL },
  { "users", "/users", NULL },
  { "drivers", "/drivers", NULL },
  { "carriers", "/carriers", NULL },
  { "warehouses", "/warehouses", NULL },
  { "tax classes", "/tax-classes", NULL },
  { "payment terms", "/payment-terms", NULL },
  { "approval rules", "/approval-rules", NULL },
  { "delegations", "/delegations", NULL },
  { "orders to sign", "/approvals", "looks at all that waits for anybody", 1000, MANAGER },
  { "audit log", "/audit", NULL },
  { "audit log, the middle", "/audit?offset=MIDDLE", NULL },
  { "a sales rep's orders", "/orders", NULL, 0, REP },
  { "a sales rep's shipments", "/shipments", NULL, 0, REP },
  { "a sales rep's invoices", "/invoices", NULL, 0, REP },
  { "a sales rep's customers", "/customers", "counts the rep's customers", 20, REP },
  { "a driver's shipments", "/shipments", "sorts and counts the driver's", 1000, DRIVER },
  { "a driver's trips", "/trips", "counts the driver's", 60, DRIVER },
};

/* ---- Servers ---- */

static guint16
read_port (Place *place)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (place->output, NULL, NULL, &error);

  if (line == NULL || !g_str_has_prefix (line, "listening on "))
    g_error ("the server did not start: %s", line != NULL ? line : "no line");
  return (guint16)g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
}

/* The value of a member that is text, in an answer without white space. */
static char *
find_text (const char *json, const char *member)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":\"", member);
  const char *begin = strstr (json, key);

  if (begin == NULL)
    g_error ("no %s in %.200s", member, json);
  begin += strlen (key);
  return g_strndup (begin, strcspn (begin, "\""));
}

static guint64
find_total (const char *json)
{
  const char *begin = g_strrstr (json, "\"total\":");

  return begin != NULL ? g_ascii_strtoull (begin + strlen ("\"total\":"), NULL, 10) : 0;
}

static char *
sign_in (guint16 port, const char *user)
{
  BenchWire *wire = bench_wire_new (port, "none");
  g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"tradewind-demo\"}", user);
  g_autofree char *token = NULL;

  if (bench_wire_call (wire, "POST", "/api/v1/session", body, NULL) != 201)
    g_error ("%s cannot sign in: %s", user, bench_wire_get_body (wire));
  token = find_text (bench_wire_get_body (wire), "token");
  bench_wire_free (wire);
  return g_steal_pointer (&token);
}

static BenchWire *
get_wire (Place *place, Person person)
{
  if (place->tokens[person] == NULL)
    place->tokens[person] = sign_in (place->port, users[person]);
  if (place->wires[person] == NULL)
    place->wires[person] = bench_wire_new (place->port, place->tokens[person]);
  return place->wires[person];
}

static void
hang_up (Place *place)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    g_clear_pointer (&place->wires[i], bench_wire_free);
}

static Place *
place_new (const char *data_dir)
{
  Place *place = g_new0 (Place, 1);
  g_autoptr (GError) error = NULL;

  place->process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, TW_SERVER_PROGRAM,
                          "--data-dir", data_dir, "--listen", "127.0.0.1:0", "serve", NULL);
  g_assert_no_error (error);
  place->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (place->process));
  place->port = read_port (place);
  if (bench_wire_call (get_wire (place, AUDITOR), "GET", "/api/v1/orders?limit=1", NULL, NULL) != 200)
    g_error ("no list of orders: %s", bench_wire_get_body (get_wire (place, AUDITOR)));
  place->orders = find_total (bench_wire_get_body (get_wire (place, AUDITOR)));
  return place;
}

static void
place_free (gpointer data)
{
  Place *place = data;

  hang_up (place);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (place->tokens[i]);
  g_subprocess_send_signal (place->process, SIGTERM);
  g_subprocess_wait (place->process, NULL, NULL);
  g_object_unref (place->output);
  g_object_unref (place->process);
  g_free (place);
}

/* ---- Questions ---- */

static gboolean
create_order (Place *place, guint time)
{
  g_autofree char *key = g_strdup_printf ("growth-%" G_GINT64_FORMAT "-%u", g_get_real_time (), time);
  g_autofree char *body = g_strdup_printf (
      "{\"customer\":\"ALFKI\",\"po_reference\":\"%s\",\"lines\":[{\"product\":\"NW-1\",\"quantity\":\"2\"},"
      "{\"product\":\"NW-2\",\"quantity\":\"2\"},{\"product\":\"NW-3\",\"quantity\":\"2\"},"
      "{\"product\":\"NW-4\",\"quantity\":\"2\"},{\"product\":\"NW-6\",\"quantity\":\"2\"}]}",
      key);

  return bench_wire_call (get_wire (place, MANAGER), "POST", "/api/v1/orders", body, key) == 201;
}

/* In its first seconds a server looks what is unsealed and counts its tables. */
static void
warm_up (GPtrArray *places)
{
  gint64 until = g_get_monotonic_time () + WARM_UP_USEC;

  while (g_get_monotonic_time () < until)
    for (guint p = 0; p < places->len; p++)
      bench_wire_call (get_wire (g_ptr_array_index (places, p), AUDITOR), "GET", "/api/v1/orders?limit=1", NULL, NULL);
}

static char *
put_in_day (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "MONTH_AGO", 2);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc (), then = g_date_time_add_days (now, -30);
  g_autofree char *day = g_date_time_format (then, "%F");

  return g_strjoinv (day, parts);
}

/* The path with the middle put in, asked for once. */
static char *
complete_path (Place *place, const Row *row)
{
  g_autofree char *path = put_in_day (row->path);
  g_auto (GStrv) parts = g_strsplit (path, "?offset=MIDDLE", 2);
  g_autofree char *list = g_strconcat ("/api/v1", parts[0], NULL);

  if (parts[1] == NULL)
    return g_steal_pointer (&list);
  bench_wire_call (get_wire (place, row->person), "GET", list, NULL, NULL);
  return g_strdup_printf ("%s?offset=%" G_GUINT64_FORMAT, list,
                          find_total (bench_wire_get_body (get_wire (place, row->person))) / 2);
}

/* Milliseconds; negative when it failed. */
static double
ask_once (Place *place, Person person, const char *path, guint time)
{
  gint64 begin = g_get_monotonic_time ();
  gboolean done
      = path != NULL ? bench_wire_call (get_wire (place, person), "GET", path, NULL, NULL) == 200
                    : create_order (place, time);
  double took = (double)(g_get_monotonic_time () - begin) / 1000;

  return done ? took : -1;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

/* The medians of all places; negative: something failed. */
static void
measure (GPtrArray *places, const Row *row, double *medians)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree double *times = g_new (double, places->len *TIMES);

  for (guint p = 0; p < places->len; p++)
    {
      hang_up (g_ptr_array_index (places, p));
      g_ptr_array_add (paths, row->path != NULL ? complete_path (g_ptr_array_index (places, p), row) : NULL);
      ask_once (g_ptr_array_index (places, p), row->person, g_ptr_array_index (paths, p), TIMES);
    }
  for (guint t = 0; t < TIMES; t++)
    for (guint p = 0; p < places->len; p++)
      times[p * TIMES + t]
          = ask_once (g_ptr_array_index (places, p), row->person, g_ptr_array_index (paths, p), t);
  for (guint p = 0; p < places->len; p++)
    {
      qsort (times + p * TIMES, TIMES, sizeof *times, compare_times);
      medians[p] = times[p * TIMES] < 0 ? -1 : times[p * TIMES + TIMES / 2];
    }
}

static gboolean
report (GPtrArray *places, const Row *row)
{
  g_autofree double *medians = g_new (double, places->len);
  double small, large;
  gboolean met;

  measure (places, row, medians);
  small = medians[0];
  large = medians[places->len - 1];
  met = small >= 0 && large >= 0 && large <= (row->reason != NULL ? row->most_ms : small * RATIO + GRAIN_MS);
  printf ("| %s |", row->name);
  for (guint p = 0; p < places->len; p++)
    printf (medians[p] < 0 ? " failed |" : " %.2f |", medians[p]);
  printf (" %.2f | ", large / small);
  if (row->reason != NULL)
    printf ("%s, ≤ %.0f ms: ", row->reason, row->most_ms);
  printf ("%s |\n", met ? "met" : "missed");
  fflush (stdout);
  return met;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);
  g_auto (GStrv) folders = NULL;
  g_autofree char *only = NULL;
  gboolean met = TRUE;
  const GOptionEntry entries[] = {
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "Rows whose name contains TEXT", "TEXT" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &folders,
      "Data directories that tests/bench/load has filled, the smallest first", "DIR DIR…" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (folders == NULL || folders[0] == NULL || folders[1] == NULL)
    g_error ("two data directories at least");
  for (guint i = 0; folders[i] != NULL; i++)
    g_ptr_array_add (places, place_new (folders[i]));
  warm_up (places);
  printf ("| p50 in ms at so many orders |");
  for (guint p = 0; p < places->len; p++)
    printf (" %" G_GUINT64_FORMAT " |", ((Place *)g_ptr_array_index (places, p))->orders);
  printf (" ratio | ≤ %.1f, or what it costs |\n|---|", RATIO);
  for (guint p = 0; p < places->len; p++)
    printf ("--:|");
  puts ("--:|---|");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (only == NULL || strstr (rows[i].name, only) != NULL)
      met = report (places, &rows[i]) && met;
  return met ? EXIT_SUCCESS : EXIT_FAILURE;
}
