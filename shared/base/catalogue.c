/* catalogue.c: reads GNU .mo files, of either byte order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * gettext answers in the one language of the process; a server needs one for each thread. Format:
 * a header of seven 32-bit words, then two tables of (length, offset) for originals and
 * translations. A context is kept as "context\004msgid", plural forms one after another, each with its NUL.
 */
#include "shared/base/catalogue.h"

#include <gio/gio.h>
#include <string.h>

#include "shared/base/plural-rule.h"

#define MAGIC 0x950412deu
#define CONTEXT_GLUE "\004"
#define HEADER_SIZE (7 * sizeof (guint32))

typedef struct
{
  const char *text; /* plural forms follow each other */
  gsize length;     /* of all forms, without the last NUL */
} Message;

struct _TwCatalogue
{
  GMappedFile *file;
  GHashTable *messages; /* original (in the file) → Message */
  char *plural_rule;
  gulong n_plurals;
};

typedef struct
{
  const char *data;
  gsize size;
  gboolean swapped;
} Reader;

static guint32
read_word (const Reader *reader, gsize offset)
{
  guint32 word;

  memcpy (&word, reader->data + offset, sizeof word);
  return reader->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

/* The string that the table entry at @offset describes; FALSE when it lies outside or has no end. */
static gboolean
read_message (const Reader *reader, gsize offset, Message *message)
{
  gsize length = read_word (reader, offset);
  gsize start = read_word (reader, offset + sizeof (guint32));

  if (start >= reader->size || length >= reader->size - start || reader->data[start + length] != '\0')
    return FALSE;
  *message = (Message) { reader->data + start, length };
  return TRUE;
}

static gboolean
read_messages (TwCatalogue *catalogue, const Reader *reader)
{
  gsize n = read_word (reader, 8), originals = read_word (reader, 12), translations = read_word (reader, 16);
  gsize table = n * 2 * sizeof (guint32);

  if (table > reader->size || originals > reader->size - table || translations > reader->size - table)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      Message original, translation;
      gsize row = i * 2 * sizeof (guint32);

      if (!read_message (reader, originals + row, &original) || !read_message (reader, translations + row, &translation)
          || !g_utf8_validate_len (translation.text, strlen (translation.text), NULL))
        return FALSE;
      g_hash_table_insert (catalogue->messages, (gpointer) original.text,
                           g_memdup2 (&translation, sizeof translation));
    }
  return TRUE;
}

/* "Plural-Forms: nplurals=2; plural=n != 1;" from the header, the translation of "". */
static void
read_plural_rule (TwCatalogue *catalogue)
{
  const Message *header = g_hash_table_lookup (catalogue->messages, "");
  const char *forms = header != NULL ? strstr (header->text, "Plural-Forms:") : NULL;
  const char *count = forms != NULL ? strstr (forms, "nplurals=") : NULL;
  const char *rule = count != NULL ? strstr (count, "plural=") : NULL;
  gulong form;

  if (rule == NULL)
    return;
  rule += strlen ("plural=");
  g_autofree char *text = g_strndup (rule, strcspn (rule, ";\n"));
  if (!tw_plural_rule_evaluate (text, 1, &form))
    return;
  catalogue->plural_rule = g_steal_pointer (&text);
  catalogue->n_plurals = strtoul (count + strlen ("nplurals="), NULL, 10);
}

TwCatalogue *
tw_catalogue_load (const char *path, GError **error)
{
  g_autoptr (TwCatalogue) catalogue = g_new0 (TwCatalogue, 1);

  catalogue->messages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  catalogue->file = g_mapped_file_new (path, FALSE, error);
  if (catalogue->file == NULL)
    return NULL;

  Reader reader = { g_mapped_file_get_contents (catalogue->file), g_mapped_file_get_length (catalogue->file), FALSE };
  gboolean ok = reader.size >= HEADER_SIZE;
  if (ok)
    {
      guint32 magic = read_word (&reader, 0);
      reader.swapped = magic == GUINT32_SWAP_LE_BE_CONSTANT (MAGIC);
      ok = (magic == MAGIC || reader.swapped) && read_messages (catalogue, &reader);
    }
  if (!ok)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not a message catalogue", path);
      return NULL;
    }
  read_plural_rule (catalogue);
  return g_steal_pointer (&catalogue);
}

void
tw_catalogue_free (TwCatalogue *catalogue)
{
  g_hash_table_unref (catalogue->messages);
  g_clear_pointer (&catalogue->file, g_mapped_file_unref);
  g_free (catalogue->plural_rule);
  g_free (catalogue);
}

const char *
tw_catalogue_find (TwCatalogue *catalogue, const char *context, const char *msgid)
{
  g_autofree char *glued = context != NULL ? g_strconcat (context, CONTEXT_GLUE, msgid, NULL) : NULL;
  const Message *message = g_hash_table_lookup (catalogue->messages, glued != NULL ? glued : msgid);

  return message != NULL && message->length > 0 ? message->text : NULL;
}

const char *
tw_catalogue_find_plural (TwCatalogue *catalogue, const char *singular, gulong n)
{
  const Message *message = g_hash_table_lookup (catalogue->messages, singular);
  if (message == NULL || message->length == 0)
    return NULL;

  gulong form = 0;
  if (catalogue->plural_rule != NULL)
    tw_plural_rule_evaluate (catalogue->plural_rule, n, &form);
  if (form >= catalogue->n_plurals)
    form = 0;

  const char *text = message->text;
  for (; form > 0; form--)
    {
      text += strlen (text) + 1;
      if (text > message->text + message->length)
        return message->text; /* fewer forms than the header says */
    }
  return text;
}
