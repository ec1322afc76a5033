/* user.c: see user.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/admin/user.h"

#include "server/admin/user-store.h"
#include "server/core/change.h"
#include "server/core/session.h"
#include "server/masterdata/masterdata.h"
#include "shared/document/common.h"

static TwRecord *
load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwUser) user = tw_user_new ();
  gboolean found = FALSE;

  if (!tw_user_store_load (ctx->db, id, lock, user, &found, error))
    return NULL;
  if (!found)
    {
      tw_error_set (error, TW_ERROR_NOT_FOUND, _ ("There is no such user."));
      return NULL;
    }
  return TW_RECORD (g_steal_pointer (&user));
}

static gboolean
check_roles (TwUser *user, GError **error)
{
  gboolean contact = FALSE;

  for (guint i = 0; user->roles != NULL && user->roles[i] != NULL; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/roles/%u", i);

      if (tw_role_from_key (user->roles[i]) == 0)
        return tw_error_fault (error, pointer, "unknown_value", _ ("There is no role “%s”."), user->roles[i]);
      contact |= g_str_equal (user->roles[i], "customer");
    }
  if (contact != (user->customer != NULL))
    return tw_error_fault (error, "/customer", "required",
                           _ ("A customer contact, and only a customer contact, belongs to a customer."));
  if (contact && g_strv_length (user->roles) > 1)
    return tw_error_fault (error, "/roles", "out_of_range", _ ("A customer contact has no other role."));
  return TRUE;
}

static gboolean
prepare (TwContext *ctx, TwUser *user, GError **error)
{
  if (user->language == NULL)
    user->language = tw_key_find (tw_language_keys, "en");
  if (user->status == NULL)
    user->status = tw_key_find (tw_user_status_keys, "active");
  if (user->password != NULL)
    return tw_error_fault (error, "/password", "read_only",
                           _ ("Set the password on its own, after the user was stored."));
  if (!check_roles (user, error))
    return FALSE;
  user->customer_id = 0;
  if (user->customer != NULL)
    {
      g_autoptr (TwCustomer) customer = tw_customer_find (ctx, user->customer, "/customer", error);

      if (customer == NULL)
        return FALSE;
      user->customer_id = ((TwRecord *) customer)->id;
    }
  return TRUE;
}

static gboolean
create (TwContext *ctx, TwRecord *draft, GError **error)
{
  TwUser *user = (TwUser *) draft;
  g_autoptr (GError) local = NULL;

  if (!prepare (ctx, user, error))
    return FALSE;
  draft->version = 1;
  draft->created_at = draft->updated_at = ctx->now;
  if (!tw_user_store_insert (ctx->db, user, &local))
    {
      if (g_error_matches (local, TW_ERROR, TW_ERROR_DUPLICATE))
        return tw_error_fault (error, "/user", "taken", _ ("“%s” is already in use. Choose another."), user->user);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return tw_change_record (ctx, "create", NULL, draft, NULL, error);
}

/* Nobody locks the company out: one active administrator always remains. */
static gboolean
check_last_admin (TwContext *ctx, TwUser *user, GError **error)
{
  gboolean is_admin = user->roles != NULL && g_strv_contains ((const char *const *) user->roles, "admin");
  gint64 others;

  if (is_admin && g_str_equal (user->status, "active"))
    return TRUE;
  if (!tw_user_store_count_admins (ctx->db, ((TwRecord *) user)->id, &others, error))
    return FALSE;
  if (others > 0)
    return TRUE;
  return tw_error_fault (error, "/roles", "required", _ ("One active administrator has to remain."));
}

static gboolean
update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  TwUser *user = (TwUser *) changed;
  gboolean done = FALSE;

  if (!prepare (ctx, user, error) || !check_last_admin (ctx, user, error))
    return FALSE;
  changed->version = stored->version;
  changed->updated_at = ctx->now;
  if (!tw_user_store_update (ctx->db, user, &done, error))
    return FALSE;
  if (!done)
    return tw_row_refuse_stale (error);
  changed->version++;
  /* Roles and status hold from the next request on, on every process. */
  if ((tw_record_has (patch, "roles") || tw_record_has (patch, "status"))
      && !tw_session_close_all (ctx, changed->id, 0, error))
    return FALSE;
  return tw_change_record (ctx, "change", stored, changed, NULL, error);
}

const TwResource tw_user_resource = {
  .path = "users",
  .document = "user",
  .type = tw_user_get_type,
  .list = &tw_user_list,
  .load = load,
  .create = create,
  .update = update,
};

gboolean
tw_user_find_id (TwContext *ctx, const char *user, const char *pointer, gint64 *id, GError **error)
{
  gboolean active = FALSE;
  gboolean found = FALSE;

  if (!tw_user_store_find (ctx->db, user, id, &active, &found, error))
    return FALSE;
  if (!found)
    return tw_error_fault (error, pointer, "unknown_value", _ ("There is no user “%s”."), user);
  if (!active)
    return tw_error_fault (error, pointer, "inactive", _ ("User “%s” is disabled."), user);
  return TRUE;
}
