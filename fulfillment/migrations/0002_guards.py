"""Movements are append-only: the database refuses to change or delete them."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION fulfillment_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'movements are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stockmovement_append_only BEFORE UPDATE OR DELETE ON fulfillment_stockmovement
    FOR EACH ROW EXECUTE FUNCTION fulfillment_refuse_change();
CREATE TRIGGER stockmovement_keep BEFORE TRUNCATE ON fulfillment_stockmovement
    FOR EACH STATEMENT EXECUTE FUNCTION fulfillment_refuse_change();
"""

UNGUARD = """
DROP TRIGGER stockmovement_keep ON fulfillment_stockmovement;
DROP TRIGGER stockmovement_append_only ON fulfillment_stockmovement;
DROP FUNCTION fulfillment_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("fulfillment", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, UNGUARD)]
