/* sample.c: see sample.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/server/core/sample.h"

#include <string.h>

#include "server/core/change.h"
#include "server/core/router.h"
#include "shared/document/action.h"

static const TwKey states[] = {
  { "draft", N_ ("Draft") },         { "quoted", N_ ("Quoted") },   { "pending_approval", N_ ("In approval") },
  { "confirmed", N_ ("Confirmed") }, { "lost", N_ ("Lost") },       { "cancelled", N_ ("Cancelled") },
  { "released", N_ ("Released") },   { NULL },
};

static const TwField sample_fields[] = {
  TW_RECORD_FIELDS (TwSample),
  TW_TEXT (TwSample, code, "Code", 20, TW_REQUIRED | TW_FIXED),
  TW_TEXT (TwSample, name, "Name", 60, TW_REQUIRED),
  TW_PRICE (TwSample, price, "Price", TW_NOT_NEGATIVE),
  TW_COST (TwSample, cost, "Cost", 0),
  TW_STRINGS (TwSample, tags, "Tags", 5, 0),
  TW_KEY (TwSample, state, "State", states, TW_SERVER),
  TW_INT (TwSample, author_id, "Author", 0, G_MAXINT64, TW_SERVER),
  TW_INT (TwSample, editor_id, "Editor", 0, G_MAXINT64, TW_SERVER),
  TW_LIST (TwSample, actions, "Actions", tw_action_state_get_type, 50, TW_SERVER | TW_ABSENT),
};
TW_DEFINE_RECORD (TwSample, tw_sample, "order", "Sample", sample_fields)

static const char schema[]
  = "CREATE TABLE sample (id BIGINT AUTO_INCREMENT PRIMARY KEY, version BIGINT NOT NULL DEFAULT 1,"
    "  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),"
    "  updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),"
    "  code VARCHAR(20) NOT NULL, name VARCHAR(60) NOT NULL, price DECIMAL(18,6) NOT NULL, cost DECIMAL(18,6) NOT NULL,"
    "  tags TEXT NULL, state VARCHAR(20) NOT NULL, author_id BIGINT NULL, editor_id BIGINT NULL,"
    "  UNIQUE KEY sample_code (code));"
    "INSERT INTO app_user (id, user, name) VALUES (1, 'sales', 'Sally'), (2, 'sales_manager', 'Max'),"
    "  (3, 'auditor', 'Ada'), (4, 'warehouse', 'Wu');"
    "INSERT INTO user_role (user_id, role) VALUES (1, 'sales'), (2, 'sales_manager'), (3, 'auditor'), (4, 'warehouse');";

/* ---- Rules ---- */

static TwRecord *
sample_load (TwContext *ctx, gint64 id, gboolean lock, GError **error)
{
  g_autoptr (TwStatement) find = tw_db_prepare (
    ctx->db, lock ? "SELECT id, version, created_at, updated_at, code, name, price, cost, tags, state, author_id, editor_id"
                    " FROM sample WHERE id = :id FOR UPDATE"
                  : "SELECT id, version, created_at, updated_at, code, name, price, cost, tags, state, author_id, editor_id"
                    " FROM sample WHERE id = :id");
  g_autoptr (TwSample) sample = tw_sample_new ();
  gboolean found;

  tw_bind_int (find, "id", id);
  if (!tw_statement_read_one (find, TW_RECORD (sample), &found, error))
    return NULL;
  if (found)
    return TW_RECORD (g_steal_pointer (&sample));
  tw_error_set (error, TW_ERROR_NOT_FOUND, "There is no such sample.");
  return NULL;
}

