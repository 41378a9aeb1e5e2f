"""How channels authenticate, for the API description."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension


class ChannelKeyScheme(OpenApiAuthenticationExtension):
    target_class = "members.api.authentication.ChannelKeyAuthentication"
    name = "channelKey"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The key of the channel's system: Authorization: Bearer <key>",
        }
