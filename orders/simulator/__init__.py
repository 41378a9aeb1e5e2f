"""UniPay's own side, for demonstrations: accounts, a page for payers, signed call-backs.

It knows nothing of our orders; it is reached by signed requests only and answers with signed
messages, over HTTP or within the process. It is routed in a demo installation only.
"""
