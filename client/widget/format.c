/* format.c: how values are shown to people, and read back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/widget/format.h"

#include <stdio.h>
#include <string.h>

#include "client/widget/change-text.h"
#include "shared/base/error.h"
#include "shared/document/approval-rule.h"
#include "shared/policy/role.h"

/* What a number looks like where it is not 1,234.50. */
static const struct
{
  const char *language; /* prefix of the language's name */
  const char *point;
  const char *group;
} signs[] = {
  { "de", ",", "." },       { "es", ",", "." },          { "it", ",", "." },
  { "nl", ",", "." },       { "pt", ",", "." },          { "da", ",", "." },
  { "tr", ",", "." },       { "id", ",", "." },          { "fr", ",", "\xe2\x80\xaf" },
  { "ru", ",", "\xc2\xa0" }, { "pl", ",", "\xc2\xa0" },   { "sv", ",", "\xc2\xa0" },
};

static int
find_signs (void)
{
  const char *language = g_get_language_names_with_category ("LC_MESSAGES")[0];

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (language, signs[i].language))
      return (int) i;
  return -1;
}

const char *
tw_format_get_point (void)
{
  int i = find_signs ();

  return i >= 0 ? signs[i].point : ".";
}

const char *
tw_format_get_group (void)
{
  int i = find_signs ();

  return i >= 0 ? signs[i].group : ",";
}

/* "-1234567.50" with the language's signs; a real minus, so that digits stay aligned. */
static char *
group_digits (const char *wire)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *digits = wire[0] == '-' ? wire + 1 : wire;
  gsize whole = strcspn (digits, ".");

  if (wire[0] == '-')
    g_string_append (out, "\xe2\x88\x92");
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append (out, tw_format_get_group ());
      g_string_append_c (out, digits[i]);
    }
  if (digits[whole] == '.')
    {
      g_string_append (out, tw_format_get_point ());
      g_string_append (out, digits + whole + 1);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
tw_format_decimal (TwDecimal value, guint min_places)
{
  g_autofree char *wire = tw_decimal_format (value, min_places);

  return group_digits (wire);
}

static char *
format_text (const char *text, guint min_places)
{
  TwDecimal value;

  if (text == NULL || *text == '\0')
    return g_strdup ("");
  if (!tw_decimal_parse (text, &value, NULL))
    return g_strdup (text);
  return tw_format_decimal (value, min_places);
}

char *
tw_format_money (gpointer self, const char *text)
{
  return format_text (text, 2);
}

char *
tw_format_quantity (gpointer self, const char *text)
{
  return format_text (text, 0);
}

static char *
percent (TwDecimal rate)
{
  /* A computed margin has more decimals than anybody reads. */
  g_autofree char *number = tw_format_decimal (tw_decimal_mul (rate, tw_decimal_from_int (100), 2), 0);

  /* Translators: a percentage: the number, then the sign as your language writes it */
  return g_strdup_printf (C_ ("percentage", "%s %%"), number);
}

char *
tw_format_percent (gpointer self, const char *text)
{
  TwDecimal rate;

  if (text == NULL || *text == '\0')
    return g_strdup ("");
  if (!tw_decimal_parse (text, &rate, NULL))
    return g_strdup (text);
  return percent (rate);
}

char *
tw_format_date (gpointer self, const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static char *
local_time (TwTime time)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (!tw_time_is_set (time))
    return g_strdup ("");
  utc = g_date_time_new_from_unix_utc (time.usec / G_USEC_PER_SEC);
  local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

char *
tw_format_time (gpointer self, const char *text)
{
  TwTime time;

  if (text == NULL || *text == '\0')
    return g_strdup ("");
  return tw_time_parse (text, &time, NULL) ? local_time (time) : g_strdup (text);
}

gboolean
tw_format_is_set (gpointer self, const char *text)
{
  return text != NULL && *text != '\0';
}

gboolean
tw_format_is_unset (gpointer self, const char *text)
{
  return !tw_format_is_set (self, text);
}

gboolean
tw_format_is_some (gpointer self, const char *text)
{
  TwDecimal amount;

  return tw_format_is_set (self, text) && tw_decimal_parse (text, &amount, NULL) && !tw_decimal_is_zero (amount);
}

gboolean
tw_format_not (gpointer self, gboolean value)
{
  return !value;
}

void
tw_format_bind_closures (GtkWidgetClass *klass)
{
  gtk_widget_class_bind_template_callback (klass, tw_format_money);
  gtk_widget_class_bind_template_callback (klass, tw_format_quantity);
  gtk_widget_class_bind_template_callback (klass, tw_format_percent);
  gtk_widget_class_bind_template_callback (klass, tw_format_date);
  gtk_widget_class_bind_template_callback (klass, tw_format_time);
  gtk_widget_class_bind_template_callback (klass, tw_format_is_set);
  gtk_widget_class_bind_template_callback (klass, tw_format_is_unset);
  gtk_widget_class_bind_template_callback (klass, tw_format_is_some);
  gtk_widget_class_bind_template_callback (klass, tw_format_not);
}

char *
tw_format_list (const char *const *elements)
{
  char *list = g_strdup (elements != NULL && elements[0] != NULL ? elements[0] : "");

  for (guint i = 1; elements != NULL && elements[0] != NULL && elements[i] != NULL; i++)
    {
      g_autofree char *before = list;

      /* Translators: the elements of a list in one line: what stands before, and the next one */
      list = g_strdup_printf (C_ ("list", "%s, %s"), before, elements[i]);
    }
  return list;
}

/* The names of roles, in one line. */
static char *
role_names (const char *const *keys)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) tw_key_get_label (tw_role_keys, keys[i]));
  g_ptr_array_add (names, NULL);
  return tw_format_list ((const char *const *) names->pdata);
}

