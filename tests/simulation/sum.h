/* sum.h: what an order costs, by an arithmetic of the simulation's own: whole numbers, nothing of the product's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *sku;
  gint64 price;  /* millionths */
  guint percent; /* of tax */
  const char *tax_class;
} SimProduct;

typedef struct
{
  guint product;  /* of sim_products */
  guint tenths;   /* quantity × 10 */
  gint64 price;   /* millionths */
  guint discount; /* percent */
} SimItem;

typedef struct
{
  gint64 net, tax, total; /* hundredths */
} SimSum;

#define SIM_MAX_ITEMS 4
#define SIM_N_PRODUCTS 8
extern const SimProduct sim_products[SIM_N_PRODUCTS];

SimSum sim_sum_items (const SimItem *items, guint n, gint64 freight);
/* "12.30" for 1230. (transfer full) */
char *sim_sum_format (gint64 hundredths);
/* The reverse of what a decimal string says; the digits after the second are dropped. */
gint64 sim_sum_parse (const char *text);

G_END_DECLS
