"""The provider's daily statements, in the formats of WeChat Pay, Alipay and UnionPay.

The same transactions can be told in each of them, under the number that a merchant has there. Errors may
be sown in; what was sown is returned, so that somebody can ask whether it was found.
"""
