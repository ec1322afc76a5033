/* sales-fixture.h: a server with a small company, and a client signed in to it, for tests of the sales desks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/application.h"
#include "client/widget/desk.h"
#include "tests/server/sales/company.h"

G_BEGIN_DECLS

typedef struct
{
  TwTestServer *server; /* see tests/server/sales/company.h */
  TwSession *session;   /* also the default; signed in as the user last named */
} TwSalesFixture;

TwSalesFixture *tw_sales_fixture_new (void);
void tw_sales_fixture_free (TwSalesFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwSalesFixture, tw_sales_fixture_free)

void tw_sales_fixture_sign_in (TwSalesFixture *self, const char *user);
/* Nothing is asked of the server any more. */
void tw_sales_fixture_settle (TwSalesFixture *self);
/* Shows @desk in a window of its own. (transfer none) */
GtkWidget *tw_sales_fixture_show (TwDesk *desk);

/* The editor of the page's field @name: a form row or line editor. */
GtkWidget *tw_sales_fixture_find_editor (TwDesk *desk, const char *name);
/* As a person: types into the form row of @field and leaves it. */
void tw_sales_fixture_type (TwDesk *desk, const char *field, const char *text);
/* The first widget below @root of @type; NULL when there is none. */
GtkWidget *tw_sales_fixture_find (GtkWidget *root, GType type);

G_END_DECLS
