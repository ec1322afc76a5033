/* statement-later.c: changes of many rows, each statement run once for all of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A rule changes line by line, a row here and a row there; run at once, five lines would be five round trips for each
 * kind of row. What nobody reads in between is kept with its values, and before the next statement that runs at once
 * (or before COMMIT) each text goes out once with all its rows: as one statement where a key tells them apart, else as
 * an array of parameters. Whatever is read afterwards sees the changes, so a rule need not know when they are made.
 */
#include "server/db/statement-private.h"

#include <string.h>

/* So many rows go out at once, whatever the moment: an import may have many thousands. */
#define MAX_ROWS TW_ROWS_AT_ONCE

typedef struct
{
  TwStatement *statement;
  GArray *values; /* (element-type TwValue) row after row, as many a row as the statement has names */
  guint n_rows;
  char *refusal; /* what is said when a row was not there; NULL: it need not be */
  TwMoment moment;
} Pending;

/* What MYSQL_BIND points to for one slot of all rows. */
typedef struct
{
  gint64 *integers;
  gpointer *pointers; /* to bytes or MYSQL_TIME */
  unsigned long *lengths;
  char *indicators;
} Slot;

/* ---- Keeping ---- */

static void
clear_value (gpointer data)
{
  TwValue *value = data;

  if (value->bytes != NULL)
    g_string_free (value->bytes, TRUE);
}

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_array_unref (pending->values);
  g_free (pending->refusal);
  tw_statement_free (pending->statement);
  g_free (pending);
}

static Pending *
find_pending (TwDb *db, TwStatement *s)
{
  for (guint i = 0; i < db->later->len; i++)
    {
      Pending *pending = g_ptr_array_index (db->later, i);

      if (g_str_equal (pending->statement->source, s->source))
        return pending;
    }
  return NULL;
}

static Pending *
add_pending (TwDb *db, TwStatement *s, TwMoment moment, const char *refusal)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->statement = tw_db_prepare (db, s->source);
  pending->values = g_array_new (FALSE, TRUE, sizeof (TwValue));
  g_array_set_clear_func (pending->values, clear_value);
  pending->refusal = g_strdup (refusal);
  pending->moment = moment;
  g_ptr_array_add (db->later, pending);
  return pending;
}

/* The values go over; the statement keeps its own storage. */
static void
add_row (Pending *pending, TwStatement *s)
{
  for (guint i = 0; i < s->text->names->len; i++)
    {
      TwValue value = s->values[i];

      if (!value.bound)
        g_error ("parameter :%s is not bound in: %s", (char *) g_ptr_array_index (s->text->names, i), s->source);
      value.bytes = value.bytes != NULL ? g_string_new_len (value.bytes->str, value.bytes->len) : NULL;
      g_array_append_val (pending->values, value);
    }
  pending->n_rows++;
}

/* ---- Running ---- */

static TwValue *
get_value (Pending *pending, guint row, guint name)
{
  return &g_array_index (pending->values, TwValue, row * pending->statement->text->names->len + name);
}

/* The type that a name has in all rows that have a value. */
static enum enum_field_types
find_type (Pending *pending, guint name)
{
  enum enum_field_types type = MYSQL_TYPE_NULL;

  for (guint row = 0; row < pending->n_rows; row++)
    {
      TwValue *value = get_value (pending, row, name);

      g_assert (type == MYSQL_TYPE_NULL || value->type == MYSQL_TYPE_NULL || value->type == type);
      if (value->type != MYSQL_TYPE_NULL)
        type = value->type;
    }
  return type == MYSQL_TYPE_NULL ? MYSQL_TYPE_STRING : type;
}

static void
fill_slot (Pending *pending, guint name, Slot *slot, MYSQL_BIND *bind)
{
  bind->buffer_type = find_type (pending, name);
  slot->integers = g_new0 (gint64, pending->n_rows);
  slot->pointers = g_new0 (gpointer, pending->n_rows);
  slot->lengths = g_new0 (unsigned long, pending->n_rows);
  slot->indicators = g_new0 (char, pending->n_rows);
  for (guint row = 0; row < pending->n_rows; row++)
    {
      TwValue *value = get_value (pending, row, name);

      slot->indicators[row] = value->type == MYSQL_TYPE_NULL ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
      slot->integers[row] = value->integer;
      slot->pointers[row] = &value->time;
      if (value->type != MYSQL_TYPE_NULL && value->bytes != NULL)
        {
          slot->pointers[row] = value->bytes->str;
          slot->lengths[row] = value->bytes->len;
        }
    }
  bind->buffer = bind->buffer_type == MYSQL_TYPE_LONGLONG ? (void *) slot->integers : (void *) slot->pointers;
  bind->length = slot->lengths;
  bind->u.indicator = slot->indicators;
}

