"""/ops/proofs/: proofs of delivery, examined as they are opened."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fulfillment.queries import proofs
from fulfillment.services import evidence_check
from fulfillment.views.proof_words import flaw_words, told

PAGE = 25


@login_required
@require_GET
def listed(request):
    query = request.GET.get("q", "").strip()
    pages = Paginator(proofs.visible(request.actor, query=query), PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "query": query,
        "page": page,
        "pages": pages.get_elided_page_range(page.number),
        "rows": page.object_list,
    }
    return render(request, "fulfillment/proofs.html", context)


@login_required
@never_cache
@require_GET
def proof(request, code: str):
    found = proofs.one(request.actor, code)
    flaws = evidence_check.examine(found)
    context = {
        "proof": found,
        "flaws": [flaw_words(flaw) for flaw in flaws],
        "entries": told(found, {flaw.entry for flaw in flaws}),
        "photos": found.document.get("photos", []),
        "signature": found.document.get("signature_sha256") or "",
    }
    return render(request, "fulfillment/proof.html", context)


@login_required
@never_cache
@require_GET
def picture(request, code: str, digest: str):
    raw, kind = evidence_check.picture(proofs.one(request.actor, code), digest)
    return HttpResponse(raw, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})
