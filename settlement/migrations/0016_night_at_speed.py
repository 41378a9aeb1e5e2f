"""The night at speed: the guard of shares reads the new rows once; how many parts a rule gives is known."""

from django.db import migrations, models

# The same promises as before (0011), asked in one pass over a statement's shares instead of two.
GUARDS = r"""
CREATE OR REPLACE FUNCTION settlement_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT s.chunk_id, s.business_date, s.institution_id,
           c.business_date IS DISTINCT FROM s.business_date OR c.done_at IS NOT NULL AS is_late INTO bad
    FROM (SELECT DISTINCT chunk_id, business_date, institution_id FROM new_shares) s
    LEFT JOIN settlement_settlementchunk c ON c.id = s.chunk_id
    LEFT JOIN members_institution i ON i.id = s.institution_id
    WHERE c.business_date IS DISTINCT FROM s.business_date OR c.done_at IS NOT NULL
       OR s.institution_id IS NOT NULL AND i.id IS NULL
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF bad.is_late THEN
        RAISE EXCEPTION 'chunk % takes no share of %', bad.chunk_id, bad.business_date
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RAISE EXCEPTION 'institution % does not exist', bad.institution_id
        USING ERRCODE = 'foreign_key_violation';
END $$;

ALTER FUNCTION settlement_split(bigint, bigint, bigint, text[]) ROWS 4;
"""

BEFORE = r"""
ALTER FUNCTION settlement_split(bigint, bigint, bigint, text[]) ROWS 1000;

CREATE OR REPLACE FUNCTION settlement_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT s.chunk_id, s.business_date INTO bad
    FROM (SELECT DISTINCT chunk_id, business_date FROM new_shares) s
    LEFT JOIN settlement_settlementchunk c ON c.id = s.chunk_id
    WHERE c.business_date IS DISTINCT FROM s.business_date OR c.done_at IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'chunk % takes no share of %', bad.chunk_id, bad.business_date
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    SELECT s.institution_id INTO bad
    FROM (SELECT DISTINCT institution_id FROM new_shares WHERE institution_id IS NOT NULL) s
    WHERE NOT EXISTS (SELECT FROM members_institution i WHERE i.id = s.institution_id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'institution % does not exist', bad.institution_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0015_audit_trail")]

    # The words of kinds and the default of a version's state as the models have them; nothing in the database.
    operations = [
        migrations.RunSQL(GUARDS, BEFORE),
        migrations.AlterField(
            model_name="ledgeraccount",
            name="kind",
            field=models.CharField(
                choices=[
                    ("provider_transit", "provider in transit"),
                    ("cod_transit", "cash on delivery in transit"),
                    ("store_cash", "store takings in transit"),
                    ("split_pending", "split pending"),
                    ("fulfilment_pending", "shipper not known yet"),
                    ("payable", "payable"),
                    ("freight_payable", "freight payable"),
                    ("carried", "carried to the next netting"),
                    ("transfer", "transfer in transit"),
                    ("bank", "bank"),
                    ("suspense", "suspense"),
                    ("points_liability", "points liability"),
                    ("fee_accrued", "provider fees accrued"),
                    ("revenue", "platform revenue"),
                    ("fee_cost", "provider fees"),
                    ("freight_cost", "freight cost"),
                    ("points_cost", "points cost"),
                    ("discount_cost", "discounts borne"),
                    ("fee_variance", "provider fees: billed against estimated"),
                    ("write_off", "written-off differences"),
                    ("claim", "claims on providers, couriers and banks"),
                    ("dealer_receivable", "receivable from dealers"),
                    ("dealer_advance", "payments and credits of dealers not matched yet"),
                    ("dealer_sales", "sales to dealers"),
                    ("goods_cost", "goods bought for dealers"),
                    ("cost_depreciation", "channel cost: depreciation and amortisation"),
                    ("cost_lease", "channel cost: operating lease"),
                    ("cost_labour", "channel cost: labour"),
                    ("cost_other", "channel cost: other"),
                    ("cost_taken_over", "channel costs taken over from the general ledger"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="reconbreak",
            name="control_kind",
            field=models.CharField(
                choices=[
                    ("provider_transit", "provider in transit"),
                    ("cod_transit", "cash on delivery in transit"),
                    ("store_cash", "store takings in transit"),
                    ("split_pending", "split pending"),
                    ("fulfilment_pending", "shipper not known yet"),
                    ("payable", "payable"),
                    ("freight_payable", "freight payable"),
                    ("carried", "carried to the next netting"),
                    ("transfer", "transfer in transit"),
                    ("bank", "bank"),
                    ("suspense", "suspense"),
                    ("points_liability", "points liability"),
                    ("fee_accrued", "provider fees accrued"),
                    ("revenue", "platform revenue"),
                    ("fee_cost", "provider fees"),
                    ("freight_cost", "freight cost"),
                    ("points_cost", "points cost"),
                    ("discount_cost", "discounts borne"),
                    ("fee_variance", "provider fees: billed against estimated"),
                    ("write_off", "written-off differences"),
                    ("claim", "claims on providers, couriers and banks"),
                    ("dealer_receivable", "receivable from dealers"),
                    ("dealer_advance", "payments and credits of dealers not matched yet"),
                    ("dealer_sales", "sales to dealers"),
                    ("goods_cost", "goods bought for dealers"),
                    ("cost_depreciation", "channel cost: depreciation and amortisation"),
                    ("cost_lease", "channel cost: operating lease"),
                    ("cost_labour", "channel cost: labour"),
                    ("cost_other", "channel cost: other"),
                    ("cost_taken_over", "channel costs taken over from the general ledger"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="splitruleversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("confirmed", "confirmed"),
                    ("rejected", "rejected"),
                    ("withdrawn", "withdrawn"),
                ],
                default="proposed",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="trade",
            name="kind",
            field=models.CharField(
                choices=[
                    ("payment", "payment"),
                    ("refund", "refund"),
                    ("till_sale", "till sale"),
                    ("freight", "freight"),
                    ("cod_remittance", "cash on delivery handed in"),
                    ("points_earned", "points earned"),
                    ("points_clawed_back", "points taken back"),
                    ("points_lapsed", "points lapsed"),
                    ("points_funded", "points borne by another"),
                    ("dealer_invoice", "invoice to a dealer"),
                    ("dealer_credit", "credit note to a dealer"),
                    ("dealer_payment", "payment of a dealer"),
                    ("dealer_matched", "dealer's payment set against an invoice"),
                    ("goods_bought", "goods bought from a supplier"),
                    ("provider_fee", "provider's fee as billed"),
                    ("courier_fee", "courier's fee as billed"),
                    ("adjustment", "adjustment"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
