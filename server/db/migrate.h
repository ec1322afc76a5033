/* migrate.h: bringing a database to the program's schema, and the working account to its grants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schema is a folder of files NNNN-name.sql, applied in the order of their numbers. The folder is append-only: a
 * file that a database has applied is never changed again (its SHA-256 is recorded) and
 * new files have higher numbers.
 *
 * In a file, statements end with ';'; one that has a BEGIN (a trigger's body) ends with an `END;` at the start of
 * its line (sql-text.h). Progress is recorded statement by statement, so an interrupted
 * migration goes on where it stopped. A data statement commits together with its progress. DDL
 * commits by itself: when the program dies between the two, the statement runs once more,
 * and "exists already" (respectively "is gone already") then counts as done. DDL therefore makes one change a
 * statement, and triggers are written CREATE OR REPLACE TRIGGER.
 *
 * A comment line in any file narrows what the working account may do:
 *
 *   -- append-only: change_log, journal_line, invoice (state, version, updated_at)
 *   -- read-only: tax_class
 *
 * append-only is SELECT and INSERT, and UPDATE of the columns in parentheses; read-only is SELECT. Every other table is
 * open for SELECT, INSERT, UPDATE and DELETE. The latest line about a table holds.
 */
#pragma once

#include "server/db/db.h"

G_BEGIN_DECLS

/* Applies what is missing from @folder, with the owner's connection. Several processes may call it at once: one
 * works, the others wait. TW_ERROR_STATE when an applied file has changed or is missing here, i.e. the database
 * is newer than the program. @applied (nullable) gets how many files were applied. Must not run in a transaction. */
gboolean tw_migrate_run (TwDb *owner, const char *folder, guint *applied, GError **error);

/* Gives @user@@host the rights of @folder's comments on every table of the owner's database, and takes away what
 * they do not name. What was granted is remembered, so that a start with nothing new changes nothing. */
gboolean tw_migrate_grant (TwDb *owner, const char *folder, const char *user, const char *host, GError **error);

/* The same for the account that @working signs in with, as the database knows it (CURRENT_USER). It may have no rights
 * yet. An account that is the owner's own keeps what it has. */
gboolean tw_migrate_grant_working (TwDb *owner, const char *folder, const TwDbAddress *working, GError **error);

/* TW_ERROR_STATE unless the database has exactly the files of @folder: for programs that do not migrate themselves. */
gboolean tw_migrate_check (TwDb *db, const char *folder, GError **error);

G_END_DECLS