static void
clear_slots (Slot *slots, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_free (slots[i].integers);
      g_free (slots[i].pointers);
      g_free (slots[i].lengths);
      g_free (slots[i].indicators);
    }
  g_free (slots);
}

static gboolean
set_rows (TwStatement *s, unsigned int n)
{
  return mysql_stmt_attr_set (s->handle, STMT_ATTR_ARRAY_SIZE, &n) == 0;
}

static gboolean
send_rows (Pending *pending, GError **error)
{
  TwStatement *s = pending->statement;
  guint n_slots = s->text->slots->len;
  g_autofree MYSQL_BIND *binds = g_new0 (MYSQL_BIND, n_slots + 1);
  Slot *slots = g_new0 (Slot, n_slots);
  gboolean sent;

  for (guint i = 0; i < n_slots; i++)
    fill_slot (pending, g_array_index (s->text->slots, guint, i), &slots[i], &binds[i]);
  if (set_rows (s, pending->n_rows) && mysql_stmt_bind_param (s->handle, binds) == 0)
    sent = tw_statement_send (s, error);
  else
    sent = tw_statement_fail (s, error);
  /* The handle may be gone with its connection; then it is not used again either. */
  if (s->db->mysql != NULL)
    set_rows (s, 0);
  clear_slots (slots, n_slots);
  return sent;
}

/* One row goes out as ever. */
static gboolean
send_row (Pending *pending, GError **error)
{
  TwStatement *s = pending->statement;

  for (guint i = 0; i < s->text->names->len; i++)
    {
      TwValue *kept = get_value (pending, 0, i), *value = &s->values[i];
      GString *bytes = value->bytes;

      *value = *kept;
      kept->bytes = bytes;
    }
  return tw_statement_send_values (s, error);
}

/* @text gets what was sent. */
static gboolean
send_pending (Pending *pending, const char **text, GError **error)
{
  g_autoptr (TwStatement) keyed = NULL;

  *text = pending->statement->source;
  if (!tw_statement_make_ready (pending->statement, error))
    return FALSE;
  if (pending->n_rows == 1)
    return send_row (pending, error);
  keyed = tw_statement_prepare_keyed (pending->statement, get_value (pending, 0, 0), pending->n_rows);
  if (keyed == NULL)
    return send_rows (pending, error);
  *text = keyed->source;
  return tw_statement_make_ready (keyed, error) && tw_statement_send_values (keyed, error);
}

/* Sends one and takes it off. What has failed must not be committed without it. */
static gboolean
post_and_remove (TwDb *db, Pending *pending, GError **error)
{
  g_autoptr (GError) fault = NULL;
  const char *text;

  if (!send_pending (pending, &text, &fault))
    {
      tw_db_spoil (db, fault);
      g_propagate_error (error, g_steal_pointer (&fault));
    }
  else if (tw_db_note_posted (db, TW_POSTED_CHANGE, text, pending->n_rows, TW_ERROR_STATE, pending->refusal, error))
    {
      g_ptr_array_remove (db->later, pending);
      return TRUE;
    }
  return FALSE;
}

/* ---- For the files beside ---- */

gboolean
tw_db_post_later (TwDb *db, TwMoment moment, GError **error)
{
  guint i = 0;

  while (i < db->later->len)
    {
      Pending *pending = g_ptr_array_index (db->later, i);

      if (pending->moment < moment)
        i++;
      else if (!post_and_remove (db, pending, error))
        return FALSE;
    }
  return TRUE;
}

void
tw_db_drop_later (TwDb *db)
{
  g_ptr_array_set_size (db->later, 0);
  g_clear_error (&db->spoilt);
  db->undone++;
}

void
tw_db_spoil (TwDb *db, const GError *fault)
{
  g_autoptr (GError) first = g_error_copy (db->spoilt != NULL ? db->spoilt : fault);

  tw_db_drop_later (db);
  db->spoilt = g_steal_pointer (&first);
}

GPtrArray *
tw_db_new_later (void)
{
  return g_ptr_array_new_with_free_func (pending_free);
}

/* ---- Public ---- */

gboolean
tw_statement_run_later (TwStatement *s, TwMoment moment, const char *refusal, GError **error)
{
  TwDb *db = s->db;
  Pending *pending;

  if (!db->in_transaction)
    return tw_statement_post_refusing (s, TW_ERROR_STATE, refusal, error);
  pending = find_pending (db, s);
  if (pending == NULL)
    pending = add_pending (db, s, moment, refusal);
  add_row (pending, s);
  return pending->n_rows < MAX_ROWS || post_and_remove (db, pending, error);
}

void
tw_db_forget_later (TwDb *db)
{
  /* What was sent already is undone as well, and so is whatever came of it. Only what ends the whole transaction is not
   * forgotten: the connection knows. */
  tw_db_read_posted (db, NULL);
  tw_db_drop_later (db);
}