static TwApprovalRule *
rule_of_threshold (TwRecord *record, const TwField *field)
{
  return record != NULL && G_TYPE_CHECK_INSTANCE_TYPE (record, tw_approval_rule_get_type ())
             && g_str_equal (field->name, "threshold")
           ? (TwApprovalRule *) record
           : NULL;
}

/* What a text or a list of texts stands for that names something by its key; NULL: it is what people read. */
static char *
key_in_words (TwRecord *record, const TwField *field)
{
  TwApprovalRule *rule = rule_of_threshold (record, field);

  if (rule != NULL && !tw_condition_has_threshold (rule->condition))
    return g_strdup ("");
  if (G_TYPE_CHECK_INSTANCE_TYPE (record, tw_change_get_type ()))
    return g_strdup (tw_change_text_field ((TwChange *) record, field));
  if (field->kind == TW_KIND_STRINGS && g_str_equal (field->name, "roles"))
    return role_names ((const char *const *) tw_record_at (record, field, GStrv));
  return NULL;
}

TwKind
tw_format_get_kind (TwRecord *record, const TwField *field)
{
  TwApprovalRule *rule = rule_of_threshold (record, field);

  return rule != NULL && tw_condition_is_fraction (rule->condition) ? TW_KIND_RATE : field->kind;
}

char *
tw_format_value (TwRecord *record, const TwField *field)
{
  const char *key;
  char *text = key_in_words (record, field);

  if (text != NULL)
    return text;
  switch (tw_format_get_kind (record, field))
    {
    case TW_KIND_INT:
      return g_strdup_printf ("%" G_GINT64_FORMAT, tw_record_at (record, field, gint64));
    case TW_KIND_BOOL:
      return g_strdup (tw_record_at (record, field, gboolean) ? _("Yes") : _("No"));
    case TW_KIND_KEY:
      key = tw_record_at (record, field, const char *);
      return g_strdup (key != NULL ? tw_key_get_label (field->keys, key) : "");
    case TW_KIND_MONEY:
    case TW_KIND_PRICE:
      return tw_format_decimal (tw_record_at (record, field, TwDecimal), 2);
    case TW_KIND_QUANTITY:
      return tw_format_decimal (tw_record_at (record, field, TwDecimal), 0);
    case TW_KIND_RATE:
      return percent (tw_record_at (record, field, TwDecimal));
    case TW_KIND_TIME:
      return local_time (tw_record_at (record, field, TwTime));
    case TW_KIND_STRINGS:
      return tw_format_list ((const char *const *) tw_record_at (record, field, GStrv));
    case TW_KIND_LIST:
      return g_strdup_printf ("%u", tw_record_count (tw_record_at (record, field, GListStore *)));
    default:
      text = tw_record_get_text (record, field);
      return text != NULL ? text : g_strdup ("");
    }
}

