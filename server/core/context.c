/* context.c: who does something, on which transaction
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/core/context.h"

TwPrincipal *
tw_principal_new (gint64 user_id, const char *user, const char *name, const char *language, TwRoles roles,
                  gint64 customer_id, gint64 session_id)
{
  TwPrincipal *principal = g_new0 (TwPrincipal, 1);

  g_atomic_ref_count_init (&principal->ref_count);
  principal->user_id = user_id;
  principal->user = g_strdup (user);
  principal->name = g_strdup (name);
  principal->language = g_strdup (language);
  principal->roles = roles;
  principal->customer_id = customer_id;
  principal->session_id = session_id;
  return principal;
}

TwPrincipal *
tw_principal_ref (TwPrincipal *principal)
{
  g_atomic_ref_count_inc (&principal->ref_count);
  return principal;
}

void
tw_principal_unref (TwPrincipal *principal)
{
  if (!g_atomic_ref_count_dec (&principal->ref_count))
    return;
  g_free (principal->user);
  g_free (principal->name);
  g_free (principal->language);
  g_free (principal);
}

TwPrincipal *
tw_principal_system (void)
{
  static gsize made = 0; /* one for the process, made once, immutable */

  if (g_once_init_enter (&made))
    g_once_init_leave (&made, (gsize) tw_principal_new (0, "system", "System", "en", TW_ROLE_SYSTEM, 0, 0));
  return (TwPrincipal *) made;
}

TwContext
tw_context_at_now (TwDb *db, TwPrincipal *who, const char *source)
{
  TwTime now = tw_time_now ();

  return (TwContext) { .db = db, .who = who, .source = source, .now = now, .today = tw_date_from_time (now) };
}

TwContext
tw_context_as_system (const TwContext *ctx)
{
  TwContext system = *ctx;

  system.who = tw_principal_system ();
  return system;
}

gboolean
tw_context_may (TwContext *ctx, const char *permission)
{
  return ctx->who && tw_role_may (ctx->who->roles, permission);
}

gboolean
tw_context_require (TwContext *ctx, const char *permission, GError **error)
{
  if (tw_context_may (ctx, permission))
    return TRUE;
  /* Translators: %s is the name of a permission, such as order.submit */
  return tw_error_set (error, TW_ERROR_FORBIDDEN, _("You do not have the permission %s."), permission);
}

TwSecrets
tw_context_get_secrets (TwContext *ctx)
{
  return ctx->who ? tw_role_get_secrets (ctx->who->roles) : TW_SECRET_NONE;
}
