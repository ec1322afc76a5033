/* ledger.c: see ledger.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/simulation/ledger.h"

struct _SimLedger
{
  GMutex mutex;
  GPtrArray *deeds;
  GHashTable *of_user; /* user → GPtrArray of deeds with a key (borrowed) */
  GHashTable *refused;
  guint n_refused;
  GHashTable *orders;
};

static void
deed_free (gpointer data)
{
  SimDeed *deed = data;

  g_free (deed->user);
  g_free (deed->key);
  g_free (deed->read_version);
  g_free (deed->path);
  g_free (deed->body);
  g_free (deed->answer);
  g_free (deed->digest);
  g_clear_pointer (&deed->json, json_node_unref);
  g_free (deed->kind);
  g_free (deed->action);
  g_free (deed->state);
  g_free (deed);
}

static void
order_free (gpointer data)
{
  SimOrder *order = data;

  g_free (order->reference);
  g_free (order->user);
  g_free (order);
}

SimLedger *
sim_ledger_new (void)
{
  SimLedger *ledger = g_new0 (SimLedger, 1);

  g_mutex_init (&ledger->mutex);
  ledger->deeds = g_ptr_array_new_with_free_func (deed_free);
  ledger->of_user = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  ledger->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ledger->orders = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, order_free);
  return ledger;
}

void
sim_ledger_free (SimLedger *ledger)
{
  g_hash_table_unref (ledger->of_user);
  g_ptr_array_unref (ledger->deeds);
  g_hash_table_unref (ledger->refused);
  g_hash_table_unref (ledger->orders);
  g_mutex_clear (&ledger->mutex);
  g_free (ledger);
}

void
sim_ledger_acknowledge (SimLedger *ledger, SimDeed *deed)
{
  GPtrArray *own;

  g_mutex_lock (&ledger->mutex);
  g_ptr_array_add (ledger->deeds, deed);
  own = g_hash_table_lookup (ledger->of_user, deed->user);
  if (own == NULL)
    {
      own = g_ptr_array_new ();
      g_hash_table_insert (ledger->of_user, g_strdup (deed->user), own);
    }
  if (deed->key != NULL)
    g_ptr_array_add (own, deed);
  g_mutex_unlock (&ledger->mutex);
}

void
sim_ledger_refuse (SimLedger *ledger, const char *user, const char *key)
{
  g_mutex_lock (&ledger->mutex);
  ledger->n_refused++;
  if (key != NULL)
    g_hash_table_add (ledger->refused, g_strdup_printf ("%s %s", user, key));
  g_mutex_unlock (&ledger->mutex);
}

/* Answers may overtake each other: the later content stays. */
void
sim_ledger_set_order (SimLedger *ledger, const SimOrder *order)
{
  const SimOrder *known;
  SimOrder *copy;

  g_mutex_lock (&ledger->mutex);
  known = g_hash_table_lookup (ledger->orders, &order->id);
  if (known == NULL || known->content_version < order->content_version)
    {
      copy = g_memdup2 (order, sizeof *order);
      copy->reference = g_strdup (order->reference);
      copy->user = g_strdup (order->user);
      g_hash_table_replace (ledger->orders, &copy->id, copy);
    }
  g_mutex_unlock (&ledger->mutex);
}

GPtrArray *
sim_ledger_get_deeds (SimLedger *ledger)
{
  return ledger->deeds;
}

GHashTable *
sim_ledger_get_refused (SimLedger *ledger)
{
  return ledger->refused;
}

GHashTable *
sim_ledger_get_orders (SimLedger *ledger)
{
  return ledger->orders;
}

static int
compare_deeds (gconstpointer a, gconstpointer b)
{
  const SimDeed *one = *(const SimDeed *const *) a, *other = *(const SimDeed *const *) b;

  if (one->id != other->id)
    return one->id < other->id ? -1 : 1;
  return (one->version > other->version) - (one->version < other->version);
}

GPtrArray *
sim_ledger_list_deeds (SimLedger *ledger, const char *kind)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < ledger->deeds->len; i++)
    if (g_strcmp0 (((SimDeed *) ledger->deeds->pdata[i])->kind, kind) == 0)
      g_ptr_array_add (list, ledger->deeds->pdata[i]);
  g_ptr_array_sort (list, compare_deeds);
  return list;
}

const SimDeed *
sim_ledger_get_deed (SimLedger *ledger, const char *user, guint nth)
{
  const SimDeed *deed = NULL;
  GPtrArray *own;

  g_mutex_lock (&ledger->mutex);
  own = g_hash_table_lookup (ledger->of_user, user);
  if (own != NULL && own->len > 0)
    deed = own->pdata[nth % own->len];
  g_mutex_unlock (&ledger->mutex);
  return deed;
}

guint
sim_ledger_count_deeds (SimLedger *ledger)
{
  guint n;

  g_mutex_lock (&ledger->mutex);
  n = ledger->deeds->len;
  g_mutex_unlock (&ledger->mutex);
  return n;
}

guint
sim_ledger_count_refused (SimLedger *ledger)
{
  guint n;

  g_mutex_lock (&ledger->mutex);
  n = ledger->n_refused;
  g_mutex_unlock (&ledger->mutex);
  return n;
}

char *
sim_ledger_describe (SimLedger *ledger)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) names = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ledger->deeds->len; i++)
    {
      SimDeed *deed = ledger->deeds->pdata[i];
      char *name = g_strdup_printf ("%s %s", deed->kind, deed->action);

      g_hash_table_replace (counts, name, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, name)) + 1));
    }
  names = g_list_sort (g_hash_table_get_keys (counts), (GCompareFunc) g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    g_string_append_printf (text, "%s%s %u", l == names ? "" : ", ", (char *) l->data,
                            GPOINTER_TO_UINT (g_hash_table_lookup (counts, l->data)));
  return g_string_free (text, FALSE);
}
