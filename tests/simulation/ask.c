/* ask.c: what an actor asks the server for, until there is a final answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "tests/simulation/actor.h"
#include "tests/simulation/message.h"

/* No fault lasts as long, and everybody gets in again after a day has passed; who waits longer complains. */
#define PATIENCE_USEC (240 * G_USEC_PER_SEC)
/* A server that lives answers within 5 s; so busy is no machine that it takes so much longer. */
#define SILENCE_SECONDS 30
/* Between two tries, doubling; Retry-After asks for a second, but nobody here has that much time. */
#define FIRST_PAUSE_USEC 20000
#define MAX_DOUBLINGS 4
#define CUT_PERCENT 6
/* What one request does to several documents, at most. */
#define MANY 4
/* Of an answer, for a complaint. */
#define ANSWER_BYTES 300

typedef struct
{
  const char *method;
  const char *path; /* below /api/v1 */
  const char *body;    /* nullable */
  const char *key;     /* nullable */
  const char *version; /* of If-Match, nullable */
} Question;

/* ---- One attempt ---- */

static void
write_question (SimActor *actor, const Question *q, SimCut cut)
{
  GString *out = actor->request;

  g_string_printf (out, "%s /api/v1%s HTTP/1.1\r\nHost: 127.0.0.1\r\n", q->method, q->path);
  if (actor->token != NULL)
    g_string_append_printf (out, "Authorization: Bearer %s\r\n", actor->token);
  if (q->key != NULL)
    g_string_append_printf (out, "Idempotency-Key: %s\r\n", q->key);
  if (q->version != NULL)
    g_string_append_printf (out, "If-Match: \"%s\"\r\n", q->version);
  if (cut != SIM_CUT_NONE)
    g_string_append_printf (out, "Simulation-Cut: %u\r\n", cut);
  if (q->body != NULL)
    g_string_append_printf (out, "Content-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                            strlen (q->body));
  g_string_append_printf (out, "\r\n%s", q->body != NULL ? q->body : "");
}

static void
hang_up (SimActor *actor)
{
  if (actor->connection >= 0)
    close (actor->connection);
  actor->connection = -1;
}

static SimReply *
read_reply (SimActor *actor)
{
  SimReply *reply = g_new0 (SimReply, 1);

  reply->status = (guint) g_ascii_strtoull (actor->answer->str + strlen ("HTTP/1.1 "), NULL, 10);
  reply->text = g_strdup (sim_message_get_body (actor->answer));
  reply->json = json_from_string (reply->text, NULL);
  return reply;
}

/* Status 0 when the connection broke. */
static SimReply *
attempt (SimActor *actor, const Question *q, SimCut cut)
{
  SimReply *reply;

  write_question (actor, q, cut);
  if (actor->connection < 0)
    actor->connection = sim_message_connect (sim_proxy_get_port (actor->world->proxy), SILENCE_SECONDS);
  errno = 0;
  if (actor->connection >= 0 && sim_message_write (actor->connection, actor->request->str, actor->request->len)
      && sim_message_read (actor->connection, actor->answer))
    reply = read_reply (actor);
  else
    {
      if (errno == EAGAIN)
        sim_world_complain (actor->world, "%s %s of %s: silence for %d s", q->method, q->path, actor->user,
                            SILENCE_SECONDS);
      reply = g_new0 (SimReply, 1);
      reply->text = g_strdup ("");
      hang_up (actor);
    }
  if (cut == SIM_CUT_AFTER)
    hang_up (actor);
  sim_world_count (actor->world, reply->status);
  return reply;
}

/* ---- Until it is final ---- */

static gboolean
is_final (const SimReply *reply)
{
  return reply->status != 0 && reply->status != 429 && reply->status != 503
         && !(reply->status == 409 && strstr (reply->text, "/problems/in-progress") != NULL);
}

static SimReply *
insist_on (SimActor *actor, const Question *q);

static void
sign_in (SimActor *actor)
{
  g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"" TW_TEST_PASSWORD "\"}", actor->user);
  Question q = { "POST", "/session", body };
  g_autoptr (SimReply) reply = NULL;

  g_clear_pointer (&actor->token, g_free);
  reply = insist_on (actor, &q);
  if (reply->status == 201)
    {
      actor->token = sim_reply_get (reply, "token");
      sim_world_note_entry (actor->world, &actor->day);
    }
  else
    sim_world_complain (actor->world, "%s cannot sign in: %u %s", actor->user, reply->status, reply->text);
}

