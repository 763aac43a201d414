"""The references for `load.py` and `uploads.py`, behind the hub's own middleware."""

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


def hello(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse("Hello, world")


@csrf_exempt
@require_POST
def store(request: HttpRequest) -> HttpResponse:
    """Store the file that was sent, and nothing else."""
    file = request.FILES["file"]
    return HttpResponse(default_storage.save(file.name, file))


urlpatterns = [path("hello/", hello), path("store/", store)]
