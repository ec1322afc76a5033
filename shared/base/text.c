/* text.c: translation by thread on the server, by gettext elsewhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/text.h"

#include <libintl.h>
#include <string.h>

#include "shared/base/catalogue.h"

typedef struct
{
  char *language;
  TwCatalogue *catalogue; /* NULL: English, the language of the source */
} Language;

/* Written once by tw_text_load_catalogues() before threads start, then only read; kept for good
 * because everybody may hold a string of theirs. */
static GArray *loaded;
static GPtrArray *names;

/* Each thread's own. */
static _Thread_local const Language *spoken;

static int
compare_languages (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Language *) a)->language, ((const Language *) b)->language);
}

static const Language *
find_language (const char *language, gsize length)
{
  for (guint i = 0; loaded != NULL && i < loaded->len; i++)
    {
      const Language *candidate = &g_array_index (loaded, Language, i);
      if (strlen (candidate->language) == length && strncmp (candidate->language, language, length) == 0)
        return candidate;
    }
  return NULL;
}

void
tw_text_load_catalogues (const char *locale_dir)
{
  g_return_if_fail (loaded == NULL);

  g_autoptr (GDir) dir = g_dir_open (locale_dir, 0, NULL); /* no folder: no translations */
  const char *name;

  loaded = g_array_new (FALSE, TRUE, sizeof (Language));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (locale_dir, name, "LC_MESSAGES", GETTEXT_DOMAIN ".mo", NULL);
      g_autoptr (GError) error = NULL;
      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || g_str_equal (name, "en"))
        continue;

      TwCatalogue *catalogue = tw_catalogue_load (path, &error);
      if (catalogue == NULL)
        {
          g_warning ("Skipping a language: %s", error->message);
          continue;
        }
      g_array_append_vals (loaded, &(Language) { g_strdup (name), catalogue }, 1);
    }
  g_array_sort (loaded, compare_languages);

  names = g_ptr_array_new ();
  g_ptr_array_add (names, (gpointer) "en");
  for (guint i = 0; i < loaded->len; i++)
    g_ptr_array_add (names, g_array_index (loaded, Language, i).language);
  g_ptr_array_add (names, NULL);
}

void
tw_text_set_language (const char *language)
{
  spoken = NULL;
  if (language == NULL)
    return;

  g_autofree char *wanted = g_strdelimit (g_strndup (language, strcspn (language, ".@")), "-", '_');
  spoken = find_language (wanted, strlen (wanted));
  if (spoken == NULL)
    spoken = find_language (wanted, strcspn (wanted, "_"));
}

const char *
tw_text_get_language (void)
{
  return spoken != NULL ? spoken->language : "en";
}

const char *const *
tw_text_get_languages (void)
{
  static const char *const only_english[] = { "en", NULL };

  return names != NULL ? (const char *const *) names->pdata : only_english;
}

const char *
tw_text (const char *msgid)
{
  if (*msgid == '\0')
    return msgid; /* would be the catalogue's header */
  if (loaded == NULL)
    return dgettext (GETTEXT_DOMAIN, msgid);

  const char *found = spoken != NULL ? tw_catalogue_find (spoken->catalogue, NULL, msgid) : NULL;
  return found != NULL ? found : msgid;
}

const char *
tw_text_context (const char *context, const char *msgid)
{
  const char *found = NULL;

  if (loaded == NULL)
    {
      g_autofree char *glued = g_strconcat (context, "\004", msgid, NULL);
      found = dgettext (GETTEXT_DOMAIN, glued);
      return found != glued ? found : msgid;
    }
  if (spoken != NULL)
    found = tw_catalogue_find (spoken->catalogue, context, msgid);
  return found != NULL ? found : msgid;
}

const char *
tw_text_plural (const char *singular, const char *plural, gulong n)
{
  if (loaded == NULL)
    return dngettext (GETTEXT_DOMAIN, singular, plural, n);

  const char *found = spoken != NULL ? tw_catalogue_find_plural (spoken->catalogue, singular, n) : NULL;
  if (found != NULL)
    return found;
  return n == 1 ? singular : plural;
}

static gboolean
is_bidi_override (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

gboolean
tw_text_is_clean (const char *text, gboolean multiline)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean break_or_tab = c == '\n' || c == '\t' || c == '\r';
      gboolean control = c < 0x20 || (c >= 0x7F && c <= 0x9F);

      if ((control && !(multiline && break_or_tab)) || is_bidi_override (c))
        return FALSE;
    }
  return TRUE;
}
