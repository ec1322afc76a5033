/* session.c: who is signed in, and what they may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/net/session.h"

#include <json-glib/json-glib.h>

#include "shared/base/error.h"
#include "shared/base/text.h"

struct _TwSession
{
  GObject parent_instance;

  TwApi *api;
  TwEvents *events;
  char *user;              /* NULL: signed out */
  char *name;
  GStrv roles;             /* keys, NULL when signed out */
  GHashTable *permissions; /* set of strings */
};

enum
{
  PROP_0,
  PROP_SIGNED_IN,
  PROP_USER_NAME,
  N_PROPERTIES
};

enum
{
  EXPIRED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];
static TwSession *default_session; /* main thread only */

G_DEFINE_FINAL_TYPE (TwSession, tw_session, G_TYPE_OBJECT)

static void
notify_all (TwSession *self)
{
  for (guint i = PROP_SIGNED_IN; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
forget (TwSession *self)
{
  tw_events_stop (self->events);
  tw_api_set_token (self->api, NULL);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->roles, g_strfreev);
  g_hash_table_remove_all (self->permissions);
  notify_all (self);
}

static GStrv
list_roles (JsonArray *roles)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (roles); i++)
    g_strv_builder_add (keys, json_array_get_string_element (roles, i));
  return g_strv_builder_end (keys);
}

static gboolean
take_answer (TwSession *self, JsonObject *object, GError **error)
{
  const char *token = json_object_get_string_member_with_default (object, "token", NULL);
  const char *user = json_object_get_string_member_with_default (object, "user", NULL);
  JsonArray *permissions
    = json_object_has_member (object, "permissions") ? json_object_get_array_member (object, "permissions") : NULL;
  JsonArray *roles = json_object_has_member (object, "roles") ? json_object_get_array_member (object, "roles") : NULL;

  if (token == NULL || user == NULL || permissions == NULL || roles == NULL)
    return tw_error_set (error, TW_ERROR_INTERNAL, _("The server's answer could not be understood."));
  self->user = g_strdup (user);
  self->name = g_strdup (json_object_get_string_member_with_default (object, "name", user));
  self->roles = list_roles (roles);
  g_hash_table_remove_all (self->permissions);
  for (guint i = 0; i < json_array_get_length (permissions); i++)
    g_hash_table_add (self->permissions, g_strdup (json_array_get_string_element (permissions, i)));
  tw_api_set_token (self->api, token);
  tw_events_start (self->events);
  notify_all (self);
  return TRUE;
}

static void
session_expired_cb (TwApi *api, gpointer user_data)
{
  TwSession *self = user_data;

  if (self->user == NULL)
    return;
  forget (self);
  g_signal_emit (self, signals[EXPIRED], 0);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TwSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);
  JsonObject *object = reply != NULL ? tw_api_reply_get_object (reply) : NULL;

  if (reply != NULL && object == NULL)
    tw_error_set (&error, TW_ERROR_INTERNAL, _("The server's answer could not be understood."));
  if (error != NULL || !take_answer (self, object, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
password_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (TwApiReply) reply = tw_api_call_finish (TW_API (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
tw_session_dispose (GObject *object)
{
  TwSession *self = TW_SESSION (object);

  if (self->events != NULL)
    tw_events_stop (self->events);
  g_clear_object (&self->events);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (tw_session_parent_class)->dispose (object);
}

static void
tw_session_finalize (GObject *object)
{
  TwSession *self = TW_SESSION (object);

  g_free (self->user);
  g_free (self->name);
  g_strfreev (self->roles);
  g_hash_table_unref (self->permissions);
  G_OBJECT_CLASS (tw_session_parent_class)->finalize (object);
}

static void
tw_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TwSession *self = TW_SESSION (object);

  switch (id)
    {
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->user != NULL);
      break;
    case PROP_USER_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tw_session_class_init (TwSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tw_session_dispose;
  object_class->finalize = tw_session_finalize;
  object_class->get_property = tw_session_get_property;
  properties[PROP_SIGNED_IN]
    = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_USER_NAME]
    = g_param_spec_string ("user-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[EXPIRED] = g_signal_new ("expired", TW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tw_session_init (TwSession *self)
{
  self->permissions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

TwSession *
tw_session_new (const char *server)
{
  TwSession *self = g_object_new (TW_TYPE_SESSION, NULL);

  self->api = tw_api_new (server);
  self->events = tw_events_new (self->api);
  g_signal_connect_object (self->api, "session-expired", G_CALLBACK (session_expired_cb), self, 0);
  return self;
}

TwSession *
tw_session_get_default (void)
{
  g_assert (default_session != NULL);
  return default_session;
}

void
tw_session_set_default (TwSession *session)
{
  g_set_object (&default_session, session);
}

TwApi *
tw_session_get_api (TwSession *self)
{
  return self->api;
}

TwEvents *
tw_session_get_events (TwSession *self)
{
  return self->events;
}

gboolean
tw_session_is_signed_in (TwSession *self)
{
  return self->user != NULL;
}

const char *
tw_session_get_user (TwSession *self)
{
  return self->user;
}

const char *
tw_session_get_user_name (TwSession *self)
{
  return self->name;
}

const char *const *
tw_session_get_roles (TwSession *self)
{
  return (const char *const *) self->roles;
}

gboolean
tw_session_may (TwSession *self, const char *permission)
{
  return permission == NULL || g_hash_table_contains (self->permissions, permission);
}

static GString *
build_body (const char *first, const char *first_value, const char *second, const char *second_value)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (object, first, first_value);
  json_object_set_string_member (object, second, second_value);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  return g_string_new (text);
}

void
tw_session_sign_in_async (TwSession *self, const char *user, const char *password, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GString) body = build_body ("user", user, "password", password);

  if (self->user != NULL)
    forget (self);
  tw_api_call_async (self->api, "POST", "/session", body, 0, NULL, cancellable, signed_in_cb, task);
}

gboolean
tw_session_sign_in_finish (TwSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
tw_session_sign_out (TwSession *self)
{
  if (self->user == NULL)
    return;
  tw_api_call_async (self->api, "DELETE", "/session", NULL, 0, NULL, NULL, NULL, NULL);
  forget (self);
}

void
tw_session_change_password_async (TwSession *self, const char *old_password, const char *new_password,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GString) body = build_body ("password", old_password, "new_password", new_password);

  tw_api_call_async (self->api, "PUT", "/session/password", body, 0, NULL, cancellable, password_changed_cb, task);
}

gboolean
tw_session_change_password_finish (TwSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
