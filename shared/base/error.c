/* error.c: the error domain with its faults, and the table of problems
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shared/base/error.h"

#include "shared/base/text.h"

/* More say nothing new; a hostile body cannot make us build a million sentences. */
#define MAX_FAULTS 100

typedef struct
{
  GPtrArray *faults; /* NULL: none */
} TwErrorPrivate;

static const TwProblemType problems[TW_N_ERRORS] = {
  [TW_ERROR_MALFORMED] = { 400, "malformed", N_ ("The request was not understood") },
  [TW_ERROR_UNAUTHENTICATED] = { 401, "unauthenticated", N_ ("Sign in first") },
  [TW_ERROR_FORBIDDEN] = { 403, "forbidden", N_ ("Not permitted") },
  [TW_ERROR_NOT_FOUND] = { 404, "not-found", N_ ("Not found") },
  [TW_ERROR_METHOD] = { 405, "method-not-allowed", N_ ("This cannot be done here") },
  [TW_ERROR_STATE] = { 409, "state", N_ ("Not possible in the present state") },
  [TW_ERROR_IN_PROGRESS] = { 409, "in-progress", N_ ("The same request is still being worked on") },
  [TW_ERROR_STALE] = { 412, "stale", N_ ("Changed by somebody else in the meantime") },
  [TW_ERROR_TOO_LARGE] = { 413, "too-large", N_ ("The request is too large") },
  [TW_ERROR_MEDIA_TYPE] = { 415, "media-type", N_ ("This format is not accepted") },
  [TW_ERROR_INVALID] = { 422, "invalid", N_ ("Some values cannot be accepted") },
  [TW_ERROR_KEY_REUSED] = { 422, "key-reused", N_ ("The idempotency key belongs to another request") },
  [TW_ERROR_PRECONDITION] = { 428, "precondition-required", N_ ("The version that was read must be named") },
  [TW_ERROR_TOO_MANY] = { 429, "too-many-requests", N_ ("Too many requests") },
  [TW_ERROR_INTERNAL] = { 500, "internal", N_ ("Something went wrong on the server") },
  [TW_ERROR_UNAVAILABLE] = { 503, "unavailable", N_ ("The service is not available at the moment") },
  [TW_ERROR_RETRY] = { 503, "retry", N_ ("The request must be tried again") },
  [TW_ERROR_DUPLICATE] = { 409, "duplicate", N_ ("This already exists") },
};

static void
tw_fault_free (gpointer data)
{
  TwFault *fault = data;

  g_free (fault->pointer);
  g_free (fault->code);
  g_free (fault->detail);
  g_free (fault);
}

static gpointer
tw_fault_copy (gconstpointer data, gpointer user_data)
{
  const TwFault *source = data;
  TwFault *fault = g_new (TwFault, 1);

  fault->pointer = g_strdup (source->pointer);
  fault->code = g_strdup (source->code);
  fault->detail = g_strdup (source->detail);
  return fault;
}

static void
tw_error_private_init (TwErrorPrivate *priv)
{
  priv->faults = NULL;
}

static void
tw_error_private_copy (const TwErrorPrivate *source, TwErrorPrivate *target)
{
  if (source->faults == NULL)
    return;
  target->faults = g_ptr_array_copy (source->faults, tw_fault_copy, NULL);
  g_ptr_array_set_free_func (target->faults, tw_fault_free);
}

static void
tw_error_private_clear (TwErrorPrivate *priv)
{
  g_clear_pointer (&priv->faults, g_ptr_array_unref);
}

G_DEFINE_EXTENDED_ERROR (TwError, tw_error)

const TwProblemType *
tw_error_get_problem (TwErrorCode code)
{
  g_return_val_if_fail ((guint) code < TW_N_ERRORS, &problems[TW_ERROR_INTERNAL]);

  return &problems[code];
}

TwErrorCode
tw_error_code_from_slug (const char *slug)
{
  for (guint code = 0; code < TW_N_ERRORS; code++)
    if (g_strcmp0 (problems[code].slug, slug) == 0)
      return (TwErrorCode) code;
  return TW_ERROR_INTERNAL;
}

gboolean
tw_error_fault (GError **error, const char *pointer, const char *code, const char *format, ...)
{
  if (error == NULL)
    return FALSE;
  if (*error != NULL && !g_error_matches (*error, TW_ERROR, TW_ERROR_INVALID))
    return FALSE; /* a graver error is already there */

  va_list args;
  va_start (args, format);
  g_autofree char *detail = g_strdup_vprintf (format, args);
  va_end (args);

  if (*error == NULL)
    *error = g_error_new_literal (TW_ERROR, TW_ERROR_INVALID, detail);
  TwErrorPrivate *priv = tw_error_get_private (*error);
  if (priv->faults == NULL)
    priv->faults = g_ptr_array_new_with_free_func (tw_fault_free);
  if (priv->faults->len >= MAX_FAULTS)
    return FALSE;

  TwFault *fault = g_new (TwFault, 1);
  fault->pointer = g_strdup (pointer != NULL ? pointer : "");
  fault->code = g_strdup (code);
  fault->detail = g_steal_pointer (&detail);
  g_ptr_array_add (priv->faults, fault);
  return FALSE;
}

GPtrArray *
tw_error_get_faults (const GError *error)
{
  if (error == NULL || error->domain != TW_ERROR)
    return NULL;
  return tw_error_get_private (error)->faults;
}

void
tw_error_prefix_pointers (GError **error, const char *prefix)
{
  GPtrArray *faults = error != NULL ? tw_error_get_faults (*error) : NULL;

  for (guint i = 0; faults != NULL && i < faults->len; i++)
    {
      TwFault *fault = g_ptr_array_index (faults, i);
      char *whole = g_strconcat (prefix, fault->pointer, NULL);

      g_free (fault->pointer);
      fault->pointer = whole;
    }
}

gboolean
tw_error_set (GError **error, TwErrorCode code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autoptr (GError) made = g_error_new_valist (TW_ERROR, code, format, args);
  va_end (args);
  g_propagate_error (error, g_steal_pointer (&made));
  return FALSE;
}
