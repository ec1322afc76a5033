/* generate-permissions.c: writes docs/permissions.md from the tables of roles and transitions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * generate-permissions FILE writes the page; generate-permissions --check FILE says (TAP) whether it is up to date.
 */
#include "shared/policy/transition.h"

#include <string.h>

#include "shared/policy/role.h"

static const char *intro
  = "<!-- Made by docs/generate-permissions.c from shared/policy: change those, then run `meson compile -C _build "
    "permissions`. -->\n"
    "# Permissions and transitions\n\n"
    "Who may do what, and how a document's state may change: the tables that the server itself works by. `system` is\n"
    "the server's own step (timers, consequences); no user holds it. Record rules narrow further what a role sees: a\n"
    "sales rep their own customers, a driver their own trips, a customer their own documents.\n\n";

static void
append_roles (GString *page, TwRoles roles)
{
  const char *separator = "";

  for (guint i = 0; tw_role_keys[i].key != NULL; i++)
    if ((roles & (1u << i)) != 0)
      {
        g_string_append_printf (page, "%s%s", separator, tw_role_keys[i].key);
        separator = ", ";
      }
  if ((roles & TW_ROLE_SYSTEM) != 0)
    g_string_append_printf (page, "%ssystem", separator);
}

static void
append_permissions (GString *page)
{
  g_string_append (page, "## Permissions\n\n| permission | roles |\n|---|---|\n");
  for (const TwPermission *row = tw_permissions; row->permission != NULL; row++)
    {
      g_string_append_printf (page, "| `%s` | ", row->permission);
      append_roles (page, row->roles);
      g_string_append (page, " |\n");
    }
}

static void
append_condition (GString *page, gboolean holds, const char *words)
{
  if (!holds)
    return;
  if (page->str[page->len - 2] != '|')
    g_string_append (page, ", ");
  g_string_append (page, words);
}

static void
append_transitions (GString *page)
{
  const char *document = NULL;

  g_string_append (page, "\n## Transitions\n\nWhat a table does not list cannot happen.\n");
  for (const TwTransition *row = tw_transitions; row->document != NULL; row++)
    {
      if (document == NULL || !g_str_equal (document, row->document))
        g_string_append_printf (page, "\n### %s\n\n| from | action | to | permission | also |\n|---|---|---|---|---|\n",
                                row->document);
      document = row->document;
      g_string_append_printf (page, "| %s | %s | %s | `%s` | ", row->from != NULL ? row->from : "–", row->action,
                              row->to != NULL ? row->to : "(unchanged)", row->permission);
      append_condition (page, row->guard == TW_GUARD_RULE, "rule");
      append_condition (page, (row->flags & TW_ACTION_REASON) != 0, "reason");
      append_condition (page, (row->flags & TW_ACTION_OWN) != 0, "author only");
      append_condition (page, (row->flags & TW_ACTION_NOT_OWN) != 0, "never the author or last editor");
      append_condition (page, (row->flags & TW_ACTION_SYSTEM) != 0, "the server only");
      g_string_append (page, " |\n");
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) page = g_string_new (intro);
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = NULL;

  append_permissions (page);
  append_transitions (page);
  if (argc == 2 && argv[1][0] != '-')
    {
      if (g_file_set_contents (argv[1], page->str, (gssize) page->len, &error))
        return 0;
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (argc != 3 || !g_str_equal (argv[1], "--check"))
    {
      g_printerr ("Usage: generate-permissions [--check] FILE\n");
      return 2;
    }
  gboolean same = g_file_get_contents (argv[2], &stored, NULL, &error) && g_str_equal (stored, page->str);
  g_print ("1..1\n%sok 1 /lint/permissions/page-is-up-to-date\n", same ? "" : "not ");
  if (!same)
    g_print ("# %s: run meson compile -C _build permissions\n", error != NULL ? error->message : "differs");
  return same ? 0 : 1;
}
