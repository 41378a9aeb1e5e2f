import os

from django.core.wsgi import get_wsgi_application

from omnichannel.settled import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnichannel.settings")
application = get_wsgi_application()
settle()