/* The lot says whether the first attempt's connection is cut, and where. */
static SimCut
draw_cut (SimActor *actor, const Question *q)
{
  if (!sim_chance_percent (&actor->cuts, CUT_PERCENT) || g_str_equal (q->path, "/session"))
    return SIM_CUT_NONE;
  return (SimCut) (1 + sim_chance_below (&actor->cuts, SIM_N_CUTS - 1));
}

static SimReply *
insist_on (SimActor *actor, const Question *q)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_USEC;
  SimReply *reply = attempt (actor, q, draw_cut (actor, q));

  for (guint attempts = 1; !is_final (reply) || (reply->status == 401 && actor->token != NULL); attempts++)
    {
      if (g_get_monotonic_time () > until)
        {
          sim_world_complain (actor->world, "%s %s of %s has no answer after %u attempts: %u %s", q->method, q->path,
                              actor->user, attempts, reply->status, reply->text);
          return reply;
        }
      if (reply->status == 401)
        sign_in (actor);
      else
        g_usleep (FIRST_PAUSE_USEC << MIN (attempts - 1, MAX_DOUBLINGS));
      sim_reply_free (reply);
      reply = attempt (actor, q, SIM_CUT_NONE);
    }
  if (reply->status >= 500)
    sim_world_complain (actor->world, "%s %s of %s: %u %s", q->method, q->path, actor->user, reply->status,
                        reply->text);
  return reply;
}

static SimReply *
ask (SimActor *actor, const Question *q)
{
  if (actor->token == NULL)
    sign_in (actor);
  return insist_on (actor, q);
}

/* ---- What becomes of it ---- */

/* "/orders/12/actions/submit"; "/orders/actions/submit" is no deed on a document. */
static void
name_deed (SimDeed *deed)
{
  g_auto (GStrv) parts = g_strsplit (deed->path + 1, "/", -1);
  guint n = g_strv_length (parts);

  deed->kind = g_strdup (n == 3 ? SIM_MANY : parts[0]);
  deed->action = g_strdup (n >= 3 ? parts[n - 1] : g_str_equal (deed->method, "POST") ? "create" : "change");
}

static void
acknowledge (SimActor *actor, const Question *q, const SimReply *reply)
{
  SimDeed *deed = g_new0 (SimDeed, 1);

  deed->user = g_strdup (actor->user);
  deed->method = q->method;
  deed->key = g_strdup (q->key);
  deed->read_version = g_strdup (q->version);
  deed->path = g_strdup (q->path);
  deed->body = g_strdup (q->body);
  deed->status = reply->status;
  deed->answer = g_utf8_make_valid (reply->text, MIN (strlen (reply->text), ANSWER_BYTES));
  deed->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, reply->text, -1);
  deed->id = sim_reply_get_int (reply, "id");
  deed->version = sim_reply_get_int (reply, "version");
  deed->state = sim_reply_get (reply, "state");
  name_deed (deed);
  if (!g_str_equal (deed->kind, "orders"))
    deed->json = json_node_ref (reply->json);
  sim_ledger_acknowledge (actor->world->ledger, deed);
}

static gboolean
is_refusal (guint status)
{
  return status == 403 || status == 404 || status == 409 || status == 412 || status == 422;
}

