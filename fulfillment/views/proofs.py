"""/ops/proofs/: proofs of delivery, examined as they are opened; taken along as a file, and that examined."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fulfillment.queries import proofs
from fulfillment.services import evidence_bundle, evidence_check
from fulfillment.views.proof_words import flaw_words, told
from omnichannel.kernel import downloads
from omnichannel.kernel.errors import DomainError

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


@login_required
@never_cache
@require_GET
def bundle(request, code: str):
    """The proof with its pictures as one file, for a court, an insurer or the customer."""
    found = proofs.one(request.actor, code)
    guide = render_to_string("fulfillment/proof_guide.txt", {"proof": found})
    packed = evidence_bundle.pack(found, guide=guide)
    answer = HttpResponse(packed, content_type="application/zip")
    return downloads.download(answer, f"proof-{found.fulfillment.code}.zip", rows=1)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def check(request):
    """A file that somebody brings: is it a proof of ours, as it was bound?"""
    proofs.visible(request.actor)
    found, refusal = None, None
    if request.method == "POST":
        file = request.FILES.get("bundle")
        try:
            found = evidence_bundle.examine(file.read() if file else b"")
        except DomainError as error:
            refusal = error
    context = {"found": found, "refusal": refusal}
    if found:
        context["flaws"] = [flaw_words(flaw) for flaw in found.flaws]
        context["entries"] = [] if found.flaws else told(found.proof, set())
    return render(request, "fulfillment/proof_check.html", context, status=422 if refusal else 200)
