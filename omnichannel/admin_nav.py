"""What stands in the admin's side bar: our tables by subject; those of the libraries are not worked on."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# group, ((words, Material symbol, table), ...)
GROUPS = (
    (
        _("Orders"),
        (
            (_("Orders"), "receipt_long", "order_orderintake"),
            (_("Payments"), "payments", "order_payment"),
            (_("Refunds"), "currency_exchange", "order_refund"),
            (_("Prepaid cards"), "credit_card", "order_prepaidcard"),
            (_("Provider call-backs"), "sync_alt", "order_providercallback"),
        ),
    ),
    (
        _("Goods on their way"),
        (
            (_("Routing and exceptions"), "alt_route", "fulfillment_fulfillmentdemand"),
            (_("Parcels"), "package_2", "fulfillment_fulfillmentorder"),
            (_("Waves"), "waves", "fulfillment_wave"),
            (_("Deliveries"), "local_shipping", "fulfillment_delivery"),
            (_("Visits at the door"), "door_front", "fulfillment_doorvisit"),
            (_("Couriers' messages"), "rss_feed", "fulfillment_courierevent"),
            (_("Pick-up codes entered"), "pin", "fulfillment_pickupguess"),
            (_("Account openings"), "sim_card", "fulfillment_provisioningjob"),
            (_("Operations centres"), "factory", "fulfillment_centreprofile"),
            (_("Couriers' cut-offs"), "schedule", "fulfillment_couriercutoff"),
            (_("Rights to stations"), "how_to_reg", "fulfillment_stationright"),
            (_("Differing weights"), "scale", "fulfillment_weightcase"),
            (_("Limits of standstills"), "timer", "fulfillment_standstilllimit"),
            (_("Decisions about standstills"), "gavel", "fulfillment_standstilldecision"),
            (_("Who worked on what"), "back_hand", "fulfillment_workinhand"),
        ),
    ),
    (
        _("Stock"),
        (
            (_("Stock levels"), "inventory_2", "fulfillment_stocklevel"),
            (_("Serial numbers"), "qr_code", "fulfillment_serialunit"),
            (_("Reservations"), "bookmark", "fulfillment_reservation"),
            (_("Transfers"), "swap_horiz", "fulfillment_stocktransfer"),
            (_("Counts"), "fact_check", "fulfillment_stockcount"),
            (_("Safety stock"), "shield", "fulfillment_safetystock"),
            (_("Cover rules"), "rule", "fulfillment_coverrule"),
            (_("Stock snapshots"), "sync", "fulfillment_stocksync"),
            (_("Places and routing"), "warehouse", "fulfillment_locationprofile"),
            (_("Special days"), "event_busy", "fulfillment_locationday"),
            (_("Trunk lines"), "local_shipping", "fulfillment_trunkline"),
            (_("Courier tariff"), "receipt", "fulfillment_tariffrate"),
            (_("Postage"), "mail", "fulfillment_postagerate"),
            (_("Posted parcels"), "outbox", "fulfillment_posting"),
            (_("Runs of the optimiser"), "functions", "fulfillment_optimiserrun"),
            (_("Costs of a centre"), "price_change", "fulfillment_centrecosts"),
            (_("Proposals of centres"), "add_business", "fulfillment_centreproposal"),
        ),
    ),
    (
        _("Dealers"),
        (
            (_("Dealer terms"), "handshake", "fulfillment_dealerterms"),
            (_("Dealers' orders"), "shopping_cart", "fulfillment_dealerorder"),
            (_("Dealers' invoices"), "request_quote", "fulfillment_dealerinvoice"),
            (_("Suppliers' items"), "factory", "fulfillment_supplieritem"),
            (_("Supply contracts"), "contract", "fulfillment_supplycontract"),
            (_("Supplier orders"), "local_mall", "fulfillment_supplierorder"),
            (_("Serial imports"), "upload_file", "fulfillment_serialimport"),
        ),
    ),
    (
        _("Offers"),
        (
            (_("Products"), "smartphone", "catalogue_product"),
            (_("Categories"), "category", "catalogue_category"),
            (_("Channel prices"), "sell", "catalogue_channelprice"),
            (_("Numbers"), "dialpad", "catalogue_number"),
            (_("Number grades"), "star", "catalogue_numbergrade"),
            (_("Flash sales"), "bolt", "fulfillment_campaign"),
        ),
    ),
    (
        _("Parties"),
        (
            (_("Institutions"), "account_tree", "members_institution"),
            (_("Staff and roles"), "badge", "members_user"),
            (_("Members"), "group", "members_member"),
            (_("Short messages"), "sms", "members_message"),
        ),
    ),
    (
        _("Settlement"),
        (
            (_("Business days"), "calendar_month", "settlement_businessday"),
            (_("Trades"), "swap_horiz", "settlement_trade"),
            (_("Split rules"), "pie_chart", "settlement_splitrule"),
        ),
    ),
    (_("System"), ((_("Messages between the parts"), "forward_to_inbox", "kernel_outboxmessage"),)),
)

# Unfold's own words, which it has in English only; our catalogue goes before the libraries'.
UNFOLD_WORDS = (
    gettext_noop("Add row"),
    gettext_noop("Apply Filters"),
    gettext_noop("By %(filter_title)s"),
    gettext_noop("Choose file to upload"),
    gettext_noop("Date"),
    gettext_noop("Date from"),
    gettext_noop("Date to"),
    gettext_noop("Expand row"),
    gettext_noop("General"),
    gettext_noop("Go back"),
    gettext_noop("More actions"),
    gettext_noop("No results found"),
    gettext_noop("Reset filters"),
    gettext_noop("Return to site"),
    gettext_noop("Run"),
    gettext_noop("Select action"),
    gettext_noop("Select action to run"),
    gettext_noop("Select all rows"),
    gettext_noop("Select record"),
    gettext_noop("Select value"),
    gettext_noop("This page yielded into no results. Create a new item or reset your filters."),
    gettext_noop("Toggle password visibility"),
    gettext_noop("Type to search"),
)


def navigation(request) -> list[dict]:
    """Unfold's side bar. Who may enter the admin may read all of it."""
    return [
        {
            "title": title,
            "separator": True,
            "items": [
                {"title": words, "icon": icon, "link": reverse(f"admin:{table}_changelist")}
                for words, icon, table in rows
            ],
        }
        for title, rows in GROUPS
    ]
