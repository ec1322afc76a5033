/* actor.h: one of the people: a thread with a connection, a session and decisions of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever somebody asks for is asked again, with the same idempotency key, until there is an answer that is final.
 * What is acknowledged goes into the ledger.
 */
#pragma once

#include "tests/simulation/chance.h"
#include "tests/simulation/staff.h"
#include "tests/simulation/world.h"

G_BEGIN_DECLS

struct _SimActor
{
  SimWorld *world;
  const SimPost *post; /* what they are here for */
  guint number;        /* of all people */
  char *user;
  guint step;
  SimChance chance;    /* of this step */

  /* Of actor.c alone. */
  SimChance cuts;
  char *token;
  guint day;           /* on which it signed in: world.h */
  int connection;
  guint sent;          /* writes in this step */
  GString *request, *answer;
  GThread *thread;
};

typedef struct
{
  guint status;
  char *text;
  JsonNode *json; /* nullable */
} SimReply;

void sim_reply_free (SimReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimReply, sim_reply_free)
/* A value by its path, as tw_company_value(). (transfer full) */
char *sim_reply_get (const SimReply *reply, const char *path);
gint64 sim_reply_get_int (const SimReply *reply, const char *path);
gboolean sim_reply_is_well (const SimReply *reply); /* 200 … 299 */

SimActor *sim_actor_new (SimWorld *world, const SimPost *post, guint number, const char *user);
void sim_actor_start (SimActor *actor);
/* Waits until they have gone home, and frees. */
void sim_actor_finish (SimActor *actor);
/* What they will do in a step: the row of their post's table. */
const SimWork *sim_actor_decide (guint64 seed, const SimPost *post, guint number, guint step);

/* ---- For the work functions ---- */

/* A name for what is made in this step: nobody else's and no other step's. (transfer full) */
char *sim_actor_mark (SimActor *actor);
guint sim_actor_draw (SimActor *actor, guint n); /* 0 … n − 1 */

SimReply *sim_actor_get (SimActor *actor, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A write that may succeed or be refused by a rule; anything else is complained of. */
SimReply *sim_actor_post (SimActor *actor, const char *path, const char *body);
SimReply *sim_actor_act (SimActor *actor, const char *kind, gint64 id, const char *action, const char *body);
/* One action on several of the rows of @list, by lot, in one request: each is acknowledged or refused on its own. */
void sim_actor_act_on_many (SimActor *actor, const char *list, const char *kind, const char *action);
/* PATCH of the @version that was read. */
SimReply *sim_actor_change (SimActor *actor, const char *kind, gint64 id, gint64 version, const char *body);
/* A write that must be refused. @token nullable: the actor's own. */
void sim_actor_try (SimActor *actor, const char *method, const char *path, const char *body, const char *version);
/* The same key again: the same answer must come. */
void sim_actor_repeat (SimActor *actor, const SimDeed *deed);
/* The same key for something else: refused. */
void sim_actor_reuse (SimActor *actor, const SimDeed *deed);

/* One row of a list. */
typedef struct
{
  gint64 id, version;
  char number[40], customer[40], state[40], amount[40];
} SimRow;

/* By lot; FALSE when the list is empty. @amount: the member that goes into the row's amount, nullable. */
gboolean sim_actor_pick (SimActor *actor, const char *list, const char *amount, SimRow *row);

G_END_DECLS
