from .business_days import BusinessDay, DayState, SettlementChunk
from .ledger import CARRIED_KINDS, POSITION_KINDS, ZERO_KINDS, AccountKind, Journal, LedgerAccount, Posting
from .netting import NetPosition
from .rules import ProviderFeeRate, SplitRule, SplitRuleLine, SplitRuleVersion
from .terms import OrderShare, OrderShareTerms, Role
from .till import ChainProduct, ImportedSale, ImportedSaleLine, ImportReject, TillImport
from .trades import SALES_KINDS, SPLIT_KINDS, Means, Trade, TradeKind, TradeLine, TradeShare
from .transfers import FundTransfer, TransferFile, TransferState

__all__ = [
    "CARRIED_KINDS",
    "POSITION_KINDS",
    "SALES_KINDS",
    "SPLIT_KINDS",
    "ZERO_KINDS",
    "AccountKind",
    "BusinessDay",
    "ChainProduct",
    "DayState",
    "FundTransfer",
    "ImportReject",
    "ImportedSale",
    "ImportedSaleLine",
    "Journal",
    "LedgerAccount",
    "Means",
    "NetPosition",
    "OrderShare",
    "OrderShareTerms",
    "Posting",
    "ProviderFeeRate",
    "Role",
    "SettlementChunk",
    "SplitRule",
    "SplitRuleLine",
    "SplitRuleVersion",
    "TillImport",
    "Trade",
    "TradeKind",
    "TradeLine",
    "TradeShare",
    "TransferFile",
    "TransferState",
]
