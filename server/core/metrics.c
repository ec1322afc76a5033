/* metrics.c: see metrics.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/metrics.h"

#include <string.h>

/* Upper bounds in microseconds; one more bucket stands for the rest. */
static const gint64 bounds[] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 5000000 };
#define N_BOUNDS G_N_ELEMENTS (bounds)

typedef enum
{
  KIND_COUNTER,
  KIND_GAUGE,
  KIND_HISTOGRAM,
} Kind;

typedef struct
{
  Kind kind;
  char *name;
  char *labels; /* "" for none */
  gint64 value; /* histogram: sum in microseconds */
  gint64 buckets[N_BOUNDS + 1];
} Metric;

/* "name{labels}" → Metric. */
static GMutex mutex;
static GHashTable *metrics;

static void
metric_free (gpointer data)
{
  Metric *metric = data;

  g_free (metric->name);
  g_free (metric->labels);
  g_free (metric);
}

/* Under the mutex. */
static Metric *
find (Kind kind, const char *name, const char *labels)
{
  g_autofree char *key = g_strconcat (name, "{", labels ? labels : "", NULL);
  Metric *metric;

  if (!metrics)
    metrics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, metric_free);
  metric = g_hash_table_lookup (metrics, key);
  if (metric)
    return metric;
  metric = g_new0 (Metric, 1);
  metric->kind = kind;
  metric->name = g_strdup (name);
  metric->labels = g_strdup (labels ? labels : "");
  g_hash_table_insert (metrics, g_steal_pointer (&key), metric);
  return metric;
}

void
tw_metrics_count (const char *name, const char *labels, gint64 delta)
{
  g_mutex_lock (&mutex);
  find (KIND_COUNTER, name, labels)->value += delta;
  g_mutex_unlock (&mutex);
}

void
tw_metrics_set (const char *name, const char *labels, gint64 value)
{
  g_mutex_lock (&mutex);
  find (KIND_GAUGE, name, labels)->value = value;
  g_mutex_unlock (&mutex);
}

void
tw_metrics_observe (const char *name, const char *labels, gint64 usec)
{
  gsize bucket = 0;
  Metric *metric;

  while (bucket < N_BOUNDS && usec > bounds[bucket])
    bucket++;
  g_mutex_lock (&mutex);
  metric = find (KIND_HISTOGRAM, name, labels);
  metric->value += usec;
  metric->buckets[bucket]++;
  g_mutex_unlock (&mutex);
}

static void
append_seconds (GString *out, gint64 usec)
{
  g_string_append_printf (out, "%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT, usec / G_USEC_PER_SEC,
                          usec % G_USEC_PER_SEC);
}

static void
write_histogram (const Metric *metric, GString *out)
{
  const char *comma = *metric->labels ? "," : "";
  gint64 count = 0;

  for (gsize i = 0; i <= N_BOUNDS; i++)
    {
      count += metric->buckets[i];
      g_string_append_printf (out, "%s_bucket{%s%sle=\"", metric->name, metric->labels, comma);
      if (i < N_BOUNDS)
        append_seconds (out, bounds[i]);
      else
        g_string_append (out, "+Inf");
      g_string_append_printf (out, "\"} %" G_GINT64_FORMAT "\n", count);
    }
  g_string_append_printf (out, "%s_sum{%s} ", metric->name, metric->labels);
  append_seconds (out, metric->value);
  g_string_append_printf (out, "\n%s_count{%s} %" G_GINT64_FORMAT "\n", metric->name, metric->labels, count);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Metric *x = *(const Metric *const *) a, *y = *(const Metric *const *) b;
  int order = strcmp (x->name, y->name);

  return order ? order : strcmp (x->labels, y->labels);
}

void
tw_metrics_write (GString *out)
{
  static const char *const kinds[] = { "counter", "gauge", "histogram" };
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  const char *last = "";
  GHashTableIter iter;
  gpointer value;

  g_mutex_lock (&mutex);
  if (metrics)
    {
      g_hash_table_iter_init (&iter, metrics);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        g_ptr_array_add (sorted, value);
    }
  g_ptr_array_sort (sorted, compare);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Metric *metric = g_ptr_array_index (sorted, i);

      if (!g_str_equal (metric->name, last))
        g_string_append_printf (out, "# TYPE %s %s\n", metric->name, kinds[metric->kind]);
      last = metric->name;
      if (metric->kind == KIND_HISTOGRAM)
        write_histogram (metric, out);
      else
        g_string_append_printf (out, "%s{%s} %" G_GINT64_FORMAT "\n", metric->name, metric->labels, metric->value);
    }
  g_mutex_unlock (&mutex);
}

void
tw_metrics_reset (void)
{
  g_mutex_lock (&mutex);
  g_clear_pointer (&metrics, g_hash_table_unref);
  g_mutex_unlock (&mutex);
}
