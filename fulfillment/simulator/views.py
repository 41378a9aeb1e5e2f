"""The simulated core network over HTTP, mounted in DEMO only."""

import time

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from fulfillment.simulator import core_network

SILENCE_SECONDS = 6


@csrf_exempt
@require_POST
def call(request, operation: str):
    try:
        status, answer = core_network.handle(operation, headers=request.headers, body=request.body)
    except core_network.NoAnswer:
        time.sleep(SILENCE_SECONDS)  # longer than the caller waits
        return JsonResponse({}, status=504)
    except (ValueError, KeyError):
        return JsonResponse({"reason": "malformed"}, status=400)
    return JsonResponse(answer, status=status)
