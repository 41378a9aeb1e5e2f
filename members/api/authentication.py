"""`Authorization: Bearer <key>` of a channel's system."""

import hmac

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from members.actors import Actor
from members.channel_keys import key_hash
from members.models import ChannelKey


class ChannelCaller:
    """What request.user is for a channel system: authenticated, but nobody's account."""

    is_authenticated = True
    is_anonymous = False
    is_active = True
    is_staff = False
    pk = None

    def __init__(self, key: ChannelKey):
        self.name = f"channel:{key.prefix}"
        self.key = key


class ChannelKeyAuthentication(BaseAuthentication):
    def authenticate(self, request):
        words = get_authorization_header(request).decode("latin-1").split()
        if len(words) != 2 or words[0].lower() != "bearer":
            return None
        key = ChannelKey.objects.filter(prefix=words[1][:12], is_active=True).first()
        if key is None or not hmac.compare_digest(key.key_hash, key_hash(words[1])):
            raise AuthenticationFailed()
        caller = ChannelCaller(key)
        request._request.actor = Actor(
            name=caller.name, channel=key.channel, institution_id=key.institution_id
        )
        return caller, key

    def authenticate_header(self, request):
        return "Bearer"
