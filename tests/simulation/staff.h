/* staff.h: who works in the company, and what each role does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/fixture/company.h"

G_BEGIN_DECLS

typedef struct _SimActor SimActor;

typedef struct
{
  guint weight;
  const char *name;
  void (*work) (SimActor *actor);
} SimWork;

/* A post and how many hold it. */
typedef struct
{
  const char *user;    /* with a number behind it when there are several: "rep-3" */
  const char *role;
  guint people;        /* 0: a user of the company as it is */
  const SimWork *work; /* ends with weight 0 */
  guint mischief;      /* percent of the steps in which they try what they may not */
} SimPost;

extern const SimPost sim_posts[]; /* ends with user NULL */

/* What the posts do, each in the file of its area. */
extern const SimWork sim_work_sales[];
extern const SimWork sim_work_sign[];
extern const SimWork sim_work_lead[];
extern const SimWork sim_work_plan[];
extern const SimWork sim_work_store[];
extern const SimWork sim_work_inspect[];
extern const SimWork sim_work_dispatch[];
extern const SimWork sim_work_drive[];
extern const SimWork sim_work_account[];
extern const SimWork sim_work_head_of_finance[];
extern const SimWork sim_work_serve[];
extern const SimWork sim_work_watch[];
extern const SimWork sim_work_buy[];
/* What everybody does besides: ask again with an old key, and try what is not theirs. */
extern const SimWork sim_work_mischief[];

/* An order from the inbox is signed, or sent back: what several posts do. */
void sim_sign_one (SimActor *actor);

/* The names of a post's people. (transfer full) */
GStrv sim_staff_list (const SimPost *post);
guint sim_staff_count (void);
/* The customers of a sales rep: "rep-3" has R3-A and R3-B. (transfer full) */
char *sim_staff_get_customer (const char *user, guint which);
/* Adds people, their customers and the goods to the company of the fixture. */
void sim_staff_settle (TwTestServer *server);

G_END_DECLS
