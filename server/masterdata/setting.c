/* setting.c: what a company chooses once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "server/core/change.h"
#include "server/core/router.h"
#include "server/masterdata/masterdata.h"
#include "server/masterdata/setting-store.h"
#include "shared/document/setting.h"

/* Every setting there is, with what holds when it was never set. */
static const struct
{
  const char *name;
  const char *value;
} defaults[] = {
  { TW_SETTING_COMPANY_ADDRESS, "" }, { TW_SETTING_COMPANY_BANK, "" },   { TW_SETTING_CURRENCY, "CNY" },
  { TW_SETTING_COMPANY_NAME, "" },    { TW_SETTING_COMPANY_TAX_ID, "" }, { TW_SETTING_WAREHOUSE, "MAIN" },
  { TW_SETTING_GS1_PREFIX, "6900000" }, { TW_SETTING_LARGE_CREDIT, "5000" }, { TW_SETTING_MARGIN_FLOOR, "0.05" }, { TW_SETTING_SALES_SEE_ALL, "no" },
  { TW_SETTING_RELEASE_DAYS, "" },
};

static const char *
get_default (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].name, name))
      return defaults[i].value;
  return NULL;
}

/* ---- Reading ----
 *
 * Nearly every request asks for a setting, and hardly ever is one changed: the process keeps what it read for a moment.
 * What is changed here holds at once, what is changed by another process after KEEP_USEC. */

#define KEEP_USEC (2 * G_USEC_PER_SEC)

static GMutex known_mutex;
static GHashTable *known; /* shared by reference, never changed; NULL: to be read */
static gint64 known_until; /* monotonic */
static guint forgotten;    /* how often: what was read before does not count after */

static void
forget (gboolean certain)
{
  g_mutex_lock (&known_mutex);
  g_clear_pointer (&known, g_hash_table_unref);
  forgotten++;
  g_mutex_unlock (&known_mutex);
}

/* NULL when they are to be read; then *since goes to remember(). */
static GHashTable *
recall (guint *since)
{
  GHashTable *values = NULL;

  g_mutex_lock (&known_mutex);
  if (known && g_get_monotonic_time () < known_until)
    values = g_hash_table_ref (known);
  *since = forgotten;
  g_mutex_unlock (&known_mutex);
  return values;
}

static void
remember (GHashTable *values, guint since)
{
  g_mutex_lock (&known_mutex);
  if (since == forgotten)
    {
      g_clear_pointer (&known, g_hash_table_unref);
      known = g_hash_table_ref (values);
      known_until = g_get_monotonic_time () + KEEP_USEC;
    }
  g_mutex_unlock (&known_mutex);
}

/* The transaction of this thread that has changed a setting: what it reads then is nobody else's yet. */
static _Thread_local gsize changing;

static gboolean
is_changing (TwDb *db)
{
  return changing != 0 && changing == tw_db_get_transaction (db);
}

static GHashTable *
get_values (TwDb *db, GError **error)
{
  guint since = 0;
  g_autoptr (GHashTable) values = is_changing (db) ? NULL : recall (&since);

  if (values)
    return g_steal_pointer (&values);
  values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!tw_setting_store_read (db, values, error))
    return NULL;
  if (!is_changing (db))
    remember (values, since);
  return g_steal_pointer (&values);
}

static gboolean
store (TwDb *db, const char *name, const char *value, GError **error)
{
  changing = tw_db_get_transaction (db);
  if (changing != 0)
    tw_db_after_commit (db, forget);
  return tw_setting_store_set (db, name, value, error);
}

char *
tw_setting_get (TwContext *ctx, const char *name, GError **error)
{
  g_autoptr (GHashTable) values = get_values (ctx->db, error);
  const char *value = values != NULL ? g_hash_table_lookup (values, name) : NULL;

  if (values == NULL)
    return NULL;
  return g_strdup (value != NULL ? value : get_default (name));
}

#define DEMONSTRATION "demonstration"

gboolean
tw_setting_mark_demonstration (TwDb *db, GError **error)
{
  return store (db, DEMONSTRATION, "yes", error);
}