static gboolean
sample_create (TwContext *ctx, TwRecord *draft, GError **error)
{
  TwSample *sample = (TwSample *) draft;
  g_autoptr (TwStatement) insert = tw_db_prepare (
    ctx->db, "INSERT INTO sample (code, name, price, cost, tags, state, author_id, editor_id)"
             " VALUES (:code, :name, :price, :cost, :tags, :state, :author_id, :editor_id)");
  g_autoptr (GError) problem = NULL;

  sample->state = tw_key_find (states, "draft");
  sample->author_id = sample->editor_id = ctx->who->user_id;
  tw_bind_record (insert, draft);
  if (!tw_statement_run (insert, NULL, &problem))
    {
      if (g_error_matches (problem, TW_ERROR, TW_ERROR_DUPLICATE))
        return tw_error_fault (error, "/code", "duplicate", "This code is taken.");
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (g_str_equal (sample->name, "fails late"))
    return tw_error_fault (error, "/name", "late", "This fails after its row was written.");
  draft->id = tw_statement_last_id (insert);
  draft->version = 1;
  return tw_change_record (ctx, "create", NULL, draft, NULL, error);
}

static gboolean
sample_update (TwContext *ctx, TwRecord *stored, TwRecord *changed, TwRecord *patch, GError **error)
{
  g_autoptr (TwStatement) update
    = tw_db_prepare (ctx->db, "UPDATE sample SET name = :name, price = :price, cost = :cost, tags = :tags,"
                              " editor_id = :editor, version = version + 1 WHERE id = :id");

  tw_bind_int (update, "editor", ctx->who->user_id);
  tw_bind_record (update, changed);
  if (!tw_statement_run (update, NULL, error))
    return FALSE;
  changed->version = stored->version + 1;
  return tw_change_record (ctx, "update", stored, changed, NULL, error);
}

static gboolean
sample_remove (TwContext *ctx, TwRecord *stored, GError **error)
{
  g_autoptr (TwStatement) remove = tw_db_prepare (ctx->db, "DELETE FROM sample WHERE id = :id");

  tw_bind_int (remove, "id", stored->id);
  return tw_statement_run (remove, NULL, error) && tw_change_record (ctx, "delete", stored, NULL, NULL, error);
}

static gboolean
sample_store_state (TwContext *ctx, TwRecord *document, const char *state, GError **error)
{
  g_autoptr (TwStatement) update = tw_db_prepare (
    ctx->db, "UPDATE sample SET state = :state, version = version + 1 WHERE id = :id AND version = :version");
  guint64 affected;

  tw_bind_text (update, "state", state);
  tw_bind_int (update, "id", document->id);
  tw_bind_int (update, "version", document->version);
  if (!tw_statement_run (update, &affected, error))
    return FALSE;
  g_assert_cmpuint (affected, ==, 1);
  document->version++;
  return TRUE;
}

static char *
guard_submit (TwContext *ctx, TwRecord *document)
{
  return tw_decimal_is_zero (((TwSample *) document)->price) ? g_strdup ("There is no price.") : NULL;
}

/* Above 100 somebody has to sign. */
static gboolean
apply_submit (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  gboolean big = tw_decimal_compare (((TwSample *) document)->price, tw_decimal_from_int (100)) > 0;

  *to = big ? "pending_approval" : "confirmed";
  return TRUE;
}

static gboolean
apply_approve (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  *to = "confirmed";
  return TRUE;
}

/* What the table does not have. */
static gboolean
apply_accept (TwContext *ctx, TwRecord *document, TwRecord *arguments, const char **to, GError **error)
{
  *to = "released";
  return TRUE;
}

static const TwAction actions[] = {
  { "submit", NULL, guard_submit, apply_submit },
  { "approve", NULL, NULL, apply_approve },
  { "accept", NULL, NULL, apply_accept },
  { NULL },
};

static const TwListColumn columns[] = {
  { "id", "s.id", TW_COLUMN_FILTER | TW_COLUMN_SORT },
  { "code", "s.code", TW_COLUMN_FILTER | TW_COLUMN_SORT | TW_COLUMN_SEARCH },
  { "state", "s.state", TW_COLUMN_FILTER },
  { NULL },
};

static const TwList list = {
  .type = tw_sample_get_type,
  .select = "s.id, s.version, s.code, s.name, s.price, s.cost, s.tags, s.state",
  .from = "sample s",
  .id = "s.id",
  .default_sort = "id",
  .columns = columns,
};

const TwResource tw_sample_resource = {
  .path = "samples",
  .document = "order",
  .type = tw_sample_get_type,
  .list = &list,
  .load = sample_load,
  .create = sample_create,
  .update = sample_update,
  .remove = sample_remove,
  .store_state = sample_store_state,
  .actions = actions,
  .state_offset = G_STRUCT_OFFSET (TwSample, state),
  .author_offset = G_STRUCT_OFFSET (TwSample, author_id),
  .editor_offset = G_STRUCT_OFFSET (TwSample, editor_id),
  .importable = TRUE,
};

/* ---- For the tests ---- */

void
tw_sample_prepare (TwTestDatabase *database)
{
  tw_test_database_script (database, schema);
}

void
tw_sample_add_routes (void)
{
  tw_resource_add_routes (&tw_sample_resource);
}

TwPrincipal *
tw_sample_principal (const char *role)
{
  static const char *const users[] = { "sales", "sales_manager", "auditor", "warehouse", NULL };
  gint64 id = 1;

  while (!g_str_equal (users[id - 1], role))
    id++;
  return tw_principal_new (id, role, role, "en", tw_role_from_key (role), 0, 0);
}

TwReply *
tw_sample_ask (TwDb *db, TwPrincipal *who, const char *method, const char *target, const char *body,
               const char *const *headers)
{
  g_autoptr (GBytes) bytes = body ? g_bytes_new (body, strlen (body)) : NULL;

  return tw_sample_ask_bytes (db, who, method, target, bytes, headers);
}

TwReply *
tw_sample_ask_bytes (TwDb *db, TwPrincipal *who, const char *method, const char *target, GBytes *body,
                     const char *const *headers)
{
  g_auto (GStrv) parts = g_strsplit (target, "?", 2);
  g_autoptr (TwRequest) request = tw_request_new ("test-1", method, parts[0], parts[1]);
  g_autoptr (GError) error = NULL;
  g_autofree char *allow = NULL;
  const TwRoute *route;

  tw_request_set_address (request, "127.0.0.1");
  for (; headers && headers[0]; headers += 2)
    tw_request_set_header (request, headers[0], headers[1]);
  if (body)
    {
      if (!tw_request_get_content_type (request))
        tw_request_set_header (request, "Content-Type", "application/json");
      tw_request_set_body (request, body);
    }
  if (!who)
    return tw_frame_serve (db, request);
  route = tw_router_find (request, &allow, &error);
  g_assert_no_error (error);
  return tw_frame_run (db, who, route, request);
}

char *
tw_sample_body (TwReply *reply)
{
  GBytes *body = tw_reply_get_body (reply);

  return body ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)) : g_strdup ("");
}

JsonNode *
tw_sample_answer (TwReply *reply, guint status)
{
  g_autofree char *text = tw_sample_body (reply);
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  if (tw_reply_get_status (reply) != status)
    g_test_message ("answer: %s", text);
  g_assert_cmpuint (tw_reply_get_status (reply), ==, status);
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return node;
}
