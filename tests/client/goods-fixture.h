/* goods-fixture.h: a company with goods and shipments, and a client's session to it, for tests of pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/action-bar.h"
#include "client/widget/action-dialog.h"
#include "client/widget/desk.h"
#include "tests/server/sales/company.h"

G_BEGIN_DECLS

typedef struct
{
  TwTestServer *server;
  TwSession *session; /* the default one */
} TwGoodsFixture;

/* The company of company.h with dispatcher, driver, barcodes 69…1 to 69…3 and the carrier SPEEDY. */
TwGoodsFixture *tw_goods_fixture_new (void);
void tw_goods_fixture_free (TwGoodsFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TwGoodsFixture, tw_goods_fixture_free)

/* The client is @user from now on. */
void tw_goods_fixture_become (TwGoodsFixture *self, const char *user);
/* A released order of 5 NW-1 and 2 NW-2: its shipment, brought to @state ("released" … "in_transit"). */
gint64 tw_goods_fixture_add_shipment (TwGoodsFixture *self, const char *state);
/* A field of an answer to `warehouse` or, for trips, `dispatcher`. (transfer full) */
char *tw_goods_fixture_read (TwGoodsFixture *self, const char *path, const char *member);

/* A desk in a window, and nothing on its way any more. */
TwDesk *tw_goods_desk_show (GType list, GType detail);
void tw_goods_desk_close (TwDesk *desk);
/* Opens the document and waits for it. */
void tw_goods_desk_open (TwDesk *desk, gint64 id);
/* Presses the document's action; asserts that it is offered. */
void tw_goods_desk_act (TwDesk *desk, const char *action);
void tw_goods_settle (void);

/* The first widget of @type below @root that edits @field (NULL: any widget); asserts that there is one. */
gpointer tw_goods_find (GtkWidget *root, GType type, const char *field);
/* As a person: types into a form row's entry or text, or chooses a key, and leaves it. */
void tw_goods_type (GtkWidget *root, const char *field, const char *text);
/* What stands beside the field as its fault; "" when nothing. (transfer full) */
char *tw_goods_get_fault (GtkWidget *root, const char *field);
/* The dialog that is open; waits for it. */
TwActionDialog *tw_goods_get_dialog (void);
gboolean tw_goods_has_dialog (void);
/* Presses the dialog's button and waits until it is closed. */
void tw_goods_finish_dialog (TwActionDialog *dialog);

G_END_DECLS
