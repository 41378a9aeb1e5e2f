"""Addresses of the split rules."""

from django.urls import path

from .views import rule_bench, rule_comparisons, rule_data, rules

urlpatterns = [
    path("finance/rules/", rules.rule_list, name="rules"),
    path("finance/rules/rules.<filekind:kind>", rules.rule_file, name="rules-file"),
    path("finance/rules/new/", rules.rule_new, name="rule-new"),
    path("finance/rules/bench/", rule_bench.bench, name="rule-bench"),
    path("finance/rules/funding/", rule_data.fundings, name="rule-fundings"),
    path("finance/rules/funding.<filekind:kind>", rule_data.fundings_file, name="rule-fundings-file"),
    path("finance/rules/funding/<int:term_id>/", rule_data.funding_action, name="rule-funding-action"),
    path("finance/rules/limits/", rule_data.limits, name="rule-limits"),
    path("finance/rules/limits.<filekind:kind>", rule_data.limits_file, name="rule-limits-file"),
    path("finance/rules/limits/<int:limit_id>/", rule_data.limit_action, name="rule-limit-action"),
    path(
        "finance/rules/comparisons/<int:comparison_id>/",
        rule_comparisons.comparison_page,
        name="rule-comparison",
    ),
    path(
        "finance/rules/comparisons/<int:comparison_id>/part/",
        rule_comparisons.comparison_part,
        name="rule-comparison-part",
    ),
    path(
        "finance/rules/comparisons/<int:comparison_id>/orders/",
        rule_comparisons.comparison_orders,
        name="rule-comparison-orders",
    ),
    path(
        "finance/rules/comparisons/<int:comparison_id>/orders.csv",
        rule_comparisons.comparison_csv,
        name="rule-comparison-csv",
    ),
    path(
        "finance/rules/comparisons/<int:comparison_id>/parties.xlsx",
        rule_comparisons.comparison_xlsx,
        name="rule-comparison-xlsx",
    ),
    path("finance/rules/rule/<slug:code>/", rules.rule_page, name="rule"),
    path("finance/rules/rule/<slug:code>/history.<filekind:kind>", rules.history_file, name="rule-history"),
    path("finance/rules/rule/<slug:code>/new/", rules.version_new, name="rule-version-new"),
    path("finance/rules/rule/<slug:code>/compare/", rule_comparisons.ask, name="rule-compare"),
    path("finance/rules/rule/<slug:code>/v<int:number>/", rules.version_page, name="rule-version"),
    path(
        "finance/rules/rule/<slug:code>/v<int:number>/act/", rules.version_action, name="rule-version-action"
    ),
]
