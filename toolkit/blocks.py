"""What a release is composed of: chapters of parts.

What each field becomes when a release is frozen is said in `toolkit.kinds`.
The id of a block stays the same when a release begins as a copy of another:
by it two releases are compared.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from core.blocks import TEXT_FEATURES

RICH = [feature for feature in TEXT_FEATURES if feature != "document-link"]


class TextField(blocks.RichTextBlock):
    """Running text inside a part."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": ["h3", *RICH], "default": "", **kwargs})


class LineField(blocks.CharBlock):
    """One line. Empty is "", also in a part that was stored without it: translating asks for text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": "", **kwargs})


class AddressField(blocks.URLBlock):
    """An address on the web. Empty is ""."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": "", **kwargs})


class PartBlock(blocks.StructBlock):
    """What every part has."""

    title = LineField(label=_("title"), max_length=200)


class PicturedBlock(PartBlock):
    """A part with a picture. A picture without a description cannot be released."""

    image = ImageChooserBlock(label=_("picture"), required=False)
    alt = LineField(
        label=_("description of the picture"),
        required=False,
        max_length=500,
        help_text=_("What someone who cannot see the picture should know."),
    )

    def clean(self, value: Any) -> Any:
        """Ask for the words that belong to a picture."""
        cleaned = super().clean(value)
        if cleaned.get("image") and not cleaned.get("alt", "").strip():
            raise StructBlockValidationError({"alt": ValidationError(_("Describe the picture."))})
        return cleaned


class ModelBlock(PicturedBlock):
    """A way of looking: with a picture, and when to use it."""

    body = TextField(label=_("what it is"))
    when = TextField(label=_("when to use it"))
    source = LineField(label=_("source"), required=False, max_length=500)

    class Meta:
        icon = "cogs"
        label = _("Model")


class StudyBlock(blocks.StructBlock):
    """A study of the library: title, findings and citation come along."""

    study = blocks.PageChooserBlock(label=_("study"), page_type="kenniskamer.ResearchPage")
    note = TextField(
        label=_("why it is in the toolkit"),
        required=False,
        help_text=_("Title, main findings and reference come along from the library."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Study")


class ReportBlock(PartBlock):
    """A report that is not in the library."""

    organisation = LineField(label=_("organisation"), max_length=200)
    year = blocks.IntegerBlock(label=_("year"), min_value=1400, max_value=2200, required=False)
    body = TextField(label=_("what it says"))
    url = AddressField(label=_("address"), required=False)
    document = DocumentChooserBlock(label=_("or a document"), required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Report")


class FilmBlock(PicturedBlock):
    """A film, with what is said or shown in it for those who cannot hear or see it."""

    url = AddressField(label=_("address of the film"))
    duration = LineField(label=_("length"), required=False, max_length=40)
    body = TextField(label=_("what it is about"), required=False)
    transcript = TextField(label=_("transcript or description"))

    class Meta:
        icon = "media"
        label = _("Film")


class PersonBlock(PicturedBlock):
    """A thinker or doer."""

    title = LineField(label=_("name"), max_length=200)
    role = LineField(label=_("role"), required=False, max_length=200)
    body = TextField(label=_("why to know this person"))
    url = AddressField(label=_("address"), required=False)

    class Meta:
        icon = "user"
        label = _("Thinker or doer")


class ExerciseBlock(PicturedBlock):
    """Something to do together."""

    time = LineField(label=_("time"), max_length=80)
    group = LineField(label=_("group"), max_length=120)
    goal = TextField(label=_("goal"), required=False)
    steps = blocks.ListBlock(TextField(), label=_("steps"), min_num=1)
    materials = blocks.ListBlock(
        LineField(max_length=200), label=_("materials"), default=[], min_num=0
    )

    class Meta:
        icon = "list-ol"
        label = _("Exercise")


class FreeTextBlock(PicturedBlock):
    """Text that is none of the other kinds."""

    body = TextField(label=_("text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class OwnPartsBlock(blocks.StreamBlock):
    """The kinds of part that are written on the spot."""

    model = ModelBlock()
    study = StudyBlock()
    report = ReportBlock()
    film = FilmBlock()
    person = PersonBlock()
    exercise = ExerciseBlock()
    text = FreeTextBlock()


class PartsBlock(OwnPartsBlock):
    """The parts of a chapter: written here, or written once and used again."""

    kept = SnippetChooserBlock("toolkit.KeptPart", label=_("Part used again"), icon="snippet")


class ChapterBlock(blocks.StructBlock):
    """A chapter: a title, an introduction, parts."""

    title = LineField(label=_("title"), max_length=200)
    intro = TextField(label=_("introduction"), required=False)
    parts = PartsBlock(label=_("parts"))

    class Meta:
        icon = "folder-open-inverse"
        label = _("Chapter")


class ChaptersBlock(blocks.StreamBlock):
    """All of a release."""

    chapter = ChapterBlock()
