/* people.c: see people.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "server/demo/people.h"

#include "server/admin/user.h"
#include "server/core/password.h"
#include "server/core/session.h"
#include "server/demo/company.h"

typedef struct
{
  const char *user;
  const char *role;
  const char *name;
  const char *discount_limit;
} Person;

static const Person people[] = {
  { "admin", "admin", "Lin Wei 林伟", "0" },
  { "sales", "sales", "Nancy Davolio", "0.1" },
  { "sales2", "sales", "Janet Leverling", "0.1" },
  { "sales_manager", "sales_manager", "Andrew Fuller", "0.25" },
  { "approver", "approver", "Steven Buchanan", "0" },
  { "manager", "approver", "Wang Fang 王芳", "0" },
  { "director", "approver", "Li Jun 李军", "0" },
  { "gm", "approver", "Chen Min 陈敏", "0" },
  { "planner", "planner", "Zhao Lei 赵磊", "0" },
  { "warehouse", "warehouse", "Zhou Qiang 周强", "0" },
  { "quality", "quality", "Wu Xia 吴霞", "0" },
  { "dispatcher", "dispatcher", "Laura Callahan", "0" },
  { "driver", "driver", "Sun Hao 孙浩", "0" },
  { "driver2", "driver", "Ma Chao 马超", "0" },
  { "finance", "finance", "Anne Dodsworth", "0" },
  { "finance_manager", "finance_manager", "Robert King", "0" },
  { "purchasing", "purchasing", "Margaret Peacock", "0" },
  { "production", "production", "Michael Suyama", "0" },
  { "after_sales", "after_sales", "Xu Jing 徐静", "0" },
  { "auditor", "auditor", "Guo Liang 郭亮", "0" },
};

typedef struct
{
  gint64 user_id;
  const char *hash;
} NewPassword;

static gboolean
set_password (TwContext *ctx, gpointer data, GError **error)
{
  NewPassword *password = data;

  return tw_session_set_password (ctx, password->user_id, password->hash, 0, error);
}

/* The hash is made before the transaction: it takes a while. */
static gboolean
add_user (TwStage *stage, TwUser *user, TwRoles roles, GError **error)
{
  g_autofree char *hash = tw_password_hash (TW_DEMO_PASSWORD, error);
  NewPassword password = { .hash = hash };

  if (hash == NULL || !tw_stage_create (stage, "system", &tw_user_resource, user, error))
    return FALSE;
  password.user_id = TW_RECORD (user)->id;
  tw_stage_add_person (stage, user->user, password.user_id, roles);
  return tw_stage_act (stage, "system", set_password, &password, error);
}

static gboolean
hire (TwStage *stage, const Person *person, GError **error)
{
  g_autoptr (TwUser) user = tw_user_new ();
  const char *roles[] = { person->role, NULL };

  tw_record_set_string (&user->user, person->user);
  tw_record_set_string (&user->name, person->name);
  user->email = g_strdup_printf ("%s@example.com", person->user);
  user->roles = g_strdupv ((char **) roles);
  if (!tw_decimal_parse (person->discount_limit, &user->discount_limit, error))
    return FALSE;
  return add_user (stage, user, tw_role_from_key (person->role), error);
}

gboolean
tw_demo_hire (TwStage *stage, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (!hire (stage, &people[i], error))
      return FALSE;
  return TRUE;
}

gboolean
tw_demo_invite_customer (TwStage *stage, const char *customer_code, GError **error)
{
  g_autoptr (TwUser) user = tw_user_new ();
  const char *roles[] = { "customer", NULL };

  tw_record_set_string (&user->user, "customer");
  tw_record_set_string (&user->name, "Maria Anders");
  tw_record_set_string (&user->customer, customer_code);
  user->roles = g_strdupv ((char **) roles);
  return add_user (stage, user, TW_ROLE_CUSTOMER, error);
}
