"""The references for `load.py`, `uploads.py` and `serving.py`, behind the hub's own middleware."""

import os
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
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


def file(request: HttpRequest) -> FileResponse:
    """Give out one file, as Django does by itself."""
    return FileResponse(Path(os.environ["BENCH_FILE"]).open("rb"), content_type="audio/mpeg")


urlpatterns = [path("hello/", hello), path("store/", store), path("file/", file)]
