/* sample.h: a table of the sample data, read from CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TwSample TwSample;

/* Reads @folder/@file, whose first row names the columns. */
TwSample *tw_sample_read (const char *folder, const char *file, GError **error);
void tw_sample_free (TwSample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwSample, tw_sample_free)

guint tw_sample_count (TwSample *sample);
/* The cell, "" when it is empty. A column that is not there is an assertion: the data is ours. */
const char *tw_sample_get (TwSample *sample, guint row, const char *column);
gint64 tw_sample_get_int (TwSample *sample, guint row, const char *column);

G_END_DECLS
