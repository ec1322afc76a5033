/* plain-page.h: pages that their template says all about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "client/widget/detail-page.h"
#include "client/widget/exchange-menu.h"
#include "client/widget/list-page.h"
#include "client/widget/table.h"

/* In the .c file, after G_DECLARE_FINAL_TYPE (Type, prefix, …, TwListPage) in a header. @record_type: get_type function
 * of the record that the page shows. */
#define TW_DEFINE_PLAIN_LIST(Type, prefix, resource, record_type)                                                      \
  TW_DEFINE_PLAIN_PAGE_ (Type, prefix, TwListPage, TW_TYPE_LIST_PAGE, tw_list_page_class_set_template, resource,       \
                         record_type)
#define TW_DEFINE_PLAIN_DETAIL(Type, prefix, resource, record_type)                                                    \
  TW_DEFINE_PLAIN_PAGE_ (Type, prefix, TwDetailPage, TW_TYPE_DETAIL_PAGE, tw_detail_page_class_set_template, resource, \
                         record_type)

#define TW_DEFINE_PLAIN_PAGE_(Type, prefix, Parent, PARENT_TYPE, set_template, resource, record_type)                  \
  struct _##Type                                                                                                       \
  {                                                                                                                    \
    Parent parent_instance;                                                                                            \
  };                                                                                                                   \
  G_DEFINE_FINAL_TYPE (Type, prefix, PARENT_TYPE)                                                                      \
  static void prefix##_class_init (Type##Class *klass)                                                                 \
  {                                                                                                                    \
    g_type_ensure (TW_TYPE_EXCHANGE_MENU);                                                                             \
    g_type_ensure (TW_TYPE_TABLE);                                                                                     \
    set_template (GTK_WIDGET_CLASS (klass), resource, record_type ());                                                 \
  }                                                                                                                    \
  static void prefix##_init (Type *self)                                                                               \
  {                                                                                                                    \
    gtk_widget_init_template (GTK_WIDGET (self));                                                                      \
  }
