"""Which requests come from somebody who reads the answer."""

from __future__ import annotations

from django.http import HttpRequest

from core.machines import is_machine
from search.parameters import Question


def is_first_look(request: HttpRequest, question: Question) -> bool:
    """Say whether a request is somebody's question itself: the plain first page of answers.

    Pages, filters and orders are about a question that was counted already. Browsers say
    that they fetch ahead, and crawlers say what they are.
    """
    narrowed = bool(question.filters or question.within or question.exact)
    return (
        request.method == "GET"
        and bool(question.query)
        and not narrowed
        and question.sort == "relevance"
        and not question.refused
        and "page" not in request.GET
        and not is_machine(request)
    )
