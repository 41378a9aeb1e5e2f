from django.urls import path, register_converter

from .converters import IsoDate
from .urls_reports import urlpatterns as reports
from .views import (
    adjustments,
    days,
    imports,
    ledger,
    positions,
    reconciliation,
    rules,
    statements,
    trades,
    transfers,
)

register_converter(IsoDate, "isodate")

app_name = "settlement"
urlpatterns = [
    path("finance/", days.day_list, name="days"),
    path("finance/day/<isodate:day>/", days.day_page, name="day"),
    path("finance/day/<isodate:day>/batch/", days.day_batch, name="day-batch"),
    path("finance/day/<isodate:day>/clearing.csv", days.report_csv, name="report-csv"),
    path("finance/day/<isodate:day>/clearing.xlsx", days.report_xlsx, name="report-xlsx"),
    path("finance/day/<isodate:day>/positions/", positions.position_page, name="positions"),
    path("finance/day/<isodate:day>/positions.csv", positions.position_csv, name="positions-csv"),
    path("finance/day/<isodate:day>/positions.xlsx", positions.position_xlsx, name="positions-xlsx"),
    path("finance/payout/", positions.payout_list, name="payout"),
    path("finance/day/<isodate:day>/<slug:code>/<slug:action>/", days.party_action, name="party-action"),
    path("finance/day/<isodate:day>/<slug:action>/", days.day_action, name="day-action"),
    path("finance/trades/", trades.trade_list, name="trades"),
    path("finance/trades/shares/", trades.share_list, name="shares"),
    path("finance/trades/shares.csv", trades.share_csv, name="shares-csv"),
    path("finance/trades/<int:trade_id>/", trades.trade_page, name="trade"),
    path("finance/order/<slug:order_number>/", trades.order_page, name="order"),
    path("finance/transfers/", transfers.transfer_list, name="transfers"),
    path("finance/transfers/<int:transfer_id>/", transfers.transfer_action, name="transfer-action"),
    path("finance/transfers/files/<str:name>", transfers.transfer_file, name="transfer-file"),
    path("finance/ledger/", ledger.account_list, name="ledger"),
    path("finance/ledger/<int:account_id>/", ledger.account_page, name="account"),
    path("finance/ledger/<int:account_id>/statement.csv", ledger.account_csv, name="account-csv"),
    path("finance/ledger/<int:account_id>/statement.xlsx", ledger.account_xlsx, name="account-xlsx"),
    path("finance/ledger/trial-balance.csv", ledger.trial_csv, name="trial-csv"),
    path("finance/ledger/trial-balance.xlsx", ledger.trial_xlsx, name="trial-xlsx"),
    path("finance/ledger/adjustments/", adjustments.adjustment_list, name="adjustments"),
    path("finance/ledger/adjustments/new/", adjustments.adjustment_new, name="adjustment-new"),
    path(
        "finance/ledger/adjustments/<int:adjustment_id>/",
        adjustments.adjustment_action,
        name="adjustment-action",
    ),
    path("finance/ledger/rules/", rules.rule_list, name="rules"),
    path("finance/imports/", imports.import_list, name="imports"),
    path("finance/imports/<int:import_id>/", imports.import_page, name="import"),
    path("finance/imports/sale/<int:sale_id>/", imports.sale_page, name="sale"),
    path("finance/statement/", ledger.own_statement, name="own-statement"),
    path("finance/reconciliation/", reconciliation.work_list, name="reconciliation"),
    path("finance/reconciliation/breaks.csv", reconciliation.work_csv, name="breaks-csv"),
    path("finance/reconciliation/breaks.xlsx", reconciliation.work_xlsx, name="breaks-xlsx"),
    path("finance/reconciliation/act/", reconciliation.act, name="break-act"),
    path("finance/reconciliation/<int:break_id>/", reconciliation.break_page, name="break"),
    path("finance/reconciliation/statements/", statements.statement_list, name="statements"),
    path("finance/reconciliation/statements/load/", statements.load, name="statement-load"),
    path("finance/reconciliation/statements/<int:batch_id>/", statements.statement_page, name="statement"),
    path(
        "finance/reconciliation/statements/<int:batch_id>/sign-off/",
        statements.sign_off,
        name="statement-sign-off",
    ),
    *reports,
]