static void
note (SimActor *actor, const Question *q, const SimReply *reply)
{
  if (sim_reply_is_well (reply) && reply->json != NULL)
    acknowledge (actor, q, reply);
  else if (is_refusal (reply->status))
    sim_ledger_refuse (actor->world->ledger, actor->user, q->key);
  else if (reply->status < 500)
    sim_world_complain (actor->world, "%s %s %s of %s: %u %s", q->method, q->path, q->body, actor->user,
                        reply->status, reply->text);
}

/* ---- Replies ---- */

void
sim_reply_free (SimReply *reply)
{
  g_clear_pointer (&reply->json, json_node_unref);
  g_free (reply->text);
  g_free (reply);
}

char *
sim_reply_get (const SimReply *reply, const char *path)
{
  TwTestReply view = { .json = reply->json };

  return tw_company_value (&view, path);
}

gint64
sim_reply_get_int (const SimReply *reply, const char *path)
{
  g_autofree char *text = sim_reply_get (reply, path);

  return g_ascii_strtoll (text, NULL, 10);
}

gboolean
sim_reply_is_well (const SimReply *reply)
{
  return reply->status >= 200 && reply->status < 300;
}

/* ---- Asking ---- */

SimReply *
sim_actor_get (SimActor *actor, const char *format, ...)
{
  g_autofree char *path = NULL;
  SimReply *reply;
  va_list values;

  va_start (values, format);
  path = g_strdup_vprintf (format, values);
  va_end (values);
  reply = ask (actor, &(Question) { "GET", path });
  /* What was there a moment ago may be out of sight now. */
  if (reply->status != 200 && reply->status != 404 && reply->status < 500)
    sim_world_complain (actor->world, "GET %s of %s: %u %s", path, actor->user, reply->status, reply->text);
  return reply;
}

static char *
new_key (SimActor *actor)
{
  return g_strdup_printf ("K-%u-%u-%u", actor->number, actor->step, actor->sent++);
}

SimReply *
sim_actor_post (SimActor *actor, const char *path, const char *body)
{
  g_autofree char *key = new_key (actor);
  Question q = { "POST", path, body, key };
  SimReply *reply = ask (actor, &q);

  note (actor, &q, reply);
  return reply;
}

SimReply *
sim_actor_act (SimActor *actor, const char *kind, gint64 id, const char *action, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT "/actions/%s", kind, id, action);

  return sim_actor_post (actor, path, body != NULL ? body : "{}");
}

/* An item of the answer to many: a deed without a key of its own. */
static void
note_item (SimActor *actor, const char *kind, const char *action, const SimReply *reply, guint index)
{
  SimDeed *deed = g_new0 (SimDeed, 1);
  g_autofree char *id = g_strdup_printf ("items.%u.id", index), *version = g_strdup_printf ("items.%u.version", index);
  g_autofree char *state = g_strdup_printf ("items.%u.state", index);

  deed->user = g_strdup (actor->user);
  deed->kind = g_strdup (kind);
  deed->action = g_strdup (action);
  deed->id = sim_reply_get_int (reply, id);
  deed->version = sim_reply_get_int (reply, version);
  deed->state = sim_reply_get (reply, state);
  deed->path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT "/actions/%s, one of many", kind, deed->id, action);
  deed->status = reply->status;
  sim_ledger_acknowledge (actor->world->ledger, deed);
}

void
sim_actor_act_on_many (SimActor *actor, const char *list, const char *kind, const char *action)
{
  g_autoptr (GString) body = g_string_new ("{\"ids\":[");
  g_autofree char *path = g_strdup_printf ("/%s/actions/%s", kind, action);
  g_autoptr (SimReply) reply = NULL;
  TwTestReply view = { 0 };
  SimRow row;

  for (guint i = 0; i < MANY; i++)
    if (sim_actor_pick (actor, list, NULL, &row))
      g_string_append_printf (body, "%s%" G_GINT64_FORMAT, body->str[body->len - 1] == '[' ? "" : ",", row.id);
  if (body->str[body->len - 1] == '[')
    return;
  g_string_append (body, "]}");
  reply = sim_actor_post (actor, path, body->str);
  view.json = reply->json;
  for (gint64 i = 0; i < tw_company_count (&view, "items"); i++)
    {
      g_autofree char *ok_at = g_strdup_printf ("items.%d.ok", (int) i), *ok = sim_reply_get (reply, ok_at);

      if (g_str_equal (ok, "true"))
        note_item (actor, kind, action, reply, (guint) i);
    }
}

