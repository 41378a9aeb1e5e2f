"""Migrate as the owner role, then give the application role what it may do and no more."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, connections

from omnichannel import environment, snapshot
from settlement.grants import restrict

_GRANTS = """
    GRANT USAGE ON SCHEMA public TO "{role}";
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}";
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO "{role}";
"""


class Command(BaseCommand):
    help = "Migrate with DATABASE_OWNER_URL and grant the application role its rights. Safe to repeat."

    def handle(self, *args, **options):
        if not settings.DATABASE_OWNER_URL:
            raise CommandError("DATABASE_OWNER_URL is not set: migrations run as the owner of the tables.")
        self._become_owner()
        if snapshot.fits():
            snapshot.load()
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        role = settings.DATABASE_APPLICATION_ROLE
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                raise CommandError(f"The application role {role} does not exist in this server.")
            cursor.execute(_GRANTS.format(role=role))
            restrict(cursor, role)
        self.stdout.write(f"The database is prepared; {role} may add to the ledger and never change it.")

    def _become_owner(self) -> None:
        connections["default"].close()
        connections["default"].settings_dict.update(environment.database(settings.DATABASE_OWNER_URL))
