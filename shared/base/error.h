/* error.h: one error domain, one table from code to HTTP problem
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * error->message is a whole sentence in the language of the thread (see text.h), fit to be
 * shown. A TW_ERROR_INVALID carries faults: which field, why, what would be right.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TW_ERROR_MALFORMED,       /* 400 not JSON, or not understood */
  TW_ERROR_UNAUTHENTICATED, /* 401 */
  TW_ERROR_FORBIDDEN,       /* 403 names the permission */
  TW_ERROR_NOT_FOUND,       /* 404 */
  TW_ERROR_METHOD,          /* 405 */
  TW_ERROR_STATE,           /* 409 the document's state does not allow it */
  TW_ERROR_IN_PROGRESS,     /* 409 a request with this key is still running */
  TW_ERROR_STALE,           /* 412 somebody else saved first */
  TW_ERROR_TOO_LARGE,       /* 413 */
  TW_ERROR_MEDIA_TYPE,      /* 415 */
  TW_ERROR_INVALID,         /* 422 refused by a rule; has faults */
  TW_ERROR_KEY_REUSED,      /* 422 same idempotency key, another body */
  TW_ERROR_PRECONDITION,    /* 428 If-Match missing */
  TW_ERROR_TOO_MANY,        /* 429 */
  TW_ERROR_INTERNAL,        /* 500 our own fault; the message stays in the log */
  TW_ERROR_UNAVAILABLE,     /* 503 database away or shutting down */
  TW_ERROR_RETRY,           /* never leaves the server: deadlock, lock wait, lost connection */
  TW_ERROR_DUPLICATE,       /* 409: a unique key is taken; rules turn it into INVALID with a field */
  TW_N_ERRORS
} TwErrorCode;

#define TW_ERROR (tw_error_quark ())
GQuark tw_error_quark (void);

typedef struct
{
  char *pointer; /* RFC 6901, e.g. "/lines/0/quantity"; "" is the whole document */
  char *code;    /* stable key, e.g. "required", "out_of_range", "unknown_key" */
  char *detail;  /* sentence for people */
} TwFault;

typedef struct
{
  guint status;      /* HTTP */
  const char *slug;  /* /problems/SLUG */
  const char *title; /* N_() */
} TwProblemType;

const TwProblemType *tw_error_get_problem (TwErrorCode code);
/* The code for a slug a server sent; TW_ERROR_INTERNAL when unknown. */
TwErrorCode tw_error_code_from_slug (const char *slug);

/* Sets TW_ERROR_INVALID with one fault; when *error already is one, adds the fault to it. Unlike
 * g_set_error() it may therefore be called repeatedly on the same error. The
 * message of the error is the first fault's detail. Always returns FALSE. */
gboolean tw_error_fault (GError **error, const char *pointer, const char *code, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

/* The faults of @error, owned by it; NULL when it has none. (element-type TwFault) */
GPtrArray *tw_error_get_faults (const GError *error);

/* Puts @prefix (e.g. "/lines/3") before the pointers of the faults of *error. */
void tw_error_prefix_pointers (GError **error, const char *prefix);

/* Shorthand: g_set_error with TW_ERROR and FALSE as the value. */
gboolean tw_error_set (GError **error, TwErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