gboolean
tw_setting_is_demonstration (TwDb *db, gboolean *is_one, GError **error)
{
  g_autoptr (GHashTable) values = get_values (db, error);

  *is_one = values != NULL && g_hash_table_contains (values, DEMONSTRATION);
  return values != NULL;
}

static gboolean
list_settings (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (GString) out = g_string_new ("{\"items\":[");

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      g_autoptr (TwSetting) setting = tw_setting_new ();

      setting->name = g_strdup (defaults[i].name);
      setting->value = tw_setting_get (ctx, defaults[i].name, error);
      if (setting->value == NULL)
        return FALSE;
      if (i > 0)
        g_string_append_c (out, ',');
      tw_codec_write (TW_RECORD (setting), TW_SECRET_NONE, out);
    }
  g_string_append_printf (out, "],\"next\":null,\"total\":%u}", (guint) G_N_ELEMENTS (defaults));
  tw_reply_json (reply, 200, g_steal_pointer (&out));
  return TRUE;
}

/* Amounts and rates must be numbers, a switch yes or no. */
static gboolean
check_value (const char *name, const char *value, GError **error)
{
  TwDecimal number;

  if (g_str_equal (name, TW_SETTING_LARGE_CREDIT) || g_str_equal (name, TW_SETTING_MARGIN_FLOOR))
    {
      if (!tw_decimal_parse (value, &number, NULL))
        return tw_error_fault (error, "/value", "wrong_type", _ ("Write a number, such as 0.05."));
    }
  else if (g_str_equal (name, TW_SETTING_GS1_PREFIX))
    {
      gsize length = strlen (value);

      if (length < 7 || length > 10 || strspn (value, "0123456789") != length)
        return tw_error_fault (error, "/value", "wrong_type",
                               _ ("Write the 7 to 10 digits of the GS1 company prefix."));
    }
  else if (g_str_equal (name, TW_SETTING_RELEASE_DAYS))
    {
      if (strlen (value) > 3 || strspn (value, "0123456789") != strlen (value))
        return tw_error_fault (error, "/value", "wrong_type", _ ("Write a number of days, or nothing."));
    }
  else if (g_str_equal (name, TW_SETTING_SALES_SEE_ALL) && !g_str_equal (value, "yes") && !g_str_equal (value, "no"))
    return tw_error_fault (error, "/value", "unknown_value", _ ("Write yes or no."));
  return TRUE;
}

gboolean
tw_setting_set (TwContext *ctx, const char *name, const char *value, GError **error)
{
  g_autoptr (GString) detail = g_string_new ("{\"value\":");

  if (get_default (name) == NULL)
    return tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such setting."));
  if (!check_value (name, value, error) || !store (ctx->db, name, value, error))
    return FALSE;
  tw_codec_append_string (detail, value);
  g_string_append_c (detail, '}');
  return tw_change_note (ctx, "setting", 0, 0, name, detail->str, NULL, error);
}

static gboolean
put_setting (TwContext *ctx, TwRequest *request, TwReply *reply, gconstpointer data, GError **error)
{
  g_autoptr (TwSetting) body = tw_setting_new ();
  const char *name = tw_request_param (request, "name");

  if (!tw_request_read (request, TW_RECORD (body), TW_CODEC_CREATE, error)
      || !tw_setting_set (ctx, name, body->value != NULL ? body->value : "", error))
    return FALSE;
  tw_record_set_string (&body->name, name);
  tw_reply_record (reply, ctx, TW_RECORD (body));
  return TRUE;
}

const TwRoute tw_setting_routes[] = {
  { .method = "GET",
    .path = "/settings",
    .permission = "setting.read",
    .handler = list_settings,
    .flags = TW_ROUTE_READ,
    .summary = "All settings of the company",
    .answer = tw_setting_get_type,
    .answers_list = TRUE },
  { .method = "PUT",
    .path = "/settings/{name}",
    .permission = "setting.write",
    .handler = put_setting,
    .summary = "Change one setting",
    .body = tw_setting_get_type,
    .answer = tw_setting_get_type },
  { NULL },
};
