"""Addresses of reports, statements to partners and the audit trail."""

from django.urls import path

from .views import audit, cards, costs, fees, monthly, reports

urlpatterns = [
    path("finance/audit/", audit.audit_list, name="audit"),
    path("finance/audit/audit.csv", audit.audit_csv, name="audit-csv"),
    path("finance/reports/", reports.index, name="reports"),
    path("finance/reports/clearing/", reports.clearing, name="report-clearing"),
    path("finance/reports/clearing/parts/", reports.parts, name="report-parts"),
    path("finance/reports/clearing.csv", reports.clearing_csv, name="report-clearing-csv"),
    path("finance/reports/clearing.xlsx", reports.clearing_xlsx, name="report-clearing-xlsx"),
    path("finance/reports/statements/", monthly.statement_list, name="report-statements"),
    path("finance/reports/statements.xlsx", monthly.statement_xlsx, name="report-statements-xlsx"),
    path("finance/statement/<slug:code>/", monthly.statement_page, name="statement-month"),
    path("finance/statement/<slug:code>/statement.pdf", monthly.statement_file, name="statement-pdf"),
    path("finance/reports/fees/", fees.fee_report, name="report-fees"),
    path("finance/reports/fees.xlsx", fees.fee_xlsx, name="report-fees-xlsx"),
    path("finance/ledger/points/", fees.points_page, name="points"),
    path("finance/ledger/cards/", cards.cards_page, name="prepaid-cards"),
    path("finance/ledger/cards.xlsx", cards.cards_xlsx, name="cards-xlsx"),
    path("finance/ledger/points.xlsx", fees.points_xlsx, name="points-xlsx"),
    path("finance/reports/costs/", costs.cost_report, name="report-costs"),
    path("finance/reports/costs.xlsx", costs.cost_xlsx, name="report-costs-xlsx"),
    path("finance/reports/costs/example.csv", costs.cost_example, name="report-costs-example"),
    path("finance/reports/costs/load/", costs.cost_load, name="report-costs-load"),
    path("finance/reports/costs/postings/", costs.cost_postings, name="report-cost-postings"),
    path(
        "finance/reports/costs/postings.<filekind:kind>",
        costs.postings_file,
        name="report-cost-postings-file",
    ),
]