/* ---- Reading back -------------------------------------------------------------------------------------------- */

static gboolean
skip_sign (const char **at, const char *sign)
{
  if (*sign == '\0' || !g_str_has_prefix (*at, sign))
    return FALSE;
  *at += strlen (sign);
  return TRUE;
}

/* Full-width digits and signs, as Chinese input methods write them, to ASCII. */
static char *
to_half_width (const char *typed)
{
  g_autofree char *normal = g_utf8_normalize (typed, -1, G_NORMALIZE_ALL);

  return g_strstrip (g_strdup (normal != NULL ? normal : typed));
}

char *
tw_format_read_decimal (const char *typed, gboolean rate, GError **error)
{
  g_autofree char *text = to_half_width (typed);
  g_autoptr (GString) wire = g_string_new (NULL);
  gboolean is_percent = g_str_has_suffix (text, "%");
  const char *at = text;
  TwDecimal value;

  if (is_percent)
    text[strlen (text) - 1] = '\0';
  while (*at != '\0')
    {
      if (g_ascii_isdigit (*at))
        g_string_append_c (wire, *at++);
      else if (wire->len == 0 && (skip_sign (&at, "-") || skip_sign (&at, "\xe2\x88\x92")))
        g_string_append_c (wire, '-');
      else if (skip_sign (&at, tw_format_get_point ()))
        g_string_append_c (wire, '.');
      else if (!skip_sign (&at, tw_format_get_group ()) && !skip_sign (&at, " ") && !skip_sign (&at, "\xc2\xa0"))
        break;
    }
  if (*at != '\0' || !tw_decimal_parse (wire->str, &value, NULL) || (is_percent && !rate))
    {
      tw_error_fault (error, "", "not_a_number", _("This is not a number. Write it like %s."),
                      rate ? _("12.5 %") : _("1250.75"));
      return NULL;
    }
  /* In a field of rates people think in percent with or without the sign. */
  if (rate)
    value = tw_decimal_div (value, tw_decimal_from_int (100), TW_DECIMAL_PLACES);
  return tw_decimal_format (value, 0);
}

/* "22" and "11-22" mean this month's or this year's. */
static char *
complete_date (const char *text)
{
  g_autofree char *today = tw_date_format (tw_date_today ());
  int year, month, day;

  if (strspn (text, "0123456789-") != strlen (text))
    return g_strdup (text);
  if (sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  if (strlen (text) == 8 && strspn (text, "0123456789") == 8)
    return g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  if (sscanf (text, "%2d-%2d", &month, &day) == 2)
    return g_strdup_printf ("%.4s-%02d-%02d", today, month, day);
  if (strlen (text) <= 2 && sscanf (text, "%2d", &day) == 1)
    return g_strdup_printf ("%.8s%02d", today, day);
  return g_strdup (text);
}

char *
tw_format_read_date (const char *typed, GError **error)
{
  g_autofree char *text = to_half_width (typed);
  g_autofree char *complete = NULL;
  TwDate date;

  if (*text == '\0')
    return g_strdup ("");
  if ((*text == '+' || *text == '-') && strlen (text) <= 4 && strspn (text + 1, "0123456789") == strlen (text + 1))
    return tw_date_format (tw_date_add_days (tw_date_today (), (int) g_ascii_strtoll (text, NULL, 10)));
  g_strdelimit (text, "./", '-');
  complete = complete_date (text);
  if (!tw_date_parse (complete, &date, NULL))
    {
      tw_error_fault (error, "", "not_a_date", _("This is not a date. Write it like 2026-11-22, 11-22, 22 or +7."));
      return NULL;
    }
  return tw_date_format (date);
}