SimReply *
sim_actor_change (SimActor *actor, const char *kind, gint64 id, gint64 version, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/%s/%" G_GINT64_FORMAT, kind, id);
  g_autofree char *read = g_strdup_printf ("%" G_GINT64_FORMAT, version), *key = new_key (actor);
  Question q = { "PATCH", path, body, key, read };
  SimReply *reply = ask (actor, &q);

  note (actor, &q, reply);
  return reply;
}

void
sim_actor_try (SimActor *actor, const char *method, const char *path, const char *body, const char *version)
{
  g_autofree char *key = g_str_equal (method, "POST") ? new_key (actor) : NULL;
  Question q = { method, path, body, key, version };
  g_autoptr (SimReply) reply = ask (actor, &q);

  if (reply->status >= 400 && reply->status < 500)
    sim_ledger_refuse (actor->world->ledger, actor->user, key);
  else
    sim_world_complain (actor->world, "%s may %s %s %s: %u %s", actor->user, method, path, body, reply->status,
                        reply->text);
}

void
sim_actor_repeat (SimActor *actor, const SimDeed *deed)
{
  g_autoptr (SimReply) reply
    = ask (actor, &(Question) { deed->method, deed->path, deed->body, deed->key, deed->read_version });
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, reply->text, -1);

  if (reply->status != deed->status || !g_str_equal (digest, deed->digest))
    sim_world_complain (actor->world, "the key %s of %s for %s %s: first %u %s, then %u %s", deed->key, actor->user,
                        deed->path, deed->body, deed->status, deed->answer, reply->status, reply->text);
}

void
sim_actor_reuse (SimActor *actor, const SimDeed *deed)
{
  g_autoptr (SimReply) reply
    = ask (actor, &(Question) { deed->method, deed->path, "{\"other\":true}", deed->key, deed->read_version });

  if (reply->status != 422)
    sim_world_complain (actor->world, "the key %s of %s for something else at %s: %u %s", deed->key, actor->user,
                        deed->path, reply->status, reply->text);
}

/* ---- Lists ---- */

static void
copy_member (const SimReply *list, guint index, const char *member, char *out)
{
  g_autofree char *path = g_strdup_printf ("items.%u.%s", index, member);
  g_autofree char *value = sim_reply_get (list, path);

  g_strlcpy (out, value, sizeof ((SimRow *) NULL)->number);
}

gboolean
sim_actor_pick (SimActor *actor, const char *list, const char *amount, SimRow *row)
{
  guint draw = sim_actor_draw (actor, 1000000);
  const char *sort = sim_actor_draw (actor, 2) == 0 ? "id" : "-id";
  const char *join = strchr (list, '?') != NULL ? "&" : "?";
  g_autoptr (SimReply) reply = sim_actor_get (actor, "%s%slimit=30&sort=%s", list, join, sort);
  TwTestReply view = { .json = reply->json };
  gint64 n = tw_company_count (&view, "items");
  char number[sizeof row->number];
  guint index;

  memset (row, 0, sizeof *row);
  if (n <= 0)
    return FALSE;
  index = draw % (guint) n;
  copy_member (reply, index, "id", number);
  row->id = g_ascii_strtoll (number, NULL, 10);
  copy_member (reply, index, "version", number);
  row->version = g_ascii_strtoll (number, NULL, 10);
  copy_member (reply, index, "number", row->number);
  copy_member (reply, index, "customer", row->customer);
  copy_member (reply, index, "state", row->state);
  if (amount != NULL)
    copy_member (reply, index, amount, row->amount);
  return TRUE;
}
