"""request.actor for every request, resolved when first used."""

from django.utils.functional import SimpleLazyObject

from .actors import actor_of


class ActorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = SimpleLazyObject(lambda: actor_of(request.user))
        return self.get_response(request)
