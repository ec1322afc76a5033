/* desk-fixture.h: a server with customers, and a client's session to it, for tests of pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/application.h"
#include "tests/fixture/server.h"

G_BEGIN_DECLS

typedef struct
{
  TwTestServer *server;
  TwSession *session; /* signed in as "boss", who is sales_manager and admin; also the default */
  char *token;        /* of another sign-in of the same person: for changes behind the client's back */
} TwDeskFixture;

/* Starts everything: a payment term N30, a price list STD, and @n_customers customers C0001 … . Call after gtk_init. */
TwDeskFixture *tw_desk_fixture_new (guint n_customers);
void tw_desk_fixture_free (TwDeskFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwDeskFixture, tw_desk_fixture_free)

/* The id of the nth customer (1…), as the server has it. */
gint64 tw_desk_fixture_find_customer (TwDeskFixture *self, guint n);
/* Another person changes a customer's field. */
void tw_desk_fixture_change_customer (TwDeskFixture *self, gint64 id, const char *field, const char *value);

/* Shows @widget in a window; the window is the caller's to destroy. (transfer none) */
GtkWidget *tw_desk_fixture_show (GtkWidget *widget);
/* With TW_TEST_PICTURES=FOLDER in the environment: what @window shows, as FOLDER/NAME.png. For looking at a failure. */
void tw_desk_fixture_picture (GtkWidget *window, const char *name);

G_END_DECLS
