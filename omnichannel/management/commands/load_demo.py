"""Load the demo company Huatong and say who may sign in."""

import time

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import transaction

import catalog.demo
import fulfillment.demo
import members.demo
import settlement.demo
import settlement.demo_adjustments
import settlement.demo_costs
import settlement.demo_payout
import settlement.demo_rules
import settlement.demo_statements
from omnichannel.demo_day.days import day_to_play, early_morning
from omnichannel.kernel import clock
from omnichannel.models import PlayedDay

LOADERS = (
    members.demo,
    catalog.demo,
    fulfillment.demo,
    settlement.demo,
    settlement.demo_adjustments,
    settlement.demo_costs,
    settlement.demo_payout,
    settlement.demo_rules,
    settlement.demo_statements,
)

SIGN_IN = """
Who may sign in (password of all staff: huatong-demo)
  customer          {url}/sign-in/        13900000001, the code stands at {url}/dev/messages/
  store clerk       {url}/staff/sign-in/  clerk1       counter of a Shanghai store
  store manager     {url}/staff/sign-in/  manager1     the store's inbox
  operations centre {url}/staff/sign-in/  wh1          stations of the eastern warehouse
  warehouse lead    {url}/staff/sign-in/  lead1        decides differing weights, asks the network again
  courier           {url}/staff/sign-in/  courier1     today's parcels, on a phone
  finance clerk     {url}/staff/sign-in/  fclerk       proposes transfers
  finance lead      {url}/staff/sign-in/  flead        confirms them
  auditor           {url}/staff/sign-in/  auditor      reads everything
  merchant          {url}/staff/sign-in/  partner1     its own statement
  dealer            {url}/staff/sign-in/  dealer1      accepts business, orders goods on credit, counts
  supplier          {url}/staff/sign-in/  supplier1    confirms our orders, announces what it sends, lists
  branch            {url}/staff/sign-in/  branch1      approves its dealers' orders
  operator          {url}/staff/sign-in/  operator1    Django admin
  administrator     {url}/admin/          admin
"""


class Command(BaseCommand):
    help = "Load the demo company: parties, catalogue, stock, rules. Loading again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--without-pictures", dest="pictures", action="store_false", help="draw_pictures is run apart"
        )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demo company is loaded only where OMNICHANNEL_DEMO=1.")
        day = day_to_play()
        now = early_morning(day)
        if not PlayedDay.objects.filter(day=day).exclude(finished_at=None).exists():
            clock.simulate(now)
        # In one piece: workers that run already see no company without its rules.
        with transaction.atomic():
            for loader in LOADERS:
                begun = time.monotonic()
                wanted = {"pictures": options["pictures"]} if loader is catalog.demo else {}
                loader.load(now=now, **wanted)
                app = loader.__name__.partition(".")[0]
                self.stderr.write(f"  {app:12} {time.monotonic() - begun:5.1f} s")
        self.stdout.write(SIGN_IN.format(url=settings.PUBLIC_URL))
