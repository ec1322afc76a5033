/* approval-rule-page.c: one rule that says which orders need whose signature
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "client/admin/admin-pages.h"
#include "client/widget/form-row.h"
#include "client/widget/format.h"
#include "shared/base/text.h"
#include "shared/document/approval-rule.h"
#include "shared/document/common.h"
#include "shared/policy/role.h"

struct _TwApprovalRulePage
{
  TwDetailPage parent_instance;

  GtkWidget *threshold;
  GtkWidget *category;
  GtkLabel *hint;
  GtkLabel *roles_hint;
};

G_DEFINE_FINAL_TYPE (TwApprovalRulePage, tw_approval_rule_page, TW_TYPE_DETAIL_PAGE)

/* What the threshold means depends on the condition. */
static const struct
{
  const char *condition;
  const char *hint;
} conditions[] = {
  { "amount", N_ ("Holds from this amount on, in company currency with tax.") },
  { "discount", N_ ("Holds when a line’s discount is higher than this percentage.") },
  { "margin", N_ ("Holds when the order’s margin is lower than this percentage.") },
  { "credit", N_ ("Holds when the order exceeds what is left of the customer’s credit.") },
  { "new_customer", N_ ("Holds for customers without a completed order.") },
  { "category", N_ ("Holds when a product of this category is in the order.") },
  { "manual", N_ ("Holds when the sales rep asks for a signature.") },
};

static void
update_condition (TwApprovalRulePage *self, TwApprovalRule *rule)
{
  gtk_widget_set_visible (self->threshold, tw_condition_has_threshold (rule->condition));
  gtk_widget_set_visible (self->category, g_strcmp0 (rule->condition, "category") == 0);
  gtk_label_set_label (self->hint, "");
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    if (g_strcmp0 (conditions[i].condition, rule->condition) == 0)
      gtk_label_set_label (self->hint, _(conditions[i].hint));
}

/* An amount makes no percentage: what no longer fits the condition goes. */
static void
drop_misfit (TwRecord *record)
{
  TwApprovalRule *rule = (TwApprovalRule *) record;
  gboolean fraction = tw_decimal_compare (rule->threshold, TW_DECIMAL_ONE) < 0;

  if (tw_decimal_is_zero (rule->threshold) || tw_condition_is_fraction (rule->condition) == fraction)
    return;
  rule->threshold = TW_DECIMAL_ZERO;
  tw_record_mark_present (record, tw_record_find (record, "threshold"));
  tw_record_changed (record, "threshold");
}

static char *
list_roles (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (const TwKey *role = tw_role_keys; role->key != NULL; role++)
    if (tw_role_may (tw_role_from_key (role->key), "order.approve"))
      g_ptr_array_add (names, g_strdup (_(role->label)));
  g_ptr_array_add (names, NULL);
  list = tw_format_list ((const char *const *) names->pdata);
  /* Translators: %s is a list of roles */
  return g_strdup_printf (_("Roles that may sign: %s"), list);
}

static void
tw_approval_rule_page_begin (TwDetailPage *page, TwRecord *record)
{
  TwApprovalRule *rule = (TwApprovalRule *) record;

  rule->status = tw_key_find (tw_active_keys, "active");
  rule->condition = tw_key_find (tw_condition_keys, "amount");
}

static void
tw_approval_rule_page_shown (TwDetailPage *page, TwRecord *record)
{
  TwApprovalRulePage *self = TW_APPROVAL_RULE_PAGE (page);

  update_condition (self, (TwApprovalRule *) record);
  gtk_widget_set_visible (GTK_WIDGET (self->roles_hint), tw_detail_page_is_editing (page));
}

static void
tw_approval_rule_page_edited (TwDetailPage *page, TwRecord *record, const char *field)
{
  if (!g_str_equal (field, "condition"))
    return;
  drop_misfit (record);
  update_condition (TW_APPROVAL_RULE_PAGE (page), (TwApprovalRule *) record);
}

static void
tw_approval_rule_page_class_init (TwApprovalRulePageClass *klass)
{
  TwDetailPageClass *page_class = TW_DETAIL_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  page_class->begin = tw_approval_rule_page_begin;
  page_class->shown = tw_approval_rule_page_shown;
  page_class->edited = tw_approval_rule_page_edited;
  tw_detail_page_class_set_template (widget_class, "admin/approval-rule-page.ui", tw_approval_rule_get_type ());
  gtk_widget_class_bind_template_child (widget_class, TwApprovalRulePage, threshold);
  gtk_widget_class_bind_template_child (widget_class, TwApprovalRulePage, category);
  gtk_widget_class_bind_template_child (widget_class, TwApprovalRulePage, hint);
  gtk_widget_class_bind_template_child (widget_class, TwApprovalRulePage, roles_hint);
}

static void
tw_approval_rule_page_init (TwApprovalRulePage *self)
{
  g_autofree char *roles = list_roles ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_label (self->roles_hint, roles);
}
