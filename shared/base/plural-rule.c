/* plural-rule.c: a recursive descent over the C expressions of Plural-Forms headers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The grammar of GNU gettext: n, decimal numbers, ! * / % + - < > <= >= == != && || ?: and
 * parentheses, all on unsigned long. Nothing has a side effect, so both branches are evaluated.
 */
#include "shared/base/plural-rule.h"

#include <string.h>

#define MAX_DEPTH 40 /* nested parentheses and choices */

typedef struct
{
  const char *at;
  gulong n;
  guint depth;
  gboolean failed;
} Rule;

static gulong read_choice (Rule *rule);

static gboolean
accept (Rule *rule, const char *token)
{
  while (g_ascii_isspace (*rule->at))
    rule->at++;
  if (!g_str_has_prefix (rule->at, token))
    return FALSE;
  rule->at += strlen (token);
  return TRUE;
}

static gulong
fail (Rule *rule)
{
  rule->failed = TRUE;
  return 0;
}

static gulong
read_primary (Rule *rule)
{
  if (rule->failed || rule->depth >= MAX_DEPTH)
    return fail (rule);
  if (accept (rule, "!"))
    {
      rule->depth++;
      gulong value = !read_primary (rule);
      rule->depth--;
      return value;
    }
  if (accept (rule, "n"))
    return rule->n;
  if (accept (rule, "("))
    {
      gulong value = read_choice (rule);
      return accept (rule, ")") ? value : fail (rule);
    }
  if (!g_ascii_isdigit (*rule->at))
    return fail (rule);

  gulong value = 0;
  while (g_ascii_isdigit (*rule->at))
    value = value * 10 + (gulong) (*rule->at++ - '0');
  return value;
}

static gulong
read_product (Rule *rule)
{
  gulong value = read_primary (rule);

  while (!rule->failed)
    {
      char sign = accept (rule, "*") ? '*' : accept (rule, "/") ? '/' : accept (rule, "%") ? '%' : '\0';
      if (sign == '\0')
        break;
      gulong right = read_primary (rule);
      if (sign == '*')
        value *= right;
      else if (right == 0)
        return fail (rule);
      else
        value = sign == '/' ? value / right : value % right;
    }
  return value;
}

static gulong
read_sum (Rule *rule)
{
  gulong value = read_product (rule);

  while (!rule->failed)
    {
      if (accept (rule, "+"))
        value += read_product (rule);
      else if (accept (rule, "-"))
        value -= read_product (rule);
      else
        break;
    }
  return value;
}

static gulong
read_comparison (Rule *rule)
{
  gulong value = read_sum (rule);

  while (!rule->failed)
    {
      if (accept (rule, "<="))
        value = value <= read_sum (rule);
      else if (accept (rule, ">="))
        value = value >= read_sum (rule);
      else if (accept (rule, "<"))
        value = value < read_sum (rule);
      else if (accept (rule, ">"))
        value = value > read_sum (rule);
      else
        break;
    }
  return value;
}

static gulong
read_equality (Rule *rule)
{
  gulong value = read_comparison (rule);

  while (!rule->failed)
    {
      if (accept (rule, "=="))
        value = value == read_comparison (rule);
      else if (accept (rule, "!="))
        value = value != read_comparison (rule);
      else
        break;
    }
  return value;
}

static gulong
read_and (Rule *rule)
{
  gulong value = read_equality (rule);

  while (!rule->failed && accept (rule, "&&"))
    value = (read_equality (rule) != 0) & (value != 0);
  return value;
}

static gulong
read_or (Rule *rule)
{
  gulong value = read_and (rule);

  while (!rule->failed && accept (rule, "||"))
    value = (read_and (rule) != 0) | (value != 0);
  return value;
}

static gulong
read_choice (Rule *rule)
{
  if (rule->failed || rule->depth >= MAX_DEPTH)
    return fail (rule);

  rule->depth++;
  gulong value = read_or (rule);
  if (!rule->failed && accept (rule, "?"))
    {
      gulong yes = read_choice (rule);
      if (!accept (rule, ":"))
        return fail (rule);
      gulong no = read_choice (rule);
      value = value != 0 ? yes : no;
    }
  rule->depth--;
  return value;
}

gboolean
tw_plural_rule_evaluate (const char *text, gulong n, gulong *form)
{
  Rule rule = { .at = text, .n = n };

  *form = read_choice (&rule);
  accept (&rule, ";");
  return !rule.failed && accept (&rule, "") && *rule.at == '\0';
}
