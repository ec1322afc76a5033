/* scan-entry.h: where a barcode scanner writes: a code and Enter, again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TW_TYPE_SCAN_ENTRY (tw_scan_entry_get_type ())
G_DECLARE_FINAL_TYPE (TwScanEntry, tw_scan_entry, TW, SCAN_ENTRY, AdwBin)

/* Signals: "scanned" (const char *code): a code came; the entry is empty again and keeps the cursor.
 * "finished" (): Enter without a code: that was all. */

/* What became of the last code. A code that means nothing comes back into the entry, marked, so that the next one
 * replaces it. */
void tw_scan_entry_show_result (TwScanEntry *self, const char *text);
void tw_scan_entry_show_unknown (TwScanEntry *self, const char *code, const char *text);
/* As if @code and Enter had been typed. */
void tw_scan_entry_scan (TwScanEntry *self, const char *code);

G_END_DECLS
